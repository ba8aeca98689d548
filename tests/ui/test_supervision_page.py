"""What a supervisor looks at, by keys: confirming, the caseload, the log, conflicts."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from form_driver import find, press, words_on, write
from held_cases import ANSWERS, PROGRAM, House, case_taken
from pytestqt.qtbot import QtBot
from read_anew import open_large, read_anew

from intake_app.domain.case_act import CaseAct, CaseActKind, newest
from intake_app.domain.clock import FixedClock, stamp
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.services.case import acts
from intake_app.services.case.held import changes_of, held_case
from intake_app.services.citing.citing import issue_case
from intake_app.services.citing.overrides import Given, Mode, decisions, override
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.ui.pages.home_page import HomePage
from intake_app.ui.pages.supervision_page import SupervisionPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

RULE = """
[[rules]]
id = "yard"
force = "presumptive"
when = 'offense_place == "12 Mill Street"'
message = { en = "It was in the mill yard.", es = "Fue en el patio del molino." }
authority = "Test"
"""
Open = Callable[..., SupervisionPage]


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock, background: Background) -> Iterator[House]:
    clock.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = background.run_and_wait(lambda: House(tmp_path, clock))
    file = tmp_path / "forms" / "programs" / f"{PROGRAM}.toml"
    text = file.read_text("utf-8").replace('"participant_agreement"', '"citation"')
    file.write_text(text + RULE, "utf-8")
    yield made
    background.run_and_wait(made.close)


@pytest.fixture
def by_phone(house: House, background: Background) -> RecordId:
    """A case that was issued against a rule, by a word on the phone."""

    def take() -> RecordId:
        desk, supervisor = house.desk(Role.OFFICER), house.desk(Role.SUPERVISOR).person.id
        draft = begin_draft(desk, PROGRAM)
        draft.answers |= ANSWERS
        save_draft(desk, draft)
        override(desk, draft, ["yard"], "Known here", Given(Mode.PHONE, supervisor, "02:14"))
        return issue_case(desk, draft, Instrument.CITATION).finished.record

    return background.run_and_wait(take)


@pytest.fixture
def open_page(qtbot: QtBot, house: House, background: Background, theme: Theme) -> Open:
    def opened(language: str = "en") -> SupervisionPage:
        page = SupervisionPage(house.desk(Role.SUPERVISOR), background, Words(language), theme)
        open_large(qtbot, page)
        return page

    return opened


def number_of(house: House, case: RecordId, background: Background) -> str:
    desk = house.desk(Role.SUPERVISOR)
    return str(background.run_and_wait(lambda: held_case(desk, case)).record.values["~number"])


def test_a_word_by_phone_is_confirmed_at_the_next_sign_in(
    qtbot: QtBot, open_page: Open, by_phone: RecordId, house: House, background: Background
) -> None:
    page = open_page()
    number = number_of(house, by_phone, background)
    told = words_on(page.confirm)
    for said in (
        f"{number} · Override", "by T. Okafor, by phone, Mon, Nov 23, 2:14 AM",
        "Noted by D. Reyes.", "It was in the mill yard.", "Reason: Known here",
    ):  # fmt: skip
        assert said in told, said
    assert "Quillfeather" not in words_on(page)
    write(page, f"Note: {number}", "That was me")
    with read_anew(qtbot, page):
        press(page, f"Confirm: {number}")
    assert page.good.text == "Confirmed."
    assert "Nothing waits for you." in words_on(page.confirm)
    assert "Note: That was me" in words_on(page.log)
    assert "Confirmed" in words_on(page.log)


def test_that_it_does_not_hold_needs_a_word_and_nothing_typed_is_lost(
    qtbot: QtBot, open_page: Open, by_phone: RecordId, house: House, background: Background
) -> None:
    page = open_page()
    number = number_of(house, by_phone, background)
    press(page, f"Does not hold: {number}")
    qtbot.waitUntil(lambda: page.bad.text == "Please say why, in a few words.")
    write(page, f"Note: {number}", "Nobody called me")
    with read_anew(qtbot, page):
        page.refresh()
    assert page.confirm.notes[next(iter(page.confirm.notes))].text() == "Nobody called me"
    with read_anew(qtbot, page):
        press(page, f"Does not hold: {number}")
    assert page.good.text == "Noted that it does not hold."
    desk = house.desk(Role.SUPERVISOR)
    (kept,) = background.run_and_wait(lambda: decisions(desk))
    assert (kept.state, kept.note) == ("refused", "Nobody called me")


def test_caseload_and_conflicts_are_shown_and_lead_to_the_case(
    qtbot: QtBot, open_page: Open, house: House, background: Background
) -> None:
    def disagree() -> RecordId:
        officer, other = house.desk(Role.OFFICER), house.desk(Role.SUPERVISOR)
        coordinator = house.desk(Role.COORDINATOR)
        case_taken(officer)
        case = case_taken(officer)
        acts.note_reported(officer, case)
        held = held_case(other, case)
        act = CaseAct(
            new_record_id(), CaseActKind.NOT_COMPLETED, other.clock.local(), stamp(other.clock),
            other.person.id, newest(held.acts), {"reason": "lost_contact"},
        )  # fmt: skip
        apart = changes_of(other, held, [act])
        acts.close_case(coordinator, case, "completed")
        other.cases_file.apply(apart, other.act("from another station", case))
        return case

    case = background.run_and_wait(disagree)
    page = open_page()
    number = number_of(house, case, background)
    told = words_on(page.conflicts)
    assert "Closed: completed (J. Lowe)" in told
    assert "Closed: not completed (T. Okafor)" in told
    with qtbot.waitSignal(page.record_asked) as asked:
        press(page.conflicts, f"Open the case: {number}")
    assert asked.args == [case]
    load = words_on(page.load)
    assert "D. Reyes" in load
    assert "Creek Road Program" in load
    assert "Nothing waits for you." in words_on(page.confirm)


def test_home_says_that_words_wait_and_says_nothing_to_others(
    qtbot: QtBot, house: House, by_phone: RecordId, background: Background, theme: Theme
) -> None:
    home, other = (
        HomePage(house.desk(role), background, Words("en"), theme, NameSwitch())
        for role in (Role.SUPERVISOR, Role.OFFICER)
    )
    for page in (home, other):
        qtbot.addWidget(page)
        page.show()
    with read_anew(qtbot, home.overrides):
        home.refresh()
    assert home.overrides.isVisible()
    assert home.overrides.said.text() == "1 decision waits for your word."
    with qtbot.waitSignal(home.place_asked) as asked:
        press(home.overrides, "Look at them")
    assert asked.args == ["supervision"]
    other.refresh()
    qtbot.waitUntil(lambda: not background.is_busy)
    assert not other.overrides.isVisible()


def test_how_far_the_log_goes_back_is_chosen(
    qtbot: QtBot, open_page: Open, by_phone: RecordId, house: House
) -> None:
    page = open_page()
    house.clock.at = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)
    with read_anew(qtbot, page):
        page.refresh()
    assert "There is none." in words_on(page.log)
    with read_anew(qtbot, page):
        page.log.since.setCurrentIndex(1)
        page.log.since.activated.emit(1)
    assert "Known here" in words_on(page.log)


def test_it_all_stands_there_in_spanish(open_page: Open, by_phone: RecordId) -> None:
    page = open_page("es")
    told = words_on(page)
    assert "Fue en el patio del molino." in told
    for english in ("To confirm", "Caseload", "Override log", "Open conflicts", "Noted by"):
        assert english not in told
    assert find(page, page.log.since.accessibleName()) is page.log.since
