"""A county's figures as a report on paper and as lines for a program; all of it as told."""

from collections.abc import Iterator, Sequence
from typing import Final

from intake_app.domain.entry import show_date
from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet
from intake_app.domain.roles import May
from intake_app.domain.told import Told
from intake_app.services.county.departments import County
from intake_app.services.county.telling import keep_told
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import custom, period_in_words
from intake_app.services.measures.viewing import View
from intake_app.services.reports.parts import counted_parts, hidden_parts, section_parts
from intake_app.services.reports.sheets import sheets_of
from intake_app.words import Words

HEADS: Final = (
    "measure", "version", "since", "until", "cut_1", "code_1", "cut_2", "code_2", "part", "number",
    "base", "percent", "low_95", "high_95", "ratio", "median", "first_quartile", "third_quartile",
    "not_told",
)  # fmt: skip


def county_lines(desk: Desk, county: County) -> bytes:
    """The figures as CSV: a line for each place of each table; what is not told is empty and "1".

    What leaves is kept, so that no later report gives anybody away beside it.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.MERGE_DEPARTMENTS)
    rows: list[Sequence[str]] = [HEADS]
    rows += [line for view in county.views for line in _lines(view)]
    data = sheets_of(desk).lines(rows)
    _keep(desk, county)
    desk.station.note(desk.act("export county numbers"))
    return data


def print_county(desk: Desk, county: County, language: str = "") -> bytes:
    """The report as a tagged PDF.

    Args:
        desk: Who merges.
        county: What the merge came to.
        language: ISO 639; empty: the department's own.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.MERGE_DEPARTMENTS)
    words = Words(language or desk.own_language)
    data = desk.press.print(_sheet(desk, county, words))
    _keep(desk, county)
    desk.station.note(desk.act("print county numbers"))
    return data


def people_in_words(county: County, words: Words) -> list[str]:
    """What the merge says of people: each once, who was met twice, and what may be missed."""
    return [_met(county, words), _known_again(county, words)]


def merge_in_words(county: County, words: Words) -> list[str]:
    """What was merged, and what a reader has to know of it."""
    said = [
        words.text("Departments: {names}", names="; ".join(county.departments)),
        words.text(
            "All departments know until {day} what happened; later ends are not counted yet.",
            day=show_date(county.today, words.language),
        ),
        *people_in_words(county, words),
    ]  # fmt: skip
    if county.replaced:
        said.append(words.text("Newer extracts took the place of {n} older ones.",
                               n=county.replaced))  # fmt: skip
    if county.others:
        said.append(words.text(
            "These departments count with other definitions at home; here all are counted with "
            "the same: {names}", names="; ".join(county.others),
        ))  # fmt: skip
    return said


def small_in_words(county: County, words: Words) -> list[str]:
    """Why something is not shown."""
    return [
        words.text(
            "Counts from 1 to {most} are not shown, nor what would give one back.",
            most=county.least - 1,
        ),
        words.text(
            "Nor is a count from which a department could take its own away, and be left with a "
            "few people of the others."
        ),
    ]  # fmt: skip


# --- inside -----------------------------------------------------------------------------


def _keep(desk: Desk, county: County) -> None:
    """What leaves is known from now on: the next report has to agree with it."""
    keep_told(desk, (county.since, county.until), [one.told for one in county.views])


def _sheet(desk: Desk, county: County, words: Words) -> Sheet:
    title = words.text("County report, {days}",
                       days=period_in_words(custom(county.since, county.until), words))  # fmt: skip
    parts = [
        Part(BlockType.HEADING, title, level=1),
        Part(BlockType.BULLETS, bullets=tuple(merge_in_words(county, words))),
        *(part for one in county.sections for part in section_parts(one, words)),
        Part(BlockType.HEADING, words.text("How it was counted")),
        *(Part(BlockType.PARAGRAPH, one) for one in small_in_words(county, words)),
        *hidden_parts(county.views, words),
        *counted_parts(county.views, words),
    ]
    sample = words.text("SAMPLE") if desk.is_training else ""
    return Sheet(
        title, words.language, Letterhead(desk.agency.name), tuple(parts), sample_words=sample,
        page_words=words.text("page {page} of {pages}"),
    )  # fmt: skip


def _met(county: County, words: Words) -> str:
    people = county.people.told.whole.number
    if people is None:
        return words.text("How many people were met is not shown.")
    said = words.text("{number} people were met, each counted once.", number=f"{people:,}")
    if county.shared is None:
        more = words.text("How many of them more than one department met is not shown.")
    else:
        more = words.text(
            "More than one department met {number} of them.", number=f"{county.shared:,}"
        )
    return f"{said} {more}"


def _known_again(county: County, words: Words) -> str:
    said = words.text("Somebody is known again by name and birth date, written the same way.")
    if county.alike is None:
        more = words.text(
            "A few more people sound alike, were born on the same day, and count apart."
        )
    else:
        more = words.text(
            "{number} more people sound alike, were born on the same day, and count apart.",
            number=f"{county.alike:,}",
        )
    return f"{said} {more}"


def _lines(view: View) -> Iterator[tuple[str, ...]]:
    figure = view.told
    if view.asked.missing:
        return
    measure, cuts = figure.measure, (*figure.cuts, "", "")[:2]
    begin = (measure.id, measure.version, figure.since, figure.until)
    for place, told in ((), figure.whole), *sorted(figure.rows.items()):
        codes = (*place, "", "")[:2] if place else ("*" if cuts[0] else "", "*" if cuts[1] else "")
        where = (cuts[0], codes[0], cuts[1], codes[1])
        yield (*begin, *where, "", *_numbers(told), _flag(told.is_hidden))
        for code, number in told.parts.items():
            nothing = ("",) * 8
            yield (*begin, *where, code or "unknown", _said(number), *nothing,
                   _flag(number is None))  # fmt: skip


def _numbers(told: Told) -> tuple[str, ...]:
    whole = (told.number, told.base)
    shares = (told.percent, told.low, told.high, told.ratio)
    spread = (told.median, told.first_quartile, told.third_quartile)
    return tuple(_said(one) for one in (*whole, *shares, *spread))


def _said(number: float | None) -> str:
    return "" if number is None else f"{number:.10g}"


def _flag(is_hidden: bool) -> str:
    return "1" if is_hidden else ""
