"""A backup comes back on one of two real computers, and the page is turned on both.

Real files, real keys that travel, real sign-ins; a folder of the two trays goes to and fro.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from two_computers import TwoComputers

from intake_app.domain.roles import Compartment, Role
from intake_app.services.records.veil import behind
from intake_app.services.training.training import take_fictional_intakes
from intake_app.vault.own_streams import OwnStreams

if TYPE_CHECKING:
    from intake_app.storage.compartment import Compartment as File

COORDINATOR = Role.COORDINATOR
FILES = ("station", "care", "cases")


@pytest.fixture
def two(two: TwoComputers) -> TwoComputers:
    """Both enrolled; a coordinator has worked at both."""
    two.enrolled()
    two.sync(two.front, COORDINATOR)  # their keys go with it
    two.sync(two.back)
    agree(two)
    return two


def take(two: TwoComputers, folder: Path) -> None:
    """Somebody takes an intake there."""
    with two.at(folder, COORDINATOR) as desk:
        take_fictional_intakes(desk, 1, 7, "self_referral")


def agree(two: TwoComputers, rounds: int = 2) -> None:
    """All is carried to and fro, by what is on the stick alone."""
    for _ in range(rounds):
        for folder in (two.front, two.back):
            two.clock.at += timedelta(minutes=16)
            for part in ("p", "l"):
                if (two.stick / part).is_dir():
                    shutil.copytree(two.stick / part, folder / "in" / part, dirs_exist_ok=True)
            two.sync(folder, COORDINATOR)
            for part in ("p", "l"):
                if (folder / "out" / part).is_dir():
                    shutil.copytree(folder / "out" / part, two.stick / part, dirs_exist_ok=True)


def digests(two: TwoComputers, folder: Path) -> dict[str, str]:
    with two.at(folder, COORDINATOR) as desk:
        files = {name: cast("File", behind(desk).open_file(Compartment(name))) for name in FILES}
        return {name: file.digest() for name, file in files.items()}


def kept(folder: Path, to: Path) -> None:
    """A backup, while nobody is signed in: it knows neither identity nor trays."""
    to.mkdir()
    for name in FILES:
        shutil.copy(folder / f"{name}.db", to / f"{name}.db")


def put_back(backup: Path, folder: Path) -> None:
    for name in FILES:
        for ending in ("-wal", "-shm"):
            (folder / f"{name}.db{ending}").unlink(missing_ok=True)
        shutil.copy(backup / f"{name}.db", folder / f"{name}.db")


def test_a_backup_that_comes_back_loses_nothing_that_was_sent(
    two: TwoComputers, tmp_path: Path
) -> None:
    kept(two.front, tmp_path / "backup")
    take(two, two.front)
    agree(two)
    there = digests(two, two.back)
    put_back(tmp_path / "backup", two.front)
    agree(two)
    assert len(OwnStreams.of(two.front).wrote) == 2
    assert digests(two, two.front) == digests(two, two.back)
    assert digests(two, two.back)["care"] == there["care"]


def test_the_page_is_turned_on_both_computers(two: TwoComputers) -> None:
    take(two, two.front)
    agree(two)
    with two.at(two.front, COORDINATOR) as desk:
        assert desk.exchange is not None
        assert desk.exchange.turn_page().page_waits_for == ()
    take(two, two.back)
    agree(two, rounds=4)
    assert digests(two, two.front) == digests(two, two.back)
    with two.at(two.front, COORDINATOR) as desk:
        assert desk.exchange is not None
        told = [one for receipts in desk.exchange.receipts().values() for one in receipts]
        newest = max(told, key=lambda one: len(one.wrote))
        assert all(newest.files[Compartment(name)].generation > 1 for name in FILES)
    for folder in (two.front, two.back):
        assert len(OwnStreams.of(folder).wrote) > 1
