"""The watch over turns of the GUI thread sees what is long, and only that, and tells it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import gui_turns
import pytest
from gui_turns import GOAL, SHOWS, STANDS, Turns, complain, lines_of, slowness, watched
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

LONG = 0.2
IS_BUSY = gui_turns.is_busy


def never_busy(*_turn: float) -> bool:
    return False


def always_busy(*_turn: float) -> bool:
    return True


@pytest.fixture(autouse=True)
def a_quiet_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """These turns are long wherever they run."""
    monkeypatch.setattr(gui_turns, "is_busy", never_busy)


@pytest.fixture(autouse=True)
def no_turn_of_the_window_is_long() -> None:
    """One watch is enough: the first one that looks at a new part takes it for seen."""


def burn(seconds: float) -> None:
    until = time.thread_time() + seconds * slowness()
    while time.thread_time() < until:
        pass


def give(qtbot: QtBot, act: Callable[[], object]) -> None:
    """Have something done in a turn of the loop, and let that turn end."""
    done = list[object]()
    QTimer.singleShot(0, lambda: (act(), QTimer.singleShot(0, lambda: done.append(act))))
    qtbot.waitUntil(lambda: bool(done))


def wait_for_others() -> None:
    """Stand still for as long, and work for next to none of it."""
    since = time.monotonic()
    while time.monotonic() - since < LONG:
        subprocess.run([sys.executable, "-c", "pass"], check=True, close_fds=False)


def test_a_long_answer_is_seen_and_one_that_only_waits_is_not(qtbot: QtBot) -> None:
    with watched(Turns()) as turns:
        give(qtbot, wait_for_others)
        assert turns.long == []
        give(qtbot, lambda: burn(LONG))
    assert turns.long == [turns.stands]
    assert turns.stands >= LONG


def test_a_long_click_is_seen_and_a_short_one_is_not(qtbot: QtBot) -> None:
    button = QPushButton("Press")
    qtbot.addWidget(button)
    button.show()
    with watched(Turns()) as turns:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert turns.stands < LONG
        button.clicked.connect(lambda: burn(LONG))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert turns.stands >= LONG


def test_a_turn_that_shows_parts_for_the_first_time_is_told_apart(qtbot: QtBot) -> None:
    parts = [QPushButton(str(n)) for n in range(12)]

    def show() -> None:
        for part in parts:
            qtbot.addWidget(part)
            part.show()
        burn(LONG)

    with watched(Turns(first_show=3.0)) as turns:
        give(qtbot, show)
        assert turns.shows >= LONG > turns.stands
        assert turns.long == []
        give(qtbot, lambda: burn(LONG))
    assert turns.long == [turns.stands], "they are there by now"


def test_a_module_that_is_loaded_is_not_counted_and_the_rest_of_the_turn_is(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_heavy_module.py").write_text(
        f"from time import thread_time\nuntil = thread_time() + {2 * LONG}\n"
        "while thread_time() < until:\n    pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    def load_and(burn_for: float) -> None:
        sys.modules.pop("a_heavy_module", None)
        import_module("a_heavy_module")
        burn(burn_for)

    with watched(Turns()) as turns:
        give(qtbot, lambda: load_and(0))
        assert turns.stands < LONG
        give(qtbot, lambda: load_and(LONG))
    assert turns.stands >= LONG


def test_a_test_with_a_long_turn_fails() -> None:
    complain(Turns(stands=0.04))
    with pytest.raises(pytest.fail.Exception, match="90 ms"):
        complain(Turns(long=[0.09]))


def test_the_run_does_again_what_failed_by_a_long_turn_and_nothing_else(
    pytestconfig: pytest.Config,
) -> None:
    words: list[str] = pytestconfig.getoption("only_rerun", default=None) or []
    if not words:
        pytest.skip("this run does nothing again")
    with pytest.raises(pytest.fail.Exception) as failed:
        complain(Turns(long=[0.09]))
    assert [word for word in words if re.search(word, str(failed.value))] == words
    assert not re.search("|".join(words), "assert 2 > 5")


def test_on_a_machine_that_is_far_too_busy_nothing_is_held_against_anybody(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gui_turns, "is_busy", always_busy)
    with watched(Turns()) as turns:
        give(qtbot, lambda: burn(LONG))
    assert turns.long == []


@pytest.mark.skipif(not hasattr(os, "getloadavg"), reason="this system tells no load")
def test_a_machine_is_busy_when_it_takes_the_processor_away_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (0.5, 1.0, 1.0))
    assert not IS_BUSY(taken=0.06, times=3)
    assert IS_BUSY(taken=0.06, times=20), "before its load tells"
    monkeypatch.setattr(os, "getloadavg", lambda: (999.0, 1.0, 1.0))
    assert IS_BUSY(taken=0.06, times=0)


def test_no_limit_is_far_above_the_goal() -> None:
    assert Turns().limit <= 3 * GOAL
    assert Turns().first_show <= 6 * GOAL


def test_what_was_long_is_told_in_milliseconds() -> None:
    assert Turns().told() == []
    assert Turns(stands=0.0904, shows=0.12).told() == [(STANDS, 90), (SHOWS, 120)]


def test_a_run_names_its_five_longest_turns() -> None:
    def ended(test: str, *told: tuple[str, object]) -> pytest.TestReport:
        place = ("here.py", 1, test)
        return pytest.TestReport(
            test, place, {}, "passed", None, "teardown", user_properties=list(told)
        )

    reports = [ended(f"test_{n}", (STANDS, n * 10), ("another property", 900)) for n in range(2, 8)]
    told = lines_of([*reports, ended("test_first", (SHOWS, 1200))])
    assert [line.split("  ")[-2:] for line in told] == [
        ["test_first", SHOWS],
        *([f"test_{n}", STANDS] for n in (7, 6, 5, 4)),
    ]
    assert lines_of([ended("test_quick")]) == []
