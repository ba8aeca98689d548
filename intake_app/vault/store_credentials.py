"""What opens the stores, in the keyring of this computer and nowhere else.

Where there is no keyring, a store with a password cannot be used here: nothing is written in the
clear. Whoever steals a password of a store reads sealed bytes with it.
"""

import json
from collections.abc import Mapping
from typing import Final

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from intake_app.domain.store_errors import NoKeyring, PasswordMissing

MEMBERS: Final = ("user", "password")

PLACE: Final = "place"
"""The server that they are for: stores.json is no secret, and whoever changes an address there
must not be sent the password."""

MOST: Final = 1_200
"""Characters of what is kept: Windows takes no more, and says so late."""

_SERVICE: Final = "intake-app store"
_BROKEN: Final = (KeyringError, RuntimeError, OSError)  # backends let some of their own through


class StoreCredentials:
    """Passwords of the stores of one profile; fits `services.needs.stores.Secrets`.

    Args:
        profile: The profile's id; two profiles of one computer keep theirs apart.
    """

    def __init__(self, profile: str) -> None:
        self._profile = profile

    def keep(self, hub: str, secret: Mapping[str, str]) -> None:
        """Keep what opens a store, read back: some keyrings take and forget.

        Args:
            hub: The store's id.
            secret: "user" and "password", and the "place" that they are for.

        Raises:
            NoKeyring: This computer keeps it not.
        """
        told = {name: secret.get(name, "") for name in MEMBERS}
        text = json.dumps({**told, PLACE: secret[PLACE]} if PLACE in secret else told)
        if len(text) > MOST:
            raise NoKeyring("too long")
        try:
            keyring.set_password(_SERVICE, self._name(hub), text)
            is_kept = keyring.get_password(_SERVICE, self._name(hub)) == text
        except _BROKEN as error:
            raise NoKeyring(type(error).__name__) from None
        if not is_kept:
            raise NoKeyring("forgets")

    def recall(self, hub: str, place: str = "") -> dict[str, str]:
        """What opens a store: "user" and "password".

        Args:
            hub: The store's id.
            place: Where it is to be sent; empty: nowhere.

        Raises:
            PasswordMissing: It was never entered here, or for another place, or the keyring lost
                it.
            NoKeyring: There is no keyring, or it does not open.
        """
        try:
            text = keyring.get_password(_SERVICE, self._name(hub))
        except _BROKEN as error:
            raise NoKeyring(type(error).__name__) from None
        try:
            told = json.loads(text or "")
            found = {name: str(told[name]) for name in MEMBERS}
            is_meant = not place or str(told.get(PLACE, place)) == place
        except (ValueError, KeyError, TypeError, AttributeError):
            raise PasswordMissing from None
        if not is_meant:
            raise PasswordMissing
        return found

    def has(self, hub: str) -> bool:
        """Whether something is kept for a store, and can be had."""
        try:
            return bool(self.recall(hub))
        except (PasswordMissing, NoKeyring):
            return False

    def forget(self, hub: str) -> None:
        """Keep it no longer, if it is kept.

        Raises:
            NoKeyring: There is no keyring, or it does not open.
        """
        try:
            keyring.delete_password(_SERVICE, self._name(hub))
        except PasswordDeleteError:
            return  # it was not there
        except _BROKEN as error:
            raise NoKeyring(type(error).__name__) from None

    def _name(self, hub: str) -> str:
        return f"{self._profile} {hub}"
