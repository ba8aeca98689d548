"""A small department, made once (slow on purpose: real key derivation) and copied for each test."""

from dataclasses import dataclass
from pathlib import Path

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.vault.cards import Card
from intake_app.vault.keys import Keys, Own
from intake_app.vault.slots import Secrets
from intake_app.vault.vault import NewDepartment, NewPerson, Vault

PASSPHRASES = {
    "adele.quill": "walnut harbor tin",
    "mhale.desk": "seven gray geese",
    "coral.ord": "lantern under oak",
    "otto.ficer": "copper river mile",
    "sue.visor": "paper boat north",
}
SHOWN = {
    "adele.quill": "A. Quillfeather",
    "mhale.desk": "M. Halewood",
    "coral.ord": "C. Ordinaire",
    "otto.ficer": "O. Ficerino",
    "sue.visor": "S. Visorlund",
}
ROLES = {
    "adele.quill": Role.ADMINISTRATOR,
    "mhale.desk": Role.FRONT_DESK,
    "coral.ord": Role.COORDINATOR,
    "otto.ficer": Role.OFFICER,
    "sue.visor": Role.SUPERVISOR,
}


@dataclass
class Department:
    folder: Path
    clock: FixedClock
    entries: tuple[str, ...]
    insides: dict[Compartment, str]
    cards: tuple[Card, ...]
    opened: dict[str, tuple[UserId, Secrets]]

    def vault(self) -> Vault:
        return Vault.load(self.folder, self.clock)

    def ready(self, keys: Keys) -> Keys:
        """What the program does after unlocking: registry first, then what each file holds."""
        keys.take_registry(self.entries)
        for compartment in Compartment:
            if keys.holds(compartment):
                assert len(keys.file_key(compartment)) == 32
                keys.take_inside(compartment, self.insides[compartment])
        return keys

    def sign_in(self, user_name: str, vault: Vault | None = None) -> Keys:
        """Keys of somebody past the lock screen; their slot is stretched once for all tests."""
        at = vault or self.vault()
        if user_name not in self.opened:
            self.opened[user_name] = at.sign_in.open_slot(user_name, PASSPHRASES[user_name])
        user, held = self.opened[user_name]
        own = Own(user, user_name, held.seal, held.sign, bytearray(held.draft))
        return self.ready(Keys(own, at._doorway(user, held.genesis), at._identity()))

    def by_card(self, number: int, vault: Vault | None = None) -> Keys:
        return self.ready((vault or self.vault()).unlock_with_card(self.cards[number - 1].words))


def set_up(**more: object) -> NewDepartment:
    people = tuple(
        NewPerson(name, SHOWN[name], PASSPHRASES[name], frozenset({ROLES[name]})) for name in ROLES
    )
    return NewDepartment(agency="", people=people, **more)  # pyright: ignore[reportArgumentType]
