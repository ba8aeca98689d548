"""Keys that travel: a user's own to other stations, a compartment's to its other holders.

Both lie as records in `station`, sealed to whom they are for and signed by who gives them. Whoever
carries or stores them reads nothing; what nobody signed who may is as if it were not there.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from intake_app.domain.clock import Clock, stamp
from intake_app.domain.errors import BadRegistry, CannotOpen, NoGrant
from intake_app.domain.ids import StationId, UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment, May, may
from intake_app.vault import slots
from intake_app.vault.identity import open_station_opener
from intake_app.vault.inside import Inside, merged, read_inside
from intake_app.vault.jose import PrivateKey, PublicKey
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import Keys
from intake_app.vault.listed_stations import ListedStation
from intake_app.vault.registry import Registry
from intake_app.vault.signer import claimed

TRAVEL: Final = "travel"
INSIDE: Final = "inside"
_SHAPES: Final[Mapping[str, Mapping[str, type]]] = {
    TRAVEL: {**dict.fromkeys(("by", "to", "version", "at", "key", "sealed"), str), "over": list},
    INSIDE: {
        **dict.fromkeys(("by", "to", "compartment", "key", "state", "sealed"), str), "oldest": int,
    },
}  # fmt: skip
"""Members of what was signed: anybody may put anything there, and it must end no sign-in."""

_FAILED: Final = (CannotOpen, BadRegistry, NoGrant, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Trip:
    """A travel slot as its user signed it; `sealed` is read at its station only."""

    user: UserId
    station: StationId
    version: str
    over: frozenset[str]
    at: str
    sealed: str


@dataclass(frozen=True, slots=True)
class _Handed:
    """Keys of a compartment as a holder handed them to somebody."""

    compartment: Compartment
    to: str
    key: str
    state: str
    sealed: str


class KeyPost:
    """Gives and takes keys, for who is signed in; fits `services.exchanging.carried_keys.KeyPost`.

    Args:
        keys: Theirs; the registry was taken, and what is inside `station`.
        file: The key file of this profile.
        clock: Tells when something was given.
    """

    def __init__(self, keys: Keys, file: KeyFile, clock: Clock) -> None:
        self._keys, self._file, self._clock = keys, file, clock
        self._agency = keys.registry.agency

    # --- a user's own keys ------------------------------------------------------------------

    def take_travel(self, texts: Sequence[str]) -> int:
        """Put travel slots for this station where their users can sign in; how many are new.

        Raises:
            DiskFull: They wait.
            StorageFailed: They wait.
        """
        opener, content, new = self._opener(), self._file.content, 0
        for user in self._arriving(texts) if opener else ():
            trips = list(self._trips(texts, user))
            here = [trip for trip in trips if trip.station == self._keys.identity.station]
            meant = next((trip for trip in here if trip.version == _current(trips)), None)
            if meant and opener and not self._knows(user, meant.version):
                with contextlib.suppress(*_FAILED):
                    slot_id = self._file.slot_id(self._keys.registry.person(user).user_name)
                    content["slots"][slot_id] = _slot_of(meant, self._agency, opener)
                    new += 1
        if new:
            self._file.save(content, keep_previous=False)
        return new

    def travel_due(self, texts: Sequence[str]) -> list[str]:
        """Travel slots of who is signed in, for stations that have none of this passphrase yet."""
        own = self._keys.own
        if own.travel is None:
            return []
        trips, version = list(self._trips(texts, own.user)), own.travel.version
        before = slots.replaced_by(self._slot(own.user) or {})
        if version in {*before, *(old for trip in trips for old in trip.over)}:
            return []  # the passphrase was changed since
        known = {trip.station for trip in trips if trip.version == version}
        over = ({trip.version for trip in trips} | before) - {version}
        return [
            self.travel_text(one.id, one.seal, over)
            for one in self._others()
            if one.seal and one.id not in known
        ]

    def travel_text(self, station: StationId, to: PublicKey, over: Iterable[str] = ()) -> str:
        """A travel slot of who is signed in, sealed to a station and signed.

        Raises:
            NoGrant: Signed out, or a recovery card.
        """
        own, agency = self._keys.own, self._agency
        if own.travel is None:
            raise NoGrant("travel")
        plain = slots.Secrets(own.seal, own.sign, bytes(own.draft), self._keys.genesis)
        held = replace(own.held or plain, travel=own.travel)
        return sealed_travel((agency, own.user), held, (station, to), stamp(self._clock), over)

    # --- a compartment's keys ---------------------------------------------------------------

    def take_insides(self, texts: Iterable[str]) -> dict[Compartment, str]:
        """What is inside compartments, after all that was handed to this person or station.

        Returns:
            By compartment: where nothing is new, it is left out. Where this station has no file
            of the compartment yet, what is to be put inside a new one.
        """
        mine = {self._keys.user, self._keys.identity.station}
        found: dict[Compartment, Inside] = {}
        for handed in self._handed(texts, lambda said: said["to"] in mine):
            private = self._private_for(handed)
            before = found.get(handed.compartment) or self._inside(handed.compartment)
            if private is None or (before and before.state == handed.state):
                continue
            with contextlib.suppress(*_FAILED):
                came = self._open(handed, private)
                found[handed.compartment] = merged(before, came) if before else came
        return {name: new.text for name, new in found.items() if new.state != self._state(name)}

    def insides_due(self, texts: Iterable[str]) -> list[str]:
        """The keys of compartments that are open here, for holders and stations without them."""
        held = [inside for c in Compartment if (inside := self._inside(c))]
        states = {inside.state for inside in held}
        now = self._handed(texts, lambda said: said["state"] in states)
        known = {(one.compartment, one.to, one.key, one.state) for one in now}
        return [
            self._hand(inside, to, key)
            for inside in held
            if may_hand(self._keys.registry, inside.compartment, self._keys.user)
            for to, key in self._receivers(inside.compartment)
            if (inside.compartment, to, key.name, inside.state) not in known
        ]

    def outdated(self, texts: Iterable[str]) -> list[str]:
        """What holds destroyed generations and has to go; the newer keys were handed on before."""
        floors = {c: inside.floor for c in Compartment if (inside := self._inside(c))}
        return [
            text
            for text, said in self._claims(INSIDE, texts)
            if said["oldest"] <= floors.get(said["compartment"], 0)
        ]

    # --- parts ------------------------------------------------------------------------------

    def _arriving(self, texts: Iterable[str]) -> list[UserId]:
        """Whose travel slots may be new here; nothing of it is checked yet."""
        here = self._keys.identity.station
        claims = (said for _, said in self._claims(TRAVEL, texts) if said["to"] == here)
        users = {UserId(s["by"]) for s in claims if not self._knows(s["by"], str(s["version"]))}
        return sorted(users)

    def _knows(self, user: UserId, version: str) -> bool:
        """Whether the slot here is of this passphrase, or of one that replaced it."""
        slot = self._slot(user)
        return slot is not None and version in {slots.version_of(slot), *slots.replaced_by(slot)}

    def _slot(self, user: UserId) -> dict[str, Any] | None:
        found: dict[str, dict[str, Any]] = self._file.content["slots"]
        return next((slot for slot in found.values() if slot["user"] == user), None)

    def _claims(self, act: str, texts: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What texts say of themselves; nothing of it is checked yet."""
        for text in texts:
            with contextlib.suppress(*_FAILED):
                yield text, _claimed(act, text, self._agency)

    def _trips(self, texts: Iterable[str], user: UserId) -> Iterator[_Trip]:
        for text, said in self._claims(TRAVEL, texts):
            with contextlib.suppress(*_FAILED):
                if said["by"] == user:
                    yield _trip(self._keys.registry, text, said)

    def _handed(
        self, texts: Iterable[str], is_asked: Callable[[dict[str, Any]], bool]
    ) -> Iterator[_Handed]:
        for text, said in self._claims(INSIDE, texts):
            with contextlib.suppress(*_FAILED):
                compartment, by = Compartment(said["compartment"]), UserId(said["by"])
                if is_asked(said) and may_hand(self._keys.registry, compartment, by):
                    self._keys.registry.person(by).sign.verify(text)
                    yield _Handed(
                        compartment, str(said["to"]), str(said["key"]), str(said["state"]),
                        str(said["sealed"]),
                    )  # fmt: skip

    def _receivers(self, compartment: Compartment) -> Iterator[tuple[str, PublicKey]]:
        if compartment is Compartment.STATION:
            yield from ((one.id, one.seal) for one in self._others() if one.seal)
            return
        registry = self._keys.registry
        for user in sorted(registry.holders(compartment)):
            yield user, registry.person(user).seal

    def _hand(self, inside: Inside, to: str, key: PublicKey) -> str:
        purpose = _purpose(INSIDE, self._agency, inside.compartment, to)
        said = {
            "compartment": inside.compartment, "to": to, "key": key.name, "state": inside.state,
            "oldest": min(inside.generations),
            "sealed": key.seal(inside.text.encode(), purpose),
        }  # fmt: skip
        return self._sign(INSIDE, said)

    def _open(self, handed: _Handed, private: PrivateKey) -> Inside:
        registry = self._keys.registry
        purpose = _purpose(INSIDE, self._agency, handed.compartment, handed.to)
        text = private.open(handed.sealed, purpose).decode()
        found = read_inside(handed.compartment, text)
        if registry.compartment_key(handed.compartment).name != found.seal.name:
            raise BadRegistry("compartment key")
        return found

    def _private_for(self, handed: _Handed) -> PrivateKey | None:
        own = self._keys.own
        if handed.compartment is not Compartment.STATION:
            return own.seal if (handed.to, handed.key) == (own.user, own.seal.name) else None
        opener = self._opener()
        is_ours = handed.to == self._keys.identity.station
        return opener if is_ours and opener and opener.name == handed.key else None

    def _opener(self) -> PrivateKey | None:
        private = self._keys.opened(Compartment.STATION).seal
        return open_station_opener(self._keys.identity, private)

    def _inside(self, compartment: Compartment) -> Inside | None:
        try:
            return self._keys.opened(compartment)
        except NoGrant:
            return None

    def _state(self, compartment: Compartment) -> str:
        inside = self._inside(compartment)
        return inside.state if inside else ""

    def _others(self) -> list[ListedStation]:
        here, stations = self._keys.identity.station, self._keys.registry.stations
        return [one for one in stations.all() if one.id != here and not one.is_struck]

    def _sign(self, act: str, said: Mapping[str, object]) -> str:
        keys = self._keys
        whole = {**said, "v": 1, "act": act, "agency": self._agency, "by": keys.user}
        return keys.sign(canonical(whole))


def may_hand(registry: Registry, compartment: Compartment, user: str) -> bool:
    """Whose keys are believed: a file's holders'; for `station`, of who may turn its page.

    Raises:
        BadRegistry: There is no such person.
    """
    person = registry.person(user)
    if compartment is Compartment.STATION:
        return may(person.roles, May.TURN_PAGE) or may(person.roles, May.ENROL_STATION)
    return registry.is_holder(user, person.sign, compartment)


def sealed_travel(
    whose: tuple[str, UserId], held: slots.Secrets, to: tuple[StationId, PublicKey], at: str,
    over: Iterable[str] = (),
) -> str:  # fmt: skip
    """A travel slot, sealed to a station and signed by its user.

    Args:
        whose: The department's id, and the user's.
        held: Their keys; `travel` is of the passphrase that opens them there.
        to: The station, and what seals to it.
        at: When it is given (`stamp`).
        over: Versions of earlier passphrases.

    Raises:
        NoGrant: Nothing is known of the passphrase.
    """
    (agency, user), (station, key) = whose, to
    if held.travel is None:
        raise NoGrant("travel")
    slot = slots.make_travel_slot(held.travel, agency, user, held)
    return held.sign.sign(canonical({
        "to": station, "version": held.travel.version, "over": sorted(over), "at": at,
        "key": held.sign.name, "v": 1, "act": TRAVEL, "agency": agency, "by": user,
        "sealed": key.seal(canonical(slot), _purpose(TRAVEL, agency, station, user)),
    }))  # fmt: skip


def slot_in(
    text: str, registry: Registry, station: StationId, opener: PrivateKey
) -> dict[str, Any]:  # fmt: skip
    """The travel slot in a signed text, at the station that it is for.

    Raises:
        CannotOpen: It is for another station, was altered, or its user did not sign it.
        BadRegistry: There is no such user.
    """
    try:
        trip = _trip(registry, text, _claimed(TRAVEL, text, registry.agency))
        if trip.station != station:
            raise CannotOpen("station")
        return _slot_of(trip, registry.agency, opener)
    except (KeyError, TypeError, ValueError) as error:
        raise CannotOpen("travel slot") from error


def _claimed(act: str, text: str, agency: str) -> dict[str, Any]:
    said = claimed(text)[1]
    if (said["v"], said["act"], said["agency"]) != (1, act, agency):
        raise CannotOpen("act")
    if not all(type(said[name]) is kind for name, kind in _SHAPES[act].items()):
        raise CannotOpen("shape")
    return said


def _trip(registry: Registry, text: str, said: Mapping[str, Any]) -> _Trip:
    """A travel slot that its user signed with the keys that they have now."""
    person = registry.person(said["by"])
    if person.is_revoked or person.is_disabled or said["key"] != person.sign.name:
        raise CannotOpen("old keys")
    person.sign.verify(text)
    return _Trip(
        person.id, StationId(said["to"]), str(said["version"]), frozenset(said["over"]),
        str(said["at"]), str(said["sealed"]),
    )  # fmt: skip


def _slot_of(trip: _Trip, agency: str, opener: PrivateKey) -> dict[str, Any]:
    purpose = _purpose(TRAVEL, agency, trip.station, trip.user)
    slot: dict[str, Any] = json.loads(opener.open(trip.sealed, purpose))
    is_theirs = slot["user"] == trip.user and slots.version_of(slot) == trip.version
    if not slots.is_travel_slot(slot) or not is_theirs:
        raise CannotOpen("travel slot")
    return slot


def _current(trips: Sequence[_Trip]) -> str:
    """The passphrase of a user that counts: none replaces it; of several, the latest."""
    replaced = {version for trip in trips for version in trip.over}
    standing = [trip for trip in trips if trip.version not in replaced]
    return max(standing, key=lambda trip: (trip.at, trip.version)).version if standing else ""


def _purpose(act: str, agency: str, place: str, to: str) -> str:
    return canonical([act, agency, place, to]).decode()
