"""Three choices that stand wherever nobody has signed in yet: language, text size, colors."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.settings.look import Look
from intake_app.ui.help.button import HelpButton
from intake_app.ui.parts.labels import labeled
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import SCALES
from intake_app.words import LANGUAGES, Words, mark, own_name

_COLORS = ((False, mark("Light")), (True, mark("Dark")))


class LookBar(QWidget):
    """Language, text size and colors.

    Signals:
        chosen: A `Look` that somebody wants; the window is built anew with it.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, words: Words, *, has_help: bool = True) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        self.language = Picker()
        for code in LANGUAGES:
            self.language.addItem(own_name(code), code)
        self.text_size = Picker()
        for scale in SCALES:
            self.text_size.addItem(words.text("{percent} %", percent=round(scale * 100)), scale)
        self.colors = Picker()
        for is_dark, name in _COLORS:
            self.colors.addItem(words.text(name), is_dark)
        kept = (
            (self.language, look.language),
            (self.text_size, look.scale),
            (self.colors, look.is_dark),
        )
        names = (words.text("Language"), words.text("Text size"), words.text("Colors"))
        for (box, value), name in zip(kept, names, strict=True):
            box.setCurrentIndex(max(box.findData(value), 0))
            line.addLayout(labeled(name, box), 1)
            box.activated.connect(self._on_chosen)
        if has_help:  # who has signed in has it in the bar on the left
            line.addWidget(HelpButton(words), 0, Qt.AlignmentFlag.AlignBottom)

    def look(self) -> Look:
        """What is chosen now."""
        return Look(
            self.language.currentData(), self.text_size.currentData(), self.colors.currentData()
        )

    def _on_chosen(self) -> None:
        self.chosen.emit(self.look())
