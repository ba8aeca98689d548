"""The status list: cases only, what a prosecutor needs, and each case noted as disclosed."""

from dataclasses import replace

import pytest
from held_cases import House, audit, case_taken, cases_of, move

from intake_app.domain.case_act import CaseAct, CaseActKind, newest
from intake_app.domain.clock import stamp
from intake_app.domain.disclosure_errors import NotWhatWasShown
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.paper import BlockType, Sheet
from intake_app.domain.report_errors import NothingToGive
from intake_app.domain.roles import Role
from intake_app.pdf.press import Press
from intake_app.services.case import acts
from intake_app.services.case.held import act_change, changes_of, held_case
from intake_app.services.case.treatment import record_treatment
from intake_app.services.citing.cases import read_case
from intake_app.services.consents.disclosed import disclosures_about
from intake_app.services.desk import Desk
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.records.veil import veiled
from intake_app.services.reports.status_list import give_status_list, look_over_status_list
from intake_app.services.sharing.accounting import disclosures_of


class WatchedPress(Press):
    """The real press, which also keeps what it drew."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []

    def print(self, sheet: Sheet) -> bytes:
        self.sheets.append(sheet)
        return super().print(sheet)


def closed_apart(one: Desk, other: Desk, case: RecordId) -> None:
    """Two stations close a case in two ways, neither having seen the other."""
    held = held_case(other, case)
    act = CaseAct(
        new_record_id(), CaseActKind.NOT_COMPLETED, other.clock.local(), stamp(other.clock),
        other.person.id, newest(held.acts), {"reason": "lost_contact"},
    )  # fmt: skip
    from_other = changes_of(other, held, [act])
    acts.close_case(one, case, "withdrew")
    one.cases_file.apply(from_other, other.act("from the other station", case))


@pytest.fixture
def press() -> WatchedPress:
    return WatchedPress()


@pytest.fixture
def coordinator(house: House, press: WatchedPress) -> Desk:
    return replace(house.desk(Role.COORDINATOR), press=press)


def rows(press: WatchedPress) -> list[tuple[str, ...]]:
    parts = press.sheets[-1].parts
    return [row for part in parts if part.type is BlockType.TABLE for row in part.rows]


def words(press: WatchedPress) -> str:
    return "\n".join(
        line
        for part in press.sheets[-1].parts
        for line in (part.text, *(" | ".join(row) for row in part.rows))
    )


def test_a_case_is_told_by_number_name_offense_status_and_days(
    house: House, coordinator: Desk, press: WatchedPress
) -> None:
    case_taken(house.desk(Role.OFFICER))
    give_status_list(coordinator, "Office of the Prosecuting Attorney")
    (row,) = rows(press)
    number, name, offense, status, report_by, complete_by = row
    assert number.startswith("PH-")
    assert (name, status) == ("Quillfeather, Wren", "Waiting for the visit")
    assert offense.startswith("Trespass")
    assert "November 30, 2026" in report_by
    assert "2027" in complete_by
    assert "Office of the Prosecuting Attorney" in words(press)


def test_nothing_of_assessment_or_treatment_is_told(
    house: House, coordinator: Desk, press: WatchedPress
) -> None:
    case = case_taken(house.desk(Role.OFFICER))
    move(coordinator, days=1)
    give_status_list(coordinator)
    before = rows(press)
    acts.note_reported(coordinator, case)
    give_status_list(coordinator)
    reported = rows(press)
    acts.note_assessed(coordinator, case)
    treat = next(one for one in read_case(coordinator, case).conditions if one.is_treatment)
    record_treatment(coordinator, case, treat.id, "not_met", "Left Riverbend on day 3")
    give_status_list(coordinator)
    assert reported == rows(press) != before
    assert rows(press)[0][3] == "In the program"
    for secret in ("Treatment", "Riverbend", "Assessed", "1991", "April", "Not met"):
        assert secret not in words(press)


def test_each_case_is_noted_as_disclosed_with_the_hash_of_the_paper(
    house: House, coordinator: Desk
) -> None:
    first = case_taken(house.desk(Role.OFFICER))
    second = case_taken(house.desk(Role.OFFICER), last_name="Ashgrove")
    give_status_list(coordinator, "The prosecutor's office", how="printed")
    for case in (first, second):
        (left,) = disclosures_about(cases_of(coordinator), [case])
        assert left.said.exception == "held_charge"
        assert left.said.how == "printed"
        assert len(left.said.sha256) == 64
        assert set(left.said.fields) == {
            "number", "name", "offense", "status", "report_by", "complete_by",
        }  # fmt: skip
        (entry,) = disclosures_of(coordinator, case, "en")
        assert entry.recipient == "The prosecutor's office"
        assert entry.what == "Status of held charges"
    told = {line[2] for line in audit(cases_of(coordinator), "disclose on a status list")}
    assert told == {first, second}
    assert len(audit(cases_of(coordinator), "disclose status list")) == 1


def test_looking_at_it_gives_it_to_nobody_and_is_logged(house: House, coordinator: Desk) -> None:
    case = case_taken(house.desk(Role.OFFICER))
    found = look_over_status_list(coordinator)
    assert [line.case for line in found.lines] == [case]
    assert "Quillfeather" not in repr(found)
    assert disclosures_about(cases_of(coordinator), [case]) == []
    assert len(audit(cases_of(coordinator), "look at status list")) == 1


def test_closed_cases_are_on_it_only_when_they_are_asked_for(
    house: House, coordinator: Desk, press: WatchedPress
) -> None:
    case = case_taken(house.desk(Role.OFFICER))
    case_taken(house.desk(Role.OFFICER), last_name="Ashgrove")
    move(coordinator, days=2)
    acts.close_case(coordinator, case, "withdrew")
    assert len(look_over_status_list(coordinator).lines) == 1
    day = coordinator.clock.local().date()
    assert len(look_over_status_list(coordinator, day.isoformat()).lines) == 2
    move(coordinator, days=1)
    later = coordinator.clock.local().date().isoformat()
    assert len(look_over_status_list(coordinator, later).lines) == 1
    give_status_list(coordinator, since=day.isoformat())
    assert "Withdrew" in [row[3] for row in rows(press)]


def test_a_sealed_case_and_one_entered_in_error_are_never_on_it(
    house: House, coordinator: Desk
) -> None:
    wrong = case_taken(house.desk(Role.OFFICER))
    done = case_taken(house.desk(Role.OFFICER), last_name="Ashgrove")
    acts.mark_case_in_error(house.desk(Role.OFFICER), wrong, "Was another person")
    acts.close_case(coordinator, done, "withdrew")
    assert [line.case for line in look_over_status_list(coordinator, "2026-01-01").lines] == [done]
    held = held_case(coordinator, done)
    sealed = CaseAct(
        new_record_id(), CaseActKind.SEALED, coordinator.clock.local(), stamp(coordinator.clock),
        coordinator.person.id, newest(held.acts),
    )  # fmt: skip
    file = coordinator.cases_file
    file.apply(
        [act_change(file, coordinator.person.id, done, sealed)], coordinator.act("seal case")
    )
    assert look_over_status_list(coordinator, "2026-01-01").lines == ()
    with pytest.raises(NothingToGive):
        give_status_list(coordinator, since="2026-01-01")


def test_a_case_about_which_people_disagree_is_left_out_and_said(
    house: House, coordinator: Desk, press: WatchedPress
) -> None:
    disputed = case_taken(house.desk(Role.OFFICER))
    closed_apart(house.desk(Role.SUPERVISOR), coordinator, disputed)
    case_taken(house.desk(Role.OFFICER), last_name="Ashgrove")
    found = look_over_status_list(coordinator)
    assert [line.name for line in found.lines] == ["Ashgrove, Wren"]
    assert found.disagreed == 1
    give_status_list(coordinator)
    assert "1 case is not on it: people disagree" in words(press)
    assert disclosures_about(cases_of(coordinator), [disputed]) == []


def test_who_is_kept_from_somebody_is_counted_and_not_shown(
    house: House, coordinator: Desk, press: WatchedPress
) -> None:
    case = case_taken(house.desk(Role.OFFICER))
    case_taken(house.desk(Role.OFFICER), last_name="Ashgrove")
    lowe = coordinator.person.id
    set_conflict(veiled(house.desk(Role.SUPERVISOR)), case, lowe, on=True, note="Neighbors.")
    found = look_over_status_list(veiled(coordinator))
    assert [line.name for line in found.lines] == ["Ashgrove, Wren"]
    assert found.kept == 1
    give_status_list(veiled(coordinator))
    assert "1 case is not on it: a colleague must give it" in words(press)
    assert "Quillfeather" not in words(press)
    assert disclosures_about(cases_of(coordinator), [case]) == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FRONT_DESK])
def test_only_coordinator_and_supervisor_may(house: House, role: Role) -> None:
    desk = house.desk(role)
    for act in (look_over_status_list, give_status_list):
        with pytest.raises(NotAllowed):
            act(desk)
    supervisor = house.desk(Role.SUPERVISOR)
    assert look_over_status_list(supervisor).lines == ()


def test_only_what_was_looked_over_is_given(house: House, coordinator: Desk) -> None:
    case = case_taken(house.desk(Role.OFFICER))
    shown = look_over_status_list(coordinator)
    move(coordinator, hours=1)
    assert give_status_list(coordinator, shown=shown)
    acts.close_case(coordinator, case, "withdrew")
    case_taken(house.desk(Role.OFFICER), last_name="Ashgrove")
    with pytest.raises(NotWhatWasShown):
        give_status_list(coordinator, shown=shown)
    assert len(disclosures_about(cases_of(coordinator), [case])) == 1
