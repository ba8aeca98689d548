"""Charts of told figures, the same for window and paper: what is drawn, and what it says."""

from collections.abc import Iterable
from typing import Final

from intake_app.domain.chart import Bar, Chart, ChartKind, chart
from intake_app.domain.measure import Kind, Measure, Unit
from intake_app.domain.told import Told, ToldFigure
from intake_app.services.measures.asking import Asked
from intake_app.services.measures.saying import (
    Label,
    code_in_words,
    interval,
    plain,
    said,
    value_of,
    whole_in_words,
)
from intake_app.services.measures.tabling import label_of, rows_in_order
from intake_app.words import Words

TIMES: Final = frozenset({"month", "quarter", "fiscal_year", "year"})
"""Cuts that run in time: their chart is a line."""


def chart_of(figure: ToldFigure, asked: Asked, words: Words) -> Chart | None:
    """The chart of a figure: bars or a line by its first cut; parts; None: nothing to draw."""
    label = label_of(asked, words)
    title = figure.measure.title.said_in(words.language)
    if not figure.cuts:
        return _parts_chart(figure, label, title, words)
    cut = figure.cuts[0]
    bars = [
        _bar(code_in_words(cut, place[0], label, words), told, figure.measure, words)
        for place, told in rows_in_order(figure, asked)
    ]
    is_time = cut in TIMES and len(bars) > 1
    kind = ChartKind.LINE if is_time else ChartKind.BARS
    return chart(kind, title, bars, _axis(figure.measure)) if bars else None


def funnel_chart(figures: Iterable[ToldFigure], title: str, words: Words) -> Chart:
    """The steps of the funnel in their order: how many came to each, of rates the numerator.

    How many people they were is no step: one person may have been met twice.
    """
    steps: list[Bar] = []
    for one in figures:
        measure, number = one.measure, one.whole.number
        if measure.kind in {Kind.COUNT, Kind.RATE} and measure.unit is Unit.RECORD:
            shown = words.text("not shown") if number is None else plain(number)
            steps.append(Bar(measure.title.said_in(words.language), shown, number))
    return chart(ChartKind.FUNNEL, title, steps)


def interval_chart(
    title: str, rows: Iterable[tuple[str, Told]], measure: Measure, words: Words
) -> Chart:
    """Rates of groups with their intervals, in the order of the code table."""
    bars = [
        Bar(label, _with_interval(told, measure, words), value_of(told, measure), told.low,
            told.high)
        for label, told in rows
    ]  # fmt: skip
    return chart(ChartKind.INTERVALS, title, bars, "%")


def _bar(label: str, told: Told, measure: Measure, words: Words) -> Bar:
    return Bar(label, whole_in_words(told, measure, words), value_of(told, measure))


def _with_interval(told: Told, measure: Measure, words: Words) -> str:
    ends, first = interval(told, words), said(told, measure, words)
    return f"{first} ({ends})" if ends else first


def _parts_chart(figure: ToldFigure, label: Label, title: str, words: Words) -> Chart | None:
    measure = figure.measure
    if measure.kind is not Kind.PARTS:
        return None
    bars = [
        Bar(
            code_in_words("", code, label, words),
            words.text("not shown") if number is None else plain(number),
            number,
        )
        for code, number in figure.whole.parts.items()
    ]
    return chart(ChartKind.BARS, title, bars) if bars else None


def _axis(measure: Measure) -> str:
    return "%" if measure.kind is Kind.RATE else measure.said_in
