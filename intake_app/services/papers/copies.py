"""Who holds a copy of a paper: each print and each saved file is counted with its intake."""

from collections.abc import Mapping
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.ids import new_record_id
from intake_app.domain.pathway import room_of
from intake_app.services.consents.disclosed import Disclosed, disclosure_fact
from intake_app.services.desk import Desk, DropStamps
from intake_app.services.drawing.issued_paper import IssuedPaper
from intake_app.services.records.drop_box import HandIn, submit
from intake_app.services.records.writing import fact

USE: Final = "paper.use"

HELD_CHARGE: Final = "held_charge"
"""Code of `disclosure_exceptions`: the packet to the office that decides about a held charge."""


def count_use(desk: Desk, issued: IssuedPaper, what: str, how: Mapping[str, Value]) -> None:
    """Count one copy: where the intake is, or will be; who does not hold that file hands it in.

    A copy of a paper that discloses is a disclosure, noted in the same transaction.

    Args:
        desk: Whose.
        issued: The paper, of an intake or a draft.
        what: The audit line.
        how: "printed" and by which printer, or "saved".
    """
    desk.rooms_for("issue")
    draft = desk.drafts.get(issued.about)
    compartment = room_of(draft.pathway).compartment if draft else None
    file = desk.open_file(compartment) if compartment else desk.file_with(issued.record, "issue")
    fields = {**how, **desk.entered()}
    to, ident = file or DropStamps(desk.station), new_record_id()
    changes = [fact(to, desk.person.id, USE, ident, fields, about=issued.record)]
    if issued.discloses:
        changes.append(disclosure_fact(desk, to, issued.about, _disclosed(issued, how)))
    if file is not None:
        file.apply(changes, desk.act(what, issued.record))
    elif compartment is not None:
        desk.station.note(desk.act(what))
        submit(desk, HandIn(compartment, changes, {}, new_record_id(), is_quiet=True))


def _disclosed(issued: IssuedPaper, how: Mapping[str, Value]) -> Disclosed:
    return Disclosed(
        what=issued.paper,
        recipient=issued.recipient,
        purpose=issued.purpose,
        consent=issued.consent,
        exception="" if issued.consent else HELD_CHARGE,
        fields=issued.fields,
        sha256=issued.sha256,
        number=issued.number,
        how=str(how.get("how") or ""),
    )
