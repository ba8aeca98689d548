"""User slots: a passphrase (and this computer's secret) opens the user's own keys, nothing else.

A travel slot carries the same keys to another station, where the same passphrase opens it once; it
then becomes an ordinary slot there, under that computer's secret too. Its key comes from the
stretched passphrase, so that it can be made while somebody is signed in, without the passphrase. It
only ever leaves this computer sealed to the other station.

A slot is AES-256-GCM with everything around the ciphertext as authenticated data, so that it cannot
be moved to another user, profile or department, nor its parameters be changed.
"""

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.domain.errors import CannotOpen, VaultDamaged, WrongPassphrase
from intake_app.domain.plain_json import canonical
from intake_app.vault import kdf
from intake_app.vault.jose import PrivateKey, base, unbase

NONCE_BYTES: Final = 12
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose slot it is.

    Attributes:
        agency: The department's id.
        profile: This profile folder's id.
        user: The user's id.
        slot_id: HMAC of the user name: where the slot stands in the key file.
    """

    agency: str
    profile: str
    user: str
    slot_id: str


@dataclass(frozen=True, slots=True)
class Travel:
    """What is kept of a passphrase while its owner is signed in: enough for travel slots.

    Attributes:
        key: 32 bytes; closes travel slots of this user and nothing else.
        kdf: How the passphrase was stretched.
        params: The same.
        salt: The same (base64url).
        revision: Names what the slot held besides, where it was changed under one passphrase.
    """

    key: bytearray = field(repr=False)
    kdf: str
    params: Mapping[str, int]
    salt: str
    revision: str = ""

    @property
    def version(self) -> str:
        """Names this passphrase, how it was stretched and the revision; says nothing about it."""
        parts = [self.kdf, dict(self.params), self.salt]
        told = canonical([*parts, self.revision] if self.revision else parts)
        return hashlib.sha256(told).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a slot holds.

    Attributes:
        seal: Opens what is sealed to this user.
        sign: Signs as this user.
        draft: 32 bytes; wraps the keys of this user's drafts.
        genesis: The hash that this user's registry must be rooted in.
        totp: Seed of one-time codes (base32); empty until the department asks for them.
        recovery_codes: Hashes of printed one-time codes; see `printed_codes`.
        must_change: The passphrase was given by somebody else, once: it must be replaced at the
            first sign-in.
        since: When the passphrase was chosen (`stamp`); empty: by an older program.
        earlier: Stretched earlier passphrases, where the policy refuses them; newest first.
        travel: Closes the same keys for another station; it is not written into the slot.
    """

    seal: PrivateKey
    sign: PrivateKey
    draft: bytes = field(repr=False)
    genesis: str
    totp: str = field(default="", repr=False)
    recovery_codes: tuple[str, ...] = field(default=(), repr=False)
    must_change: bool = False
    since: str = ""
    earlier: tuple[str, ...] = field(default=(), repr=False)
    travel: Travel | None = field(default=None, repr=False, compare=False)


def new_secrets(genesis: str) -> Secrets:
    """Keys of a new user."""
    return Secrets(PrivateKey.make(), PrivateKey.make(), os.urandom(_KEY_BYTES), genesis)


def revised(held: Secrets) -> Secrets:
    """The same under the same passphrase, to be written as something newer that travels."""
    if held.travel is None:
        return held
    return replace(held, travel=replace(held.travel, revision=os.urandom(8).hex()))


def make_slot(
    owner: Owner, held: Secrets, passphrase: str, method: str, device: bytes | None,
    replaces: Collection[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """Close a user's keys under a passphrase; the nonce is fresh.

    The salt is fresh too, unless the keys have travelled: one passphrase has the same at all
    stations, so that it is known there as the same.

    Args:
        owner: Whose, and where it stands.
        held: Their keys; `travel` is of the same passphrase, or None.
        passphrase: Theirs.
        method: How to stretch it.
        device: This computer's secret, where there is one.
        replaces: Versions of their earlier passphrases (`Travel.version`).
    """
    salt = unbase(held.travel.salt) if held.travel else os.urandom(kdf.SALT_BYTES)
    nonce = os.urandom(NONCE_BYTES)
    params = dict(kdf.METHODS[method].usual)
    slot: dict[str, Any] = {
        "v": 1, "agency": owner.agency, "profile": owner.profile, "user": owner.user,
        "slot_id": owner.slot_id, "kdf": method, "params": params, "salt": base(salt),
        "device_required": device is not None, "nonce": base(nonce), "over": sorted(replaces),
        **_revision(held.travel),
    }  # fmt: skip
    key = _slot_key(kdf.stretch(passphrase, salt, method, params), device, owner)
    slot["ct"] = base(AESGCM(key).encrypt(nonce, _to_bytes(held), canonical(slot)))
    return slot


def make_travel_slot(travel: Travel, agency: str, user: str, held: Secrets) -> dict[str, Any]:
    """Close a user's keys for another station."""
    nonce = os.urandom(NONCE_BYTES)
    slot: dict[str, Any] = {
        "v": 2, "agency": agency, "user": user, "kdf": travel.kdf, "params": dict(travel.params),
        "salt": travel.salt, "nonce": base(nonce), **_revision(travel),
    }  # fmt: skip
    slot["ct"] = base(AESGCM(travel.key).encrypt(nonce, _to_bytes(held), canonical(slot)))
    return slot


def is_travel_slot(slot: Mapping[str, Any]) -> bool:
    """Whether it came from another station and has not been used here yet."""
    return slot.get("v") == 2


def version_of(slot: Mapping[str, Any]) -> str:
    """See `Travel.version`.

    Raises:
        KeyError: It has not the shape of a slot.
    """
    revision = str(slot.get("revision", ""))
    return Travel(bytearray(), slot["kdf"], slot["params"], slot["salt"], revision).version


def replaced_by(slot: Mapping[str, Any]) -> frozenset[str]:
    """Versions of earlier passphrases of its user, as far as was known here."""
    return frozenset(slot.get("over", ()))


def is_device_required(slot: Mapping[str, Any]) -> bool:
    """Whether this computer's secret is needed too."""
    return slot.get("device_required") is True


def open_slot(
    slot: Mapping[str, Any], owner: Owner, passphrase: str, device: bytes | None
) -> Secrets:
    """Open a slot that stands where this owner's slot belongs.

    Raises:
        WeakKeyFile: Its parameters are below the floor or above the ceiling.
        WrongPassphrase: Another passphrase, or not this owner's slot, or altered.
        VaultDamaged: It has not the shape of a slot.
    """
    around = {name: value for name, value in slot.items() if name != "ct"}
    kdf.check(slot.get("kdf"), slot.get("params"))
    try:
        salt, nonce, ct = (unbase(slot[name]) for name in ("salt", "nonce", "ct"))
        stretched = kdf.stretch(passphrase, salt, slot["kdf"], slot["params"])
        travel = _travel(slot, stretched, owner)
        if is_travel_slot(slot):
            key, is_theirs = bytes(travel.key), _is_of(slot, owner, "agency", "user")
        else:
            key = _slot_key(stretched, device, owner)
            is_theirs = _is_of(slot, owner, "agency", "profile", "user", "slot_id")
        if not is_theirs:
            raise WrongPassphrase("slot")
        plain = AESGCM(key).decrypt(nonce, ct, canonical(around))
        return replace(_from_bytes(plain), travel=travel)
    except InvalidTag as error:
        raise WrongPassphrase from error
    except (KeyError, TypeError, ValueError, AttributeError, CannotOpen) as error:
        raise VaultDamaged("slot") from error


def _is_of(slot: Mapping[str, Any], owner: Owner, *names: str) -> bool:
    return all(slot[name] == getattr(owner, name) for name in names)


def _travel(slot: Mapping[str, Any], stretched: bytes, owner: Owner) -> Travel:
    key = kdf.derive(stretched, canonical(["travel", owner.agency, owner.user]))
    revision = str(slot.get("revision", ""))
    return Travel(bytearray(key), slot["kdf"], dict(slot["params"]), slot["salt"], revision)


def _revision(travel: Travel | None) -> dict[str, str]:
    return {"revision": travel.revision} if travel and travel.revision else {}


def _slot_key(stretched: bytes, device: bytes | None, owner: Owner) -> bytes:
    bound = canonical(["slot", owner.agency, owner.user, owner.profile])
    return kdf.derive(stretched + (device or b""), bound)


def _to_bytes(held: Secrets) -> bytes:
    return canonical({
        "seal": held.seal.secret, "sign": held.sign.secret, "draft": base(held.draft),
        "genesis": held.genesis, "totp": held.totp, "codes": list(held.recovery_codes),
        **({"must_change": True} if held.must_change else {}),
        "since": held.since, "earlier": list(held.earlier),
    })  # fmt: skip


def _from_bytes(plain: bytes) -> Secrets:
    raw: dict[str, Any] = json.loads(plain)
    draft = unbase(raw["draft"])
    if len(draft) != _KEY_BYTES:
        raise ValueError(len(draft))
    seal, sign = PrivateKey.load(raw["seal"]), PrivateKey.load(raw["sign"])
    return Secrets(seal, sign, draft, raw["genesis"], raw["totp"], tuple(raw["codes"]),
                   raw.get("must_change") is True, str(raw.get("since", "")),
                   tuple(map(str, raw.get("earlier", []))))  # fmt: skip
