"""Whether a prosecutor may be told of treatment: the one word about consent that stands in `cases`.

The consent itself lies in `care`. Of it crosses only "yes or no, and until when": what blocks is
written before the act in `care`, what allows after it, so that a power cut between the two leaves
the case on the safe side.
"""

from dataclasses import dataclass
from typing import Final

from intake_app.domain.consent import ConsentKind, Held
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.unseen import SAW, seen_by_next, unseen
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import fact

REPORT_BACK: Final = "report_back"
"""Kind of a fact about a case: {"stands", "until", "saw"}; what nobody has seen yet holds."""


@dataclass(frozen=True, slots=True)
class ReportBack:
    """What the case knows of a consent to report back.

    Attributes:
        is_known: Somebody noted one, or that it was taken back.
        stands: It stood when it was noted.
        until: Its last day (YYYY-MM-DD), or empty.
    """

    is_known: bool = False
    stands: bool = False
    until: str = ""

    def may_tell(self, day: str) -> bool:
        """Whether the status word of treatment may go to the prosecutor on a day.

        Where nobody ever noted a consent, the agreement that was signed for the case holds.
        """
        return not self.is_known or (self.stands and (not self.until or day <= self.until))


def report_back_of(file: Records, case: RecordId) -> ReportBack:
    """What the case knows; nothing where no consent was noted.

    Of several words that did not see one another, each that blocks blocks: no clock of a station
    can make a consent stand that the person took back.
    """
    noted = file.about(case, REPORT_BACK)
    if not noted:
        return ReportBack()
    latest = [one.values for one in unseen(noted)]
    ends = [until for one in latest if (until := str(one.get("until") or ""))]
    return ReportBack(True, all(one.get("stands") for one in latest), min(ends, default=""))


def may_tell_treatment(desk: Desk, case: RecordId) -> bool:
    """Whether the prosecutor may be told the status word of treatment of a case today."""
    return report_back_of(desk.cases_file, case).may_tell(desk.clock.local().date().isoformat())


def allow(desk: Desk, subject: RecordId, held: Held) -> None:
    """Note with a case that a consent to report back stands; after it was kept in `care`."""
    if held.stands:
        _note(desk, subject, held, stands=True)


def block(desk: Desk, subject: RecordId, held: Held) -> None:
    """Note with a case that it does not stand any more; before that is kept in `care`."""
    _note(desk, subject, held, stands=False)


def _note(desk: Desk, subject: RecordId, held: Held, *, stands: bool) -> None:
    file = desk.cases
    if held.consent.kind is not ConsentKind.REPORT_BACK:
        return
    if file is None or file.record(subject) is None:
        return  # of somebody who asked for help themselves: no charge is held
    saw = seen_by_next(file.about(subject, REPORT_BACK))
    until = held.until if stands else ""
    said = {"stands": stands, "until": until, SAW: saw, **desk.entered()}
    change = fact(file, desk.person.id, REPORT_BACK, new_record_id(), said, about=subject)
    file.apply([change], desk.act("note report-back consent", subject))
