"""A recipient's card and key file: what somebody outside makes on their own computer.

The card is public: it goes to the department, which compares its eight words by phone. The key file
stays with them, closed under a passphrase (the floors of `kdf` hold here too). It opens what is
sealed to the card, and signs receipts.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.domain.disclosure import RecipientCard, RecipientKind
from intake_app.domain.disclosure_errors import BadCard
from intake_app.domain.errors import CannotOpen, VaultDamaged, WrongPassphrase
from intake_app.domain.plain_json import canonical
from intake_app.vault import kdf
from intake_app.vault.disclosure_seal import RecipientKeys, words_of
from intake_app.vault.jose import PrivateKey, PublicKey, base, unbase
from intake_app.vault.passphrase import check_passphrase

CARD, KEY_FILE = "intake recipient card", "intake recipient key"
MOST_CARD: Final = 8 * 1024
MOST_NAME: Final = 200
_CARD_PARTS: Final = {"type", "v", "kind", "name", "seal", "sign"}
_NONCE_BYTES: Final = 12
_METHOD: Final = "argon2id"
_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError, CannotOpen)


def read_card(data: bytes) -> RecipientCard:
    """Read a card that may come from anywhere.

    Raises:
        BadCard: It is none.
    """
    try:
        if len(data) > MOST_CARD:
            raise ValueError("too long")
        raw: dict[str, Any] = json.loads(data)
        if raw.keys() != _CARD_PARTS or (raw["type"], raw["v"]) != (CARD, 1):
            raise ValueError("parts")
        seal, sign = PublicKey.load(raw["seal"]), PublicKey.load(raw["sign"])
        name = raw["name"]
        if not isinstance(name, str) or not is_name(name) or seal.name == sign.name:
            raise ValueError("name or keys")
        card = RecipientCard(RecipientKind(raw["kind"]), name, seal.jwk, sign.jwk)
    except _FAILED as error:
        raise BadCard("card") from error
    return replace(card, words=card_words(card))


def card_words(card: RecipientCard) -> tuple[str, ...]:
    """Eight words of all that a card says."""
    sign = PublicKey.load(card.sign).name
    return words_of(card.seal, sign, str(card.kind), card.name)


def is_name(name: str) -> bool:
    """Whether this can stand in a list and on a paper."""
    return name == name.strip() and 0 < len(name) <= MOST_NAME and name.isprintable()


def write_card(card: RecipientCard) -> bytes:
    """The card as a file."""
    said = {"type": CARD, "v": 1, "kind": str(card.kind), "name": card.name,
            "seal": dict(card.seal), "sign": dict(card.sign)}  # fmt: skip
    return json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"


def new_recipient(name: str, kind: RecipientKind, passphrase: str) -> tuple[bytes, RecipientCard]:
    """New keys: the key file for them alone, and the card for the department.

    Raises:
        BadCard: There is nothing to call them by.
        WeakPassphrase: Too short or too common.
    """
    if not is_name(name):
        raise BadCard("name")
    check_passphrase(passphrase, name)
    seal, sign = PrivateKey.make(), PrivateKey.make()
    card = RecipientCard(kind, name, seal.jwk, sign.jwk)
    salt, nonce = os.urandom(kdf.SALT_BYTES), os.urandom(_NONCE_BYTES)
    params = dict(kdf.METHODS[_METHOD].usual)
    around: dict[str, Any] = {
        "type": KEY_FILE, "v": 1, "name": name, "kdf": _METHOD, "params": params,
        "salt": base(salt), "nonce": base(nonce),
    }  # fmt: skip
    plain = canonical({"seal": seal.secret, "sign": sign.secret})
    key = _key(passphrase, salt, _METHOD, params)
    around["ct"] = base(AESGCM(key).encrypt(nonce, plain, canonical(around)))
    return canonical(around) + b"\n", replace(card, words=card_words(card))


def open_key_file(data: bytes, passphrase: str) -> RecipientKeys:
    """The keys in a key file.

    Raises:
        WeakKeyFile: Its parameters are below the floor or above the ceiling.
        WrongPassphrase: Another passphrase, or altered.
        VaultDamaged: It has not the shape of a key file.
    """
    try:
        raw: dict[str, Any] = json.loads(data)
        around = {name: value for name, value in raw.items() if name != "ct"}
        if (raw["type"], raw["v"]) != (KEY_FILE, 1):
            raise ValueError("type")
        params: Mapping[str, int] = kdf.check(raw["kdf"], raw["params"])
        salt, nonce, ct = (unbase(raw[name]) for name in ("salt", "nonce", "ct"))
        key = _key(passphrase, salt, raw["kdf"], params)
        said: dict[str, Any] = json.loads(AESGCM(key).decrypt(nonce, ct, canonical(around)))
        return RecipientKeys(PrivateKey.load(said["seal"]), PrivateKey.load(said["sign"]))
    except InvalidTag as error:
        raise WrongPassphrase from error
    except _FAILED as error:
        raise VaultDamaged("recipient key") from error


def _key(passphrase: str, salt: bytes, method: str, params: Mapping[str, int]) -> bytes:
    return kdf.derive(kdf.stretch(passphrase, salt, method, params), KEY_FILE.encode())
