"""Which ways in a department offers: chosen on one card, begun from home, by button and key."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes import desk_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from intake_app.domain.pathway import Pathway, pathways_on
from intake_app.domain.roles import Role
from intake_app.domain.text import Text
from intake_app.settings.agency import Agency
from intake_app.ui.home.actions import HomeActions
from intake_app.ui.parts.pathway_words import PATHWAYS
from intake_app.ui.parts.theme import Theme
from intake_app.ui.set_up.ways_card import WaysCard
from intake_app.words import Words

Begin = Callable[..., HomeActions]
KEYS = {
    Qt.Key.Key_F8: "active_outreach", Qt.Key.Key_F9: "naloxone_plus",
    Qt.Key.Key_F10: "officer_referral", Qt.Key.Key_F11: "community_response",
}  # fmt: skip


@pytest.fixture
def begin(qtbot: QtBot, words: Words, theme: Theme) -> Begin:
    def made(role: Role = Role.FRONT_DESK, **decided: object) -> HomeActions:
        desk = desk_of()
        agency = replace(desk.agency, **decided)  # pyright: ignore[reportArgumentType]
        person = replace(desk.person, roles=frozenset({role}))
        actions = HomeActions(replace(desk, agency=agency, person=person), words, theme)
        qtbot.addWidget(actions)
        actions.resize(900, 400)
        actions.show()
        actions.activateWindow()
        qtbot.waitUntil(actions.isActiveWindow)
        return actions

    return made


def names(actions: HomeActions) -> list[str]:
    return [button.accessibleName() for button in actions.findChildren(QPushButton)]


@pytest.mark.parametrize(
    "role", [Role.FRONT_DESK, Role.RECEPTION, Role.OFFICER, Role.SUPERVISOR, Role.COORDINATOR]
)
def test_each_other_way_has_a_button_and_a_key(qtbot: QtBot, begin: Begin, role: Role) -> None:
    actions = begin(role)
    assert [button.accessibleName() for button in actions.ways] == [
        "Outreach", "After an overdose", "Officer referral", "Community response",
    ]  # fmt: skip
    for key, pathway in KEYS.items():
        with qtbot.waitSignal(actions.way_asked) as asked:
            qtbot.keyClick(actions, key)
        assert asked.args == [pathway]
    with qtbot.waitSignal(actions.way_asked):
        actions.ways[0].click()


def test_who_takes_no_intakes_begins_none(begin: Begin) -> None:
    assert begin(Role.ADMINISTRATOR).is_empty


def test_what_is_off_has_neither_button_nor_key(qtbot: QtBot, begin: Begin) -> None:
    actions = begin(pathways=("self_referral", "naloxone_plus"))
    assert [button.accessibleName() for button in actions.ways] == ["After an overdose"]
    assert "Officer intervention" not in names(actions)
    with qtbot.assertNotEmitted(actions.way_asked):
        qtbot.keyClick(actions, Qt.Key.Key_F8)
    with qtbot.waitSignal(actions.way_asked):  # negative control
        qtbot.keyClick(actions, Qt.Key.Key_F9)


def test_without_held_charges_nobody_checks_or_notes_an_offer(begin: Begin) -> None:
    assert "Check eligibility" in names(begin(Role.SUPERVISOR))  # negative control
    fire = names(begin(Role.SUPERVISOR, kind="fire"))
    assert not {"Check eligibility", "Not offered", "Declined", "Officer intervention"} & {*fire}
    assert "First responder referral" in fire


def test_every_way_has_a_key_of_its_own() -> None:
    assert set(PATHWAYS) == set(Pathway)
    assert len({said.key for said in PATHWAYS.values()}) == len(PATHWAYS)


# --- the card -------------------------------------------------------------------------------


@pytest.fixture
def card(qtbot: QtBot, words: Words, theme: Theme) -> Callable[..., WaysCard]:
    def made(agency: Agency, **programs: tuple[tuple[str, Text], ...]) -> WaysCard:
        shown = WaysCard(agency, words, theme, programs)
        qtbot.addWidget(shown)
        shown.show()
        return shown

    return made


def choose_kind(card: WaysCard, kind: str) -> None:
    card.kind.setCurrentIndex(card.kind.findData(kind))


def test_all_ticked_stays_all(card: Callable[..., WaysCard]) -> None:
    assert card(Agency()).put_into(Agency(name="PH")) == Agency(name="PH")


def test_what_is_unticked_is_off(card: Callable[..., WaysCard]) -> None:
    shown = card(Agency())
    shown.ways[Pathway.ACTIVE_OUTREACH].setChecked(False)
    decided = shown.put_into(Agency())
    ways = pathways_on(decided.kind, decided.pathways)
    assert set(Pathway) - set(ways) == {Pathway.ACTIVE_OUTREACH}
    again = card(decided)
    assert not again.ways[Pathway.ACTIVE_OUTREACH].isChecked()


def test_a_fire_department_is_not_asked_about_charges(card: Callable[..., WaysCard]) -> None:
    shown = card(Agency())
    assert shown.ways[Pathway.OFFICER_INTERVENTION].isVisible()
    choose_kind(shown, "fire")
    assert not shown.ways[Pathway.OFFICER_INTERVENTION].isVisible()
    assert shown.ways[Pathway.OFFICER_REFERRAL].text() == "First responder referral"
    decided = shown.put_into(Agency())
    assert (decided.kind, decided.pathways) == ("fire", ())
    assert Pathway.OFFICER_INTERVENTION not in pathways_on(decided.kind, decided.pathways)


def test_a_department_without_any_way_in_is_refused(card: Callable[..., WaysCard]) -> None:
    shown = card(Agency())
    for box in shown.ways.values():
        box.setChecked(False)
    ((told, field),) = shown.problems()
    assert told == "Turn at least one way in on."
    assert field is shown.ways[Pathway.SELF_REFERRAL]


def test_each_way_has_a_program_of_its_own(card: Callable[..., WaysCard]) -> None:
    ours = {
        "self_referral": (("angel", Text({"en": "Angel"})),),
        "naloxone_plus": (("qrt", Text({"en": "QRT"})),),
    }
    shown = card(Agency(programs=("kept_elsewhere",)), **ours)
    for way, ident in (("self_referral", "angel"), ("naloxone_plus", "qrt")):
        picker = shown.programs[way]
        picker.setCurrentIndex(picker.findData(ident))
    decided = shown.put_into(Agency(programs=("kept_elsewhere",)))
    assert (decided.program, decided.programs) == ("angel", ("kept_elsewhere", "qrt"))
    again = card(decided, **ours)
    assert again.programs["naloxone_plus"].currentData() == "qrt"
    again.programs["naloxone_plus"].setCurrentIndex(0)
    assert again.put_into(decided).programs == ("kept_elsewhere",)
