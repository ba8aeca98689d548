"""The records behind a number, for those who read their file: without whom they are kept from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from intake_app.domain.figure import Place
from intake_app.domain.ids import RecordId
from intake_app.domain.listing import Row
from intake_app.domain.roles import READS, Compartment, May, may
from intake_app.services.desk import Desk
from intake_app.services.intake_changes import INTAKE
from intake_app.services.measures.asking import Asked
from intake_app.services.needs import Records
from intake_app.services.veil import unveiled

MOST: Final = 200
"""Records that are listed; a narrower cut finds the others."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind a number.

    Attributes:
        lines: Intakes and cases, newest first.
        counted: Of a rate, those that are in its numerator.
        kept: How many more are kept from this person.
        nameless: How many more are contacts without a case, or what is left of ended records:
            there is nothing to open.
        is_more: There are more than are listed.
    """

    lines: tuple[Row, ...] = ()
    counted: frozenset[RecordId] = frozenset()
    kept: int = 0
    nameless: int = 0
    is_more: bool = False


def records_behind(desk: Desk, asked: Asked, place: Place, most: int = MOST) -> Behind:
    """The records behind one place of a table; that somebody looked is logged in each file.

    Args:
        desk: Who looks.
        asked: What was asked.
        place: Where in the table; () is everything.
        most: How many are listed at most.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    desk.require(May.SEE_NUMBERS)
    found = [_in_file(desk, asked, place, (name, most)) for name in asked.files]
    lines = sorted((row for one in found for row in one.lines), key=lambda row: row.opened)
    return Behind(
        tuple(reversed(lines))[:most],
        frozenset(ident for one in found for ident in one.counted),
        sum(one.kept for one in found),
        sum(one.nameless for one in found),
        len(lines) > most or any(one.is_more for one in found),
    )


def _in_file(desk: Desk, asked: Asked, place: Place, where: tuple[Compartment, int]) -> Behind:
    name, most = where
    file, act = desk.open_file(name), READS[name]
    if file is None or act is None or not may(desk.person.roles, act) or desk.measures is None:
        return Behind()
    journeys = desk.measures.files[name]
    idents = journeys.behind(asked.question, place, most + 1)
    listed = idents[:most]
    seen, all_lines = _intakes(file, listed), _intakes(unveiled(file), listed)
    file.note(desk.act(f"list records behind a number: {asked.measure.id}"))
    return Behind(
        tuple(seen.values()),
        frozenset(journeys.in_numerator(asked.question, list(seen))) if seen else frozenset(),
        len(all_lines) - len(seen),
        len(listed) - len(all_lines),
        len(idents) > most,
    )


def _intakes(file: Records, idents: Iterable[RecordId]) -> dict[RecordId, Row]:
    found = file.lines(list(idents))
    return {row.record: row for row in found.values() if row.kind == INTAKE}
