"""A told figure as a table of words: the same heads and cells on a page, on paper and in a file."""

from dataclasses import dataclass

from intake_app.domain.figure import ALL_OF, Place
from intake_app.domain.measure import Kind, Measure
from intake_app.domain.told import ALL_OTHER, Told, ToldFigure
from intake_app.services.measures.asking import Asked
from intake_app.services.measures.saying import (
    PERCENT,
    Label,
    amount,
    code_in_words,
    interval,
    percent_in_words,
    plain,
    said,
    value_of,
)
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One row.

    Attributes:
        head: What it is of.
        cells: Its numbers in words, one for each further head.
        place: The place whose records stand behind it; None: of none alone.
        is_sum: It is a sum of other rows.
    """

    head: str
    cells: tuple[str, ...]
    place: Place | None = None
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        title: What it shows.
        heads: The first is of the rows' own heads.
        lines: From the top; a sum stands last.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def label_of(asked: Asked, words: Words) -> Label:
    """Words of codes in the language of a page or paper; of parts with an empty cut."""

    def label(cut: str, code: str) -> str:
        if not cut:
            return asked.part_label(code, words.language)
        return asked.label(cut, code, words.language)

    return label


def cut_label(asked: Asked, cut: str, words: Words) -> str:
    """The words of a cut; of a coarser one after a roll-up its grain."""
    for one in asked.cuts:
        if one.id == cut:
            return one.label.said_in(words.language)
    known = {
        "month": words.text("Month"), "quarter": words.text("Quarter"),
        "fiscal_year": words.text("Fiscal year"), "year": words.text("Year"),
    }  # fmt: skip
    return known.get(cut, cut)


def table_of(figure: ToldFigure, asked: Asked, words: Words) -> Table:
    """The whole figure as a table."""
    title = figure.measure.title.said_in(words.language)
    label = label_of(asked, words)
    if len(figure.cuts) > 1:
        return _crossed(figure, asked, title, label, words)
    measure = figure.measure
    if measure.kind is Kind.PARTS:
        return _parts(figure, asked, title, label, words)
    cut = figure.cuts[0] if figure.cuts else ""
    first = cut_label(asked, cut, words) if cut else ""
    lines = [
        Line(code_in_words(cut, place[0], label, words), _cells(told, measure, words),
             _open_place(figure, asked, place))
        for place, told in rows_in_order(figure, asked)
    ]  # fmt: skip
    lines.append(Line(words.text("All"), _cells(figure.whole, measure, words), (), is_sum=True))
    return Table(title, (first, *_heads(measure, words)), tuple(lines))


def rows_in_order(figure: ToldFigure, asked: Asked) -> list[tuple[Place, Told]]:
    """The rows of a table with one cut; of one with two, the sums of its rows."""
    if not figure.cuts:
        return []
    codes = codes_in_order(figure, asked, 0)
    end = (ALL_OF,) if len(figure.cuts) > 1 else ()
    return [((code, *end), figure.rows.get((code, *end), Told())) for code in codes]


def _open_place(figure: ToldFigure, asked: Asked, place: Place) -> Place | None:
    """The place to ask records of; None after a roll-up: it is none that was asked."""
    is_asked = figure.cuts == tuple(cut.id for cut in asked.cuts) or not place
    return place if is_asked and ALL_OTHER not in place else None


def codes_in_order(figure: ToldFigure, asked: Asked, at: int) -> list[str]:
    """The codes of a cut that occur, as they are shown: known ones, others, not known."""
    found = dict.fromkeys(place[at] for place in figure.rows if place[at] != ALL_OF)
    known = [code for code in asked.order(figure.cuts[at]) if code in found and code]
    rest = sorted(code for code in found if code not in known and code not in {"", ALL_OTHER})
    last = [code for code in (ALL_OTHER, "") if code in found]
    return [*known, *rest, *last]


def _heads(measure: Measure, words: Words) -> tuple[str, ...]:
    number = words.text("Number")
    heads: dict[Kind, tuple[str, ...]] = {
        Kind.RATE: (words.text("Percent"), number, words.text("Of"),
                    words.text("95% interval")),
        Kind.SPREAD: (words.text("Median"), words.text("Lower quartile"),
                      words.text("Upper quartile"), words.text("Of")),
        Kind.RATIO: (words.text("Percent") if measure.said_in == PERCENT else words.text("Ratio"),
                     number, words.text("Over")),
    }  # fmt: skip
    return heads.get(measure.kind, (number,))


def _cells(told: Told, measure: Measure, words: Words) -> tuple[str, ...]:
    if measure.kind is Kind.RATE:
        percent = None if told.percent is None else percent_in_words(told.percent)
        return (_or_hidden(percent, told, words), _number(told.number, told, words),
                _number(told.base, told, words), interval(told, words))  # fmt: skip
    if measure.kind is Kind.SPREAD:
        ends = (told.first_quartile, told.third_quartile)
        middle = None if told.median is None else amount(told.median, measure, words)
        return (_or_hidden(middle, told, words), *(_number(one, told, words) for one in ends),
                _number(told.base, told, words))  # fmt: skip
    if measure.kind is Kind.RATIO:
        value = value_of(told, measure)
        ratio = None if value is None else amount(value, measure, words)
        return (_or_hidden(ratio, told, words), _number(told.number, told, words),
                _number(told.base, told, words))  # fmt: skip
    return (said(told, measure, words),)


def _number(number: float | None, told: Told, words: Words) -> str:
    return _or_hidden(None if number is None else plain(number), told, words)


def _or_hidden(text: str | None, told: Told, words: Words) -> str:
    """A number; where there is none, because it is not told, or because there is nothing."""
    if text is not None:
        return text
    return words.text("not shown") if told.is_hidden else ""


def _crossed(
    figure: ToldFigure, asked: Asked, title: str, label: Label, words: Words
) -> Table:  # fmt: skip
    first, second = figure.cuts
    across = codes_in_order(figure, asked, 1)
    heads = (
        f"{cut_label(asked, first, words)} / {cut_label(asked, second, words)}",
        *(code_in_words(second, code, label, words) for code in across),
        words.text("All"),
    )

    def line(code: str) -> Line:
        told = [figure.rows.get((code, other), Told(0, 0)) for other in (*across, ALL_OF)]
        if code == ALL_OF:
            told[-1] = figure.whole
        cells = tuple(said(one, figure.measure, words) for one in told)
        head = code_in_words(first, code, label, words)
        place = _open_place(figure, asked, () if code == ALL_OF else (code, ALL_OF))
        return Line(head, cells, place, is_sum=code == ALL_OF)

    codes = [*codes_in_order(figure, asked, 0), ALL_OF]
    return Table(title, heads, tuple(line(code) for code in codes))


def _parts(
    figure: ToldFigure, asked: Asked, title: str, label: Label, words: Words
) -> Table:  # fmt: skip
    found = dict.fromkeys(code for told in figure.places() for code in told.parts)
    codes = [
        *(code for code in asked.part_labels if code in found),
        *(code for code in found if code not in asked.part_labels),
    ]
    if not figure.cuts:
        lines = [
            Line(code_in_words("", code, label, words), (_part(figure.whole, code, words),))
            for code in codes
        ]
        lines.append(Line(words.text("All"), (said(figure.whole, figure.measure, words),), (),
                          is_sum=True))  # fmt: skip
        return Table(title, ("", words.text("Number")), tuple(lines))
    cut = figure.cuts[0]
    rows: list[tuple[str, Place, Told]] = [
        *((code_in_words(cut, place[0], label, words), place, told)
          for place, told in rows_in_order(figure, asked)),
        (words.text("All"), (), figure.whole),
    ]  # fmt: skip
    heads = (cut_label(asked, cut, words),
             *(code_in_words("", code, label, words) for code in codes))  # fmt: skip
    return Table(title, heads, tuple(
        Line(head, tuple(_part(told, code, words) for code in codes),
             _open_place(figure, asked, place), is_sum=not place)
        for head, place, told in rows
    ))  # fmt: skip


def _part(told: Told, code: str, words: Words) -> str:
    number = told.parts.get(code, 0)
    return words.text("not shown") if number is None else plain(number)
