"""A new generation of keys: stations go over to it in their own time, and nothing is lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from keyed_stations import BACK, Department
from post_rooms import Desk, StationHouse, agree, exchange, swap

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import NotAllowed
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.roles import Compartment

CARE = Compartment.CARE
ANNEX = StationId("annex")


@pytest.fixture
def department(founded: Department) -> Department:
    """One of its own: its keys change."""
    return founded.copy()


def again(desks: list[Desk]) -> None:
    """Everybody signs in anew: keys that were handed on are there."""
    for place, desk in enumerate(desks):
        desk.close()
        desks[place] = desk.house.desk()


def filled(desk: Desk) -> int:
    """Changes that came in a snapshot."""
    sql = "SELECT count(*) FROM change WHERE stream='snapshot/0'"
    return desk.files[CARE].database.conn.execute(sql).fetchone()[0]


def generations(desk: Desk) -> set[int]:
    return set(desk.keys.opened(CARE).generations)


def test_all_go_over_and_the_old_key_is_destroyed(desks: list[Desk], clock: FixedClock) -> None:
    desks[0].write(last_name="Boggs")
    exchange(*desks)
    desks[0].room.turn_page()
    new = max(generations(desks[0]))
    assert new > 1
    for _ in range(4):
        again(desks)
        clock.at += timedelta(minutes=16)
        for desk in desks:
            desk.write(last_name="Lowe")
        exchange(*desks)
    assert agree(*desks)
    assert [generations(desk) for desk in desks] == [{new}, {new}]
    epochs = {len(desk.house.own().wrote) for desk in desks}
    assert min(epochs) > 1


def test_it_waits_for_a_station_that_is_behind(desks: list[Desk]) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    exchange(front, back)
    front.write(last_name="Lowe")
    state = front.room.turn_page()
    assert generations(front) == {1}
    assert state.page_waits_for == (BACK,)
    exchange(front, back)
    assert len(generations(front)) == 2
    assert front.room.state().page_waits_for == ()


def test_who_holds_no_records_turns_no_page(houses: list[StationHouse]) -> None:
    desk = houses[0].desk(None, CARE, Compartment.CASES, Compartment.SEALED)
    with pytest.raises(NotAllowed):
        desk.room.turn_page()
    desk.close()


def test_what_was_on_its_way_is_given_again_under_the_new_key(
    desks: list[Desk], clock: FixedClock
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    exchange(front, back)
    back.write(last_name="Lowe")
    back.round()  # a bundle under the old key, that nobody has fetched yet
    front.room.turn_page()
    again(desks)
    for _ in range(4):
        clock.at += timedelta(minutes=16)
        exchange(*desks)
        again(desks)
    assert agree(*desks)


def enrolled(department: Department, folder: Path, clock: FixedClock) -> StationHouse:
    from intake_app.vault.jose import PrivateKey  # noqa: PLC0415 (a new station's own key)

    department.station_keys[ANNEX] = PrivateKey.make()
    department.enrol(ANNEX)
    return StationHouse.made(department, ANNEX, folder, clock, Epoch("cccc01"))


def test_a_new_station_is_filled_from_a_snapshot(
    desks: list[Desk], department: Department, tmp_path: Path, clock: FixedClock
) -> None:
    for n in range(30):
        desks[0].write(last_name=f"Boggs {n}")
    exchange(*desks)
    desks[0].room.turn_page()
    again(desks)
    for _ in range(4):
        clock.at += timedelta(minutes=16)
        exchange(*desks)
        again(desks)
    house = enrolled(department, tmp_path / "annex", clock)
    again(desks)
    for desk in desks:
        desk.round()
    newcomer = house.desk()
    for _ in range(4):
        clock.at += timedelta(minutes=16)
        exchange(*desks, newcomer)
    assert agree(*desks, newcomer)
    assert filled(newcomer) == 30
    newcomer.close()


def test_filling_stops_for_somebody_and_goes_on(
    desks: list[Desk], department: Department, tmp_path: Path, clock: FixedClock
) -> None:
    for n in range(5):
        desks[0].write(last_name=f"Boggs {n}")
    exchange(*desks)
    house = enrolled(department, tmp_path / "annex", clock)
    again(desks)
    exchange(*desks)
    newcomer = house.desk()
    for desk in desks:
        swap(desk.house.outbox, newcomer.house.inbox)
    assert newcomer.house.inbox.folders("p")
    state = newcomer.room.round(is_wanted=lambda: True)
    assert state.is_unfinished
    assert not newcomer.files[CARE].order("intake", limit=50)
    for _ in range(3):
        exchange(*desks, newcomer)
    assert agree(*desks, newcomer)
    assert filled(newcomer) == 5
    newcomer.close()


def test_a_station_put_back_behind_the_page_is_filled_again(
    desks: list[Desk], clock: FixedClock
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    exchange(front, back)
    old = back.files[CARE]
    old.database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = (back.house.folder / "care.db").read_bytes()
    front.write(last_name="Lowe")
    exchange(front, back)
    front.room.turn_page()
    for _ in range(4):
        clock.at += timedelta(minutes=16)
        again(desks)
        exchange(*desks)
    assert len(generations(desks[1])) == 1
    desks[1].close()
    for ending in ("", "-wal", "-shm"):
        (desks[1].house.folder / f"care.db{ending}").unlink(missing_ok=True)
    (desks[1].house.folder / "care.db").write_bytes(copy)
    desks[1] = desks[1].house.desk()
    for _ in range(5):
        clock.at += timedelta(minutes=16)
        exchange(*desks)
        again(desks)
    assert agree(*desks)


def test_where_nobody_else_holds_just_the_same_a_person_is_asked(
    desks: list[Desk], department: Department, tmp_path: Path, clock: FixedClock
) -> None:
    """Each has written something that the other has not merged when the snapshots are written."""
    for n in range(5):
        desks[0].write(last_name=f"Boggs {n}")
    exchange(*desks)
    desks[0].room.turn_page()
    for _ in range(5):
        again(desks)
        clock.at += timedelta(minutes=16)
        exchange(*desks)
    clock.at += timedelta(minutes=16)
    for desk in desks:
        desk.write(last_name="Meanwhile")
        desk.round()
    house = enrolled(department, tmp_path / "annex", clock)
    again(desks)
    for desk in desks:
        desk.round()
    newcomer = house.desk()
    for desk in desks:
        swap(desk.house.outbox, newcomer.house.inbox)
    newcomer.round()
    for desk in desks:
        swap(desk.house.outbox, newcomer.house.inbox)
    told = newcomer.round()
    assert told.only_from in {desk.house.own().stream.station for desk in desks}
    assert filled(newcomer) == 0
    assert newcomer.room.trust_snapshot().only_from == ""
    assert filled(newcomer) >= 5
    newcomer.close()


def test_a_station_without_one_of_the_files_keeps_no_bundles_behind_the_page(
    houses: list[StationHouse], clock: FixedClock
) -> None:
    """Else they would lie there for ever: that file never takes them."""
    front = houses[0].desk()
    (houses[1].folder / "sealed.db").unlink()
    back = houses[1].desk(None, Compartment.SEALED)
    front.write(last_name="Boggs")
    exchange(front, back)
    stream = front.house.own().stream
    folder = f"s/{stream.folder(front.house.department.agency)}"
    assert back.house.inbox.names(folder)
    front.room.turn_page()
    for _ in range(6):
        for desk in (front, back):
            desk.close()
        front, back = houses[0].desk(), houses[1].desk(None, Compartment.SEALED)
        clock.at += timedelta(minutes=16)
        exchange(front, back)
    assert front.house.own().stream != stream
    assert back.house.inbox.names(folder) == []
    assert filled(back) == 1
    for desk in (front, back):
        desk.close()
