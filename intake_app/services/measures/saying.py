"""Told figures in words: one wording for pages, papers, charts and screen readers.

Only what a `Told` holds is said. What is not told is said in the same words everywhere, whatever
the reason, and none of these functions is ever given a `Figure`.
"""

from collections.abc import Callable
from typing import Final

from intake_app.domain.figure import ALL_OF
from intake_app.domain.measure import Kind, Measure
from intake_app.domain.told import ALL_OTHER, Told, ToldFigure
from intake_app.words import Words

Label = Callable[[str, str], str]
"""Words of a code of a cut: (cut, code)."""

PERCENT: Final = "percent"
"""How a ratio of parts is said: appointments kept over those agreed."""

_CENTS: Final = 100


def said(told: Told, measure: Measure, words: Words) -> str:
    """The number of a place, short: "42", "62%", "14 days", "$12,300", "not shown"."""
    value = value_of(told, measure)
    if value is None:
        if told.is_hidden or measure.kind not in {Kind.RATE, Kind.SPREAD, Kind.RATIO}:
            return words.text("not shown")
        return words.text("nobody to count yet")
    if measure.kind is Kind.RATE:
        return percent_in_words(value)
    return amount(value, measure, words)


def beside(told: Told, measure: Measure, words: Words) -> str:
    """What stands beside the number: "134 of 216", "middle half: 7 to 30 days, of 96"; or empty."""
    if measure.kind is Kind.RATE:
        return _parts_of_rate(told, words)
    if measure.kind is Kind.SPREAD:
        return _quartiles(told, words)
    if measure.kind is Kind.RATIO and told.base and told.number is not None:
        return words.text("{number} over {base}", number=plain(told.number), base=plain(told.base))
    return ""


def whole_in_words(told: Told, measure: Measure, words: Words) -> str:
    """Number and what stands beside it, in one line: "62% (134 of 216)"."""
    first, second = said(told, measure, words), beside(told, measure, words)
    return f"{first} ({second})" if second else first


def interval(told: Told, words: Words) -> str:
    """The ends of a 95 % interval: "55% to 68%"; empty where it is not told."""
    if told.low is None or told.high is None:
        return ""
    low, high = percent_in_words(told.low), percent_in_words(told.high)
    return words.text("{low} to {high}", low=low, high=high)


def value_of(told: Told, measure: Measure) -> float | None:
    """What a bar of this place is as long as; None: not told, or nobody to tell of."""
    if measure.kind is Kind.RATE:
        return told.percent
    if measure.kind is Kind.SPREAD:
        return told.median
    if measure.kind is Kind.RATIO:
        return told.percent if measure.said_in == PERCENT else told.ratio
    return told.number


def amount(value: float, measure: Measure, words: Words) -> str:
    """A number in its unit."""
    if measure.said_in == "cents":
        whole = abs(value) / _CENTS
        return f"{'-' if value < 0 else ''}${whole:,.0f}"
    if measure.said_in == PERCENT:
        return percent_in_words(value)
    number = plain(value)
    if measure.said_in in {"days", "business days", "minutes", "hours", "kits"}:
        return _in_unit(value, number, measure.said_in, words)
    return number


def plain(value: float) -> str:
    """A number with commas; a part of one with one digit after the point."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}"


def percent_in_words(value: float) -> str:
    """Whole percent; with a digit more only where whole ones would say none or all."""
    rounded = round(value)
    if value not in {0, 100} and rounded in {0, 100}:
        return f"{value:.1f}%"
    return f"{rounded}%"


def why_not_shown(figure: ToldFigure, words: Words) -> str:
    """Why numbers are not shown; empty where all are."""
    if figure.is_internal or not figure.hidden:
        return ""
    return words.text(
        "“Not shown” stands for a number from 1 to {most}, or for one that would give such a "
        "number away. It keeps people in small groups from being found.",
        most=figure.least - 1,
    )


def code_in_words(cut: str, code: str, label: Label, words: Words) -> str:
    """Words of one row or column."""
    if code == ALL_OF:
        return words.text("All")
    if code == ALL_OTHER:
        return words.text("All other")
    return label(cut, code) if code else words.text("Not known")


def left_out(figure: ToldFigure, words: Words) -> list[tuple[str, str]]:
    """What the figure leaves out, with how many: ("Still active", "412")."""
    measure, found = figure.measure, list[tuple[str, str]]()
    for one in measure.exclusions:
        if one.id in figure.excluded:
            number = figure.excluded[one.id]
            found.append((one.label.said_in(words.language), _count(number, words)))
    if measure.runs and figure.running != 0:
        waiting = words.text("The time of {n} days has not run yet", n=measure.runs)
        found.append((waiting, _count(figure.running, words)))
    return found


def _count(number: int | None, words: Words) -> str:
    return words.text("not shown") if number is None else plain(number)


def _parts_of_rate(told: Told, words: Words) -> str:
    """Number and base, as far as each is told: a chart shows no more than this says."""
    number, base = told.number, told.base
    if number is not None and base:
        return words.text("{number} of {base}", number=plain(number), base=plain(base))
    if base:
        return words.text("of {base}", base=plain(base))
    if number is not None and told.is_hidden:
        return words.text("{number} of a number that is not shown", number=plain(number))
    return ""


def _quartiles(told: Told, words: Words) -> str:
    if told.first_quartile is None or told.third_quartile is None:
        return ""
    first, third = plain(told.first_quartile), plain(told.third_quartile)
    if told.base is None:
        return words.text("middle half: {first} to {third}", first=first, third=third)
    return words.text(
        "middle half: {first} to {third}, of {base}", first=first, third=third,
        base=plain(told.base),
    )  # fmt: skip


def _in_unit(value: float, number: str, unit: str, words: Words) -> str:
    """Babel's plural rules want whole numbers: 1 is one, all others are many."""
    n = 1 if value == 1 else 2
    many = {
        "days": words.plural("{number} day", "{number} days", n, number=number),
        "business days": words.plural(
            "{number} business day", "{number} business days", n, number=number
        ),
        "minutes": words.plural("{number} minute", "{number} minutes", n, number=number),
        "hours": words.plural("{number} hour", "{number} hours", n, number=number),
        "kits": words.plural("{number} kit", "{number} kits", n, number=number),
    }
    return many[unit]
