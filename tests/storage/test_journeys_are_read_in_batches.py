"""Journeys of a period are read a batch at a time, oldest first, and none is looked at twice."""

from collections.abc import Iterator
from random import Random

import pytest

from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.storage.compartment import Compartment
from intake_app.storage.journeys import Journeys

MANY = 1300
"""Three batches of the commonest subject."""

SOME_DAYS = ("2025-03-01", "2025-10-31")


@pytest.fixture
def made(care: Compartment) -> list[Journey]:
    """Two in three are intakes; a third of all are of the same three days."""
    dice = Random(3)
    found: list[Journey] = []
    for n in range(MANY):
        subject = Subject.INTAKE if n % 3 else dice.choice([Subject.REFERRAL, Subject.EVENT])
        day = dice.choice(["2025-05-01", "2025-05-02", "2025-09-30"])
        if n % 3:
            day = (
                f"{dice.choice([2024, 2025])}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
            )
        ident = RecordId(f"{n:032x}")
        found.append(
            Journey(record=ident, subject=subject, intake=ident, opened_on=day,
                    traits={"gender": (dice.choice(["woman", "man"]),)})
        )  # fmt: skip
    Journeys(care).keep(found, [one.record for one in found], None)
    return found


def in_period(made: list[Journey], since: str, until: str) -> list[Journey]:
    wanted = [one for one in made if since <= one.opened_on <= until]
    return sorted(wanted, key=lambda one: (one.opened_on, one.record))


@pytest.mark.parametrize("days", [("0000", "9999"), SOME_DAYS, ("2030-01-01", "2031-01-01")])
def test_each_comes_once_oldest_first_with_what_was_said(
    care: Compartment, made: list[Journey], days: tuple[str, str]
) -> None:
    assert list(Journeys(care).each(*days)) == in_period(made, *days)


def asked_of(care: Compartment) -> Iterator[str]:
    asked: list[str] = []
    care.database.conn.set_trace_callback(asked.append)
    assert list(Journeys(care).each(*SOME_DAYS))
    care.database.conn.set_trace_callback(None)
    return (one for one in asked if "FROM journey" in one)


def test_a_batch_begins_where_the_last_one_ended_whatever_lies_before(
    care: Compartment, made: list[Journey]
) -> None:
    assert made
    for sql in asked_of(care):
        told = care.database.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        (step,) = [str(step[-1]) for step in told]
        assert step.startswith("SEARCH journey USING INDEX journey_opened (subject=? AND opened_on")


def test_control_without_a_subject_it_would_look_at_all(
    care: Compartment, made: list[Journey]
) -> None:
    assert made
    sql = "SELECT n FROM journey WHERE opened_on BETWEEN ? AND ? ORDER BY opened_on LIMIT 9"
    told = care.database.execute(f"EXPLAIN QUERY PLAN {sql}", SOME_DAYS).fetchall()
    assert any("SCAN" in str(step[-1]) for step in told)
