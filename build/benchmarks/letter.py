"""The referral letter: filled and drawn from its paper file, beside WeasyPrint."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.full_profile import full_desk
from benchmarks.letter_reference import weasy_letter_html
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Side, Sides, timed
from benchmarks.writes import filled_draft
from intake_app.domain.draft import Draft
from intake_app.domain.paper import Sheet
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Press
from intake_app.services.papers.papers import offers, preview_paper
from intake_app.services.records.drafts import guide_of

PAPER = "referral_letter_participant"
_TRIES = 100


@dataclass(slots=True)
class _Overheard:
    """A press that keeps the last sheet."""

    press: Press
    sheets: list[Sheet] = field(default_factory=list[Sheet])

    def print(self, sheet: Sheet) -> bytes:
        self.sheets[:] = [sheet]
        return self.press.print(sheet)


@contextmanager
def prepare(room: Room) -> Generator[Sides]:
    """The same words on both sides; WeasyPrint starts from finished HTML, ours from answers."""
    with full_desk(room) as desk:
        draft, overheard = draft_with_letter(desk), _Overheard(desk.press)
        preview_paper(replace(desk, press=overheard), draft, PAPER)
        html = weasy_letter_html(overheard.sheets[0])
        yield Sides(timed(lambda: preview_paper(desk, draft, PAPER)), weasy_side(html))


def draft_with_letter(desk: Desk) -> Draft:
    """A filled walk-in that ends with a referral letter; made-up answers do not always.

    Raises:
        CannotMeasure: None of many did.
    """
    for seed in range(_TRIES):
        draft = filled_draft(desk, seed)
        guide = guide_of(desk, draft)
        if any(offer.paper.id == PAPER for offer in offers(desk, guide, draft.answers)):
            return draft
    raise CannotMeasure(f"no made-up walk-in ended with the paper {PAPER}")


def weasy_side(html: str) -> Side | None:
    """WeasyPrint, tagged as ours; None where it, or Pango, is not installed."""
    write_pdf = _write_pdf()
    return None if write_pdf is None else timed(lambda: write_pdf(html))


def _write_pdf() -> Callable[[str], object] | None:
    try:
        import weasyprint  # noqa: PLC0415 (it may be missing, and it is slow to load)
    except (ImportError, OSError):
        return None

    def write_pdf(html: str) -> object:
        page: Any = weasyprint.HTML(string=html)
        return page.write_pdf(pdf_variant="pdf/ua-1")

    return write_pdf


MEASUREMENTS = (
    Measurement(
        "referral letter, tagged, steady / WeasyPrint", "ms", Goal(times=0.05, units=40), prepare
    ),
)
