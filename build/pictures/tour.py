"""Walks through the real window, page by page, in one look, and takes a picture of each."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QLocale, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.app import ProfileGate
from intake_app.domain.clock import Clock
from intake_app.makers import window_makers
from intake_app.settings.look import Look
from intake_app.ui.form.growth import make_whole
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.parts.window import SMALLEST_SCREEN
from intake_app.ui.running.conductor import Conductor

PATIENCE: Final = 60.0
"""Seconds for a page to come."""

TICK: Final = 10
"""Milliseconds between two looks at whether a page has come."""

Part = TypeVar("Part", bound=QWidget)


class NoPicture(Exception):
    """The window did not come to the page that was to be drawn."""


class Tour:
    """One window, in one look.

    Attributes:
        conductor: Leads through the window.
        look: What it wears.
    """

    def __init__(self, folder: Path, clock: Clock, look: Look) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        QApplication.setCursorFlashTime(0)  # the cursor stands: it does not blink out of a picture
        self.look = look
        self.conductor = Conductor(ProfileGate(folder, clock), folder, window_makers(), [])
        self.conductor.dress(look)
        self.conductor.begin()
        self.window = self.conductor.window
        self.window.resize(SMALLEST_SCREEN)
        self._ticks = QTimer()
        self._ticks.start(TICK)
        self.settle("the first page")

    @property
    def place(self) -> Workplace:
        """Where somebody works."""
        return self.part(Workplace)

    @property
    def page(self) -> QWidget:
        """What the window shows: a page of the workplace, or of the entrance."""
        page = self.window.shown
        inside = page.page if isinstance(page, Workplace) else page
        if inside is None:
            raise NoPicture("no page")
        return inside

    def part(self, kind: type[Part]) -> Part:
        """The visible part of a kind.

        Raises:
            NoPicture: There is none.
        """
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        if not found:
            raise NoPicture(kind.__name__)
        return found[-1]

    def sign_in(self, user: str, passphrase: str) -> None:
        """Come in, from the lock screen."""
        lock = self.part(LockPage)
        lock.understood.setChecked(True)
        lock.user_name.setText(user)
        lock.passphrase.setText(passphrase)
        lock.unlock.click()
        self.until(lambda: isinstance(self.window.page, Workplace), f"the home page of {user}")
        self.place.curtain.end()  # nobody works here, and all is to be seen

    def lock(self) -> None:
        """Go out, to the lock screen."""
        self.conductor.lock()
        self.conductor.show_entrance()
        self.until(lambda: isinstance(self.window.page, LockPage), "the lock screen")

    def until(self, is_there: Callable[[], bool], what: str) -> None:
        """Wait for a page, then for all jobs behind it and all that is still to be drawn."""
        end = time.monotonic() + PATIENCE
        loop = QEventLoop()
        while not is_there() or self.conductor.background.is_busy:
            if time.monotonic() > end:
                raise NoPicture(what)
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        make_whole(self.window)
        for _ in range(20):  # laying out asks for laying out again
            QApplication.processEvents()

    def settle(self, what: str) -> None:
        """Wait until nothing is read or drawn any more."""
        self.until(lambda: True, what)
        if self.conductor.background.is_busy:
            self.settle(what)

    def grab(self) -> QImage:
        """What the window shows now, on a small laptop; larger where a page does not fit that."""
        self.window.resize(SMALLEST_SCREEN)
        self.settle("the picture")
        return self.window.grab().toImage()

    def end(self) -> None:
        """Close the window."""
        self._ticks.stop()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
