"""Reads how a program holds a charge: `[terms]`, its hours, conditions and reminders.

A program lies over its pathway key by key: what it says replaces what the pathway says, and what it
does not say stays. Hours, conditions and reminders are replaced as whole lists. Nothing here knows
a law.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from intake_app.domain.change import Value
from intake_app.domain.entry import Unreadable, read_money
from intake_app.domain.form import Choice
from intake_app.domain.terms import ConditionTerm, Instrument, Terms, VisitHours
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.reminder_reader import read_reminders
from intake_app.rulebook.value_kind import is_list

TOLL_REASONS, CONDITION_TYPES = "toll_reasons", "condition_types"
"""Code tables that terms are checked against."""

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_PAIRS: Final = (
    ("report_hours", "report_business_days"),
    ("complete_days", "complete_months"),
)
"""Of each pair exactly one is given."""

_LISTS: Final = ("visit_hours", "conditions", "reminders")
"""Lists that stand beside [terms]."""

_COUNTS: Final = (
    "report_hours", "report_business_days", "grace_hours", "complete_days", "complete_months",
    "extension_days", "extensions", "participation_months", "seal_days", "token_months",
)  # fmt: skip
_MOST: Final = 20_000
_ONE_OF: Final = {
    "admission": ("required", "no_contest", "not_asked"),
    "victim": ("consent", "told", "not_asked"),
    "approval": ("none", "supervisor", "prosecutor"),
}
_IS_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]").fullmatch
_IS_PAPER = re.compile(r"[a-z][a-z0-9_]{0,59}").fullmatch
_MEASURES: Final = {"hours": "hours", "dollars": "money"}

Codes = Callable[[str], tuple[Choice, ...] | None]


def known_terms(terms: Terms) -> dict[str, Value]:
    """What conditions may ask of a program: `terms.admission == "required"`."""
    return {
        "admission": terms.admission,
        "victim": terms.victim,
        "approval": terms.approval,
        "instruments": [str(one) for one in terms.instruments],
        "extensions": terms.extensions,
        "extension_days": terms.extension_days,
        "has_hours": bool(terms.hours),
        "limit": terms.participation_limit,
    }


@dataclass(slots=True)
class TermsParts:
    """Terms while they are read and overlaid.

    Attributes:
        said: Values by the attribute of `Terms`.
        node: The [terms] that was read last, for mistakes.
    """

    said: dict[str, Any] = field(default_factory=dict[str, Any])
    node: EntryNode | None = None

    def lay_over(self, over: "TermsParts") -> "TermsParts":
        """The same, with what a program says in place of what the pathway says."""
        said = dict(self.said)
        for pair in _PAIRS:
            if any(over.said.get(key) for key in pair):
                said = {key: value for key, value in said.items() if key not in pair}
        copies = {**said.get("copies", {}), **over.said.get("copies", {})}
        return TermsParts({**said, **over.said, "copies": copies}, over.node or self.node)

    def made(self) -> Terms | None:
        """The terms; None where none were said."""
        if self.node is None:
            return None
        return replace(Terms(), **{**self.said, "copies": tuple(self.said["copies"].items())})

    def check(self) -> None:
        """Name what is missing, now that all of it has been said."""
        if self.node is None:
            return
        for pair in _PAIRS:
            if not any(self.said.get(key) for key in pair):
                self.node.wrong(f'[terms] needs either "{pair[0]}" or "{pair[1]}"')
        if bool(self.said.get("extensions")) != bool(self.said.get("extension_days")):
            self.node.wrong('"extensions" (how many) and "extension_days" (how long) go together')


def read_terms(top: EntryNode, codes: Codes) -> TermsParts:
    """What one file says about holding a charge; mistakes are collected in the node."""
    hours, conditions = top.tables("visit_hours"), top.tables("conditions")
    reminders = top.tables("reminders")
    if not top.has("terms"):
        for key in _LISTS:
            if top.data.get(key) and "program" not in top.data:
                top.wrong(f"[[{key}]] needs [terms]", key)
    node = top.table("terms")
    reader = _TermsReader(node, codes)
    said = reader.said()
    if top.has("visit_hours"):
        said["hours"] = tuple(v for inside in hours for v in _hours(inside))
    if top.has("conditions"):
        said["conditions"] = tuple(reader.conditions(conditions))
    if top.has("reminders"):
        said["reminders"] = tuple(read_reminders(reminders))
    has_any = any(top.has(key) for key in ("terms", *_LISTS))
    return TermsParts(said, node if has_any else None)


class _TermsReader:
    """Reads the keys of one [terms]."""

    def __init__(self, node: EntryNode, codes: Codes) -> None:
        self._node, self._codes = node, codes

    def said(self) -> dict[str, Any]:
        node = self._node
        said: dict[str, Any] = {k: node.count(k, most=_MOST) for k in _COUNTS if node.has(k)}
        said |= {k: node.one_of(k, allowed) for k, allowed in _ONE_OF.items() if node.has(k)}
        if node.has("report_by_time"):
            said["report_by_time"] = time_of_day(node, "report_by_time")
        if node.has("participation_limit"):
            said["participation_limit"] = self._limit()
        if node.has("toll_reasons"):
            said["toll_reasons"] = tuple(self._toll_reasons())
        if node.has("instruments"):
            said["instruments"] = tuple(self._instruments())
        said |= self._place()
        said["copies"] = dict(self._copies())
        node.finish()
        for pair in _PAIRS:
            if all(said.get(key) for key in pair):
                node.wrong(f'give either "{pair[0]}" or "{pair[1]}", not both', pair[1])
        return said

    def _place(self) -> dict[str, Any]:
        node, said = self._node, dict[str, Any]()
        if node.has("place_name"):
            said["place_name"] = node.words("place_name")
        if node.has("place_address"):
            said["place_address"] = node.texts("place_address")
        if node.has("place_phone"):
            said["place_phone"] = node.text("place_phone")
        if node.has("bring"):
            said["bring"] = node.many_words("bring")
        return said

    def _limit(self) -> int:
        value = self._node.value("participation_limit")
        if isinstance(value, int) and not isinstance(value, bool) and -1 <= value <= _MOST:
            return value
        reason = "must be a whole number from 0, or -1 for no limit"
        self._node.wrong(f'"participation_limit" {reason}', "participation_limit")
        return -1

    def _toll_reasons(self) -> Iterable[str]:
        known = self._known(TOLL_REASONS)
        for n, reason in enumerate(self._node.texts("toll_reasons")):
            if reason in known:
                yield reason
            else:
                self._node.wrong(_no_code(reason, TOLL_REASONS), "toll_reasons", n)

    def _instruments(self) -> Iterable[Instrument]:
        named = self._node.texts("instruments")
        known = [str(i) for i in Instrument]
        if not named and is_list(self._node.value("instruments")):
            self._node.wrong(f'"instruments" needs one of: {", ".join(known)}', "instruments")
        for n, name in enumerate(named):
            if name in known:
                yield Instrument(name)
            else:
                said = f'"{name}" is no instrument; known: {", ".join(known)}'
                self._node.wrong(said, "instruments", n)

    def _copies(self) -> Iterable[tuple[str, int]]:
        node = self._node.table("copies")
        for paper in node.data:
            if not _IS_PAPER(paper):
                node.wrong(f'"{paper}" is no id of a paper', paper)
            else:
                yield paper, node.count(paper, most=20)

    def conditions(self, nodes: list[EntryNode]) -> Iterable[ConditionTerm]:
        """What a plan starts with."""
        seen: set[str] = set()
        for node in nodes:
            ident = node.text("id", is_needed=True)
            if ident and not _IS_PAPER(ident):
                node.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
            elif ident in seen:
                node.wrong(f'the condition "{ident}" is there twice', "id")
            seen.add(ident)
            yield self._condition(node, ident)

    def _condition(self, node: EntryNode, ident: str) -> ConditionTerm:
        kind = node.text("type", is_needed=True)
        known = self._known(CONDITION_TYPES)
        if kind and kind not in known:
            node.wrong(_no_code(kind, CONDITION_TYPES), "type")
        found = ConditionTerm(
            id=ident,
            type=kind,
            label=node.words("label", is_needed=True),
            due_days=node.count("due_days", most=_MOST),
            amount=_amount(node, known.get(kind)),
            is_waivable=node.flag("waivable"),
        )
        node.finish()
        return found

    def _known(self, table: str) -> dict[str, Choice]:
        found = self._codes(table)
        if found is None:
            self._node.wrong(f'there is no code table "{table}" (resources/codes/{table}.csv)')
        return {choice.id: choice for choice in found or ()}


def _no_code(ident: str, table: str) -> str:
    return f'"{ident}" is no code of resources/codes/{table}.csv'


def _amount(node: EntryNode, kind: Choice | None) -> int:
    """Hours, or cents; the type of the condition says which of them it has."""
    hours = node.count("hours", most=_MOST)
    dollars = _cents(node) if node.has("dollars") else 0
    for key, measure in _MEASURES.items():
        if node.data.get(key) and kind is not None and kind.measure != measure:
            node.wrong(f'a condition of type "{kind.id}" has no "{key}"', key)
    return dollars or hours


def _cents(node: EntryNode) -> int:
    value = node.value("dollars")
    try:
        if isinstance(value, bool):
            raise Unreadable(Terms().place_name)
        return read_money(str(value))
    except Unreadable:
        node.wrong('"dollars" must be an amount like 50 or "12.50"', "dollars")
        return 0


def time_of_day(node: EntryNode, key: str) -> str:
    """A time of day as "16:00"."""
    value = node.text(key, is_needed=True)
    if value and not _IS_TIME(value):
        node.wrong(f'"{key}" must be a time like "16:00"', key)
        return ""
    return value


def _hours(node: EntryNode) -> list[VisitHours]:
    days, opens, closes = (
        node.texts("days"),
        time_of_day(node, "opens"),
        time_of_day(node, "closes"),
    )
    if not days:
        node.wrong(f'"days" must name days of the week: {", ".join(DAYS)}', "days")
    for n, day in enumerate(days):
        if day not in DAYS:
            node.wrong(f'"{day}" is no day of the week; known: {", ".join(DAYS)}', "days", n)
    if opens and closes and opens >= closes:
        node.wrong('"closes" must be later than "opens"', "closes")
    node.finish()
    return [VisitHours(DAYS.index(day), opens, closes) for day in days if day in DAYS]
