"""The page of files for others: chosen by keys, prepared, looked at, stopped, saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from held_cases import House, case_taken
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import agreements, enter_agreement
from intake_app.services.exports.ask import Step
from intake_app.services.exports.exporting import exported
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.measures.periods import custom
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.ui.pages.export_page import ExportPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

OVERDOSE = {
    "overdose_at": "2026-11-23T02:10:00-05:00", "overdose_place": "400 block of River Street",
    "overdose_result": "nonfatal", "overdose_naloxone": "yes", "next_step": "event_only",
}  # fmt: skip
DAYS = custom("2026-11-01", "2026-11-30")


@pytest.fixture
def desk(house: House, background: Background) -> Desk:
    def job() -> Desk:
        for name in ("Wren", "Casey", "Ash"):
            case_taken(house.desk(Role.OFFICER), first_name=name)
        front = house.desk(Role.FRONT_DESK)
        draft = begin_draft(front, "naloxone_plus")
        draft.answers |= OVERDOSE
        save_draft(front, draft)
        finish_intake(front, draft)
        return house.desk(Role.COORDINATOR)

    return background.run_and_wait(job)


@pytest.fixture
def page(
    desk: Desk, background: Background, words: Words, theme: Theme, qtbot: QtBot
) -> Iterator[ExportPage]:
    made = ExportPage(desk, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    made.show()
    qtbot.waitExposed(made)
    made.what.days.choose(DAYS)
    yield made
    settled(qtbot, background)


def settled(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: not background.is_busy, timeout=20_000)


def choose(page: ExportPage, kind: str) -> None:
    page.what.kind.setCurrentIndex(page.what.kind.findData(kind))


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


def agreed(page: ExportPage, qtbot: QtBot, background: Background) -> None:
    """A new agreement, typed."""
    press(page.to.new)
    assert page.to.to.hasFocus()
    for field, text in (
        (page.to.to, "State University"), (page.to.paper, "MOU 2026-14"),
        (page.to.first, "1/1/2026"), (page.to.last, "12/31/2027"),
    ):  # fmt: skip
        QTest.keyClicks(field, text)
    with qtbot.waitSignal(page.refreshed):
        press(page.to.enter)
    settled(qtbot, background)


def test_figures_go_to_anybody_and_tell_nobody(
    page: ExportPage, qtbot: QtBot, background: Background
) -> None:
    choose(page, "illinois_quarterly")
    page.what.days.choose(custom("2026-07-01", "2026-09-30"))
    assert page.to.isHidden()
    assert "figures alone" in page.what.reach.text()
    press(page.prepare)
    settled(qtbot, background)
    assert page.error.text == ""
    assert not page.leaving.isHidden()
    assert page.save.isEnabled()
    assert page.save.hasFocus()


def test_lines_of_people_ask_to_whom_and_why(
    page: ExportPage, qtbot: QtBot, background: Background
) -> None:
    choose(page, "intakes_coded")
    assert not page.to.isHidden()
    press(page.prepare)
    settled(qtbot, background)
    assert page.error.text.startswith("No agreement in force")
    assert not page.save.isEnabled()
    agreed(page, qtbot, background)
    assert page.to.agreement.currentText() == "State University · MOU 2026-14"
    press(page.prepare)
    settled(qtbot, background)
    assert page.error.text.startswith("This export tells days or names.")
    page.to.reason.setCurrentIndex(page.to.reason.findData("research"))
    press(page.prepare)
    settled(qtbot, background)
    assert page.error.text == ""
    shown = " ".join(label.text() for label in page.leaving.findChildren(type(page.what.about)))
    assert "3 lines · of 3 people" in shown
    assert "To: State University, under MOU 2026-14" in shown
    assert "exact days" in page.leaving.warn.text
    page.what.coarse.setChecked(True)  # another wish: what was prepared is gone
    assert page.leaving.isHidden()
    assert not page.save.isEnabled()
    assert page.to.reason.isHidden()  # years and codes need no reason


def test_what_was_seen_is_what_is_saved(
    page: ExportPage, qtbot: QtBot, background: Background, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, desk: Desk,
) -> None:  # fmt: skip
    choose(page, "odmap_events")
    agreed(page, qtbot, background)
    page.to.reason.setCurrentIndex(page.to.reason.findData("overdose_map"))
    press(page.prepare)
    settled(qtbot, background)
    press(page.leaving.more)
    assert "400 block of River Street" in page.leaving.sample.toPlainText()
    asked: list[str] = []
    place = tmp_path / "files" / "to odmap.csv"
    place.parent.mkdir()

    def where(_parent: object, _title: str, name: str, **_: object) -> tuple[str, str]:
        asked.append(name)
        return str(place), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    with qtbot.waitSignal(page.refreshed):
        press(page.save)
    settled(qtbot, background)
    assert asked == ["odmap_events-2026-11-01-2026-11-30.csv"]
    assert "to odmap.csv" in page.good.text
    assert place.read_bytes().count(b"\r\n") == 2
    assert not page.before.isHidden()
    left = background.run_and_wait(lambda: exported(desk))
    assert [one.kind for one in left] == ["odmap_events"]
    press(page.prepare)  # once more, over the same file: it is not replaced
    settled(qtbot, background)
    press(page.save)
    settled(qtbot, background)
    assert page.error.text.startswith("There is a file of this name already.")
    assert page.save.isEnabled()  # one chooses another name
    assert len(background.run_and_wait(lambda: exported(desk))) == 1


def test_others_work_on_while_it_is_prepared_and_it_can_be_stopped(
    page: ExportPage, qtbot: QtBot, background: Background, desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    closed: list[str] = []

    def endless(_desk: Desk, _ask: object) -> Iterator[Step]:
        def steps() -> Iterator[Step]:
            try:
                while True:
                    yield Step(1, 10)
            finally:
                closed.append("closed")

        return steps()

    monkeypatch.setattr("intake_app.ui.pages.export_page.prepare_export", endless)
    choose(page, "illinois_quarterly")
    press(page.prepare)
    qtbot.waitUntil(lambda: page.bar.value() == 1)
    answers: list[int] = []
    background.run(lambda: len(agreements(desk)), answers.append)
    qtbot.waitUntil(lambda: answers == [0])  # it did not wait for the end
    assert not page.stop.isHidden()
    press(page.stop)
    settled(qtbot, background)
    assert closed == ["closed"]
    assert page.good.text == "Stopped. Nothing was saved."
    assert page.bar.isHidden()
    assert page.prepare.hasFocus()


def test_an_agreement_that_cannot_be_read_is_asked_again(
    page: ExportPage, qtbot: QtBot, background: Background
) -> None:
    choose(page, "intakes_coded")
    press(page.to.new)
    QTest.keyClicks(page.to.to, "State University")
    press(page.to.enter)
    settled(qtbot, background)
    assert page.to.error.text
    assert page.to.to.text() == "State University"


def test_an_agreement_is_ended(
    page: ExportPage, qtbot: QtBot, background: Background, desk: Desk
) -> None:
    choose(page, "intakes_coded")
    agreed(page, qtbot, background)
    with qtbot.waitSignal(page.refreshed):
        press(page.to.end)
    assert background.run_and_wait(lambda: agreements(desk)) == []
    assert page.to.chosen == ""


def test_one_that_ended_says_so(
    page: ExportPage, qtbot: QtBot, background: Background, desk: Desk
) -> None:
    background.run_and_wait(
        lambda: enter_agreement(desk, "University", "MOU 1", "2024-01-01", "2024-12-31")
    )
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    choose(page, "intakes_coded")
    page.to.agreement.setCurrentIndex(1)
    assert page.to.until.text() == "It does not hold today."
