"""Traits: the codes by which journeys may be cut, made of the answers to the cuts' questions.

What is no code by its shape is left out, whoever wrote it: a name typed into the wrong question
must not become a row of a table. Of several questions the first that has an answer counts.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeGuard, cast

from intake_app.domain import facts
from intake_app.domain.change import Value
from intake_app.domain.deidentified import age_band
from intake_app.domain.form import Choice
from intake_app.domain.journey import Journey
from intake_app.domain.kin import Kin
from intake_app.domain.measure import Cut
from intake_app.services.case.offers import OFFER
from intake_app.services.folds.parts import Folding, Said, as_object, text_of
from intake_app.services.needs.everyday import Guide

BORN: Final = "born"
"""Among the questions of a cut: the birth date, as the band that its code table has for it."""

OFFENSES: Final = "offenses"
"""The same: the table of offenses, as the groups that a code table has for their NIBRS codes."""

DRIVE: Final = "drive_minutes"
"""The same: the minutes of the drive, as their band."""

LANGUAGE: Final = "language"
"""The same: where the form does not ask, the language of the papers."""

_OFFENSE, _GROUP, _ZONE = "offense", "offense_group", "zone"
_NIBRS: Final = "nibrs"
_zone_shape: Final = re.compile(r"[A-Za-z]{0,3}-?[0-9]{0,4}[A-Za-z]?").fullmatch
"""What is no code of a table has a shape that no name has; as in the offer ledger."""

_is_code: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}").fullmatch

Traits = dict[str, tuple[str, ...]]


def traits_of(folding: Folding, kin: Kin, said: Said, made: Journey) -> Traits:
    """The traits of an intake, by cut."""
    guide = folding.guide(kin.root)
    about = [one.values for one in kin.about(kin.root.id, OFFER)]

    def answer(cut: Cut, field: str) -> list[str]:
        if field == BORN:
            table = folding.table(cut)
            return _one(
                _band(text_of(said.answers, said.named.get(BORN, "")), made.opened_on, table)
            )
        if field == DRIVE:
            return _one(_of_number(made.drive_minutes, folding.table(cut)))
        if field == OFFENSES:
            return grouped(folding.table(cut), _nibrs(said, guide, about))
        found = said.get(field)
        if field == _ZONE:
            told = (values.get(_ZONE) for values in about)
            return codes_in(found) or [one for one in told if is_zone(one)][:1]
        if not found and field == LANGUAGE:
            found = kin.root.values.get(facts.LANGUAGE)
        return codes_in(found)

    return made_of(folding.cuts, answer)


def made_of(cuts: Iterable[Cut], answer: Callable[[Cut, str], Sequence[str]]) -> Traits:
    """The traits that some cuts ask for.

    Args:
        cuts: Which; those of columns and grains are left out.
        answer: The codes that a question of a cut gives; none: the next question is asked.
    """
    found: Traits = {}
    for cut in cuts:
        for name in cut.fields:
            if codes := answer(cut, name):
                found[cut.id] = tuple(dict.fromkeys(codes))
                break
    return found


def codes_in(value: Value) -> list[str]:
    """The codes of an answer: one, several, or none."""
    many = cast("list[Value]", value) if isinstance(value, list) else [value]
    return [one for one in many if isinstance(one, str) and _is_code(one)]


def is_zone(value: Value) -> TypeGuard[str]:
    """Whether words of the offer ledger are a beat or zone."""
    return isinstance(value, str) and bool(value) and _zone_shape(value) is not None


def grouped(table: Sequence[Choice], nibrs: Iterable[str]) -> list[str]:
    """The groups of a code table to which NIBRS codes belong ("35A"; "23" is 23A to 23H)."""
    told = [one for one in nibrs if one]
    return [
        group.id
        for group in table
        if any(_belongs(one, group.more.get(_NIBRS, "")) for one in told)
    ]


def band_of(folding: Folding, cut: Cut, band: str) -> list[str]:
    """An age band that somebody chose, where the cut's table knows it."""
    known = {one.id for one in folding.table(cut)}
    return [band] if band and (band in known or not known) else []


def _belongs(nibrs: str, listed: str) -> bool:
    return any(nibrs.startswith(one) for one in listed.split())


def _nibrs(said: Said, guide: Guide | None, about: Iterable[Mapping[str, Value]]) -> list[str]:
    """NIBRS codes of what somebody was accused of, as the law said it when the case was taken."""
    rows = said.get(OFFENSES)
    chosen = [
        text_of(as_object(row), _OFFENSE)
        for row in (cast("list[Value]", rows) if isinstance(rows, list) else [])
    ]
    known = [guide.offense(one) for one in chosen] if guide else []
    found = [one.nibrs for one in known if one is not None]
    return found or [text_of(values, _GROUP) for values in about]


def _band(born: str, on: str, table: Sequence[Choice]) -> str:
    return age_band(born, on, [one.id for one in table])


def _of_number(number: int | None, table: Sequence[Choice]) -> str:
    """The band of a number: "under_15", "15_29", "60_up"."""
    if number is None:
        return ""
    return next((one.id for one in table if _holds(one.id, number)), "")


def _holds(band: str, number: int) -> bool:
    ends = [int(part) for part in re.findall(r"\d+", band)]
    if not ends:
        return False
    if band.startswith("under"):
        return number < ends[0]
    return ends[0] <= number and (len(ends) == 1 or number <= ends[1])


def _one(code: str) -> list[str]:
    return [code] if code else []
