"""Which steps a past case went, so that it stands where the table says it stood.

Steps that the table names get their days. Where the form knows no direct way between two of them,
the shortest way leads there, on the day of the step before: the form's rules hold for the past too.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_status import CLOSINGS
from intake_app.domain.form import Form, Status
from intake_app.domain.import_row import Fault, PastRow
from intake_app.domain.import_target import Past
from intake_app.domain.pathway import CARE_ROOM, room_of
from intake_app.services.desk import Desk
from intake_app.services.imports.targets import IN_ERROR, LEDGER, OPEN, PROGRESS, reasons_of

_LEDGER: Final = frozenset(str(one) for one in LEDGER)
_FAILED_ONLY: Final = frozenset({CaseActKind.FILED, CaseActKind.WARRANT_REQUESTED})


def is_of_ledger(form: Form, past: PastRow) -> bool:
    """Whether a row becomes a line of the offer ledger: there never was a case."""
    return room_of(form.pathway) is not CARE_ROOM and past.outcome in _LEDGER


def is_open(form: Form, past: PastRow) -> bool:
    """Whether it still goes on."""
    if room_of(form.pathway) is not CARE_ROOM:
        return past.outcome in {"", OPEN}
    last = steps_of(form, past)
    return not (last and _known(form)[last[-1][0]].closes)


def faults_of(desk: Desk, form: Form, past: PastRow) -> Iterator[tuple[str, Fault]]:
    """What contradicts in the days and the outcome of a row: which target, and why."""
    yield from _of_end(desk, form, past)
    if room_of(form.pathway) is CARE_ROOM:
        if past.outcome and not steps_of(form, past):
            yield Past.OUTCOME, Fault.NO_WAY_THERE
        last = past.opened.date()
        for status, day in _named_steps(form, past):
            if day < last:
                yield f"{Past.STEP}{status}", Fault.OUT_OF_ORDER
            last = max(last, day)
    else:
        last = past.opened.date()
        for kind in PROGRESS:
            day = past.days.get(str(kind))
            if day is not None and day < last:
                yield f"{Past.ACT}{kind}", Fault.OUT_OF_ORDER
            last = max(last, day or last)
    if past.closed and past.closed < last:
        yield Past.CLOSED, Fault.OUT_OF_ORDER


def steps_of(form: Form, past: PastRow) -> tuple[tuple[str, date], ...]:
    """The steps of a past intake of care with their days; none: there is no way.

    A form without statuses has none, and one step where nothing more is known.
    """
    first = next((one.id for one in form.statuses if not one.after), "")
    if not first:
        return ()
    steps = [(first, past.opened.date())]
    wanted = list(_named_steps(form, past))
    if past.outcome and past.outcome != (wanted[-1][0] if wanted else first):
        last = max((day for _, day in wanted), default=past.opened.date())
        wanted.append((past.outcome, past.closed or last))
    for status, day in wanted:
        way = _way(form, steps[-1][0], status)
        if way is None:
            return ()
        steps += [(one, steps[-1][1]) for one in way[:-1]]
        steps.append((status, day))
    return tuple(steps)


def acts_of(past: PastRow) -> tuple[tuple[CaseActKind, date], ...]:
    """The acts of a past case after its paper, with their days."""
    acts = [(kind, past.days[str(kind)]) for kind in PROGRESS if str(kind) in past.days]
    if past.closed and past.outcome and past.outcome != OPEN:
        acts.append((CaseActKind(past.outcome), past.closed))
        if past.charge:
            acts.append((CaseActKind(past.charge), past.closed))
    return tuple(acts)


def _of_end(desk: Desk, form: Form, past: PastRow) -> Iterator[tuple[str, Fault]]:
    is_care = room_of(form.pathway) is CARE_ROOM
    known = _known(form)
    closes = known[past.outcome].closes if past.outcome in known else past.outcome in CLOSINGS
    in_ledger = not is_care and past.outcome in _LEDGER
    if closes and past.closed is None:
        yield Past.CLOSED, Fault.END_DAY
    if past.closed is not None and not closes and not in_ledger:
        yield Past.OUTCOME, Fault.NO_END
    if past.reason:
        allowed = {one.id for one in reasons_of(desk, form, past.outcome)}
        if past.reason not in allowed:
            yield Past.REASON, Fault.WRONG_REASON
    elif in_ledger:
        yield Past.REASON, Fault.REASON_NEEDED
    if past.charge and not closes:
        yield Past.CHARGE, Fault.CHARGE_OPEN
    elif past.charge in _FAILED_ONLY and past.outcome == CaseActKind.COMPLETED:
        yield Past.CHARGE, Fault.CHARGE_FILED


def _known(form: Form) -> dict[str, Status]:
    return {one.id: one for one in form.statuses}


def _named_steps(form: Form, past: PastRow) -> list[tuple[str, date]]:
    """The steps that the table gives days for, in the form's order."""
    return [(one.id, past.days[one.id]) for one in form.statuses if one.id in past.days]


def _way(form: Form, start: str, end: str) -> Sequence[str] | None:
    """The shortest way after `start` to `end`, by open steps; None: there is none."""
    known = _known(form)
    if end not in known or end == IN_ERROR:
        return None
    before: dict[str, str] = {start: ""}
    ahead = deque([start])
    while ahead and end not in before:
        here = ahead.popleft()
        for one in form.statuses:
            if here in one.after and one.id not in before and (one.id == end or not one.closes):
                before[one.id] = here
                ahead.append(one.id)
    if end not in before or start == end:
        return None
    way = [end]
    while before[way[-1]] != start:
        way.append(before[way[-1]])
    return way[::-1]
