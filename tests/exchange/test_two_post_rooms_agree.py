"""Two stations exchange what was written on each, by their trays alone."""

from datetime import timedelta

from keyed_stations import BACK
from post_rooms import Desk, StationHouse, agree, exchange, swap

from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Compartment


def test_what_one_wrote_the_other_reads(desks: list[Desk]) -> None:
    front, back = desks
    change = front.write(last_name="Boggs")
    back.write(last_name="Lowe")
    exchange(front, back)
    assert agree(front, back)
    found = back.files[Compartment.CARE].record(change.record)
    assert found is not None
    assert found.values == {"last_name": "Boggs"}
    state = front.room.state()
    assert (state.waits, state.unconfirmed, state.confirmed_by) == (0, 0, BACK)


def test_nothing_new_writes_nothing(desks: list[Desk]) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    exchange(front, back)
    before = front.house.outbox.names("r"), back.house.outbox.names("r")
    exchange(front, back)
    assert (front.house.outbox.names("r"), back.house.outbox.names("r")) == before


def test_bundles_come_no_closer_than_fifteen_minutes(desks: list[Desk], clock: FixedClock) -> None:
    front, _ = desks
    front.write(last_name="Boggs")
    assert front.round(cut_now=False).waits == 0
    front.write(last_name="Lowe")
    clock.at += timedelta(minutes=14)
    state = front.round(cut_now=False)
    assert state.waits == 1
    assert state.next_cut.startswith("2026-11-23T14:55")
    clock.at += timedelta(minutes=1)
    assert front.round(cut_now=False).waits == 0


def test_a_clock_that_jumps_back_blocks_nothing(desks: list[Desk], clock: FixedClock) -> None:
    front, _ = desks
    clock.at += timedelta(days=365)
    front.write(last_name="Boggs")
    front.round(cut_now=False)
    clock.at -= timedelta(days=365)
    front.write(last_name="Lowe")
    assert front.round(cut_now=False).waits == 0


def test_a_file_that_is_not_open_catches_up_later(houses: list[StationHouse]) -> None:
    front, back = houses[0].desk(), houses[1].desk(None, Compartment.CARE)
    front.write(last_name="Boggs")
    exchange(front, back)
    assert back.house.inbox.folders("s")  # they wait for who holds the key
    back.close()
    later = houses[1].desk()
    exchange(front, later)
    assert agree(front, later)
    for desk in (front, later):
        desk.round()
        assert not [n for folder in desk.house.inbox.folders("s")
                    for n in desk.house.inbox.names(folder)]  # fmt: skip
        desk.close()


def test_a_flipped_bit_stops_nobody_for_ever(desks: list[Desk]) -> None:
    front, back = desks
    exchange(front, back)
    front.write(last_name="Boggs")
    front.round()
    swap(front.house.outbox, back.house.inbox)
    (folder,) = back.house.inbox.folders("s")
    (name,) = back.house.inbox.names(folder)
    whole = back.house.inbox.get(name) or b""
    back.house.inbox.put(name, whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])
    state = back.round()
    assert state.stations[1].trouble == "altered"
    assert state.stations[1].missing == ((1, 1),)
    back.house.inbox.put(name, whole)
    assert back.round().stations[1].trouble is None
    exchange(front, back)
    assert agree(front, back)
