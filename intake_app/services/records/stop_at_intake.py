"""What an intake itself says against any further contact: "stop", or that the person died.

It is flagged in the transaction that finishes the intake, so that nobody calls in between.
"""

from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.form import YES, Answers, FieldType, Form
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.services.needs.files import Stamps
from intake_app.services.records.writing import fact

FLAG: Final = "person.flag"
"""Kind of a fact about a person: {"flag", "on", "note"}; the latest of each flag holds."""

DO_NOT_CONTACT: Final = "do_not_contact"
DECEASED: Final = "deceased"
"""The second is the id of a status, too."""

CONTACT_STOP: Final = "contact_stop"
"""Name under `[facts]` of the question whether the person asked us to stop."""

_STOP: Final = "stop"
"""The choice that says so, where the question is not one of yes and no."""


def stop_of(form: Form, answers: Answers, begins: str) -> str:
    """The flag that an intake sets ("deceased", "do_not_contact"), or empty.

    Args:
        form: Its form.
        answers: What was answered.
        begins: The status that it begins with.
    """
    if begins == DECEASED:
        return DECEASED
    asked = form.field(form.facts.get(CONTACT_STOP, ""))
    if asked is None:
        return ""
    stop = YES if asked.type is FieldType.YES_NO else _STOP
    return DO_NOT_CONTACT if answers.get(asked.id) == stop else ""


def stop_change(to: Stamps, person: RecordId, flag: str, entered: dict[str, Value]) -> Change:
    """The flag as a fact about the person, for the transaction that finishes the intake.

    Args:
        to: Where it goes.
        person: The person.
        flag: "deceased" or "do_not_contact".
        entered: When and by whom: `Desk.entered`.
    """
    said: dict[str, Value] = {"flag": flag, "on": True, "note": "", **entered}
    return fact(to, UserId(str(entered[facts.BY])), FLAG, new_record_id(), said, about=person)
