"""Two stations whose files say the same once each has taken the other's bundles."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from making import begun, edited, purged
from real_parts import KEY, SAVE

from intake_app.domain.change import Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadChange
from intake_app.domain.exchange import Stream, Taken
from intake_app.domain.ids import Epoch, StationId, UserId
from intake_app.storage.compartment import Compartment
from intake_app.storage.streams import Streams

MUCH = 10**9


class Station:
    """One file with its side of the exchange; bundles are kept as they were cut."""

    def __init__(self, file: Compartment, known: Callable[[UserId], bool] = lambda _: True) -> None:
        self.file, self.files = file, Streams(file, known)
        self.stream = Stream(file.station, file.epoch)
        self.sent: list[list[bytes]] = []

    def save(self, *changes: Change, blobs: dict[str, bytes] | None = None) -> None:
        """Write here."""
        self.file.apply(changes, SAVE, blobs)

    def send(self, most: int = MUCH) -> list[bytes]:
        """Cut the next bundle and seal it."""
        n = len(self.sent) + 1
        lines = self.files.cut(self.stream, n, most)
        self.files.sealed(self.stream, n)
        self.sent.append(lines)
        return lines

    def take(self, other: "Station") -> Taken:
        """Take all that another has sent."""
        new = aside = 0
        for n, lines in enumerate(other.sent, 1):
            taken = self.files.take(other.stream, n, lines, SAVE)
            new, aside = new + taken.new, aside + taken.aside
        return Taken(new, aside)


def agree(*stations: Station) -> bool:
    """Whether all have the same records, the same set of changes and the same vector."""
    said = [(one.file.digest(), one.files.set_digest(), one.files.applied()) for one in stations]
    return all(each == said[0] for each in said)


@pytest.fixture
def front(care: Compartment) -> Station:
    return Station(care)


@pytest.fixture
def annex(tmp_path: Path, clock: FixedClock) -> Iterator[Station]:
    made = Compartment.create(tmp_path / "b.db", KEY, clock, StationId("annex"), Epoch("fedcba"))
    yield Station(made)
    made.close()


def test_what_is_saved_here_waits_is_cut_once_and_stands_there(
    front: Station, annex: Station
) -> None:
    front.save(begun(front.file, last="Boggs"), begun(front.file, last="Lowe"))
    assert front.files.waiting() == 2
    assert len(front.send()) == 2
    assert (front.files.waiting(), front.send()) == (0, [])
    assert annex.take(front) == Taken(new=2)
    assert annex.files.waiting() == 0
    assert agree(front, annex)


def test_edits_on_both_sides_meet(front: Station, annex: Station) -> None:
    begin = begun(front.file, last="Boggs")
    front.save(begin)
    front.send()
    annex.take(front)
    front.save(edited(front.file, begin.record, last="Lowe"))
    annex.save(edited(annex.file, begin.record, last="Bell"))
    for one, other in ((front, annex), (annex, front)):
        one.send()
        other.take(one)
    record = front.file.record(begin.record)
    assert record is not None
    assert set(record.conflicts()) == {"last"}
    assert agree(front, annex)


def test_a_bundle_taken_twice_is_nothing_and_a_gap_is_refused(
    front: Station, annex: Station
) -> None:
    for last in ("Boggs", "Lowe"):
        front.save(begun(front.file, last=last))
        front.send()
    before = annex.file.digest()
    with pytest.raises(BadChange):
        annex.files.take(front.stream, 2, front.sent[1], SAVE)
    with pytest.raises(BadChange):
        annex.files.skip(front.stream, 2)
    assert annex.file.digest() == before
    assert annex.take(front) == Taken(new=2)
    assert annex.take(front) == Taken()
    annex.files.skip(front.stream, 2)
    assert annex.files.applied() == {front.stream.name: 2}


def test_archived_bytes_travel_with_the_change_that_names_them(
    front: Station, annex: Station
) -> None:
    body = b"%PDF" + bytes(10_000_000)
    name = hashlib.sha256(body).hexdigest()
    front.save(begun(front.file, paper=name), blobs={name: body})
    lines = front.send()
    assert [line[:8] for line in lines[1:]] == [b'{"blob":']
    annex.take(front)
    assert annex.file.blob(name) == body


def test_a_change_purged_before_it_was_cut_never_leaves(front: Station, annex: Station) -> None:
    begin = begun(front.file, last="Boggs")
    front.save(begin)
    front.save(purged(front.file, begin.record))
    assert front.files.waiting() == 1
    (line,) = front.send()
    assert b"Boggs" not in line
    annex.take(front)
    assert agree(front, annex)
