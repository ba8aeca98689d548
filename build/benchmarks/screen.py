"""The real window over a profile, without a screen: what a measurement of the window drives."""

import gc
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.full_profile import FullProfile
from benchmarks.measurement import CannotMeasure
from intake_app.app import ProfileGate
from intake_app.makers import window_makers
from intake_app.services.desk import Desk
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.running.conductor import Conductor


class Screen:
    """One window with its lock screen, and what a user would do there."""

    def __init__(self, app: QApplication, profile: FullProfile) -> None:
        self._app, self._profile = app, profile
        self.gate = ProfileGate(profile.folder)
        self.conductor = Conductor(self.gate, profile.folder, window_makers(), [])
        self.conductor.begin()
        gc.freeze()  # as `ui.running.start` does
        self.conductor.warm_up()
        self.settle()

    @property
    def workplace(self) -> Workplace:
        """Where the signed-in person works.

        Raises:
            CannotMeasure: Nobody is signed in.
        """
        page = self.conductor.window.page
        if not isinstance(page, Workplace):
            raise CannotMeasure("the workplace did not open")
        return page

    def open(self, unlock: Callable[[], Desk]) -> None:
        """As the button "Unlock" does it: on the worker, then build home, read it and paint it."""
        page = self.conductor.window.page
        if not isinstance(page, LockPage):
            raise CannotMeasure("there is no lock screen")
        self.conductor.background.run(unlock, page.unlocked.emit)
        self.show_all()

    def sign_in(self) -> None:
        """With user name and passphrase, the slow way."""
        self.open(lambda: self.gate.unlock(self._profile.user_name, self._profile.passphrase))

    def lock(self) -> None:
        """Lock; when somebody comes back, what was shown is gone, and swept away."""
        self.conductor.lock()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop here would do it
        self.paint()

    def settle(self) -> None:
        """Wait until the worker has no job left and its answers are on the page."""
        while self.conductor.background.is_busy:
            self.work()

    def work(self) -> None:
        """Wait for something to do, and do it."""
        self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def paint(self) -> None:
        """Do what is to be done now: the paint that Qt has asked for is part of it."""
        self._app.processEvents()

    def show_all(self) -> None:
        """Wait, and paint what stands now."""
        self.settle()
        self.paint()

    def close(self) -> None:
        """Lock and let go of everything."""
        self.conductor.window.close()
        self._app.processEvents()


@contextmanager
def screen_over(profile: FullProfile) -> Generator[Screen]:
    """A window over a profile; closed afterwards."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["benchmark", "-style", "fusion"])
    if not isinstance(app, QApplication):
        raise CannotMeasure("another kind of Qt program runs here")
    app.setQuitOnLastWindowClosed(False)
    screen = Screen(app, profile)
    try:
        yield screen
    finally:
        screen.close()
