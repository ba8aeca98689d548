"""After a purge, files are looked over in a pause; whoever needs the worker meanwhile gets it."""

import threading
from collections.abc import Callable
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import DiskFull
from intake_app.services.desk import Desk
from intake_app.ui.parts.background import Background
from intake_app.ui.running import spare_time
from intake_app.ui.running.spare_time import SpareTime

NOBODYS = cast("Desk", None)
Look = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Look]:
    """What is done in each pause, in order; at last nothing is left to do."""
    acts: list[Look] = []

    def look(_desk: Desk, is_wanted: Callable[[], bool]) -> bool:
        return acts.pop(0)(is_wanted) if acts else True

    monkeypatch.setattr(spare_time, "do_chores", look)
    monkeypatch.setattr(spare_time, "PAUSE_MS", 20)
    return acts


def test_it_stops_for_a_job_and_goes_on_later(
    qtbot: QtBot, background: Background, looked: list[Look]
) -> None:
    told: list[str] = []
    is_there = threading.Event()

    def until_somebody_waits(is_wanted: Callable[[], bool]) -> bool:
        is_there.set()
        while not is_wanted():
            pass
        told.append("stopped")
        return False

    def again(_: Callable[[], bool]) -> bool:
        told.append("went on")
        return True

    looked += [until_somebody_waits, again]
    spare = SpareTime(NOBODYS, background)
    qtbot.waitUntil(is_there.is_set)
    background.run(lambda: told.append("a job"))
    qtbot.waitUntil(lambda: told == ["stopped", "a job", "went on"])
    spare.end()


def test_who_leaves_ends_it_and_a_full_disk_too(
    qtbot: QtBot, background: Background, looked: list[Look]
) -> None:
    told: list[str] = []

    def full(_: Callable[[], bool]) -> bool:
        told.append("full")
        raise DiskFull

    def never(_: Callable[[], bool]) -> bool:
        told.append("never")
        return True

    looked += [full, never]
    spare = SpareTime(NOBODYS, background)
    qtbot.waitUntil(lambda: told == ["full"] and not background.is_busy)
    with qtbot.waitSignal(background.settled):
        background.run(lambda: None)
    assert not cast("Any", spare)._timer.isActive()
    assert told == ["full"]


def test_a_job_that_is_done_knows_whether_another_waits(
    qtbot: QtBot, background: Background
) -> None:
    begun, go = threading.Event(), threading.Event()
    seen: list[bool] = []

    def first() -> None:
        seen.append(background.is_wanted)
        begun.set()
        go.wait()
        seen.append(background.is_wanted)

    background.run(first)
    qtbot.waitUntil(begun.is_set)
    background.run(lambda: seen.append(background.is_wanted))
    go.set()
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [False, True, False]
