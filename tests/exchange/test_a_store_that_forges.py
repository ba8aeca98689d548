"""Whoever may write to a store, and has no key, puts forged things there: the exchange goes on."""

from pathlib import Path

import pytest
from forging import said_in, signed
from keyed_stations import BACK, Department
from places import founded, lay, visit
from post_rooms import Desk, agree

from intake_app.domain.plain_json import canonical
from intake_app.exchange.boxes import Box
from intake_app.exchange.receipt_list import ReceiptList
from intake_app.exchange.stores import OpenedStore
from intake_app.settings.stores import StoreEntry
from intake_app.vault.jose import PrivateKey

HIGH = (999_999_997, 999_999_998, 999_999_999)


@pytest.fixture
def share(department: Department, tmp_path: Path) -> StoreEntry:
    return founded(department, tmp_path / "share")


def go_round(desks: list[Desk], *stores: StoreEntry, times: int = 3) -> None:
    for _ in range(times):
        for desk in desks:
            desk.round()
            for store in stores:
                assert visit(desk.house, store).trouble == ""
            desk.round()


def receipt_of(desk: Desk) -> str:
    """The newest of a station."""
    desk.write(last_name="Amari")
    desk.round()
    own = desk.house.own()
    return (desk.house.outbox.get(f"r/{own.stream.name}.{own.counter}") or b"").decode()


def little(_box: Box) -> int:
    return 1_000_000


def forge(share: StoreEntry) -> None:
    """Of each stream in the store, receipts that nobody signed, with the highest numbers."""
    store, pen = Path(share.place), PrivateKey.make()
    for stream, counters in ReceiptList.of(OpenedStore(share).names("r")).counters.items():
        said = said_in((store / "r" / f"{stream.name}.{counters[0]}").read_text())
        for counter in HIGH:
            text = signed(pen, canonical({**said, "counter": counter}))
            (store / "r" / f"{stream.name}.{counter}").write_text(text)


def test_receipts_that_nobody_signed_stop_no_exchange(desks: list[Desk], share: StoreEntry) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    back.write(last_name="Lowe")
    go_round(desks, share)
    forge(share)
    front.write(last_name="Quist")
    back.write(last_name="Reyes")
    go_round(desks, share, times=4)
    assert agree(front, back)
    assert front.room.state().unconfirmed == back.room.state().unconfirmed == 0


def test_forged_receipts_do_not_travel_to_other_stores(
    desks: list[Desk], department: Department, share: StoreEntry, tmp_path: Path
) -> None:
    front, back = desks
    other = founded(department, tmp_path / "other")
    front.write(last_name="Boggs")
    back.write(last_name="Lowe")
    go_round(desks, share, other)
    forge(share)
    for _ in range(2):  # nobody is signed in meanwhile: they are carried, and not believed
        visit(back.house, share)
        visit(back.house, other)
    front.write(last_name="Quist")
    go_round(desks, other, share)
    assert agree(front, back)
    left = [lay(Path(store.place)) for store in (share, other)]
    assert not [name for found in left for name in found if name.endswith("99999999")]


def test_a_forged_receipt_keeps_no_bundle_off_a_stick(
    desks: list[Desk], department: Department, share: StoreEntry, tmp_path: Path
) -> None:
    """It says that the other station has everything already."""
    front, back = desks
    front.write(last_name="Boggs")
    go_round(desks, share)
    front.write(last_name="Quist")
    front.round()
    stick = founded(department, tmp_path / "stick")
    stream, pen = back.house.own().stream, PrivateKey.make()
    received = {front.house.own().stream.name: [900, "ab" * 32]}
    told = {**said_in(receipt_of(back)), "counter": HIGH[0], "received": received}
    (Path(stick.place) / "r").mkdir()
    name = f"r/{stream.name}.{HIGH[0]}"
    (Path(stick.place) / name).write_text(signed(pen, canonical(told)))
    assert visit(front.house, stick, to=(BACK,)).went.bundles == 1


def test_a_store_that_lists_without_end_leaves_people_room(
    desks: list[Desk], share: StoreEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Receipts of stations that nobody knows would fill the disk, round by round."""
    front, _ = desks
    said = said_in(receipt_of(front))
    (Path(share.place) / "r").mkdir(exist_ok=True)
    for n in range(5):
        text = signed(
            PrivateKey.make(), canonical({**said, "station": f"stranger-{n}", "wrote": {}})
        )
        (Path(share.place) / f"r/stranger-{n}.aaaa01.{said['counter']}").write_text(text)
    monkeypatch.setattr(Box, "room", little)
    assert visit(front.house, share).trouble == "DiskFull"
    assert front.house.inbox.names("r") == []
