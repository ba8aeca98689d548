"""Whether names are shown in lists: one switch for all pages; off until somebody presses it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from intake_app.ui.parts.cards import make_button
from intake_app.words import Words


class NameSwitch(QObject):
    """The switch.

    Signals:
        asked: Somebody wants to see them; showing is an act that is logged before it is done.
        changed: Names are to be shown (True) or hidden (False).
    """

    asked = Signal()
    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_on = False

    def turn(self, on: bool) -> None:
        """Show or hide names everywhere."""
        if on != self.is_on:
            self.is_on = on
            self.changed.emit(on)

    def _on_pressed(self) -> None:
        if self.is_on:
            self.turn(False)
        else:
            self.asked.emit()

    def button(self, words: Words) -> QPushButton:
        """A button "Show names" that becomes "Hide names"."""
        made = make_button(words.text("Show names"), "small")

        def say(on: bool) -> None:
            if not isValid(made):  # its page is gone; the switch outlives it
                return
            text = words.text("Hide names") if on else words.text("Show names")
            made.setText(text)
            made.setAccessibleName(text)

        say(self.is_on)
        made.clicked.connect(self._on_pressed)
        self.changed.connect(say)
        return made
