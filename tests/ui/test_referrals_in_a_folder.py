"""Referrals, calls and reply slips in the window; only the provider's word closes a loop."""

from typing import Any

import pytest
from form_driver import words_on
from held_cases import House, care_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from intake_app.domain.ids import RecordId
from intake_app.domain.referral import SaidBy, Status
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.papers.papers import IssuedPaper
from intake_app.services.people.persons import FLAG
from intake_app.services.providers.edits import add_provider
from intake_app.services.records.drafts import begin_draft
from intake_app.services.records.writing import fact
from intake_app.services.referrals.referrals import (
    NewReferral,
    NewStep,
    make_referral,
    note_step,
    read_referral,
    referrals_in,
)
from intake_app.ui.folder.referral_tab import ReferralTab
from intake_app.ui.folder.tab import FolderParts
from intake_app.ui.form.setting import Setting
from intake_app.ui.pages.replies_page import RepliesPage
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

WALK_IN: dict[str, Any] = {
    "who_for": "self",
    "safety_now": "no",
    "no_arrest": {"read": True, "version": "2026-11-1", "at": "2026-11-23"},
    "wants": ["detox"],
    "first_name": "Jordan",
    "last_name": "Whitfield",
    "may_contact": "no",
    "language": "en",
    "interpreter": "none",
    "placed": "no",
    "bridge_sleep": "shelter",
    "decision": "accepted",
    "explained": ["explained", "voluntary"],
}


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def place(desk: Desk, background: Background) -> dict[str, str]:
    said = {"name": "Hollow Creek detox", "types": ["detox"]}
    ident = background.run_and_wait(lambda: add_provider(desk, said))
    return {"id": ident, "name": "Hollow Creek detox"}


@pytest.fixture
def intake(desk: Desk, background: Background, place: dict[str, str]) -> RecordId:
    def take() -> RecordId:
        draft = begin_draft(desk, "self_referral")
        draft.answers |= {**WALK_IN, "provider": place}
        return finish_intake(desk, draft).record

    return background.run_and_wait(take)


@pytest.fixture
def tab(
    qtbot: QtBot, desk: Desk, intake: RecordId, background: Background, theme: Theme, words: Words
) -> ReferralTab:
    return opened(qtbot, FolderParts(
        intake, desk, background, Setting(words, theme, desk.clock), NameSwitch()
    ))  # fmt: skip


def opened(qtbot: QtBot, parts: FolderParts) -> ReferralTab:
    made = ReferralTab(parts)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    return made


def keep(qtbot: QtBot, tab: ReferralTab) -> None:
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()


def test_the_intakes_own_referral_is_offered_once(
    qtbot: QtBot, tab: ReferralTab, desk: Desk, intake: RecordId, background: Background
) -> None:
    assert "The intake names Hollow Creek detox. No referral is made yet." in words_on(tab)
    tab.first.click()
    keep(qtbot, tab)
    assert "Not asked yet" in words_on(tab)
    assert not tab.first.isVisible()
    found = background.run_and_wait(lambda: list(referrals_in(care_of(desk), intake)))
    assert len(found) == 1


def test_steps_are_noted_and_the_persons_word_closes_nothing(
    qtbot: QtBot, tab: ReferralTab
) -> None:
    tab.first.click()
    keep(qtbot, tab)
    for act, word in (("asked", ""), ("accepted", "provider"), ("came", "person")):
        tab.cards[0].buttons[act].click()
        if word:
            tab.ask.fields["said_by"].set_value(word)
        keep(qtbot, tab)
    assert "1 referral · 0 closed loops" in words_on(tab)
    tab.cards[0].buttons["came"].click()
    assert "Only the provider's own word closes the loop." in words_on(tab)
    tab.ask.fields["said_by"].set_value("provider")
    keep(qtbot, tab)
    assert "1 referral · 1 closed loop" in words_on(tab)
    assert "Closed loop: the provider confirmed" in words_on(tab)


def test_without_a_word_or_a_reason_the_questions_stay(qtbot: QtBot, tab: ReferralTab) -> None:
    tab.first.click()
    keep(qtbot, tab)
    tab.cards[0].buttons["rejected"].click()
    tab.ask.act.click()
    assert tab.ask.isVisible()
    assert words_on(tab.ask).count("Please answer this.") == 2


def test_a_card_is_shown_apart(
    qtbot: QtBot, tab: ReferralTab, desk: Desk, intake: RecordId, background: Background,
    place: dict[str, str],
) -> None:  # fmt: skip
    background.run_and_wait(lambda: make_referral(desk, intake, NewReferral("food", place, "card")))
    with qtbot.waitSignal(tab.refreshed):
        tab.refresh()
    said = words_on(tab)
    assert "0 referrals · 0 closed loops · 1 card, not counted as a referral" in said
    assert "Card only: not counted as a referral" in said
    assert set(tab.cards[0].buttons) == {"cancelled", "error"}


def test_who_wants_no_contact_is_not_called_and_not_referred(
    qtbot: QtBot, tab: ReferralTab, desk: Desk, intake: RecordId, background: Background
) -> None:
    def stop() -> None:
        file = care_of(desk)
        said = {"flag": "do_not_contact", "on": True, **desk.entered()}
        change = fact(file, desk.person.id, FLAG, RecordId("f1"), said, intake)
        file.apply([change], desk.act("flag"))

    background.run_and_wait(stop)
    with qtbot.waitSignal(tab.refreshed):
        tab.refresh()
    assert "Call nobody, and send nothing." in words_on(tab)
    assert not (tab.new.isEnabled())
    assert not (tab.call.isEnabled())
    assert not (tab.first.isVisible())


def test_a_letter_is_made_and_offered_to_print(qtbot: QtBot, tab: ReferralTab) -> None:
    tab.first.click()
    keep(qtbot, tab)
    assert "No signed consent names this provider: the person carries the letter." in words_on(tab)
    tab.cards[0].buttons["letters"].click()
    tab.ask.fields["papers"].set_value(["referral_letter_participant"])
    tab.ask.fields["way"].set_value("mailed")
    tab.ask.act.click()
    qtbot.waitUntil(lambda: "Mail is not a safe way" in words_on(tab.ask))
    tab.ask.fields["way"].set_value("handed")
    keep(qtbot, tab)
    said = words_on(tab)
    assert "Letter of introduction" in said
    assert "Asked, no answer yet" in said


def test_the_plan_without_a_bed_is_shown_and_its_card_printed(
    qtbot: QtBot, tab: ReferralTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def print_papers(_desk: PaperDesk, papers: list[IssuedPaper]) -> None:
        printed.extend(one.paper for one in papers)

    monkeypatch.setattr(PaperDesk, "print", print_papers)
    assert "Plan without a bed" in words_on(tab)
    assert "Shelter" in words_on(tab)
    card = next(
        b for b in tab.findChildren(QAbstractButton) if b.text() == "Print the card for tonight"
    )
    card.click()
    qtbot.waitUntil(lambda: printed == ["tonight_card"])


CONSENT: dict[str, Any] = {
    "consent_given": "yes",
    "consent_name": "Jordan Whitfield",
    "consent_discloser": ["desk"],
    "consent_information": ["name_contact"],
    "consent_purpose": "referral",
    "consent_expires_how": "first_visit",
    "consent_revoke": WALK_IN["no_arrest"],
    "consent_redisclosure": WALK_IN["no_arrest"],
    "consent_refusal": WALK_IN["no_arrest"],
    "consent_signature": {"how": "paper", "name": "", "strokes": [], "at": "2026-11-23"},
}


def test_what_leaves_is_shown_before_a_provider_gets_a_letter(
    qtbot: QtBot, desk: Desk, background: Background, words: Words, theme: Theme,
    place: dict[str, str],
) -> None:  # fmt: skip
    def take() -> RecordId:
        draft = begin_draft(desk, "self_referral")
        consent = {**CONSENT, "consent_recipient": place}
        draft.answers |= {**WALK_IN, **consent, "provider": place}
        return finish_intake(desk, draft).record

    intake = background.run_and_wait(take)
    tab = opened(qtbot, FolderParts(
        intake, desk, background, Setting(words, theme, desk.clock), NameSwitch()
    ))  # fmt: skip
    tab.first.click()
    keep(qtbot, tab)
    assert "A signed consent names this provider." in words_on(tab)
    tab.cards[0].buttons["letters"].click()
    assert not tab.leaving.isVisible()
    tab.ask.fields["papers"].set_value(["referral_letter_provider"])
    tab.ask.fields["papers"].tell()
    qtbot.waitUntil(tab.leaving.isVisible)
    assert tab.ask.act.isEnabled()
    assert place["name"] in words_on(tab.leaving)
    tab.ask.fields["way"].set_value("faxed")
    keep(qtbot, tab)
    assert not tab.leaving.isVisible()
    assert "Referral letter" in words_on(tab)


def test_slips_are_keyed_by_letters_and_saved_at_once(
    qtbot: QtBot, desk: Desk, intake: RecordId, background: Background, words: Words, theme: Theme,
    place: dict[str, str],
) -> None:  # fmt: skip
    def ask() -> list[RecordId]:
        made = [make_referral(desk, intake, NewReferral("detox", place, "fax")) for _ in range(2)]
        for one in made:
            note_step(desk, one, NewStep(Status.REQUESTED))
        return made

    one, two = background.run_and_wait(ask)
    page = RepliesPage(desk, background, words, theme, NameSwitch())
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(page.model.lines) == 2)
    first = page.model.lines[0].referral.id
    QTest.keyClicks(page.grid, "c")
    page.ask.act.click()
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    QTest.keyClicks(page.grid, "o")
    assert len(page.model.keyed) == 2
    QTest.keyClick(page.grid, Qt.Key.Key_Backspace)
    assert len(page.model.keyed) == 1
    QTest.keyClicks(page.grid, "d")
    with qtbot.waitSignal(page.refreshed):
        page.save_slips()
    found = {
        i: background.run_and_wait(lambda i=i: read_referral(care_of(desk), i)) for i in (one, two)
    }
    assert found[first].standing.is_closed_loop
    assert found[first].steps[-1].said_by is SaidBy.PROVIDER
    (other,) = {one, two} - {first}
    assert found[other].standing.missed == 1
    assert "2 slips are saved." in page.good.text
    assert len(page.model.lines) == 1  # whoever did not come is still waited for
