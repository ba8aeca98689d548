"""Fill in a name from a scanned license: in an officer intervention only, never in care.

A keyboard-wedge scanner types what it reads, as fast as it can. While this button listens, the keys
go nowhere but into its memory, nothing of them is shown, and they are forgotten once they are read.
"""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.errors import NotALicense
from intake_app.domain.form import Form, Section
from intake_app.domain.license_scan import LONGEST, License, read_license
from intake_app.domain.pathway import CASES_ROOM, room_of
from intake_app.ui.parts.cards import ErrorBox
from intake_app.ui.parts.errors import sentence_for
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

PAUSE_MS: Final = 400
"""After the last key: the scanner has done."""

_NAMED: Final = ("last_name", "first_name", "born", "address")
"""Columns of a form's [facts], as `License` calls its parts."""


def scans(form: Form, section: Section) -> bool:
    """Whether a license may be scanned on this step: who the person is, in a held charge."""
    asked = {field.id for field in section.fields}
    named = {form.facts.get("last_name", ""), form.facts.get("born", "")}
    return room_of(form.pathway) is CASES_ROOM and named <= asked


class ScanButton(QPushButton):
    """Listens to a scanner while it is pressed down.

    Signals:
        typed: What a scanner typed; it is kept nowhere else.
        listening: It began or ended to listen.
    """

    typed = Signal(str)
    listening = Signal(bool)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self._heard: list[str] | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._on_pause)
        self.clicked.connect(self._on_clicked)

    @property
    def is_listening(self) -> bool:
        """Whether keys go into its memory."""
        return self._heard is not None

    def event(self, event: QEvent) -> bool:
        """While it listens, no key is a shortcut or moves the cursor."""
        if self.is_listening and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._hear(event)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Another field has the keys now."""
        self._stop()
        super().focusOutEvent(event)

    def _hear(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
            return
        is_end = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        text = "\n" if is_end else event.text()
        if self._heard is not None and text and len(self._heard) <= LONGEST:
            self._heard.append(text)
            self._pause.start()

    def _on_clicked(self) -> None:
        self._heard = []
        self.listening.emit(True)

    def _on_pause(self) -> None:
        text = "".join(self._heard or ())
        self._stop()
        self.typed.emit(text)

    def _stop(self) -> None:
        if self._heard is not None:
            self._pause.stop()
            self._heard = None
            self.listening.emit(False)


class ScanCard(QWidget):
    """The button, and what became of a scan.

    Signals:
        scanned: The answers that a license gave, by question id.

    Attributes:
        button: Listens.
        said: What to do, or what was filled in.
        error: Why nothing was.
    """

    scanned = Signal(object)

    def __init__(self, form: Form, theme: Theme, words: Words) -> None:
        super().__init__()
        self._facts = form.facts
        self._words = words
        self.button = ScanButton(words.text("Scan license"))
        self._idle = words.text("Takes name, birth date and address. Nothing else is kept.")
        self.said, self.error = muted(self._idle), ErrorBox(theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addWidget(self.said, 1)
        lines.addLayout(line)
        lines.addWidget(self.error)
        self.button.setAccessibleDescription(self._idle)
        self.button.listening.connect(self._on_listening)
        self.button.typed.connect(self._on_typed)

    def tell(self, count: int) -> None:
        """Say how many answers were filled in."""
        self.said.setText(
            self._words.plural("{n} answer filled in. Check it.", "{n} answers filled in. "
                               "Check them.", count)
        )  # fmt: skip

    def _on_listening(self, is_listening: bool) -> None:
        waits = self._words.text("Scan the back of the license now. Esc stops.")
        self.said.setText(waits if is_listening else self._idle)
        self.error.say("")

    def _on_typed(self, text: str) -> None:
        try:
            found = read_license(text)
        except NotALicense as error:
            self.error.say(sentence_for(error, self._words))
            return
        self.scanned.emit(dict(self._answers(found)))

    def _answers(self, found: License) -> list[tuple[str, str]]:
        named = [(self._facts.get(name, ""), str(getattr(found, name))) for name in _NAMED]
        return [(ident, value) for ident, value in named if ident and value]
