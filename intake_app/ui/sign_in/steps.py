"""Which step of signing in is asked now, and what the gate says to each answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

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
from intake_app.ui.sign_in.code_card import CodeCard
from intake_app.ui.sign_in.hat_card import HatCard
from intake_app.ui.sign_in.keyring_card import LostKeyringCard
from intake_app.ui.sign_in.passphrase_card import NewPassphraseCard
from intake_app.ui.sign_in.set_up_card import SetUpCodeCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.roles import Role
    from intake_app.services.desk import Desk
    from intake_app.services.signing.signing_in import Gate
    from intake_app.ui.parts.background import Background
    from intake_app.ui.parts.theme import Theme
    from intake_app.ui.sign_in.step_card import StepCard
    from intake_app.words import Words

AnyCard = TypeVar("AnyCard", bound="HatCard | StepCard")

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
        bring_out: Prints a sheet of codes, or saves it; see `ProofForm`.
    """

    opened = Signal(object)
    refused = Signal(object)
    left = Signal()
    card_asked = Signal()

    def __init__(self, gate: Gate, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._gate, self._background = gate, background
        self._words, self._theme = words, theme
        self.bring_out: Callable[[bytes, bool], bool] = lambda _paper, _to_file: False
        self._made: list[HatCard | StepCard] = []
        self._open: HatCard | StepCard | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.hide()

    # --- the cards, each made when it is first asked: the lock screen is painted at once ---------

    @cached_property
    def hats(self) -> HatCard:
        """In which role."""
        card = HatCard(self._words)
        card.chosen.connect(self._on_hat)
        return self._add(card)

    @cached_property
    def code(self) -> CodeCard:
        """The second proof."""
        card = CodeCard(self._words, self._theme)
        card.entered.connect(self._on_code)
        return self._add(card)

    @cached_property
    def passphrase(self) -> NewPassphraseCard:
        """A new one."""
        card = NewPassphraseCard(self._words, self._theme)
        card.chosen.connect(self._on_passphrase)
        card.form.suggestion_asked.connect(self._on_suggest)
        return self._add(card)

    @cached_property
    def set_up(self) -> SetUpCodeCard:
        """Sets the second proof up."""
        card = SetUpCodeCard(self._words, self._theme)
        form, gate, run, language = (
            card.form,
            self._gate,
            self._background.run,
            self._words.language,
        )
        form.bring_out = lambda paper, to_file: self.bring_out(paper, to_file)
        form.phone_asked.connect(
            lambda: run(lambda: gate.steps.offer_phone(), form.show_phone, self._on_refused)
        )
        form.sheet_asked.connect(
            lambda: run(lambda: gate.steps.offer_sheet(language), form.show_sheet, self._on_refused)
        )
        form.confirmed.connect(self._on_confirmed)
        return self._add(card)

    @cached_property
    def keyring(self) -> LostKeyringCard:
        """This computer has lost its secret."""
        card = LostKeyringCard(self._words, self._theme)
        card.card_asked.connect(self.card_asked)
        return self._add(card)

    @property
    def is_asking(self) -> bool:
        """Whether a step is shown."""
        return self._open is not None

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
        for card in self._made:
            card.done()
        self._open = None
        self.hide()

    def _card_of(self, error: BaseException) -> HatCard | StepCard | None:
        kinds = {
            ChooseHat: "hats", EnterCode: "code", NewPassphrase: "passphrase",
            SetUpCode: "set_up", DeviceSecretMissing: "keyring",
        }  # fmt: skip
        name = next((name for kind, name in kinds.items() if isinstance(error, kind)), "")
        return getattr(self, name) if name else None

    def _add(self, card: AnyCard) -> AnyCard:
        self._lines.addWidget(card)
        card.left.connect(self.left)
        self._made.append(card)
        return card

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
