"""Differences by keys: both answers side by side; choose, type a third, leave it, print it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from form_driver import NotThere, find, press, words_on, write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from read_anew import open_large, read_anew
from two_stations import BACK, FRONT, Stations

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import amend_intake, finish_intake, read_intake
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.ui.folder.person_bar import PersonBar
from intake_app.ui.folder.tab import FolderParts
from intake_app.ui.form.setting import Setting
from intake_app.ui.home.differences_card import DifferencesCard
from intake_app.ui.pages.differences_page import DifferencesPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[..., DifferencesPage]
WALK_IN: dict[str, object] = {
    "who_for": "self", "safety_now": "no", "wants": ["detox"],
    "no_arrest": {"read": True, "version": "2026-11-1", "at": "2026-11-23"},
    "first_name": "Jordan", "last_name": "Whitfield", "may_contact": "no", "language": "en",
    "interpreter": "none", "placed": "today", "decision": "accepted",
    "explained": ["explained", "voluntary"],
}  # fmt: skip


@pytest.fixture
def stations(tmp_path: Path, clock: FixedClock, background: Background) -> Iterator[Stations]:
    clock.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = background.run_and_wait(lambda: Stations(tmp_path, clock))
    yield made
    background.run_and_wait(made.close)


def taken(desk: Desk, **answers: object) -> RecordId:
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, **answers}
    save_draft(desk, draft)
    return finish_intake(desk, draft).record


@pytest.fixture
def intake(stations: Stations, background: Background) -> RecordId:
    """The name and what they said, written in two ways."""

    def apart() -> RecordId:
        record = taken(stations.desk(FRONT, Role.FRONT_DESK))
        stations.meet()
        for name, last, said in ((FRONT, "Whitmore", "a bed"), (BACK, "Wakefield", "a meal")):
            stations.clocks[name].at += timedelta(minutes=10)
            new = {"last_name": last, "own_words": said}
            amend_intake(stations.desk(name, Role.FRONT_DESK), record, new, "misheard")
        stations.meet()
        return record

    return background.run_and_wait(apart)


@pytest.fixture
def names() -> NameSwitch:
    return NameSwitch()


@pytest.fixture
def open_page(
    qtbot: QtBot, stations: Stations, background: Background, theme: Theme, names: NameSwitch
) -> Open:
    def opened(role: Role = Role.COORDINATOR, language: str = "en") -> DifferencesPage:
        page = DifferencesPage(
            stations.desk(FRONT, role), background, Words(language), theme, names
        )
        open_large(qtbot, page)
        return page

    return opened


def answers_of(stations: Stations, intake: RecordId, background: Background) -> dict[str, object]:
    desk = stations.desk(FRONT, Role.FRONT_DESK)
    return dict(background.run_and_wait(lambda: read_intake(desk, intake)).answers)


def test_both_answers_stand_side_by_side_with_names_and_times(
    open_page: Open, intake: RecordId
) -> None:
    page = open_page(Role.FRONT_DESK)
    page.next.click()  # the name comes first
    told = words_on(page)
    for said in (
        "a bed", "a meal", "M. Hale, Mon, Nov 23, 9:40 AM", "R. Bell, Mon, Nov 23, 9:41 AM",
        "Written on this computer", "2 of 2",
    ):  # fmt: skip
        assert said in told, said


def test_one_is_chosen_by_keys_alone(
    qtbot: QtBot, open_page: Open, stations: Stations, intake: RecordId, background: Background
) -> None:
    page = open_page(Role.FRONT_DESK)
    page.next.click()
    assert not page.save.isEnabled()
    first = find(page, "a bed, M. Hale, Mon, Nov 23, 9:40 AM")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert page.save.isEnabled()
    with read_anew(qtbot, page):
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert page.good.text.startswith("Saved.")
    assert answers_of(stations, intake, background)["own_words"] == "a bed"
    assert "1 of 1" in words_on(page)


def test_a_third_answer_is_typed(
    qtbot: QtBot, open_page: Open, stations: Stations, intake: RecordId, background: Background
) -> None:
    page = open_page(Role.FRONT_DESK)
    page.next.click()
    press(page, "Another answer")
    assert not page.save.isEnabled()
    assert page.card.typed is not None
    name = page.card.typed.field.label.said_in("en")
    write(page, name, "a bed and a meal")
    with read_anew(qtbot, page):
        press(page, "Save what holds")
    assert answers_of(stations, intake, background)["own_words"] == "a bed and a meal"


def test_what_was_typed_is_there_again_when_one_comes_back(
    open_page: Open, intake: RecordId
) -> None:
    page = open_page(Role.FRONT_DESK)
    page.next.click()
    press(page, "Another answer")
    assert page.card.typed is not None
    name = page.card.typed.field.label.said_in("en")
    write(page, name, "both")
    write(page, "Why, if you want to say it", "asked her")
    page.next.click()
    assert "A coordinator says which one holds." in words_on(page)
    page.next.click()
    assert page.save.isEnabled()
    assert page.card.typed.value() == "both"
    assert page.card.why.text() == "asked her"


def test_return_in_half_a_word_goes_nowhere(open_page: Open, intake: RecordId) -> None:
    page = open_page(Role.FRONT_DESK)
    page.next.click()
    write(page, "Why, if you want to say it", "asked")
    why = find(page, "Why, if you want to say it")
    QTest.keyClick(why, Qt.Key.Key_Return)
    assert page.card.why.text() == "asked"
    assert page.good.text == ""


def test_return_leaves_it_for_later_and_loses_nothing(
    qtbot: QtBot, open_page: Open, intake: RecordId
) -> None:
    page = open_page(Role.COORDINATOR)
    before = words_on(page.card)
    for _ in range(2):
        page.frame.setFocus()
        with read_anew(qtbot, page):
            page.frame.entered.emit()
        assert page.good.text == "Left for later. Nothing was changed."
    assert words_on(page.card) == before


def test_names_are_covered_until_they_are_shown_and_chosen_by_who_leads(
    qtbot: QtBot, open_page: Open, stations: Stations, intake: RecordId, background: Background,
    names: NameSwitch,
) -> None:  # fmt: skip
    page = open_page(Role.COORDINATOR)
    assert "Whitmore" not in words_on(page)
    assert "Show names to choose one." in words_on(page)
    with pytest.raises(NotThere):
        find(page, "Whitmore, M. Hale, Mon, Nov 23, 9:40 AM")
    names.turn(on=True)
    press(page, "Whitmore, M. Hale, Mon, Nov 23, 9:40 AM")
    with read_anew(qtbot, page):
        press(page, "Save what holds")
    assert answers_of(stations, intake, background)["last_name"] == "Whitmore"


def test_a_clerk_is_told_who_says_which_name_holds(open_page: Open, intake: RecordId) -> None:
    page = open_page(Role.FRONT_DESK)
    assert "A coordinator says which one holds." in words_on(page)
    assert not page.save.isVisible()
    assert page.later.isVisible()


def test_what_somebody_else_settled_is_said(
    qtbot: QtBot, open_page: Open, stations: Stations, intake: RecordId, background: Background
) -> None:
    page = open_page(Role.FRONT_DESK)
    page.next.click()
    desk = stations.desk(FRONT, Role.FRONT_DESK)
    background.run_and_wait(lambda: amend_intake(desk, intake, {"own_words": "both"}, "asked"))
    with read_anew(qtbot, page):
        press(page, "Leave for later")
    assert page.error.text == "Somebody has settled this already. Nothing was changed."


def test_people_taken_twice_are_suggested_to_who_may_say_so(
    qtbot: QtBot, open_page: Open, stations: Stations, background: Background
) -> None:
    def twice() -> None:
        for name in (FRONT, BACK):
            taken(stations.desk(name, Role.FRONT_DESK), date_of_birth="1990-04-05")
        stations.meet()

    background.run_and_wait(twice)
    page = open_page(Role.COORDINATOR)
    assert "May be the same person" in words_on(page)
    (pair,) = page.pairs.pairs
    with qtbot.waitSignal(page.folder_asked) as asked:
        press(page, f"Look at both: {pair.intake.number}, {pair.other.number}")
    assert asked.args == [pair.intake.record, "person"]
    with read_anew(qtbot, page):
        press(page, f"Two people: {pair.intake.number}, {pair.other.number}")
    assert "May be the same person" not in words_on(page)


def test_nothing_differs_is_said_too(open_page: Open) -> None:
    page = open_page(Role.COORDINATOR)
    assert "Nothing differs." in words_on(page)
    assert not page.later.isVisible()


def test_home_says_how_many_wait(
    qtbot: QtBot, stations: Stations, intake: RecordId, background: Background, theme: Theme,
    words: Words,
) -> None:  # fmt: skip
    said = {}
    for role in (Role.FRONT_DESK, Role.COORDINATOR, Role.OFFICER):
        card = DifferencesCard(stations.desk(FRONT, role), background, words, theme)
        qtbot.addWidget(card)
        with read_anew(qtbot, card):
            card.refresh()
        said[role] = card.said.text()
    assert said == {
        Role.FRONT_DESK: "1 difference waits for you.",
        Role.COORDINATOR: "2 differences wait for you.",
        Role.OFFICER: "",
    }


def test_a_folder_says_that_something_in_it_differs(
    qtbot: QtBot, stations: Stations, intake: RecordId, background: Background, theme: Theme,
    words: Words,
) -> None:  # fmt: skip
    desk = stations.desk(FRONT, Role.FRONT_DESK)
    names = NameSwitch()
    setting = Setting(words, theme, desk.clock)
    bar = PersonBar(FolderParts(intake, desk, background, setting, names))
    qtbot.addWidget(bar)
    qtbot.waitUntil(lambda: bar.differs.text != "")
    assert bar.differs.text.startswith("People wrote 2 things here in two ways.")
    names.turn(on=True)
    assert bar.whose.text().startswith("Wakefield / Whitmore, Jordan")
