"""A chain that does not hold is found at sign-in or in spare time, told in red; it stops nobody."""

from datetime import timedelta
from pathlib import Path

import pytest
from audit_world import file_of, station_acts, working, write_anew
from profiles import Profile
from walk_ins import taken

from intake_app.domain.audit_trail import Standing
from intake_app.domain.ids import Epoch
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.trust import Light
from intake_app.services.audit.checking import look_over_trails, verify_trails
from intake_app.services.audit.checks import check_audit
from intake_app.services.audit.parts import parts_of
from intake_app.services.desk import Desk
from intake_app.storage.compartment import Compartment as File
from intake_app.words import Words

CARE = Compartment.CARE


def standing(desk: Desk) -> Standing:
    return parts_of(desk).looked[CARE].standing


def light(desk: Desk) -> Light:
    return check_audit(desk, Words())[0].light


@pytest.fixture(scope="module")
def morning(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A profile in which somebody took three walk-ins and left; made once."""
    made = template.copy_to(tmp_path_factory.mktemp("morning") / "profile")
    with working(made, Role.FRONT_DESK) as desk:
        for _ in range(3):
            taken(desk)
    return made


@pytest.fixture
def worked(morning: Profile, tmp_path: Path) -> Profile:
    """A copy of it for each test."""
    return morning.copy_to(tmp_path / "worked")


def tampered(profile: Profile, sql: str) -> None:
    with working(profile, Role.COORDINATOR, chores=False) as desk:
        file_of(desk, CARE).database.conn.execute(sql)


def test_a_chain_that_nobody_touched_is_whole(worked: Profile) -> None:
    with working(worked, Role.FRONT_DESK) as desk:
        assert set(parts_of(desk).looked) == {Compartment.STATION, CARE}
        assert standing(desk) is Standing.WHOLE
        assert light(desk) is Light.GREEN
    with working(worked, Role.FRONT_DESK) as desk:
        assert not any(what.startswith("audit") for what, _ in station_acts(desk))


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit WHERE n=(SELECT max(n) FROM audit)",
        "DELETE FROM audit WHERE n>2",
        "DELETE FROM audit",
    ],
)
def test_lines_that_are_missing_at_the_end_are_noticed_at_sign_in(
    worked: Profile, sql: str
) -> None:
    tampered(worked, sql)
    with working(worked, Role.FRONT_DESK, chores=False) as desk:
        assert standing(desk) is Standing.BROKEN
        assert light(desk) is Light.RED
        assert ("audit chain broken in care", "failed") in station_acts(desk)
        taken(desk)  # it stops nobody


@pytest.mark.parametrize(
    "sql",
    ["UPDATE audit SET user='other' WHERE n=2", "DELETE FROM audit WHERE n=2"],
)
def test_what_lies_far_back_is_noticed_within_a_week(worked: Profile, sql: str) -> None:
    tampered(worked, sql)
    with working(worked, Role.FRONT_DESK, chores=False) as desk:
        assert standing(desk) is Standing.WHOLE  # not walked again: signing in must be quick
    worked.clock.at += timedelta(days=7)
    with working(worked, Role.FRONT_DESK) as desk:
        assert look_over_trails(desk, lambda: False)
        assert standing(desk) is Standing.BROKEN
    with working(worked, Role.FRONT_DESK) as desk:
        assert standing(desk) is Standing.BROKEN  # it is not forgotten by walking on
        assert parts_of(desk).looked[CARE].at_line in {2, 3}


def test_a_command_walks_all_of_it_at_once(worked: Profile) -> None:
    with working(worked, Role.FRONT_DESK) as desk:
        assert verify_trails(desk)[CARE].standing is Standing.WHOLE
    tampered(worked, "UPDATE audit SET at='2020' WHERE n=1")
    with working(worked, Role.FRONT_DESK) as desk:
        assert verify_trails(desk)[CARE].standing is Standing.BROKEN


def rewritten(profile: Profile, n: int) -> None:
    with working(profile, Role.COORDINATOR, chores=False) as desk:
        write_anew(file_of(desk, CARE), n, user="somebody else")


def test_a_past_that_is_written_anew_does_not_fit_what_was_told_before(worked: Profile) -> None:
    """The chain itself holds, and so do the file's own notes: who has the key can do that."""
    rewritten(worked, 2)
    with working(worked, Role.FRONT_DESK, chores=False) as desk:
        assert file_of(desk, CARE).verify_audit() >= 4
        assert standing(desk) is Standing.WHOLE
        worked.clock.at += timedelta(hours=20)
        assert look_over_trails(desk, lambda: False)
        assert standing(desk) is Standing.BROKEN
        assert light(desk) is Light.RED


def test_without_what_was_told_before_nobody_would_know(worked: Profile) -> None:
    """Negative control: the ends of batches are what tells."""
    with working(worked, Role.COORDINATOR, chores=False) as desk:
        file = file_of(desk, Compartment.STATION)
        file.database.conn.execute("DELETE FROM record WHERE kind='audit.batch'")
    rewritten(worked, 2)
    worked.clock.at += timedelta(hours=20)
    with working(worked, Role.FRONT_DESK, chores=False) as desk:
        assert look_over_trails(desk, lambda: False)
        assert standing(desk) is Standing.WHOLE


def test_who_waits_is_not_kept_waiting(worked: Profile) -> None:
    worked.clock.at += timedelta(days=8)
    with working(worked, Role.FRONT_DESK, chores=False) as desk:
        assert not look_over_trails(desk, lambda: True)
        assert look_over_trails(desk, lambda: False)


def test_an_older_copy_of_a_file_is_told_in_amber(worked: Profile) -> None:
    """A backup was put back, and a new run of numbers began: newer lines are gone, and it is said.

    In the same run of numbers the same would be red.
    """
    with working(worked, Role.COORDINATOR, chores=False) as desk:
        care = file_of(desk, CARE)
        keep_until(care, 2)
        file_of(desk, Compartment.STATION).begin_epoch(Epoch("fefefe"))
        care.begin_epoch(Epoch("fefefe"))
    worked.clock.at += timedelta(hours=20)
    with working(worked, Role.FRONT_DESK, chores=False) as desk:
        assert look_over_trails(desk, lambda: False)
        assert standing(desk) is Standing.PUT_BACK
        assert light(desk) is Light.AMBER


def keep_until(file: File, n: int) -> None:
    file.database.conn.execute("DELETE FROM audit WHERE n>?", (n,))
    line = file.database.conn.execute("SELECT chain FROM audit WHERE n=?", (n,)).fetchone()
    for note in ("audit verified", "audit sealed"):
        file.set_meta(note, f"{n} {line[0]}")
