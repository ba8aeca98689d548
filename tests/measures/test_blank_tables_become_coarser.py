"""A table that would be mostly blank is told by longer days, and with small groups as one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from held_cases import House

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.told import ALL_OTHER, RollUp
from intake_app.services.desk import Desk
from intake_app.services.measures.asking import ask, measures_of
from intake_app.services.measures.journeys import bring_up
from intake_app.services.measures.telling import tell

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    house = House(tmp_path, FixedClock(AT))
    yield house.desk(Role.COORDINATOR)
    house.close()


def with_people(desk: Desk, many: list[tuple[str, str]]) -> None:
    """Intakes on some days, of people of some race."""
    bring_up(desk)
    assert desk.measures is not None
    made = [
        Journey(RecordId(f"r{n}"), Subject.INTAKE, RecordId(f"r{n}"), pathway="self_referral",
                opened_on=day, contact_on=day, eligible="yes", offered_on=day,
                traits={"race": (race,), "age_band": (race,)})
        for n, (day, race) in enumerate(many)
    ]  # fmt: skip
    desk.measures.files[Compartment.CARE].keep(made, [one.record for one in made], None)


def count_of(desk: Desk) -> str:
    return next(one.id for one in measures_of(desk) if one.id.startswith("offered"))


def test_months_become_quarters(desk: Desk) -> None:
    days = [(f"2026-{month:02d}-05", "white") for month in range(1, 10) for _ in range(6)]
    with_people(desk, days)
    told = tell(desk, ask(desk, count_of(desk), "2026-01-01", "2026-09-30", ["month"]))
    assert told.cuts == ("quarter",)
    assert told.rolled_up == (RollUp("month", "quarter"),)
    assert [told.rows[f"2026-Q{n}",].base for n in (1, 2, 3)] == [18, 18, 18]


def test_small_groups_become_all_other(desk: Desk) -> None:
    people = {"white": 40, "black": 5, "asian": 4, "aian": 3, "mena": 2}
    with_people(desk, [("2026-02-03", race) for race, many in people.items() for _ in range(many)])
    told = tell(desk, ask(desk, count_of(desk), "2026-01-01", "2026-03-31", ["age_band"]))
    assert told.rolled_up == (RollUp("age_band", ALL_OTHER, ("aian", "asian", "black", "mena")),)
    assert told.rows[ALL_OTHER,].base == 14
    assert told.rows["white",].base == 40


def test_what_is_not_blank_stays_as_it_is(desk: Desk) -> None:
    with_people(desk, [(f"2026-{month:02d}-05", "white") for month in (1, 2) for _ in range(20)])
    told = tell(desk, ask(desk, count_of(desk), "2026-01-01", "2026-09-30", ["month"]))
    assert (told.cuts, told.rolled_up) == (("month",), ())
