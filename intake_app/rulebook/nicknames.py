"""Names that one person may go by: `resources/words/nicknames.txt`, one family a line."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from intake_app.rulebook.mistake import Mistake

NICKNAMES_FILE: Final = "words/nicknames.txt"

_IS_FAMILY = re.compile(r"[a-z]+(?: [a-z]+)+").fullmatch


def read_nicknames(text: str, mistakes: list[Mistake]) -> Mapping[str, frozenset[str]]:
    """By each name, the others of its families; what is wrong is added to `mistakes`."""
    called: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        family = line.split()
        if not _IS_FAMILY(line) or len(set(family)) < len(family):
            reason = "a family is two or more names in small letters without accents, each once"
            mistakes.append(Mistake(NICKNAMES_FILE, number, reason))
            continue
        for name in family:
            called[name] |= set(family) - {name}
    return {name: frozenset(others) for name, others in called.items()}
