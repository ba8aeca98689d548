"""Told figures as parts of a sheet: charts, tables with heads, and words on how each is counted.

A part is made of what a `ToldFigure` tells and of nothing else; so no chart, alternative text or
sentence can tell more than the table beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.chart import Bar, Chart, ChartKind, chart
from intake_app.domain.measure import Kind, Measure, Unit
from intake_app.domain.paper import BlockType, Part
from intake_app.domain.text import Text
from intake_app.domain.told import ALL_OTHER, ToldFigure
from intake_app.services.measures.picturing import chart_of, interval_chart
from intake_app.services.measures.saying import Label, beside, code_in_words, left_out, plain, said
from intake_app.services.measures.tabling import cut_label, label_of, rows_in_order, table_of
from intake_app.services.measures.viewing import View
from intake_app.words import Words, mark

FIGURES: Final = "figures"
"""How a table of numbers looks: heads of rows, numbers at the right."""

FUNNEL: Final = "funnel"
"""The family whose counts are steps, each a part of the one before."""

_NUMBERS: Final = {
    "booking_cents": mark("what a booking costs"),
    "jail_day_cents": mark("what a day in jail costs"),
    "jail_days_tenths": mark("how many days in jail are avoided"),
    "arrest_minutes": mark("how many minutes an arrest takes"),
}
"""The department's own numbers, as somebody is told which one is missing."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report.

    Attributes:
        id: Of the family of measures.
        title: Its words.
        views: Over everything, in their order.
        tables: By a cut.
        blank: Cuts whose tables were left out, because they would have blanked the rest.
    """

    id: str
    title: Text
    views: tuple[View, ...] = ()
    tables: tuple[View, ...] = ()
    blank: tuple[Text, ...] = ()

    @property
    def all_views(self) -> tuple[View, ...]:
        """All of it."""
        return (*self.views, *self.tables)


def section_parts(section: Section, words: Words) -> Iterator[Part]:
    """A section under its heading."""
    yield Part(BlockType.HEADING, section.title.said_in(words.language), level=2)
    yield from bare_parts(section, words)


def bare_parts(section: Section, words: Words) -> Iterator[Part]:
    """Funnel first, then the table, parts, what is assumed, and tables by a cut."""
    shown = [one for one in section.views if not one.asked.missing]
    if section.id == FUNNEL and (steps := _steps(shown, words)):
        yield _charted(chart(ChartKind.FUNNEL, section.title.said_in(words.language), steps))
    rows = [row for one in shown for row in _rows_of(one, words)]
    if rows:
        yield Part(BlockType.TABLE, header=_heads(words), rows=tuple(rows), style=FIGURES)
    for one in shown:
        if one.told.measure.kind is Kind.PARTS:
            yield from _parts(one, words)
    yield from notes(section.views, words)
    for one in section.tables:
        yield from table_parts(one, words)
    if section.blank:
        cuts = ", ".join(one.said_in(words.language) for one in section.blank)
        yield Part(BlockType.PARAGRAPH, words.text(
            "Left out here: tables by {cuts}. Beside them, most figures of this report would have"
            " been left blank. A longer period shows more.", cuts=cuts,
        ))  # fmt: skip


def _steps(views: Iterable[View], words: Words) -> list[Bar]:
    """How many came to each step; how many people they were is no step."""
    found: list[Bar] = []
    for one in views:
        measure, whole = one.told.measure, one.told.whole
        if measure.kind in {Kind.COUNT, Kind.RATE} and measure.unit is Unit.RECORD:
            number = words.text("not shown") if whole.number is None else plain(whole.number)
            found.append(Bar(measure.title.said_in(words.language), number, whole.number))
    return found


def _parts(one: View, words: Words) -> Iterator[Part]:
    """A chart with its caption; where none of it is told, a sentence."""
    title, made = title_of(one, words), chart_of(one.told, one.asked, words)
    if made is None:
        return
    if not any(bar.value is not None for bar in made.bars):
        yield Part(BlockType.PARAGRAPH, f"{title}. {_few(words)}")
    else:
        yield _charted(made, title)


def _few(words: Words) -> str:
    return words.text(
        "Not shown, because every number is small or would give a small one away. A longer period"
        " shows more."
    )


def _heads(words: Words) -> tuple[str, ...]:
    return words.text("What was counted"), words.text("Figure"), words.text("Out of, or spread")


def _rows_of(one: View, words: Words) -> Iterator[tuple[str, ...]]:
    """A measure over everything, and below it what was left out of it."""
    measure, told = one.told.measure, one.told.whole
    if measure.kind is Kind.PARTS:
        return
    title = measure.title.said_in(words.language)
    yield title, said(told, measure, words), beside(told, measure, words)
    for label, number in left_out(one.told, words):
        yield words.text("Left out of the line above: {what}", what=label), number, ""


def notes(views: Iterable[View], words: Words) -> Iterator[Part]:
    """What figures assume, and which are not there because a number of the department is not."""
    for one in views:
        title = one.told.measure.title.said_in(words.language)
        if missing := one.asked.missing:
            named = [words.text(_NUMBERS[name]) for name in missing if name in _NUMBERS]
            yield Part(BlockType.PARAGRAPH, words.text(
                "{title} is not shown: nobody has entered {needs}. An administrator can, under"
                " Settings, Numbers.",
                title=title, needs=", ".join(named) or words.text("a number for it"),
            ))  # fmt: skip
        elif assumes := one.asked.assumes(words.language):
            yield Part(BlockType.PARAGRAPH, f"{title}: {assumes}")


# --- tables by a cut ------------------------------------------------------------------------


def table_parts(one: View, words: Words) -> Iterator[Part]:
    """A measure by one cut, or two: a heading, its chart, its table."""
    title = title_of(one, words)
    yield Part(BlockType.HEADING, title, level=3)
    made = _picture(one, title, words)
    if made is None:
        yield Part(BlockType.PARAGRAPH, words.text("There is nothing to show in these days."))
        return
    if not any(bar.value is not None for bar in made.bars) and one.told.hidden:
        yield Part(BlockType.PARAGRAPH, _few(words))
        return
    yield _charted(made)
    table = table_of(one.told, one.asked, words)
    rows = tuple((line.head, *line.cells) for line in table.lines)
    yield Part(BlockType.TABLE, header=table.heads, rows=rows, style=FIGURES)
    if said_of := rolled_up(one, words):
        yield Part(BlockType.PARAGRAPH, said_of)


def title_of(one: View, words: Words) -> str:
    """A measure with what it is shown by."""
    title = one.told.measure.title.said_in(words.language)
    cuts = ", ".join(cut_label(one.asked, cut, words) for cut in one.told.cuts)
    return words.text("{title}, by {cuts}", title=title, cuts=cuts) if cuts else title


def _picture(one: View, title: str, words: Words) -> Chart | None:
    figure = one.told
    if figure.measure.kind is Kind.RATE and len(figure.cuts) == 1:
        label, cut = label_of(one.asked, words), figure.cuts[0]
        rows = [
            (code_in_words(cut, place[0], label, words), told)
            for place, told in rows_in_order(figure, one.asked)
        ]
        return interval_chart(title, rows, figure.measure, words) if rows else None
    made = chart_of(figure, one.asked, words)
    return replace(made, title=title) if made else None


def rolled_up(one: View, words: Words) -> str:
    """What was made coarser, and why; empty: nothing."""
    label = label_of(one.asked, words)
    return " ".join(_coarser(one, label, words))


def _coarser(one: View, label: Label, words: Words) -> Iterator[str]:
    for made in one.told.rolled_up:
        if made.to == ALL_OTHER:
            names = "; ".join(code_in_words(made.cut, code, label, words) for code in made.codes)
            yield words.text("“All other” stands for these groups: {names}.", names=names)
        else:
            yield words.text(
                "Shown by {to}: by {cut}, most of it would have been left blank.",
                to=cut_label(one.asked, made.to, words), cut=cut_label(one.asked, made.cut, words),
            )  # fmt: skip


# --- how it is counted ----------------------------------------------------------------------


def counted_parts(views: Sequence[View], words: Words) -> Iterator[Part]:
    """How each measure is counted, by what source, in which version."""
    rows = {one.told.measure.id: _counted(one.told.measure, words) for one in views}
    if rows:
        yield Part(BlockType.FACTS, rows=tuple(rows.values()))


def _counted(measure: Measure, words: Words) -> tuple[str, ...]:
    source = measure.source.said_in(words.language)
    source = words.text("Source: {source}", source=source) if source else ""
    version = words.text("Version: {version}", version=measure.version) if measure.version else ""
    last = ". ".join(filter(None, (source, version)))
    how = measure.how.said_in(words.language)
    return measure.title.said_in(words.language), *filter(None, (how, last))


def hidden_parts(views: Sequence[View], words: Words) -> Iterator[Part]:
    """In which tables how many numbers are not shown."""
    rows = tuple(
        (title_of(one, words), plain(one.told.hidden)) for one in views if _is_hiding(one.told)
    )
    if not rows:
        yield Part(BlockType.PARAGRAPH, words.text("Nothing in this report had to be left out."))
        return
    heads = (words.text("Table"), words.text("Places that are not shown"))
    yield Part(BlockType.TABLE, header=heads, rows=rows, style=FIGURES)


def _is_hiding(figure: ToldFigure) -> bool:
    return not figure.is_internal and figure.hidden > 0


def _charted(made: Chart, caption: str = "") -> Part:
    return Part(BlockType.CHART, caption, chart=made)
