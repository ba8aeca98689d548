"""Signs grave acts as the person at this desk, and checks what colleagues signed.

An order to destroy, its approval, a hold: who says so must be certain years later, on any station,
also after they have left. What is signed names the department and the act, so that an approval
cannot pass for an order. It is read against the registry as its author knew it.
"""

import contextlib
import json
from collections.abc import Mapping
from typing import Any, Final

from intake_app.domain.errors import CannotOpen
from intake_app.domain.ids import UserId
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import May
from intake_app.vault.jose import unverified
from intake_app.vault.keys import Keys
from intake_app.vault.registry import Registry

_FAILED: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Signer:
    """Fits `services.needs.ending.Signer`.

    Args:
        keys: Of the signed-in person.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def sign(self, act: str, said: Mapping[str, object]) -> str:
        """What is said, signed.

        Args:
            act: What it is: "order", "approval".
            said: JSON; the department, the author and the act are added.

        Raises:
            NoGrant: Signed out.
            CannotOpen: This person has left.
        """
        keys, registry = self._keys, self._keys.registry
        head = head_in_sight(registry, keys)
        whole = {
            **said, "v": 1, "agency": registry.agency, "act": act, "by": keys.user, "head": head,
        }  # fmt: skip
        return keys.sign(canonical(whole))

    def read(self, act: str, text: str, may: May | None) -> tuple[UserId, dict[str, Any]]:
        """Who signed a text, and what it says.

        Args:
            act: What it must be.
            text: The signed text.
            may: What one of its author's roles had to include when they signed; None: they worked
                here.

        Raises:
            CannotOpen: It was altered, is another act, or its author might not.
            BadRegistry: Its author knew more of the registry than this station does yet.
        """
        key_name, said = claimed(text)
        try:
            author, head = UserId(str(said["by"])), str(said["head"])
        except _FAILED as error:
            raise CannotOpen("signed act") from error
        registry = self._keys.registry
        registry.author_key(author, key_name, head, may).verify(text)
        if (said.get("v"), said.get("agency"), said.get("act")) != (1, registry.agency, act):
            raise CannotOpen("act")
        return author, said

    def peek(self, text: str) -> dict[str, Any]:
        """What a signed text claims, unchecked; empty where it is none."""
        try:
            return claimed(text)[1]
        except CannotOpen:
            return {}


def claimed(text: str) -> tuple[str, dict[str, Any]]:
    """The key and the words that a signed text claims; believe neither before `Signer.read`.

    Raises:
        CannotOpen: It is no such text.
    """
    try:
        key_name, payload = unverified(text)
        said: dict[str, Any] = json.loads(payload)
        if canonical(said) != payload:
            raise CannotOpen("shape")
    except _FAILED as error:
        raise CannotOpen("signed act") from error
    return key_name, said


def head_in_sight(registry: Registry, keys: Keys) -> str:
    """A head of the registry in sight of which the author works here.

    Raises:
        CannotOpen: There is none: they have left.
    """
    for head in registry.heads:
        with contextlib.suppress(CannotOpen):
            registry.author_key(keys.user, keys.sign_key.name, head)
            return head
    raise CannotOpen("author")
