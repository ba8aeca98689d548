"""The lock screen: the notice of the system, "I understand", user name, passphrase, and steps.

What is asked after the passphrase stands in `ui.sign_in.steps`, in place of the fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.errors import LockedOut
from intake_app.settings.profile import home_of_training
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, named_button
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import field_label, heading, words_label
from intake_app.ui.sign_in.entrance_frame import EntranceFrame
from intake_app.ui.sign_in.look_bar import LookBar
from intake_app.ui.sign_in.steps import SignInSteps
from intake_app.ui.sign_in.training_card import TrainingCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from intake_app.services.desk import Desk
    from intake_app.services.signing.signing_in import Gate
    from intake_app.settings.look import Look
    from intake_app.settings.profile import TrainingPerson
    from intake_app.ui.parts.background import Background
    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words


_NO_LIMIT = 16_777_215
"""Qt's own greatest width."""

_BESIDE_FROM = 1200
"""Page width (at 100 % text) from which the training card stands beside the form."""


class LockPage(EntranceFrame):
    """Asks who works here. The window stays alive while the files are opened.

    Signals:
        unlocked: The `Desk` of the person who signed in.
        look_chosen: A `Look`; the page is to be built anew with it.
        recovery_asked: A passphrase is lost; show what a recovery card can do.
        training_left: Back from training to the real profile.
    """

    recovery_asked = Signal()
    training_left = Signal()
    unlocked = Signal(object)
    look_chosen = Signal(object)

    def __init__(
        self, gate: Gate, background: Background, words: Words, theme: Theme, look: Look
    ) -> None:
        super().__init__(words, theme, gate.department(), is_training=gate.is_training)
        self._gate, self._background = gate, background
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.user_name, self.passphrase = QLineEdit(), QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.understood = QCheckBox(words.text("I understand"))
        self.understood.setAccessibleName(words.text("I understand"))
        self.unlock = PrimaryButton(words.text("Unlock"))
        self.unlock.setAccessibleName(words.text("Unlock"))
        self.good = MessageBox(theme, "ok")
        self.steps = SignInSteps(gate, background, words, theme)
        self.recovery = named_button(words.text("Use a recovery card"), "link")
        self.recovery.clicked.connect(self.recovery_asked)
        self.fill(self._make_form(look))
        self.steps.opened.connect(self._on_opened)
        self.steps.refused.connect(self._on_step_refused)
        self.steps.left.connect(self._on_left)
        self.steps.card_asked.connect(self.recovery_asked)
        self.unlock.clicked.connect(self._on_unlock)
        self.passphrase.returnPressed.connect(self._on_unlock)
        self.user_name.returnPressed.connect(self.passphrase.setFocus)

    def _make_form(self, look: Look) -> QWidget:
        words = self._words
        inside = QWidget()
        across = self._across = QHBoxLayout(inside)
        across.setContentsMargins(32, 24, 32, 24)
        across.setSpacing(28)
        across.addStretch(1)
        column = self._column = QWidget()
        across.addWidget(column, 12)
        if self._gate.is_training:
            across.addWidget(self._training(), 8, Qt.AlignmentFlag.AlignTop)
        across.addStretch(1)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addStretch(1)
        lines.addWidget(heading(words.text("Sign in")))
        lines.addWidget(self._make_notice())
        lines.addWidget(self.error)
        lines.addWidget(self.good)
        lines.addWidget(self.steps)
        lines.addWidget(self._make_fields())
        lines.addStretch(2)
        lines.addWidget(_line())
        bar = LookBar(look, words)
        bar.chosen.connect(self._on_look)
        lines.addWidget(bar)
        return inside

    def _make_notice(self) -> QWidget:
        notice = self._notice = Card()
        notice.box.addWidget(words_label(self._gate.banner(self._words.language)))
        notice.box.addWidget(self.understood)
        return notice

    def _make_fields(self) -> QWidget:
        words = self._words
        fields = self._fields = QWidget()
        lines = QVBoxLayout(fields)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        for label, field in (
            (words.text("User name"), self.user_name), (words.text("Passphrase"), self.passphrase),
        ):  # fmt: skip
            lines.addWidget(field_label(label, field))
            lines.addWidget(field)
        lines.addSpacing(4)
        ways_in = QHBoxLayout()
        ways_in.addWidget(self.unlock)
        ways_in.addStretch()
        ways_in.addWidget(self.recovery)
        lines.addLayout(ways_in)
        return fields

    @property
    def bring_out(self) -> Callable[[bytes, bool], bool]:
        """Prints a sheet of codes, or saves it; see `ProofForm`."""
        return self.steps.bring_out

    @bring_out.setter
    def bring_out(self, how: Callable[[bytes, bool], bool]) -> None:
        self.steps.bring_out = how

    def say(self, text: str) -> None:
        """Good news, from the page before."""
        self.good.say(text)

    def _training(self) -> QWidget:
        has_home = home_of_training(self._gate.folder) is not None
        self.training = TrainingCard(self._gate.training_people(), self._words, has_home=has_home)
        self.training.chosen.connect(self._on_colleague)
        self.training.left.connect(self.training_left)
        return self.training

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The name comes first; a focus proxy would make Tab pass over all that stands above."""
        super().focusInEvent(event)
        first = self.steps if self.steps.is_asking else self.user_name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the training card below the form where it has no room beside it."""
        is_narrow = self.width() < self._theme.px(_BESIDE_FROM)
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        # one above the other, a limit of the width would leave wrapped words too little height
        is_stacked = is_narrow and self._gate.is_training
        self._column.setMaximumWidth(_NO_LIMIT if is_stacked else self._theme.px(560))
        super().resizeEvent(event)

    def _on_colleague(self, person: TrainingPerson) -> None:
        if self.steps.is_asking:
            self._on_left()
        self.user_name.setText(person.user_name)
        self.passphrase.setText(person.passphrase)
        next_one = self.unlock if self.understood.isChecked() else self.understood
        next_one.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_unlock(self) -> None:
        if not self.unlock.isEnabled():
            return
        if not self.understood.isChecked():
            self._refuse(
                self._words.text("Read the notice above, then tick “I understand”."),
                self.understood,
            )
            return
        name, phrase = self.user_name.text().strip(), self.passphrase.text()
        if not name or not phrase:
            field = self.passphrase if name else self.user_name
            self._refuse(self._words.text("Enter your user name and your passphrase."), field)
            return
        self._wait(True)
        self.passphrase.clear()
        self._background.run(
            lambda: self._gate.unlock(name, phrase), self._on_opened, self._on_refused
        )

    def _on_opened(self, desk: Desk) -> None:
        self._wait(False)
        self._show_fields(True)
        self.error.say("")
        self.unlocked.emit(desk)

    def _on_refused(self, error: BaseException) -> None:
        self._wait(False)
        if self.steps.ask(error):
            self.error.say("")
            self.good.say("")
            self._show_fields(False)
            return
        note(error)
        self._refuse(sentence_for(error, self._words), self.passphrase)
        if isinstance(error, LockedOut):
            self._background.run(self._gate.releasers, self._on_releasers, note)

    def _on_step_refused(self, error: BaseException) -> None:
        self._background.run(self._gate.lock, None, note)  # nobody goes on from here
        self._show_fields(True)
        self._on_refused(error)

    def _on_look(self, look: Look) -> None:
        if self.steps.is_asking and self.steps.isEnabled():
            self._on_left()  # the page is built anew, and asks anew
        self.look_chosen.emit(look)

    def _on_left(self) -> None:
        self._show_fields(True)
        self.user_name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._background.run(self._gate.lock, None, note)

    def _show_fields(self, shown: bool) -> None:
        if shown:
            self.steps.done()
        self._notice.setVisible(shown)
        self._fields.setVisible(shown)

    def _on_releasers(self, names: tuple[str, ...]) -> None:
        said = self._words.text(LockedOut.sentence())
        if names:
            said += " " + self._words.text("They can release it: {names}.", names=", ".join(names))
        self._refuse(said, self.passphrase)

    def _refuse(self, text: str, field: QWidget) -> None:
        self.good.say("")
        self.error.say(text)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wait(self, waiting: bool) -> None:
        for control in (self.user_name, self.passphrase, self.understood, self.unlock):
            control.setEnabled(not waiting)
        text = self._words.text("Opening…") if waiting else self._words.text("Unlock")
        self.unlock.setText(text)
        if waiting:
            self.error.say("")


def _line() -> QFrame:
    made = QFrame()
    made.setObjectName("row")
    made.setFixedHeight(1)
    return made
