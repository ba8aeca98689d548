"""Saves a table of numbers as a file, and says so."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake_app.disk.atomic import write_whole
from intake_app.services.desk import Desk
from intake_app.services.measures.viewing import View
from intake_app.services.reports.table_file import file_name, table_file
from intake_app.ui.papers.printing import ask_for_table_file
from intake_app.ui.parts.background import Background
from intake_app.words import Words


class TableSaver(QObject):
    """Asks where, writes on the worker.

    Signals:
        done: A sentence about what was saved.
        failed: Why it was not.
    """

    done = Signal(str)
    failed = Signal(object)

    def __init__(
        self, desk: Desk, background: Background, words: Words, window: QWidget
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._desk, self._background, self._words, self._window = desk, background, words, window

    def save(self, view: View) -> None:
        """Save a table where the user says."""
        place = ask_for_table_file(self._window, file_name(view), self._words)
        if place is None:
            return
        desk, words = self._desk, self._words

        def keep() -> None:
            write_whole(place, table_file(desk, view, words))

        self._background.run(keep, lambda _nothing: self._on_saved(view), self.failed.emit)

    def _on_saved(self, view: View) -> None:
        words = self._words
        said = words.text("The table is saved.")
        if view.told.is_internal:
            said = words.text("The table is saved. It is marked “Not for release”.")
        self.done.emit(said)
