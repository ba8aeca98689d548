"""Files with journeys in them, and the measures that ship."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from intake_app.domain.clock import SystemClock
from intake_app.domain.ids import Epoch, RecordId, StationId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.measure import Cut, Measure, Question
from intake_app.rulebook.measure_reader import Numbers, read_numbers
from intake_app.rulebook.shelf import Shelf
from intake_app.storage.compartment import Compartment
from intake_app.storage.journeys import Journeys

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-26"
AGENCY = {
    "arrest_minutes": 180, "booking_cents": 25000, "jail_days_tenths": 35, "jail_day_cents": 9000,
}  # fmt: skip


@cache
def shipped() -> Numbers:
    return read_numbers(Shelf(ROOT / "forms", ROOT / "resources"), [])


def measure(ident: str) -> Measure:
    return next(one for one in shipped().measures if one.id == ident)


def cut(ident: str) -> Cut:
    return next(one for one in shipped().cuts if one.id == ident)


def question(
    of: str | Measure,
    cuts: Sequence[str] = (),
    period: Sequence[str] = ("2026-01-01", "2026-06-30"),
    numbers: dict[str, int] | None = None,
    only: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> Question:
    one = measure(of) if isinstance(of, str) else of
    known = numbers or AGENCY
    return Question(
        one, period[0], period[1], TODAY, tuple(cut(c) for c in cuts),
        tuple((cut(c), codes) for c, codes in only),
        numbers={name: known[name] for name in one.times},
    )  # fmt: skip


def journey(n: int, **said: object) -> Journey:
    """An intake of January 10; `said` is what is else known."""
    ident = RecordId(f"record-{n:05d}")
    values: dict[str, object] = {"record": ident, "intake": ident, "opened_on": "2026-01-10"}
    values |= said
    values["subject"] = Subject(str(said.get("subject", "intake")))
    traits = said.get("traits")
    if isinstance(traits, dict):
        values["traits"] = {name: tuple(codes) for name, codes in traits.items()}
    return Journey(**values)  # pyright: ignore[reportArgumentType]


def filled(folder: Path, journeys: Iterable[Journey]) -> Journeys:
    """An encrypted file with these journeys."""
    folder.mkdir(parents=True, exist_ok=True)
    file = Compartment.create(
        folder / "care.db", b"k" * 32, SystemClock(), StationId("s"), Epoch("e")
    )
    kept = Journeys(file)
    kept.keep(list(journeys), [], 0)
    return kept
