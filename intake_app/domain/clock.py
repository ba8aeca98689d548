"""Time: one source for the whole program, so that tests can hold it still."""

import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol, cast


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The time in UTC, aware."""
        ...

    def local(self) -> datetime:
        """The same moment on the wall, with its offset from UTC."""
        ...


class SystemZone(tzinfo):
    """The computer's zone with its daylight saving, for any day; `datetime.timezone` has neither.

    An hour that the change skips counts as before it; one that comes twice follows `fold`.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """Offset of a time on the wall."""
        return timedelta(seconds=self._seen(dt).tm_gmtoff)

    def dst(self, dt: datetime | None) -> timedelta:
        """Not told apart from the offset; only whether it is daylight saving."""
        return timedelta(hours=1) if self._seen(dt).tm_isdst > 0 else timedelta()

    def tzname(self, dt: datetime | None) -> str:
        """The zone's short name."""
        return self._seen(dt).tm_zone

    def fromutc(self, dt: datetime) -> datetime:
        """The time on the wall of a moment in UTC."""
        there = dt.replace(tzinfo=UTC).astimezone()  # by the system's own rules
        first = there.replace(tzinfo=self, fold=0)
        return first if first.utcoffset() == there.utcoffset() else first.replace(fold=1)

    @staticmethod
    def _seen(dt: datetime | None) -> time.struct_time:
        if dt is None:
            return time.localtime()
        return time.localtime(dt.replace(tzinfo=None).timestamp())


def zone_of(clock: Clock) -> tzinfo:
    """The zone of the wall that a clock hangs on."""
    return cast("tzinfo", clock.local().tzinfo)


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)  # noqa: TID251 (the one place that asks the computer)

    def local(self) -> datetime:
        """The time on the wall."""
        return self.now().astimezone(SystemZone())


class FixedClock:
    """A clock that stands still until it is moved; for tests, pictures and training profiles."""

    def __init__(self, at: datetime, zone: tzinfo = UTC) -> None:
        self.at, self._zone = at, zone

    def now(self) -> datetime:
        """The time in UTC."""
        return self.at.astimezone(UTC)

    def local(self) -> datetime:
        """The time on the wall."""
        return self.at.astimezone(self._zone)


def stamp(clock: Clock) -> str:
    """A moment as text: local time to hundredths of a second, with its offset (CJIS AU-8)."""
    return stamp_at(clock.local())


def stamp_at(at: datetime) -> str:
    """A moment on the wall as `stamp` writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 10_000:02d}{at:%z}"


class StationClock:
    """Numbers for change ids: milliseconds and a 16-bit counter in one number that never goes back.

    It does not listen to other stations, so that one wrong clock cannot poison all. Cause is
    carried by `Change.over` alone; this number only picks what is shown.
    """

    def __init__(self, clock: Clock, last: int = 0) -> None:
        self._clock, self._last = clock, last

    def tick(self) -> int:
        """The number of a new change here."""
        wall = int(self._clock.now().timestamp() * 1000) << 16
        self._last = max(self._last + 1, wall)
        return self._last
