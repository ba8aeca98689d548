"""How the columns of a table become answers and steps: a mapping, kept as a file or made by hand.

It names headings, never cells of anybody. A mapping that somebody saved is read again with the
file of next year, in the window and by the command line.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.text import NOTHING, Text
from intake_app.domain.typed_day import Century

LEAVE_EMPTY: Final = ""
"""As the code of a word: the cell counts as empty."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column.

    Attributes:
        target: What it fills: a question's id, or what begins with "~" (`import_target.Past`).
        names: Headings that it is known by.
        codes: Codes by the words that stand in the cells; `LEAVE_EMPTY`: the word says nothing.
    """

    target: str
    names: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Implied:
    """What a status says besides: who said yes was asked, and was met.

    Attributes:
        statuses: Any of these, as outcome or with a day of its own.
        said: Codes by target; what the row says itself goes before.
    """

    statuses: tuple[str, ...]
    said: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """A mapping.

    Attributes:
        form: Id of the form that rows become intakes of.
        columns: In the order of the file.
        constants: What holds of every row, by target.
        implied: What statuses say besides.
        order: Of days in numbers: "mdy", "dmy"; empty: as the file shows.
        century: What a year of two digits means.
        sheet: Name of the sheet; empty: the first one that is not hidden.
        id: Of a mapping that ships with the program.
        title: What people read.
        version: Of its file.
    """

    form: str
    columns: tuple[ColumnMap, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    implied: tuple[Implied, ...] = ()
    order: str = ""
    century: Century = Century.REFUSE
    sheet: str = ""
    id: str = ""
    title: Text = NOTHING
    version: str = ""

    def column(self, target: str) -> ColumnMap | None:
        """The column that fills a target."""
        return next((one for one in self.columns if one.target == target), None)


def plain_word(text: str) -> str:
    """A heading or a cell as it is compared: small letters and digits, single blanks."""
    kept = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return " ".join(kept.split())


def as_toml(mapping: ImportMapping) -> str:
    """A mapping as the text of its file."""
    lines = [
        "# How a table of past cases is read. How such files are written: docs/imports.md.",
        "",
    ]
    lines += ["[import]", *_pairs({
        "id": mapping.id or "own", "version": mapping.version or "1", "form": mapping.form,
        "order": mapping.order, "short_years": str(mapping.century), "sheet": mapping.sheet,
    })]  # fmt: skip
    title = mapping.title.by_language or {"en": "Saved mapping", "es": "Asignación guardada"}
    inside = ", ".join(f"{_key(name)} = {_quoted(said)}" for name, said in title.items())
    lines.append(f"title = {{ {inside} }}")
    if mapping.constants:
        lines += ["", "[constants]", *_pairs(mapping.constants)]
    for implied in mapping.implied:
        statuses = ", ".join(map(_quoted, implied.statuses))
        inside = ", ".join(_pairs(implied.said))
        lines += ["", "[[implied]]", f"statuses = [{statuses}]", f"said = {{ {inside} }}"]
    for one in mapping.columns:
        names = ", ".join(map(_quoted, one.names))
        lines += ["", "[[columns]]", f"target = {_quoted(one.target)}", f"names = [{names}]"]
        if one.codes:
            inside = ", ".join(f"{_quoted(w)} = {_quoted(code)}" for w, code in one.codes.items())
            lines.append(f"codes = {{ {inside} }}")
    return "\n".join(lines) + "\n"


def _pairs(said: Mapping[str, str]) -> list[str]:
    return [f"{_key(name)} = {_quoted(text)}" for name, text in said.items() if text]


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _quoted(name)


def _quoted(text: str) -> str:
    """A basic string of TOML: what JSON escapes, TOML reads; it wants one sign more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
