"""The carrier: two real stations agree through a folder, with no key in the carrier's hands."""

from pathlib import Path

import pytest
from keyed_stations import BACK, FRONT, Department
from places import HUB, bounded, founded, lay, marker_of, trays_of, visit
from post_rooms import Desk, StationHouse, agree

from intake_app.domain.exchange import Mark, Receipt, Stream, Wanted
from intake_app.domain.ids import Epoch
from intake_app.exchange import names
from intake_app.exchange.boxes import Box
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.receipts import write_receipt
from intake_app.exchange.store import MOST
from intake_app.exchange.stores import OpenedStore
from intake_app.settings.stores import StoreEntry

FRONTS = Stream(FRONT, Epoch("aaaa01"))


@pytest.fixture
def share(department: Department, tmp_path: Path) -> StoreEntry:
    return founded(department, tmp_path / "share")


def go_round(desks: list[Desk], share: StoreEntry, times: int = 3) -> None:
    for _ in range(times):
        for desk in desks:
            desk.round()
            assert visit(desk.house, share).trouble == ""
            desk.round()


def _little(_box: Box) -> int:
    return 1_000_000


class Counting(OpenedStore):
    """A store that notes what it is asked."""

    def __init__(self, entry: StoreEntry) -> None:
        super().__init__(entry)
        self.asked: list[tuple[str, str]] = []

    def get(self, name: str, most: int = MOST) -> bytes | None:
        self.asked.append(("get", name))
        return super().get(name, most)

    def put(self, name: str, data: bytes) -> None:
        self.asked.append(("put", name))
        super().put(name, data)

    def names(self, folder: str) -> list[str]:
        self.asked.append(("list", folder))
        return super().names(folder)

    def remove(self, name: str) -> None:
        self.asked.append(("remove", name))
        super().remove(name)


def test_two_stations_agree_through_a_folder(desks: list[Desk], share: StoreEntry) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    back.write(last_name="Lowe")
    go_round(desks, share)
    assert agree(front, back)
    assert front.room.state().unconfirmed == back.room.state().unconfirmed == 0


def test_nothing_new_is_two_questions(desks: list[Desk], share: StoreEntry) -> None:
    desks[0].write(last_name="Boggs")
    go_round(desks, share)
    visit(desks[0].house, share)
    store = Counting(share)
    visit(desks[0].house, share, store)
    assert store.asked == [("get", "hub.json"), ("list", "r")]


def test_a_receipt_is_written_after_the_bundles_it_names(
    desks: list[Desk], share: StoreEntry
) -> None:
    front, _ = desks
    for name in ("Boggs", "Lowe", "Pruitt"):
        front.write(last_name=name)
        front.round()
    store = Counting(share)
    told = visit(front.house, share, store)
    agency = front.house.department.agency
    bundles = [names.bundle(agency, FRONTS, n) for n in (1, 2, 3)]
    put = [name for what, name in store.asked if what == "put" and not name.startswith("p/")]
    assert put == [*bundles, "r/front.aaaa01.3"]
    assert (told.went.bundles, told.went.receipts, told.went.stations) == (3, 1, {"front"})


def test_an_older_receipt_goes_when_the_newer_one_is_there(
    desks: list[Desk], share: StoreEntry
) -> None:
    front, _ = desks
    for name in ("Boggs", "Lowe"):
        front.write(last_name=name)
        front.round()
        visit(front.house, share)
    assert OpenedStore(share).names("r") == ["r/front.aaaa01.2"]


@pytest.mark.parametrize("step", range(9))
def test_killed_before_any_write_the_next_round_ends_it(
    desks: list[Desk], share: StoreEntry, step: int
) -> None:
    front, back = desks
    for name in ("Boggs", "Lowe"):
        front.write(last_name=name)
        front.round()

    class Killed(BaseException):
        pass

    class Dying(Counting):
        def put(self, name: str, data: bytes) -> None:
            if len(self.asked) > step:
                raise Killed
            super().put(name, data)

    try:
        visit(front.house, share, Dying(share))
    except Killed:
        seen = OpenedStore(share)
        receipts = seen.names("r")
        bundles = seen.names(f"s/{FRONTS.folder(front.house.department.agency)}")
        assert not receipts or len(bundles) == 2, "no receipt before its bundles"
    visit(front.house, share)
    visit(back.house, share)
    back.round()
    assert agree(front, back)


def test_bounds_hold_and_the_next_round_goes_on(desks: list[Desk], share: StoreEntry) -> None:
    front, back = desks
    for name in ("Boggs", "Lowe", "Pruitt", "Tackett"):
        front.write(last_name=name)
        front.round()
    visit(front.house, share)
    rounds = 0
    while not (told := bounded(back.house, share, objects=2)).is_whole:
        rounds += 1
        assert told.came.objects <= 2
        assert rounds < 9
    assert rounds >= 2
    back.round()
    assert agree(front, back)


def test_a_hole_is_named_and_nothing_behind_it_is_fetched(
    desks: list[Desk], share: StoreEntry
) -> None:
    front, back = desks
    for name in ("Boggs", "Lowe", "Pruitt"):
        front.write(last_name=name)
        front.round()
    visit(front.house, share)
    agency = front.house.department.agency
    lost = Path(share.place) / names.bundle(agency, FRONTS, 2)
    lost.unlink()
    told = visit(back.house, share)
    assert told.missing == [Wanted("front.aaaa01", 2)]
    assert back.house.inbox.has(names.bundle(agency, FRONTS, 1))


def test_what_is_missing_is_asked_for_and_given_again(desks: list[Desk], share: StoreEntry) -> None:
    front, back = desks
    for name in ("Boggs", "Lowe", "Pruitt"):
        front.write(last_name=name)
        front.round()
    visit(front.house, share)
    (Path(share.place) / names.bundle(front.house.department.agency, FRONTS, 2)).unlink()
    go_round([back, front], share)
    go_round([back, front], share)
    assert agree(front, back)


@pytest.mark.parametrize("size", [0, 10, 4000])
def test_a_bundle_that_was_cut_short_is_not_brought_home(
    desks: list[Desk], share: StoreEntry, size: int
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    front.round()
    visit(front.house, share)
    name = names.bundle(front.house.department.agency, FRONTS, 1)
    place = Path(share.place) / name
    whole = place.read_bytes()
    place.write_bytes(whole[:size])
    assert visit(back.house, share).missing == [Wanted("front.aaaa01", 1)]
    assert not back.house.inbox.has(name)
    place.write_bytes(whole)
    assert visit(back.house, share).missing == []


def test_a_third_station_relays_between_two_stores(
    desks: list[Desk], department: Department, share: StoreEntry, tmp_path: Path
) -> None:
    front, back = desks
    other = founded(department, tmp_path / "other")
    front.write(last_name="Boggs")
    front.round()
    visit(front.house, share)
    middle = StationHouse(department, BACK, tmp_path / "middle", front.house.clock)
    middle.folder.mkdir()
    visit(middle, share)
    visit(middle, other)
    visit(back.house, other)
    back.round()
    assert agree(front, back)


def test_what_is_not_whole_here_is_not_relayed_yet(
    desks: list[Desk], department: Department, share: StoreEntry, tmp_path: Path
) -> None:
    front, back = desks
    other = founded(department, tmp_path / "other")
    for name in ("Boggs", "Lowe", "Pruitt"):
        front.write(last_name=name)
        front.round()
    visit(front.house, share)
    bounded(back.house, share, objects=2)
    visit(back.house, other)
    assert OpenedStore(other).names("r") == []
    visit(back.house, share)
    visit(back.house, other)
    assert OpenedStore(other).names("r") == ["r/front.aaaa01.3"]


def test_own_bundles_that_all_have_leave_the_store(
    department: Department, desks: list[Desk], share: StoreEntry, tmp_path: Path
) -> None:
    front, _ = desks
    for name in ("Boggs", "Lowe", "Pruitt"):
        front.write(last_name=name)
        front.round()
    visit(front.house, share)
    front.house.outbox.put(names.DONE, b'{"front.aaaa01": 2, "back.bbbb01": 9}')
    visit(front.house, share)
    folder = f"s/{FRONTS.folder(front.house.department.agency)}"
    assert OpenedStore(share).names(folder) == [f"{folder}/3"]
    store = Counting(share)
    visit(front.house, share, store)
    assert len(store.asked) == 2, "it remembers that they are gone"
    other = founded(department, tmp_path / "other")
    assert visit(front.house, other).went.bundles == 1, "what all have goes nowhere else"


@pytest.mark.parametrize("marker", [b"", b"nonsense", b"another"])
def test_a_store_with_another_marker_is_not_written_to(
    desks: list[Desk], share: StoreEntry, marker: bytes
) -> None:
    desks[0].write(last_name="Boggs")
    desks[0].round()
    (Path(share.place) / "hub.json").write_bytes(marker)
    told = visit(desks[0].house, share)
    assert told.trouble == "MarkerRefused"
    assert told.marker == marker.decode()
    assert list(lay(Path(share.place))) == ["hub.json"]


def test_a_newer_marker_is_shown_to_who_has_keys(
    department: Department, desks: list[Desk], share: StoreEntry
) -> None:
    newer = marker_of(department, issue=2)
    (Path(share.place) / "hub.json").write_text(newer)
    told = visit(desks[0].house, share)
    assert (told.trouble, told.marker) == ("MarkerRefused", newer)


def test_a_store_that_lost_its_marker_is_left_alone(desks: list[Desk], share: StoreEntry) -> None:
    desks[0].write(last_name="Boggs")
    desks[0].round()
    (Path(share.place) / "hub.json").unlink()
    assert visit(desks[0].house, share).trouble == "MarkerRefused"
    assert lay(Path(share.place)) == {}


def test_an_own_receipt_that_is_ahead_is_brought_home_and_not_written_over(
    desks: list[Desk], share: StoreEntry
) -> None:
    """A copy of this profile went on: the post room must see it."""
    front, _ = desks
    front.write(last_name="Boggs")
    front.round()
    ours = front.house.outbox.get("r/front.aaaa01.1") or b""
    for name in ("Lowe", "Pruitt"):
        front.write(last_name=name)
        front.round()
    visit(front.house, share)
    front.house.outbox.remove("r/front.aaaa01.3")
    front.house.outbox.put("r/front.aaaa01.1", ours)
    before = lay(Path(share.place))
    visit(front.house, share)
    assert front.house.inbox.has("r/front.aaaa01.3")
    assert lay(Path(share.place)) == before


def test_a_forged_receipt_of_a_high_number_hides_no_other(
    desks: list[Desk], share: StoreEntry
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    front.round()
    visit(front.house, share)
    (Path(share.place) / "r" / "front.aaaa01.999999").write_bytes(b"no receipt")
    visit(back.house, share)
    assert back.house.inbox.names("r") == ["r/front.aaaa01.1"]


def test_a_link_on_a_stick_leads_nowhere(
    desks: list[Desk], share: StoreEntry, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of this computer")
    (Path(share.place) / "r").mkdir()
    (Path(share.place) / "r" / "front.aaaa01.7").symlink_to(secret)
    assert visit(desks[1].house, share).trouble == "StoreGarbled"
    assert desks[1].house.inbox.names("r") == []


def test_a_claim_of_a_billion_bundles_costs_one_question(
    desks: list[Desk], share: StoreEntry, department: Department
) -> None:
    claim = Receipt(
        department.agency, FRONTS, 7, {FRONTS.name: Mark(1_000_000_000, "ab" * 32)}, {}, {}
    )
    text = write_receipt(department.sealing(FRONT), claim)
    store = Counting(share)
    store.trust(share.marker.encode())
    store.put("r/front.aaaa01.7", text.encode())
    store.asked.clear()
    told = visit(desks[1].house, share, store)
    assert told.missing == [Wanted(FRONTS.name, 1)]
    assert len(store.asked) == 5
    visit(desks[1].house, founded(department, Path(share.place).with_name("other")))


def test_requests_answers_ledgers_and_snapshots_go_too(
    desks: list[Desk], share: StoreEntry
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    front.round()
    out = front.house.outbox
    out.put("l/front", b"ledger")
    out.put("q/front", b"request")
    out.put("p/snap/0", b"part")
    out.put("p/half/0", b"part")
    out.put("p/snap/end", b"end")
    visit(front.house, share)
    assert "p/half/0" not in lay(Path(share.place)), "not finished yet"
    back.house.outbox.put(names.WANTED, b'["snap", "../x", 7]')
    assert visit(back.house, share, asks_requests=True).trouble == ""
    inbox = back.house.inbox
    assert inbox.get("q/front") == b"request"
    assert inbox.names("p/snap") == ["p/snap/0", "p/snap/end"]
    assert inbox.names("l") == ["l/front"]
    store = OpenedStore(share)
    store.trust(share.marker.encode())
    store.put("a/front", b"answer")
    visit(front.house, share)
    assert front.house.inbox.get("a/front") == b"answer"


def test_what_is_for_named_stations_only_is_what_they_lack(
    desks: list[Desk], department: Department, share: StoreEntry, tmp_path: Path
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    go_round(desks, share)
    front.write(last_name="Lowe")
    front.round()
    other = founded(department, tmp_path / "other")
    told = carry(
        trays_of(front.house), OpenedStore(other),
        Errand(HUB, remembered(other.marker), to=(BACK,)),
    )  # fmt: skip
    assert told.went.bundles == 1
    visit(back.house, other)
    back.round()
    assert agree(front, back)


def test_a_station_with_the_name_of_a_device_ends_no_round(
    department: Department, desks: list[Desk], share: StoreEntry
) -> None:
    folder = Path(share.place) / "r"
    folder.mkdir()
    for station in ("con", "nul", "evil-", "-evil"):
        (folder / f"{station}.aaaa01.1").write_bytes(b"x")
    desks[0].write(last_name="Boggs")
    go_round(desks, share)
    assert desks[0].room.state().unconfirmed == 0


def test_people_keep_room_on_a_disk_that_is_nearly_full(
    desks: list[Desk], share: StoreEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, back = desks
    front.write(last_name="Boggs")
    front.round()
    visit(front.house, share)
    monkeypatch.setattr(Box, "room", _little)
    told = visit(back.house, share)
    assert (told.trouble, told.came.bundles) == ("DiskFull", 0)
    monkeypatch.undo()
    assert visit(back.house, share).came.bundles == 1


def test_a_snapshot_that_was_replaced_leaves_the_store(
    desks: list[Desk], share: StoreEntry
) -> None:
    house = desks[0].house
    for name in ("p/old/0", "p/old/1", "p/old/end"):
        house.outbox.put(name, b"sealed")
    visit(house, share)
    assert OpenedStore(share).names("p/old") == ["p/old/0", "p/old/1", "p/old/end"]
    for name in house.outbox.names("p/old"):
        house.outbox.remove(name)
    visit(house, share)
    assert OpenedStore(share).names("p/old") == []
    store = Counting(share)
    visit(house, share, store)
    assert ("list", "p/old") not in store.asked
