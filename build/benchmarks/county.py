"""A county: extracts of 50 departments with 1,000,000 intakes, merged and counted.

Each department writes its extract as it does in life; the people of one department are known to
others as well. The merge runs in a process of its own, so that its memory is its own.
"""

import random
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from benchmarks.child import call
from benchmarks.measurement import CannotMeasure, Goal, Measurement, Room, Side, Sides
from intake_app.domain.journey import NUMBERS
from intake_app.tables.county_merge import county_columns
from intake_app.tables.parquet_out import as_parquet

AGENCIES = 50
INTAKES = 20_000
SINCE, UNTIL, TODAY = "2025-07-01", "2026-06-30", "2026-07-05"
SHARED = 0.8
"""People for each intake of the county: one in five intakes is of somebody whom others know."""

_PATIENCE = 900.0
CUTS = ("race", "gender", "age_band", "language", "housing")
_CODES = {
    "race": ("white", "black", "hispanic", "asian", "unknown"),
    "gender": ("woman", "man", "nonbinary"),
    "age_band": ("18_24", "25_34", "35_44", "45_54", "55_64", "65_plus"),
    "language": ("en", "es"),
    "housing": ("housed", "unsheltered", "shelter"),
}
_FIRST = date.fromisoformat(SINCE)


def rows(agency: int, count: int, people: int) -> Iterator[Sequence[object]]:
    """The lines of one department: fiction with gaps and skewed codes."""
    dice = random.Random(agency)  # noqa: S311 (fiction, not secrets)
    columns = county_columns(CUTS)
    for n in range(count):
        opened = _FIRST + timedelta(days=dice.randrange(365))

        def later(share: float, opened: date = opened) -> str:
            is_known = dice.random() < share
            return (opened + timedelta(days=dice.randrange(60))).isoformat() if is_known else ""

        is_case = dice.random() < 0.3
        told: dict[str, object] = {name: "" for name, _ in columns}
        told |= dict.fromkeys(NUMBERS)
        told |= {f"cut {cut}": [dice.choice(codes)] for cut, codes in _CODES.items()}
        told |= {
            "n": n, "record": f"{agency:03}{n:07}", "intake": f"{agency:03}{n:07}",
            "file": "cases" if is_case else "care", "person": f"{dice.randrange(people):024x}",
            "subject": "intake", "opened_on": opened.isoformat(), "status": "open",
            "pathway": "officer_intervention" if is_case else "self_referral", "eligible": "yes",
            "offered_on": later(0.8), "accepted_on": later(0.6), "contact_on": later(0.5),
            "engaged_on": later(0.3), "plan_on": later(0.25), "closed_on": later(0.4),
            "outcome": dice.choice(("", "", "completed", "not_completed")),
            "notice_on": later(0.9) if is_case else "", "kits": dice.choice((None, 0, 1)),
            "contact_business_days": dice.choice((None, 0, 1, 4)), "officer_minutes": 25,
        }  # fmt: skip
        yield [told[name] for name, _ in columns]


def write_county(folder: Path, agencies: int, intakes: int) -> None:
    """Write the extracts of so many departments."""
    people = round(agencies * intakes * SHARED)
    for agency in range(agencies):
        made = as_parquet(county_columns(CUTS), rows(agency, intakes, people))
        (folder / f"{agency:02}.parquet").write_bytes(made)


def _made(room: Room) -> tuple[Path, int, int]:
    agencies, intakes = (5, 2_000) if room.is_quick else (AGENCIES, INTAKES)
    folder = room.once("county", lambda place: _written(place, agencies, intakes))
    return folder, agencies, intakes


def _written(folder: Path, agencies: int, intakes: int) -> Path:
    write_county(folder, agencies, intakes)
    return folder


def _side(folder: Path, which: str, intakes: int) -> Side:
    def side() -> float:
        said = call(["-m", "benchmarks.county_child", str(folder), str(intakes), which], _PATIENCE)
        try:
            return float(said)
        except ValueError as error:
            raise CannotMeasure(said) from error

    return side


@contextmanager
def prepare_time(room: Room) -> Generator[Sides]:
    """All extracts are taken, and each measure and two tables are counted."""
    folder, _, intakes = _made(room)
    yield Sides(_side(folder, "seconds", intakes))


@contextmanager
def prepare_memory(room: Room) -> Generator[Sides]:
    """The most memory that the same took."""
    folder, _, intakes = _made(room)
    yield Sides(_side(folder, "megabytes", intakes))


MEASUREMENTS = (
    Measurement(
        "county: 50 extracts with 1,000,000 intakes, merged and counted", "s", Goal(units=120),
        prepare_time,
    ),
    Measurement(
        "county: memory of that merge", "MB", Goal(units=1_200), prepare_memory,
    ),
)  # fmt: skip
