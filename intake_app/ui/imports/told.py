"""What is said when a list was read, and when something was done."""

from typing import Final

from intake_app.services.imports.earlier_list import SECONDS_EACH, EarlierList, TokenWork
from intake_app.services.imports.undoing import UndoWork
from intake_app.ui.imports.stepping import Work
from intake_app.words import Words

_MINUTE: Final = 60
_MOST_ROWS: Final = 50


def told_of_list(people: EarlierList, words: Words) -> str:
    """What would come of a list of earlier participation; rows by number, and nobody by name."""
    minutes = round(people.left * SECONDS_EACH / _MINUTE) + 1
    told = [
        words.plural("{n} person becomes a mark.", "{n} people become marks.", people.left),
        words.plural("It takes about {n} minute.", "It takes about {n} minutes.", minutes),
    ]
    if people.expired:
        told.append(words.plural(
            "{n} took part so long ago that it does not count any more.",
            "{n} took part so long ago that it does not count any more.", people.expired,
        ))  # fmt: skip
    rows = sorted({one.row for one in people.faults})
    if rows:
        told.append(words.text(
            "Left out, because something is missing or unreadable: rows {rows}",
            rows=", ".join(map(str, rows[:_MOST_ROWS])),
        ))  # fmt: skip
    return " ".join(told)


def told_of(work: Work, words: Words) -> str:
    """What was done."""
    if isinstance(work, UndoWork):
        return words.plural("{n} row was taken away.", "{n} rows were taken away.", work.rows)
    if isinstance(work, TokenWork):
        return words.plural(
            "{n} mark was made. The list is not kept; delete the file too.",
            "{n} marks were made. The list is not kept; delete the file too.", work.done,
        )  # fmt: skip
    return words.plural("{n} row was imported.", "{n} rows were imported.", work.done)
