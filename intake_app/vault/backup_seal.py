"""Keys of backups, for who is signed in: signs and checks what they say, and opens what they hold.

A backup keeps the key file that opens it, so that it opens with that day's cards and passphrases
after keys were changed; and the station's own keys, sealed to `station`, so that a computer on
which it is put back goes on as this station without being enrolled anew.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from intake_app.domain.clock import Clock
from intake_app.domain.errors import BadRegistry, CannotOpen, NoGrant, VaultDamaged, VaultMissing
from intake_app.domain.exchange import NOTHING, Mark, Stream
from intake_app.domain.ids import Epoch, StationId, new_epoch
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault import grants
from intake_app.vault.identity import NAME as IDENTITY
from intake_app.vault.identity import Identity, read_identity, write_identity
from intake_app.vault.jose import unverified
from intake_app.vault.keyfile import KeyFile
from intake_app.vault.keys import Keys
from intake_app.vault.lockout import Lockout
from intake_app.vault.one_form import check_one_form, in_one_form
from intake_app.vault.registry import Registry

_PURPOSE: Final = "registry beside backups"


class BackupSeal:
    """Fits `services.needs.backup.Seal`.

    Args:
        folder: The profile.
        keys: Of who is signed in, or of a card; the registry was taken.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder, self._keys = folder, keys
        self._file = KeyFile.load(folder)

    @property
    def profile(self) -> str:
        """The profile's id: backups lie in a folder of this name."""
        return self._file.text("profile")

    @property
    def station(self) -> str:
        """This station."""
        return self._file.text("station")

    def identity(self) -> dict[str, Any]:
        """What a restored station needs to be this one; it begins a run of numbers of its own."""
        return told_identity(read_identity(self._folder, self._file.text("agency"), self.profile))

    def sign(self, said: Mapping[str, Any]) -> str:
        """A text signed as this station; the department is added."""
        payload = canonical({**said, "agency": self._keys.registry.agency})
        return in_one_form(self._keys.station_signer().sign(payload))

    def read(self, text: str) -> dict[str, Any]:
        """What a station of this department signed.

        Raises:
            CannotOpen: None did, as it stands.
        """
        key_name, _ = unverified(text)
        stations = self._keys.registry.stations
        for one in stations.all():
            with suppress(BadRegistry):
                key = stations.keys(one.id).get(key_name)
                if key is not None:
                    check_one_form(text, key_name)
                    said: dict[str, Any] = json.loads(key.verify(text))
                    if said.get("agency") == self._keys.registry.agency:
                        return said
        raise CannotOpen("station")

    def file_keys(self, backup: Path, compartment: Compartment) -> list[bytes]:
        """The keys that may open a file of a backup: of its own day, and of today.

        Args:
            backup: Its folder.
            compartment: Which file; without its key today or then there is none.
        """
        found: list[bytes] = []
        if not self._keys.holds(compartment):
            return found
        with suppress(VaultMissing, VaultDamaged, CannotOpen, NoGrant):
            file = KeyFile.load(backup)
            content, user = file.content, self._keys.user
            begun = content.get("next", {}).get(compartment, {}).get("grants", {})
            place = grants.Place(file.text("agency"), file.text("station"), compartment, user)
            for text in (content["grants"].get(user, {}).get(compartment), begun.get(user)):
                if text is not None:
                    found.append(grants.open_grant(text, place, self._keys.own.seal))
        with suppress(NoGrant, CannotOpen):
            found.append(self._keys.file_key(compartment))
        return found

    def heads(self) -> list[str]:
        """Heads of the registry that is known here."""
        return list(self._keys.registry.heads)

    def close_registry(self) -> str:
        """The registry, sealed to who opens `station`: it names people."""
        texts = list(self._keys.registry.texts)
        sealer = self._keys.registry.compartment_key(Compartment.STATION)
        return sealer.seal(canonical(texts), _PURPOSE)

    def open_registry(self, text: str) -> list[str]:
        """The reverse.

        Raises:
            CannotOpen: It is another department's, or was altered.
        """
        plain = self._keys.opened(Compartment.STATION).seal.open(text, _PURPOSE)
        found: object = json.loads(plain)
        return [str(one) for one in found] if isinstance(found, list) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def told_identity(own: Identity) -> dict[str, Any]:
    """What of an identity may lie in a copy: who it is, and what it wrote; no number goes on."""
    return {
        "letter": own.letter, "key": own.sealed_key, "epoch": own.epoch,
        "wrote": {name: [mark.n, mark.sha256] for name, mark in own.wrote.items()},
    }  # fmt: skip


def become_again(folder: Path, told: Mapping[str, Any]) -> Identity:
    """Write the identity of a station that was put back from a backup; its new run of numbers.

    It is the same station, and what it wrote before is named, so that it is taken in again like
    another station's; but no number goes on: two computers that are put back from one backup, or
    one that was only thought lost, never count under the same name.

    Args:
        folder: The profile, with its key file.
        told: `BackupSeal.identity` of the backup.

    Raises:
        VaultDamaged: It makes no identity.
        DiskFull: Nothing was written.
    """
    file = KeyFile.load(folder)
    try:
        station = StationId(file.text("station"))
        wrote = {
            Stream.named(str(name)).name: Mark(int(n), str(sha)) for name, (n, sha)
            in told["wrote"].items()
        }  # fmt: skip
        before = Epoch(str(told["epoch"]))
        own = Identity(
            station, new_epoch(), str(told["letter"]), str(told["key"]), before,
            {Stream(station, before).name: NOTHING, **wrote},
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise VaultDamaged(IDENTITY) from error
    write_identity(folder, file.text("agency"), file.text("profile"), own)
    return own


def begin_counting(folder: Path, clock: Clock) -> None:
    """No failed sign-in is known on a new computer."""
    Lockout.create(folder, clock)


def shut_out_again(folder: Path, registry: Registry) -> int:
    """Take out of a key file from a backup who has left since, or has other keys now.

    Their passphrase of that day would open the slot, and the slot the files.

    Args:
        folder: Where the key file lies.
        registry: The newest that is known.

    Returns:
        Of how many people.
    """
    file = KeyFile.load(folder)
    content, gone = file.content, set[str]()
    for person in registry.people:
        own: Mapping[str, str] = content["grants"].get(person.id, {})
        sealed_to = {grants.receiver_key_of(text) for text in own.values()}
        if person.is_revoked or (sealed_to and person.seal.name not in sealed_to):
            gone.add(person.id)
    standing = registry.recovery_seals
    gone |= {ident for ident in content["recovery"] if ident not in standing}
    if not gone & ({s["user"] for s in content["slots"].values()} | content["grants"].keys()):
        return 0
    content["slots"] = {k: s for k, s in content["slots"].items() if s["user"] not in gone}
    content["grants"] = {k: g for k, g in content["grants"].items() if k not in gone}
    content["recovery"] = {k: r for k, r in content["recovery"].items() if k not in gone}
    for begun in content.get("next", {}).values():
        begun["grants"] = {k: g for k, g in begun["grants"].items() if k not in gone}
    file.save(content, keep_previous=False)
    return len(gone)
