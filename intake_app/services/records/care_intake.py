"""An intake, as the acts of the months after it need it."""

from intake_app.domain.errors import EnteredInError, RecordMissing
from intake_app.domain.ids import RecordId
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.intake_changes import INTAKE


def care_intake(desk: Desk, intake: RecordId, *, to_change: bool = False) -> Record:
    """Find an intake in `care`; not logged, no role asked: a part of the acts that do.

    Args:
        desk: Whose.
        intake: Its id. A case is not found: it lives in another file.
        to_change: Something will be added to it.

    Raises:
        NoGrant: This person does not hold the key.
        RecordMissing: There is none among those who asked for help.
        EnteredInError: Something was to be added, but it is out of all lists.
    """
    file = desk.care_file
    if desk.file_with(intake, "read") is not file:
        raise RecordMissing(intake)
    return intake_in(file, intake, to_change=to_change)


def intake_in(file: Records, intake: RecordId, *, to_change: bool = False) -> Record:
    """Find an intake in a file that is open.

    Args:
        file: The file.
        intake: Its id.
        to_change: Something will be added to it.

    Raises:
        RecordMissing: There is none.
        EnteredInError: Something was to be added, but it is out of all lists.
    """
    record = file.record(intake)
    if record is None or record.is_purged or record.kind != INTAKE:
        raise RecordMissing(intake)
    if to_change and record.is_deleted:
        raise EnteredInError(intake)
    return record
