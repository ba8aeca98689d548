"""What ends is still counted, once, and tells of nobody: sealed, purged, made nameless."""

from pathlib import Path

from ending_world import file_of as records_of
from ending_world import in_the_clear, later, ordered, planted
from held_cases import move
from journeys_here import journeys
from profiles import Desks, Profile
from sealing_world import at_program, closed, completed

from intake_app.domain.journey import COLUMNS, Journey, Subject
from intake_app.domain.purge import Way
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.measures.asking import ask
from intake_app.services.sealing.sealing import seal_case

CASES = Compartment.CASES


def ended(desk: Desk, room: Compartment) -> list[Journey]:
    return [one for one in journeys(desk, room) if one.subject is Subject.ENDED]


def own(desk: Desk, room: Compartment, program: str) -> list[Journey]:
    return [one for one in journeys(desk, room) if one.program == program]


def test_who_completed_and_was_sealed_still_counts_among_those_who_did(
    desks: Desks, tmp_path: Path
) -> None:
    supervisor = at_program(desks(Role.SUPERVISOR), tmp_path)
    move(supervisor, days=3)
    case = closed(supervisor, completed(supervisor, race=["asian"], gender=["man"]))
    (before,) = own(supervisor, CASES, "creek_road")
    seal_case(supervisor, case)
    (after,) = own(supervisor, CASES, "creek_road")
    assert (after.subject, after.outcome, after.charge) == (Subject.ENDED, "completed", "not_filed")
    assert (after.traits["race"], after.traits["age_band"]) == (("asian",), ("35_44",))
    assert after.opened_on == "2026-11-01"
    assert before.opened_on == "2026-11-26"
    apart = int(before.contact_on[8:]) - int(before.opened_on[8:])
    assert int(after.contact_on[8:]) - int(after.opened_on[8:]) == apart  # what lay between stays
    assert (after.person, after.by, after.provider) == ("", "", "")
    assert after.record != before.record
    told = {str(getattr(after, name)) for name in COLUMNS}
    assert not {before.record, before.person, before.by, before.opened_on} & told


def test_what_waits_for_its_end_counts_until_it_ends_and_then_once(
    desks: Desks, profile: Profile
) -> None:
    coordinator = desks(Role.COORDINATOR)
    before = len(journeys(coordinator))
    record = planted(coordinator, race=["nhpi"], preferred_place="dental")
    assert len(journeys(coordinator)) == before + 1
    ordered(desks, record)
    gate = profile.gate()
    waiting = profile.unlock(gate, Role.COORDINATOR)  # hides it
    assert len(journeys(waiting)) == before + 1
    gate.lock()
    later(profile, hours=73)
    desk = profile.unlock(gate, Role.COORDINATOR)  # ends it, and nothing was brought up since
    conn = records_of(desk).database.conn
    assert conn.execute("SELECT 1 FROM journey WHERE intake=?", (record,)).fetchall() == []
    assert conn.execute("SELECT 1 FROM trait WHERE code='nhpi'").fetchall() == []
    gate.lock()
    data = in_the_clear(profile, Compartment.CARE)
    assert b"nhpi" not in data
    desk = profile.unlock(gate, Role.COORDINATOR)
    (left,) = ended(desk, Compartment.CARE)
    assert len(journeys(desk)) == before + 1
    assert (left.opened_on, left.pathway, left.accepted_on) == (
        "2026-11-01", "self_referral", "2026-11-01",
    )  # fmt: skip
    assert left.traits == {}
    gate.lock()


def test_a_nameless_count_keeps_its_codes(desks: Desks, profile: Profile) -> None:
    coordinator = desks(Role.COORDINATOR)
    record = planted(coordinator, race=["nhpi"])
    journeys(coordinator)
    ordered(desks, record, basis="retention", way=Way.DEIDENTIFY)
    later(profile, hours=73)
    gate = profile.gate()
    desk = profile.unlock(gate, Role.COORDINATOR)
    (left,) = ended(desk, Compartment.CARE)
    assert (left.traits["race"], left.traits["age_band"]) == (("nhpi",), ("35_44",))
    assert (left.opened_on, left.contact_on) == ("2026-11-01", "2026-11-01")
    assert left.person == ""
    gate.lock()


def test_what_a_sealed_case_saved_and_when_they_came_is_still_told(
    desks: Desks, tmp_path: Path
) -> None:
    supervisor = at_program(desks(Role.SUPERVISOR), tmp_path)
    move(supervisor, days=3)
    wanted = ("reported_on_time", "bookings_avoided", "days_to_contact", "rearrest_6", "people")

    def told() -> list[tuple[int, int, int]]:
        _ = journeys(supervisor, CASES)
        found = [ask(supervisor, one, "2026-11-01", "2026-12-31").figure for one in wanted]
        return [(one.whole.number, one.whole.base, one.running) for one in found]

    case = closed(supervisor, completed(supervisor))
    before = told()
    seal_case(supervisor, case)
    assert told() == before  # else only those who did not complete would be left
