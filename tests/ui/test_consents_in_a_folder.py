"""Consents in the window: where each stands, what leaves, taking back, who must be told."""

from datetime import timedelta
from typing import Any

import pytest
from form_driver import press, shown, words_on
from held_cases import House
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentKind, Party
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import Mou
from intake_app.domain.roles import Role
from intake_app.services.consents.disclosures import leaving
from intake_app.services.desk import Desk
from intake_app.services.drawing.leaving import NOTHING_LEAVES, Leaving
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.papers.papers import issue_papers, note_printed
from intake_app.services.records.drafts import begin_draft
from intake_app.services.sharing.consent_overview import consent_overview
from intake_app.ui.folder.consent_tab import ConsentTab
from intake_app.ui.folder.tab import FolderParts
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.leaving_panel import LeavingPanel
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

READ = {"read": True, "version": "2026-11-1", "at": "2026-11-23"}
NORTH = "New River Recovery Center"
WALK_IN: dict[str, Any] = {
    "who_for": "self", "safety_now": "no", "no_arrest": READ, "wants": ["detox"],
    "first_name": "Jordan", "last_name": "Whitfield", "may_contact": "no", "language": "en",
    "interpreter": "none", "placed": "today", "decision": "accepted",
    "explained": ["explained", "voluntary"], "consent_given": "yes",
    "consent_name": "Jordan Whitfield", "consent_discloser": ["desk"],
    "consent_information": ["name_contact", "wants"],
    "consent_recipient": {"id": "", "name": NORTH}, "consent_purpose": "referral",
    "consent_expires_how": "days_90", "consent_revoke": READ, "consent_redisclosure": READ,
    "consent_refusal": READ,
    "consent_signature": {"how": "typed", "name": "J. Whitfield", "strokes": [],
                          "at": "2026-11-23"},
}  # fmt: skip


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def intake(desk: Desk, background: Background) -> RecordId:
    """A letter was printed under its consent."""

    def take() -> RecordId:
        draft = begin_draft(desk, "self_referral")
        draft.answers |= WALK_IN
        record = finish_intake(desk, draft).record
        letter, _ = issue_papers(desk, record, ["referral_letter_provider"])
        note_printed(desk, letter, "Front desk")
        return record

    return background.run_and_wait(take)


@pytest.fixture
def tab(
    qtbot: QtBot, desk: Desk, intake: RecordId, background: Background, theme: Theme, words: Words
) -> ConsentTab:
    parts = FolderParts(intake, desk, background, Setting(words, theme, desk.clock), NameSwitch())
    made = ConsentTab(parts)
    qtbot.addWidget(made)
    made.resize(1200, 1600)
    made.show()
    with qtbot.waitSignal(made.refreshed):
        made.refresh()
    return made


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, words: Words) -> LeavingPanel:
    made = LeavingPanel(theme, words)
    qtbot.addWidget(made)
    return made


def take_back(qtbot: QtBot, tab: ConsentTab, how: str) -> None:
    tab.cards[0].buttons["Take it back…"].click()
    tab.ask.fill({"how": how})
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()


# --- the tab ----------------------------------------------------------------------------------


def test_a_consent_says_what_it_allows_and_until_when(tab: ConsentTab) -> None:
    said = words_on(tab)
    assert f"Consent to share with a provider: {NORTH}" in said
    assert "What may be shared: Name and safe contact, Help asked for" in said
    assert "Until Feb 21, 2027" in said
    assert f"Referral letter to {NORTH}" in said
    assert "Whitfield" not in said  # names are covered


def test_taken_back_it_says_whom_to_tell(qtbot: QtBot, tab: ConsentTab) -> None:
    take_back(qtbot, tab, "letter")
    said = words_on(tab)
    assert "Taken back on Nov 23, 2026" in said
    assert "1 recipient is not told yet." in said
    notice, told = tab.tells[0].buttons[NORTH]
    with qtbot.waitSignal(tab.refreshed):
        notice.click()
    assert "Notice: consent taken back" in words_on(tab)
    told = tab.tells[0].buttons[NORTH][1]
    told.click()
    tab.ask.fill({"how": "phone"})
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()
    assert "not told yet" not in words_on(tab)
    assert f"Referral letter to {NORTH}" in words_on(tab)  # what was sent stays


def test_aloud_it_waits_to_be_confirmed(qtbot: QtBot, tab: ConsentTab) -> None:
    take_back(qtbot, tab, "oral")
    assert "Taken back on Nov 23, 2026, not in writing yet" in words_on(tab)
    tab.cards[0].buttons["Confirmed in writing…"].click()
    tab.ask.fill({"how": "email"})
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()
    assert "not in writing yet" not in words_on(tab)
    assert "Confirmed in writing…" not in tab.cards[0].buttons


def test_what_is_missing_keeps_the_question_open(qtbot: QtBot, tab: ConsentTab) -> None:
    tab.cards[0].buttons["Take it back…"].click()
    tab.ask.act.click()
    assert "Please answer this." in words_on(tab)
    tab.ask.leave.click()
    assert "Until Feb 21, 2027" in words_on(tab)


def test_a_new_consent_is_asked_whole_and_kept(
    qtbot: QtBot, tab: ConsentTab, desk: Desk, intake: RecordId, background: Background
) -> None:
    tab.new[ConsentKind.REPORT_BACK].click()
    qtbot.waitUntil(lambda: tab.form is not None)
    assert tab.form is not None
    tab.form.keep.click()
    assert "things to fix before you continue" in words_on(tab)
    said: dict[str, Any] = {
        "consent_discloser": ["coordinator"], "consent_information": ["attended"],
        "consent_recipient": "County Attorney", "consent_purpose": "monitor",
        "consent_revocable": "any_time", "consent_expires_how": "case_ends",
        "consent_revoke": READ, "consent_refusal": READ,
        "consent_signature": {"how": "paper", "name": "", "strokes": [], "at": "2026-11-23"},
    }  # fmt: skip
    for name, value in said.items():
        tab.form.view.fields[name].set_value(value)
        tab.form.view.fields[name].changed.emit()
    with qtbot.waitSignal(tab.refreshed):
        tab.form.keep.click()
    assert tab.form is None
    found = background.run_and_wait(lambda: consent_overview(desk, intake, "en"))
    assert [line.held.consent.kind for line in found.lines] == [
        ConsentKind.REPORT_BACK, ConsentKind.HAND_OFF,
    ]  # fmt: skip
    with qtbot.waitSignal(tab.refreshed):
        tab.cards[0].buttons["Make its paper"].click()
    assert "Consent to report back" in [row.paper.title for row in tab.papers.rows]


def test_it_tells_early_that_one_ends(qtbot: QtBot, tab: ConsentTab, clock: FixedClock) -> None:
    clock.at += timedelta(days=61)
    with qtbot.waitSignal(tab.refreshed):
        tab.refresh()
    assert "1 consent has ended or ends soon." in words_on(tab)
    tab.cards[0].buttons["Note that it ended…"].click()
    tab.ask.fill({"day": "2027-01-20"})
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()
    assert "Ended on Jan 20, 2027" in words_on(tab)


def test_what_the_law_allows_without_a_consent_is_noted(qtbot: QtBot, tab: ConsentTab) -> None:
    tab.shared.other.click()
    tab.ask.fill({"exception": "emergency", "what": "Took too much", "recipient": "County EMS"})
    with qtbot.waitSignal(tab.refreshed):
        tab.ask.act.click()
    assert "Took too much to County EMS" in words_on(tab)
    with qtbot.waitSignal(tab.refreshed):
        tab.shared.account.click()
    assert "Accounting of disclosures" in words_on(tab)


def test_every_button_of_the_tab_has_a_name(tab: ConsentTab) -> None:
    buttons = [one for one in shown(tab) if isinstance(one, QAbstractButton)]
    assert buttons
    assert all(one.accessibleName() for one in buttons)


# --- the panel --------------------------------------------------------------------------------


def found(background: Background, desk: Desk, intake: RecordId, what: object) -> Leaving:
    asked: Any = what
    return background.run_and_wait(lambda: leaving(desk, intake, asked))


def test_covered_it_is_one_line_that_opens(
    panel: LeavingPanel, desk: Desk, intake: RecordId, background: Background
) -> None:
    panel.show_leaving(found(background, desk, intake, "referral_letter_provider"))
    assert panel.may_go_on
    assert "A consent covers all of it." in words_on(panel)
    assert "What do you want today?" not in words_on(panel)
    assert "No agreement (MOU) with this provider is in force." in words_on(panel)
    press(panel, "Show the answers")
    assert "What do you want today?" in words_on(panel)
    assert "About Jordan Whitfield." in words_on(panel)


def test_what_is_left_out_is_a_full_stop(
    qtbot: QtBot, panel: LeavingPanel, desk: Desk, intake: RecordId, background: Background
) -> None:
    asked = found(background, desk, intake, ["wants", "substances"])
    with qtbot.waitSignal(panel.changed) as told:
        panel.show_leaving(asked)
    assert told.args == [False]
    assert not panel.may_go_on
    said = words_on(panel)
    assert "Stop. This may not leave: the consent does not cover all of it." in said
    assert "Not covered: What you use" in said


def test_it_hides_where_nothing_is_disclosed(panel: LeavingPanel) -> None:
    panel.show_leaving(NOTHING_LEAVES)
    assert panel.isHidden()
    assert panel.may_go_on


def test_names_stay_covered_where_a_page_covers_them(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    panel = LeavingPanel(theme, words, NameSwitch())
    qtbot.addWidget(panel)
    panel.show_leaving(Leaving(True, ("Jordan Whitfield",), Party(NORTH), mou=Mou.VALID))
    panel.more.click()
    assert "Whitfield" not in words_on(panel)
