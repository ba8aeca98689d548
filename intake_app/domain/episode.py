"""How far somebody's way in has come, folded from its steps: the same at every station.

A step is a fact about the intake: written once, never changed, and it names the steps that its
author had seen. Which steps there are, and which may follow which, is the form's ([[statuses]]).
Two people who work apart may take different steps; then nobody wins by a clock, and the episode is
in conflict until a person who sees both takes another step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.facts import BY, OPENED
from intake_app.domain.form import Status
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.record import Record
from intake_app.domain.text import NOTHING, Text

STEP: Final = "episode.step"
"""Kind of the fact."""

STATUS: Final = "status"
AT: Final = "at"
REASON: Final = "reason"
NOTE: Final = "note"
SAW: Final = "saw"

_NOBODY: Final = UserId("")


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        id: Its record.
        status: Id of the form's status.
        at: When it was so: local time with offset.
        entered: When it was entered: local time with offset.
        by: Who entered it.
        reason: Code of the status's table of reasons; or words, for a step back.
        note: Words beside it.
        saw: The newest steps that its author saw.
    """

    id: RecordId
    status: str
    at: str = ""
    entered: str = ""
    by: UserId = _NOBODY
    reason: str = ""
    note: str = field(default="", repr=False)
    saw: tuple[RecordId, ...] = ()

    @classmethod
    def of(cls, record: Record) -> "Step":
        """Read a step; what another station wrote may be anything."""
        values = record.values
        seen = values.get(SAW)
        saw = cast("list[Value]", seen) if isinstance(seen, list) else []
        entered = _text(values.get(OPENED))
        return cls(
            record.id, _text(values.get(STATUS)), _text(values.get(AT)) or entered, entered,
            UserId(_text(values.get(BY))), _text(values.get(REASON)), _text(values.get(NOTE)),
            tuple(RecordId(_text(one)) for one in saw if _text(one)),
        )  # fmt: skip

    def fields(self) -> dict[str, Value]:
        """The fields of its record."""
        return {
            STATUS: self.status, AT: self.at, OPENED: self.entered, BY: self.by,
            REASON: self.reason, NOTE: self.note, SAW: list(self.saw),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Episode:
    """Where it stands.

    Attributes:
        status: Id of the status; in a conflict, the latest that was said.
        label: Its words.
        steps: All steps, the first one first.
        is_closed: Participation has ended, and nobody doubts it.
        closed_on: The day on which it ended (YYYY-MM-DD), or empty.
        next: The statuses that may follow now; in a conflict, also those that contradict.
        back: Where a closed one is opened again; None where it is open.
        is_conflict: People who worked apart took different steps.
        newest: The steps that nobody has seen yet: what the next one says that it saw.
    """

    status: str
    label: Text = NOTHING
    steps: tuple[Step, ...] = ()
    is_closed: bool = False
    closed_on: str = ""
    next: tuple[Status, ...] = ()
    back: Status | None = None
    is_conflict: bool = False
    newest: tuple[RecordId, ...] = ()

    def allowed(self, status: str) -> Status | None:
        """The status, if it may be the next step; going back to an open one included."""
        ways = (*self.next, *((self.back,) if self.back else ()))
        return next((one for one in ways if one.id == status), None)


def fold(found: Iterable[Step], statuses: Sequence[Status]) -> Episode:
    """Where an episode stands after its steps, in any order, also if they come twice.

    Args:
        found: The steps.
        statuses: Those of the form, in its order.
    """
    steps = _in_order({step.id: step for step in found}.values())
    if not steps:
        first = next((one for one in statuses if not one.after), None)
        begun = _standing(first.id if first else "", (), statuses)
        return replace(begun, back=None)
    seen = {ident for step in steps for ident in step.saw}
    ends = [step for step in steps if step.id not in seen] or [steps[-1]]  # a forged ring
    told = [step.status for step in ends]
    is_conflict = len(set(told)) > 1
    closing = {one.id for one in statuses if one.closes}
    is_closed = closing.issuperset(told)  # nobody doubts it
    folded = _standing(told[-1], steps, statuses, told if is_conflict else ())
    return replace(
        folded,
        steps=steps,
        is_closed=is_closed,
        closed_on=_day_of(ends[-1]) if is_closed else "",
        back=folded.back if is_closed else None,
        is_conflict=is_conflict,
        newest=tuple(step.id for step in ends),
    )


def _standing(
    status: str, steps: Sequence[Step], statuses: Sequence[Status], rivals: Sequence[str] = ()
) -> Episode:
    """The status, what may follow it, and the open one that a closed one goes back to."""
    known = {one.id: one for one in statuses}
    now, first = known.get(status), next((one for one in statuses if not one.after), None)
    before = (known[step.status] for step in reversed(steps) if step.status in known)
    return Episode(
        status,
        now.label if now else NOTHING,
        next=tuple(s for s in statuses if {status, *rivals} & set(s.after) or s.id in rivals),
        back=next((one for one in before if not one.closes), first),
    )


def _day_of(step: Step) -> str:
    """When it was so, or else when it was entered."""
    for said in (step.at, step.entered):
        try:
            return datetime.fromisoformat(said).date().isoformat()
        except ValueError:
            continue
    return ""


def _in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """What was seen before what saw it; otherwise by when it was entered."""
    ahead = sorted(steps, key=lambda step: (step.entered, step.id))
    done: list[Step] = []
    while ahead:
        left = {step.id for step in ahead}
        free = (step for step in ahead if not left & (set(step.saw) - {step.id}))
        one = next(free, ahead[0])
        ahead.remove(one)
        done.append(one)
    return tuple(done)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
