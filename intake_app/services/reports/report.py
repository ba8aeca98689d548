"""A report of numbers: what was asked, told together, and how it becomes a paper.

All figures of a report are told at once, because they share people and totals: a number that one
table hides must not come out of another. What a report holds may be told; where it is made for the
house it holds everything, and says on each page that it is not for release.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.entry import show_date
from intake_app.domain.figure import Figure
from intake_app.domain.told import ToldFigure
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.measures.asking import Asked
from intake_app.services.measures.periods import Period, period_in_words
from intake_app.services.measures.telling import tell_all
from intake_app.services.measures.viewing import View
from intake_app.services.records.file_words import file_in_words
from intake_app.services.reports.parts import (
    Section,
    bare_parts,
    counted_parts,
    hidden_parts,
    section_parts,
)
from intake_app.words import Words

QUALITY: Final = "quality"
"""The family of measures that stands on a page of its own."""


@dataclass(frozen=True, slots=True)
class Report:
    """Numbers of a period as they may be told, or all of them for the house.

    Attributes:
        period: Which days.
        sections: In their order.
        waiting: Changes to records that are not counted yet.
        is_internal: All is told: "Not for release".
        released_on: The day on which it was released (YYYY-MM-DD); empty: it was not.
    """

    period: Period
    sections: tuple[Section, ...]
    waiting: int = 0
    is_internal: bool = False
    released_on: str = ""

    @property
    def views(self) -> tuple[View, ...]:
        """All figures, each once for each way in which it is cut."""
        found = {
            (one.told.measure.id, one.told.cuts, one.told.since): one
            for section in self.sections
            for one in section.all_views
        }
        return tuple(found.values())


def told_views(desk: Desk, asked: Sequence[Asked], *, is_internal: bool) -> list[View]:
    """What may be told of several figures that stand in one report, with the words for it."""
    told = tell_all(desk, asked, for_release=not is_internal, is_report=True)
    return [View(figure, _emptied(one)) for figure, one in zip(told, asked, strict=True)]


def _emptied(asked: Asked) -> Asked:
    """What was counted goes no further: a report holds what may be told."""
    whole = asked.figure
    return replace(asked, figure=Figure(whole.measure, whole.since, whole.until, whole.cuts))


def draw_report(desk: Desk, paper: str, report: Report, language: str = "") -> bytes:
    """The PDF of a report; a part of the acts that asked for the role and leave a trace.

    Args:
        desk: Whose.
        paper: Id of the paper file.
        report: What it tells.
        language: ISO 639; empty: the department's own.

    Raises:
        PaperMissing: The paper's file is gone.
    """
    words = Words(language or desk.own_language)
    body = [one for one in report.sections if one.id != QUALITY]
    quality = [one for one in report.sections if one.id == QUALITY]
    parts = {
        "figures": [part for one in body for part in section_parts(one, words)],
        "figures_quality": [part for one in quality for part in bare_parts(one, words)],
        "figures_hidden": list(hidden_parts(report.views, words)),
        "figures_counted": list(counted_parts(report.views, words)),
    }
    return draw_sheet(desk, HouseSheet(
        paper, words.language, report_words(report, words), figures=parts,
        is_kept=report.is_internal,
    ))  # fmt: skip


def report_words(report: Report, words: Words) -> dict[str, str]:
    """The {words} around the figures of a report."""
    figures = [one.told for one in report.views]
    return {
        "period": period_in_words(report.period, words),
        "figures_basis": _basis(report, words),
        "figures_rule": rule_in_words(figures, words, is_internal=report.is_internal),
        "figures_waiting": waiting_in_words(report.waiting, words),
        "figures_released": released_in_words(report, words),
    }


def released_in_words(report: Report, words: Words) -> str:
    """Whether these numbers were released; of a copy for the house that is no question."""
    if report.is_internal:
        return ""
    if report.released_on:
        day = show_date(report.released_on, words.language)
        return words.text("Released on {day}.", day=day)
    return words.text(
        "Not released yet. Release these numbers before this paper is given to anybody outside:"
        " what is released later then agrees with it."
    )


def rule_in_words(figures: Iterable[ToldFigure], words: Words, *, is_internal: bool) -> str:
    """By what rule small numbers are left out; of a copy for the house, that they are not."""
    if is_internal:
        return words.text(
            "Not for release. This copy shows every number, small ones too: they can tell who"
            " somebody is. It stays in the department, locked, and is destroyed when it is used."
        )
    made = list(figures)
    least = max((one.least for one in made), default=0)
    said = words.text(
        "Numbers from 1 to {most} are not shown, nor those that would give such a number away;"
        " zero is shown. So nobody can be found in a small group.",
        most=least - 1,
    )  # fmt: skip
    days = sorted({day for one in made for day in one.compared})
    if not days or least < 2:
        return said if least > 1 else ""
    told = ", ".join(show_date(day, words.language) for day in days)
    before = words.text("It agrees with what was released before on {days}.", days=told)
    return f"{said} {before}"


def waiting_in_words(waiting: int, words: Words) -> str:
    """That some records are not counted yet; empty: all are."""
    if not waiting:
        return ""
    return words.plural(
        "1 change is not counted yet. Print this again later.",
        "{n} changes are not counted yet. Print this again later.",
        waiting,
    )


def _basis(report: Report, words: Words) -> str:
    """The files that were counted, and those that could not be."""
    asked = [one.asked for one in report.views]
    counted = dict.fromkeys(file for one in asked for file in one.files)
    shut = dict.fromkeys(file for one in asked for file in one.shut)
    said = ", ".join(file_in_words(file, words) for file in counted)
    if not shut:
        return said
    missing = ", ".join(file_in_words(file, words) for file in shut)
    without = words.text("without {files}: who made it has no key to them", files=missing)
    return f"{said}; {without}" if said else without
