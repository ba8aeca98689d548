"""One table of numbers as a CSV file: what the page shows, and what a reader must know of it."""

from collections.abc import Iterator, Sequence

from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.measures.periods import Period, period_in_words
from intake_app.services.measures.saying import left_out, why_not_shown
from intake_app.services.measures.tabling import table_of
from intake_app.services.measures.viewing import View
from intake_app.services.reports.sheets import sheets_of
from intake_app.words import Words


def table_file(desk: Desk, view: View, words: Words) -> bytes:
    """The table as CSV; of the internal view, marked in its first line and beside each row.

    That it was made is logged, with the measure and nothing of anybody.

    Args:
        desk: Who saves it.
        view: What the page shows.
        words: Language.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    desk.require(May.SEE_NUMBERS)
    data = sheets_of(desk).lines(list(_rows(view, words)))
    kind = "internal table" if view.told.is_internal else "table"
    desk.station.note(desk.act(f"save {kind} of numbers: {view.told.measure.id}"))
    return data


def copied_table(desk: Desk, view: View, words: Words) -> str:
    """The same for the clipboard, with tabs; no cell of it is a formula to a spreadsheet.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    desk.require(May.SEE_NUMBERS)
    data = sheets_of(desk).lines(list(_rows(view, words)), "\t")
    kind = "internal table" if view.told.is_internal else "table"
    desk.station.note(desk.act(f"save copy of {kind} of numbers: {view.told.measure.id}"))
    return data.decode()


def file_name(view: View) -> str:
    """Tells the measure and the days, and nothing of anybody."""
    told = view.told
    mark = "not-for-release-" if told.is_internal else ""
    return f"{mark}{told.measure.id}-{told.since}-{told.until}.csv".replace("_", "-")


def _rows(view: View, words: Words) -> Iterator[Sequence[str]]:
    told, measure = view.told, view.told.measure
    table = table_of(told, view.asked, words)
    warning = words.text("Not for release") if told.is_internal else ""
    if warning:
        yield (warning,)
    yield (table.title, measure.version)
    yield (period_in_words(Period(told.since, told.until), words),)
    yield (*table.heads, *([""] if warning else []))
    for line in table.lines:
        yield (line.head, *line.cells, *([warning] if warning else []))
    yield from left_out(told, words)
    alone = "" if warning else words.text(
        "This table was checked by itself. What goes out together is released as one report."
    )  # fmt: skip
    language = words.language
    for said in (alone, why_not_shown(told, words), view.asked.assumes(language),
                 measure.how.said_in(language), measure.source.said_in(language)):  # fmt: skip
        if said:
            yield (said,)
