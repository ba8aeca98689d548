"""What cannot be applied is kept with its reason, never lost, and tried again if that may help."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand_carried import Station, agree
from making import ANN, begun, edited, purged
from real_parts import SAVE

from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange import Aside, Taken
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.storage import lines as reading

BEN = UserId("u9")


class Registry:
    """Users who were ever named."""

    def __init__(self) -> None:
        self.named = {ANN}

    def __call__(self, user: UserId) -> bool:
        return user in self.named


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.fixture
def front(tmp_path: Path, clock: FixedClock) -> Iterator[Station]:
    made = Station.new(tmp_path, clock, "front")
    yield made
    made.close()


@pytest.fixture
def annex(tmp_path: Path, clock: FixedClock, registry: Registry) -> Iterator[Station]:
    made = Station.new(tmp_path, clock, "annex")
    yield Station(made.file, registry)
    made.close()


def by_ben(station: Station, record: RecordId | None = None, **fields: str) -> Change:
    ident = record or new_record_id()
    return Change(station.file.stamp(), BEN, Action.WRITE, "intake", ident, fields)


def reasons(station: Station) -> list[str]:
    rows = station.file.database.conn.execute("SELECT why FROM quarantine ORDER BY n")
    return [why for (why,) in rows]


def test_an_unknown_author_waits_until_the_registry_names_them(
    front: Station, annex: Station, registry: Registry
) -> None:
    front.save(by_ben(front, last="Boggs"), begun(front.file, last="Lowe"))
    front.send()
    assert annex.take(front) == Taken(new=1, aside=1)
    assert reasons(annex) == [Aside.AUTHOR]
    assert annex.files.set_digest() != front.files.set_digest()
    assert annex.files.try_again(SAVE) == Taken()
    assert annex.files.aside() == 1
    registry.named.add(BEN)
    assert annex.files.try_again(SAVE) == Taken(new=1)
    assert annex.files.aside() == 0
    assert agree(front, annex)


def test_an_edit_of_what_waits_does_not_bring_the_old_value_back(
    front: Station, annex: Station, registry: Registry
) -> None:
    begin = by_ben(front, last="Boggs", first="Ann")
    front.save(begin)
    front.save(edited(front.file, begin.record, last="Lowe"))
    front.send()
    assert annex.take(front) == Taken(new=1, aside=1)
    registry.named.add(BEN)
    annex.files.try_again(SAVE)
    record = annex.file.record(begin.record)
    assert record is not None
    assert record.values == {"last": "Lowe", "first": "Ann"}
    assert record.conflicts() == {}
    assert agree(front, annex)


def test_another_change_under_a_known_id_is_set_aside(front: Station, annex: Station) -> None:
    first = begun(front.file, last="Boggs")
    twin = Change(first.id, ANN, first.action, first.kind, first.record, {"last": "Forged"})
    taken = annex.files.take(front.stream, 1, [first.line, twin.line], SAVE)
    assert taken == Taken(new=1, aside=1)
    assert reasons(annex) == [Aside.TWIN]
    assert annex.files.take(front.stream, 2, [twin.line, first.line], SAVE) == Taken()
    record = annex.file.record(first.record)
    assert record is not None
    assert record.values["last"] == "Boggs"


def altered(change: Change, **parts: object) -> bytes:
    said = {**json.loads(change.line), **parts}
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"v": 2}, Aside.NEWER),
        ({"v": 2, "seal": [1]}, Aside.NEWER),
        ({"place": "annex"}, Aside.NEWER),
        ({"do": "merge"}, Aside.NEWER),
        ({"v": True}, Aside.UNREADABLE),
        ({"v": 1.0}, Aside.UNREADABLE),
        ({"user": 5}, Aside.UNREADABLE),
        ({"fields": []}, Aside.UNREADABLE),
        ({"over": {"last": ["x"]}}, Aside.UNREADABLE),
        ({"id": "x"}, Aside.UNREADABLE),
    ],
)
def test_a_line_that_says_other_things_is_kept_and_the_rest_goes_on(
    front: Station, annex: Station, parts: dict[str, object], why: Aside
) -> None:
    change, good = begun(front.file, last="Boggs"), begun(front.file, last="Lowe")
    lines = [altered(change, **parts), good.line]
    assert annex.files.take(front.stream, 1, lines, SAVE) == Taken(new=1, aside=1)
    assert reasons(annex) == [why]
    kept = annex.file.database.conn.execute("SELECT body FROM quarantine").fetchone()[0]
    assert kept == lines[0]
    assert annex.files.try_again(SAVE) == Taken()
    assert annex.files.aside() == 1


@pytest.mark.parametrize(
    "line",
    [
        b"", b"x", b"[]", b"5", b"null", b'"', b"\xff\xfe", b'{"gone":5,"record":"r","do":"write"}',
        b'{"gone":"0000000000000007.annex.ffffff","record":"r","do":"purge"}',
        b'{"gone":"0000000000000007.annex.ffffff","record":"r","do":[]}',
        b'{"blob":[],"data":{}}', b'{"blob":"x","data":"\\ud800"}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_line_is_kept_too(front: Station, annex: Station, line: bytes) -> None:
    assert annex.files.take(front.stream, 1, [line], SAVE) == Taken(aside=1)
    assert reasons(annex) == [Aside.UNREADABLE]
    assert annex.files.applied() == {front.stream.name: 1}


def test_a_newer_program_reads_what_an_older_one_kept(
    front: Station, annex: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = begun(front.file, last="Boggs")
    line = altered(change, v=2)
    assert annex.files.take(front.stream, 1, [line], SAVE) == Taken(aside=1)
    older = reading._change

    def newer(said: bytes) -> Change:
        return change if said == line else older(said)

    monkeypatch.setattr(reading, "_change", newer)
    assert annex.files.try_again(SAVE) == Taken(new=1)
    assert annex.files.aside() == 0


def test_a_purge_takes_what_is_set_aside_of_the_record_and_counts_it(
    front: Station, annex: Station
) -> None:
    begin = begun(front.file, last="Lowe")
    front.save(begin, by_ben(front, last="Boggs"))
    front.save(by_ben(front, begin.record, last="Boggs"))
    front.send()
    annex.take(front)
    assert annex.files.aside() == 2
    front.save(purged(front.file, begin.record))
    front.send()
    annex.take(front)
    assert annex.files.aside() == 1
    left = annex.file.database.conn.execute("SELECT body FROM quarantine").fetchone()[0]
    assert begin.record.encode() not in left
    annex.files = Station(annex.file).files
    annex.files.try_again(SAVE)
    assert agree(front, annex)


def test_what_an_unknown_author_says_of_a_purged_record_is_not_kept(
    front: Station, annex: Station
) -> None:
    begin = begun(front.file, last="Lowe")
    front.save(begin)
    front.send()
    annex.take(front)
    annex.save(purged(annex.file, begin.record))
    front.save(by_ben(front, begin.record, last="Boggs"))
    front.send()
    annex.take(front)
    assert annex.files.aside() == 0
    annex.send()
    front.take(annex)
    assert agree(front, annex)


def test_a_change_that_was_called_purged_and_comes_after_all_is_applied(
    front: Station, annex: Station
) -> None:
    """Nobody can keep another's change away by saying that it is gone."""
    change = begun(front.file, last="Boggs")
    gone = reading.gone_line(change.id, change.record, "write")
    assert annex.files.take(front.stream, 1, [gone], SAVE) == Taken()
    assert annex.files.take(front.stream, 2, [change.line], SAVE) == Taken(new=1)
    assert annex.file.record(change.record) is not None
    front.save(change)
    front.send()
    assert annex.files.set_digest() == front.files.set_digest()
