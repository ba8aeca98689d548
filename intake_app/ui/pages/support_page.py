"""The support file: all of it stands in the window before it is saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from intake_app.disk.atomic import write_whole
from intake_app.services.desk import Desk
from intake_app.services.trust.support import support_name, support_text, support_was_saved
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.papers.printing import ask_for_text_file
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class SupportPage(QWidget):
    """Read it, save it, send it yourself: the program sends nothing.

    Signals:
        closed: Back to the trust page.
        refreshed: The text is there.

    Attributes:
        text: All of the file.
        save: Saves it.
    """

    closed = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words = desk, background, words
        self._frame = PageFrame(theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._frame)
        say = words.text
        self._frame.head.say(say("Support file"), say(
            "For whoever helps you with the program. It holds nothing of anybody. Read it, save "
            "it, and send it yourself: the program sends nothing."
        ))  # fmt: skip
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(420))
        for part in (self.error, self.good, field_label(say("All of the file"), self.text)):
            self._frame.body.addWidget(part)
        self._frame.body.addWidget(self.text, 1)
        back = self._frame.button(say("Back"))
        on_press(back, self.closed.emit)
        self.save = self._frame.primary(say("Save the file…"))
        self.save.setEnabled(False)
        on_press(self.save, self._on_save)
        self._frame.foot.addWidget(back)
        self._frame.foot.addStretch(1)
        self._frame.foot.addWidget(self.save)
        self.setFocusProxy(self.text)

    def refresh(self) -> None:
        """Write it anew."""
        desk, words = self._desk, self._words
        self._background.run(lambda: support_text(desk, words), self._show, self.error.tell)

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self.save.setEnabled(True)
        self.refreshed.emit()

    def _on_save(self) -> None:
        place = ask_for_text_file(self, support_name(self._desk), self._words)
        if place is None:
            return
        desk, text = self._desk, self.text.toPlainText()

        def keep() -> None:
            write_whole(place, text.encode())  # what was read in the window, and nothing else
            support_was_saved(desk)

        self._background.run(keep, self._on_saved, self.error.tell)

    def _on_saved(self, _nothing: object) -> None:
        self.error.say("")
        self.good.say(self._words.text("The support file is saved."))
