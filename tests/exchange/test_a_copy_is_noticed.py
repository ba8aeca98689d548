"""An older copy of a profile begins a new epoch; two copies of one never lose a change."""

import shutil
from datetime import timedelta
from pathlib import Path

from post_rooms import Desk, StationHouse, agree, exchange, swap

from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange_state import Trouble
from intake_app.domain.roles import Compartment

CARE = Compartment.CARE


def kept(desk: Desk, name: Compartment = CARE) -> bytes:
    """A copy of one file, as a backup holds it."""
    desk.files[name].database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (desk.house.folder / f"{name}.db").read_bytes()


def put_back(desk: Desk, copy: bytes, name: Compartment = CARE) -> Desk:
    desk.close()
    for ending in ("", "-wal", "-shm"):
        (desk.house.folder / f"{name}.db{ending}").unlink(missing_ok=True)
    (desk.house.folder / f"{name}.db").write_bytes(copy)
    return desk.house.desk()


def test_a_backup_that_is_put_back_twice_loses_nothing_that_was_sent(desks: list[Desk]) -> None:
    exchange(*desks)
    copy = kept(desks[0])
    sent = [desks[0].write(last_name="Boggs")]
    exchange(*desks)
    for last in ("Lowe", "Bell"):
        desks[0] = put_back(desks[0], copy)
        sent.append(desks[0].write(last_name=last))
        exchange(*desks)
    assert len(desks[0].house.own().wrote) == 3
    assert agree(*desks)
    assert all(desks[0].files[CARE].record(change.record) for change in sent)
    assert len({change.id for change in sent}) == 3


def test_files_of_different_days_are_put_back_together(desks: list[Desk]) -> None:
    exchange(*desks)
    monday = kept(desks[0])
    desks[0].write(last_name="Boggs")
    exchange(*desks)
    tuesday = kept(desks[0], Compartment.CASES)
    desks[0].write(to=Compartment.CASES, last_name="Lowe")
    exchange(*desks)
    desks[0] = put_back(desks[0], monday)
    desks[0] = put_back(desks[0], tuesday, Compartment.CASES)
    exchange(*desks)
    assert agree(*desks)


def test_what_was_only_received_is_noticed_as_well(desks: list[Desk]) -> None:
    exchange(*desks)
    copy = kept(desks[0])
    desks[1].write(last_name="Boggs")
    exchange(*desks)
    desks[0] = put_back(desks[0], copy)
    assert len(desks[0].house.own().wrote) == 2
    exchange(*desks, rounds=5)
    assert agree(*desks)


def test_a_file_that_was_shut_is_no_old_copy(houses: list[StationHouse], desks: list[Desk]) -> None:
    exchange(*desks)
    desks[0].close()
    desks[0] = houses[0].desk(None, CARE)
    desks[0].write(to=Compartment.CASES, last_name="Lowe")
    exchange(*desks)
    desks[0].close()
    desks[0] = houses[0].desk()
    assert len(houses[0].own().wrote) == 1


def copied(desk: Desk, folder: Path) -> Desk:
    """The whole profile on another machine, and both work on."""
    clock = FixedClock(desk.house.clock.at + timedelta(seconds=1))
    twin = StationHouse(desk.house.department, desk.house.station, folder, clock)
    shutil.copytree(desk.house.folder, folder)
    return twin.desk()


def test_two_machines_with_one_identity_stop_go_on_and_are_told(
    desks: list[Desk], tmp_path: Path, clock: FixedClock
) -> None:
    front, back = desks
    exchange(front, back)
    twin = copied(front, tmp_path / "twin")
    changes = [front.write(last_name="Boggs"), twin.write(last_name="Lowe")]
    front.round()
    twin.round()
    swap(front.house.outbox, back.house.inbox)
    changes.append(front.write(last_name="Bell"))
    front.round()
    swap(front.house.outbox, twin.house.inbox)
    assert twin.round().stopped is Trouble.OLD_COPY
    before = twin.house.outbox.names("r")
    twin.write(last_name="Waits")
    twin.round()
    assert twin.house.outbox.names("r") == before  # nothing at all goes
    twin.room.begin_anew()
    stops = set[Trouble | None]()
    for _ in range(8):
        clock.at += timedelta(minutes=16)
        twin.house.clock.at += timedelta(minutes=16)
        for desk in (front, twin):
            state = desk.round()
            stops.add(state.stopped)
            if state.stopped is Trouble.OLD_COPY:
                desk.room.begin_anew()
        exchange(front, twin, back, rounds=1)
    assert Trouble.COPIED in stops
    epochs = len(front.house.own().wrote), len(twin.house.own().wrote)
    exchange(front, twin, back)
    assert (len(front.house.own().wrote), len(twin.house.own().wrote)) == epochs  # no loop
    assert agree(front, twin, back)
    assert all(back.files[CARE].record(change.record) for change in changes)
    twin.close()
