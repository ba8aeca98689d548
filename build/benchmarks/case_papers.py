"""The papers of a held charge: one citation, filled and drawn; one packet of twenty pages."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from pictures.citation import MadeUpCase

from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Sides, timed
from intake_app.domain.paper import Sheet
from intake_app.pdf.press import Press
from intake_app.words import LANGUAGES

_CITATION: Final = "citation"
_PAGES: Final = 20
_LINES: Final = 510
"""Lines of the audit extract that make the packet so long."""


@contextmanager
def prepare_citation(_room: Room) -> Generator[Sides]:
    """From answers to bytes, with the second language on the back.

    Raises:
        CannotMeasure: It has another number of pages.
    """
    case, press = MadeUpCase(), Press()

    def draw() -> bytes:
        back = case.sheet(_CITATION, language="es")
        return press.print(replace(case.sheet(_CITATION), back=back))

    pages = draw().count(b"/StructParents ")
    if pages != len(LANGUAGES):
        raise CannotMeasure(f"the citation has {pages} pages")
    yield Sides(timed(draw))


@contextmanager
def prepare_packet(_room: Room) -> Generator[Sides]:
    """From finished sheets to bytes.

    Raises:
        CannotMeasure: The packet has another number of pages.
    """
    cover, sheets = packet_sheets()
    press = Press()
    pages = press.packet(cover, sheets).count(b"/StructParents ")
    if pages != _PAGES:
        raise CannotMeasure(f"the packet has {pages} pages")
    yield Sides(timed(lambda: press.packet(cover, sheets)))


def packet_sheets() -> tuple[Sheet, Sequence[Sheet]]:
    """Cover, and what follows it."""
    case = MadeUpCase()
    rows = [(f"2026-11-23 14:00:{n:03}", "D. Reyes", "issue", str(n)) for n in range(_LINES)]
    sheets = [case.sheet(name) for name in (_CITATION, "participant_agreement")]
    return case.sheet("packet_cover"), [*sheets, case.sheet("audit_extract", rows)]


MEASUREMENTS: Final = (
    Measurement("citation, tagged, both languages, steady", "ms", Goal(units=40), prepare_citation),
    Measurement("packet of 20 pages, steady", "ms", Goal(units=800), prepare_packet),
)
