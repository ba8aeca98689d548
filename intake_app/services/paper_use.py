"""Who holds a copy of a paper: each print and each saved file is counted with its intake."""

from collections.abc import Mapping
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.pathway import room_of
from intake_app.services.desk import Desk, DropStamps
from intake_app.services.drop_box import HandIn, submit
from intake_app.services.writing import fact

USE: Final = "paper.use"


def count_use(
    desk: Desk, about: RecordId, paper: RecordId, what: str, how: Mapping[str, Value]
) -> None:
    """Count one copy: where the intake is, or will be; who does not hold that file hands it in.

    Args:
        desk: Whose.
        about: The intake or draft that the paper belongs to.
        paper: The paper's own record.
        what: The audit line.
        how: "printed" and by which printer, or "saved".
    """
    desk.rooms_for("issue")
    draft = desk.drafts.get(about)
    compartment = room_of(draft.pathway).compartment if draft else None
    file = desk.open_file(compartment) if compartment else desk.file_with(about, "issue")
    fields = {**how, **desk.entered()}
    to, ident = file or DropStamps(desk.station), new_record_id()
    change = fact(to, desk.person.id, USE, ident, fields, about=paper)
    if file is not None:
        file.apply([change], desk.act(what, paper))
    elif compartment is not None:
        desk.station.note(desk.act(what))
        submit(desk, HandIn(compartment, [change], {}, new_record_id(), is_quiet=True))
