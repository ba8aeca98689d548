"""Which program? Asked only where the department has several that hold a charge."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from intake_app.domain.text import Text
from intake_app.ui.parts.cards import make_button
from intake_app.ui.parts.labels import heading
from intake_app.words import Words


class ProgramDialog(QDialog):
    """A button for each program; a digit presses it.

    Signals:
        chosen: The form to begin with (id).
    """

    chosen = Signal(str)

    def __init__(
        self, programs: Sequence[tuple[str, Text]], words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.text("Which program?"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 20)
        lines.setSpacing(10)
        lines.addWidget(heading(words.text("Which program?")))
        for n, (ident, name) in enumerate(programs, start=1):
            said = name.said_in(words.language)
            button = make_button(f"{n}  {said}")
            button.setAccessibleName(said)
            button.setShortcut(str(n) if n <= 9 else "")
            button.clicked.connect(lambda _=False, ident=ident: self._on_chosen(ident))
            lines.addWidget(button)

    def _on_chosen(self, ident: str) -> None:
        self.accept()
        self.chosen.emit(ident)
