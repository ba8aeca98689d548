"""A department of many computers that share one folder: founded, enrolled and signed in for real.

All goes through the services that the window calls. Time is a clock that a measurement moves.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from benchmarks.measurement import CannotMeasure
from intake_app.app import ProfileGate
from intake_app.commands.carry import NOTES
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Compartment, Role
from intake_app.exchange import names
from intake_app.exchange.boxes import Box
from intake_app.exchange.carried import Carried
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.outgoing import BETWEEN_CUTS
from intake_app.exchange.receipts import peek_receipt
from intake_app.exchange.store import MOST
from intake_app.exchange.stores import OpenedStore
from intake_app.exchange.trays import Trays
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import exchange_round, require_exchange
from intake_app.services.exchanging.stations import Enrol, enrol, requests
from intake_app.services.signing.signing_in import NewPerson, SetUp
from intake_app.services.training.training import fictional_department
from intake_app.settings.stores import StoreEntry
from intake_app.vault.own_streams import OwnStreams

_SETTLES = 60
"""Rounds of everybody after which all must have come to rest."""


@dataclass(slots=True)
class Wire:
    """What goes between computers and the store: a server would be asked the same.

    Attributes:
        put: Bytes that were written.
        fetched: Bytes that were read, also to compare what was written.
        objects: How many were written.
        asked: How often the store was asked anything.
        kinds: Bytes that were written, by the first part of their names.
    """

    put: int = 0
    fetched: int = 0
    objects: int = 0
    asked: int = 0
    kinds: dict[str, int] = field(default_factory=dict[str, int])

    def clear(self) -> None:
        """Count from here on."""
        self.put = self.fetched = self.objects = self.asked = 0
        self.kinds.clear()


class Metered(OpenedStore):
    """A store that counts.

    Its marker counts once a round: a folder's is looked at before each write, a server's is not.
    """

    def __init__(self, entry: StoreEntry, wire: Wire) -> None:
        super().__init__(entry)
        self._wire, self._has_marker = wire, False

    def get(self, name: str, most: int = MOST) -> bytes | None:
        """See `Store`."""
        data = super().get(name, most)
        if name != names.MARKER or not self._has_marker:
            self._has_marker = self._has_marker or name == names.MARKER
            self._wire.asked += 1
            self._wire.fetched += len(data or b"")
        return data

    def put(self, name: str, data: bytes) -> None:
        """See `Store`."""
        super().put(name, data)
        kind = name.partition("/")[0]
        self._wire.asked += 1
        self._wire.objects += 1
        self._wire.put += len(data)
        self._wire.kinds[kind] = self._wire.kinds.get(kind, 0) + len(data)

    def names(self, folder: str) -> list[str]:
        """See `Store`."""
        found = super().names(folder)
        self._wire.asked += 1
        self._wire.fetched += sum(map(len, found))
        return found

    def remove(self, name: str) -> None:
        """See `Store`."""
        super().remove(name)
        self._wire.asked += 1


@dataclass
class Post:
    """One computer, and the person who works at it.

    Attributes:
        folder: Its profile.
        who: Who signs in.
        clock: The hour, for all.
        entry: The store that all share.
        wire: Counts what goes to it and comes from it.
        hat: Their role.
    """

    folder: Path
    who: NewPerson
    clock: FixedClock
    entry: StoreEntry
    wire: Wire
    hat: Role = Role.COORDINATOR
    _desk: Desk | None = None

    def __post_init__(self) -> None:
        """Nobody is signed in yet."""
        self._gate = ProfileGate(self.folder, self.clock)

    @property
    def desk(self) -> Desk:
        """Of who is signed in.

        Raises:
            CannotMeasure: Nobody is.
        """
        if self._desk is None:
            raise CannotMeasure("nobody is signed in")
        return self._desk

    def sign_in(self) -> None:
        """Sign in, again if need be: keys that were handed on are there from then on."""
        self.leave()
        self._gate = ProfileGate(self.folder, self.clock)  # others may have signed in since
        self._desk = self._gate.unlock(self.who.user_name, self.who.passphrase, self.hat)

    def leave(self) -> None:
        """Close all files."""
        self._desk = None
        self._gate.lock()

    def exchange(self, *, cut_now: bool = False) -> bool:
        """What the window does now and then; whether anything moved.

        The post room, the carrier, and both once more if bundles came.
        """
        exchange_round(self.desk, cut_now=cut_now)
        carried = self._carry()
        if carried.came.objects:
            exchange_round(self.desk)
        if carried.came.bundles:  # receipts alone are not answered
            self._carry()
        return bool(carried.came.objects or carried.went.objects)

    def digests(self) -> dict[str, str]:
        """Of each file that is open."""
        return dict(self._gate.digests())

    def generation(self, name: Compartment) -> int:
        """The newest key of a file, as the computer's last receipt tells."""
        own = OwnStreams.of(self.folder)
        told = self._trays.outbox.get(f"{names.RECEIPTS}/{own.stream.name}.{own.counter}") or b""
        return peek_receipt(told.decode()).files[name].generation

    @cached_property
    def _trays(self) -> Trays:
        agency = json.loads((self.folder / "identity.json").read_bytes())["agency"]
        station = OwnStreams.of(self.folder).stream.station
        into, out, notes = (Box(self.folder / name) for name in ("in", "out", NOTES))
        return Trays(agency, station, into, out, notes)

    def _carry(self) -> Carried:
        stick = Path(self.entry.place) if self.entry.kind == "stick" else None
        errand = Errand(self.entry.hub, remembered(self.entry.marker), stick=stick)
        carried = carry(self._trays, Metered(self.entry, self.wire), errand)
        if carried.trouble:
            raise CannotMeasure(f"the carrier stopped: {carried.trouble}")
        return carried


@dataclass(frozen=True, slots=True)
class Department:
    """Computers, the front desk first, and who lets them in.

    Attributes:
        posts: The computers, each with a coordinator.
        boss: The administrator.
    """

    posts: list[Post]
    boss: NewPerson

    def let_in(self, posts: Sequence[Post]) -> None:
        """Enroll computers; who is to work there signs in once where they are known already."""
        front = self.posts[0]
        front.leave()
        for post in posts:
            _enrol(front, post, self.boss)
        for post in posts:
            _visit(front, post.who, Role.COORDINATOR)
        front.sign_in()
        front.exchange(cut_now=True)

    def begin(self, posts: Sequence[Post]) -> None:
        """A coordinator signs in at each of them for the first time."""
        for post in posts:
            _visit(post, self.boss, Role.ADMINISTRATOR)
            post.sign_in()


def founded(
    folder: Path, stations: int, people: int, clock: FixedClock, kind: str = "folder"
) -> Department:
    """A department whose front desk works; the other computers are not let in yet.

    Args:
        folder: For the profiles, and for the store.
        stations: How many computers there are to be.
        people: How many work there; who has no computer of their own is in the registry.
        clock: The hour, for all.
        kind: Of the store: "folder" or "stick".
    """
    folder.mkdir(exist_ok=True)
    asked = _asked(stations, people)
    [boss] = _of(asked, Role.ADMINISTRATOR)
    front = folder / "station-0"
    ProfileGate(front, clock).found(asked, use_keyring=False, is_training=True)
    entry, wire = _store(folder / kind, front, boss, clock), Wire()
    posts = [
        Post(folder / f"station-{n}", who, clock, entry, wire)
        for n, who in enumerate(_of(asked, Role.COORDINATOR))
    ]
    posts[0].sign_in()
    return Department(posts, boss)


def settle(posts: Sequence[Post]) -> None:
    """Exchange until nothing moves any more.

    Raises:
        CannotMeasure: It goes on and on.
    """
    for _ in range(_SETTLES):
        posts[0].clock.at += BETWEEN_CUTS
        if not any([post.exchange() for post in posts]):
            return
    raise CannotMeasure("the stations do not come to rest")


def _asked(stations: int, people: int) -> SetUp:
    """The department of the training profile, with more coordinators and colleagues."""
    usual = fictional_department(1)
    more = [
        NewPerson(f"person{n}", f"Person {n}", f"gorden pelmar rosbar {n}",
                  frozenset({Role.COORDINATOR if n < stations else Role.FRONT_DESK}))
        for n in range(1, people - len(usual.people) + 1)
    ]  # fmt: skip
    readers = tuple(one.user_name for one in more)
    return replace(
        usual, people=(*usual.people, *more), read_walk_ins=(*usual.read_walk_ins, *readers)
    )


def _of(asked: SetUp, role: Role) -> list[NewPerson]:
    return [one for one in asked.people if role in one.roles]


def _store(place: Path, front: Path, boss: NewPerson, clock: FixedClock) -> StoreEntry:
    place.mkdir()
    gate = ProfileGate(front, clock)
    try:
        desk = gate.unlock(boss.user_name, boss.passphrase, Role.ADMINISTRATOR)
        hub, marker = require_exchange(desk).new_marker(place.name)
    finally:
        gate.lock()
    entry = StoreEntry(hub, place.name, str(place), marker=marker.decode(), issue=1)
    OpenedStore(entry).found(marker)
    return entry


def _enrol(front: Post, post: Post, boss: NewPerson) -> None:
    """The new computer asks, the administrator compares words and signs, the answer is read."""
    stick = post.folder.with_name("letters")
    stick.mkdir(exist_ok=True)
    post.folder.mkdir()
    joining = ProfileGate(post.folder, post.clock).joining
    words = joining.ask(stick)
    gate = ProfileGate(front.folder, front.clock)
    try:
        desk = gate.unlock(boss.user_name, boss.passphrase, Role.ADMINISTRATOR)
        asking = next(one for one in requests(desk, stick) if not one.is_enrolled)
        said = {place: words[place - 1] for place in asking.places}
        enrol(desk, Enrol(asking.data, said, boss.passphrase, post.folder.name, stick))
    finally:
        gate.lock()
    joining.read_answer(stick)


def _visit(post: Post, who: NewPerson, hat: Role) -> None:
    """Somebody signs in where nobody is, and lets the computer exchange."""
    guest = Post(post.folder, who, post.clock, post.entry, post.wire, hat)
    try:
        guest.sign_in()
        guest.exchange(cut_now=True)
    finally:
        guest.leave()
