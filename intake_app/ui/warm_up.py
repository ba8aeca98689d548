"""Loads the workplace while the lock screen waits: on the GUI thread, one module at a turn.

Modules that import Qt are not loaded by the worker: Qt for Python is not safe to be imported on
one thread while another draws (a crash at the lock screen, once in many starts). One module a
turn keeps keys alive in between.
"""

from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

PARTS: Final = (
    "intake_app.words.dates",
    "intake_app.services.papers",
    "intake_app.services.intakes",
    "intake_app.services.providers",
    "intake_app.services.roster",
    "pypdfium2",
    "PySide6.QtPrintSupport",
    "intake_app.ui.printing",
    "intake_app.ui.preview",
    "intake_app.ui.form.fields",
    "intake_app.ui.form.form_view",
    "intake_app.ui.pages.home_page",
    "intake_app.ui.pages.people_page",
    "intake_app.ui.pages.providers_page",
    "intake_app.ui.pages.roster_page",
    "intake_app.ui.pages.settings_page",
    "intake_app.ui.workplace",
    "intake_app.ui.pages.intake_page",
    "intake_app.ui.pages.review_page",
    "intake_app.ui.session",
)
"""What leads to the workplace, the small before the large that needs it."""


class WarmUp(QObject):
    """Loads `PARTS`; a sign-in that comes first loads the rest by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = iter(PARTS)

    def begin(self) -> None:
        """Load the next part when the event loop has nothing else to do."""
        QTimer.singleShot(0, self, self._load_one)

    def _load_one(self) -> None:
        part = next(self._parts, "")
        if part:
            import_module(part)
            self.begin()
