"""Reads `[[reminders]]`: who is reminded of what, and when; nothing of it is known to the code."""

import re
from collections.abc import Iterable
from typing import Final

from intake_app.domain.terms import Anchor, ReminderTerm
from intake_app.rulebook.entry_node import EntryNode

_IS_ID = re.compile(r"[a-z][a-z0-9_]{0,59}").fullmatch
_WHEN: Final = ("hours_before", "days_before", "business_days_after")
_PERSON, _DESK = "person", "desk"
_MOST: Final = 1000


def read_reminders(nodes: Iterable[EntryNode]) -> Iterable[ReminderTerm]:
    """Each reminder of a file; mistakes are collected in the nodes."""
    seen: set[str] = set()
    for node in nodes:
        ident = node.text("id", is_needed=True)
        if ident and not _IS_ID(ident):
            node.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
        elif ident in seen:
            node.wrong(f'the reminder "{ident}" is there twice', "id")
        seen.add(ident)
        yield _reminder(node, ident)


def _reminder(node: EntryNode, ident: str) -> ReminderTerm:
    counts = {key: node.count(key, most=_MOST) for key in _WHEN}
    if sum(1 for count in counts.values() if count) != 1:
        node.wrong(f"a reminder needs exactly one of: {', '.join(_WHEN)}")
    found = ReminderTerm(
        id=ident,
        label=node.words("label", is_needed=True),
        anchor=Anchor(node.one_of("of", tuple(Anchor))),
        is_for_person=node.one_of("to", (_PERSON, _DESK)) == _PERSON,
        paper=node.text("paper"),
        **counts,
    )
    if found.paper and not found.is_for_person:
        node.wrong(f'a "paper" goes to the person: it needs to = "{_PERSON}"', "paper")
    elif found.paper and not _IS_ID(found.paper):
        node.wrong(f'"{found.paper}" is no id of a paper', "paper")
    node.finish()
    return found
