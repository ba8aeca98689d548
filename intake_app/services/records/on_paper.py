"""What was written by hand on a blank citation, before it was keyed in; there the paper binds."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from intake_app.domain.change import Value
from intake_app.domain.clock import zone_of
from intake_app.domain.draft import Draft
from intake_app.domain.errors import (
    BeforeOffense,
    NotYetHappened,
    NumberUsed,
    NumberVoid,
    PaperTimeMissing,
    ReportByTooEarly,
)
from intake_app.domain.ids import UserId
from intake_app.domain.offense import OFFENSE_AT
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import guide_of
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.ledger import is_void
from intake_app.services.records.veil import unveiled

TRANSCRIBED: Final = "transcribed"
"""Name under `[facts]` of the question that says so, and of the detail of the act."""

OFFICER: Final = "officer"
"""Detail of the act: who handed the paper over, where somebody else keyed it in."""

_MARK: Final = "on_paper"  # in `Draft.marks`
_NOBODY: Final = UserId("")


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What was written by hand on a blank citation.

    Attributes:
        issued_at: When it was handed over: moment with offset.
        report_by: The moment to report by that stands there; empty: as the program counts.
        officer: Whose pad it was; empty: who keys it in.
    """

    issued_at: str
    report_by: str = ""
    officer: UserId = _NOBODY


def note_on_paper(draft: Draft, said: OnPaper) -> None:
    """Keep with a draft what stands on its paper; the caller saves it."""
    draft.marks = {**draft.marks, _MARK: asdict(said)}


def on_paper_of(draft: Draft) -> OnPaper | None:
    """What stands on the paper of a draft; None where it was not begun on paper."""
    kept: dict[str, Any] = draft.marks.get(_MARK) or {}
    return OnPaper(**kept) if kept else None


def details_of(said: OnPaper | None, user: UserId) -> dict[str, Value]:
    """What the act of issuing says of it."""
    if said is None:
        return {}
    other: dict[str, Value] = {OFFICER: said.officer} if said.officer not in ("", user) else {}
    return {TRANSCRIBED: True, **other}


def require_number(desk: Desk, draft: Draft) -> None:
    """Refuse a number that may not be used: nothing is issued twice.

    Raises:
        NumberVoid: It was voided meanwhile.
        NumberUsed: Another case has it.
    """
    if not draft.number:
        return
    if is_void(desk, draft.number):
        raise NumberVoid
    found = unveiled(desk.cases_file).find(draft.number, INTAKE)
    if any(row.number == draft.number and row.record != draft.id for row in found):
        raise NumberUsed


def require_times(desk: Desk, draft: Draft, said: OnPaper | None) -> None:
    """Refuse times on a paper that cannot be.

    Raises:
        PaperTimeMissing: When it was handed over is not entered yet.
        NotYetHappened: It would have been handed over after now.
        BeforeOffense: Or before the offense.
        ReportByTooEarly: The report-by does not lie after it was handed over.
    """
    if said is None:
        return
    if not said.issued_at:
        raise PaperTimeMissing
    handed_over = moment(desk, said.issued_at)
    if handed_over > desk.clock.now():
        raise NotYetHappened
    asked = guide_of(desk, draft).form.facts.get(OFFENSE_AT, "")
    offense_at = str(draft.answers.get(asked) or "")
    if offense_at and handed_over < moment(desk, offense_at):
        raise BeforeOffense
    if said.report_by and moment(desk, said.report_by) <= handed_over:
        raise ReportByTooEarly


def moment(desk: Desk, said: str) -> datetime:
    """A moment as typed; without an offset, of the wall."""
    at = datetime.fromisoformat(said)
    return (at if at.tzinfo else at.replace(tzinfo=zone_of(desk.clock))).astimezone(UTC)
