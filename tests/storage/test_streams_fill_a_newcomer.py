"""A newcomer is filled from a snapshot, part by part, and then goes on with bundles."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hand_carried import Station, agree
from making import begun, edited, purged, signed
from real_parts import SAVE

from intake_app.domain.change import Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadChange
from intake_app.domain.exchange import Taken
from intake_app.domain.ids import new_record_id
from intake_app.storage import apply
from intake_app.storage.driver import Database

PAPER = b"%PDF"
PAPER_NAME = hashlib.sha256(PAPER).hexdigest()


@pytest.fixture
def front(tmp_path: Path, clock: FixedClock) -> Iterator[Station]:
    """A station with a past: edits, an act, a paper, a purged record, and a line set aside."""
    made = Station.new(tmp_path, clock, "front")
    kept, gone = begun(made.file, last="Boggs"), begun(made.file, last="Lowe")
    made.save(kept, gone, signed(made.file, kept.record, purpose="care"))
    made.send()
    made.save(edited(made.file, kept.record, paper=PAPER_NAME), blobs={PAPER_NAME: PAPER})
    made.save(edited(made.file, gone.record, last="Bell"))
    made.send()
    made.save(purged(made.file, gone.record))
    made.send()
    yield made
    made.close()


@pytest.fixture
def new(tmp_path: Path, clock: FixedClock) -> Iterator[Station]:
    made = Station.new(tmp_path, clock, "annex")
    yield made
    made.close()


def parts_of(station: Station, size: int) -> list[list[bytes]]:
    lines = list(station.files.snapshot())
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def fill(new: Station, parts: list[list[bytes]], applied: Mapping[str, int], begin: int = 0) -> int:
    """Take all parts from one on; returns how many changes were new."""
    count = 0
    for part, lines in enumerate(parts[begin:], begin):
        last = applied if part == len(parts) - 1 else None
        count += new.files.take_snapshot(part, lines, last, SAVE, "s1").new
    return count


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_newcomer_has_all_that_stands_and_knows_what_is_gone(
    front: Station, new: Station, size: int
) -> None:
    vector = front.files.applied()
    parts = parts_of(front, size)
    assert not any(b"Lowe" in line or b"Bell" in line for part in parts for line in part)
    assert fill(new, parts, vector) == 4
    assert agree(front, new)
    assert new.file.blob(PAPER_NAME) == PAPER
    assert new.files.waiting() == 0
    assert new.take(front) == Taken()


def test_it_goes_on_where_it_was_interrupted(front: Station, new: Station) -> None:
    parts, vector = parts_of(front, 2), front.files.applied()
    new.files.take_snapshot(0, parts[0], None, SAVE, "s1")
    assert (new.files.snapshot_parts("s1"), new.files.applied()) == (1, {})
    before = new.file.digest()
    assert new.files.take_snapshot(0, parts[0], None, SAVE, "s1") == Taken()
    assert new.file.digest() == before
    with pytest.raises(BadChange):
        new.files.take_snapshot(2, parts[2], None, SAVE, "s1")
    fill(new, parts, vector, begin=1)
    assert new.files.snapshot_parts("s1") == 0
    assert agree(front, new)


def test_parts_of_another_snapshot_do_not_count(front: Station, new: Station) -> None:
    parts, vector = parts_of(front, 2), front.files.applied()
    new.files.take_snapshot(0, parts[0], None, SAVE, "s0")
    assert new.files.snapshot_parts("s1") == 0
    fill(new, parts, vector)
    assert agree(front, new)


def test_a_snapshot_is_of_the_moment_it_was_begun(front: Station, new: Station) -> None:
    vector, digest = front.files.applied(), front.files.set_digest()
    lines = front.files.snapshot()
    first = next(lines)
    later = begun(front.file, last="Price")
    front.save(later)
    front.send()
    fill(new, [[first, *lines]], vector)
    assert (new.files.applied(), new.files.set_digest()) == (vector, digest)
    assert new.take(front) == Taken(new=1)
    assert agree(front, new)


def test_bytes_that_come_a_part_after_their_change_are_known_by_it(
    front: Station, new: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking through all records for who names them would take a second each."""
    looked = list[set[str]]()

    def unnamed(_db: Database, hashes: set[str]) -> list[str]:
        looked.append(hashes)
        return []

    monkeypatch.setattr(apply, "unnamed", unnamed)
    fill(new, parts_of(front, 1), front.files.applied())
    assert new.file.blob(PAPER_NAME) == PAPER
    assert set().union(*looked) == set()


def test_bytes_of_a_change_that_was_purged_meanwhile_are_not_kept(
    front: Station, new: Station
) -> None:
    parts = parts_of(front, 1)
    kept = next(row.record for row in front.file.rows(front.file.order("intake")))
    begin = next(n for n, lines in enumerate(parts) if PAPER_NAME.encode() in lines[0])
    for part in range(begin + 1):
        new.files.take_snapshot(part, parts[part], None, SAVE, "s1")
    new.save(purged(new.file, kept))
    fill(new, parts, front.files.applied(), begin=begin + 1)
    assert new.file.blob(PAPER_NAME) is None


def test_what_waits_is_in_no_snapshot(front: Station) -> None:
    before = len(list(front.files.snapshot()))
    front.save(begun(front.file, last="Price"))
    assert len(list(front.files.snapshot())) == before


def test_the_vector_is_never_lowered(front: Station, new: Station) -> None:
    parts, old = parts_of(front, 100), front.files.applied()
    front.save(begun(front.file, last="Price"))
    front.send()
    new.take(front)
    vector = new.files.applied()
    fill(new, parts, old)
    assert new.files.applied() == vector
    assert agree(front, new)


def test_what_is_set_aside_here_is_handed_on(
    front: Station, new: Station, tmp_path: Path, clock: FixedClock
) -> None:
    strange = b'{"v":2,"id":"x"}'
    made = Station.new(tmp_path, clock, "third")
    made.files.take(front.stream, 1, [strange], SAVE)
    fill(new, parts_of(made, 10), made.files.applied())
    assert new.files.aside() == 1
    made.close()


def test_a_late_change_of_a_part_of_a_purged_record_is_dropped(
    front: Station, new: Station, tmp_path: Path, clock: FixedClock
) -> None:
    """The newcomer never saw the part; that its whole is gone is enough."""
    intake = begun(front.file, last="Hall")
    part = signed(front.file, intake.record, purpose="care")
    front.save(intake, part)
    front.send()
    other = Station.new(tmp_path, clock, "third")
    other.take(front)
    late = Change(
        other.file.stamp(), part.user, part.action, "consent", new_record_id(),
        {"purpose": "Hall"}, about=intake.record,
    )  # fmt: skip
    other.save(late)
    other.send()
    front.save(purged(front.file, intake.record))
    front.send()
    fill(new, parts_of(front, 3), front.files.applied())
    for one in (front, new):
        one.take(other)
        assert one.file.about(intake.record) == []
    other.take(front)
    assert agree(front, new, other)
    other.close()
