"""When the clock of a case stood still: hospital, jail, absconded.

Days are counted as people count them: from the day it stopped up to, and without, the day it ran
again; a stop within one day counts that day. What overlaps counts once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from intake_app.domain.case_act import REASON, TOLL, CaseAct, CaseActKind, Sight, in_order
from intake_app.domain.ids import RecordId


@dataclass(frozen=True, slots=True)
class Toll:
    """A stop of the clock.

    Attributes:
        started: Moment, aware.
        ended: Moment; None: the clock still stands.
        reason: A code of `toll_reasons.csv`.
        id: The act that stopped the clock.
    """

    started: datetime
    ended: datetime | None = None
    reason: str = ""
    id: RecordId = RecordId("")

    def days(self, zone: tzinfo, until: datetime) -> tuple[date, ...]:
        """The days of this stop on the wall; of one without end, up to a moment."""
        first = self.started.astimezone(zone).date()
        last = (self.ended or until).astimezone(zone).date()
        count = max((last - first).days, 1)
        return tuple(first + timedelta(days=each) for each in range(count))


def tolls(acts: Iterable[CaseAct]) -> tuple[Toll, ...]:
    """All stops of the clock, by their start. An end that names none ends all that it saw."""
    every = in_order(acts)
    sight = Sight(every)
    ends = [act for act in every if act.kind is CaseActKind.TOLL_ENDED]
    return tuple(
        Toll(act.at, _end(act, ends, sight), act.word(REASON), act.id)
        for act in every if act.kind is CaseActKind.TOLL_STARTED
    )  # fmt: skip


def is_tolled(acts: Iterable[CaseAct]) -> bool:
    """Whether the clock stands still."""
    return any(toll.ended is None for toll in tolls(acts))


def tolled_days(
    stops: Iterable[Toll], zone: tzinfo, until: datetime, since: date
) -> Mapping[date, str]:
    """The days on which the clock stood, each once, with the reason of the first stop."""
    found: dict[date, str] = {}
    for stop in stops:
        for day in stop.days(zone, until):
            if day >= since:
                found.setdefault(day, stop.reason)
    return found


def _end(start: CaseAct, ends: Iterable[CaseAct], sight: Sight) -> datetime | None:
    for end in ends:
        named = end.word(TOLL)
        if named == start.id or (not named and sight.is_before(start.id, end.id)):
            # a wrong clock cannot end it before its start
            return max(end.at, start.at, key=lambda moment: moment.astimezone(UTC))
    return None
