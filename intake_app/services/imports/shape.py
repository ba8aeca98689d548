"""What a window shows of a file before it is imported: columns, samples, words, first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from intake_app.domain.form import Sensitivity
from intake_app.domain.import_mapping import ImportMapping
from intake_app.domain.import_row import PastRow
from intake_app.domain.import_table import TableFile, is_blank
from intake_app.domain.import_target import Past, step_of
from intake_app.domain.pathway import CARE_ROOM, Pathway, room_of
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.case.programs import case_programs
from intake_app.services.desk import Desk
from intake_app.services.imports.looking import Look
from intake_app.services.imports.plan import Column, Plan, planned, said
from intake_app.services.records.ways_in import ways_in
from intake_app.words.dates import short_date

_SAMPLES = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """A file and how it will be read.

    Attributes:
        plan: How.
        samples: Of each column of the file, the first things that stand in it.
        words: Of each coded column, by its place: words, how often, and their codes.
        has_short_years: Some day is written with a year of two digits.
    """

    plan: Plan
    samples: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    words: Mapping[int, tuple[tuple[str, int, str | None], ...]] = field(
        default_factory=dict[int, tuple[tuple[str, int, "str | None"], ...]], repr=False
    )
    has_short_years: bool = False


@dataclass(frozen=True, slots=True)
class ShownRows:
    """The first rows as they would be.

    Attributes:
        heads: Row number first, then what each column fills.
        rows: In words.
        hidden: Places that say who somebody is.
    """

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    hidden: frozenset[int] = frozenset()


def forms_to_fill(desk: Desk) -> tuple[tuple[str, Text], ...]:
    """The forms that past rows can become intakes of, in the files that this person holds.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.IMPORT_PAST)
    found: list[tuple[str, Text]] = []
    if desk.care is not None:
        found += [(way.form, way.title) for way in ways_in(desk)]
    if desk.cases is not None and Pathway.OFFICER_INTERVENTION in desk.pathways:
        found += case_programs(desk)
    return tuple(found)


def shape_of(desk: Desk, file: TableFile, mapping: ImportMapping) -> Shape:
    """How a file will be read by a mapping, with what a person matches.

    Raises:
        NotAllowed: Not in one's roles.
        FormMissing: There is no such form.
        TableEmpty: There is no such sheet, or nothing in it.
    """
    desk.require(May.IMPORT_PAST)
    plan = planned(desk, file, mapping)
    words = {one.place: plan.words_of(one) for one in plan.columns if one.target.is_coded}
    samples = tuple(_samples(plan, place) for place in range(len(plan.headings)))
    return Shape(plan, samples, words, plan.has_short_years())


def shown_rows(plan: Plan, look: Look, language: str) -> ShownRows:
    """The first good rows in words, column by column."""
    heads = ("#", *(one.target.label.said_in(language) for one in plan.columns))
    rows = tuple(_in_words(plan, past, language) for past in look.shown)
    hidden = frozenset(n for n, one in enumerate(plan.columns, 1) if says_who(plan, one))
    return ShownRows(heads, rows, hidden)


def says_who(plan: Plan, column: Column) -> bool:
    """Whether what a column fills says who somebody is."""
    asked = plan.guide.form.field(column.target.id)
    is_identity = asked is not None and asked.sensitivity is Sensitivity.IDENTITY
    return is_identity or column.target.id in {Past.SAME_PERSON, Past.NAME}


def is_care(plan: Plan) -> bool:
    """Whether rows become intakes of those who asked for help."""
    return room_of(plan.guide.form.pathway) is CARE_ROOM


def _samples(plan: Plan, place: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in plan.rows:
        cell = row.cell(place)
        if not is_blank(cell) and (text := said(cell)[:40]) not in found:
            found.append(text)
        if len(found) >= _SAMPLES:
            break
    return tuple(found)


def _in_words(plan: Plan, past: PastRow, language: str) -> tuple[str, ...]:
    by_row = {row.number: row for row in plan.rows}
    row = by_row[past.number]
    return (str(past.number), *(_cell(plan, past, one, said(row.cell(one.place)), language)
                                for one in plan.columns))  # fmt: skip


def _cell(plan: Plan, past: PastRow, column: Column, text: str, language: str) -> str:
    target = column.target
    if target.id in past.answers:
        return plan.guide.shown(target.id, past.answers[target.id], language)
    if target.id == Past.OPENED:
        return short_date(past.opened.date(), language)
    if day := _day(past, target.id):
        return short_date(day, language)
    if target.is_coded:
        codes = {one.id: one.label for one in target.choices}
        code = _code(past, target.id)
        return codes[code].said_in(language) if code in codes else ""
    return text


def _day(past: PastRow, ident: str) -> date | None:
    known: dict[str, date | None] = {
        Past.CLOSED: past.closed, Past.REACHED: past.reached, Past.ENGAGED: past.engaged,
    }  # fmt: skip
    return known.get(ident) or past.days.get(step_of(ident))


def _code(past: PastRow, ident: str) -> str:
    known: dict[str, str] = {
        Past.OFFENSE: past.offense, Past.OUTCOME: past.outcome, Past.REASON: past.reason,
        Past.CHARGE: past.charge,
    }  # fmt: skip
    return known.get(ident, "")


def names_of_forms(desk: Desk, forms: Sequence[str], language: str) -> dict[str, str]:
    """Names of forms by their ids; one that is gone is called by its id."""
    known = {ident: text.said_in(language) for ident, text in forms_to_fill(desk)}
    return {ident: known.get(ident, ident) for ident in forms}
