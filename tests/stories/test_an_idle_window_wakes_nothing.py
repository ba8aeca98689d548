"""While nobody works, the window wakes the processor as seldom as its duties allow.

All timers that run are listed with what they are for; one that is not, or that ticks more than once
a second, fails. How much an idle minute costs is measured from outside: `build/bench --only idle`.
"""

import gc
from typing import Final

from clerk import Clerk
from department import Staff
from PySide6.QtCore import Qt, QTimer
from shiboken6 import Shiboken

from intake_app.ui.running.collector import EVERY_MS

LEAST_MS: Final = 1000

MAY_TICK: Final = {
    "SleepSense": "sees that the computer slept",
    "Collector": "Python's garbage, where it may be collected; seldom where nothing happens",
    "Guard": "sees that the files were taken away",
}
"""Who may have a timer that goes on and on."""

MAY_WAIT: Final = {
    "Curtain": "hides and locks after idle minutes",
    "TrustLine": "asks now and then whether all is well",
    "Rounds": "the next exchange",
    "SpareTime": "chores after a pause",
}
"""Who may have one that fires once, later."""


OF_A_PERSON: Final = {"Curtain", "TrustLine", "SpareTime"}
"""They go with who leaves."""


def running() -> list[tuple[str, QTimer]]:
    """All timers of the program that run, by the class of what they belong to."""
    every = [one for one in gc.get_objects() if isinstance(one, QTimer) and Shiboken.isValid(one)]
    return [(type(one.parent()).__name__, one) for one in every if one.isActive()]


def faults(found: list[tuple[str, QTimer]]) -> list[str]:
    """What is wrong with them."""
    told = list[str]()
    for owner, timer in found:
        if owner not in (MAY_WAIT if timer.isSingleShot() else MAY_TICK):
            told.append(f"{owner}: why does it run?")
        if not timer.isSingleShot() and timer.interval() < LEAST_MS:
            told.append(f"{owner}: every {timer.interval()} ms")
        if not timer.isSingleShot() and timer.timerType() is Qt.TimerType.PreciseTimer:
            told.append(f"{owner}: on the very millisecond")
    return told


def test_every_timer_of_an_idle_window_is_known_and_slow(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    assert faults(running()) == []
    assert "Curtain" in {owner for owner, _ in running()}, "control: timers are found"
    clerk.conductor.lock()
    clerk.until(lambda: not {owner for owner, _ in running()} & OF_A_PERSON)
    assert faults(running()) == [], "the lock screen"


def test_a_quick_timer_is_seen() -> None:
    quick = QTimer(interval=100)
    quick.start()
    assert any("every 100 ms" in fault for fault in faults([("Collector", quick)]))
    assert EVERY_MS >= LEAST_MS
    quick.stop()
