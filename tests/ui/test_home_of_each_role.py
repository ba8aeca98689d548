"""The home page: what each role begins and finds there."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from fakes import PEOPLE, GivenRows, day_of_rows, desk_of, draft_by
from form_driver import shown
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.services.desk import Desk
from intake_app.settings.look import Look
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.home.cards import FIRST_LINES, how_soon
from intake_app.ui.pages.home_page import HomePage
from intake_app.ui.parts import theme as themes
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[[Desk], Workplace]


@pytest.fixture
def open_desk(qtbot: QtBot, background: Background, words: Words, theme: Theme) -> Iterator[Open]:
    def opened(desk: Desk) -> Workplace:
        place = Workplace(desk, background, words, theme, Look())
        qtbot.addWidget(place, before_close_func=lambda _: place.end())
        place.resize(1366, 768)
        place.show()
        qtbot.waitUntil(lambda: not background.is_busy)
        QApplication.processEvents()  # what was added is laid out and shown
        return place

    yield opened
    qtbot.waitUntil(lambda: not background.is_busy)


def texts(place: Workplace) -> str:
    seen = list(shown(place))
    buttons = [b.accessibleName() for b in seen if isinstance(b, QPushButton)]
    labels = [label.text() for label in seen if isinstance(label, QLabel)]
    return "\n".join(buttons + labels)


def home(place: Workplace) -> HomePage:
    page = place.page
    assert isinstance(page, HomePage)
    return page


def button(place: Workplace, name: str) -> QPushButton:
    return next(b for b in place.findChildren(QPushButton) if b.accessibleName() == name)


def test_the_desk_begins_a_walk_in_by_button_and_by_key(qtbot: QtBot, open_desk: Open) -> None:
    place = open_desk(desk_of())
    with qtbot.waitSignal(place.walk_in_asked):
        button(place, "Walk-in self-referral").click()
    with qtbot.waitSignal(place.walk_in_asked):
        qtbot.keyClick(place, Qt.Key.Key_F2)


def test_officer_intervention_is_there_and_says_why_it_is_off(
    qtbot: QtBot, open_desk: Open
) -> None:
    place = open_desk(desk_of())
    officer = button(place, "Officer intervention")
    assert not officer.isEnabled()
    why = "Officers and supervisors take these. Change users to start one."
    assert officer.accessibleDescription() == why
    qtbot.keyClick(place, Qt.Key.Key_F3)
    assert home(place).begin.said.text == why


def test_lists_show_numbers_until_names_are_asked_for_and_that_is_logged(
    qtbot: QtBot, open_desk: Open
) -> None:
    desk = desk_of()
    place = open_desk(desk)
    assert "PH-26-A00001-K" in texts(place)
    assert "Alvarez" not in texts(place)
    button(place, "Show names").click()
    qtbot.waitUntil(lambda: "Alvarez, Rosa M." in texts(place))
    assert "No name given" in texts(place)
    assert isinstance(desk.care, GivenRows)
    assert [act.what for act in desk.care.acts] == ["show names"]
    button(place, "Hide names").click()
    assert "Alvarez" not in texts(place)


def test_what_is_owed_is_said_with_how_late_it_is(open_desk: Open) -> None:
    place = open_desk(desk_of())
    told = texts(place)
    assert "2 days late" in told
    assert "Follow-up due Sat, Nov 21" in told


def test_a_line_of_today_opens_the_intake(qtbot: QtBot, open_desk: Open) -> None:
    place = open_desk(desk_of())
    line = next(
        b
        for b in place.findChildren(QPushButton)
        if b.accessibleName().startswith("2:06 PM, PH-26")
    )
    with qtbot.waitSignal(place.record_asked) as asked:
        line.click()
    assert asked.args == [day_of_rows()[0].record]


def test_find_lists_as_one_types_and_drops_late_answers(qtbot: QtBot, open_desk: Open) -> None:
    place = open_desk(desk_of())
    finder = home(place).finder
    assert finder.field.accessibleName() == "Find"
    qtbot.keyClicks(finder.field, "boggs")
    qtbot.waitUntil(finder.card.isVisible)
    qtbot.waitUntil(lambda: finder.card.note.text() == "1 intake. Names are hidden.")
    assert "Boggs" not in texts(place)
    finder._on_found("bog", day_of_rows())
    assert finder.card.note.text() == "1 intake. Names are hidden."
    finder.field.clear()
    qtbot.waitUntil(lambda: not finder.card.isVisible())


def test_unfinished_drafts_name_their_author_only(qtbot: QtBot, open_desk: Open) -> None:
    place = open_desk(desk_of(drafts=[draft_by("mhale", "d1"), draft_by("rlowe", "d2")]))
    told = texts(place)
    assert "A walk-in by M. Hale is unfinished" in told
    buttons = [b for b in place.findChildren(QPushButton) if b.text() == "Continue"]
    assert [b.isEnabled() for b in buttons] == [True, False]
    with qtbot.waitSignal(place.draft_asked) as asked:
        buttons[0].click()
    assert asked.args == ["d1"]


def test_a_draft_is_handed_over_by_menu(qtbot: QtBot, open_desk: Open) -> None:
    place = open_desk(desk_of(drafts=[draft_by("mhale", "d1")]))
    give = next(b for b in place.findChildren(QPushButton) if b.text() == "Hand over to…")
    names = [action.text() for action in give.menu().actions()]
    assert "M. Hale" not in names
    with qtbot.waitSignal(home(place).drafts.handed_over) as handed:
        # the fake desk has no keys, so the act itself is refused and goes to the error door
        home(place).drafts.handed_over.disconnect(home(place)._on_handed_over)
        give.menu().actions()[names.index("R. Lowe")].trigger()
    assert handed.args == ["d1", PEOPLE["rlowe"].id]


@pytest.mark.parametrize("user", ["dreyes", "tpike", "admin"])
def test_other_roles_have_a_home_without_any_care_data(open_desk: Open, user: str) -> None:
    desk = desk_of(user, drafts=[draft_by("mhale")])
    place = open_desk(desk)
    told = texts(place)
    assert "PH-26-A0" not in told
    assert "unfinished" not in told
    assert "people" not in place.places


def test_an_administrator_begins_nothing_and_finds_nobody(open_desk: Open) -> None:
    place = open_desk(desk_of("admin"))
    told = texts(place)
    assert "Walk-in self-referral" not in told
    assert "Officer intervention" not in told
    assert not place.findChildren(QLineEdit)
    assert "Walk-ins are kept under keys that this role does not hold." in told


def test_an_officer_begins_a_case_by_button_and_by_key(qtbot: QtBot, open_desk: Open) -> None:
    place = open_desk(desk_of("dreyes"))
    for name, key, asked in (
        ("Officer intervention", Qt.Key.Key_F3, place.case_asked),
        ("Walk-in self-referral", Qt.Key.Key_F2, place.walk_in_asked),
        ("Check eligibility", Qt.Key.Key_F4, place.eligibility_asked),
        ("Not offered", Qt.Key.Key_F6, place.not_offered_asked),
        ("Declined", Qt.Key.Key_F7, place.declined_asked),
    ):
        with qtbot.waitSignal(asked):
            button(place, name).click()
        with qtbot.waitSignal(asked):
            qtbot.keyClick(place, key)


def test_an_administrator_goes_where_providers_and_roster_are(
    qtbot: QtBot, open_desk: Open
) -> None:
    place = open_desk(desk_of("admin"))
    for name in ("Open Providers", "Open Roster"):
        place.go("home")
        with qtbot.waitSignal(home(place).place_asked):
            next(b for b in place.findChildren(QPushButton) if b.text() == name).click()


def test_places_follow_the_roles(open_desk: Open) -> None:
    assert open_desk(desk_of("mhale")).places == (
        "home", "today", "people", "events", "print", "providers", "roster", "stock", "settings",
    )  # fmt: skip
    assert open_desk(desk_of("dreyes")).places == (
        "home", "cases", "arrivals", "pads", "print", "providers", "roster", "settings",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "1 day late"), (-3, "3 days late"), (0, "Today"), (1, "Tomorrow"), (5, "In 5 days")],
)
def test_how_soon(words: Words, days: int, said: str) -> None:
    assert how_soon(days, words)[0] == said


def stand_below_one_another(lines: list[QPushButton]) -> bool:
    """Whether new lines have been given their places."""
    tops = [line.mapTo(line.window(), line.rect().topLeft()).y() for line in lines]
    return all(below > above for above, below in pairwise(tops))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_long_list_shows_its_first_lines_and_all_when_asked(
    qtbot: QtBot, qapp: QApplication, open_desk: Open, scale: float
) -> None:
    themes.apply(qapp, themes.make_theme(scale=scale))
    place = open_desk(desk_of(rows=day_of_rows(14)))
    today = home(place).today

    def lines() -> list[QPushButton]:
        return [b for b in today.findChildren(QPushButton) if "PH-26" in b.accessibleName()]

    assert len(lines()) == FIRST_LINES
    assert today.more.text() == "and 8 more: show all"
    qtbot.waitUntil(lambda: stand_below_one_another(lines()))
    home(place).setFocus()
    while not today.more.hasFocus():  # by Tab, so that the page scrolls to the button
        qtbot.keyClick(QApplication.focusWidget() or place, Qt.Key.Key_Tab)
    qtbot.keyClick(today.more, Qt.Key.Key_Space)
    assert len(lines()) == 14
    assert today.more.isHidden()
    qtbot.waitUntil(lambda: stand_below_one_another(lines()))
    assert lines()[FIRST_LINES].hasFocus()
    for line in lines()[FIRST_LINES:]:
        qtbot.waitUntil(lambda line=line: line.hasFocus() and not line.visibleRegion().isEmpty())
        qtbot.keyClick(line, Qt.Key.Key_Tab)
    home(place).refresh()
    qtbot.waitUntil(lambda: len(lines()) == 14)  # it stays open while one works
