"""What a carrier or an insider lays into `in/` changes no record; the good thing is taken later.

Real files, real keys, a real post room: after each attack the back's files are compared, and then
the untouched bundles and receipts come, and both stations hold the same.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from forging import flipped, joined, said_in, signed, swapped
from keyed_stations import BACK, FRONT, STRANGER, Department
from post_rooms import Desk, StationHouse, agree, exchange, swap

from intake_app.domain.change import DELETED, Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.exchange import Stream
from intake_app.domain.exchange_state import ExchangeState, StationState, Trouble
from intake_app.domain.ids import ChangeId, Epoch, UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.bundles import BundlePlace, write_bundle
from intake_app.exchange.parcels import Lines
from intake_app.exchange.receipts import peek_receipt

CARE, STATION = Compartment.CARE, Compartment.STATION
EPOCHS = {FRONT: Epoch("aaaa01"), BACK: Epoch("bbbb01")}
FRONT_STREAM = Stream(FRONT, EPOCHS[FRONT])
AT = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


@dataclass
class Attack:
    """The back has one bundle of the front; two more, and the receipt, are on their way."""

    front: Desk
    back: Desk

    def __post_init__(self) -> None:
        self.before = self.held()

    @property
    def agency(self) -> str:
        return self.front.house.department.agency

    def held(self) -> list[tuple[object, ...]]:
        """All that the back's files hold."""
        return [
            (file.digest(), [sorted(r.values.items()) for r in file.of_kind("intake")])
            for file in self.back.files.values()
        ]

    def name(self, n: int) -> str:
        return names.bundle(self.agency, FRONT_STREAM, n)

    def bundle(self, n: int) -> bytes:
        return self.front.house.outbox.get(self.name(n)) or b""

    def receipt(self) -> tuple[str, str]:
        """Name and text of the front's newest."""
        name = self.front.house.outbox.names("r")[0]
        return name, (self.front.house.outbox.get(name) or b"").decode()

    def lay(self, name: str, data: bytes) -> None:
        self.back.house.inbox.put(name, data)

    def lay_receipt(self, **other: object) -> None:
        """The front's newest receipt, said otherwise, and signed with its own key."""
        name, text = self.receipt()
        said = {**said_in(text), **other}
        pen = self.front.house.department.station_keys[FRONT]
        counter = said["counter"]
        name = f"r/{FRONT_STREAM.name}.{counter}"
        self.lay(name, signed(pen, canonical(said)).encode())

    def deliver(self) -> None:
        swap(self.front.house.outbox, self.back.house.inbox)

    def of_front(self, state: ExchangeState) -> StationState:
        return next(one for one in state.stations if one.station == FRONT)

    def recovers(self) -> bool:
        """Whether both agree once the good things come, and the two names are there."""
        for name in self.back.house.inbox.names("r"):
            self.back.house.inbox.remove(name)
        for _ in range(2):
            self.deliver()
            exchange(self.front, self.back)
        shown = {r.values.get("last_name") for r in self.back.files[CARE].of_kind("intake")}
        return agree(self.front, self.back) and shown == {"Boggs", "Lowe", "Quist"}


@pytest.fixture(scope="module")
def under_way(department: Department, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each attack is made on a copy."""
    folder, clock = tmp_path_factory.mktemp("under way"), FixedClock(AT)
    for station, epoch in EPOCHS.items():
        StationHouse.made(department, station, folder / station, clock, epoch)
    front, back = open_desks(department, folder, clock)
    front.write(last_name="Boggs")
    exchange(front, back)
    for last_name in ("Lowe", "Quist"):
        front.write(last_name=last_name)
        front.round()
    front.close()
    back.close()
    return folder


@pytest.fixture
def attack(
    department: Department, under_way: Path, quick: Path, clock: FixedClock
) -> Iterator[Attack]:
    shutil.copytree(under_way, quick, dirs_exist_ok=True)
    front, back = open_desks(department, quick, clock)
    yield Attack(front, back)
    front.close()
    back.close()


def open_desks(department: Department, folder: Path, clock: FixedClock) -> tuple[Desk, Desk]:
    front, back = (StationHouse(department, one, folder / one, clock) for one in (FRONT, BACK))
    return front.desk(), back.desk()


def test_without_an_attack_all_of_it_is_merged(attack: Attack) -> None:
    """The negative control: what the attackers start from is good."""
    attack.deliver()
    attack.back.round()
    assert attack.held() != attack.before
    assert attack.recovers()


BUNDLES: dict[str, Callable[[Attack], bytes]] = {
    "a bit was flipped in the manifest": lambda a: flipped(a.bundle(2), 3000),
    "a bit was flipped in a segment": lambda a: flipped(a.bundle(2), len(a.bundle(2)) * 8 - 99),
    "it was cut": lambda a: a.bundle(2)[:-1],
    "it is empty": lambda _: b"",
    "it is the one before": lambda a: a.bundle(1),
    "it is the one after": lambda a: a.bundle(3),
    "segments changed places": lambda a: swapped(a.bundle(2).split(b"\n")[:-1], 1, 2),
    "a segment is of another bundle": lambda a: joined(
        [*a.bundle(2).split(b"\n")[:2], *a.bundle(3).split(b"\n")[2:-1]]
    ),
    "it is another's, of the same number": lambda a: write_bundle(
        a.front.house.department.sealing(BACK),
        BundlePlace(Stream(BACK, FRONT_STREAM.epoch), 2, "0" * 64), Epoch(""), {CARE: []},
    ),
    "its station signed another of this number": lambda a: write_bundle(
        a.front.house.department.sealing(FRONT),
        BundlePlace(FRONT_STREAM, 2, "0" * 64), Epoch(""), {CARE: []},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_that_is_not_what_was_sent_changes_nothing(attack: Attack, name: str) -> None:
    forged = BUNDLES[name](attack)
    attack.deliver()
    attack.lay(attack.name(2), forged)
    state = attack.back.round()
    assert attack.held() == attack.before
    assert attack.of_front(state).trouble in {Trouble.ALTERED, Trouble.CHAIN, Trouble.TWO_HASHES}
    attack.back.house.inbox.remove(attack.name(2))
    assert attack.recovers()


def test_a_bundle_that_is_missing_is_named(attack: Attack) -> None:
    attack.deliver()
    attack.back.house.inbox.remove(attack.name(2))
    state = attack.back.round()
    assert attack.held() == attack.before
    assert attack.of_front(state).missing == ((2, 2),)
    attack.back.round()
    [own] = attack.back.house.outbox.names("r")
    told = peek_receipt((attack.back.house.outbox.get(own) or b"").decode())
    assert [(one.stream, one.n) for one in told.need] == [(FRONT_STREAM.name, 2)]
    assert attack.recovers()


RECEIPTS: dict[str, Callable[[Attack], None]] = {
    "by nobody": lambda a: a.lay(f"r/{FRONT_STREAM.name}.99", b"noise"),
    "under a higher number": lambda a: a.lay(
        f"r/{FRONT_STREAM.name}.99", a.receipt()[1].encode()
    ),
    "of a station that is not known": lambda a: a.lay(f"r/{STRANGER}.aaaa01.1", b"noise"),
    "with other epochs": lambda a: a.lay_receipt(
        counter=98, wrote={"front.cccc03": [7, "ab" * 32]}
    ),
    "that takes back what was said": lambda a: a.lay_receipt(
        counter=98, wrote={FRONT_STREAM.name: [0, ""]}
    ),
    "that claims a thousand million bundles": lambda a: a.lay_receipt(
        counter=98, wrote={FRONT_STREAM.name: [1_000_000_000, "ab" * 32]}
    ),
    "that asks for everything": lambda a: a.lay_receipt(
        counter=98, need=[["back.bbbb01", n] for n in range(1, 1001)]
    ),
    "that says more of us than we wrote": lambda a: a.lay_receipt(
        counter=98, received={"back.bbbb01": [1_000_000, "cd" * 32]}
    ),
    "in a newer format": lambda a: a.lay_receipt(counter=98, v=2),
}  # fmt: skip


@pytest.mark.timeout(120)  # one of them claims more than anybody could count
@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_that_is_forged_or_lies_changes_no_record(attack: Attack, name: str) -> None:
    RECEIPTS[name](attack)
    attack.back.round()
    attack.back.room.state()
    assert attack.held() == attack.before


def test_a_lie_that_is_taken_back_is_never_believed_again_but_stops_nobody_else(
    attack: Attack,
) -> None:
    """The front claims bundles that it never wrote: its own stream waits for them, named."""
    attack.lay_receipt(counter=98, wrote={FRONT_STREAM.name: [1_000_000_000, "ab" * 32]})
    attack.deliver()
    state = attack.back.round()
    assert attack.of_front(state).missing == ((4, 1_000_000_000),)
    attack.back.write(last_name="Amari")
    attack.back.round()
    attack.front.round()
    assert agree_on_front(attack)


def agree_on_front(attack: Attack) -> bool:
    """What the front did write has come all the same."""
    shown = {r.values.get("last_name") for r in attack.back.files[CARE].of_kind("intake")}
    return shown == {"Boggs", "Lowe", "Quist", "Amari"}


# --- lines by an insider, well sealed and signed -------------------------------------------


def test_lines_that_are_no_changes_are_set_aside_and_the_rest_goes_on(attack: Attack) -> None:
    good = attack.front.write(last_name="Reyes")
    deep = b'{"v":1,"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    bad = [
        b"noise", b"{}", b"[]", b"null", b"\xff\xfe", deep, b'{"v":2,"id":"x"}',
        good.line.replace(b'"kind"', b'"kind":"x","kind"'), good.line + b" ",
        good.line.replace(b'"Reyes"', b'"Reyes\\ud800"'), good.line.replace(b'"Reyes"', b"NaN"),
        good.line.replace(good.id[:4].encode(), b"ffff", 1),
        b'{"blob":"../../x","data":"AAAA"}', b'{"blob":"' + b"0" * 64 + b'","data":"AAAA"}',
        b'{"gone":"x","record":"y","do":"write"}',
    ]  # fmt: skip
    lay_lines(attack, {STATION: bad, CARE: [*bad, good.line]})
    shown = {r.values.get("last_name") for r in attack.back.files[CARE].of_kind("intake")}
    assert shown == {"Boggs", "Lowe", "Quist", "Reyes"}
    assert attack.back.room.state().aside > 0
    assert attack.back.round().stations  # and it goes on


def test_a_registry_entry_that_is_none_locks_nobody_out(attack: Attack) -> None:
    attack.front.enter(["noise", "a.b.c"])
    exchange(attack.front, attack.back)
    assert agree(attack.front, attack.back)
    again = attack.back.house.desk()
    assert BACK in again.keys.registry.stations.standing
    again.close()


def test_no_line_takes_an_entry_of_the_registry_back(attack: Attack) -> None:
    """One would be enough to lock everybody out, at every station."""
    department = attack.front.house.department
    attack.back.enter(department.registry.texts)
    exchange(attack.front, attack.back)
    file, known = attack.front.files[STATION], attack.front.files[STATION].of_kind("registry")
    ident, other, third = (record.id for record in known[:3])
    attack.front.delete(ident, STATION)
    for record, kind in ((other, "registry"), (third, "intake")):
        change = Change(file.stamp(), attack.front.who.id, Action.PURGE, kind, record, {})
        attack.front.apply(STATION, change)
    forged = [
        Change(ChangeId(f"{n:016x}.front.aaaa01"), UserId("ada"), action, kind, record, fields)
        for n, (action, kind, record, fields) in enumerate([
            (Action.PURGE, "registry", other, {}), (Action.PURGE, "intake", third, {}),
            (Action.WRITE, "registry", ident, {DELETED: {"why": "error", "saw": {}}}),
            (Action.WRITE, "registry", ident, {"entry": "noise"}),
            (Action.FACT, "registry", ident, {"entry": "noise"}),
        ], 1)
    ]  # fmt: skip
    lay_lines(attack, {STATION: [one.line for one in forged]})
    for desk in (attack.front, attack.back):
        entries = {str(one.values["entry"]) for one in desk.files[STATION].of_kind("registry")}
        assert entries >= set(department.registry.texts)


def lay_lines(attack: Attack, lines: Lines) -> None:
    """As an insider with all keys of the front would send them."""
    wrote = attack.front.house.own().wrote[FRONT_STREAM.name]
    place = BundlePlace(FRONT_STREAM, wrote.n + 1, wrote.sha256)
    data = write_bundle(attack.front.house.department.sealing(FRONT), place, Epoch(""), lines)
    attack.deliver()
    attack.lay(attack.name(place.n), data)
    attack.lay_receipt(counter=50, wrote={FRONT_STREAM.name: [place.n, sha256_of(data)]})
    attack.back.round()


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
