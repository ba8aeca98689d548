"""Which step of signing in is asked now, and what the gate says to each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.errors import ChooseHat, DeviceSecretMissing, WeakPassphrase
from intake_app.domain.sign_in_errors import (
    ClockWrong,
    EnterCode,
    NewPassphrase,
    SetUpCode,
    WrongCode,
)
from intake_app.ui.hat_card import HatCard
from intake_app.ui.sign_in.code_card import CodeCard
from intake_app.ui.sign_in.keyring_card import LostKeyringCard
from intake_app.ui.sign_in.passphrase_card import NewPassphraseCard
from intake_app.ui.sign_in.set_up_card import SetUpCodeCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.roles import Role
    from intake_app.services.desk import Desk
    from intake_app.services.signing_in import Gate
    from intake_app.ui.background import Background
    from intake_app.ui.sign_in.step_card import StepCard
    from intake_app.ui.theme import Theme
    from intake_app.words import Words

_SAME_STEP = (WrongCode, ClockWrong, WeakPassphrase)
"""What is said beside the field, and asked again."""


class SignInSteps(QWidget):
    """One card at a time, in place of user name and passphrase.

    Signals:
        opened: The `Desk`.
        refused: Signing in has ended with this error; back to user name and passphrase.
        left: Given up; the same.
        card_asked: Use a recovery card.

    Attributes:
        hats: In which role.
        code: The second proof.
        set_up: Sets it up.
        passphrase: A new one.
        keyring: This computer has lost its secret.
    """

    opened = Signal(object)
    refused = Signal(object)
    left = Signal()
    card_asked = Signal()

    def __init__(self, gate: Gate, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._gate, self._background, self._words = gate, background, words
        self.hats, self.code = HatCard(words), CodeCard(words, theme)
        self.set_up = SetUpCodeCard(words, theme)
        self.passphrase = NewPassphraseCard(words, theme)
        self.keyring = LostKeyringCard(words, theme)
        self._open: HatCard | StepCard | None = None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        for card in self._cards:
            lines.addWidget(card)
            card.left.connect(self.left)
        self.hats.chosen.connect(self._on_hat)
        self.code.entered.connect(self._on_code)
        self.passphrase.chosen.connect(self._on_passphrase)
        self.passphrase.form.suggestion_asked.connect(self._on_suggest)
        self.keyring.card_asked.connect(self.card_asked)
        self._join_set_up()
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether a step is shown."""
        return self._open is not None

    @property
    def _cards(self) -> tuple[HatCard | StepCard, ...]:
        return self.hats, self.code, self.set_up, self.passphrase, self.keyring

    def ask(self, error: BaseException) -> bool:
        """Show the step that an error asks for; false where it asks for none."""
        card = self._card_of(error)
        if card is None:
            return False
        if self._open is not None and self._open is not card:
            self._open.done()
        self._open = card
        self.show()
        if isinstance(error, ChooseHat):
            self.hats.ask(error.roles, error.kind)
        elif isinstance(error, EnterCode):
            self.code.ask(error)
        elif isinstance(error, NewPassphrase):
            self.passphrase.ask(error)
        elif isinstance(error, SetUpCode):
            self.set_up.ask()
        else:
            self.keyring.ask()
        return True

    def done(self) -> None:
        """Nothing is asked any more, and nothing that was typed stays."""
        for card in self._cards:
            card.done()
        self._open = None
        self.hide()

    def _card_of(self, error: BaseException) -> HatCard | StepCard | None:
        kinds: dict[type[BaseException], HatCard | StepCard] = {
            ChooseHat: self.hats, EnterCode: self.code, NewPassphrase: self.passphrase,
            SetUpCode: self.set_up, DeviceSecretMissing: self.keyring,
        }  # fmt: skip
        return next((card for kind, card in kinds.items() if isinstance(error, kind)), None)

    def _join_set_up(self) -> None:
        form, gate, run = self.set_up.form, self._gate, self._background.run
        language = self._words.language
        form.phone_asked.connect(
            lambda: run(lambda: gate.steps.offer_phone(), form.show_phone, self._on_refused)
        )
        form.sheet_asked.connect(
            lambda: run(lambda: gate.steps.offer_sheet(language), form.show_sheet, self._on_refused)
        )
        form.confirmed.connect(self._on_confirmed)

    def _on_hat(self, hat: Role) -> None:
        self._run(lambda: self._gate.wear(hat))

    def _on_code(self, code: str) -> None:
        self._run(lambda: self._gate.steps.enter_code(code))

    def _on_confirmed(self, code: str) -> None:
        self.set_up.wait(waiting=True)
        self._run(lambda: self._gate.steps.confirm_code(code))

    def _on_passphrase(self, phrase: str) -> None:
        self._run(lambda: self._gate.steps.choose_passphrase(phrase))

    def _on_suggest(self) -> None:
        form = self.passphrase.form
        self._background.run(self._gate.suggest_passphrase, form.suggest, self._on_refused)

    def _run(self, step: Callable[[], Desk]) -> None:
        self._background.run(step, self.opened.emit, self._on_refused)

    def _on_refused(self, error: BaseException) -> None:
        if self.ask(error):
            return
        card = self._open
        if isinstance(error, _SAME_STEP) and card is not None and card is not self.hats:
            card.refuse(error)  # pyright: ignore[reportAttributeAccessIssue]
            return
        self.refused.emit(error)
