"""Time: one source for the whole program, so that tests can hold it still."""

from datetime import UTC, datetime, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The time in UTC, aware."""
        ...

    def local(self) -> datetime:
        """The same moment on the wall, with its offset from UTC."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)  # noqa: TID251 (the one place that asks the computer)

    def local(self) -> datetime:
        """The time on the wall."""
        return self.now().astimezone()


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
    at = clock.local()
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
