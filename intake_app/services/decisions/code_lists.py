"""Code lists: a choice is added, retired or called otherwise from a day on; none is ever taken out.

Old answers are read as they were given: each record keeps the list that it was taken with.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.days import is_in_force
from intake_app.domain.decision_errors import CodeTaken, OneChoiceLeft
from intake_app.domain.errors import ReasonMissing, UnknownCode
from intake_app.domain.form_change import CodeRow
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.domain.text import FALLBACK, Text
from intake_app.services.decisions.keeping import CODES, Made
from intake_app.services.decisions.printers import parts_of
from intake_app.services.decisions.texts import keep_texts, own_on, today_of
from intake_app.services.desk import Desk

_FOLDER: Final = "codes/"
_NAMES: Final = "list_names"
"""What lists are called: a list itself."""
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list.

    Attributes:
        name: Its name without folder and ending: "housing".
        is_own: The department has changed it.
        rows: Its choices, in order.
        title: What it is called.
    """

    name: str
    is_own: bool
    rows: tuple[CodeRow, ...]
    title: Text


def code_lists(desk: Desk) -> list[CodeList]:
    """All lists.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.CHANGE_SETTINGS)
    own, titles = own_on(desk, today_of(desk)), {c.id: c.label for c in desk.library.codes(_NAMES)}
    names = (n for n in parts_of(desk).files.names() if n.startswith(_FOLDER))
    return [_list(desk, name, own, titles) for name in names if name != f"{_FOLDER}{_NAMES}.csv"]


def add_code(desk: Desk, name: str, words: Mapping[str, str], starts: str = "") -> RecordId | None:
    """Add a choice that can be chosen from a day on (YYYY-MM-DD; empty: at once).

    Args:
        desk: Whose.
        name: The list.
        words: What it is called, by language; English must be there.
        starts: The day.

    Raises:
        NotAllowed: Not in one's roles.
        ReasonMissing: It has no English words.
        CodeTaken: The list has such a choice already.
        UnknownCode: There is no such list.
    """
    desk.require(May.CHANGE_SETTINGS)
    said = _words(words)

    def change(rows: Mapping[str, CodeRow]) -> CodeRow:
        english = said[FALLBACK].casefold()
        if any(row.words.get(FALLBACK, "").casefold() == english for row in rows.values()):
            raise CodeTaken
        return CodeRow(_new_id(said[FALLBACK], rows), said, starts, "")

    return _change(desk, name, change, label=said[FALLBACK])


def retire_code(desk: Desk, name: str, code: str, last_day: str) -> RecordId | None:
    """Let a choice be chosen up to a day (YYYY-MM-DD), and not after it; empty: without end.

    Raises:
        NotAllowed: Not in one's roles.
        UnknownCode: There is no such list or choice.
        OneChoiceLeft: No other choice could be made then.
    """
    desk.require(May.CHANGE_SETTINGS)

    def change(rows: Mapping[str, CodeRow]) -> CodeRow:
        row = _row(rows, code)
        others = (one for one in rows.values() if one.id != code)
        after = max(last_day, today_of(desk))
        if last_day and not any(is_in_force(one.starts, one.ends, after) and
                                (not one.ends or one.ends > after) for one in others):  # fmt: skip
            raise OneChoiceLeft
        return replace(row, ends=last_day)

    return _change(desk, name, change, label=code)


def rename_code(
    desk: Desk, name: str, code: str, words: Mapping[str, str], starts: str = ""
) -> RecordId | None:
    """Call a choice otherwise from a day on (YYYY-MM-DD; empty: today).

    Raises:
        NotAllowed: Not in one's roles.
        ReasonMissing: It has no English words.
        UnknownCode: There is no such list or choice.
        LaterChangeWaits: Another change of this list waits for its day.
    """
    desk.require(May.CHANGE_SETTINGS)
    said = _words(words)

    def change(rows: Mapping[str, CodeRow]) -> CodeRow:
        row = _row(rows, code)
        return replace(row, words={**row.words, **said})

    return _change(desk, name, change, label=said[FALLBACK], starts=starts)


def _change(
    desk: Desk, name: str, change: Callable[[Mapping[str, CodeRow]], CodeRow], *,
    label: str, starts: str = "",
) -> RecordId | None:  # fmt: skip
    files, file = parts_of(desk).files, f"{_FOLDER}{name}.csv"
    text = own_on(desk, starts or today_of(desk)).get(file) or files.shipped(file)
    if text is None:
        raise UnknownCode
    row = change({one.id: one for one in files.code_rows(text)})
    made = Made(CODES, starts=starts, label=f"{name.replace('_', ' ')}: {label}")
    return keep_texts(desk, {file: files.with_code(text, row)}, made)


def _list(desk: Desk, file: str, own: Mapping[str, str], titles: Mapping[str, Text]) -> CodeList:
    files = parts_of(desk).files
    rows = files.code_rows(files.text(file) or "")
    name = file.removeprefix(_FOLDER).removesuffix(".csv")
    title = titles.get(name) or Text({FALLBACK: name.replace("_", " ")})
    return CodeList(name, file in own, tuple(rows), title)


def _row(rows: Mapping[str, CodeRow], code: str) -> CodeRow:
    if code not in rows:
        raise UnknownCode
    return rows[code]


def _words(words: Mapping[str, str]) -> dict[str, str]:
    """One line each: a list is a table, and its cells hold no line breaks."""
    said = {language: " ".join(text.split()) for language, text in words.items()}
    if not said.get(FALLBACK):
        raise ReasonMissing
    return {language: text for language, text in said.items() if text}


def _new_id(english: str, taken: Mapping[str, CodeRow]) -> str:
    base = re.sub(r"[^a-z0-9]+", "_", english.casefold()).strip("_")[:_LONGEST] or "choice"
    found, n = base, 1
    while found in taken:
        n += 1
        found = f"{base}_{n}"
    return found
