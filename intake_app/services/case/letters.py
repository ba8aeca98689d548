"""Letters of a person's held cases, stopped and let go on together with the flags of the person."""

from intake_app.domain.case_act import CaseAct, CaseActKind, newest
from intake_app.domain.change import Change
from intake_app.domain.clock import stamp
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.pathway import CASES_ROOM, room_of
from intake_app.services.case.acts import NOTE
from intake_app.services.case.held import changes_of, held_case
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.intake_changes import INTAKE


def letters_changes(
    desk: Desk, file: Records, person: RecordId, *, stop: bool, note: str = ""
) -> list[Change]:
    """What stops the letters of all cases of a person, or lets them go on, where it is not so yet.

    Args:
        desk: Whose.
        file: A file; where it holds no cases, nothing is to be done.
        person: The person.
        stop: Stop them; otherwise let them go on.
        note: Why, in words, where letters go on.
    """
    rows = file.of_person(person, INTAKE)
    cases = [row.record for row in rows if room_of(row.pathway) is CASES_ROOM]
    kind = CaseActKind.DO_NOT_CONTACT if stop else CaseActKind.CONTACT_RESUMED
    return [change for case in cases for change in _noted(desk, case, kind, note)]


def _noted(desk: Desk, case: RecordId, kind: CaseActKind, note: str) -> list[Change]:
    held = held_case(desk, case)
    status = held.standing.status
    if status.allowed[kind] or (kind is CaseActKind.DO_NOT_CONTACT and status.letters_stopped):
        return []  # it is so already, or the case is sealed
    act = CaseAct(
        new_record_id(), kind, desk.clock.local(), stamp(desk.clock), desk.person.id,
        newest(held.acts), {NOTE: note} if note else {},
    )  # fmt: skip
    return changes_of(desk, held, [act])
