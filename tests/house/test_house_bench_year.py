"""The year of the benchmark: it runs where it is asked for, counts truly, and admits a failure."""

from pathlib import Path

from benchmarks.__main__ import EVERY, LONG, chosen
from benchmarks.department import Metered, Wire
from benchmarks.harness import measure
from benchmarks.measurement import Room
from benchmarks.year import Lived

from intake_app.settings.stores import StoreEntry

MARKER = b"signed by an administrator"


def test_the_year_is_lived_only_where_a_word_asks_for_it() -> None:
    assert not set(EVERY) & set(LONG)
    assert set(chosen((*EVERY, *LONG), "a year of")) == set(LONG)


def test_a_year_in_which_stations_differ_meets_nothing(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.once("year", lambda _: Lived(intakes=1, problem="the stations do not agree"))
    for line in (measure(one, room, 1) for one in LONG):
        assert not line.met
        assert line.problem == "the stations do not agree"


def test_a_year_that_ended_well_tells_its_figures(tmp_path: Path) -> None:
    room = Room(tmp_path)
    wire = Wire(put=4_000, fetched=9_000, objects=6, kinds={"s": 3_000, "r": 1_000})
    room.once("year", lambda _: Lived(intakes=2, wire=wire, before=2_000_000))
    told = [measure(one, room, 1).ours for one in LONG]
    assert told[:6] == [2, 4.5, 1.5, 0.5, 3, 2]


def test_all_that_goes_to_a_store_and_comes_from_it_is_counted(tmp_path: Path) -> None:
    wire, entry = Wire(), StoreEntry("hub", "folder", str(tmp_path))
    Metered(entry, Wire()).found(MARKER)
    store = Metered(entry, wire)
    store.trust(store.get("hub.json") or b"")
    store.put("s/abc/1", b"bundle")
    assert store.get("s/abc/1") == b"bundle"
    assert store.names("s/abc") == ["s/abc/1"]
    store.remove("s/abc/1")
    assert wire == Wire(
        put=6, fetched=len(MARKER) + len(b"bundle") + len("s/abc/1"), objects=1, asked=5,
        kinds={"s": 6},
    )  # fmt: skip
