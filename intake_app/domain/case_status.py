"""Where a case stands, folded from its acts: the same at every station, in whatever order.

Two people who work apart may close one case in two ways. Then nobody wins by a clock: the case is
in conflict until a supervisor, who saw both, says which act holds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations
from typing import Final

from intake_app.domain.case_act import HOLDS, CaseAct, CaseActKind, Sight, in_order
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.ids import RecordId
from intake_app.domain.tolling import is_tolled


class CaseStatus(StrEnum):
    """Where a case stands; that its clock stands still is a flag beside it."""

    NOT_ISSUED = "not_issued"  # taken, and no paper issued yet
    ISSUED = "issued"
    NO_SHOW = "no_show"
    REPORTED = "reported"
    ASSESSED = "assessed"
    PLAN_ACTIVE = "plan_active"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    WITHDREW = "withdrew"
    TRANSFERRED = "transferred"
    DECEASED = "deceased"
    DECLINED_BY_PROSECUTOR = "declined_by_prosecutor"
    RETURNED = "returned"
    ENTERED_IN_ERROR = "entered_in_error"


class ChargeStatus(StrEnum):
    """What became of the charge."""

    HELD = "held"
    NOT_FILED = "not_filed"
    VOIDED = "voided"
    FILED = "filed"
    WARRANT_REQUESTED = "warrant_requested"


OPEN: Final = frozenset({
    CaseStatus.NOT_ISSUED, CaseStatus.ISSUED, CaseStatus.NO_SHOW, CaseStatus.REPORTED,
    CaseStatus.ASSESSED, CaseStatus.PLAN_ACTIVE,
})  # fmt: skip

CLOSINGS: Final = frozenset(
    CaseActKind(status.value) for status in CaseStatus if status not in OPEN
)
"""Dispositions: the acts that close a case."""

CHARGES: Final = frozenset(
    CaseActKind(status.value) for status in ChargeStatus if status is not ChargeStatus.HELD
)

_ENDS: Final = CLOSINGS | {CaseActKind.REOPENED}
_WAITING: Final = frozenset({CaseStatus.NOT_ISSUED, CaseStatus.ISSUED, CaseStatus.NO_SHOW})
_PROGRESS: Final = {
    CaseActKind.REPORTED: CaseStatus.REPORTED,
    CaseActKind.ASSESSED: CaseStatus.ASSESSED,
    CaseActKind.PLAN_AGREED: CaseStatus.PLAN_ACTIVE,
}
_LADDER: Final = tuple(_PROGRESS.values())


@dataclass(frozen=True, slots=True)
class Folded:
    """Where a case stands.

    Attributes:
        status: In a conflict, the latest that was said; do not act on it then.
        charge: In a conflict, the same.
        is_open: Not closed.
        is_tolled: Its clock stands still.
        is_sealed: It was moved to the sealed file.
        has_conflict: Acts contradict each other, and nobody settled it.
        conflicting: Those acts, by id.
        letters_stopped: The person has died or asked not to be contacted.
        allowed: For each act: empty, or why it may not be done now.
        paper: Empty, or why no paper may be made now.
        letter: Empty, or why no letter or reminder may go to the person now.
        disclosure: Empty, or why nothing may be disclosed now.
    """

    status: CaseStatus = CaseStatus.NOT_ISSUED
    charge: ChargeStatus = ChargeStatus.HELD
    is_open: bool = True
    is_tolled: bool = False
    is_sealed: bool = False
    has_conflict: bool = False
    conflicting: tuple[RecordId, ...] = ()
    letters_stopped: Refusal = Refusal.ALLOWED
    allowed: Mapping[CaseActKind, Refusal] = field(default_factory=dict[CaseActKind, Refusal])
    paper: Refusal = Refusal.ALLOWED
    letter: Refusal = Refusal.ALLOWED
    disclosure: Refusal = Refusal.ALLOWED

    def may(self, kind: CaseActKind) -> bool:
        """Whether an act may be done now."""
        return not self.allowed[kind]


def fold(acts: Iterable[CaseAct]) -> Folded:
    """Where a case stands after its acts, in any order, also if they come twice."""
    every = in_order(acts)
    sight = Sight(every)
    sound = tuple(act for act in every if act.kind is not CaseActKind.UNREADABLE)
    ends = _Standing.of(_closing(sound, sight), sound, sight)
    charges = _Standing.of([a for a in sound if a.kind in CHARGES], sound, sight)
    status = _progress(sound)
    if ends.last and ends.last.kind in CLOSINGS:
        status = CaseStatus(ends.last.kind.value)
    conflicting = tuple(sorted((*ends.conflicting, *charges.conflicting)))
    found = Folded(
        status=status,
        charge=ChargeStatus(charges.last.kind.value) if charges.last else ChargeStatus.HELD,
        is_open=status in OPEN,
        is_tolled=is_tolled(sound),
        is_sealed=any(act.kind is CaseActKind.SEALED for act in sound),
        has_conflict=bool(conflicting),
        conflicting=conflicting,
        letters_stopped=_letters_stopped(sound, sight, ends.lost),
    )
    paper = _first(found, (_unsealed, _agreed))
    return replace(
        found,
        allowed={kind: _first(found, (_unsealed, *checks)) for kind, checks in _CHECKS.items()},
        paper=paper,
        letter=paper or found.letters_stopped,
        disclosure=paper,
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands of acts that exclude each other: the last one, unless people worked apart."""

    last: CaseAct | None
    conflicting: frozenset[RecordId]
    lost: frozenset[RecordId]

    @classmethod
    def of(cls, group: Iterable[CaseAct], acts: Iterable[CaseAct], sight: Sight) -> "_Standing":
        rivals = {act.id: act for act in group}
        settled = sight.last_of(
            act
            for act in acts
            if act.kind is CaseActKind.SETTLED and _names_one(act, rivals, sight)
        )
        held = {RecordId(act.word(HOLDS)) for act in settled}
        seen = {one for act in settled for one in sight.seen_by(act.id) & rivals.keys()}
        lost = frozenset(seen - held)
        standing = [act for act in rivals.values() if act.id not in lost]
        apart = [
            pair for pair in combinations(standing, 2)
            if pair[0].kind is not pair[1].kind and _are_apart(pair[0].id, pair[1].id, sight)
        ]  # fmt: skip
        last = sight.last_of(standing)
        return cls(last[-1] if last else None, frozenset(a.id for p in apart for a in p), lost)


def _names_one(act: CaseAct, rivals: Mapping[RecordId, CaseAct], sight: Sight) -> bool:
    """Whether a settling act names one of the acts in question, and had seen it."""
    named = RecordId(act.word(HOLDS))
    return named in rivals and sight.is_before(named, act.id)


def _are_apart(one: RecordId, other: RecordId, sight: Sight) -> bool:
    return not sight.is_before(one, other) and not sight.is_before(other, one)


def _closing(acts: tuple[CaseAct, ...], sight: Sight) -> list[CaseAct]:
    """Acts that close or reopen; a death noted after the closing only stops the letters."""
    ends = [act for act in acts if act.kind in _ENDS]
    return [
        act for act in ends
        if act.kind is not CaseActKind.DECEASED or not _was_closed(act, ends, sight)
    ]  # fmt: skip


def _was_closed(death: CaseAct, ends: Iterable[CaseAct], sight: Sight) -> bool:
    seen = [end for end in ends if end.kind is not death.kind and sight.is_before(end.id, death.id)]
    return any(end.kind is not CaseActKind.REOPENED for end in sight.last_of(seen))


def _progress(acts: Iterable[CaseAct]) -> CaseStatus:
    """How far an open case came: who came late has come, and nothing makes it undone."""
    status = CaseStatus.NOT_ISSUED
    for act in acts:
        if act.kind in _PROGRESS:
            status = _further(status, _PROGRESS[act.kind])
        elif act.kind is CaseActKind.NO_SHOW and status is CaseStatus.ISSUED:
            status = CaseStatus.NO_SHOW
        elif act.kind in _BACK_TO_ISSUED and status in _WAITING:
            status = CaseStatus.ISSUED
    return status


_BACK_TO_ISSUED: Final = frozenset({
    CaseActKind.ISSUED, CaseActKind.REFERRED, CaseActKind.REISSUED, CaseActKind.REPORT_BY_SET,
    CaseActKind.RESCHEDULED,
})  # fmt: skip


def _further(now: CaseStatus, then: CaseStatus) -> CaseStatus:
    is_back = now in _LADDER and _LADDER.index(now) > _LADDER.index(then)
    return now if is_back else then


def _letters_stopped(acts: tuple[CaseAct, ...], sight: Sight, lost: frozenset[RecordId]) -> Refusal:
    """Why letters are stopped; only who saw that they were may let them go on."""

    def stands(stopped: CaseAct, ending: CaseActKind) -> bool:
        return not any(a.kind is ending and sight.is_before(stopped.id, a.id) for a in acts)

    for act in acts:
        is_dead = act.kind is CaseActKind.DECEASED and act.id not in lost
        if is_dead and stands(act, CaseActKind.REOPENED):
            return Refusal.DECEASED
    for act in acts:
        if act.kind is CaseActKind.DO_NOT_CONTACT and stands(act, CaseActKind.CONTACT_RESUMED):
            return Refusal.DO_NOT_CONTACT
    return Refusal.ALLOWED


# --- what is allowed: a table of checks, the first that fails says why --------------------

_Check = Callable[[Folded], Refusal]


def _first(case: Folded, checks: Iterable[_Check]) -> Refusal:
    return next((why for check in checks if (why := check(case))), Refusal.ALLOWED)


def _unless(good: Callable[[Folded], bool], why: Refusal) -> _Check:
    return lambda case: Refusal.ALLOWED if good(case) else why


def _not_charged(charge: ChargeStatus) -> _Check:
    return _unless(lambda case: case.charge is not charge, Refusal.ALREADY_NOTED)


_unsealed = _unless(lambda case: not case.is_sealed, Refusal.SEALED)
_agreed = _unless(lambda case: not case.has_conflict, Refusal.CONFLICT)
_in_conflict = _unless(lambda case: case.has_conflict, Refusal.NO_CONFLICT)
_open = _unless(lambda case: case.is_open, Refusal.CLOSED)
_closed = _unless(lambda case: not case.is_open, Refusal.STILL_OPEN)
_fresh = _unless(lambda case: case.status is CaseStatus.NOT_ISSUED, Refusal.ALREADY_ISSUED)
_issued = _unless(lambda case: case.status is not CaseStatus.NOT_ISSUED, Refusal.NOT_ISSUED)
_awaited = _unless(lambda case: case.status in _WAITING, Refusal.ALREADY_REPORTED)
_reported = _unless(lambda case: case.status not in _WAITING, Refusal.NOT_REPORTED)
_not_missed = _unless(lambda case: case.status is not CaseStatus.NO_SHOW, Refusal.ALREADY_NO_SHOW)
_running = _unless(lambda case: not case.is_tolled, Refusal.TOLLED)
_tolled = _unless(lambda case: case.is_tolled, Refusal.NOT_TOLLED)
_living = _unless(lambda case: case.status is not CaseStatus.DECEASED, Refusal.DECEASED)
_not_dead = _unless(lambda case: case.letters_stopped is not Refusal.DECEASED, Refusal.DECEASED)
_silent = _unless(lambda case: bool(case.letters_stopped), Refusal.NOT_STOPPED)
_real = _unless(lambda case: case.status is not CaseStatus.ENTERED_IN_ERROR, Refusal.IN_ERROR)
_failed = _unless(lambda case: case.status is not CaseStatus.COMPLETED, Refusal.WAS_COMPLETED)
_completed = _unless(lambda case: case.status is CaseStatus.COMPLETED, Refusal.NOT_COMPLETED)
_decided = _unless(lambda case: case.charge is not ChargeStatus.HELD, Refusal.CHARGE_HELD)

_BEFORE_VISIT: Final = (_agreed, _open, _issued, _awaited)
_AT_WORK: Final = (_agreed, _open, _issued)
_AFTER: Final = (_agreed, _closed, _real)

_CHECKS: Final[Mapping[CaseActKind, tuple[_Check, ...]]] = {
    CaseActKind.ISSUED: (_agreed, _open, _fresh),
    CaseActKind.REFERRED: (_agreed, _open, _fresh),
    CaseActKind.REISSUED: _AT_WORK,
    CaseActKind.REPORT_BY_SET: _BEFORE_VISIT,
    CaseActKind.NO_SHOW: (*_BEFORE_VISIT, _running, _not_missed),
    CaseActKind.RESCHEDULED: (*_BEFORE_VISIT, _running),
    CaseActKind.REPORTED: _BEFORE_VISIT,
    CaseActKind.ASSESSED: (*_AT_WORK, _reported),
    CaseActKind.PLAN_AGREED: (*_AT_WORK, _reported),
    CaseActKind.TOLL_STARTED: _AT_WORK,
    CaseActKind.TOLL_ENDED: (*_AT_WORK, _tolled),
    CaseActKind.EXTENDED: _AT_WORK,
    CaseActKind.LIMITATION_SET: (),
    CaseActKind.DO_NOT_CONTACT: (),
    CaseActKind.CONTACT_RESUMED: (_not_dead, _silent),
    CaseActKind.COMPLETED: (*_AT_WORK, _reported),
    CaseActKind.NOT_COMPLETED: _AT_WORK,
    CaseActKind.WITHDREW: (_agreed, _open),
    CaseActKind.TRANSFERRED: (_agreed, _open),
    CaseActKind.DECEASED: (_agreed, _living),
    CaseActKind.DECLINED_BY_PROSECUTOR: (_agreed, _open),
    CaseActKind.RETURNED: _AT_WORK,
    CaseActKind.ENTERED_IN_ERROR: (_agreed, _real),
    CaseActKind.REOPENED: (_agreed, _closed),
    CaseActKind.NOT_FILED: (*_AFTER, _not_charged(ChargeStatus.NOT_FILED)),
    CaseActKind.VOIDED: (*_AFTER, _not_charged(ChargeStatus.VOIDED)),
    CaseActKind.FILED: (*_AFTER, _failed, _not_charged(ChargeStatus.FILED)),
    CaseActKind.WARRANT_REQUESTED: (
        *_AFTER, _failed, _not_charged(ChargeStatus.WARRANT_REQUESTED),
    ),
    CaseActKind.SETTLED: (_in_conflict,),
    CaseActKind.SEALED: (_agreed, _closed, _completed, _decided),
}  # fmt: skip
