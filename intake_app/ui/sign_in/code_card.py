"""The second proof at sign-in: a code of the phone, or a printed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from intake_app.domain.sign_in_errors import WrongCode
from intake_app.ui.parts.cards import MessageBox, PrimaryButton
from intake_app.ui.parts.labels import field_label
from intake_app.ui.sign_in.step_card import StepCard

if TYPE_CHECKING:
    from intake_app.domain.sign_in_errors import EnterCode
    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words

_WAITS_S = 120
_LONGEST = 16


class CodeCard(StepCard):
    """Asks for one code.

    Signals:
        entered: This code.

    Attributes:
        code: The field.
        go_on: Hands it in.
    """

    entered = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("One more proof that it is you"), words, theme, _WAITS_S)
        self._clock = ""
        self.warning = MessageBox(theme, "warn")
        self.box.addWidget(self.warning)
        self.code = QLineEdit()
        self.code.setMaxLength(_LONGEST)
        self.code.setMaximumWidth(theme.px(220))
        self.box.addWidget(field_label(words.text("Code"), self.code))
        self.box.addWidget(self.code)
        self.go_on = PrimaryButton(words.text("Go on"))
        self.go_on.setAccessibleName(words.text("Go on"))
        self.box.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignLeft)
        self.end_with_back()
        self.first = self.code
        self.go_on.clicked.connect(self._on_go_on)
        self.code.returnPressed.connect(self._on_go_on)

    def ask(self, step: EnterCode) -> None:
        """Ask for it; where the clock is wrong that is said, with what it shows."""
        words = self._words
        self._clock = step.shown_at[:16].replace("T", " ")  # the year too: a clock that stopped
        phone = words.text(
            "Enter the six digits that your phone shows now. A printed code is good too."
        )
        printed = words.text("Enter the next code of your printed sheet, and strike it out.")
        is_phone = step.has_phone and not step.is_clock_wrong
        self.why.setText(phone if is_phone else printed)
        self.warning.say("")
        if step.is_clock_wrong:
            told = words.text(
                "The clock of this computer shows {time}. That cannot be right, so codes of a "
                "phone do not fit. Use a printed code, or have the clock set.", time=self._clock,
            )  # fmt: skip
            self.warning.say(told)
        self.open()

    def refuse(self, error: BaseException, more: str = "") -> None:
        """A wrong code may be a wrong clock: what it shows is said."""
        if isinstance(error, WrongCode) and self._clock and not more:
            more = self._words.text("The clock of this computer showed {time}.", time=self._clock)
        self.code.clear()
        super().refuse(error, more)

    def forget(self) -> None:
        """Empty the field."""
        self.code.clear()

    def _on_go_on(self) -> None:
        typed = self.code.text().strip()
        if not typed:
            self.error.say(self._words.text("Enter a code."))
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wait(waiting=True)
        self.entered.emit(typed)
