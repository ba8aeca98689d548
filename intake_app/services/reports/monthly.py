"""The chief's sheet: one page a month with counts, minutes saved and complaints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain.measure import Kind, Measure
from intake_app.domain.paper import BlockType, Part
from intake_app.domain.roles import May
from intake_app.domain.told import Told
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.measures.asking import Asked, ask, ask_all, families_of
from intake_app.services.measures.complaints import complaints_told
from intake_app.services.measures.periods import Period, before, last_full, months_back
from intake_app.services.measures.periods import period_in_words as in_words
from intake_app.services.measures.picturing import chart_of
from intake_app.services.measures.saying import plain, whole_in_words
from intake_app.services.measures.viewing import View
from intake_app.services.reports.parts import FIGURES, Section, notes, title_of
from intake_app.services.reports.report import Report, report_words, told_views
from intake_app.words import Words

PAPER: Final = "monthly_sheet"
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Monthly:
    """What the sheet shows.

    Attributes:
        report: The month's figures.
        before: The same of the month before, in the same order.
        line: The first count, month by month; None: there is none.
        complaints: In the month, and in the month before; None: not noted yet.
    """

    report: Report
    before: tuple[View, ...]
    line: View | None = None
    complaints: tuple[Told | None, Told | None] = (None, None)

    @property
    def now(self) -> tuple[View, ...]:
        """The month's figures, in their order."""
        return self.report.sections[0].views if self.report.sections else ()


def monthly_sheet(desk: Desk, month: Period | None = None, *, is_internal: bool = False) -> Monthly:
    """The figures of a month beside those of the month before, told together.

    Args:
        desk: Who asks.
        month: Which; None: the last one that is over.
        is_internal: With all numbers, "not for release".

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    desk.require(May.SEE_NUMBERS)
    days = month or last_full(desk, "month")
    earlier = before(desk, days)
    idents = _on_sheet(desk)
    asked = [ask_all(desk, idents, one.since, one.until) for one in (days, earlier)]
    line = _month_by_month(desk, asked[0])
    views = told_views(desk, [*asked[0], *asked[1], *line], is_internal=is_internal)
    count = len(idents)
    now, then = tuple(views[:count]), tuple(views[count : 2 * count])
    waiting = max((one.waiting for one in asked[0]), default=0)
    title = next((one.label for one, _ in families_of(desk)), None)
    sections = (Section("sheet", title, now),) if title else ()
    return Monthly(
        Report(days, sections, waiting, is_internal), then, next(iter(views[2 * count :]), None),
        (complaints_told(desk, days), complaints_told(desk, earlier)),
    )  # fmt: skip


def print_monthly(desk: Desk, sheet: Monthly, language: str = "") -> bytes:
    """The sheet as a tagged PDF of one page; that it was drawn is logged.

    Args:
        desk: Whose.
        sheet: What it shows.
        language: ISO 639; empty: the department's own.

    Raises:
        NotAllowed: Not in one's roles.
        PaperMissing: The paper's file is gone.
    """
    report = sheet.report
    desk.require(May.SEE_NUMBERS if report.is_internal else May.SEE_RELEASED)
    words = Words(language or desk.own_language)
    said = report_words(report, words)
    data = draw_sheet(desk, HouseSheet(
        PAPER, words.language, said, figures={"figures": list(_parts(desk, sheet, words))},
        is_kept=report.is_internal,
    ))  # fmt: skip
    what = "print monthly sheet, not for release" if report.is_internal else "print monthly sheet"
    desk.station.note(desk.act(what))
    return data


# --- what is asked ------------------------------------------------------------------------


def _on_sheet(desk: Desk) -> list[str]:
    """The measures of the sheet that can be asked here, in the order of the families."""
    groups = families_of(desk)
    known = {one.id for _, measures in groups for one in measures}
    return [ident for family, _ in groups for ident in family.sheet if ident in known]


def _month_by_month(desk: Desk, asked: Sequence[Asked]) -> list[Asked]:
    """The first count over the last months: what a chief asks first is whether it is more."""
    first = next((one for one in asked if _is_line(one.measure)), None)
    if first is None:
        return []
    year = months_back(desk, _MONTHS)
    until = first.question.until
    since = year.since if year.since < until <= year.until else first.question.since
    return [ask(desk, first.measure.id, since, until, ["month"])]


def _is_line(measure: Measure) -> bool:
    return measure.kind is Kind.COUNT and str(measure.unit) == "record"


# --- what it shows ------------------------------------------------------------------------


def _parts(desk: Desk, sheet: Monthly, words: Words) -> Iterator[Part]:
    report = sheet.report
    heads = (
        words.text("What was counted"), in_words(report.period, words),
        in_words(before(desk, report.period), words),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = [
        (title_of(now, words), _said(now, words), _said(then, words))
        for now, then in zip(sheet.now, sheet.before, strict=True)
        if not now.asked.missing
    ]
    complaints = [_told(one, words) for one in sheet.complaints]
    rows.append((words.text("Complaints"), *complaints))
    yield Part(BlockType.TABLE, header=heads, rows=tuple(rows), style=FIGURES)
    if None in sheet.complaints:
        yield Part(BlockType.PARAGRAPH, words.text(
            "Complaints stand in the privacy officer's log, and are counted when the privacy"
            " officer signs in. Where a cell is empty, ask for the number and write it in."
        ))  # fmt: skip
    if sheet.line is not None:
        made = chart_of(sheet.line.told, sheet.line.asked, words)
        if made is not None:
            yield Part(BlockType.CHART, title_of(sheet.line, words), chart=made)
    yield from notes(sheet.now, words)


def _said(view: View, words: Words) -> str:
    return whole_in_words(view.told.whole, view.told.measure, words)


def _told(told: Told | None, words: Words) -> str:
    """A number of complaints; empty: a cell to write it in."""
    if told is None:
        return ""
    return words.text("not shown") if told.number is None else plain(told.number)
