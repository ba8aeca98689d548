"""Sets up a second proof: a phone by its square code, or a sheet of printed codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.ui.parts.cards import PrimaryButton, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.sign_in.square_code import SquareCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.services.needs.signing import PhoneOffer, SheetOffer
    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words

_LONGEST = 16
_SQUARE = 208


class ProofForm(QWidget):
    """Two ways; whichever is chosen counts once one of its codes was typed.

    Signals:
        phone_asked: Offer a secret for a phone.
        sheet_asked: Offer a sheet of printed codes.
        confirmed: This code was typed.

    Attributes:
        bring_out: Prints the sheet, or saves it where the second argument is true; whether it came
            out.
    """

    phone_asked = Signal()
    sheet_asked = Signal()
    confirmed = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme, self._paper = words, theme, b""
        self.bring_out: Callable[[bytes, bool], bool] = lambda _paper, _to_file: False
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addLayout(self._ways())
        self.error = FailureBox(theme, words)
        lines.addWidget(self.error)
        lines.addWidget(self._phone_part())
        lines.addWidget(self._sheet_part())
        lines.addWidget(self._code_part())
        self.forget()

    @property
    def first(self) -> QWidget:
        """What takes the cursor."""
        return self.code if self._code_box.isVisibleTo(self) else self.phone

    def _ways(self) -> QHBoxLayout:
        words, row = self._words, QHBoxLayout()
        self.phone = named_button(words.text("With a phone"))
        self.sheet = named_button(words.text("With a printed sheet"))
        for button, asked in ((self.phone, self.phone_asked), (self.sheet, self.sheet_asked)):
            button.setCheckable(True)
            on_press(button, asked.emit)
            row.addWidget(button)
        row.addStretch()
        return row

    def _phone_part(self) -> QWidget:
        words, part = self._words, QWidget()
        self._phone_box = part
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.square = SquareCode(self._theme.px(_SQUARE))
        self.square.setAccessibleName(words.text("Square code for an authenticator app"))
        row.addWidget(self.square, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        told = words.text(
            "Open an authenticator app on your phone. Choose “Add”, and point the camera at the "
            "square."
        )
        beside.addWidget(words_label(told))
        beside.addWidget(muted(words.text("No camera? Type these letters into the app:")))
        self.groups = words_label("", "label")
        self.groups.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        beside.addWidget(self.groups)
        beside.addWidget(muted(words.text("The phone needs no network. It is shown only once.")))
        beside.addStretch()
        row.addLayout(beside, 1)
        return part

    def _sheet_part(self) -> QWidget:
        words, part = self._words, QWidget()
        self._sheet_box = part
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        told = words.text(
            "A sheet has codes that are good once each. Print it now and keep it on you: it is "
            "not shown again."
        )
        lines.addWidget(words_label(told))
        row = QHBoxLayout()
        self.print = named_button(words.text("Print the sheet"))
        self.save = named_button(words.text("Save as a file"))
        on_press(self.print, lambda: self._bring_out(to_file=False))
        on_press(self.save, lambda: self._bring_out(to_file=True))
        for button in (self.print, self.save):
            row.addWidget(button)
        self.is_out = muted(words.text("Done"))
        row.addWidget(self.is_out)
        row.addStretch()
        lines.addLayout(row)
        return part

    def _code_part(self) -> QWidget:
        words, part = self._words, QWidget()
        self._code_box = part
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        self.code = QLineEdit()
        self.code.setMaxLength(_LONGEST)
        self.code.setMaximumWidth(self._theme.px(220))
        self._asks = field_label(words.text("Code"), self.code)
        lines.addWidget(self._asks)
        row = QHBoxLayout()
        row.addWidget(self.code)
        self.go_on = PrimaryButton(words.text("Set it up"))
        self.go_on.setAccessibleName(words.text("Set it up"))
        row.addWidget(self.go_on)
        row.addStretch()
        lines.addLayout(row)
        self.go_on.clicked.connect(self._on_go_on)
        self.code.returnPressed.connect(self._on_go_on)
        return part

    def show_phone(self, offer: PhoneOffer) -> None:
        """Show the square code and the letters."""
        self.forget()
        self.square.show_rows(offer.modules)
        self.groups.setText(" ".join(offer.groups))
        self._phone_box.show()
        self._ask(self.phone, self._words.text("The six digits that the app shows now"))

    def show_sheet(self, offer: SheetOffer) -> None:
        """Offer the sheet; its first code is asked for."""
        self.forget()
        self._paper = offer.paper
        self._sheet_box.show()
        self._ask(self.sheet, self._words.text("The first code on the sheet; then strike it out"))
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: BaseException) -> None:
        """The code was wrong, or something else; it can be tried again."""
        self.error.tell(error)
        self.code.clear()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing of what was offered stays."""
        self._paper = b""
        self.square.show_rows(())
        self.groups.setText("")
        self.code.clear()
        self.error.say("")
        for part in (self._phone_box, self._sheet_box, self._code_box, self.is_out):
            part.hide()
        for button in (self.phone, self.sheet):
            button.setChecked(False)

    def _ask(self, way: QWidget, label: str) -> None:
        for button in (self.phone, self.sheet):
            button.setChecked(button is way)
        self._asks.setText(label)
        self.code.setAccessibleName(label)
        self._code_box.show()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_out(self, *, to_file: bool) -> None:
        self.error.say("")
        try:
            came = self.bring_out(self._paper, to_file)
        except IntakeError as error:
            self.refuse(error)
            return
        self.is_out.setVisible(came or self.is_out.isVisibleTo(self))
        if came:
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go_on(self) -> None:
        typed = self.code.text().strip()
        if not typed:
            self.error.say(self._words.text("Enter a code."))
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.confirmed.emit(typed)
