"""What is wrong with one station is said of that one; the others go on exchanging."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyed_stations import BACK, FRONT, Department
from post_rooms import BEGUN, Desk, StationHouse, agree, exchange, swap

from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange_state import StationState, Trouble
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.roles import Compartment, Role
from intake_app.exchange import names, parcels, receipts
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.jose import PrivateKey

CARE = Compartment.CARE
ANNEX = StationId("annex")
NAMES = (FRONT, BACK, ANNEX)


@pytest.fixture(scope="module")
def with_annex(founded: Department) -> Department:
    """One with a third station."""
    made = founded.copy()
    made.station_keys[ANNEX] = PrivateKey.make()
    made.enrol(ANNEX)
    return made


@pytest.fixture(scope="module")
def three(with_annex: Department, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their profiles, made once; each story has a copy."""
    folder, clock = tmp_path_factory.mktemp("three"), FixedClock(BEGUN)
    for n, name in enumerate(NAMES):
        StationHouse.made(with_annex, name, folder / name, clock, Epoch(f"aaaa0{n}"))
    return folder


@pytest.fixture
def department(with_annex: Department) -> Department:
    """One of its own: people and stations join it."""
    return with_annex.copy()


@pytest.fixture
def houses(
    department: Department, three: Path, tmp_path: Path, clock: FixedClock
) -> list[StationHouse]:
    return [StationHouse.copied(department, three / name, tmp_path, clock) for name in NAMES]


@pytest.fixture
def desks(houses: list[StationHouse]) -> Iterator[list[Desk]]:
    made = [house.desk() for house in houses]
    exchange(*made)
    yield made
    for desk in made:
        desk.close()


def seen(desk: Desk, station: StationId) -> StationState:
    return next(one for one in desk.room.state().stations if one.station == station)


def signed_in_anew(desks: list[Desk]) -> None:
    for place, desk in enumerate(desks):
        desk.close()
        desks[place] = desk.house.desk()


def is_whole(_: object) -> bool:
    """Nothing is taken, and it says that all was."""
    return True


def bundles(desk: Desk, of: Desk) -> list[str]:
    folder = of.house.own().stream.folder(desk.house.department.agency)
    return desk.house.inbox.names(f"s/{folder}")


def test_a_hole_in_the_numbers_is_said_asked_for_and_filled(desks: list[Desk]) -> None:
    front, back, annex = desks
    for last in ("Boggs", "Lowe"):
        front.write(last_name=last)
        front.round()
    annex.write(last_name="Bell")
    annex.round()
    for other in (front, annex):
        swap(other.house.outbox, back.house.inbox)
    back.house.inbox.remove(bundles(back, front)[0])
    for _ in range(2):
        back.round()
    assert seen(back, FRONT).missing == ((1, 1),)
    assert seen(back, ANNEX).missing == ()
    (told,) = back.room.receipts()[ANNEX]
    assert told.files[CARE].applied  # the others' work came
    wanted = back.room._outgoing.last_receipt()
    assert wanted is not None
    assert [(one.stream, one.n) for one in wanted.need] == [(front.house.own().stream.name, 1)]
    exchange(*desks)
    assert agree(*desks)
    assert seen(back, FRONT).missing == ()


def test_who_took_the_same_and_holds_other_records_is_named(desks: list[Desk]) -> None:
    front, back, _ = desks
    front.write(last_name="Boggs")
    exchange(*desks)
    assert seen(front, BACK).trouble is None
    conn = back.files[CARE].database.conn
    conn.execute("UPDATE meta SET value=? WHERE name='set digest'", ("ab" * 32,))
    exchange(*desks)
    assert seen(front, BACK).trouble is Trouble.DIGEST
    assert seen(front, ANNEX).trouble is None


def test_two_bundles_of_one_number_stop_that_station_alone(
    desks: list[Desk], tmp_path: Path, department: Department, clock: FixedClock
) -> None:
    front, back, annex = desks
    other = StationHouse.made(department, FRONT, tmp_path / "forger", clock, Epoch("aaaa00"))
    forger = other.desk()
    forger.write(last_name="Forged")
    forger.round()
    (folder,) = other.outbox.folders("s")
    front.write(last_name="Boggs")
    front.round()
    swap(front.house.outbox, back.house.inbox)
    name = f"{folder}/1"
    back.house.inbox.put(name, other.outbox.get(name) or b"")
    annex.write(last_name="Bell")
    annex.round()
    swap(annex.house.outbox, back.house.inbox)
    back.round()
    assert seen(back, FRONT).trouble is Trouble.TWO_HASHES
    assert seen(back, ANNEX).trouble is None
    assert back.files[CARE].order("intake", limit=9)
    exchange(*desks)  # a good one comes
    assert agree(*desks)
    forger.close()


def test_a_receipt_that_takes_something_back_is_not_believed(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    front, back, _ = desks
    back.write(last_name="Boggs")
    exchange(*desks)
    front.room._book.received.pop(back.house.own().stream.name)
    monkeypatch.setattr(front.room._incoming, "take", is_whole)
    front.round()
    swap(front.house.outbox, back.house.inbox)
    back.round()
    assert seen(back, FRONT).trouble is Trouble.SAYS_LESS


def test_what_a_newer_program_wrote_is_kept_until_this_one_is_updated(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    front, back, annex = desks
    with monkeypatch.context() as newer:
        newer.setattr(parcels, "FORMAT", 2)
        front.write(last_name="Boggs")
        front.round()
    annex.write(last_name="Bell")
    annex.round()
    for other in (front, annex):
        swap(other.house.outbox, back.house.inbox)
    back.round()
    assert seen(back, FRONT).trouble is Trouble.TOO_NEW
    assert len(back.files[CARE].order("intake", limit=9)) == 1
    assert bundles(back, front)
    monkeypatch.setattr(parcels, "FORMAT", 2)
    monkeypatch.setattr(receipts, "FORMAT", 2)
    exchange(*desks)
    assert agree(*desks)


def test_a_struck_station_counts_up_to_its_mark(desks: list[Desk], department: Department) -> None:
    front, back, annex = desks
    for last in ("Boggs", "Stolen"):
        front.write(last_name=last)
        front.round()
    stream = front.house.own().stream
    said = Said(EntryType.REVOCATION, FRONT, facts={"marks": {stream.epoch: 1}})
    department.write(said)
    signed_in_anew(desks)
    front, back, annex = desks
    for desk in (back, annex):
        swap(front.house.outbox, desk.house.inbox)
        state = desk.round()
        assert [one.is_struck for one in state.stations if one.station == FRONT] == [True]
        assert len(desk.files[CARE].order("intake", limit=9)) == 1
    exchange(back, annex)
    assert agree(back, annex)
    assert front.round().stopped is Trouble.STRUCK


def test_people_and_stations_that_are_new_are_known_in_the_same_round(
    desks: list[Desk], department: Department, tmp_path: Path, clock: FixedClock
) -> None:
    front, back, _ = desks
    before = set(department.registry.texts)
    nina = department.person("nina", Role.COORDINATOR)
    fourth = StationId("fourth")
    department.station_keys[fourth] = PrivateKey.make()
    department.enrol(fourth)
    made = StationHouse.made(department, fourth, tmp_path / "fourth", clock, Epoch("dddd01"))
    new = made.desk(nina)
    new.write(last_name="Boggs")
    new.round()
    swap(new.house.outbox, back.house.inbox)
    back.round()
    assert not back.files[CARE].order("intake", limit=9)  # nobody knows that station here
    front.enter(set(department.registry.texts) - before)
    front.round()
    swap(front.house.outbox, back.house.inbox)
    state = back.round()
    assert fourth in {one.station for one in state.stations}
    assert len(back.files[CARE].order("intake", limit=9)) == 1
    new.close()


def test_a_struck_station_that_still_works_can_learn_it(
    desks: list[Desk], department: Department
) -> None:
    """The last bundle before the new keys tells it; stores keep that one for its sake."""
    _, back, annex = desks
    exchange(*desks)
    known = {*department.registry.texts}
    department.write(Said(EntryType.REVOCATION, FRONT, facts={"marks": {}}))
    back.enter({*department.registry.texts} - known)
    back.round()
    exchange(back, annex)
    stream, wrote = back.house.own().stream.name, back.house.own().wrote
    done = json.loads(back.house.outbox.get(names.DONE) or b"{}")
    assert done.get(stream, 0) == wrote[stream].n - 1
    swap(back.house.outbox, desks[0].house.inbox)
    assert desks[0].round().stopped is Trouble.STRUCK
