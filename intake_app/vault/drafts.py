"""Drafts under a key of their own: their author opens them, or a holder of the compartment's key.

The key of a draft is made once, wrapped by its author's draft key and sealed to the compartment.
Each write is then one AES-256-GCM with the draft's id as authenticated data: a keystroke costs
microseconds, and nobody can put one draft in another's place.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.domain.errors import CannotOpen
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault.jose import PrivateKey, PublicKey, base, unbase

_NONCE: Final = 12
_REMEMBERED: Final = 64
_FAILED: Final = (InvalidTag, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class DraftKeys:
    """What a sealer needs of a signed-in user.

    Attributes:
        user: Whose drafts.
        own: The 32-byte draft key of the slot.
        seal: Opens what was handed over to this user.
        to: Seals to the compartment.
        holder: Opens as a holder of the compartment, or None.
        colleague: Finds the key that seals to another user.
    """

    user: UserId
    own: bytearray = field(repr=False)
    seal: PrivateKey
    to: PublicKey
    holder: PrivateKey | None
    colleague: Callable[[UserId], PublicKey]


class DraftSealer:
    """Seals and opens drafts of one compartment for one user; fits `services.desk.Sealer`."""

    def __init__(self, compartment: Compartment, keys: DraftKeys) -> None:
        self._compartment = compartment
        self._mine: DraftKeys | None = keys
        self._known: dict[tuple[RecordId, str], AESGCM] = {}

    def new_keys(self, draft: RecordId) -> str:
        """A fresh key for a draft, wrapped for the signed-in author and sealed (JSON)."""
        mine, key = self._keys(), os.urandom(32)
        text = self._wrap(draft, key, mine.to.seal(key, self._purpose(draft)))
        self._remember(draft, text, key)
        return text

    def seal(self, draft: RecordId, keys: str, text: bytes) -> bytes:
        """Seal what was typed.

        Raises:
            CannotOpen: The draft's key is for somebody else, or was altered.
        """
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher(draft, keys).encrypt(nonce, text, self._bound(draft))

    def open(self, draft: RecordId, keys: str, body: bytes) -> bytes:
        """Open it: as the author, or as a holder of the compartment's key.

        Raises:
            CannotOpen: Neither, or altered.
        """
        cipher = self._cipher(draft, keys)
        try:
            return cipher.decrypt(body[:_NONCE], body[_NONCE:], self._bound(draft))
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("draft") from error

    def hand_over(self, draft: RecordId, keys: str, to: UserId) -> str:
        """The same key, wrapped for another author instead.

        Raises:
            CannotOpen: This user cannot open it.
        """
        mine, key = self._keys(), self._unwrap(draft, keys)
        sealed = str(json.loads(keys)["sealed"])
        if to == mine.user:
            return self._wrap(draft, key, sealed)
        passed = mine.colleague(to).seal(key, self._purpose(draft, to))
        return _to_text({"v": 1, "author": to, "passed": passed, "sealed": sealed})

    def forget(self) -> None:
        """Drop the keys; nothing can be sealed or opened afterwards."""
        self._mine = None
        self._known.clear()

    def _keys(self) -> DraftKeys:
        if self._mine is None:
            raise CannotOpen("signed out")
        return self._mine

    def _cipher(self, draft: RecordId, keys: str) -> AESGCM:
        known = self._known.get((draft, keys))
        return known or self._remember(draft, keys, self._unwrap(draft, keys))

    def _remember(self, draft: RecordId, keys: str, key: bytes) -> AESGCM:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        return self._known.setdefault((draft, keys), AESGCM(key))

    def _wrap(self, draft: RecordId, key: bytes, sealed: str) -> str:
        mine, nonce = self._keys(), os.urandom(_NONCE)
        bound = self._bound(draft, mine.user)
        wrapped = base(nonce + AESGCM(mine.own).encrypt(nonce, key, bound))
        return _to_text({"v": 1, "author": mine.user, "own": wrapped, "sealed": sealed})

    def _unwrap(self, draft: RecordId, keys: str) -> bytes:
        mine = self._keys()
        try:
            said: dict[str, Any] = json.loads(keys)
            try:
                return self._unwrap_as_author(draft, said)
            except (InvalidTag, CannotOpen):
                # somebody else's, or one's own from before one's keys were renewed by a card
                if mine.holder is None:
                    raise
                return mine.holder.open(said["sealed"], self._purpose(draft))
        except _FAILED as error:
            raise CannotOpen("draft key") from error

    def _unwrap_as_author(self, draft: RecordId, said: dict[str, Any]) -> bytes:
        mine = self._keys()
        if said["author"] != mine.user:
            raise CannotOpen("draft of somebody else")
        if "own" in said:
            body = unbase(said["own"])
            bound = self._bound(draft, mine.user)
            return AESGCM(mine.own).decrypt(body[:_NONCE], body[_NONCE:], bound)
        return mine.seal.open(said["passed"], self._purpose(draft, mine.user))

    def _bound(self, draft: RecordId, user: str = "") -> bytes:
        return canonical(["draft", self._compartment, draft, user])

    def _purpose(self, draft: RecordId, to: str = "") -> str:
        return f"draft {self._compartment} {draft} {to}".rstrip()


def _to_text(said: dict[str, Any]) -> str:
    return canonical(said).decode()
