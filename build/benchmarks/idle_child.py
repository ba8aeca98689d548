"""Shows one page and does nothing, for whoever measures from outside; says "idle" once it rests.

`python -m benchmarks.idle_child FOLDER USER PLACE SECONDS`, the passphrase on standard input. The
place "lock" is the lock screen. All that lives beside a window lives here too: the collector, the
rounds of the exchange, spare time. At the end it says how often the event loop woke.
"""

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer

from benchmarks.full_profile import FullProfile
from benchmarks.screen import screen_over
from intake_app.ui.running.collector import Collector

_SETTLES_MS: Final = 15_000
"""Chores, a first round of the exchange and a first look at backups are over by then."""


def rest(milliseconds: int) -> None:
    """Let the event loop run, and wake it for nothing."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(folder: str, user_name: str, place: str, seconds: str) -> None:
    """Do it."""
    profile = FullProfile(Path(folder), user_name, sys.stdin.readline().strip(), 0)
    woke = [0]

    def count() -> None:
        woke[0] += 1

    with screen_over(profile) as screen:
        collector = Collector()
        if place != "lock":
            screen.sign_in()
            screen.workplace.go(place)
            screen.show_all()
        rest(_SETTLES_MS)
        print("idle", flush=True)
        QAbstractEventDispatcher.instance().awake.connect(count)
        rest(round(float(seconds) * 1000))
        print(woke[0], flush=True)
        collector.deleteLater()
        sys.stdin.readline()  # until it was measured


if __name__ == "__main__":
    main(*sys.argv[1:5])
