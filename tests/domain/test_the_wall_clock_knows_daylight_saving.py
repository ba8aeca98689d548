"""The computer's zone gives each day its own offset, also days that are still to come."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from intake_app.domain.clock import FixedClock, SystemClock, SystemZone, stamp, zone_of

IS_POSIX = hasattr(time, "tzset")


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not IS_POSIX:
        pytest.skip("the zone of a process cannot be set here")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("new_york")
def test_a_day_in_summer_and_one_in_winter_have_their_own_offsets() -> None:
    zone = zone_of(SystemClock())
    summer = datetime(2026, 7, 1, 16, 0, tzinfo=zone)
    winter = datetime(2026, 11, 23, 16, 0, tzinfo=zone)
    assert summer.utcoffset() == timedelta(hours=-4)
    assert winter.utcoffset() == timedelta(hours=-5)
    assert datetime(2026, 11, 1, 12, tzinfo=UTC).astimezone(zone).hour == 7
    assert winter.astimezone(UTC).hour == 21
    assert datetime.fromisoformat(winter.isoformat()) == winter


@pytest.mark.usefixtures("new_york")
def test_the_hour_that_comes_twice_is_told_apart() -> None:
    zone = SystemZone()
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC).astimezone(zone)
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC).astimezone(zone)
    assert (first.hour, second.hour) == (1, 1)
    assert first.utcoffset() != second.utcoffset()


def test_a_stamp_carries_its_offset() -> None:
    assert datetime.fromisoformat(stamp(SystemClock())).utcoffset() is not None
    assert stamp(FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))).endswith("+0000")
