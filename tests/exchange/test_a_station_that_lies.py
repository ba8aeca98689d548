"""A station that was let in and lies: it holds its own key, and stops nobody but itself."""

import json

import pytest
from forging import said_in, signed
from keyed_stations import BACK, FRONT, Department
from post_rooms import Desk, exchange

from intake_app.domain.exchange_state import Trouble
from intake_app.domain.plain_json import canonical
from intake_app.exchange.peers import MOST_EPOCHS
from intake_app.exchange.receipt_list import ReceiptList
from intake_app.exchange.receipts import MOST_NEED, read_receipt

SOME_HASH, OTHER_HASH = "ab" * 32, "cd" * 32


@pytest.fixture
def department(founded: Department) -> Department:
    """One of its own: its keys change."""
    return founded.copy()


@pytest.fixture
def begun(desks: list[Desk]) -> list[Desk]:
    """Both have spoken, and know each other; the front is the liar."""
    desks[0].write(last_name="Boggs")
    desks[1].write(last_name="Lowe")
    exchange(*desks)
    return desks


def newest(desk: Desk) -> str:
    """The newest receipt of a station's present epoch."""
    own = desk.house.own()
    name = f"r/{own.stream.name}.{own.counter}"
    return (desk.house.outbox.get(name) or b"").decode()


def say(front: Desk, back: Desk, epoch: str, counter: int, **other: object) -> None:
    """A receipt of the front, signed by it, as it comes to the back."""
    said = {**said_in(newest(front)), "epoch": epoch, "counter": counter, **other}
    pen = front.house.department.station_keys[FRONT]
    text = signed(pen, canonical(said))
    back.house.inbox.put(f"r/{FRONT}.{epoch}.{counter}", text.encode())


def claim(front: Desk, back: Desk, epochs: int, n: int) -> None:
    wrote = {f"{FRONT}.{one:06x}": [n, SOME_HASH] for one in range(epochs)}
    present = said_in(newest(front))["wrote"]
    say(front, back, "aaaa01", 500, wrote={**wrote, **present})


def test_what_it_claims_leaves_the_receipts_of_others_readable(
    begun: list[Desk], department: Department
) -> None:
    """More than a thousand missing bundles in one receipt, and nobody would have read it."""
    front, back = begun
    claim(front, back, epochs=100, n=40)
    for _ in range(3):
        back.round()
    told = read_receipt(department.sealing(FRONT), newest(back))
    assert 0 < len(told.need) <= MOST_NEED


def test_more_runs_of_numbers_than_anybody_begins_are_not_believed(begun: list[Desk]) -> None:
    front, back = begun
    before = newest(back)
    claim(front, back, epochs=MOST_EPOCHS, n=1)
    state = back.round()
    [liar] = [one for one in state.stations if one.station == FRONT]
    assert (liar.trouble, liar.missing) == (Trouble.ALTERED, ())
    assert newest(back) == before


@pytest.mark.timeout(120)
def test_it_contests_a_thousand_million_bundles_and_nobody_counts_to_that(
    begun: list[Desk],
) -> None:
    front, back = begun
    for epoch, sha256 in (("cccc01", SOME_HASH), ("dddd01", OTHER_HASH)):
        wrote = {f"{FRONT}.eeee01": [1_000_000_000, sha256], f"{FRONT}.{epoch}": [0, ""]}
        say(front, back, epoch, 1, wrote=wrote)
    assert back.round().stopped is None  # who counted would never come back


def test_it_names_keys_that_are_destroyed_and_the_others_go_on_sealing(begun: list[Desk]) -> None:
    front, back = begun
    back.room.turn_page()
    exchange(front, back, rounds=4)
    files = json.loads(json.dumps(said_in(newest(front))["files"]))
    for said in files.values():
        said["generation"] = 2
    stream = front.house.own().stream
    say(front, back, stream.epoch, 600, files=files)
    back.write(last_name="Quist")
    back.round()
    assert back.room.state().waits == 0
    assert ReceiptList.of(back.house.outbox.names("r")).newest(back.house.own().stream) > 0
    assert BACK in {one.station for one in back.room.state().stations}
