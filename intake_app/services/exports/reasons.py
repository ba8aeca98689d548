"""Why days and names of people may leave: the person's own consent, or an exception of the law.

Codes of `disclosure_exceptions` say in their column `exports` for which files they hold: "care",
"cases", "events". What 42 CFR part 2 may protect (care) never leaves because a state's law asks.
"""

from intake_app.domain.export import Reach
from intake_app.domain.export_errors import ReasonNeeded
from intake_app.domain.form import Choice
from intake_app.domain.roles import Compartment, May
from intake_app.services.consents.disclosures import EXCEPTIONS
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import CONSENT, ExportAsk

EVENTS = "events"


def all_reasons(desk: Desk) -> list[Choice]:
    """The exceptions that can be chosen for any export; `exports` among `more` says for which.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.EXPORT_RECORDS)
    known = desk.library.codes(EXCEPTIONS)
    return [one for one in known if not one.is_retired and one.more.get("exports")]


def require_reason(desk: Desk, ask: ExportAsk, reach: Reach) -> None:
    """Refuse days and names without a reason.

    Raises:
        ReasonNeeded: There is none, or none that any file of people goes by.
    """
    if reach < Reach.DATED or ask.reason == CONSENT:
        return
    known = {one.id for one in desk.library.codes(EXCEPTIONS) if one.more.get("exports")}
    if ask.reason not in known:
        raise ReasonNeeded


def fits_file(
    desk: Desk, ask: ExportAsk, reach: Reach, compartment: Compartment, *, is_event: bool = False
) -> bool:
    """Whether lines of a file may leave for the reason that was given."""
    if reach < Reach.DATED:
        return True
    place = EVENTS if is_event else str(compartment)
    if ask.reason == CONSENT:
        return place == str(Compartment.CARE)
    said = next((c for c in desk.library.codes(EXCEPTIONS) if c.id == ask.reason), None)
    return said is not None and place in said.more.get("exports", "").split()
