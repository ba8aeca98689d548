"""People on both sides of the wall: some asked for help at the desk, others never came.

Both are made alike, so that nothing but the files of care could tell them apart.
"""

import inspect
import random
import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from intake_app.domain.draft import Draft
from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.numbering import receipt_number
from intake_app.domain.terms import Instrument
from intake_app.services.case.acts import Why
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.papers.papers import IssuedPaper
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.ui.parts.errors import sentence_for
from intake_app.words import Words

READ = {"read": True, "version": "2026-11-1", "at": "2026-11-23"}
WALK_IN: dict[str, Any] = {
    "who_for": "self", "safety_now": "no", "no_arrest": READ, "wants": ["detox"],
    "may_contact": "yes", "contact_ways": ["call"], "language": "en", "interpreter": "none",
    "placed": "today", "decision": "accepted", "explained": ["explained", "voluntary"],
}  # fmt: skip
_SYLLABLES = ("quo", "zin", "vex", "jul", "wyb", "fox", "gli", "hux", "kez", "yor")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as others may know them.

    Attributes:
        last: Last name.
        first: First name.
        born: Birth date, YYYY-MM-DD.
        phone: Ten digits.
        number: A receipt number of this year.
        record: A record id.
    """

    last: str
    first: str
    born: str
    phone: str
    number: str = ""
    record: RecordId = RecordId("")

    @property
    def traces(self) -> tuple[str, ...]:
        """Everything by which they could be known."""
        told = (self.last, self.first, self.born, self.phone, self.number, self.record)
        return tuple(one for one in told if one)


def people(count: int, seed: int) -> list[Somebody]:
    """People who differ from each other in everything."""
    dice = random.Random(seed)
    names = [f"{a}{b}{c}".capitalize() for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
    dice.shuffle(names)
    return [
        Somebody(
            names[2 * n], names[2 * n + 1],
            (date(1960, 1, 1) + timedelta(days=dice.randrange(15000))).isoformat(),
            f"304555{dice.randrange(1000, 9999)}",
        )
        for n in range(count)
    ]  # fmt: skip


def came(desk: Desk, one: Somebody) -> Somebody:
    """They ask for help at this desk; how they are known there."""
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {
        **WALK_IN, "last_name": one.last, "first_name": one.first, "date_of_birth": one.born,
        "phone": f"+1{one.phone}",
    }  # fmt: skip
    save_draft(desk, draft)
    done = finish_intake(desk, draft)
    return replace(one, number=done.number, record=done.record)


def never_came(one: Somebody, serial: int) -> Somebody:
    """How they would be known, had they come."""
    number = receipt_number("PH", 2026, "A", serial)
    return replace(one, number=number, record=new_record_id())


# --- asking ------------------------------------------------------------------------------------

_STAMP = re.compile(r"[0-9a-f]{16}\.[0-9a-f]{8}\.[0-9a-f]{6}|[0-9a-f]{32}|object at 0x[0-9a-f]+")


def told(act: Callable[[], object], about: Somebody) -> tuple[str, str]:
    """What comes back: an answer or an error, and its words, without the question itself."""
    try:
        answer = act()
        said = (type(answer).__name__, repr(answer))
    except IntakeError as error:
        words = sentence_for(error, Words("en"))
        said = (type(error).__name__, f"{error.detail} {error} {words}")
    return said[0], without(said[1], about)


def without(text: str, about: Somebody) -> str:
    """The same text, where nobody is named."""
    for trace in sorted(about.traces, key=len, reverse=True):
        text = text.replace(trace, "#")
    return _STAMP.sub("~", text)


def asks_about_somebody(function: Callable[..., Any]) -> bool:
    """Whether a service takes a record, a draft, a paper, a name or a number, and all is known."""
    hints, needed = _needed(function)
    if any(name not in _TOLD and hints[name] not in _MADE for name in needed):
        return False
    by_hint = {RecordId, Draft, IssuedPaper} & {hints[name] for name in needed}
    return bool(by_hint or {"last", "number", "text", "who"} & {*needed})


def arguments(function: Callable[..., Any], desk: Desk, one: Somebody) -> dict[str, Any]:
    """What a service is asked with, all about one person."""
    hints, needed = _needed(function)
    return {
        name: _TOLD[name](one) if name in _TOLD else _MADE[hints[name]](desk, one)
        for name in needed
    }


def _needed(function: Callable[..., Any]) -> tuple[dict[str, Any], list[str]]:
    parameters = [*inspect.signature(function).parameters.values()][1:]
    needed = [p.name for p in parameters if p.default is inspect.Parameter.empty]
    return typing.get_type_hints(function), needed


def _always(value: object) -> Callable[[Somebody], object]:
    return lambda _one: value


_TOLD: dict[str, Callable[[Somebody], object]] = {
    "last": lambda one: one.last,
    "first": lambda one: one.first,
    "born": lambda one: one.born,
    "number": lambda one: one.number,
    "text": lambda one: one.last,
    "who": lambda one: (one.last, one.first, one.born),
    "answers": _always({}),
    "outcome": _always("completed"),
    "action": _always("filed"),
    "day": _always("2027-01-05"),
    "report_by": _always("2026-12-01T10:00:00+00:00"),
    "paper_ids": _always(["citation"]),
    "rules": _always(["x"]),
    "language": _always("en"),
    "mode": _always("here"),
    "reminder": _always("before_visit"),
    "word": _always("met"),
}
"""By the name of what is asked for."""

_MADE: dict[Any, Callable[[Desk, Somebody], object]] = {
    RecordId: lambda _desk, one: one.record,
    Draft: lambda desk, one: replace(begin_draft(desk, "plain_diversion"), id=one.record),
    IssuedPaper: lambda _desk, one: _paper(one),
    UserId: lambda desk, _one: desk.person.id,
    Why: lambda _desk, _one: Why("health", ""),
    Instrument: lambda _desk, _one: Instrument.CITATION,
    str: lambda _desk, _one: "x",
    bool: lambda _desk, _one: True,
    int: lambda _desk, _one: 2026,
}
"""By the kind of what is asked for."""


def _paper(one: Somebody) -> IssuedPaper:
    values: dict[str, Any] = {
        "record": one.record,
        "about": one.record,
        "number": f"{one.number}/1",
    }
    names = [p.name for p in inspect.signature(IssuedPaper).parameters.values()
             if p.default is inspect.Parameter.empty]  # fmt: skip
    return IssuedPaper(**{name: values.get(name, "en" if name == "language" else "x")
                          for name in names})  # fmt: skip


def interleaved(known: list[Somebody], unknown: list[Somebody]) -> Iterator[tuple[bool, Somebody]]:
    """Turn and turn about, so that no warm-up favors one side."""
    for n, (one, other) in enumerate(zip(known, unknown, strict=True)):
        pair = ((True, one), (False, other))
        yield from pair if n % 2 else reversed(pair)
