"""Keys that are kept inside a compartment's own file: whoever opens the file has them."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from intake_app.domain.errors import CannotOpen
from intake_app.domain.roles import Compartment
from intake_app.vault.jose import PrivateKey, base, canonical, unbase

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies in a compartment.

    Attributes:
        compartment: Which.
        generations: 32-byte keys of bundles, by generation; from 1.
        seal: Opens what was handed in to the compartment.
        tokens: Key of the participation tokens; only in `cases`, else empty.
    """

    compartment: Compartment
    generations: Mapping[int, bytes] = field(repr=False)
    seal: PrivateKey
    tokens: bytes = field(default=b"", repr=False)

    @property
    def text(self) -> str:
        """As it is stored (JSON)."""
        return canonical({
            "v": 1, "compartment": self.compartment, "seal": self.seal.secret,
            "generations": {str(n): base(key) for n, key in self.generations.items()},
            "tokens": base(self.tokens),
        }).decode()  # fmt: skip


def new_inside(compartment: Compartment) -> Inside:
    """Fresh keys for a new compartment."""
    tokens = os.urandom(_KEY_BYTES) if compartment is Compartment.CASES else b""
    return Inside(compartment, {1: os.urandom(_KEY_BYTES)}, PrivateKey.make(), tokens)


def with_tokens(found: Inside) -> Inside:
    """The same keys, with a token key where `cases` has none yet."""
    if found.compartment is not Compartment.CASES or found.tokens:
        return found
    return replace(found, tokens=os.urandom(_KEY_BYTES))


def read_inside(compartment: Compartment, text: str) -> Inside:
    """Read what was stored.

    Raises:
        CannotOpen: Damaged, or another compartment's.
    """
    try:
        raw: dict[str, Any] = json.loads(text)
        generations = {int(n): unbase(key) for n, key in raw["generations"].items()}
        found = Inside(
            Compartment(raw["compartment"]), generations, PrivateKey.load(raw["seal"]),
            unbase(raw["tokens"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CannotOpen("inside") from error
    is_whole = generations and all(len(key) == _KEY_BYTES for key in generations.values())
    if found.compartment is not compartment or not is_whole:
        raise CannotOpen("inside")
    return found
