"""Sheets that are issued to nobody: drawn, logged and printed, and never archived.

What is due at the desk, the shelf, the directory, a timeline; each act that draws one has asked for
the role and leaves its own trace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from intake_app.domain.entry import show_date
from intake_app.domain.errors import FormMissing
from intake_app.domain.paper import Part, Sheet
from intake_app.domain.pathway import Pathway
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.frames import frame_for
from intake_app.words import Words

BOX: Final = "□"
"""An empty box to tick."""

_WEEK: Final = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class HouseSheet:
    """What such a sheet shows.

    Attributes:
        paper: Id of the paper file.
        language: Of the paper (ISO 639).
        words: {words} by name; see `rulebook.paper_words.EXTRAS`.
        tables: Rows, by the name that the paper gives as `source`.
        figures: Charts and tables of numbers, by such a name.
        is_kept: It stays in the house: "Not for release" on each page.
    """

    paper: str
    language: str
    words: Mapping[str, str]
    tables: Mapping[str, Sequence[Sequence[str]]] = field(
        default_factory=dict[str, Sequence[Sequence[str]]]
    )
    figures: Mapping[str, Sequence[Part]] = field(default_factory=dict[str, Sequence[Part]])
    is_kept: bool = False


def draw_sheet(desk: Desk, sheet: HouseSheet, guide: Guide | None = None) -> bytes:
    """The PDF; a part of the acts that asked for the role and leave a trace.

    Args:
        desk: Whose.
        sheet: What it shows.
        guide: The form that it is about; None: it asks nothing of any form.

    Raises:
        PaperMissing: The paper's file is gone.
        FormMissing: There is no form at all.
    """
    return desk.press.print(composed(desk, sheet, guide))


def composed(desk: Desk, sheet: HouseSheet, guide: Guide | None = None) -> Sheet:
    """The same before it is drawn."""
    guide = guide or _any_guide(desk)
    paper = desk.library.paper(sheet.paper)
    frame = frame_for(desk, paper, sheet.language, "", "")
    frame = replace(frame, extra={**frame.extra, **sheet.words}, tables=dict(sheet.tables),
                    figures=sheet.figures, is_kept=sheet.is_kept)  # fmt: skip
    return desk.library.compose(sheet.paper, guide, {}, frame)


def week_in_words(monday: date, words: Words) -> str:
    """Say "Monday, November 30, 2026 to Sunday, December 6, 2026"."""
    first, last = (show_date(day.isoformat(), words.language) for day in (monday, monday + _WEEK))
    return words.text("{first} to {last}", first=first, last=last)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def _any_guide(desk: Desk) -> Guide:
    for pathway in Pathway:
        try:
            return desk.library.guide(pathway)
        except FormMissing:
            continue
    raise FormMissing
