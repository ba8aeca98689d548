"""Adds, retires and renames choices in a code list; a code itself never changes and never goes."""

import csv
import io
from typing import Final

from intake_app.domain.form_change import CodeRow
from intake_app.rulebook.codes import own_words, read_rows

_FROM, _TO, _IDENT = "active_from", "active_to", "id"
_DAYS: Final = (_FROM, _TO)


def code_rows(text: str) -> tuple[CodeRow, ...]:
    """The good rows of a list, in its order."""
    return tuple(
        CodeRow(row[_IDENT], own_words(row), row[_FROM], row[_TO])
        for row in read_rows("", text, (), [])
    )


def with_code(text: str, row: CodeRow) -> str:
    """The list with a row more, or with other words and days in the row of this code.

    What else a row says (its standard, its measure) stays as it is.
    """
    lines = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    rows = [{k: v or "" for k, v in one.items() if isinstance(k, str)} for one in lines]
    heads = [*(lines.fieldnames or ())]
    heads += [head for head in (*row.words, *_DAYS) if head not in heads]
    known = next((one for one in rows if one.get(_IDENT) == row.id), None)
    if known is None:
        known = {_IDENT: row.id}
        rows.append(known)
    known |= {**row.words, _FROM: row.starts, _TO: row.ends}
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
