"""Printed codes on paper: no name stands on it, so a found sheet opens nothing by itself."""

from collections.abc import Sequence

from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet
from intake_app.words import Words

_IN_A_ROW = 2


def code_sheet(codes: Sequence[str], department: str, words: Words) -> Sheet:
    """The sheet of somebody's printed codes, in the language of the window."""
    title = words.text("Codes for signing in")
    rule = words.text(
        "Each code is good once, in place of a code from a phone. Strike it out when it is used."
    )
    cells = [f"{place}.  {code}" for place, code in enumerate(codes, 1)]
    parts = (
        Part(BlockType.HEADING, title, level=1),
        Part(BlockType.PARAGRAPH, rule, style="lead"),
        Part(
            BlockType.TABLE,
            rows=tuple((*row, "") if len(row) < _IN_A_ROW else row for row in _rows(cells)),
            header=(words.text("Code"), words.text("Code")),
        ),
        Part(BlockType.HEADING, words.text("How to keep it")),
        Part(
            BlockType.BULLETS,
            bullets=(
                words.text("Keep it on you or locked up, never at the computer."),
                words.text("Do not write your user name or your passphrase on it."),
                words.text("A new sheet makes this one worthless: print one before the last code."),
                words.text("If it is lost, print a new one at once, under Settings."),
            ),
        ),
    )
    return Sheet(title, words.language, Letterhead(department), parts)


def _rows(cells: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(cells[at : at + _IN_A_ROW]) for at in range(0, len(cells), _IN_A_ROW)]
