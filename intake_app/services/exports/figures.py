"""Exports of told figures: no line is of anybody, and what is not told on a page is in no file.

All figures of one export are told together, those of other periods too: what one hides does not
come out of another. Two shapes: "long" has a line for each place of each table; "wide" a line for
each period and a column for each figure, as funders' sheets have it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from intake_app.domain.export import Export, ExportFigure, Reach
from intake_app.domain.export_errors import NothingToExport
from intake_app.domain.figure import ALL_OF, Place
from intake_app.domain.measure import Kind
from intake_app.domain.measure_period import codes_within, days_of
from intake_app.domain.release_errors import PeriodNotOver
from intake_app.domain.text import Text
from intake_app.domain.told import Told, ToldFigure
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import (
    SAMPLE,
    ExportAsk,
    ExportFile,
    ExportKind,
    Prepared,
    Step,
    Steps,
)
from intake_app.services.measures.asking import Asked, answer_all, measures_of, question_of
from intake_app.services.measures.journeys import bring_up
from intake_app.services.measures.release_lines import plain
from intake_app.services.measures.released_before import ReleasedFigure, how_often_figures_left
from intake_app.services.measures.saying import code_in_words
from intake_app.services.measures.tabling import label_of
from intake_app.services.measures.viewing import View
from intake_app.services.records.file_words import file_in_words
from intake_app.services.reports.report import rule_in_words, told_views
from intake_app.services.reports.sheets import sheets_of
from intake_app.words import Words, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK: Final = "\ufeff".encode()
_AT_ONCE: Final = 8
"""Tables that are counted in one pass over a file."""
NOT_FOR_RELEASE: Final = mark("Not for release")

LONG: Final = (
    "period_from", "period_until", "figure", "means", "cut", "code", "code_means", "cut_2",
    "code_2", "code_2_means", "part", "part_means", "number", "base", "percent", "low_95",
    "high_95", "ratio", "median", "first_quartile", "third_quartile", "unit", "hidden",
    "counted_in", "definition", "note",
)  # fmt: skip
_NUMBERS: Final = (
    "number", "base", "percent", "low", "high", "ratio", "median", "first_quartile",
    "third_quartile",
)  # fmt: skip
_MEANS: Final = {
    "period_from": mark("First day"), "period_until": mark("Last day, included"),
    "figure": mark("Name of the figure"), "means": mark("The figure in words"),
    "cut": mark("What its table is cut by"), "code": mark("Which row; * is all of them"),
    "code_means": mark("The row in words"), "cut_2": mark("Its second cut"),
    "code_2": mark("Which column; * is all of them"), "code_2_means": mark("The column in words"),
    "part": mark("One of its parts"), "part_means": mark("The part in words"),
    "number": mark("How many, or the sum"), "base": mark("Of how many"),
    "percent": mark("Number of base in percent"),
    "low_95": mark("Lower end of the 95% interval"), "high_95": mark("Upper end of it"),
    "ratio": mark("Number over base"), "median": mark("Median"),
    "first_quartile": mark("Lower quartile"), "third_quartile": mark("Upper quartile"),
    "unit": mark("What it is said in"), "hidden": mark("yes: something here is not told"),
    "counted_in": mark("Which files were counted"), "definition": mark("Version of the measure"),
    "note": mark("What a reader must know"),
}  # fmt: skip
_TOLD_AS: Final = {"low": "low_95", "high": "high_95"}
_KNOWN: Final = frozenset({*_MEANS, *_TOLD_AS})


def figure_kind(export: Export) -> ExportKind:
    """A mapping of figures as an export that somebody may choose."""
    return ExportKind(
        export.id, export.title, Reach.NOBODY, partial(_prepare, export), export.about,
        authority=export.authority, version=export.version, has_mark=export.has_mark,
        files=export.files,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure of one period, as it may be told."""

    wanted: ExportFigure
    since: str
    until: str
    view: View

    @property
    def told(self) -> ToldFigure:
        return self.view.told


def _prepare(export: Export, desk: Desk, ask_: ExportAsk) -> Steps:
    if not ask_.is_internal and ask_.until >= desk.clock.local().date().isoformat():
        raise PeriodNotOver  # tomorrow's file would tell by its difference who came today
    periods = list(_periods(desk, export, ask_))
    known = {one.id: one for one in measures_of(desk)}
    wanted = [one for one in export.figures if one.measure in known]
    tables = list(dict.fromkeys((one.measure, one.by) for one in wanted))
    of = len(periods) * len(tables)
    while bring_up(desk):
        yield Step(0, of)
    asked: dict[tuple[str, str, str, tuple[str, ...]], Asked] = {}
    for since, until in periods:
        for n in range(0, len(tables), _AT_ONCE):  # others work on in between
            some = tables[n : n + _AT_ONCE]
            questions = [question_of(desk, known[one], since, until, by) for one, by in some]
            answers = answer_all(desk, questions)
            asked |= {(since, until, *one): own for one, own in zip(some, answers, strict=True)}
            yield Step(len(asked), of)
    if not asked:
        raise NothingToExport
    told = told_views(desk, list(asked.values()), is_internal=ask_.is_internal)
    views = dict(zip(asked, told, strict=True))
    figures = [
        _Figure(one, since, until, views[since, until, one.measure, one.by])
        for since, until in periods for one in wanted
    ]  # fmt: skip
    return _prepared(desk, export, ask_, figures)


def _periods(desk: Desk, export: Export, asked: ExportAsk) -> Iterator[tuple[str, str]]:
    if not export.each:
        yield asked.since, asked.until
        return
    first = desk.agency.fiscal_month
    for code in codes_within(export.each, asked.since, asked.until, first):
        since, until = days_of(code, first)
        yield max(since, asked.since), min(until, asked.until)


def _prepared(desk: Desk, export: Export, asked: ExportAsk, figures: list[_Figure]) -> Prepared:
    words = Words(desk.own_language)
    heads, lines = _wide(export, figures) if export.is_wide else (LONG, list(_long(figures, words)))
    if asked.is_internal:
        said = words.text(NOT_FOR_RELEASE)
        heads, lines = ("not_for_release", *heads), [(said, *line) for line in lines]
    sheets, book = sheets_of(desk), _Book(desk, export, asked, figures, heads)
    has_mark = export.has_mark if asked.has_mark is None else asked.has_mark
    body = sheets.lines([heads, *lines], export.separator)
    files = (
        ExportFile(".csv", (_MARK if has_mark else b"") + body),
        ExportFile("-codebook.csv", _MARK + sheets.lines(book.rows(words))),
        ExportFile("-codebook.json", book.as_json(words)),
    )
    return Prepared(
        asked, export.title, export.version, Reach.NOBODY, tuple((head, Text()) for head in heads),
        files, rows=len(lines), incomplete=sum(bool(one.view.asked.missing) for one in figures),
        hidden=sum(one.told.hidden for one in figures), sample=tuple(lines[:SAMPLE]),
        figures=[] if asked.is_internal else plain(_kept(figures)),
        after=how_often_figures_left(desk),
    )  # fmt: skip


def _kept(figures: Sequence[_Figure]) -> list[ReleasedFigure]:
    """Each told figure once."""
    found = {(one.since, one.until, one.wanted.measure, one.wanted.by): one for one in figures}
    return [ReleasedFigure(one.told, tuple(one.view.asked.files)) for one in found.values()]


# --- a line for each place ----------------------------------------------------------------


def _long(figures: Sequence[_Figure], words: Words) -> Iterator[tuple[str, ...]]:
    for one in figures:
        if one.view.asked.missing:
            yield _line(one, (), Told(), words)
            continue
        for place, told in ((), one.told.whole), *_ordered(one.told):
            yield _line(one, place, told, words)
            for code in told.parts:
                yield _line(one, place, told, words, code)
        yield from _left_out(one, words)


def _ordered(told: ToldFigure) -> list[tuple[Place, Told]]:
    return sorted(told.rows.items(), key=lambda row: row[0])


def _line(one: _Figure, place: Place, told: Told, words: Words, part: str = "") -> tuple[str, ...]:
    asked, label = one.view.asked, label_of(one.view.asked, words)
    cells: list[str] = []
    for at in range(2):
        cut = one.told.cuts[at] if at < len(one.told.cuts) else ""
        code = (place[at] if place else ALL_OF) if cut else ""
        cells += [cut, code, code_in_words(cut, code, label, words) if cut else ""]
    is_parts = one.told.measure.kind is Kind.PARTS
    part_words = asked.part_label(part, words.language) if part else ""
    number = _text(told.parts.get(part)) if part else "" if is_parts else _text(told.number)
    rest = ["" if part else _text(getattr(told, name)) for name in _NUMBERS[1:]]
    is_hidden = told.parts.get(part) is None if part else told.is_hidden
    return (
        one.since, one.until, one.wanted.name, _means(one, words), *cells, part, part_words, number,
        *rest, one.told.measure.said_in, "yes" if is_hidden else "", _counted_in(asked, words),
        one.told.measure.version, _note(one, words),
    )  # fmt: skip


def _left_out(one: _Figure, words: Words) -> Iterator[tuple[str, ...]]:
    """What the figure leaves out on both sides, each in a line of its own."""
    found: list[tuple[str, str, int | None]] = [
        (each.id, each.label.said_in(words.language), one.told.excluded[each.id])
        for each in one.told.measure.exclusions
        if each.id in one.told.excluded
    ]
    if one.told.measure.runs:
        said = words.text("The time of {n} days has not run yet", n=one.told.measure.runs)
        found.append(("running", said, one.told.running))
    for code, said, number in found:
        line = list(_line(one, (), Told(number=number, is_hidden=number is None), words))
        line[LONG.index("part")], line[LONG.index("part_means")] = f"left_out:{code}", said
        line[LONG.index("number")] = _text(number)
        yield tuple(line)


def _means(one: _Figure, words: Words) -> str:
    title = one.wanted.means or one.told.measure.title
    return title.said_in(words.language)


def _counted_in(asked: Asked, words: Words) -> str:
    return "; ".join(file_in_words(file, words) for file in asked.files)


def _note(one: _Figure, words: Words) -> str:
    asked, notes = one.view.asked, list[str]()
    if asked.missing:
        names = ", ".join(asked.missing)
        notes.append(words.text("Not reckoned: the department has not entered {names}",
                                names=names))  # fmt: skip
    if asked.shut:
        shut = "; ".join(file_in_words(file, words) for file in asked.shut)
        notes.append(words.text("Not counted, because its key is not held here: {files}",
                                files=shut))  # fmt: skip
    if one.told.rolled_up:
        notes.append(words.text("Small groups are told together"))
    if assumes := asked.assumes(words.language):
        notes.append(assumes)
    return " · ".join(notes)


def _text(value: float | None) -> str:
    """A number for programs: no commas, at most two digits after a point."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


# --- a line for each period ---------------------------------------------------------------


def _wide(
    export: Export, figures: Sequence[_Figure]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    heads = ["period_from", "period_until"]
    for one in export.figures:
        heads += [_heading(one, tell) for tell in one.tell]
    by_period: dict[tuple[str, str], dict[str, str]] = {}
    for one in figures:
        line = by_period.setdefault((one.since, one.until), {})
        for tell in one.wanted.tell:
            line[_heading(one.wanted, tell)] = _told_cell(one, tell, export.hidden or "*")
    return tuple(heads), [
        (since, until, *(line.get(head, "") for head in heads[2:]))
        for (since, until), line in by_period.items()
    ]


def _heading(one: ExportFigure, tell: str) -> str:
    return one.name if tell == one.tell[0] else f"{one.name}_{tell}"


def _told_cell(one: _Figure, tell: str, hidden: str) -> str:
    told = _place_of(one)
    if one.view.asked.missing:
        return ""
    if told is None:
        return hidden
    if one.wanted.parts:
        value: float | None = told.parts.get(one.wanted.parts, 0)
        return hidden if value is None else _text(value)
    value = getattr(told, tell)
    return hidden if value is None and told.is_hidden else _text(value)


def _place_of(one: _Figure) -> Told | None:
    """What is told of a figure's place; None where small groups are told as one."""
    if not one.wanted.code:
        return one.told.whole
    if found := one.told.rows.get((one.wanted.code,)):
        return found
    is_joined = bool(one.told.rolled_up) or one.told.cuts != one.wanted.by
    return None if is_joined else Told(number=0, base=0)  # nobody: zero is told


# --- the codebook -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Book:
    """What the figures of an export are, in which version, and by what rule they are told."""

    desk: Desk
    export: Export
    asked: ExportAsk
    figures: Sequence[_Figure]
    heads: Sequence[str]

    def rows(self, words: Words) -> Iterator[tuple[str, ...]]:
        yield ("column", "means", "how it is counted", "source", "version")
        parts = {_heading(one, tell): (one.name, tell)
                 for one in self.export.figures for tell in one.tell}  # fmt: skip
        measures = self._measures(words)
        for head in self.heads:
            name, tell = parts.get(head, ("", head)) if self.export.is_wide else ("", head)
            means = words.text(_MEANS[_TOLD_AS.get(tell, tell)]) if tell in _KNOWN else ""
            title = measures[name]["title"] if name in measures else ""
            yield (head, ": ".join(filter(None, (title, means))), "", "", "")
        for name, said in measures.items():
            yield (name, said["title"], said["how"], said["source"], said["version"])
        rule = self._rule(words)
        yield ("", rule, "", "", "")

    def as_json(self, words: Words) -> bytes:
        said: dict[str, Any] = {
            "export": self.export.id, "version": self.export.version,
            "title": self.export.title.said_in(words.language),
            "authority": self.export.authority.said_in(words.language), "from": self.asked.since,
            "until": self.asked.until, "made_on": self.desk.clock.local().date().isoformat(),
            "department": self.desk.agency.name, "is_training": self.desk.is_training,
            "not_for_release": self.asked.is_internal, "rule": self._rule(words),
            "least": self.desk.agency.small_cell,
            "hidden_is_written_as": self.export.hidden or ("*" if self.export.is_wide else ""),
            "columns": list(self.heads), "figures": self._measures(words),
        }  # fmt: skip
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    def _rule(self, words: Words) -> str:
        told = [one.told for one in self.figures]
        return rule_in_words(told, words, is_internal=self.asked.is_internal)

    def _measures(self, words: Words) -> "Mapping[str, dict[str, str]]":
        language = words.language
        return {
            one.wanted.name: {
                "measure": one.told.measure.id, "title": _means(one, words),
                "how": one.told.measure.how.said_in(language),
                "source": one.told.measure.source.said_in(language),
                "version": one.told.measure.version,
            }
            for one in self.figures
        }  # fmt: skip
