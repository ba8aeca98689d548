"""What happened to a case after it was taken, as legal acts; and who had seen what.

A case act is a fact record about the case: written once, never changed. Where a case stands is
folded from its acts (`case_status`), its clock is computed from them (`abeyance`). Clocks of
stations may be wrong, so only `saw` says what came first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.facts import BY, OPENED
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record

RECORD_KIND: Final = "case.act"
ACT: Final = "act"
AT: Final = "at"
SAW: Final = "saw"

# Details of acts, by field.
REPORT_BY: Final = "report_by"  # a moment: issued, referred, reissued, report_by_set, rescheduled
REASON: Final = "reason"  # a code, or words: toll_started, extended, no_show, closings
DAYS: Final = "days"  # of an extension, as it was granted
TOLL: Final = "toll"  # toll_ended: the id of the toll_started that ended; without it, all
LIMITATION: Final = "limitation"  # limitation_set: YYYY-MM-DD
HOLDS: Final = "holds"  # settled: the id of the act that holds

_NOBODY: Final = UserId("")
_YEARS: Final = range(1990, 2200)  # a year out of it is a mistake, and would break arithmetic


class CaseActKind(StrEnum):
    """What happened, in the order in which it usually does."""

    ISSUED = "issued"  # the citation
    REFERRED = "referred"  # the referral instead; the charge is held all the same
    REISSUED = "reissued"  # a wrong paper was voided and replaced: "Replaces no. …"
    REPORT_BY_SET = "report_by_set"  # written by hand on the paper; the paper binds
    NO_SHOW = "no_show"
    RESCHEDULED = "rescheduled"
    REPORTED = "reported"
    ASSESSED = "assessed"
    PLAN_AGREED = "plan_agreed"
    TOLL_STARTED = "toll_started"
    TOLL_ENDED = "toll_ended"
    EXTENDED = "extended"
    LIMITATION_SET = "limitation_set"  # the day named by the prosecutor's office
    DO_NOT_CONTACT = "do_not_contact"
    CONTACT_RESUMED = "contact_resumed"
    # how it ended
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    WITHDREW = "withdrew"
    TRANSFERRED = "transferred"
    DECEASED = "deceased"
    DECLINED_BY_PROSECUTOR = "declined_by_prosecutor"
    RETURNED = "returned"  # to the prosecutor
    ENTERED_IN_ERROR = "entered_in_error"
    REOPENED = "reopened"  # corrects a closing
    # what became of the charge
    NOT_FILED = "not_filed"
    VOIDED = "voided"
    FILED = "filed"
    WARRANT_REQUESTED = "warrant_requested"
    # corrections and the end
    SETTLED = "settled"  # names which of several contradicting acts holds
    SEALED = "sealed"
    UNREADABLE = "unreadable"  # taken back, or of no known kind; it still says what it saw


ISSUES: Final = frozenset({CaseActKind.ISSUED, CaseActKind.REFERRED, CaseActKind.REISSUED})

_ORDER: Final = {kind: place for place, kind in enumerate(CaseActKind)}


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act.

    Attributes:
        id: Its record.
        kind: What happened.
        at: When it happened, aware; not when it was entered.
        entered: When it was entered, as text.
        by: Who entered it.
        saw: The newest acts of the case that its author saw; see `newest`.
        details: More fields by name, for example "reason" or "report_by".
    """

    id: RecordId
    kind: CaseActKind
    at: datetime
    entered: str = ""
    by: UserId = _NOBODY
    saw: tuple[RecordId, ...] = ()
    details: Mapping[str, Value] = field(default_factory=dict[str, Value], repr=False, hash=False)

    @classmethod
    def of(cls, record: Record) -> "CaseAct | None":
        """Read an act; what another station wrote may be anything.

        An act without a kind or moment that makes sense, or taken back since, is `UNREADABLE`:
        it does nothing, but passes on what it saw.

        Returns:
            None for a record that is no act of a case at all.
        """
        if record.kind != RECORD_KIND or not record.is_fact or record.is_purged:
            return None
        values = record.values
        kind, at = _kind(values.get(ACT)), _moment(values.get(AT))
        if at is None or record.is_deleted:
            kind, at = CaseActKind.UNREADABLE, at or datetime.fromtimestamp(0, UTC)
        return cls(
            record.id, kind, at, _text(values.get(OPENED)), UserId(_text(values.get(BY))),
            tuple(RecordId(_text(one)) for one in _list(values.get(SAW)) if _text(one)),
            {name: value for name, value in values.items() if _is_detail(name)},
        )  # fmt: skip

    def fields(self) -> dict[str, Value]:
        """The fields of its record."""
        more = {name: value for name, value in self.details.items() if _is_detail(name)}
        return {
            ACT: str(self.kind), AT: self.at.isoformat(), OPENED: self.entered, BY: self.by,
            SAW: list(self.saw), **more,
        }  # fmt: skip

    def word(self, name: str) -> str:
        """A detail that is text; empty if it is not."""
        return _text(self.details.get(name))

    def moment(self, name: str) -> datetime | None:
        """A detail that is a moment with its offset."""
        return _moment(self.details.get(name))

    def day(self, name: str) -> date | None:
        """A detail that is a day."""
        try:
            found = date.fromisoformat(self.word(name))
        except ValueError:
            return None
        return found if found.year in _YEARS else None

    def number(self, name: str) -> int:
        """A detail that is a number of days from 0 to 3660; 0 if it is not."""
        found = self.details.get(name)
        return found if type(found) is int and 0 <= found <= 3660 else 0


def acts_of(records: Iterable[Record]) -> tuple[CaseAct, ...]:
    """The acts among records, in order."""
    return in_order(act for record in records if (act := CaseAct.of(record)))


def in_order(acts: Iterable[CaseAct]) -> tuple[CaseAct, ...]:
    """Each act once, by the time it happened, then by kind (paper before visit), then by id."""

    def key(act: CaseAct) -> tuple[datetime, int, str]:
        return act.at.astimezone(UTC), _ORDER[act.kind], act.id

    return tuple(sorted({act.id: act for act in acts}.values(), key=key))


class Sight:
    """Who had seen what, also by way of others; clocks do not count.

    Args:
        acts: All acts of one case.
    """

    def __init__(self, acts: Iterable[CaseAct]) -> None:
        self._saw = {act.id: act.saw for act in acts}
        self._known: dict[RecordId, frozenset[RecordId]] = {}

    def seen_by(self, act: RecordId) -> frozenset[RecordId]:
        """All acts that the author of one could see."""
        if act not in self._known:
            found, ahead = set[RecordId](), list(self._saw.get(act, ()))
            while ahead:
                if (one := ahead.pop()) not in found:
                    found.add(one)
                    ahead.extend(self._saw.get(one, ()))
            self._known[act] = frozenset(found)
        return self._known[act]

    def is_before(self, first: RecordId, later: RecordId) -> bool:
        """Whether one was seen by another; in a forged ring, none was."""
        return first in self.seen_by(later) and later not in self.seen_by(first)

    def last_of(self, acts: Iterable[CaseAct]) -> tuple[CaseAct, ...]:
        """Those of some acts that no other of them saw; one, unless people worked apart."""
        some = in_order(acts)
        return tuple(
            act for act in some if not any(self.is_before(act.id, other.id) for other in some)
        )


def newest(acts: Iterable[CaseAct]) -> tuple[RecordId, ...]:
    """What a new act must say that it saw: the acts that no other act saw."""
    every = tuple(acts)
    return tuple(sorted(act.id for act in Sight(every).last_of(every)))


def _is_detail(name: str) -> bool:
    return name not in {ACT, AT, SAW} and not name.startswith("~")


def _kind(value: Value) -> CaseActKind:
    try:
        return CaseActKind(value)
    except ValueError:
        return CaseActKind.UNREADABLE


def _moment(value: Value) -> datetime | None:
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return found if found.utcoffset() is not None and found.year in _YEARS else None


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Value) -> list[Value]:
    return cast("list[Value]", value) if isinstance(value, list) else []
