"""A box that asks why, before something is done that is kept with its reason."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from intake_app.services.papers.papers import IssuedPaper
from intake_app.ui.parts.cards import Card, ErrorBox, PrimaryButton, named_button
from intake_app.ui.parts.labels import field_label, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Do = Callable[[Callable[[], object], str], object]
"""Does a job on the worker, and then says a sentence."""


class ReasonBox(Card):
    """Hidden until something asks; then the reason, a button to do it, and one to leave it.

    Attributes:
        reason: What is typed.
        act: Does it.
        leave: Leaves it.
    """

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self._then: Callable[[str], object] | None = None
        self._what = words_label("", "h3")
        self.reason = QLineEdit()
        self._error = ErrorBox(theme)
        self.act = PrimaryButton("", theme)
        self.leave = named_button(words.text("Cancel"))
        self.box.addWidget(self._what)
        self.box.addWidget(field_label(words.text("Reason"), self.reason))
        self.box.addWidget(self.reason)
        self.box.addWidget(self._error)
        line = QHBoxLayout()
        line.addWidget(self.act)
        line.addWidget(self.leave)
        line.addStretch(1)
        self.box.addLayout(line)
        self.act.clicked.connect(self._on_act)
        self.leave.clicked.connect(self.hide)
        self.reason.returnPressed.connect(self._on_act)
        self.hide()

    def ask(self, what: str, button: str, then: Callable[[str], object]) -> None:
        """Ask why, in view; with a reason, `then` is called with it."""
        self._then = then
        self._what.setText(what)
        self.act.setText(button)
        self.act.setAccessibleName(button)
        self.reason.clear()
        self._error.say("")
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self)

    def ask_reissue(
        self, paper: IssuedPaper, reissue: Callable[[IssuedPaper, str], object], do: Do
    ) -> None:
        """Ask why a paper is voided; with a reason it is issued anew, and `do` says so."""
        words = self._words
        said = words.text("Voided and issued anew. Print the new one now.")
        self.ask(
            words.text("Void no. {number} and issue it anew?", number=paper.number),
            words.text("Void and reissue"),
            lambda reason: do(lambda: reissue(paper, reason), said),
        )

    def _on_act(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._error.say(self._words.text("Please say why, in a few words."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        if self._then is not None:
            self._then(reason)
