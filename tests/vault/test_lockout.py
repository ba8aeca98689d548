import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake_app.disk import atomic
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import LockedOut
from intake_app.vault.lockout import LIMIT, NAME, Lockout

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def lockout(tmp_path: Path, clock: FixedClock) -> Lockout:
    return Lockout.create(tmp_path, clock)


def fail_times(lockout: Lockout, times: int, who: str = "m") -> None:
    for _ in range(times):
        lockout.begin(who)


def test_five_in_fifteen_minutes_lock(lockout: Lockout) -> None:
    fail_times(lockout, LIMIT - 1)
    assert not lockout.is_locked("m")
    fail_times(lockout, 1)
    assert lockout.is_locked("m")
    with pytest.raises(LockedOut):
        lockout.begin("m")
    assert not lockout.is_locked("other")


def test_slower_tries_do_not_lock(lockout: Lockout, clock: FixedClock) -> None:
    for _ in range(20):
        lockout.begin("m")
        clock.at += timedelta(minutes=4)
    assert not lockout.is_locked("m")


def test_time_does_not_release(lockout: Lockout, clock: FixedClock) -> None:
    fail_times(lockout, LIMIT)
    for jump in (timedelta(days=400), timedelta(days=-800), timedelta(days=10_000)):
        clock.at += jump
        assert lockout.is_locked("m")
        with pytest.raises(LockedOut):
            lockout.begin("m")


def test_a_clock_set_back_does_not_forget_failures(lockout: Lockout, clock: FixedClock) -> None:
    for _ in range(LIMIT):
        lockout.begin("m")
        clock.at -= timedelta(days=1)
    assert lockout.is_locked("m")


def test_a_clock_set_back_after_a_restart_does_not_forget_either(
    lockout: Lockout, clock: FixedClock, tmp_path: Path
) -> None:
    fail_times(lockout, LIMIT - 1)
    clock.at -= timedelta(days=30)
    again = Lockout(tmp_path, clock)
    again.begin("m")
    assert again.is_locked("m")


def test_release_and_success_start_anew(lockout: Lockout) -> None:
    fail_times(lockout, LIMIT)
    lockout.clear("m")
    fail_times(lockout, LIMIT - 1)
    assert not lockout.is_locked("m")


def test_the_count_survives_a_restart(lockout: Lockout, clock: FixedClock, tmp_path: Path) -> None:
    fail_times(lockout, LIMIT)
    assert Lockout(tmp_path, clock).is_locked("m")


@pytest.mark.parametrize(
    "ruin",
    [
        None, b"", b"[]", b"null", b"7", b'{"v":1}', b"\xff\xfe",
        b'{"v":1,"before":0,"latest":1e400,"users":{}}',
        b'{"v":1,"before":999999999999,"latest":0,"users":{}}',
        b'{"v":1,"before":-9,"latest":0,"users":{}}',
        b'{"v":1,"before":0,"latest":0,"users":{"\\ud800":{"at":[],"locked":false}}}',
        b'{"v":1,"before":0,"latest":0,"users":[]}',
        b'{"v":1,"before":"0","latest":0,"users":{}}',
        b'{"v":1,"before":0,"latest":0,"users":{"m":{"at":["x"],"locked":false}}}',
        b'{"v":1,"before":0,"latest":0,"users":{"m":{"at":[],"locked":0}}}',
        b'{"v":1,"before":0,"latest":0,"users":{"m":{"at":[]}}}',
    ],
)  # fmt: skip
def test_a_deleted_or_damaged_file_leaves_one_try_and_no_more(
    lockout: Lockout, clock: FixedClock, tmp_path: Path, ruin: bytes | None
) -> None:
    fail_times(lockout, 2)
    path = tmp_path / NAME
    path.unlink() if ruin is None else path.write_bytes(ruin)
    again = Lockout(tmp_path, clock)
    assert not again.is_locked("m")
    again.begin("m")
    assert again.is_locked("m")
    assert not again.is_locked("somebody else")
    Lockout(tmp_path, clock).begin("somebody else")
    assert Lockout(tmp_path, clock).is_locked("somebody else")


def test_on_a_full_disk_people_still_come_in_and_this_process_counts(
    lockout: Lockout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    fail_times(lockout, LIMIT)
    assert lockout.is_locked("m")


def test_the_file_holds_ids_and_times_only(lockout: Lockout, tmp_path: Path) -> None:
    fail_times(lockout, 1)
    raw = json.loads((tmp_path / NAME).read_bytes())
    assert raw["users"] == {"m": {"at": [START.timestamp()], "locked": False}}


def test_two_processes_count_together(lockout: Lockout, tmp_path: Path, clock: FixedClock) -> None:
    other = Lockout(tmp_path, clock)
    for _ in range(2):
        fail_times(lockout, 1)
        fail_times(other, 1)
    fail_times(lockout, 1)
    assert lockout.is_locked("m")
    assert other.is_locked("m")
    other.clear("m")
    assert not lockout.is_locked("m")


@pytest.mark.parametrize("ruin", [None, b"", b"[]"])
def test_a_file_that_goes_while_the_program_runs_forgets_nothing(
    lockout: Lockout, tmp_path: Path, ruin: bytes | None
) -> None:
    fail_times(lockout, LIMIT)
    if ruin is None:
        (tmp_path / NAME).unlink()
    else:
        (tmp_path / NAME).write_bytes(ruin)
    assert lockout.is_locked("m")
