"""What a station told of its audit chain, it must still have: its receipts lie with everybody."""

from post_rooms import Desk, StationHouse, exchange, swap

from intake_app.domain.act import Act
from intake_app.domain.audit_trail import BEGINNING, Place, link
from intake_app.domain.roles import Compartment
from intake_app.storage.audit import lines_after

CARE = Compartment.CARE


def told(houses: list[StationHouse]) -> tuple[Desk, Desk]:
    """Both wrote, heard each other, and have their own receipts back from the store."""
    front, back = houses[0].desk(), houses[1].desk()
    front.write(last_name="Boggs")
    back.write(last_name="Lowe")
    exchange(front, back)
    swap(houses[0].outbox, houses[0].inbox)
    front.round()
    return front, back


def rewritten(desk: Desk, n: int = 1) -> None:
    """Somebody with the key and their own tools changes a line, and binds all the others anew."""
    conn, before = desk.files[CARE].database.conn, BEGINNING
    conn.execute("UPDATE audit SET user='somebody else' WHERE n=?", (n,))
    for line in lines_after(desk.files[CARE].database, 0):
        before = Place(line.n, link(before.chain, line))
        conn.execute("UPDATE audit SET chain=? WHERE n=?", (before.chain, before.n))


def test_an_untouched_chain_has_all_that_was_told(houses: list[StationHouse]) -> None:
    front, back = told(houses)
    assert front.room.lost_heads() == {}
    assert back.room.lost_heads() == {}
    for _ in range(3):  # more lines since change nothing
        front.files[CARE].note(Act(front.who.id, "read intake"))
    assert front.room.lost_heads() == {}
    front.close()
    again = houses[0].desk(None, CARE)  # who does not hold the key cannot know
    assert again.room.lost_heads() == {}
    again.close()
    back.close()


def test_a_past_that_was_written_anew_is_noticed(houses: list[StationHouse]) -> None:
    front, back = told(houses)
    rewritten(front)
    assert front.files[CARE].verify_audit() > 0  # the chain itself holds
    assert front.room.lost_heads() == {CARE: True}
    assert back.room.lost_heads() == {}


def test_lines_taken_from_the_end_are_noticed(houses: list[StationHouse]) -> None:
    front, _ = told(houses)
    front.files[CARE].database.conn.execute("DELETE FROM audit WHERE n>1")
    assert front.files[CARE].verify_audit() == 1
    assert front.room.lost_heads() == {CARE: True}


def test_after_a_new_run_of_numbers_it_may_be_a_backup(houses: list[StationHouse]) -> None:
    front, _ = told(houses)
    front.files[CARE].database.conn.execute("DELETE FROM audit WHERE n>1")
    front.close()
    houses[0].own().begin_epoch()
    after = houses[0].desk()
    assert after.room.lost_heads() == {CARE: False}
    after.close()


def test_one_copy_of_the_receipt_is_enough(houses: list[StationHouse]) -> None:
    """The last one lies in the own tray; who takes it away there has not reached the store."""
    front, _ = told(houses)
    for name in houses[0].outbox.names("r"):
        houses[0].outbox.remove(name)
    rewritten(front)
    assert front.room.lost_heads() == {CARE: True}
