"""Two stations of a made-up department, with real keys: what `app` joins, without the files."""

from copy import copy
from dataclasses import dataclass

from intake_app.domain.ids import Epoch, StationId, UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.vault.entry import Author, EntryType, Said, write_entry
from intake_app.vault.exchange_keys import ExchangeKeys
from intake_app.vault.identity import Identity, seal_station_key
from intake_app.vault.inside import Inside, new_inside
from intake_app.vault.jose import PrivateKey
from intake_app.vault.keys import Doorway, Keys, Own
from intake_app.vault.registry import Registry

AT = "2026-11-23T09:30:00.00+0000"
FRONT, BACK, STRANGER = StationId("front"), StationId("back"), StationId("stranger")
FIRST = Epoch("aaaa01")


@dataclass
class Person:
    """Somebody with keys of their own."""

    id: UserId
    seal: PrivateKey
    sign: PrivateKey

    @property
    def author(self) -> Author:
        return Author(self.id, self.sign)


class Department:
    """Keys of everybody and everything, and a pen that signs whatever it is told."""

    def __init__(self, agency: str = "agency-01") -> None:
        self.agency = agency
        self.root = Author("recovery-1", PrivateKey.make())
        self.insides: dict[Compartment, Inside] = {c: new_inside(c) for c in Compartment}
        self.station_keys = {one: PrivateKey.make() for one in (FRONT, BACK, STRANGER)}
        recovery = {
            "id": self.root.id, "plan": "either", "sign": self.root.key.jwk,
            "seal": self.root.key.jwk, "cards": [{"number": 1, "commitment": "c"}],
        }  # fmt: skip
        facts = {
            "recovery": [recovery],
            "compartments": {str(c): self.insides[c].seal.jwk for c in Compartment},
        }
        said = Said(EntryType.GENESIS, agency, facts=facts)
        first = write_entry(said, self.root, agency, (), AT)
        self.registry = Registry.from_entries([first.text], first.id)
        self.ada = self.person("ada", Role.ADMINISTRATOR, Role.COORDINATOR)
        self.otto = self.person("otto", Role.COORDINATOR)
        for station in (FRONT, BACK):
            self.enrol(station)

    def copy(self) -> "Department":
        """The same, and what is changed in one does not change the other."""
        made = copy(self)
        made.insides, made.station_keys = dict(self.insides), dict(self.station_keys)
        return made

    def person(self, name: str, *roles: Role) -> Person:
        made = Person(UserId(name), PrivateKey.make(), PrivateKey.make())
        keys = {"seal": made.seal.public, "sign": made.sign.public}
        names = {"user_name": name, "shown_name": name.title()}
        self.write(Said(EntryType.USER, name, keys, facts=names))
        self.write(Said(EntryType.ROLE, name, roles=frozenset(roles)))
        return made

    def enrol(self, station: StationId) -> None:
        key = {"sign": self.station_keys[station].public}
        facts = {"letter": str(station)[0].upper()}
        self.write(Said(EntryType.STATION, station, key, facts=facts))

    def write(self, said: Said) -> None:
        self.registry = self.registry.write(said, self.root, AT)

    def keys(self, station: StationId, who: Person, *closed: Compartment) -> Keys:
        """As after sign-in at a station; some files may be closed."""
        public = self.insides[Compartment.STATION].seal.public
        sealed = seal_station_key(self.station_keys[station], station, public)
        doorway = Doorway(
            self.agency, station, self.registry.genesis_hash, (), public, {}, lambda _: None
        )
        own = Own(who.id, who.id, who.seal, who.sign, bytearray(32))
        made = Keys(own, doorway, Identity(station, FIRST, "A", sealed))
        made.take_registry(self.registry.texts)
        for compartment, inside in self.insides.items():
            if compartment not in closed:
                made.take_inside(compartment, inside.text)
        return made

    def sealing(
        self, station: StationId, who: Person | None = None, *closed: Compartment
    ) -> ExchangeKeys:
        return ExchangeKeys(self.keys(station, who or self.ada, *closed))
