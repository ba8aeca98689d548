"""Printers of this computer: which may print papers about people."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from intake_app.services.decisions.printers import keep_printers, printers_here
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted
from intake_app.ui.settings.fields import SubjectTools


class PrintersSubject(QWidget):
    """A tick for each printer that this computer knows, or that was allowed here before.

    Attributes:
        printers: By name.
    """

    def __init__(self, tools: SubjectTools) -> None:
        super().__init__()
        self._tools, words = tools, tools.words
        self.printers: dict[str, QCheckBox] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(18)
        card = Card(words.text("Printers of this computer"))
        told = words.text("Printers for papers about people; none ticked: all, with a warning")
        card.box.addWidget(muted(told))
        self._place = QVBoxLayout()
        card.box.addLayout(self._place)
        card.box.addWidget(muted(words.text("Each computer has a list of its own.")))
        lines.addWidget(card)
        self.good = MessageBox(tools.theme, "ok")
        self.error = FailureBox(tools.theme, tools.words, self.good)
        for box in (self.error, self.good):
            lines.addWidget(box)
        self.save = PrimaryButton(words.text("Save printers"))
        self.save.setAccessibleName(words.text("Save printers"))
        self.save.clicked.connect(self._on_save)
        lines.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Read which are allowed here."""
        job = partial(printers_here, self._tools.desk)
        self._tools.background.run(job, self._show, self.error.tell)

    def _show(self, allowed: Sequence[str]) -> None:
        clear(self._place)
        self.printers = {}
        known = [name for name in QPrinterInfo.availablePrinterNames() if name]
        for name in sorted({*known, *allowed}):
            box = self.printers[name] = QCheckBox(name)
            box.setAccessibleName(name)
            box.setChecked(name in allowed)
            self._place.addWidget(box)
            box.show()
        if not self.printers:
            none = self._tools.words.text("This computer knows no printer yet.")
            self._place.addWidget(muted(none))

    def _on_save(self) -> None:
        chosen = [name for name, box in self.printers.items() if box.isChecked()]

        def kept(_nothing: object) -> None:
            self.error.say("")
            self.good.say(self._tools.words.text(
                "Saved. It takes effect when somebody signs in the next time."
            ))  # fmt: skip

        job = partial(keep_printers, self._tools.desk, chosen)
        self._tools.background.run(job, kept, self.error.tell)
