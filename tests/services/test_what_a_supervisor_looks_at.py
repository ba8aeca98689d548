"""Supervision: words to confirm, the caseload, the override log, conflicts to settle."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from held_cases import ANSWERS, PROGRAM, House, case_taken, move

from intake_app.domain.case_act import CaseAct, CaseActKind, newest
from intake_app.domain.clock import FixedClock, stamp
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Role
from intake_app.domain.terms import Instrument
from intake_app.services.case import acts
from intake_app.services.case.acts import Why
from intake_app.services.case.held import changes_of, held_case
from intake_app.services.citing.citing import issue_case
from intake_app.services.citing.overrides import (
    Given,
    Mode,
    confirm_override,
    override,
    overrides_to_confirm,
)
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.week.supervision import (
    Load,
    approvals_waiting,
    caseload,
    conflicts_to_settle,
    override_log,
)

RULE = """
[[rules]]
id = "yard"
force = "presumptive"
when = 'offense_place == "12 Mill Street"'
message = { en = "It was in the mill yard.", es = "Fue en el patio." }
authority = "Test"
"""


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[House]:
    clock.at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    made = House(tmp_path, clock)
    file = tmp_path / "forms" / "programs" / f"{PROGRAM}.toml"
    text = file.read_text("utf-8").replace('"participant_agreement"', '"citation"')
    file.write_text(text + RULE, "utf-8")
    yield made
    made.close()


def by_phone(desk: Desk, supervisor: Desk) -> RecordId:
    draft = begin_draft(desk, PROGRAM)
    draft.answers |= ANSWERS
    save_draft(desk, draft)
    override(desk, draft, ["yard"], "Known here", Given(Mode.PHONE, supervisor.person.id, "02:14"))
    return issue_case(desk, draft, Instrument.CITATION).finished.record


def closed_apart(one: Desk, other: Desk, case: RecordId) -> None:
    """Two stations close a case in two ways, neither having seen the other."""
    held = held_case(other, case)
    act = CaseAct(
        new_record_id(), CaseActKind.NOT_COMPLETED, other.clock.local(), stamp(other.clock),
        other.person.id, newest(held.acts), {"reason": "lost_contact"},
    )  # fmt: skip
    from_other = changes_of(other, held, [act])
    acts.close_case(one, case, "completed")
    one.cases_file.apply(from_other, other.act("from the other station", case))


def test_a_word_by_phone_waits_until_its_supervisor_confirms_it(
    officer: Desk, supervisor: Desk
) -> None:
    case = by_phone(officer, supervisor)
    (waits,) = approvals_waiting(supervisor)
    assert (waits.case, waits.state, waits.reason) == (case, "open", "Known here")
    assert overrides_to_confirm(supervisor) == [waits]
    confirm_override(supervisor, waits.id, confirmed=True)
    assert approvals_waiting(supervisor) == []
    assert [one.state for one in override_log(supervisor)] == ["confirmed"]


def test_the_override_log_begins_where_it_is_asked_to(officer: Desk, supervisor: Desk) -> None:
    first = by_phone(officer, supervisor)
    move(officer, days=2)
    second = by_phone(officer, supervisor)
    assert [one.case for one in override_log(supervisor)] == [second, first]
    assert [one.case for one in override_log(supervisor, "2026-11-24")] == [second]


def test_the_caseload_counts_by_officer_and_by_program(
    officer: Desk, supervisor: Desk, coordinator: Desk
) -> None:
    late, missed, stopped, closed = (case_taken(officer) for _ in range(4))
    case_taken(supervisor)
    acts.toll_case(coordinator, stopped, Why("hospital"))
    acts.close_case(coordinator, closed, "withdrew")
    move(officer, days=9)
    acts.note_no_show(officer, missed)
    load = caseload(supervisor)
    assert load.officers == (
        Load(officer.person.id, open=3, overdue=2, no_show=1, tolled=1),
        Load(supervisor.person.id, open=1, overdue=1),
    )
    assert load.programs == (Load(PROGRAM, open=4, overdue=3, no_show=1, tolled=1),)
    assert dict(load.names)[PROGRAM].said_in("es") == "Programa Creek Road"
    acts.note_reported(officer, late)
    assert caseload(supervisor).officers[0].overdue == 1


def test_a_case_that_was_closed_in_two_ways_waits_for_a_supervisor(
    officer: Desk, supervisor: Desk, coordinator: Desk
) -> None:
    case = case_taken(officer)
    acts.note_reported(officer, case)
    assert conflicts_to_settle(supervisor) == [], "negative control: nothing contradicts yet"
    closed_apart(coordinator, supervisor, case)
    (conflict,) = conflicts_to_settle(supervisor)
    assert conflict.case == case
    assert {kind for kind, _ in conflict.acts} == {"completed", "not_completed"}
    holds = held_case(supervisor, case).standing.status.conflicting[0]
    acts.settle_conflict(supervisor, case, holds, "Saw the papers.")
    assert conflicts_to_settle(supervisor) == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.FRONT_DESK])
def test_nobody_but_a_supervisor_sees_it(house: House, role: Role) -> None:
    for look in (approvals_waiting, override_log, caseload, conflicts_to_settle):
        with pytest.raises(NotAllowed):
            look(house.desk(role))
