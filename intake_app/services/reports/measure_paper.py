"""One measure on paper: its figure or table, its chart, and how it is counted."""

from typing import Final

from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.measures.periods import Period
from intake_app.services.measures.viewing import View
from intake_app.services.reports.parts import Section, bare_parts, counted_parts, hidden_parts
from intake_app.services.reports.report import Report, report_words
from intake_app.words import Words

PAPER: Final = "measure_sheet"


def print_measure(desk: Desk, view: View, period: Period, language: str = "") -> bytes:
    """A measure as a tagged PDF; that it was drawn is logged.

    Args:
        desk: Whose.
        view: What a page shows of it: told, or all of it for the house.
        period: The days that it is of.
        language: ISO 639; empty: the department's own.

    Raises:
        NotAllowed: Not in one's roles.
        PaperMissing: The paper's file is gone.
    """
    is_internal = view.told.is_internal
    desk.require(May.SEE_NUMBERS if is_internal else May.SEE_RELEASED)
    words = Words(language or desk.own_language)
    title = view.told.measure.title
    is_cut = bool(view.told.cuts)
    section = Section("measure", title, () if is_cut else (view,), (view,) if is_cut else ())
    report = Report(period, (section,), view.asked.waiting, is_internal)
    said = {**report_words(report, words), "measure": title.said_in(words.language)}
    data = draw_sheet(desk, HouseSheet(
        PAPER, words.language, said, is_kept=is_internal,
        figures={
            "figures": list(bare_parts(section, words)),
            "figures_hidden": list(hidden_parts((view,), words)),
            "figures_counted": list(counted_parts((view,), words)),
        },
    ))  # fmt: skip
    what = "print a number, not for release" if is_internal else "print a number"
    desk.station.note(desk.act(what))
    return data
