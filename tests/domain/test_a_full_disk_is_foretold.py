"""Days before there is no room for a backup, from how the disk filled in the last weeks."""

from intake_app.domain.disk_room import LEAST, Room, days_left

GB = 1 << 30


def falling(days: int, a_day: int, last: int, files: int = GB) -> list[Room]:
    return [Room(20_000 + n, last + (days - 1 - n) * a_day, files) for n in range(days)]


def test_a_disk_that_fills_is_told_days_before() -> None:
    left = days_left(falling(14, GB, LEAST + GB + 10 * GB))
    assert left == 10


def test_a_disk_that_does_not_fill_says_nothing() -> None:
    assert days_left(falling(14, 0, 40 * GB)) is None
    assert days_left([]) is None
    assert days_left(falling(1, 0, 40 * GB)) is None


def test_no_room_for_a_backup_is_said_at_once() -> None:
    assert days_left(falling(1, 0, LEAST + GB - 1)) == 0


def test_files_that_grow_count_with_their_copy() -> None:
    growing = [Room(20_000 + n, 40 * GB, (n + 1) * GB // 10) for n in range(20)]
    left = days_left(growing)
    assert left is not None
    assert 150 < left < 200


def test_a_disk_that_was_emptied_is_taken_from_there() -> None:
    before = falling(10, 5 * GB, 10 * GB)
    after = [Room(20_010 + n, 100 * GB, GB) for n in range(5)]
    assert days_left([*before, *after]) is None
