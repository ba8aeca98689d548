"""Two stations whose files say the same once each has taken the other's bundles."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand_carried import Station, agree
from making import begun, edited, purged, signed
from real_parts import SAVE

from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadChange
from intake_app.domain.exchange import Taken
from intake_app.domain.record import deletion
from intake_app.storage.compartment import Compartment


@pytest.fixture
def front(care: Compartment) -> Station:
    return Station(care)


@pytest.fixture
def annex(tmp_path: Path, clock: FixedClock) -> Iterator[Station]:
    made = Station.new(tmp_path, clock, "annex")
    yield made
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
        annex.files.take(front.stream, 2, front.bundles[1], SAVE)
    assert annex.file.digest() == before
    assert annex.take(front) == Taken(new=2)
    assert annex.take(front) == Taken()
    annex.files.skip(front.stream, 1)
    assert annex.files.applied() == {front.stream.name: 2}
    annex.files.skip(front.stream, 5)  # all up to it have nothing for this file
    assert annex.files.applied() == {front.stream.name: 5}


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


def test_what_was_cut_and_purged_before_it_was_sealed_goes_as_its_id(
    front: Station, annex: Station
) -> None:
    begin = begun(front.file, last="Boggs")
    front.save(begin)
    assert front.files.cut(front.stream, 1, 10**6) == [begin.line]
    front.save(purged(front.file, begin.record))
    again = front.files.cut(front.stream, 1, 10**6)
    assert json.loads(again[0]) == {"gone": begin.id, "record": begin.record, "do": "write"}
    assert not any(b"Boggs" in line for line in again)
    front.send()
    annex.take(front)
    assert agree(front, annex)


def test_a_bundle_is_bounded_and_takes_at_least_one_change(front: Station, annex: Station) -> None:
    front.save(*(begun(front.file, note="x" * 1000) for _ in range(5)))
    assert [len(front.send(most)) for most in (0, 1, 2500, 10**6)] == [1, 1, 2, 1]
    annex.take(front)
    assert agree(front, annex)


def test_archived_bytes_count_for_the_size_of_a_bundle(front: Station) -> None:
    body = bytes(90_000)
    name = hashlib.sha256(body).hexdigest()
    front.save(begun(front.file, paper=name), blobs={name: body})
    front.save(begun(front.file))
    assert len(front.send(most=100_000)) == 2  # the first change and its paper


def test_cut_again_after_a_kill_is_the_same_and_may_add_what_came_meanwhile(
    front: Station,
) -> None:
    first, second = begun(front.file, last="Boggs"), begun(front.file, last="Lowe")
    front.save(first)
    assert front.files.cut(front.stream, 1, 10**6) == [first.line]
    front.save(second)
    assert front.files.cut(front.stream, 1, 10**6) == [first.line, second.line]
    front.files.sealed(front.stream, 1)
    with pytest.raises(BadChange):
        front.files.cut(front.stream, 1, 10**6)


def test_a_change_of_a_record_that_is_purged_here_is_known_and_dropped(
    front: Station, annex: Station
) -> None:
    body = b"%PDF"
    name = hashlib.sha256(body).hexdigest()
    begin = begun(front.file, last="Boggs")
    front.save(begin)
    front.send()
    annex.take(front)
    annex.save(purged(annex.file, begin.record))
    front.save(edited(front.file, begin.record, last="Lowe", paper=name), blobs={name: body})
    front.send()
    annex.take(front)
    assert annex.file.blob(name) is None
    assert [change.action for change in annex.file.history(begin.record)] == [Action.PURGE]
    annex.send()
    front.take(annex)
    assert front.file.blob(name) is None
    assert agree(front, annex)


def test_bytes_that_nothing_names_are_not_kept(front: Station, annex: Station) -> None:
    planted = front.files.cut(front.stream, 1, 0)
    line = b'{"blob":"%s","data":"YQ=="}' % hashlib.sha256(b"a").hexdigest().encode()
    assert annex.files.take(front.stream, 1, [*planted, line], SAVE) == Taken()
    assert annex.file.blob(hashlib.sha256(b"a").hexdigest()) is None


def test_bytes_that_are_not_what_they_say_are_set_aside(front: Station, annex: Station) -> None:
    name = hashlib.sha256(b"paper").hexdigest()
    front.save(begun(front.file, paper=name), blobs={name: b"paper"})
    change, _ = front.send()
    forged = b'{"blob":"%s","data":"YQ=="}' % name.encode()
    assert annex.files.take(front.stream, 1, [change, forged], SAVE) == Taken(new=1, aside=1)
    assert annex.file.blob(name) is None


def test_a_legal_act_that_was_hidden_before_it_came_is_taken(
    front: Station, annex: Station, tmp_path: Path, clock: FixedClock
) -> None:
    intake = begun(front.file)
    act = signed(front.file, intake.record, purpose="care")
    front.save(intake, act)
    front.send()
    annex.take(front)
    record = annex.file.record(act.record)
    assert record is not None
    hide = deletion(record, "entered twice")
    annex.save(
        Change(annex.file.stamp(), act.user, Action.WRITE, act.kind, act.record, hide, {},
               intake.record),
    )  # fmt: skip
    annex.send()
    third = Station.new(tmp_path, clock, "third")
    third.take(annex)
    third.take(front)
    front.take(annex)
    assert agree(front, annex, third)
    kept = third.file.record(act.record)
    assert kept is not None
    assert (kept.is_fact, kept.is_deleted, kept.base) == (True, True, act.id)
    third.close()
