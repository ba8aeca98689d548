"""identity.json: which station this is, and how far its own runs of numbers have gone.

It never goes into a backup: a copy is not this station, and files that lag behind it are old.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from intake_app.disk.atomic import write_whole
from intake_app.domain.errors import VaultDamaged, VaultMissing
from intake_app.domain.exchange import NOTHING, Mark, Stream
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault.jose import PrivateKey, PublicKey

NAME: Final = "identity.json"
_TEXTS: Final = ("station", "epoch", "letter", "key")
_FIRST: Final = {"v", "agency", "profile", *_TEXTS}
"""What version 1 says; it is raised when it is read, and written as version 2."""
_KEYS: Final = {*_FIRST, "parent", "wrote", "counter", "sealed"}
_NO_EPOCH: Final = Epoch("")


@dataclass(frozen=True, slots=True)
class Identity:
    """A station, as its changes and numbers name it.

    Attributes:
        station: Id of this station.
        epoch: Id of this run of numbers; a restored station begins a new one.
        letter: Stands in receipt numbers.
        sealed_key: The station's signing key, sealed to the `station` compartment.
        parent: The epoch that this one follows; empty for the first.
        wrote: All own streams ever begun, by name, each with its last bundle.
        counter: Of the newest receipt of this epoch; 0: none yet.
        sealed: By file, the last bundle of this epoch that had lines of it.
    """

    station: StationId
    epoch: Epoch
    letter: str
    sealed_key: str = ""
    parent: Epoch = _NO_EPOCH
    wrote: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    counter: int = 0
    sealed: Mapping[Compartment, int] = field(default_factory=dict[Compartment, int])

    @property
    def stream(self) -> Stream:
        """Its present run of numbers."""
        return Stream(self.station, self.epoch)


def write_identity(folder: Path, agency: str, profile: str, identity: Identity) -> None:
    """Write it; the old one, if any, goes.

    Raises:
        DiskFull: The old one stands.
        StorageFailed: The old one stands.
    """
    wrote = {identity.stream.name: NOTHING, **identity.wrote}
    content = {
        "v": 2, "agency": agency, "profile": profile, "station": identity.station,
        "epoch": identity.epoch, "letter": identity.letter, "key": identity.sealed_key,
        "parent": identity.parent, "counter": identity.counter, "sealed": dict(identity.sealed),
        "wrote": {name: [mark.n, mark.sha256] for name, mark in wrote.items()},
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
        if (raw["agency"], raw["profile"]) != (agency, profile):
            raise VaultDamaged(f"{NAME}: another profile")
        return _read(raw)
    except FileNotFoundError as error:
        raise VaultMissing(NAME) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VaultDamaged(NAME) from error


def seal_station_key(
    key: PrivateKey, station: StationId, to: PublicKey, opens: PrivateKey | None = None
) -> str:
    """Close the station's keys; whoever holds `station` can use them here.

    Args:
        key: Signs as the station.
        station: Which.
        to: The key of the `station` compartment.
        opens: Opens what is sealed to the station.
    """
    plain = {"sign": key.secret, "seal": opens.secret} if opens else key.secret
    return to.seal(canonical(plain), _purpose(station))


def open_station_key(identity: Identity, private: PrivateKey) -> PrivateKey:
    """The station's signing key.

    Raises:
        CannotOpen: Another compartment's key, or altered.
    """
    return PrivateKey.load(_opened(identity, private)["sign"])


def open_station_opener(identity: Identity, private: PrivateKey) -> PrivateKey | None:
    """Opens what is sealed to the station; None: the first program made no such key.

    Raises:
        CannotOpen: Another compartment's key, or altered.
    """
    jwk = _opened(identity, private)["seal"]
    return PrivateKey.load(jwk) if jwk else None


def _opened(identity: Identity, private: PrivateKey) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(private.open(identity.sealed_key, _purpose(identity.station)))
    return {"sign": said, "seal": None} if "kty" in said else said


def _purpose(station: StationId) -> str:
    return f"station signing key {station}"


def _read(raw: Mapping[str, Any]) -> Identity:
    version = _count(raw["v"])
    if set(raw) != {1: _FIRST, 2: _KEYS}.get(version):
        raise ValueError("shape")
    station, epoch, letter, key = (_text(raw[name]) for name in _TEXTS)
    own = Identity(StationId(station), Epoch(epoch), letter, key)
    if version == 1:
        return Identity(own.station, own.epoch, letter, key, wrote={own.stream.name: NOTHING})
    wrote = {
        Stream.named(name).name: Mark(_count(n), _text(sha256))
        for name, (n, sha256) in raw["wrote"].items()
    }
    if own.stream.name not in wrote:
        raise ValueError("present epoch")
    sealed = {Compartment(name): _count(n) for name, n in raw["sealed"].items()}
    return Identity(
        own.station, own.epoch, letter, key, Epoch(_text(raw["parent"])), wrote,
        _count(raw["counter"]), sealed,
    )  # fmt: skip


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("number")
    return value
