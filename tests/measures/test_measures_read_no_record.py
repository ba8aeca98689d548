"""Measures read the narrow rows alone: SQLite itself says which tables a statement reads."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from journey_files import question, shipped
from made_journeys import Maker
from real_parts import KEY

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, StationId
from intake_app.storage.compartment import Compartment
from intake_app.storage.journeys import Journeys

READ = 20
"""SQLITE_READ: a column of a table is read; https://sqlite.org/c3ref/c_alter_table.html."""

DERIVED = {"journey", "trait", "picked"}
"""Made from records whenever one changes; the last lists journeys while figures are counted."""


@pytest.fixture
def file(tmp_path: Path, clock: FixedClock) -> Iterator[Compartment]:
    made = Compartment.create(tmp_path / "care.db", KEY, clock, StationId("front"), Epoch("abcdef"))
    journeys = list(Maker(3).many(200))
    Journeys(made).keep(journeys, [one.record for one in journeys], None)
    yield made
    made.close()


@contextmanager
def listening(file: Compartment) -> Generator[set[str]]:
    read: set[str] = set()

    def hear(act: int, table: str | None, *_: str | None) -> int:
        if act == READ and table:
            read.add(table)
        return 0  # SQLITE_OK

    file.database.conn.set_authorizer(hear)
    yield read
    file.database.conn.set_authorizer(None)


def test_every_measure_is_computed_without_reading_a_record(file: Compartment) -> None:
    journeys = Journeys(file)
    asked = [question(one, (), ("2024-01-01", "2026-12-31")) for one in shipped().measures]
    cut = [question(one, ("race", "quarter")) for one in shipped().measures]
    with listening(file) as read:
        journeys.ask_all([*asked, *cut])
        for one in (*asked, *cut):
            journeys.ask(one)
            journeys.behind(one, (), 10)
    assert {name for name in read if not name.startswith("sqlite_")} == DERIVED


def test_a_look_at_an_answer_would_be_heard(file: Compartment) -> None:
    """Negative control."""
    with listening(file) as read:
        file.of_kind("intake")
    assert "record" in read
