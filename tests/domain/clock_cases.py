"""Cases with acts, and calendars, for the tests of the clock and the status."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake_app.domain.case_act import RECORD_KIND, CaseAct, CaseActKind, newest
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.domain.record import Record

EASTERN = ZoneInfo("America/New_York")


def wall(text: str) -> datetime:
    """A moment on the wall in the East: "2026-11-20 14:05"."""
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN)


@dataclass(frozen=True)
class Days:
    """A calendar with just these holidays."""

    holidays: Mapping[date, str] = field(default_factory=dict)

    def is_business_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def name_of(self, day: date) -> str:
        return self.holidays.get(day, "")


class Story:
    """Acts that people entered one after another; each sees all before it, unless told."""

    def __init__(self, start: str = "2026-11-20 14:05") -> None:
        self.acts: list[CaseAct] = []
        self._now = wall(start)

    def add(
        self,
        kind: CaseActKind,
        at: str | datetime | None = None,
        saw: Collection[CaseAct] | None = None,
        **details: object,
    ) -> CaseAct:
        seen = newest(self.acts) if saw is None else tuple(one.id for one in saw)
        self._now += timedelta(minutes=1)
        moment = wall(at) if isinstance(at, str) else (at or self._now)
        self._now = max(self._now, moment, key=lambda each: each.astimezone(UTC))
        ident = RecordId(f"{len(self.acts):032x}")
        act = CaseAct(ident, kind, moment, moment.isoformat(), UserId("u1"), seen, details)
        self.acts.append(act)
        return act


def record_of(act: CaseAct, /, **changed: object) -> Record:
    """The record of an act, with some fields changed."""
    fields = {**act.fields(), **changed}
    return Record(act.id, RECORD_KIND, ChangeId(""), fields, is_fact=True)
