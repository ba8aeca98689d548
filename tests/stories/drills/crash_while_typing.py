"""Drill: takes half a walk-in in a process of its own, then dies without a word (exit code 9)."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import walk_in
from clerk import Clerk
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.makers import window_makers
from intake_app.services.signing.signing_in import NewPerson
from intake_app.ui.running.conductor import Conductor

DIED = 9


class Keys:
    """Keys and waiting, without a test runner."""

    keyClick = staticmethod(QTest.keyClick)

    @staticmethod
    def waitUntil(holds: object, timeout: int) -> None:
        deadline = QDeadlineTimer(timeout)
        while callable(holds) and not holds():
            if deadline.hasExpired():
                raise TimeoutError
            QApplication.processEvents()


def main() -> None:
    """Type a name, wait until it is said to be saved, die."""
    folder, user_name = Path(sys.argv[1]), sys.argv[2]
    _ = QApplication([])
    clock = FixedClock(datetime(2026, 11, 23, 14, 40, tzinfo=UTC))
    conductor = Conductor(ProfileGate(folder, clock), folder, window_makers(), [])
    conductor.instance.take()
    conductor.begin()
    clerk = Clerk(Keys(), conductor)  # pyright: ignore[reportArgumentType]
    clerk.sign_in(NewPerson(user_name, "", sys.stdin.read(), frozenset({Role.FRONT_DESK})))
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    clock.at += timedelta(minutes=1)
    clerk.write("First name", walk_in.FIRST)
    clerk.until_reads("Saved on this computer, 2:41 PM")
    os._exit(DIED)


main()
