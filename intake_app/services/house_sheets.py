"""Sheets that belong to no one case: a program's arrivals, what is due at the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from intake_app.domain.entry import show_date
from intake_app.services.desk import Desk
from intake_app.services.frames import frame_for
from intake_app.services.needs import Guide
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
    """

    paper: str
    language: str
    words: Mapping[str, str]
    tables: Mapping[str, Sequence[Sequence[str]]]


def draw_sheet(desk: Desk, guide: Guide, sheet: HouseSheet) -> bytes:
    """The PDF; a part of the acts that asked for the role and leave a trace.

    Raises:
        PaperMissing: The paper's file is gone.
    """
    paper = desk.library.paper(sheet.paper)
    frame = frame_for(desk, paper, sheet.language, "", "")
    frame = replace(frame, extra={**frame.extra, **sheet.words}, tables=dict(sheet.tables))
    return desk.press.print(desk.library.compose(sheet.paper, guide, {}, frame))


def week_in_words(monday: date, words: Words) -> str:
    """Say "Monday, November 30, 2026 to Sunday, December 6, 2026"."""
    first, last = (show_date(day.isoformat(), words.language) for day in (monday, monday + _WEEK))
    return words.text("{first} to {last}", first=first, last=last)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())
