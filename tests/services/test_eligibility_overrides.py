"""Rules give way to a person with the right, a name and a reason; a word by phone is confirmed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from profiles import Desks, Profile
from small_programs import POSSESSION, case_draft, grams, with_programs

from intake_app.domain.draft import Draft
from intake_app.domain.errors import (
    BadEntry,
    CannotOverride,
    FactIsFinal,
    NotAllowed,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import Role
from intake_app.services.citing.overrides import (
    APPROVAL_RULE,
    CONFIRMED,
    Decision,
    Given,
    Mode,
    blocking,
    confirm_override,
    decisions,
    note_approval,
    override,
    override_changes,
    overrides_to_confirm,
)
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.drafts import resume_draft

OVER: dict[str, Any] = {**POSSESSION, "grams": grams(6.5), "has_weapon": "no"}
WHY = "first offense, weighed with its bag"


@pytest.fixture
def officer(desks: Desks, tmp_path: Path) -> Desk:
    return with_programs(desks(Role.OFFICER), tmp_path)


@pytest.fixture
def supervisor(desks: Desks, tmp_path: Path) -> Desk:
    return with_programs(desks(Role.SUPERVISOR), tmp_path)


def by_phone(supervisor: Desk, at: str = "02:14") -> Given:
    return Given(Mode.PHONE, supervisor.person.id, at)


def blocked(desk: Desk, draft: Draft) -> list[str]:
    return [outcome.rule for outcome in blocking(desk, draft)]


def finished(desk: Desk, draft: Draft) -> None:
    finish_intake(desk, draft, override_changes(desk, draft))


def test_a_supervisor_who_is_here_sets_a_rule_aside(supervisor: Desk) -> None:
    draft = case_draft(supervisor, OVER)
    assert blocked(supervisor, draft) == ["weight", APPROVAL_RULE]
    override(supervisor, draft, ["weight"], WHY)
    note_approval(supervisor, draft)
    assert blocked(supervisor, draft) == []
    finished(supervisor, draft)
    assert overrides_to_confirm(supervisor) == []
    first, second = decisions(supervisor)
    assert (first.kind, first.rules, first.reason) == ("override", ("weight",), WHY)
    assert (second.kind, second.by, second.state) == ("approval", supervisor.person.id, "")


def test_an_officer_alone_sets_nothing_aside(officer: Desk) -> None:
    draft = case_draft(officer, OVER)
    with pytest.raises(NotAllowed):
        override(officer, draft, ["weight"], WHY)
    with pytest.raises(NotAllowed):
        note_approval(officer, draft)
    assert blocked(officer, draft) == ["weight", APPROVAL_RULE]
    assert draft.marks == {}


def test_by_phone_takes_a_supervisor_a_time_and_a_reason(officer: Desk, supervisor: Desk) -> None:
    draft = case_draft(officer, OVER)
    with pytest.raises(ReasonMissing):
        override(officer, draft, ["weight"], " ", by_phone(supervisor))
    for nobody in (officer.person.id, "nobody", ""):
        with pytest.raises(NotAllowed):
            override(officer, draft, ["weight"], WHY, Given(Mode.PHONE, nobody, "02:14"))
    for at in ("late", "25:00", "2026-11-24T02:14:00+00:00", "2026-11-23T02:14:00"):
        with pytest.raises(BadEntry):
            override(officer, draft, ["weight"], WHY, by_phone(supervisor, at))
    override(officer, draft, ["weight"], WHY, by_phone(supervisor))
    assert blocked(officer, draft) == [APPROVAL_RULE]


def test_the_word_survives_with_the_draft(officer: Desk, supervisor: Desk) -> None:
    draft = case_draft(officer, OVER)
    override(officer, draft, ["weight"], WHY, by_phone(supervisor))
    again = resume_draft(officer, draft.id)
    assert blocked(officer, again) == [APPROVAL_RULE]
    (kept,) = again.marks["overrides"]
    assert (kept["by"], kept["at"]) == (supervisor.person.id, "2026-11-23T02:14+00:00")


def test_a_time_later_than_now_was_yesterday(officer: Desk, supervisor: Desk) -> None:
    draft = case_draft(officer, OVER)
    override(officer, draft, ["weight"], WHY, by_phone(supervisor, "23:50"))
    (kept,) = draft.marks["overrides"]
    assert kept["at"] == "2026-11-22T23:50+00:00"


@pytest.mark.parametrize("typed", ["2:14", "2:14 AM", "2:14 am", "11/23/2026 2:14 AM"])
def test_a_time_is_read_as_people_write_it(officer: Desk, supervisor: Desk, typed: str) -> None:
    draft = case_draft(officer, OVER)
    override(officer, draft, ["weight"], WHY, by_phone(supervisor, typed))
    (kept,) = draft.marks["overrides"]
    assert kept["at"] == "2026-11-23T02:14+00:00"


def phoned(officer: Desk, supervisor: Desk, profile: Profile) -> Decision:
    """An override by phone in a case that was finished a shift ago."""
    draft = case_draft(officer, OVER)
    override(officer, draft, ["weight"], WHY, by_phone(supervisor))
    assert overrides_to_confirm(supervisor) == [], "it is not yet told: the draft may be discarded"
    finished(officer, draft)
    (waiting,) = overrides_to_confirm(supervisor)
    assert (waiting.case, waiting.mode, waiting.state) == (draft.id, Mode.PHONE, "open")
    assert waiting.number == draft.number
    assert waiting.noted_by == officer.person.id
    profile.clock.at += timedelta(hours=9)
    return waiting


def test_the_supervisor_confirms_at_the_next_sign_in(
    officer: Desk, supervisor: Desk, profile: Profile
) -> None:
    waiting = phoned(officer, supervisor, profile)
    confirm_override(supervisor, waiting.id, confirmed=True)
    assert overrides_to_confirm(supervisor) == []
    assert [one.state for one in decisions(supervisor)] == ["confirmed"]
    with pytest.raises(FactIsFinal):
        confirm_override(supervisor, waiting.id, confirmed=False, note="no")


def test_the_supervisor_refuses_a_word_that_was_never_given(
    officer: Desk, supervisor: Desk, profile: Profile
) -> None:
    waiting = phoned(officer, supervisor, profile)
    with pytest.raises(ReasonMissing):
        confirm_override(supervisor, waiting.id, confirmed=False)
    confirm_override(supervisor, waiting.id, confirmed=False, note="nobody called me")
    (logged,) = decisions(supervisor)
    assert (logged.state, logged.note) == ("refused", "nobody called me")
    assert [r.kind for r in supervisor.cases_file.about(waiting.id)] == [CONFIRMED]


def test_nobody_else_confirms(officer: Desk, supervisor: Desk, profile: Profile) -> None:
    waiting = phoned(officer, supervisor, profile)
    with pytest.raises(NotAllowed):
        confirm_override(officer, waiting.id, confirmed=True)
    with pytest.raises(NotAllowed):
        decisions(officer)
    with pytest.raises(RecordMissing):
        confirm_override(supervisor, new_record_id(), confirmed=True)


def test_a_hard_rule_gives_way_to_the_prosecutor_alone(officer: Desk, supervisor: Desk) -> None:
    draft = case_draft(supervisor, {"has_weapon": "yes"})
    for word in (Given(), Given(Mode.PHONE, officer.person.id)):
        with pytest.raises((CannotOverride, NotAllowed)):
            override(supervisor, draft, ["weapon"], WHY, word)
    with pytest.raises(BadEntry):
        override(supervisor, draft, ["weapon"], WHY, Given(Mode.PROSECUTOR, " "))
    mine = case_draft(officer, {"has_weapon": "yes"})
    override(officer, mine, ["weapon"], WHY, Given(Mode.PROSECUTOR, "ADA Lind", "02:14"))
    assert blocked(officer, mine) == [APPROVAL_RULE]
    finished(officer, mine)
    (waiting,) = overrides_to_confirm(supervisor)
    assert waiting.by == "ADA Lind"


def test_only_rules_that_hold_are_set_aside(supervisor: Desk) -> None:
    draft = case_draft(supervisor, OVER)
    for rules in ([], ["again"], ["weight", "nothing"]):
        with pytest.raises(CannotOverride):
            override(supervisor, draft, rules, WHY)
    assert "overrides" not in draft.marks


def test_an_approval_by_phone_is_confirmed_the_same_way(officer: Desk, supervisor: Desk) -> None:
    draft = case_draft(officer, {"has_weapon": "no"})
    note_approval(officer, draft, by_phone(supervisor, "02:14"))
    assert blocked(officer, draft) == []
    finished(officer, draft)
    (waiting,) = overrides_to_confirm(supervisor)
    assert (waiting.kind, waiting.rules, waiting.reason) == ("approval", (), "")


def test_a_program_that_asks_the_prosecutor_is_not_content_with_a_supervisor(
    desks: Desks, tmp_path: Path
) -> None:
    text = (
        '[program]\nid = "asks"\npathway = "officer_intervention"\nversion = "1"\n'
        'name = { en = "Asks" }\n[terms]\napproval = "prosecutor"\n'
    )
    desk = with_programs(desks(Role.SUPERVISOR), tmp_path, asks=text)
    draft = case_draft(desk, {}, "asks")
    note_approval(desk, draft)
    (left,) = blocking(desk, draft)
    assert left.message.said_in("en") == "The prosecutor's office must approve this."
    note_approval(desk, draft, Given(Mode.PROSECUTOR, "ADA Lind", "02:14"))
    assert blocking(desk, draft) == []
