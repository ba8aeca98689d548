"""A list of past cases comes in as real records; nothing is guessed, and all can be undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from ending_world import file_of, in_the_clear, later, left
from openpyxl import Workbook
from profiles import Desks, Profile

from intake_app.domain import facts
from intake_app.domain.case_act import CaseActKind
from intake_app.domain.episode import STEP, Step
from intake_app.domain.errors import NoGrant, NotAllowed
from intake_app.domain.ids import RecordId
from intake_app.domain.import_errors import (
    DayOrderOpen,
    ImportGone,
    ImportHeld,
    ImportWorkedOn,
    MappingMissing,
    SameFileAgain,
)
from intake_app.domain.import_mapping import ColumnMap, ImportMapping, as_toml
from intake_app.domain.import_row import Fault
from intake_app.domain.purge import Scope
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment, Role
from intake_app.services.case.held import held_case
from intake_app.services.case.offers import OFFER, offers
from intake_app.services.desk import Desk
from intake_app.services.follow_up.episodes import episode_of, move_episode
from intake_app.services.imports.importing import ImportWork, past_imports, read_table
from intake_app.services.imports.looking import LookThrough
from intake_app.services.imports.made import Stage
from intake_app.services.imports.plan import Plan, imports_of, planned, suggested
from intake_app.services.imports.shape import forms_to_fill, shape_of, shown_rows
from intake_app.services.imports.undoing import UndoWork
from intake_app.services.intakes.intakes import amend_intake, read_intake
from intake_app.services.intakes.people import find_people
from intake_app.services.measures.journeys import bring_up
from intake_app.services.needs.files import Records
from intake_app.services.papers.papers import issued_papers
from intake_app.services.purging.holds import place_hold
from intake_app.services.purging.retention import due_records
from intake_app.services.records.follow_up_changes import FOLLOW_UP
from intake_app.services.records.numbers import next_numbers

Mapped = Callable[[ImportMapping], ImportMapping]
NAMES = ("Quillfeather", "Wrenna", "Oakhollow")
HEAD = "Date,Last name,First name,DOB,Race,Status,Date closed,First contact,First visit"
WALK_INS = f"""{HEAD}
4/17/2024,Quillfeather,Wrenna,4/7/1991,W,Completed,6/30/2024,4/17/2024,5/2/2024
5/20/2024,Oakhollow,Bram,12/24/1985,H; W,Refused,5/20/2024,,
11/16/2026,Fernleigh,Cass,2/29/2000,,Active,,11/18/2026,
"""
CASES = """\
Citation no,Date issued,Last name,First name,DOB,Race,Gender,Offense,Reported,Status,Date closed,\
Reason,Charge action
D-100,2/3/2023,Quillfeather,Wrenna,4/7/1991,W,F,Trespass,2/6/2023,Completed,5/1/2023,,Dismissed
D-101,2/4/2023,Oakhollow,Bram,12/24/1985,B,M,,,Failed,5/2/2023,Did not report,Filed
D-102,2/5/2023,Fernleigh,Cass,2/28/2000,H,M,,,Refused,,Wants a lawyer first,
D-103,11/16/2026,Larkspur,Dee,3/3/1999,,,,,Active,,,
"""


def table(tmp_path: Path, text: str, name: str = "old.csv") -> Path:
    place = tmp_path / name
    place.write_text(text)
    return place


def plan_of(desk: Desk, place: Path, form: str, change: Mapped = lambda m: m) -> Plan:
    read = read_table(desk, place)
    return planned(desk, read, change(suggested(desk, read, form)))


def looked(desk: Desk, plan: Plan) -> LookThrough:
    look = LookThrough(desk, plan)
    while not look.step():
        pass
    return look


def brought(desk: Desk, plan: Plan, *, is_meant: bool = False) -> ImportWork:
    work = ImportWork(desk, plan, looked(desk, plan), is_meant=is_meant)
    while not work.step(2):
        pass
    return work


def undone(desk: Desk, ident: RecordId) -> None:
    work = UndoWork(desk, ident)
    while not work.step(2):
        pass


def imported(file: Records) -> dict[str, Record]:
    """Imported intakes by the rest of their number: the row."""
    found = (file.record(row.record) for row in file.rows(file.order("intake")))
    return {
        str(one.values[facts.NUMBER]).split("-")[2]: one
        for one in found
        if one is not None and facts.IMPORTED in one.values
    }


# --- care --------------------------------------------------------------------------------------


def test_walk_ins_of_an_old_list_stand_where_the_list_says(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    before = next(iter(next_numbers(desk, "self_referral", 2026, 1)))
    brought(desk, plan_of(desk, table(tmp_path, WALK_INS), "self_referral"))
    found = imported(desk.care_file)
    assert set(found) == {"2", "3", "4"}
    first, second, third = (found[row] for row in ("2", "3", "4"))
    assert [r.values[facts.STATUS] for r in (first, second, third)] == [
        "completed", "declined", "accepted",
    ]  # fmt: skip
    assert second.values["race"] == ["hispanic", "white"]
    episode = episode_of(desk, first.id)
    assert episode.is_closed
    assert episode.closed_on == "2024-06-30"
    days = [(s.status, s.at[:10]) for s in map(Step.of, desk.care_file.about(first.id, STEP))]
    assert sorted(days) == sorted([
        ("screening", "2024-04-17"), ("accepted", "2024-04-17"), ("completed", "2024-06-30"),
    ])  # fmt: skip
    after = next(iter(next_numbers(desk, "self_referral", 2026, 1)))
    assert int(after.split("-")[2][1:]) == int(before.split("-")[2][1:]) + 1  # none was taken
    assert not issued_papers(desk, first.id)


def test_what_has_ended_is_no_task_and_what_goes_on_has_those_that_are_to_come(
    desks: Desks, tmp_path: Path
) -> None:
    desk = desks(Role.COORDINATOR)
    brought(desk, plan_of(desk, table(tmp_path, WALK_INS), "self_referral"))
    found, file = imported(desk.care_file), desk.care_file
    assert not file.about(found["2"].id, FOLLOW_UP)
    assert not file.about(found["3"].id, FOLLOW_UP)
    days = [str(one.values[facts.DUE]) for one in file.about(found["4"].id, FOLLOW_UP)]
    assert all(day >= "2026-11-23" for day in days)


def test_an_imported_record_is_found_read_and_amended_like_all_others(
    desks: Desks, tmp_path: Path
) -> None:
    desk = desks(Role.COORDINATOR)
    brought(desk, plan_of(desk, table(tmp_path, WALK_INS), "self_referral"))
    [row] = find_people(desk, "quillf wrenna", 20)
    assert row.born == "1991-04-07"
    assert row.number.startswith("OLD-A1-2")
    view = read_intake(desk, row.record)
    assert view.imported is not None
    assert view.imported.row == 2
    assert view.by == ""
    amend_intake(desk, row.record, {"first_name": "Wren"}, "the list was wrong")
    assert read_intake(desk, row.record).answers["first_name"] == "Wren"
    assert due_records(desk) is not None


def test_journeys_know_the_days_of_an_old_list(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    brought(desk, plan_of(desk, table(tmp_path, WALK_INS), "self_referral"))
    bring_up(desk)
    assert desk.measures is not None
    made = {
        j.opened_on: j
        for j in desk.measures.files[Compartment.CARE].each("2024-01-01", "2024-12-31")
    }
    first, second = made["2024-04-17"], made["2024-05-20"]
    assert (first.accepted_on, first.engaged_on, first.closed_on, first.outcome) == (
        "2024-04-17", "2024-05-02", "2024-06-30", "completed",
    )  # fmt: skip
    assert first.traits["race"] == ("white",)
    assert first.by == ""
    assert (second.declined_on, second.outcome) == ("2024-05-20", "declined")


def test_one_person_of_the_list_is_one_person_here(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    text = (
        "Client ID,Date,Last name,Status,Date closed\n"
        "77,4/17/2024,Quillfeather,Completed,5/1/2024\n78,4/18/2024,Roe,Completed,5/1/2024\n"
        "77,4/19/2024,Quillfeather,Active,\n"
    )
    brought(desk, plan_of(desk, table(tmp_path, text), "self_referral"))
    found = imported(desk.care_file)
    persons = [facts.person_of(found[row]) for row in ("2", "3", "4")]
    assert persons[0] == persons[2] == found["2"].id
    assert persons[1] == found["3"].id


def test_nothing_that_was_not_said_is_known(desks: Desks, tmp_path: Path) -> None:
    """A form's own defaults are no answers of somebody who was never asked."""
    desk = desks(Role.COORDINATOR)
    brought(
        desk, plan_of(desk, table(tmp_path, "Date,Last name\n4/17/2024,Roe\n"), "self_referral")
    )
    [record] = imported(desk.care_file).values()
    said = {k for k in record.values if not k.startswith("~")}
    assert said == {"last_name", "who_for"}


# --- cases -------------------------------------------------------------------------------------


def test_cases_of_an_old_list_have_their_acts_and_no_paper(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.SUPERVISOR)
    brought(desk, plan_of(desk, table(tmp_path, CASES), "plain_diversion"))
    found = imported(desk.cases_file)
    assert set(found) == {"2 D", "3 D", "5 D"}
    done, failed, goes_on = (held_case(desk, found[row].id) for row in ("2 D", "3 D", "5 D"))
    kinds = [act.kind for act in done.acts]
    assert kinds[1:] == [CaseActKind.REPORTED, CaseActKind.COMPLETED, CaseActKind.VOIDED]
    assert str(done.standing.status.status) == "completed"
    assert str(failed.standing.status.charge) == "filed"
    assert failed.acts[-2].word("reason") == "did_not_report"
    assert goes_on.standing.status.is_open
    assert goes_on.standing.clock.next_due is not None
    assert not done.standing.status.has_conflict
    assert done.record.values[facts.DUE] == ""
    assert not issued_papers(desk, done.record.id)


def test_who_said_no_is_a_line_of_the_ledger_without_a_name(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.SUPERVISOR)
    brought(desk, plan_of(desk, table(tmp_path, CASES), "plain_diversion"))
    [line] = [one for one in offers(desk, "2023-02-05", "2023-02-05") if not one.case]
    assert (line.outcome, line.reason) == ("declined", "lawyer_first")
    assert line.demographics == {"race_self": ["hispanic"], "gender": "man", "age_band": "18_24"}
    whole = desk.cases_file.whole(line.id)
    assert "Fernleigh" not in str([dict(one.values) for one in whole])
    assert len([one for one in offers(desk, "2023-01-01", "2023-12-31") if one.case]) == 2


def test_an_old_case_is_held_to_no_day_that_the_list_does_not_name(
    desks: Desks, tmp_path: Path
) -> None:
    desk = desks(Role.SUPERVISOR)
    brought(desk, plan_of(desk, table(tmp_path, CASES), "plain_diversion"))
    bring_up(desk)
    assert desk.measures is not None
    made = {
        j.opened_on: j
        for j in desk.measures.files[Compartment.CASES].each("2023-01-01", "2023-12-31")
    }
    done, failed = made["2023-02-03"], made["2023-02-04"]
    assert (done.report_by, done.reported_at[:10], done.outcome) == ("", "2023-02-06", "completed")
    assert (failed.report_by, failed.reported_at, failed.contact_on) == ("", "", "")
    assert made["2023-02-05"].why_declined == "lawyer_first"


# --- what is wrong -----------------------------------------------------------------------------


def test_rows_with_faults_are_named_and_left_out(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    text = f"""{HEAD}
2/30/2024,A,B,4/7/1991,W,Completed,6/30/2024,,
4/17/2024,A,B,4/7/91,W,Completed,6/30/2024,,
4/17/2024,A,B,4/7/1991,Zorn,Completed,6/30/2024,,
4/17/2024,A,B,4/7/1991,W,Completed,,,
4/17/2024,A,B,4/7/1991,W,Active,6/30/2024,,
4/17/2024,A,B,4/7/1991,W,Completed,4/16/2024,,
4/17/2027,A,B,4/7/1991,W,Active,,,
4/17/2024,A,B,4/7/2025,W,Active,,,
,A,B,4/7/1991,W,Active,,,
4/17/2024,#REF!,B,4/7/1991,W,Active,,,
4/17/2024,Good,B,4/7/1991,W,Active,,,
4/17/2024,Good,B,4/7/1991,W,Active,,,
"""
    look = looked(desk, plan_of(desk, table(tmp_path, text), "self_referral"))
    told = {(one.row, one.column, one.why) for one in look.found.faults}
    assert look.found.good == 1
    assert {(row, column) for row, column, _ in told} >= {
        (2, "Date"), (3, "DOB"), (4, "Race"), (5, "Date closed"), (6, "Status"),
        (7, "Date closed"), (8, "Date"), (9, "DOB"), (10, "Date"), (11, "Last name"), (13, ""),
    }  # fmt: skip
    assert (4, "Race", Fault.UNKNOWN_WORD) in told
    assert (13, "", Fault.TWICE) in told


def test_words_are_matched_once_and_saved_with_the_mapping(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    place = table(tmp_path, f"{HEAD}\n4/17/2024,A,B,4/7/1991,Zorn,Gone fishing,6/30/2024,,\n")
    first = plan_of(desk, place, "self_referral")
    assert looked(desk, first).found.good == 0
    assert first.words_of(first.columns[4]) == (("Zorn", 1, None),)

    def match(mapping: ImportMapping) -> ImportMapping:
        codes = {"race": {"zorn": "asian"}, "~outcome": {"Gone fishing": "unable_to_contact"}}
        columns = tuple(
            ColumnMap(one.target, one.names, {**one.codes, **codes.get(one.target, {})})
            for one in mapping.columns
        )
        return ImportMapping(mapping.form, columns, mapping.constants, mapping.implied, id="own",
                             title=mapping.title, version="1")  # fmt: skip

    second = plan_of(desk, place, "self_referral", match)
    assert looked(desk, second).found.good == 1
    saved = tmp_path / "mapping.toml"
    saved.write_text(as_toml(second.mapping))
    again = planned(desk, second.file, imports_of(desk).mappings.read(saved))
    assert again.mapping.columns == second.mapping.columns
    [past] = looked(desk, again).past
    assert (past.outcome, past.answers["race"]) == ("unable_to_contact", ["asian"])


def test_a_file_that_does_not_tell_month_from_day_asks(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    place = table(tmp_path, "Date,Last name\n4/5/2024,Roe\n")
    plan = plan_of(desk, place, "self_referral")
    with pytest.raises(DayOrderOpen):
        ImportWork(desk, plan, looked(desk, plan))
    said = plan_of(desk, place, "self_referral", lambda m: replace(m, order="dmy"))
    [past] = looked(desk, said).past
    assert past.opened.date().isoformat() == "2024-05-04"


def test_without_a_day_nothing_is_imported(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    plan = plan_of(desk, table(tmp_path, "Last name\nRoe\n"), "self_referral")
    assert [one.id for one in plan.missing()] == ["~opened"]
    with pytest.raises(MappingMissing):
        LookThrough(desk, plan)


def test_rows_are_shown_as_they_would_be(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    read = read_table(desk, table(tmp_path, WALK_INS))
    shape = shape_of(desk, read, suggested(desk, read, "self_referral"))
    shown = shown_rows(shape.plan, looked(desk, shape.plan).found, "en")
    assert shown.rows[0][:2] == ("2", "Apr 17, 2024")
    assert {shown.heads[n] for n in shown.hidden} == {"Last name", "First name", "Date of birth"}
    assert "Hispanic or Latino" in shown.rows[1][5]


# --- the same file, and the way back ----------------------------------------------------------


def test_the_same_file_is_noticed_and_so_are_its_rows(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    place = table(tmp_path, WALK_INS)
    brought(desk, plan_of(desk, place, "self_referral"))
    again = looked(desk, plan_of(desk, place, "self_referral"))
    assert again.found.earlier is not None
    assert {one.why for one in again.found.faults} == {Fault.KNOWN}
    longer = table(tmp_path, WALK_INS + "6/1/2024,New,Ned,1/2/1980,,Active,,,\n", "longer.csv")
    more = looked(desk, plan_of(desk, longer, "self_referral"))
    assert (more.found.earlier, more.found.good, more.found.faulty) == (None, 1, 3)


def test_an_import_that_is_undone_leaves_nothing_and_may_come_again(
    desks: Desks, tmp_path: Path, profile: Profile
) -> None:
    desk = desks(Role.COORDINATOR)
    before = len(desk.care_file.order("intake"))
    place = table(tmp_path, WALK_INS)
    ident = brought(desk, plan_of(desk, place, "self_referral")).ident
    bring_up(desk)
    file_of(desk).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert left(in_the_clear(profile, Compartment.CARE), NAMES) == list(NAMES)  # the control
    undone(desk, ident)
    assert len(desk.care_file.order("intake")) == before
    assert not find_people(desk, "Quillfeather", 20)
    assert past_imports(desk)[0].stage is Stage.UNDONE
    assert desk.measures is not None
    assert not list(desk.measures.files[Compartment.CARE].each("2024-01-01", "2024-12-31"))
    assert left(in_the_clear(profile, Compartment.CARE), NAMES) == []
    with pytest.raises(ImportGone):
        UndoWork(desk, ident)
    again = brought(desk, plan_of(desk, place, "self_referral"))
    assert again.done == 3


def test_a_ledger_and_cases_are_undone_too(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.SUPERVISOR)
    ident = brought(desk, plan_of(desk, table(tmp_path, CASES), "plain_diversion")).ident
    undone(desk, ident)
    assert not imported(desk.cases_file)
    assert not [one for one in desk.cases_file.of_kind(OFFER) if one.values[facts.OPENED] < "2024"]


def test_what_somebody_worked_on_is_theirs(desks: Desks, tmp_path: Path, profile: Profile) -> None:
    desk = desks(Role.COORDINATOR)
    ident = brought(desk, plan_of(desk, table(tmp_path, WALK_INS), "self_referral")).ident
    UndoWork(desk, ident).step()  # nobody has yet
    profile.clock.at += timedelta(minutes=1)
    move_episode(desk, imported(desk.care_file)["4"].id, "plan_active")
    with pytest.raises(ImportWorkedOn):
        undone(desk, ident)
    assert len(imported(desk.care_file)) == 3  # nothing went


def test_a_hold_keeps_an_import(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    ident = brought(desk, plan_of(desk, table(tmp_path, WALK_INS), "self_referral")).ident
    one = imported(desk.care_file)["3"]
    place_hold(desk, Scope.RECORD, one.id)
    with pytest.raises(ImportHeld):
        undone(desk, ident)
    assert len(imported(desk.care_file)) == 3


def test_an_import_that_was_stopped_on_the_way_is_undone(
    desks: Desks, tmp_path: Path, profile: Profile
) -> None:
    desk = desks(Role.COORDINATOR)
    plan = plan_of(desk, table(tmp_path, WALK_INS), "self_referral")
    work = ImportWork(desk, plan, looked(desk, plan))
    work.step(1)
    later(profile, minutes=1)
    assert past_imports(desk)[0].stage is Stage.BEGUN
    undone(desk, work.ident)
    assert not imported(desk.care_file)


def test_the_same_file_is_not_imported_by_mistake(desks: Desks, tmp_path: Path) -> None:
    """All of its rows are known; only what came apart, and was undone by hand, may come again."""
    desk = desks(Role.COORDINATOR)
    place = table(tmp_path, WALK_INS)
    brought(desk, plan_of(desk, place, "self_referral"))
    plan = plan_of(desk, place, "self_referral")
    look = looked(desk, plan)
    look.past.append(
        looked(
            desk,
            plan_of(
                desk,
                table(tmp_path, HEAD + "\n1/1/2024,X,Y,,,Active,,,\n", "b.csv"),
                "self_referral",
            ),
        ).past[0]
    )
    with pytest.raises(SameFileAgain):
        ImportWork(desk, plan, look)
    assert ImportWork(desk, plan, look, is_meant=True).total == 1


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [
    Role.FRONT_DESK, Role.RECEPTION, Role.OFFICER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER,
])  # fmt: skip
def test_others_import_nothing(desks: Desks, tmp_path: Path, role: Role) -> None:
    desk = desks(role)
    for act in (lambda: read_table(desk, tmp_path), lambda: past_imports(desk),
                lambda: forms_to_fill(desk)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_a_supervisor_brings_nothing_into_care(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.SUPERVISOR)
    assert "self_referral" not in dict(forms_to_fill(desk))
    plan = plan_of(desk, table(tmp_path, WALK_INS), "self_referral")
    with pytest.raises(NoGrant):
        LookThrough(desk, plan)


def test_the_trail_says_who_imported_and_names_nobody(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    work = brought(desk, plan_of(desk, table(tmp_path, WALK_INS), "self_referral"))
    lines = desk.care_file.audit_of([work.ident])
    assert lines
    assert all("Quillfeather" not in str(one) for one in lines)


def test_a_forms_own_checks_hold_for_old_lists_too(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.SUPERVISOR)
    text = "Date issued,Last name,DOB,Offense date\n5/1/2023,Roe,4/7/1991,5/1/2031\n"
    look = looked(desk, plan_of(desk, table(tmp_path, text), "plain_diversion"))
    [fault] = look.found.faults
    assert (fault.row, fault.column) == (2, "Offense date")
    assert "after today" in fault.told.said_in("en")


def test_a_spreadsheet_comes_in_like_a_text(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    book = Workbook()
    sheet = book.create_sheet("2024", 0)
    for row in (
        ["Log of 2024"], [],
        ["Date", "Last name", "DOB", "Status", "Date closed", "Phone"],
        [datetime(2024, 4, 17, 14, 30), "Quillfeather", 33335, "Completed",  # noqa: DTZ001
         date(2024, 6, 30), 3045550142],
    ):  # fmt: skip
        sheet.append(row)
    place = tmp_path / "old.xlsx"
    book.save(place)
    brought(desk, plan_of(desk, place, "self_referral"))
    [record] = imported(desk.care_file).values()
    said = {name: record.values[name] for name in ("date_of_birth", "phone", facts.OPENED)}
    assert said["date_of_birth"] == "1991-04-07"
    assert said["phone"] == "+13045550142"
    assert str(said[facts.OPENED]).startswith("2024-04-17T14:30:00")
    assert facts.IMPORTED in record.values
    assert record.values[facts.IMPORTED]["row"] == 4


def test_records_of_other_pathways_come_in_too(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    for form in ("active_outreach", "naloxone_plus", "officer_referral", "community_response"):
        lines = (f"{line},{form}" for line in WALK_INS.splitlines())  # other rows for each
        text = "\n".join(lines)
        work = brought(desk, plan_of(desk, table(tmp_path, text, f"{form}.csv"), form))
        assert work.done == 3, form
    bring_up(desk)
    assert due_records(desk) is not None
