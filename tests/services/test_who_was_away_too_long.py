"""A sign-in that nobody used for ninety days is off until an administrator lets them in again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from staffed import Staffed

from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.domain.user_errors import IdleTooLong
from intake_app.services.users.changing import let_back
from intake_app.services.users.listing import Standing, users

ADMIN = Role.ADMINISTRATOR


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    folder = tmp_path_factory.mktemp("away") / "profile"
    made = Staffed.made(folder, FixedClock(datetime(2026, 1, 5, 9, 30, tzinfo=UTC)))
    with made.at("dreyes"):
        pass
    for _ in range(7):  # a coordinator and an administrator work on
        made.clock.at += timedelta(days=13)
        for who in ("jlowe", "apruitt"):
            with made.at(who):
                pass
    return made


@pytest.fixture
def staffed(first: Staffed, tmp_path: Path) -> Staffed:
    return first.copy_to(tmp_path / "profile")


def test_who_was_away_waits_for_an_administrator(staffed: Staffed) -> None:
    with pytest.raises(IdleTooLong), staffed.at("dreyes"):
        pass
    with staffed.at(ADMIN) as desk:
        standing = {one.user_name: one.standing for one in users(desk)}
        assert standing["dreyes"] is Standing.AWAY
        assert standing["jlowe"] is Standing.WORKING
        assert standing["snorth"] is Standing.WORKING  # the only one who reads sealed cases
        let_back(desk, staffed.id_of(desk, "dreyes"))
        assert {u.user_name: u.standing for u in users(desk)}["dreyes"] is Standing.WORKING
    with staffed.at("dreyes") as desk:
        assert desk.cases is not None  # with the keys that they had


def test_a_clock_that_jumped_turns_nobody_off(staffed: Staffed) -> None:
    staffed.clock.at += timedelta(days=200)
    for who in ("jlowe", "apruitt"):  # who worked until yesterday
        with staffed.at(who):
            pass
    staffed.clock.at -= timedelta(days=200)  # and when it is set right again, it judges nobody
    with staffed.at("dreyes"):
        pass


def test_who_was_refused_is_in_the_log(staffed: Staffed) -> None:
    with pytest.raises(IdleTooLong), staffed.at("dreyes"):
        pass
    with staffed.at(ADMIN) as desk:
        sql = "SELECT outcome FROM audit WHERE act='sign in after absence'"
        rows = desk.station.database.conn.execute(sql).fetchall()  # pyright: ignore[reportAttributeAccessIssue]
        assert rows == [("refused",)]
