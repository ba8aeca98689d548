"""identity.json: which station this is. It never goes into a backup: a copy is not this station."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intake_app.domain.errors import VaultDamaged, VaultMissing
from intake_app.domain.ids import Epoch, StationId
from intake_app.vault.atomic import write_whole
from intake_app.vault.jose import PrivateKey, PublicKey, canonical

NAME: Final = "identity.json"
_TEXTS: Final = ("station", "epoch", "letter", "key")
_KEYS: Final = {"v", "agency", "profile", *_TEXTS}


@dataclass(frozen=True, slots=True)
class Identity:
    """A station, as its changes and numbers name it.

    Attributes:
        station: Id of this station.
        epoch: Id of this run of numbers; a restored station begins a new one.
        letter: Stands in receipt numbers.
        sealed_key: The station's signing key, sealed to the `station` compartment.
    """

    station: StationId
    epoch: Epoch
    letter: str
    sealed_key: str = ""


def write_identity(folder: Path, agency: str, profile: str, identity: Identity) -> None:
    """Write it; the old one, if any, goes."""
    content = {
        "v": 1, "agency": agency, "profile": profile, "station": identity.station,
        "epoch": identity.epoch, "letter": identity.letter, "key": identity.sealed_key,
    }  # fmt: skip
    write_whole(folder / NAME, canonical(content))


def read_identity(folder: Path, agency: str, profile: str) -> Identity:
    """Read it.

    Raises:
        VaultMissing: There is none: this folder was restored, or copied.
        VaultDamaged: It cannot be read, or belongs to another profile.
    """
    try:
        raw: dict[str, Any] = json.loads((folder / NAME).read_bytes())
        is_whole = raw.keys() == _KEYS and all(type(raw[name]) is str for name in _TEXTS)
    except FileNotFoundError as error:
        raise VaultMissing(NAME) from error
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise VaultDamaged(NAME) from error
    if not is_whole:
        raise VaultDamaged(NAME)
    if (raw["agency"], raw["profile"]) != (agency, profile):
        raise VaultDamaged(f"{NAME}: another profile")
    return Identity(*(raw[name] for name in _TEXTS))


def seal_station_key(key: PrivateKey, station: StationId, to: PublicKey) -> str:
    """Close the station's signing key; whoever holds `station` can use it here."""
    return to.seal(canonical(key.secret), _purpose(station))


def open_station_key(identity: Identity, private: PrivateKey) -> PrivateKey:
    """The station's signing key.

    Raises:
        CannotOpen: Another compartment's key, or altered.
    """
    plain = private.open(identity.sealed_key, _purpose(identity.station))
    return PrivateKey.load(json.loads(plain))


def _purpose(station: StationId) -> str:
    return f"station signing key {station}"
