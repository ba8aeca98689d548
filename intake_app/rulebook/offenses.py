"""Offenses of a state: `resources/offenses/<state>.csv`, effective-dated because laws change.

An offense that has ended stays to choose, because the law of the day of the offense counts and not
the law of the day on which a case is keyed in. Columns: id, en, es, statute, degree, nibrs,
active_from, active_to.
"""

import re
from collections.abc import Mapping

from intake_app.domain.form import Choice
from intake_app.domain.offense import Offense
from intake_app.domain.text import Text
from intake_app.rulebook.codes import LINE, NEEDED, read_rows, words_in
from intake_app.rulebook.mistake import Mistake

COLUMNS = (*NEEDED, "statute", "degree", "nibrs")
"""What the first line must name."""

_IS_NIBRS = re.compile(r"[0-9]{2}[0-9A-Z]").fullmatch


def read_offenses(name: str, text: str, mistakes: list[Mistake]) -> tuple[Offense, ...]:
    """The offenses of a table, in its order; bad rows are named in `mistakes` and left out."""
    good: list[Offense] = []
    for row in read_rows(name, text, COLUMNS, mistakes):
        reason = _wrong(row)
        if reason:
            mistakes.append(Mistake(name, int(row[LINE]), reason))
            continue
        words = words_in(row)
        good.append(
            Offense(
                row["id"], words, row["statute"], row["degree"], row["nibrs"],
                row["active_from"], row["active_to"],
            )
        )  # fmt: skip
    return tuple(good)


def _wrong(row: Mapping[str, str]) -> str:
    ident, starts, ends = row["id"], row["active_from"], row["active_to"]
    if not row["statute"]:
        return f'"{ident}" has no statute'
    if not _IS_NIBRS(row["nibrs"]):
        return f'"{ident}" needs a NIBRS code of three signs, like 35A or 290'
    if starts and ends and ends < starts:
        return f'"{ident}" ends before it begins: look at active_from and active_to'
    return ""


def choices_of(offenses: tuple[Offense, ...]) -> tuple[Choice, ...]:
    """What a question offers: words and statute, as they stand on a citation."""
    return tuple(Choice(o.id, _shown(o), standard=f"NIBRS {o.nibrs}") for o in offenses)


def _shown(offense: Offense) -> Text:
    words = offense.label.by_language
    return Text({k: f"{said} ({offense.statute})" for k, said in words.items() if said})


def is_offense_table(text: str) -> bool:
    """Whether a table from elsewhere is one of offenses, by its first line."""
    heads = {head.strip(' "\ufeff') for head in text.split("\n", 1)[0].strip().split(",")}
    return "statute" in heads
