"""Changing the directory from its page: add, change, merge and part entries, print it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.change import Value
from intake_app.domain.errors import IntakeError
from intake_app.domain.form import Answers, Choice
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import Provider
from intake_app.services.desk import Desk
from intake_app.services.providers.edits import (
    add_provider,
    edit_provider,
    merge_providers,
    undo_merge,
)
from intake_app.services.providers.providers import ProviderRow
from intake_app.services.referrals.directory_sheet import print_directory
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.providers.dialog import NEW, ProviderDialog
from intake_app.ui.providers.form import Lists

_TABLES: Final = ("services", "insurance", "languages")
_JOB: Final = "directory"
"""Title of the print job: the sheet is about nobody."""

_LANGUAGES: Final = {"en": "English", "es": "Español"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens.

    Attributes:
        desk: Whose.
        background: The door to the worker.
        setting: Words, look and clock.
        page: The page that dialogs stand over.
        ask: Asks small questions on the page.
    """

    desk: Desk
    background: Background
    setting: Setting
    page: QWidget
    ask: AskCard


class ProviderEditing(QObject):
    """Edits one directory.

    Signals:
        done: It was done (in words).
        failed: An error to show.
        opened: The dialog is open.

    Attributes:
        dialog: The dialog that is or was open.
    """

    done = Signal(str)
    failed = Signal(object)
    opened = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__(place.page)
        self._at, self._words = place, place.setting.words
        self.dialog: ProviderDialog | None = None

    # --- one entry ----------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new entry."""
        self._read_lists(partial(self._open, NEW))

    def change(self, row: ProviderRow) -> None:
        """Ask for what changes."""
        self._read_lists(partial(self._open, row.provider))

    def _read_lists(self, then: Callable[[Lists], object]) -> None:
        library, letter = self._at.desk.library, self._at.desk.station_letter

        def read() -> Lists:
            found = [library.codes(table) for table in _TABLES]
            return Lists(found[0], found[1], found[2], letter)

        self._at.background.run(read, then, self.failed.emit)

    def _open(self, one: Provider, lists: Lists) -> None:
        dialog = ProviderDialog(one, lists, self._at.setting, self._at.page)
        dialog.kept.connect(partial(self._keep, dialog, one.record))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
        self.opened.emit()

    def _keep(
        self, dialog: ProviderDialog, record: RecordId, fields: dict[str, Value], checked: bool
    ) -> None:
        desk = self._at.desk

        def keep() -> None:
            if record:
                edit_provider(desk, record, fields, is_checked=checked)
            else:
                add_provider(desk, fields)

        def kept(_nothing: None) -> None:
            dialog.accept()
            self.done.emit(self._words.text("Kept."))

        self._at.background.run(keep, kept, dialog.fail)

    # --- two entries --------------------------------------------------------------------------

    def merge(self, row: ProviderRow, rows: Sequence[ProviderRow]) -> None:
        """Ask which other entry is the same provider."""
        words, desk = self._words, self._at.desk
        q = Questions(words)
        others = [
            Choice(one.record, q.text(_told(one))) for one in rows if one.record != row.record
        ]
        label = words.text("The other entry")

        def merge(said: Answers) -> None:
            gone = RecordId(str(said["other"]))
            self._run(lambda: merge_providers(desk, row.record, gone),
                      words.text("The two are one entry now. This can be undone."))  # fmt: skip

        self._at.ask.ask(
            words.text("Merge"), [q.choice("other", label, others)], merge,
            words.text("{name} stays, and gets what the other knows more.", name=row.name),
        )  # fmt: skip

    def undo(self, row: ProviderRow, gone: RecordId) -> None:
        """Part two entries that were merged."""
        desk, words = self._at.desk, self._words
        self._run(
            lambda: undo_merge(desk, row.record, gone), words.text("They are two entries again.")
        )

    # --- paper --------------------------------------------------------------------------------

    def directory(self, needs: Sequence[Choice], chosen: str) -> None:
        """Ask for need and language, and print."""
        words, desk, q = self._words, self._at.desk, Questions(self._words)
        spoken = [
            Choice(code, q.text(_LANGUAGES.get(code, code))) for code in desk.agency.languages
        ]
        fields = [
            q.choice("need", words.text("Need; without one, all"), needs, is_required=False),
            q.choice("language", words.text("Language of the paper"), spoken),
        ]

        def draw(said: Answers) -> None:
            need, language = str(said.get("need") or ""), str(said["language"])
            self._at.background.run(
                lambda: print_directory(desk, language, need), self._give_out, self._refuse
            )

        self._at.ask.ask(words.text("Print the directory"), fields, draw)
        self._at.ask.fill({"need": chosen or None, "language": words.language})

    def _give_out(self, data: bytes) -> None:
        self._at.ask.done()
        at = self._at
        sheet = BlankSheet(at.page, self._words, at.desk.agency.printers, self.failed.emit)
        if sheet.give_out(data, _JOB) is not None:
            self.done.emit(self._words.text("The directory is printed."))

    def _run(self, job: Callable[[], None], said: str) -> None:
        def done(_nothing: None) -> None:
            self._at.ask.done()
            self.done.emit(said)

        self._at.background.run(job, done, self._refuse)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, IntakeError) and self._at.ask.isVisible():
            note(error)
            self._at.ask.fail(sentence_for(error, self._words))
        else:
            self.failed.emit(error)


def _told(row: ProviderRow) -> str:
    return " · ".join(part for part in (row.name, row.organization, row.city) if part)
