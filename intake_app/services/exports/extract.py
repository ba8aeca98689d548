"""The research extract: a line an intake, without names, days moved, and nobody alone in a group.

Ids are drawn anew for each extract. All days of one person are moved back by the same secret number
of days, 1 to 365, always the same for this person: what lies between two days stays true, and no
day is. So whoever holds two extracts can match their lines by the days; a new number each time
would be worse, because the latest of many copies of a day comes close to the true one. Whoever
knows from which days the intakes are knows about how far they were moved; so these are a year or
more. Rare codes are rolled up, odd numbers capped, and what an acquaintance could know is shared by
as many people as a count must have (`domain.anonymity`).
"""

import hashlib
import json
import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from intake_app.domain.anonymity import NOT_TOLD, Line, alike, capped, rolled_up
from intake_app.domain.county import code
from intake_app.domain.county_errors import DaysTooFewForResearch, TooFewForResearch
from intake_app.domain.errors import FormMissing
from intake_app.domain.export import Reach
from intake_app.domain.export_errors import NothingToExport
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import DAYS, MOMENTS, NUMBERS, Journey, Subject
from intake_app.domain.roles import Compartment
from intake_app.domain.text import FALLBACK, Text
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import require_agreement
from intake_app.services.exports.ask import (
    ExportAsk,
    ExportFile,
    ExportKind,
    ExportPart,
    Prepared,
    Step,
    Steps,
)
from intake_app.services.exports.county_key import FILES, county_parts
from intake_app.services.exports.county_rows import codes_allowed, county_cuts, told_codes
from intake_app.services.exports.ids import DrawnIds
from intake_app.services.measures.journeys import bring_up
from intake_app.services.reports.sheets import sheets_of
from intake_app.settings.traits import read_traits
from intake_app.words import in_all_languages, mark

RESEARCH: Final = "research_extract"
VERSION: Final = "2026-11-1"

SEVERAL: Final = "several"
_SHIFTS: Final = 365
_AT_ONCE: Final = 2_000
_CODES: Final = (
    "pathway", "program", "status", "eligible", "why_not_eligible", "why_not_offered",
    "why_declined", "outcome", "why_closed", "charge", "handoff",
)  # fmt: skip
_DAYS: Final = tuple(one for one in DAYS if one not in {"next_due", "visit_on"})
_NUMBERS: Final = tuple(one for one in NUMBERS if one != "wait_days")
_TITLE: Final = mark("Research extract, without names and with days moved")
_ABOUT: Final = mark(
    "For a study under an agreement. A line an intake: codes, days moved by a secret number for "
    "each person, rare codes rolled up. Who holds two extracts can match their lines by the days."
)
_MEANS: Final = {
    "record_id": mark("This intake; drawn by lot for this extract"),
    "person_id": mark("This person; drawn by lot for this extract"),
    "": mark("A code; blank where nobody knows or where it would tell too much"),
    "day": mark("A day, moved back by 1 to 365 days; all days of one person by the same number"),
    "number": mark("A whole number; the highest ones are capped"),
}


def known_to_others(columns: Sequence[str]) -> list[str]:
    """Which of these an acquaintance could know, in the order in which they are blanked.

    Raises:
        FormMissing: The file that says it is gone or has a mistake: nothing is blanked by a guess.
    """
    traits = read_traits()
    if not traits.version:
        raise FormMissing("traits")
    named = {*traits.known_to_others, *traits.said_to_us}
    own = [name for name in columns if name.startswith("cut_") and name not in named]
    return [*own, *(name for name in traits.known_to_others if name in columns)]


def research_kinds(desk: Desk) -> Sequence[ExportKind]:
    """The research extract, for the page of exports; where journeys are kept."""
    if desk.measures is None:
        return ()
    return (
        ExportKind(
            RESEARCH, _both(_TITLE), Reach.CODED, _prepare, _both(_ABOUT), version=VERSION,
            authority=Text({FALLBACK: "45 CFR 164.514(b)(1); 42 CFR 2.16, 2.52"}),
        ),
    )  # fmt: skip


@dataclass(slots=True)
class _Rows:
    """What was read.

    Attributes:
        lines: Codes and days by column.
        numbers: Of each column of numbers a value for each line.
        people: Whose each line is: file and person.
        records: The intakes of each file.
    """

    lines: list[Line] = field(default_factory=list[Line])
    numbers: dict[str, list[int | None]] = field(
        default_factory=lambda: {name: [] for name in _NUMBERS}
    )
    people: list[str] = field(default_factory=list[str])
    records: dict[Compartment, list[RecordId]] = field(
        default_factory=dict[Compartment, list[RecordId]]
    )


def _prepare(desk: Desk, ask: ExportAsk) -> Steps:
    _ = require_agreement(desk, ask.agreement)
    if (date.fromisoformat(ask.until) - date.fromisoformat(ask.since)).days + 1 < _SHIFTS:
        raise DaysTooFewForResearch
    while bring_up(desk):
        yield Step(0, 0)
    found, done = _Rows(), 0
    allowed = codes_allowed(desk, [cut.id for cut in county_cuts(desk.library.cuts())])
    for name in FILES:
        for one, moved in _of_file(desk, name, ask):
            _take(found, name, one, (moved, told_codes(one, allowed)))
            done += 1
            if done % _AT_ONCE == 0:
                yield Step(done, 0)
    if not done:
        raise NothingToExport
    k = max(desk.agency.small_cell, 2)
    if len(set(found.people)) < k:
        raise TooFewForResearch
    yield Step(done, done)
    return _prepared(desk, ask, found, k)


def _of_file(
    desk: Desk, name: Compartment, ask: ExportAsk
) -> Iterator[tuple[Journey, timedelta]]:  # fmt: skip
    """Intakes of the period, with how far the days of their person are moved."""
    file, journeys = desk.open_file(name), desk.measures and desk.measures.files.get(name)
    if file is None or not journeys:
        return
    ids = DrawnIds(desk, file, "research shift")
    wanted = [
        one for one in journeys.each(ask.since, ask.until) if one.subject is Subject.INTAKE
    ]  # fmt: skip
    seen = file.lines([one.record for one in wanted])  # not who is kept from this person
    for one in wanted:
        if one.record in seen:
            drawn = ids.drawn("shift", one.person or one.record)
            number = int.from_bytes(hashlib.sha256(drawn.encode()).digest()[:8], "big")
            yield one, timedelta(days=1 + number % _SHIFTS)


def _take(
    found: _Rows, name: Compartment, one: Journey, how: tuple[timedelta, Mapping[str, list[str]]]
) -> None:
    moved, codes = how
    line = {column: code(str(getattr(one, column))) for column in _CODES}
    line |= {column: _moved(str(getattr(one, column)), moved) for column in (*_DAYS, *MOMENTS)}
    for cut, said in codes.items():
        line[f"cut_{cut}"] = SEVERAL if len(said) > 1 else "".join(said) or NOT_TOLD
    found.lines.append(line)
    for column, values in found.numbers.items():
        values.append(getattr(one, column))
    found.people.append(f"{name} {one.person or one.record}")
    found.records.setdefault(name, []).append(one.record)


def _moved(day: str, by: timedelta) -> str:
    """A day moved back; of a moment its day alone."""
    return (date.fromisoformat(day[:10]) - by).isoformat() if day else ""


# --- making it less telling -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What was done to it.

    Attributes:
        blanked: Cells that were blanked, by column.
        left_out: Rows that were left out.
        k: How many people are alike, over all columns of `blanked`.
    """

    blanked: Mapping[str, int]
    left_out: int
    k: int


def _prepared(desk: Desk, ask: ExportAsk, found: _Rows, k: int) -> Prepared:
    lines, people = found.lines, found.people
    codes = [name for name in lines[0] if name not in {*_DAYS, *MOMENTS}]
    for name in codes:
        column = rolled_up([line[name] for line in lines], people, k)
        for line, said in zip(lines, column, strict=True):
            line[name] = said
    result = alike(lines, people, known_to_others(list(lines[0])), k)
    numbers = {name: capped(values, people, k) for name, values in found.numbers.items()}
    order = list(result.kept)
    random.SystemRandom().shuffle(order)  # the order in which they came would tell when
    ids = dict[str, str]()
    columns = ["record_id", "person_id", *lines[0], *_NUMBERS]
    rows: list[list[str]] = []
    for n in order:
        person = ids.setdefault(people[n], _drawn("p"))
        told = {"record_id": _drawn("r"), "person_id": person, **lines[n]}
        told |= {name: "" if v[n] is None else str(v[n]) for name, v in numbers.items()}
        rows.append([told[name] for name in columns])
    hidden = _Hidden(result.blanked, result.left_out, k)
    kept = {people[n] for n in result.kept}
    parts = {
        name: ExportPart(
            len(some), len({one for one in kept if one.startswith(f"{name} ")}), tuple(some)
        )
        for name, some in found.records.items()
    }
    means = tuple((name, _means(name)) for name in columns)
    return Prepared(
        ask, _both(_TITLE), VERSION, Reach.CODED, means,
        tuple(_files(desk, (columns, rows), means, hidden)), parts, len(rows),
        hidden=sum(result.blanked.values()),
    )  # fmt: skip


def _files(
    desk: Desk, table: tuple[Sequence[str], Sequence[Sequence[str]]],
    means: Sequence[tuple[str, Text]], hidden: _Hidden,
) -> Iterator[ExportFile]:  # fmt: skip
    columns, rows = table
    sheets, language = sheets_of(desk), desk.own_language
    yield ExportFile(".csv", sheets.lines([columns, *rows]))
    kinds = [(name, "INTEGER" if name in _NUMBERS else "VARCHAR") for name in columns]
    typed = [
        [(int(cell) if cell else None) if kind == "INTEGER" else cell
         for cell, (_, kind) in zip(row, kinds, strict=True)]
        for row in rows
    ]  # fmt: skip
    yield ExportFile(".parquet", county_parts(desk).parquet(kinds, typed))
    book = [(name, text.said_in(language), _told_few(hidden, name)) for name, text in means]
    yield ExportFile("-codebook.csv", sheets.lines([("column", "means", "blanked"), *book]))
    yield ExportFile("-codebook.json", json.dumps({
        "export": RESEARCH, "version": VERSION, "department": desk.agency.name,
        "k": hidden.k, "alike_over": list(hidden.blanked),
        "rows_left_out": _few(hidden.left_out, hidden.k),
        "days": "moved back by 1 to 365 days, the same for all days of one person",
        "ids": (
            "drawn by lot for this extract; another extract has others, and whoever holds both can "
            "match their lines by the days"
        ),
        "not_protected": (
            "Columns outside of alike_over are not part of k-anonymity, and what lies between two "
            "days is true. Who knows something else about somebody may find them. Do not try to, "
            "and do not join this with other files."
        ),
        "columns": [dict(zip(("column", "means", "blanked"), one, strict=True)) for one in book],
    }, ensure_ascii=False, indent=1).encode())  # fmt: skip


def _told_few(hidden: _Hidden, name: str) -> str:
    return _few(hidden.blanked[name], hidden.k) if name in hidden.blanked else ""


def _few(number: int, k: int) -> str:
    return str(number) if number == 0 or number >= k else f"fewer than {k}"


def _drawn(letter: str) -> str:
    return letter + secrets.token_hex(8)


def _means(name: str) -> Text:
    if name in _MEANS:
        return _both(_MEANS[name])
    if name in _DAYS or name in MOMENTS:
        return _both(_MEANS["day"])
    return _both(_MEANS["number"] if name in _NUMBERS else _MEANS[""])


def _both(marked: str) -> Text:
    return Text(in_all_languages(marked))
