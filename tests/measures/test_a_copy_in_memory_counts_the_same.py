"""Many figures of a short period are asked of a copy in memory: they are those of the file."""

from pathlib import Path

import pytest
from journey_files import filled, question, shipped
from made_journeys import Maker

from intake_app.domain.figure import Figure
from intake_app.domain.measure import Question
from intake_app.storage import measuring
from intake_app.storage.driver import Database

IN_MEMORY = "SELECT count(*) FROM sqlite_temp_master WHERE name IN ('journey', 'trait', 'picked')"


def tables_in_memory(db: Database) -> int:
    return int(db.conn.execute(IN_MEMORY).fetchone()[0])


def questions() -> list[Question]:
    days = ("2025-04-01", "2025-09-30")
    return [question(one, (cut,), days) for one in shipped().measures for cut in ("race", "month")]


@pytest.mark.parametrize(("most", "tables"), [(40_000, 3), (20, 1)])
def test_a_period_is_counted_alike_with_a_copy_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, tables: int
) -> None:
    """Also where there are more journeys than are copied: then none is."""
    journeys = filled(tmp_path, Maker(7).many(600))
    one_by_one = [journeys.ask(one) for one in questions()]
    assert any(figure.whole.base > 20 for figure in one_by_one)

    figure, seen = measuring._figure, list[tuple[Database, int]]()

    def asked(db: Database, one: Question) -> Figure:
        seen.append((db, tables_in_memory(db)))
        return figure(db, one)

    monkeypatch.setattr(measuring, "_MOST_COPIED", most)
    monkeypatch.setattr(measuring, "_figure", asked)
    assert journeys.ask_all(questions()) == one_by_one
    assert {count for _, count in seen} == {tables}
    assert tables_in_memory(seen[0][0]) == 0
