"""Brings in a receipt: a small file that a recipient signed."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton

from intake_app.disk.bounded import read_bounded
from intake_app.domain.disclosure_errors import BadReceipt
from intake_app.services.desk import Desk
from intake_app.services.sharing.sealed_bundles import ReceiptNoted, receipt_came
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import on_press
from intake_app.words import Words
from intake_app.words.dates import moment_in_words

_MOST = 8 * 1024
"""Bytes; a receipt has one."""


class ReceiptButton(QPushButton):
    """The button.

    Signals:
        noted: A receipt was noted; what it says, in words.
        failed: It was not; the error.
    """

    noted = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, background: Background, words: Words) -> None:
        super().__init__(words.text("Bring in a receipt…"))
        self.setAccessibleName(self.text())
        self._desk, self._background, self._words = desk, background, words
        on_press(self, self._on_press)

    def _on_press(self) -> None:
        title = self._words.text("Choose the receipt")
        chosen, _ = QFileDialog.getOpenFileName(self, title)
        if chosen:
            desk, path = self._desk, Path(chosen)
            self._background.run(
                lambda: receipt_came(desk, _read(path)), self._on_noted, self.failed.emit
            )

    def _on_noted(self, found: ReceiptNoted) -> None:
        when = moment_in_words(found.at, self._words.language)
        self.noted.emit(self._words.text(
            "Noted: {name} received it on {when}.", name=found.recipient, when=when
        ))  # fmt: skip


def _read(path: Path) -> str:
    """The text of a file that may be anything.

    Raises:
        BadReceipt: It is no receipt.
    """
    try:
        data = read_bounded(path, _MOST)
    except OSError as error:
        raise BadReceipt("file") from error
    if data is None:
        raise BadReceipt("size")
    return data.decode("ascii", errors="replace")
