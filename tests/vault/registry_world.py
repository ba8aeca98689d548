"""People and keys of a made-up town, and a pen that signs whatever it is told."""

from dataclasses import dataclass, field, replace

from intake_app.domain.roles import Compartment, Role
from intake_app.vault.entry import Author, Entry, EntryType, Said, write_entry
from intake_app.vault.jose import PrivateKey
from intake_app.vault.registry import Registry

AGENCY, AT = "agency", "2026-11-23T09:30:00.00+0000"
CARE, STATION = Compartment.CARE, Compartment.STATION


@dataclass
class Town:
    """Keys of everybody, the genesis, and a pen that signs whatever it is told."""

    root: Author = field(default_factory=lambda: Author("recovery-1", PrivateKey.make()))
    seals: dict[str, PrivateKey] = field(default_factory=dict)
    signs: dict[str, PrivateKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for compartment in Compartment:
            self.seals[compartment] = PrivateKey.make()
        recovery = {
            "id": self.root.id, "plan": "either", "sign": self.root.key.jwk,
            "seal": self.root.key.jwk, "cards": [{"number": 1, "commitment": "c"}],
        }  # fmt: skip
        facts = {
            "recovery": [recovery],
            "compartments": {str(c): self.seals[c].jwk for c in Compartment},
        }
        said = Said(EntryType.GENESIS, AGENCY, facts=facts)
        self.genesis = write_entry(said, self.root, AGENCY, (), AT)

    def author(self, name: str) -> Author:
        if name == self.root.id:
            return self.root
        for keys in (self.seals, self.signs):
            keys.setdefault(name, PrivateKey.make())
        return Author(name, self.signs[name])

    def forget(self, name: str) -> None:
        """Their next keys will be new ones."""
        del self.signs[name], self.seals[name]

    def write(self, by: str, said: Said, *previous: Entry, at: str = AT) -> Entry:
        return write_entry(said, self.author(by), AGENCY, [e.id for e in previous], at)

    def joins(self, name: str) -> Said:
        self.author(name)
        keys = {"seal": self.seals[name].public, "sign": self.signs[name].public}
        names = {"user_name": name, "shown_name": name.title()}
        return Said(EntryType.USER, name, keys, facts=names)

    def read(self, *found: Entry, pinned: tuple[str, ...] = ()) -> Registry:
        return Registry.from_entries([e.text for e in found], self.genesis.id, pinned)


def role(name: str, *roles: Role) -> Said:
    return Said(EntryType.ROLE, name, roles=frozenset(roles))


def grants(name: str, compartment: str, listed: Entry) -> Said:
    return Said(EntryType.GRANT, name, facts={"compartment": compartment, "entry": listed.id})


def revokes(subject: str) -> Said:
    return Said(EntryType.REVOCATION, subject)


@dataclass
class History:
    """One chain: ann administers, cora holds care, dan sits at the desk without a grant of care."""

    town: Town = field(default_factory=Town)
    chain: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        root = self.town.root.id
        self.chain = [self.town.genesis]
        self.ann = self.add(root, self.town.joins("ann"))
        self.ann_role = self.add(root, role("ann", Role.ADMINISTRATOR))
        self.cora = self.add("ann", self.town.joins("cora"))
        self.cora_role = self.add("ann", role("cora", Role.COORDINATOR))
        self.cora_grant = self.add(root, grants("cora", CARE, self.cora))
        self.dan = self.add("ann", self.town.joins("dan"))
        self.dan_role = self.add("ann", role("dan", Role.FRONT_DESK))

    def add(self, by: str, said: Said, at: str = AT) -> Entry:
        self.chain.append(self.town.write(by, said, self.chain[-1], at=at))
        return self.chain[-1]

    def fork(self, by: str, said: Said, after: Entry | None = None) -> Entry:
        return self.town.write(by, said, after or self.chain[-1])

    def read(self, *more: Entry, pinned: tuple[str, ...] = ()) -> Registry:
        return self.town.read(*self.chain, *more, pinned=pinned)


def state(registry: Registry) -> tuple[object, ...]:
    """All that anybody asks of a registry."""
    people = [replace(p, seal=p.seal.name, sign=p.sign.name) for p in registry.people]  # pyright: ignore[reportArgumentType]
    holders = [registry.holders(c) for c in Compartment]
    keys = [registry.compartment_key(c).name for c in Compartment]
    return people, holders, keys, registry.heads, registry.waiting


def drop_box(history: History) -> Said:
    keys = {"seal": history.town.author("dan").key.public}
    return Said(EntryType.COMPARTMENT, CARE, keys, facts={"generation": 2})


def new_cards(history: History) -> Said:
    keys = {
        "seal": history.town.author("r2").key.public,
        "sign": history.town.author("r2").key.public,
    }
    return Said(EntryType.RECOVERY, "recovery-2", keys, facts={"plan": "either", "cards": []})


def a_station(history: History, name: str = "s1") -> Said:
    keys = {"sign": history.town.author(name).key.public}
    return Said(EntryType.STATION, name, keys, facts={"letter": "B"})
