"""Who put a backup back is told so, until another station has confirmed something again."""

from post_rooms import Desk, exchange

from intake_app.domain.roles import Compartment

CARE = Compartment.CARE


def test_a_backup_that_was_put_back_is_told_until_it_is_confirmed(desks: list[Desk]) -> None:
    exchange(*desks)
    assert not desks[0].room.state().is_catching_up
    file = desks[0].house.folder / f"{CARE}.db"
    desks[0].files[CARE].database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = file.read_bytes()
    desks[0].write(last_name="Boggs")
    exchange(*desks)
    desks[0].close()
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    file.write_bytes(copy)
    desks[0] = desks[0].house.desk()
    assert desks[0].room.state().is_catching_up
    desks[0].write(last_name="Lowe")
    exchange(*desks)
    state = desks[0].room.state()
    assert state.is_put_back
    assert not state.is_catching_up
