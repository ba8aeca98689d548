"""How one signs in oneself: another passphrase, another phone, a new sheet of printed codes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.sign_in_errors import WrongCode
from intake_app.services.signing import own
from intake_app.ui.papers.printing import print_pdf, save_pdf
from intake_app.ui.parts.cards import (
    Card,
    MessageBox,
    PrimaryButton,
    named_button,
    on_press,
)
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.sign_in.passphrase_form import PassphraseForm
from intake_app.ui.sign_in.proof_form import ProofForm
from intake_app.words.dates import short_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.services.desk import Desk
    from intake_app.services.needs.signing import SignInState
    from intake_app.ui.parts.background import Background
    from intake_app.ui.parts.theme import Theme
    from intake_app.words import Words

JOB_NAME = "sign-in-codes"
"""Title of the print job and name of the file: it says nothing of whose."""


class OwnSignInCard(Card):
    """For everybody: what one's own way in looks like, and two ways to change it.

    Attributes:
        change: Opens the fields for another passphrase.
        renew: Opens the fields for another second proof.
        current: The passphrase that one has now, for the first.
        confirm: The same, for the second.
        form: The new passphrase.
        proof: The new second proof.
        error: What went wrong.
        good: What was done.
    """

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()  # the settings name it
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._state: SignInState | None = None
        self.told = words_label("")
        self.box.addWidget(self.told)
        self.error, self.good = FailureBox(theme, words), MessageBox(theme, "ok")
        for box in (self.error, self.good):
            self.box.addWidget(box)
        row = QHBoxLayout()
        self.change = named_button(words.text("Change my passphrase"))
        self.renew = named_button(words.text("Another phone, or new codes"))
        on_press(self.change, partial(self._open, is_passphrase=True))
        on_press(self.renew, partial(self._open, is_passphrase=False))
        for button in (self.change, self.renew):
            button.setEnabled(False)
            row.addWidget(button)
        row.addStretch()
        self.box.addLayout(row)
        self.current, self.confirm = QLineEdit(), QLineEdit()
        for field in (self.current, self.confirm):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.form, self.proof = PassphraseForm(words), ProofForm(words, theme)
        self._phrase_part = self._make_phrase_part()
        self._proof_part = self._make_proof_part()
        for part in (self._phrase_part, self._proof_part):
            self.box.addWidget(part)
            part.hide()
        self._join()

    def refresh(self) -> None:
        """Read how one signs in."""
        self._background.run(lambda: own.sign_in_state(self._desk), self._show, note)

    def _make_phrase_part(self) -> QWidget:
        words, part = self._words, QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 8, 0, 0)
        lines.addWidget(field_label(words.text("Your passphrase now"), self.current))
        lines.addWidget(self.current)
        lines.addWidget(self.form)
        self.set = PrimaryButton(words.text("Set the new passphrase"))
        self.set.setAccessibleName(words.text("Set the new passphrase"))
        lines.addLayout(self._foot(self.set))
        lines.addWidget(muted(words.text(
            "Other computers of the department take the new one after you have signed in here "
            "again and the next exchange has come."
        )))  # fmt: skip
        return part

    def _make_proof_part(self) -> QWidget:
        words, part = self._words, QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 8, 0, 0)
        lines.addWidget(field_label(words.text("Your passphrase"), self.confirm))
        lines.addWidget(self.confirm)
        told = words.text("A new phone or sheet makes the one before worthless.")
        lines.addWidget(muted(told))
        lines.addWidget(self.proof)
        lines.addLayout(self._foot(None))
        return part

    def _foot(self, main: PrimaryButton | None) -> QHBoxLayout:
        row = QHBoxLayout()
        if main is not None:
            row.addWidget(main)
        cancel = named_button(self._words.text("Cancel"))
        on_press(cancel, self._close)
        row.addWidget(cancel)
        row.addStretch()
        return row

    def _join(self) -> None:
        desk, run, language = self._desk, self._background.run, self._words.language
        self.form.suggestion_asked.connect(
            lambda: run(lambda: own.suggestion(desk), self.form.suggest, self._on_failed)
        )
        self.set.clicked.connect(self._on_set)
        self.form.handed_in.connect(self._on_set)
        self.proof.phone_asked.connect(
            lambda: run(lambda: own.offer_phone(desk), self.proof.show_phone, self._on_failed)
        )
        self.proof.sheet_asked.connect(
            lambda: run(
                lambda: own.offer_sheet(desk, language), self.proof.show_sheet, self._on_failed
            )
        )
        self.proof.confirmed.connect(self._on_proof)
        self.proof.bring_out = self._bring_out

    def _show(self, state: SignInState) -> None:
        words, self._state = self._words, state
        since = short_date(state.since[:10], words.language) if state.since else ""
        told = [words.text("Your passphrase is of {day}.", day=since)] if since else []
        if not state.is_code_asked:
            told.append(words.text("Your department does not ask for a second proof."))
        elif state.has_phone:
            told.append(words.text("Second proof: your phone."))
        if state.codes_left:
            told.append(words.plural(
                "{n} printed code is left.", "{n} printed codes are left.", state.codes_left
            ))  # fmt: skip
        self.told.setText(" ".join(told))
        self.change.setEnabled(True)
        self.renew.setEnabled(True)
        self.renew.setVisible(state.is_code_asked)

    def _open(self, *, is_passphrase: bool) -> None:
        self._close()
        self.good.say("")
        if self._state is None:
            return
        policy = self._state.policy
        self.form.begin(self._state.least, may_show=policy.may_show)
        (self._phrase_part if is_passphrase else self._proof_part).show()
        field = self.current if is_passphrase else self.confirm
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        for field in (self.current, self.confirm):
            field.clear()
        self.form.forget()
        self.proof.forget()
        self.error.say("")
        for part in (self._phrase_part, self._proof_part):
            part.hide()

    def _on_set(self) -> None:
        words, old = self._words, self.current.text()
        problem = self.form.problem()
        if not old:
            problem = words.text("Enter the passphrase that you have now."), self.current
        if problem is not None:
            told, field = problem
            self.error.say(told)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        new = self.form.new.text()
        done = words.text("Your passphrase is new. Sign in with it the next time.")
        self._do(lambda: own.change_passphrase(self._desk, old, new), done)

    def _on_proof(self, code: str) -> None:
        words, phrase = self._words, self.confirm.text()
        if not phrase:
            self.error.say(words.text("Enter your passphrase."))
            self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        done = words.text("Set up. From now on only this one is good.")
        self._do(lambda: own.keep_proof(self._desk, phrase, code), done)

    def _do(self, act: Callable[[], None], done: str) -> None:
        self.setEnabled(False)
        self._background.run(act, lambda _nothing: self._on_done(done), self._on_failed)

    def _on_done(self, done: str) -> None:
        self.setEnabled(True)
        self._close()
        self.good.say(done)
        self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        if isinstance(error, WrongCode):
            self.proof.refuse(error)
            return
        self.error.tell(error)

    def _bring_out(self, paper: bytes, to_file: bool) -> bool:
        if to_file:
            return save_pdf(self, paper, JOB_NAME, self._words)
        printers = self._desk.agency.printers
        return print_pdf(self, paper, JOB_NAME, self._words, printers).is_printed
