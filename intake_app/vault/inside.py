"""Keys that are kept inside a compartment's own file: whoever opens the file has them.

Two stations may know different generations of the same compartment; what both know together is
their union, and what one has forgotten for good does not come back from the other. A generation's
number grows by a random step, so that two stations that begin one at the same time need not agree
on its key: both are kept, and the higher one is used.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from intake_app.domain.errors import CannotOpen
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment
from intake_app.vault.jose import PrivateKey, base, unbase

_KEY_BYTES = 32
_STEP: Final = 1 << 20
_HIGHEST: Final = 1 << 53
"""Other programs can say no greater whole number in JSON."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies in a compartment.

    Attributes:
        compartment: Which.
        generations: 32-byte keys of bundles, by generation; from 1, with holes.
        seal: Opens what was handed in to the compartment.
        tokens: Key of the participation tokens; only in `cases`, else empty.
        floor: Generations up to this one are destroyed, everywhere and for good.
        without: Struck stations, people who left, and revocations of others who held the file:
            whoever is meant never knew the newest generation.
    """

    compartment: Compartment
    generations: Mapping[int, bytes] = field(repr=False)
    seal: PrivateKey
    tokens: bytes = field(default=b"", repr=False)
    floor: int = 0
    without: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """As it is stored (JSON)."""
        return canonical({
            "v": 1, "compartment": self.compartment, "seal": self.seal.secret,
            "generations": {str(n): base(key) for n, key in self.generations.items()},
            "tokens": base(self.tokens), "floor": self.floor, "without": sorted(self.without),
        }).decode()  # fmt: skip

    @property
    def newest(self) -> int:
        """The generation that seals."""
        return max(self.generations)

    @property
    def state(self) -> str:
        """Names what is in it, to tell whether somebody has the same; says nothing about it."""
        return hashlib.sha256(b"inside\0" + self.text.encode()).hexdigest()[:32]


def new_inside(compartment: Compartment) -> Inside:
    """Fresh keys for a new compartment."""
    tokens = os.urandom(_KEY_BYTES) if compartment is Compartment.CASES else b""
    return Inside(compartment, {1: os.urandom(_KEY_BYTES)}, PrivateKey.make(), tokens)


def with_tokens(found: Inside) -> Inside:
    """The same keys, with a token key where `cases` has none yet."""
    if found.compartment is not Compartment.CASES or found.tokens:
        return found
    return replace(found, tokens=os.urandom(_KEY_BYTES))


def merged(one: Inside, other: Inside) -> Inside:
    """What two stations know together; in any order the same.

    Raises:
        CannotOpen: They are not of one compartment.
    """
    if (one.compartment, one.seal.name) != (other.compartment, other.seal.name):
        raise CannotOpen("inside of another")
    floor = max(one.floor, other.floor)
    both: dict[int, bytes] = {}
    for n, key in sorted([*one.generations.items(), *other.generations.items()]):
        if n > floor:
            both.setdefault(n, key)
    latest = max(one, other, key=lambda it: (it.newest, sorted(it.without)))
    tokens = max(one.tokens, other.tokens)
    return replace(one, generations=both, tokens=tokens, floor=floor, without=latest.without)


def with_generation(found: Inside, without: Iterable[str]) -> Inside:
    """The same keys and a new generation, which struck stations do not know."""
    number = found.newest + 1 + secrets.randbelow(_STEP)
    generations = {**found.generations, number: os.urandom(_KEY_BYTES)}
    return replace(found, generations=generations, without=frozenset(without))


def without_generation(found: Inside, generation: int) -> Inside:
    """The same keys, less this generation and all before it.

    Raises:
        ValueError: Nothing newer would be left.
    """
    rest = {n: key for n, key in found.generations.items() if n > generation}
    if not rest:
        raise ValueError("the newest generation")
    return replace(found, generations=rest, floor=max(found.floor, generation))


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
            unbase(raw["tokens"]), int(raw.get("floor", 0)), frozenset(raw.get("without", ())),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CannotOpen("inside") from error
    is_whole = generations and all(len(key) == _KEY_BYTES for key in generations.values())
    if found.compartment is not compartment or not is_whole:
        raise CannotOpen("inside")
    if not 0 <= found.floor < min(generations) or found.newest > _HIGHEST:
        raise CannotOpen("generations")
    return found
