"""Looks over files after a purge, when nobody works: written anew, then read page by page.

What was destroyed is looked for in every page of the file in the clear, free pages too. What stands
in a record of somebody else (a last name, a street) is no remnant, and is told apart.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, cast

from intake_app.domain.change import Value
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.needs.ending import Proof
from intake_app.services.purging.acts import ending_of, signed_fact

PROVED: Final = "purge.proved"
"""Kind of the fact about an order: {"file", "looked_for": how many values, "found": how many}."""

_SHORTEST: Final = 5
"""Letters; a shorter value stands in any file by chance."""

_IS_DULL: Final = re.compile(r"[0-9a-fA-F]{32,64}|\d{4}-\d\d-\d\dT.*").fullmatch
_EDGE: Final = 256
"""Bytes that a piece is read together with the next; values are cut to less."""


def telling_values(records: Iterable[Record]) -> tuple[str, ...]:
    """All words of some records, but for ids and moments; codes of others are told apart later."""
    found = {word for record in records for name, value in record.values.items()
             if not name.startswith("~") for word in _words(value)}  # fmt: skip
    return tuple(sorted(word for word in found if len(word) >= _SHORTEST and not _IS_DULL(word)))


def look_over(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """Write files anew and look for what was destroyed, until somebody waits.

    Args:
        desk: Whose.
        is_wanted: Whether somebody waits for the worker.

    Returns:
        Whether nothing is left to be done.

    Raises:
        DiskFull: There is no room to write a file anew; it stays owed.
    """
    if desk.ending is None:
        return True
    for upkeep in desk.ending.upkeep.values():
        if upkeep.owes_rewrite and not upkeep.rewrite(is_wanted):
            return False
    for proof in tuple(desk.ending.proofs):
        found = remnants(desk, proof, is_wanted)
        if found is None:
            return False
        told = {"file": proof.compartment, "looked_for": len(proof.values), "found": len(found)}
        change = signed_fact(desk, PROVED, told, about=proof.order)
        desk.station.apply([change], desk.act("look over purged file", proof.order))
        desk.ending.proofs.remove(proof)
    return True


def remnants(
    desk: Desk, proof: Proof, is_wanted: Callable[[], bool] = lambda: False
) -> list[str] | None:
    """The values that are left in a file and stand in nobody else's record; None: interrupted."""
    ending = ending_of(desk)
    wanted = {value: [form.lower() for form in _forms(value)] for value in proof.values}
    found = set[str]()
    for piece in _overlapping(ending.pages.pieces(Compartment(proof.compartment))):
        if is_wanted():
            return None
        small = piece.lower()
        found |= {value for value, forms in wanted.items() if any(f in small for f in forms)}
    upkeep = ending.upkeep[proof.compartment]
    return sorted(value for value in found if not upkeep.stands_elsewhere(value))


def _overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    tail = b""
    for piece in pieces:
        yield tail + piece
        tail = piece[-_EDGE:]


def _forms(value: str) -> Iterator[bytes]:
    """As a record has it, and as the log escapes it."""
    yield value.encode(errors="replace")[: _EDGE - 1]
    if any(letter in value for letter in '"\\\n\t'):
        yield value.encode("unicode_escape", errors="replace")[: _EDGE - 1]


def _words(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in cast("dict[str, Value]", value).values():
            yield from _words(inner)
    elif isinstance(value, (list, tuple)):
        for inner in cast("list[Value]", value):
            yield from _words(inner)
