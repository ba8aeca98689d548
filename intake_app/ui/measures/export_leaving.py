"""What leaves this computer in an export: shown when it is prepared, and before it is written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from intake_app.domain.export import Reach
from intake_app.services.exports.ask import Prepared
from intake_app.services.exports.words import leaving_lines
from intake_app.ui.parts.cards import Card, MessageBox, clear, make_button
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ExportLeaving(Card):
    """The panel; hidden while nothing is prepared.

    Attributes:
        warn: That it is of people, or not for release.
        more: Opens and closes the first lines.
        sample: These lines, as they will be.
    """

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("What leaves this computer"))
        self._words = words
        self.warn = MessageBox(theme, "warn")
        self._inside = QWidget()
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.more = make_button("", "link")
        self.more.setCheckable(True)
        self.sample = QPlainTextEdit()
        self.sample.setReadOnly(True)
        self.sample.setTabChangesFocus(True)
        self.sample.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.sample.setMinimumHeight(theme.px(220))
        self.sample.setAccessibleName(words.text("The first lines, as they will be"))
        for part in (self.warn, self._inside):
            self.box.addWidget(part)
        self.box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.sample)
        self.more.toggled.connect(self._on_more)
        self.hide()

    def show_prepared(self, prepared: Prepared | None, to: Sequence[str] = ()) -> None:
        """Show what was prepared, and to whom and why it goes; None hides the panel."""
        self.setVisible(prepared is not None)
        clear(self._lines)
        self.sample.setPlainText("")
        self.more.setChecked(False)
        if prepared is None:
            return
        first, reach, *rest = leaving_lines(prepared, self._words)
        is_serious = prepared.reach > Reach.CODED or prepared.ask.is_internal
        self.warn.say(reach if is_serious else "")
        self._lines.addWidget(words_label(first, "label"))
        for line in (*(() if is_serious else (reach,)), *to, *rest):
            self._lines.addWidget(muted(line))
        rows = ([name for name, _ in prepared.columns], *prepared.sample)
        self.sample.setPlainText("\n".join("\t".join(row) for row in rows))
        self.more.setVisible(bool(prepared.sample))
        self._on_more(self.more.isChecked())

    def _on_more(self, is_open: bool) -> None:
        self.sample.setVisible(is_open)
        say = self._words.text
        self.more.setText(say("Hide the lines") if is_open else say("Look at the first lines"))
        self.more.setAccessibleName(self.more.text())
