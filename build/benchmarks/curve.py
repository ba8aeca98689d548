"""Growth: the same lines at each size of one department that grows, as a table and as a picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Final, Protocol

from benchmarks import (
    dashboard,
    exporting,
    finding,
    full_size,
    home,
    memory,
    people_list,
    purge,
    reports,
    same_person,
    today_list,
    writes,
)
from benchmarks.full_profile import ROLE, FullProfile
from benchmarks.growing import grow
from benchmarks.harness import measure
from benchmarks.measurement import Measurement, Room
from intake_app.services.training.training import fictional_department

TIMES: Final = 3
LINES: Final[Mapping[str, Measurement]] = {
    "unlock to painted home": home.MEASUREMENTS[0],
    "list, first paint": people_list.MEASUREMENTS[0],
    "find, 1 letter": finding.MEASUREMENTS[0],
    "find, 3 letters": finding.MEASUREMENTS[2],
    "same person, a slip": same_person.MEASUREMENTS[0],
    "today's list of everybody": today_list.MEASUREMENTS[0],
    "draft write": writes.MEASUREMENTS[0],
    "change of one field": writes.MEASUREMENTS[1],
    "finish an intake": full_size.MEASUREMENTS[0],
    "purge of one person": purge.MEASUREMENTS[0],
    "dashboard of a quarter": dashboard.MEASUREMENTS[0],
    "quarterly PDF": reports.MEASUREMENTS[0],
    "CSV of all intakes": exporting.MEASUREMENTS[0],
    "backup": full_size.MEASUREMENTS[1],
    "memory": memory.MEASUREMENTS[0],
    "encrypted files": full_size.MEASUREMENTS[2],
}
"""By the words of the table."""


@dataclass(frozen=True, slots=True)
class Grown:
    """One line at all sizes.

    Attributes:
        what: In words.
        unit: Of the figures.
        figures: By number of intakes; what could not be measured is missing.
    """

    what: str
    unit: str
    figures: Mapping[int, float]

    @property
    def power(self) -> float | None:
        """How it grows: 0 not at all, 1 as the number of intakes does; None: one size only."""
        known = [(n, figure) for n, figure in sorted(self.figures.items()) if figure > 0]
        if len(known) < 2:
            return None
        (few, least), (many, most) = known[0], known[-1]
        return (log10(most) - log10(least)) / (log10(many) - log10(few))


def sizes_in(folder: Path) -> list[int]:
    """The sizes that lie there, from small to large."""
    return sorted(int(one.name) for one in folder.glob("*") if one.name.isdecimal())


def profile_at(folder: Path) -> FullProfile:
    """A grown profile: everybody in it is made up, with passphrases that follow from the seed."""
    people = fictional_department(1).people
    users = {str(min(one.roles)): (one.user_name, one.passphrase) for one in people}
    return FullProfile(folder, *users[ROLE], 0, users)


def grow_missing(folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Grow a department to these sizes where none lies there; says how long each took."""
    folder.mkdir(parents=True, exist_ok=True)
    if not sizes_in(folder):
        for stage in grow(folder, sizes):
            yield f"{stage.people:,} intakes: {stage.seconds:,.0f} s of processor since the last"


def curve(folder: Path, room_in: Path, word: str = "") -> Iterator[Grown]:
    """Each line at each size; it works in the grown profiles themselves."""
    for what, measurement in LINES.items():
        if word.casefold() not in what.casefold():
            continue
        figures = dict[int, float]()
        for size in sizes_in(folder):
            place = room_in / f"{size} {len(figures)} {abs(hash(what))}"
            place.mkdir(exist_ok=True)
            room = Room(place, full=size)
            room.once("full", lambda _, size=size: profile_at(folder / str(size)))
            result = measure(measurement, room, TIMES)
            if result.ours is not None:
                figures[size] = result.ours
        yield Grown(what, measurement.unit, figures)


def table(grown: Sequence[Grown]) -> str:
    """The figures as a table in Markdown."""
    sizes = sorted({size for one in grown for size in one.figures})
    head = " | ".join(["what", *(f"{size:,}" for size in sizes), "unit", "grows as n to the"])
    rule = " | ".join(["---", *("---:" for _ in sizes), "---", "---:"])
    lines = [f"| {head} |", f"| {rule} |"]
    for one in grown:
        cells = [_told(one.figures.get(size)) for size in sizes]
        power = "" if one.power is None else f"{one.power:.2f}"
        lines.append(f"| {' | '.join([one.what, *cells, one.unit, power])} |")
    return "\n".join(lines)


def _told(figure: float | None) -> str:
    if figure is None:
        return "-"
    return f"{figure:,.1f}" if figure < 100 else f"{figure:,.0f}"


class Scale(Protocol):
    """Where a figure lies on an axis."""

    def __call__(self, figure: float, /) -> float:
        """In pixels."""
        ...


_WIDE, _HIGH, _LEFT, _TOP, _RIGHT = 772, 400, 72, 20, 190
_COLORS: Final = ("#0f766e", "#1e3a5f", "#b45309", "#7c3aed", "#be123c", "#15803d", "#475569")


def picture(grown: Sequence[Grown]) -> str:
    """The lines in milliseconds as a chart: both axes by tens, each line named at its end."""
    known = [one for one in grown if one.unit == "ms" and len(one.figures) > 1]
    sizes = sorted({size for one in known for size in one.figures})
    most = max(figure for one in known for figure in one.figures.values())
    decades = range(-1, max(1, int(log10(most)) + 2))

    def x(size: float) -> float:
        share = (log10(size) - log10(sizes[0])) / max(1e-9, log10(sizes[-1]) - log10(sizes[0]))
        return _LEFT + share * (_WIDE - _LEFT - _RIGHT)

    def y(figure: float) -> float:
        share = (log10(max(figure, 0.1)) - decades[0]) / (decades[-1] - decades[0])
        return _TOP + _HIGH - share * _HIGH

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH + 60}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Milliseconds by the number of intakes</title>",
        f'<rect width="{_WIDE}" height="{_HIGH + 60}" fill="#ffffff"/>',
    ]
    for decade in decades:
        at = y(10.0**decade)
        drawn.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDE - _RIGHT}" stroke="#d4d4d8"/>')
        drawn.append(
            f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**decade:g} ms</text>'
        )
    drawn += [
        f'<text x="{x(size):.1f}" y="{_TOP + _HIGH + 24}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    drawn += _lines(known, x, y)
    return "\n".join([*drawn, "</svg>", ""])


def _lines(known: Sequence[Grown], x: Scale, y: Scale) -> Iterator[str]:
    ends = sorted(known, key=lambda one: y(one.figures[max(one.figures)]))
    last = 0.0
    for n, one in enumerate(ends):
        color = _COLORS[n % len(_COLORS)]
        points = " ".join(f"{x(s):.1f},{y(f):.1f}" for s, f in sorted(one.figures.items()))
        yield f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>'
        last = max(y(one.figures[max(one.figures)]) + 4, last + 14)  # no name on another
        at = _WIDE - _RIGHT + 8
        yield f'<text x="{at}" y="{last:.1f}" fill="{color}">{one.what.replace("&", "and")}</text>'
