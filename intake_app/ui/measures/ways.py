"""From the numbers to what is made of them: reports, files, imports, several departments."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.words import Words, mark

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

_WAYS: Final = (
    ("reports_asked", mark("Reports…"), May.SEE_RELEASED),
    ("exports_asked", mark("Files for others…"), May.EXPORT_RECORDS),
    ("imports_asked", mark("Bring in past cases…"), May.IMPORT_PAST),
    ("county_asked", mark("Several departments…"), May.MERGE_DEPARTMENTS),
)
"""By the signal of the page: `ui.frame.guests` shows what it asks for."""


def ways_of(page: QWidget, desk: Desk, words: Words) -> Sequence[QWidget]:
    """A button for each way that a page has a signal for and that this person may go."""
    made: list[QWidget] = []
    for asked, label, act in _WAYS:
        signal: SignalInstance | None = getattr(page, asked, None)
        if signal is not None and may(desk.person.roles, act):
            button = named_button(words.text(label))
            on_press(button, signal.emit)
            made.append(button)
    return made
