"""Many figures of a short period are asked of a copy in memory: they are those of the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from journey_files import question, shipped
from made_journeys import Maker
from real_parts import KEY

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.measure import Question
from intake_app.storage import measuring
from intake_app.storage.compartment import Compartment
from intake_app.storage.journeys import Journeys

COPIED = "SELECT count(*) FROM sqlite_temp_master WHERE name IN ('journey', 'trait', 'picked')"


@pytest.fixture
def file(tmp_path: Path, clock: FixedClock) -> Iterator[Compartment]:
    made = Compartment.create(tmp_path / "care.db", KEY, clock, StationId("front"), Epoch("abcdef"))
    journeys = list(Maker(7).many(600))
    Journeys(made).keep(journeys, [one.record for one in journeys], None)
    yield made
    made.close()


def questions() -> list[Question]:
    days = ("2025-04-01", "2025-09-30")
    return [question(one, (cut,), days) for one in shipped().measures for cut in ("race", "month")]


@pytest.mark.parametrize("most", [40_000, 20])
def test_a_period_is_counted_alike_with_a_copy_and_without(
    file: Compartment, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Also where there are more journeys than are copied: then none is."""
    monkeypatch.setattr(measuring, "_MOST_COPIED", most)
    seen: list[int] = []
    figure = measuring._figure

    def asked(db: measuring.Database, one: Question) -> measuring.Figure:
        seen.append(db.conn.execute(COPIED).fetchone()[0])
        return figure(db, one)

    journeys = Journeys(file)
    one_by_one = [journeys.ask(one) for one in questions()]
    monkeypatch.setattr(measuring, "_figure", asked)
    assert journeys.ask_all(questions()) == one_by_one
    assert any(figure.whole.base > 20 for figure in one_by_one)
    assert set(seen) == ({3} if most > 20 else {1})
    assert file.database.conn.execute(COPIED).fetchone()[0] == 0
