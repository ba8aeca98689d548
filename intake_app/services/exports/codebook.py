"""The codebook of an export: what each column says, in which codes, of which versions.

It goes with each file, as a table and as JSON; for REDCap also as its own data dictionary.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake_app.domain.export import Export, ExportColumn, From, Reach, Several
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import ExportAsk
from intake_app.words import Words

HEADINGS: Final = ("column", "means", "code", "code_means", "our_code", "comes_from", "written_as",
                   "required")  # fmt: skip

_REDCAP: Final = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note",
    "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max",
    "Identifier?", "Branching Logic (Show field only if...)", "Required Field?",
    "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
"""The columns of a data dictionary, as REDCap writes and reads them."""

_VALIDATED: Final = {"YYYY-MM-DD": "date_ymd", "YYYY-MM-DD hh:mm": "datetime_ymd"}
_GUARD: Final = (
    "A cell that a spreadsheet would take for a formula has an apostrophe before it. Programs that "
    "read the file take one apostrophe away from a cell that begins with one and, without "
    "apostrophes and blanks, with =, +, -, @, a tab or a line end."
)


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a codebook says of one export.

    Attributes:
        desk: Whose.
        export: The mapping as it was used.
        ask: What was asked.
    """

    desk: Desk
    export: Export
    ask: ExportAsk

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Its lines, the heading first: one a column, and one more for each of its codes."""
        yield HEADINGS
        for one in self.export.columns:
            for name in one.headings:
                yield from self._of(one, name)

    def as_json(self) -> bytes:
        """The same for programs, with the versions of all that it was made of."""
        language = self.desk.own_language
        said: dict[str, Any] = {
            "export": self.export.id,
            "version": self.export.version,
            "title": self.export.title.said_in(language),
            "authority": self.export.authority.said_in(language),
            "from": self.ask.since,
            "until": self.ask.until,
            "made_on": self.desk.clock.local().date().isoformat(),
            "department": self.desk.agency.name,
            "is_less_exact": self.ask.is_coarse,
            "is_training": self.desk.is_training,
            "encoding": "UTF-8",
            "line_end": "CRLF",
            "separator": self.export.separator,
            "quote": '"',
            "formulas": _GUARD,
            "columns": [self._column(one) for one in self.export.columns],
        }
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    def redcap(self) -> Iterator[tuple[str, ...]]:
        """A data dictionary for REDCap, for whoever makes the project anew."""
        yield _REDCAP
        form = self.export.id.replace("-", "_")
        for one in self.export.columns:
            kind, choices = self._redcap_kind(one)
            check = _VALIDATED.get(one.day, "") if kind == "text" else ""
            label = one.means.said_in(self.desk.own_language) or one.name
            required = "y" if one.is_required else ""
            is_near = "y" if one.reach >= Reach.DATED else ""
            yield (one.name, form, "", kind, label, choices, "", check, "", "", is_near, "",
                   required, "", "", "", "", "")  # fmt: skip

    # --- inside -----------------------------------------------------------------------------

    def _of(self, one: ExportColumn, name: str) -> Iterator[tuple[str, ...]]:
        means = one.means.said_in(self.desk.own_language)
        origin, how = f"{one.source} {one.of}".strip(), one.day or str(one.several)
        required = "yes" if one.is_required else ""
        yield (name, means, "", "", "", origin, how if one.source is not From.CONSTANT else "",
               required)  # fmt: skip
        if one.several is Several.BOXES:
            code = name[len(one.name) + 3 :]
            ours = [mine for mine, theirs in one.codes.items() if theirs == code]
            words = "; ".join(self._words(one).get(mine, mine) for mine in ours)
            yield (name, means, "1", words, "; ".join(ours), origin, "", "")
            yield (name, means, "0", "", "", origin, "", "")
            return
        for code, words, mine in self._codes(one):
            yield (name, means, code, words, mine, origin, "", "")

    def _codes(self, one: ExportColumn) -> Iterator[tuple[str, str, str]]:
        words = self._words(one)
        if one.is_words or one.day or one.source is From.CONSTANT:
            return
        pairs = one.codes.items() if one.codes else ((code, code) for code in words)
        for mine, theirs in pairs:
            yield theirs, words.get(mine, mine), mine
        say = Words(self.desk.own_language).text
        if one.others:
            yield one.others, say("Another code"), ""
        if one.two_or_more:
            yield one.two_or_more, say("Two or more"), ""
        if one.empty:
            yield one.empty, say("Not known"), ""

    def _words(self, one: ExportColumn) -> Mapping[str, str]:
        choices = self.desk.library.codes(one.table) if one.table else ()
        return {choice.id: choice.label.said_in(self.desk.own_language) for choice in choices}

    def _column(self, one: ExportColumn) -> dict[str, Any]:
        return {
            "columns": list(one.headings), "means": one.means.said_in(self.desk.own_language),
            "comes_from": str(one.source), "of": one.of, "date": one.day,
            "several": str(one.several), "required": one.is_required, "empty": one.empty,
            "codes": [
                {"code": theirs, "means": words, "our_code": mine}
                for theirs, words, mine in self._codes(one)
            ],
        }  # fmt: skip

    def _redcap_kind(self, one: ExportColumn) -> tuple[str, str]:
        said = {code: words for code, words, _ in self._codes(one)}
        choices = " | ".join(f"{code}, {_plain(words)}" for code, words in said.items())
        if one.several is Several.BOXES:
            return "checkbox", choices
        return ("dropdown", choices) if choices else ("text", "")


def _plain(words: str) -> str:
    """Words that do not end a choice of REDCap."""
    return words.replace("|", "/").replace("\n", " ")
