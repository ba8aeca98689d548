"""Whom a number counts, so that it can be known which numbers of a report give others away.

Two numbers are linked when they count the same journeys, when one counts some of the other's, or
when two together are a third. Definitions say it, not the numbers: what is true by chance today an
outsider cannot know either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from intake_app.domain.measure import Clause, Kind, Measure, Unit, Where
from intake_app.domain.roles import Compartment

FOLLOWS: Final = {
    "accepted_on": ("offered_on",),
    "declined_on": ("offered_on",),
    "why_declined": ("declined_on", "offered_on"),
    "engaged_on": ("contact_on", "tried_on"),
    "contact_on": ("tried_on",),
    "outcome": ("closed_on",),
    "why_closed": ("closed_on",),
    "reported_at": ("notice_on", "report_by"),
    "report_by": ("notice_on",),
    "rearrested_on": ("rearrest_asked_on",),
    "overdose_again_on": ("overdose_on",),
}
"""What anybody would think happened before: whoever said yes was asked."""

_CONTACT: Final = "contact"

_LATER: Final = tuple(
    (Clause(column, known=True),)
    for column in ("accepted_on", "engaged_on", "plan_on", "closed_on", "outcome")
)
"""Any of these: whoever has one has an intake, and was not met once alone."""

_SAID_YES: Final = Clause("accepted_on", known=True)
_ELIGIBLE: Final = Clause("eligible", is_in=("yes",))
"""Anybody would think that only those were asked who could come in."""

Scope = tuple[tuple[str, tuple[str, ...]], ...]
"""Codes by cut, where just journeys that have one of these were asked for."""


@dataclass(frozen=True, slots=True)
class Population:
    """Whom a number counts.

    Attributes:
        subjects: Which journeys.
        files: Of which files.
        date: The column whose day lies in the period.
        since: First day of the period.
        until: Last day, included.
        scope: Just those that have one of these codes.
        unit: What is counted once.
        runs: Days that have passed since `date`.
        of: All of these hold.
        but: None of these holds.
    """

    subjects: tuple[str, ...]
    files: tuple[Compartment, ...]
    date: str
    since: str
    until: str
    scope: Scope = ()
    unit: Unit = Unit.RECORD
    runs: int = 0
    of: frozenset[Where] = frozenset()
    but: frozenset[Where] = frozenset()

    def also(self, *where: Where) -> "Population":
        """Of these, those for whom something holds as well."""
        return replace(self, of=frozenset(_plain((*self.of, *where))))

    def is_in_room_of(self, other: "Population") -> bool:
        """Whether everybody here could be in the other, but for what holds and what does not."""
        return (
            self.is_like(other)
            and self.runs >= other.runs
            and set(self.subjects) <= set(other.subjects)
            and set(self.files) <= set(other.files)
        )

    def is_like(self, other: "Population") -> bool:
        """Whether both look at the same column, unit and codes."""
        return (self.date, self.unit, self.scope) == (other.date, other.unit, other.scope)


class Within:
    """Which of many populations are in which others, each condition compared once."""

    def __init__(self) -> None:
        self._known: dict[Population, int] = {}
        self._all: list[tuple[Population, frozenset[int], frozenset[int]]] = []
        self._joined: list[frozenset[int]] = []  # of each, all that holds for sure, as one
        self._conditions: dict[Where, int] = {}
        self._wheres: list[Where] = []
        self._implied: dict[tuple[int, int], bool] = {}
        self._within: dict[tuple[int, int], bool] = {}

    def key(self, who: Population) -> int:
        """The key of a population; its days make no difference."""
        who = replace(who, since="", until="")
        if _CONTACT in who.subjects and any(_implies(one, _LATER) for one in who.of):
            who = replace(who, subjects=tuple(one for one in who.subjects if one != _CONTACT))
        found = self._known.get(who)
        if found is None:
            found = self._known[who] = len(self._all)
            of, but = self._numbered(who.of), self._numbered(who.but)
            single = [where[0] for where in who.of if len(where) == 1]
            self._joined.append(self._numbered([(tuple(sorted(sum(single, ()), key=repr)),)]))
            self._wheres = list(self._conditions)
            self._all.append((who, of, but))
        return found

    def _numbered(self, wheres: Iterable[Where]) -> frozenset[int]:
        known = self._conditions
        return frozenset(known.setdefault(one, len(known)) for one in wheres)

    def holds(self, who: int, other: int) -> bool:
        """Whether everybody of one is in the other, by their keys."""
        found = self._within.get((who, other))
        if found is None:
            found = self._within[who, other] = self._is_within(who, other)
        return found

    def _is_within(self, who: int, other: int) -> bool:
        (mine, of, but), (theirs, wanted, unwanted) = self._all[who], self._all[other]
        return (
            mine.is_in_room_of(theirs)
            and all(one in of or any(self._implies(own, one) for own in of | self._joined[who])
                for one in wanted)
            and all(one in but or self._is_out(of, but, one) for one in unwanted)
        )  # fmt: skip

    def _is_out(self, of: Iterable[int], but: Iterable[int], left: int) -> bool:
        """Whether nobody here is one of those that the other leaves out."""
        return any(self._implies(left, own) for own in but) or any(
            _excludes(self._wheres[one], self._wheres[left]) for one in of
        )

    def _implies(self, one: int, other: int) -> bool:
        found = self._implied.get((one, other))
        if found is None:
            found = self._implied[one, other] = _implies(self._wheres[one], self._wheres[other])
        return found


def looked_at(measure: Measure, since: str, until: str, scope: Scope = ()) -> Population:
    """Whom a measure looks at in some days, with those that it leaves out and shows apart."""
    return Population(
        measure.subjects, measure.files, measure.date, since, until, scope, measure.unit,
    ).also(measure.of)  # fmt: skip


def based_on(measure: Measure, everybody: Population) -> Population:
    """Whom its base counts."""
    runs = replace(everybody, runs=measure.runs)
    base = replace(runs, but=frozenset(one.where for one in measure.exclusions))
    if measure.kind is Kind.SPREAD:
        known = [one for one in (measure.since, measure.column) if one]
        return base.also(tuple([tuple(Clause(one, known=True) for one in known)]))
    return base


def turned(where: Where) -> tuple[Where, ...]:
    """Those for whom none of several simple conditions holds; empty: they are not that simple."""
    alone = [clauses[0] for clauses in where if len(clauses) == 1]
    found = tuple(_turned(one) for one in alone)
    return found if len(alone) == len(where) and all(found) else ()


def _turned(clause: Clause) -> Where:
    column = clause.column
    if clause.known is not None and clause == Clause(column, known=clause.known):
        return ((Clause(column, known=not clause.known),),)
    if column and clause.is_in and clause == Clause(column, is_in=clause.is_in):
        return ((Clause(column, known=False),), (Clause(column, not_in=clause.is_in),))
    return ()


def _plain(many: Iterable[Where]) -> Iterable[Where]:
    """Conditions one by one, so that the same ones are seen to be the same."""
    for where in many:
        if len(where) == 1:
            yield from ((((clause,),)) for clause in where[0])
        elif where:
            yield where


def _implies(mine: Where, theirs: Where) -> bool:
    return all(any(_holds(one, other) for other in theirs) for one in mine)


def _excludes(mine: Where, theirs: Where) -> bool:
    """Whether nobody fits both: one knows what the other does not, or their codes are others."""
    return all(
        any(_is_unknown(one, some) for one in other)
        or any(_is_unknown(one, other) for one in some)
        or any(_are_other_codes(one, two) for one in some for two in other)
        for some in mine
        for other in theirs
    )


def _are_other_codes(one: Clause, other: Clause) -> bool:
    is_same = bool(one.column) and one.column == other.column
    return is_same and bool(one.is_in and other.is_in) and set(one.is_in).isdisjoint(other.is_in)


def _is_unknown(one: Clause, others: Iterable[Clause]) -> bool:
    if not one.column or not _is_just_unknown(one):
        return False
    is_known = Clause(one.column, known=True)
    return any(_tells(other, is_known) for other in others)


def _is_just_unknown(one: Clause) -> bool:
    return one.known is False and one == Clause(one.column, known=False)


def _holds(mine: tuple[Clause, ...], theirs: tuple[Clause, ...]) -> bool:
    return all(any(_tells(one, other) for one in mine) for other in theirs)


def _tells(mine: Clause, theirs: Clause) -> bool:
    """Whether one condition holds wherever another does."""
    if mine == theirs or (theirs == _ELIGIBLE and mine == _SAID_YES):
        return True
    if theirs.known and theirs == Clause(theirs.column, known=True):
        is_told = mine.known is not False and mine.passed is not False
        named = {mine.column, mine.until, mine.since, mine.same_as}
        return is_told and any(theirs.column in {one, *FOLLOWS.get(one, ())} for one in named)
    if _is_just_unknown(theirs) and _is_just_unknown(mine):
        return mine.column in FOLLOWS.get(theirs.column, ())
    if mine.column != theirs.column:
        return False
    if theirs.is_in and theirs == Clause(theirs.column, is_in=theirs.is_in):
        return bool(mine.is_in) and set(mine.is_in) <= set(theirs.is_in)
    if theirs.not_in and theirs == Clause(theirs.column, not_in=theirs.not_in):
        return (bool(mine.is_in) and set(mine.is_in).isdisjoint(theirs.not_in)) or (
            set(mine.not_in) >= set(theirs.not_in))  # fmt: skip
    if theirs.within is not None and mine.within is not None:
        return mine.since == theirs.since and mine.within <= theirs.within
    return False
