"""Somebody who wants to know what a report does not tell: all its numbers, all sums, a solver.

It knows nothing of how numbers are hidden. It thinks of every kind of person there could be (an
atom), asks how many of each there are, and lets HiGHS look for the fewest and the most that fit all
that was told; as whole numbers, none below nobody, and with every hidden number at least one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from intake_app.domain.figure import ALL_OF, Count, Figure, Place
from intake_app.domain.measure import Clause, Kind, Measure, Where
from intake_app.domain.text import NOTHING
from intake_app.domain.told import ALL_OTHER, Told, ToldFigure

LEAST = 11
Atom = Mapping[str, str]
Array = np.ndarray


def known(column: str, *, is_known: bool = True) -> Clause:
    return Clause(column, known=is_known)


OFFERED: Where = ((known("offered_on"),),)
ACCEPTED: Where = ((known("accepted_on"),),)
ENGAGED: Where = ((known("engaged_on"),),)
LOST: Where = ((known("offered_on"), known("accepted_on", is_known=False)),)


def measure(ident: str, kind: Kind = Kind.COUNT, **more: object) -> Measure:
    return Measure(ident, "family", kind, NOTHING, NOTHING, **more)  # type: ignore[arg-type]


@dataclass
class World:
    """All kinds of persons there could be, and how many there are of each."""

    atoms: Sequence[Atom]
    people: Array

    @classmethod
    def of(cls, kinds: Mapping[str, Sequence[str]], steps: Sequence[Atom], people: Sequence[int]
           ) -> "World":  # fmt: skip
        """Every mixture of some codes with every way that somebody can go."""
        atoms = [
            {**dict(zip(kinds, codes, strict=True)), **step}
            for codes in product(*kinds.values()) for step in steps
        ]  # fmt: skip
        return cls(atoms, np.resize(np.array(people or [0]), len(atoms)))


@dataclass
class Asked:
    """A figure, and which atoms each of its numbers counts."""

    figure: Figure
    numbers: dict[Place, Array]
    bases: dict[Place, Array]
    parts: dict[tuple[Place, str], Array] = field(default_factory=dict)
    excluded: dict[str, Array] = field(default_factory=dict)


def ask(world: World, asked: Measure, cuts: Sequence[str] = (), days: tuple[str, str] = (
        "2026-01-01", "2026-12-31")) -> Asked:  # fmt: skip
    """Count by hand, atom by atom."""
    inside = _where(world, lambda atom: days[0] <= atom["opened_on"] <= days[1])
    looked = inside * _where(world, lambda atom: holds(asked.of, atom))
    left = np.zeros(len(world.atoms))
    excluded = dict[str, Array]()
    for one in asked.exclusions:
        excluded[one.id] = looked * (1 - left) * _where(world, lambda a, w=one.where: holds(w, a))
        left = left + excluded[one.id]
    base = looked * (1 - left)
    hit = base * _where(world, lambda atom: holds(asked.where, atom))
    found = Asked(Figure(asked, *days), {}, {}, excluded=excluded)
    rows: dict[Place, Count] = {}
    for place, inner in _places(world, cuts, base):
        found.bases[place] = base * inner
        found.numbers[place] = (hit if asked.kind is Kind.RATE else base) * inner
        parts = dict[str, int]()
        if asked.kind is Kind.PARTS:
            for code in sorted({atom.get(asked.column, "") for atom in world.atoms}):
                mine = base * inner * _where(
                    world, lambda a, c=code: a.get(asked.column, "") == c)  # fmt: skip
                if mine @ world.people:
                    parts[code] = int(mine @ world.people)
                    found.parts[place, code] = mine
        rows[place] = Count(
            int(found.numbers[place] @ world.people), int(found.bases[place] @ world.people),
            parts=parts,
        )  # fmt: skip
    whole = rows.pop(())
    found.figure = Figure(
        asked, *days, tuple(cuts), whole, {p: c for p, c in rows.items() if c.base},
        excluded={name: int(who @ world.people) for name, who in excluded.items()},
    )  # fmt: skip
    return found


def holds(where: Where, atom: Atom) -> bool:
    return not where or any(all(_holds(one, atom) for one in clauses) for clauses in where)


def _holds(clause: Clause, atom: Atom) -> bool:
    value = atom.get(clause.column, "")
    if clause.known is not None:
        return bool(value) == clause.known
    return value in clause.is_in if clause.is_in else bool(value) and value not in clause.not_in


def _where(world: World, test: Callable[[Atom], bool]) -> Array:
    return np.array([float(test(atom)) for atom in world.atoms])


def _places(world: World, cuts: Sequence[str], base: Array) -> Iterator[tuple[Place, Array]]:
    yield (), np.ones(len(world.atoms))
    codes = [sorted({one for atom in world.atoms for one in _codes(cut, atom)}) for cut in cuts]
    if len(cuts) == 2:
        codes = [[*one, ALL_OF] for one in codes]
    for place in product(*codes):
        if place and set(place) != {ALL_OF}:
            yield place, _where(world, lambda atom, p=place: all(
                code == ALL_OF or code in _codes(cut, atom)
                for cut, code in zip(cuts, p, strict=True)))  # fmt: skip


def _codes(cut: str, atom: Atom) -> list[str]:
    if cut == "quarter":
        return [f"{atom['opened_on'][:4]}-Q{(int(atom['opened_on'][5:7]) + 2) // 3}"]
    if cut == "month":
        return [atom["opened_on"][:7]]
    return atom.get(cut, "").split("+")


@dataclass
class Known:
    """What somebody knows: sums of atoms that are exactly so many, or at least one."""

    exact: list[tuple[Array, int]] = field(default_factory=list)
    some: list[Array] = field(default_factory=list)

    def learn(self, asked: Asked, told: ToldFigure) -> None:
        """Read a told figure."""
        merged = {one.cut: one.codes for one in told.rolled_up if one.to == ALL_OTHER}
        for place, one in [((), told.whole), *told.rows.items()]:
            self._read(one.base, _sum(asked.bases, place, told.cuts, merged))
            self._read(one.number, _sum(asked.numbers, place, told.cuts, merged))
            for code, times in one.parts.items():
                self._read(times, asked.parts[place, code])
        for name, times in told.excluded.items():
            self._read(times, asked.excluded[name])

    def _read(self, number: int | None, atoms: Array) -> None:
        if number is None:
            self.some.append(atoms)
        else:
            self.exact.append((atoms, number))


def _sum(of: Mapping[Place, Array], place: Place, cuts: Sequence[str],
         merged: Mapping[str, Sequence[str]]) -> Array:  # fmt: skip
    """The atoms of a place; of "all other" those of all codes that became one."""
    lines = [merged.get(cut, ()) if code == ALL_OTHER else (code,)
             for cut, code in zip(cuts, place, strict=False)]  # fmt: skip
    found = [of[one] for one in product(*lines) if one in of]
    return np.sum(found, axis=0)


def quantities(asked: Iterable[Asked]) -> list[Array]:
    """All that a reader could ask of: each number, its complement, and differences of two."""
    plain = [
        one for each in asked
        for one in (*each.bases.values(), *each.numbers.values(), *each.parts.values(),
                    *each.excluded.values())
    ]  # fmt: skip
    found = {one.tobytes(): one for one in plain}
    for one, other in product(list(found.values()), repeat=2):
        if (one >= other).all() and (one > other).any():
            rest = one - other
            found.setdefault(rest.tobytes(), rest)
    return list(found.values())


def broken(world: World, asked: Sequence[Asked], known: Known) -> list[tuple[int, int, int]]:
    """Small numbers that somebody finds out: what they are, and the bounds that were found.

    A number from 1 to 10 is found out when it is certain that it is below 11, or when fewer numbers
    are left than a small one could be.
    """
    exact = known.exact or [(np.zeros(len(world.atoms)), 0)]
    values = np.array([number for _, number in exact])
    table = np.array([atoms for atoms, _ in exact])
    limits = [LinearConstraint(table, values, values)]  # pyright: ignore[reportArgumentType]
    if known.some:
        limits.append(LinearConstraint(np.array(known.some), 1, np.inf))
    found = list[tuple[int, int, int]]()
    for what in quantities(asked):
        true = int(what @ world.people)
        if 0 < true < LEAST:
            high = -_solve(-what, limits)
            if high >= true + LEAST - 1:
                continue
            low = _solve(what, limits)
            if high < LEAST or high - low < LEAST - 1:
                found.append((true, round(low), round(high)))
    return found


def _solve(what: Array, limits: Sequence[LinearConstraint]) -> float:
    size = len(what)
    answer = milp(what, constraints=list(limits), integrality=np.ones(size),
                  bounds=Bounds(0, 100_000))  # fmt: skip
    assert answer.success, answer.message
    return float(answer.fun)


def barely(figure: Figure, least: int = LEAST) -> ToldFigure:
    """Negative control: small numbers hidden, and nothing beside them."""

    def tell(count: Count) -> Told:
        def number(one: int) -> int | None:
            return None if 0 < one < least else one

        return Told(number(count.number), number(count.base),
                    parts={code: number(n) for code, n in count.parts.items()})  # fmt: skip

    return ToldFigure(
        figure.measure, figure.since, figure.until, figure.cuts, tell(figure.whole),
        {place: tell(count) for place, count in figure.rows.items()},
        excluded={n: None if 0 < v < least else v for n, v in figure.excluded.items()},
    )  # fmt: skip
