"""The page of citation pads: make and print, hand over, void, the ledger, and the pocket card."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pad_house import Hand, Station
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import PrintFailed
from intake_app.services.citing.pads import pads
from intake_app.services.records.ledger import Use, ledger
from intake_app.ui.pages.pads_page import CARD_JOB, PadsPage
from intake_app.ui.papers import blank_sheet
from intake_app.ui.papers.printing import PrintOutcome
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@pytest.fixture
def station(tmp_path: Path, background: Background) -> Iterator[Station]:
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    made = Station(tmp_path, clock, background)
    yield made
    made.close()


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of what went to a printer."""
    found: list[str] = []

    def took(_page: object, data: bytes, job: str, *_: object) -> PrintOutcome:
        assert data.startswith(b"%PDF")
        found.append(job)
        return PrintOutcome(is_printed=True, printer="front")

    monkeypatch.setattr(blank_sheet, "print_pdf", took)
    return found


@pytest.fixture
def page(
    qtbot: QtBot, station: Station, background: Background, words: Words, theme: Theme
) -> PadsPage:
    made = PadsPage(station.desk, background, words, theme)
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    return made


def told(page: PadsPage) -> set[str]:
    return {label.text() for label in page.pads.findChildren(QLabel)}


def ledger_rows(page: PadsPage) -> list[tuple[str, str]]:
    model = page.ledger.model
    return [model.cells(entry)[:2] for entry in model.rows]


def make(qtbot: QtBot, page: PadsPage, count: str) -> None:
    page.make.count.setText(count)
    with qtbot.waitSignals([page.printed, page.refreshed], timeout=20_000):
        Hand().press(page.make.make)


def test_a_pad_is_made_printed_and_listed(
    qtbot: QtBot, page: PadsPage, station: Station, jobs: list[str]
) -> None:
    make(qtbot, page, "2")
    qtbot.waitUntil(lambda: any("printed 1 time" in text for text in told(page)))
    (pad,) = station.ask(lambda: pads(station.desk))
    assert jobs == [pad.numbers[0]]  # nothing in the queue but a number
    assert f"{pad.numbers[0]} to {pad.numbers[1]}" in told(page)
    assert "D. Reyes" in told(page)
    assert any("2 not used, 0 keyed in, 0 void" in text for text in told(page))
    assert page.make.good.text.startswith("The numbers are reserved")
    again = next(b for b in page.pads.findChildren(QPushButton) if b.text() == "Print")
    with qtbot.waitSignal(page.printed, timeout=20_000):
        again.click()
    assert jobs == [pad.numbers[0]] * 2
    assert len(station.ask(lambda: ledger(station.desk, 2026))) == 2  # none was given anew


@pytest.mark.parametrize("typed", ["0", "51", "many", "", "-3", "²"])
def test_how_many_is_from_one_to_fifty(
    qtbot: QtBot, page: PadsPage, station: Station, typed: str
) -> None:
    page.make.count.setText(typed)
    page.make.make.click()
    qtbot.waitUntil(lambda: page.make.error.text.startswith("A pad has 1 to 50"))
    assert station.ask(lambda: ledger(station.desk, 2026)) == []


def test_only_programs_that_issue_citations_have_pads(page: PadsPage) -> None:
    offered = [page.make.program.itemData(n) for n in range(page.make.program.count())]
    assert offered == ["plain_diversion", "pembroke_pines"]
    assert page.pocket.program.count() == 5


def test_without_a_printer_the_pad_waits(
    qtbot: QtBot, page: PadsPage, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Toner is out: the numbers stay on the pad, and the pad can be printed later."""

    def broken(*_: object) -> None:
        raise PrintFailed

    def not_saved(*_: object) -> bool:
        return False

    monkeypatch.setattr(blank_sheet, "print_pdf", broken)
    monkeypatch.setattr(blank_sheet, "save_pdf", not_saved)
    page.make.count.setText("1")
    with qtbot.waitSignal(page.refreshed, timeout=20_000):
        page.make.make.click()
    (pad,) = station.ask(lambda: pads(station.desk))
    assert (pad.copies, pad.count(Use.ON_PAD)) == (0, 1)


def test_a_number_is_voided_with_a_reason_and_the_ledger_explains_it(
    qtbot: QtBot, page: PadsPage, station: Station
) -> None:
    pad = station.pad(count=3)
    page.void.number.setText(pad.numbers[1])
    page.void.void.click()
    qtbot.waitUntil(lambda: page.void.error.text == "Please say why, in a few words.")
    page.void.reason.setText("Fell into the creek.")
    with qtbot.waitSignal(page.refreshed):
        page.void.void.click()
    assert page.void.good.text == "The number is void."
    assert ledger_rows(page) == [
        (pad.numbers[2], "On a pad of blank citations, not keyed in yet."),
        (pad.numbers[1], "Voided. Fell into the creek."),
        (pad.numbers[0], "On a pad of blank citations, not keyed in yet."),
    ]
    assert page.ledger.told.text() == "3 numbers · 1 gap, explained"


def test_a_number_that_was_lost_with_the_power_has_a_line_of_its_own(
    qtbot: QtBot, page: PadsPage, station: Station
) -> None:
    station.pad(count=1)
    station.ask(lambda: station.desk.station.next_serial("case 2026"))
    station.pad(count=1)
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    assert ledger_rows(page)[1] == (
        "No. 2 of AC",
        "Not used: the program stopped before, or a backup was put back. Papers that were issued "
        "after that backup may bear it.",
    )  # fmt: skip


def test_a_pad_changes_hands(qtbot: QtBot, page: PadsPage, station: Station) -> None:
    station.pad(count=1)
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    give = next(b for b in page.pads.findChildren(QPushButton) if b.text() == "Hand over")
    (entry,) = [a for a in give.menu().actions() if a.text() == "T. Okafor"]
    with qtbot.waitSignal(page.refreshed):
        entry.trigger()
    assert "T. Okafor" in told(page)
    back = next(b for b in page.pads.findChildren(QPushButton) if b.text() == "Take back")
    with qtbot.waitSignal(page.refreshed):
        back.click()
    assert "Given back" in told(page)


def test_a_number_that_cannot_be_keyed_in_says_what_to_do(
    qtbot: QtBot, page: PadsPage, station: Station
) -> None:
    station.pad(count=1)
    page.setFocus()
    page.key_in.number.setText("PH-26-AC00009-9")
    QTest.keyClick(page.key_in.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.key_in.error.text.startswith("This number is on no pad here."))


def test_the_pocket_card_is_printed_for_a_month(
    qtbot: QtBot, page: PadsPage, jobs: list[str]
) -> None:
    months = [page.pocket.month.itemText(n) for n in range(page.pocket.month.count())]
    assert months == ["November 2026", "December 2026", "January 2027"]
    with qtbot.waitSignal(page.printed):
        page.pocket.print.click()
    assert jobs == [CARD_JOB]


def test_every_control_has_a_name(page: PadsPage, station: Station, qtbot: QtBot) -> None:
    station.pad(count=1)
    with qtbot.waitSignal(page.refreshed):
        page.refresh()
    names = [b.accessibleName() for b in page.findChildren(QPushButton)]
    assert all(names)
    assert len(names) == len(set(names))
    assert page.findChildren(QFrame, "row")
