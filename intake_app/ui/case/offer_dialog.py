"""Noting in two keystrokes that diversion was not offered, or that somebody declined it.

The first key opens the dialog, the second is the key of a reason: 1 to 9, then A to Z, so that each
reason has exactly one. It saves at once, unless the code asks for words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import ClassVar, Final, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.form import Choice, Field
from intake_app.services.case.offers import (
    NOTHING_KNOWN,
    TEXT_MOST,
    Offer,
    OfferOutcome,
    note_declined,
    note_not_offered,
    open_offers,
    reasons,
    take_back,
)
from intake_app.services.citing.offer_details import add_details, detail_questions
from intake_app.services.desk import Desk
from intake_app.ui.case.offer_details import OfferDetails
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import (
    MessageBox,
    PrimaryButton,
    clear,
    make_button,
    named_button,
    on_press,
)
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, heading, muted
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark

KEYS: Final = "123456789" + ascii_uppercase
"""The key of each reason, in the order of the table."""

_NOTES: Final = {
    OfferOutcome.NOT_OFFERED: note_not_offered,
    OfferOutcome.DECLINED: note_declined,
}


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the dialog shows; read in one job."""

    reasons: tuple[Choice, ...]
    waiting: Sequence[Offer]
    questions: tuple[Field, ...]


class OfferDialog(QDialog):
    """Asks for a coded reason and saves; the subclass says of which outcome.

    Signals:
        listed: The reasons are on the screen.
        saved: An entry was saved (an `Offer`).
        taken_back: The entry was taken out again.
        told: Details of an entry were kept.

    Attributes:
        about: What the contact was about, where it is known; saved with the entry.
        buttons: The reasons by code.
        text: The explanation, where a code asks for one.
        said: Says that it was saved.
        error: Says why it was not.
        details: Questions that may follow.
    """

    outcome: ClassVar[OfferOutcome]
    title: ClassVar[str]
    question: ClassVar[str]

    listed = Signal()
    saved = Signal(object)
    taken_back = Signal()
    told = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self.about = NOTHING_KNOWN
        self.buttons: dict[str, QPushButton] = {}
        self._lists: _Lists | None = None
        self._typed = ""  # keys that came before the reasons
        self._chosen: Choice | None = None
        self._offer: Offer | None = None
        self._is_saving = False
        self.setWindowTitle(words.text(self.title))
        wanted = QSize(theme.px(620), theme.px(700))
        room = parent.window().size() if parent else wanted  # in large text the list scrolls
        self.resize(wanted.boundedTo(room))
        self.error, self.said = FailureBox(theme, words), MessageBox(theme, "ok")
        self.details = OfferDetails(desk.clock, words, theme)
        self._stack = QStackedWidget()
        self._pages = [self._reasons_page(), self._text_page(), self._saved_page(), self.details]
        for page in self._pages:
            self._stack.addWidget(page)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 20, 24, 16)
        lines.setSpacing(10)
        lines.addWidget(self.error)
        lines.addWidget(self.said)
        lines.addWidget(self._stack, 1)
        self.details.agreed.connect(self._on_details)
        self.details.left.connect(self.accept)
        self._ask()

    # --- making -------------------------------------------------------------------------------

    def _reasons_page(self) -> QWidget:
        page, inside = QWidget(), QWidget()
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(heading(self._words.text(self.question), 2))
        lines.addWidget(muted(self._words.text("Press the key of a reason. No name is kept.")))
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        lines.addWidget(scrolled(inside), 1)
        row = QHBoxLayout()
        self.waiting = make_button("", "link")
        self.waiting.hide()
        on_press(self.waiting, self._on_waiting)
        self.cancel = named_button(self._words.text("Cancel"))
        on_press(self.cancel, self.reject)
        row.addWidget(self.waiting)
        row.addStretch()
        row.addWidget(self.cancel)
        lines.addLayout(row)
        return page

    def _text_page(self) -> QWidget:
        page, words = QWidget(), self._words
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        self._reason = heading("", 2)
        self.text = QLineEdit()
        self.text.setMaxLength(TEXT_MOST)
        hint = words.text("A few words. No names, no birth dates, nothing about health.")
        lines.addWidget(self._reason)
        lines.addWidget(field_label(words.text("Explain"), self.text, hint))
        lines.addWidget(muted(hint))
        lines.addWidget(self.text)
        row = QHBoxLayout()
        self.back, self.save = named_button(words.text("Back")), PrimaryButton(words.text("Save"))
        self.save.setAccessibleName(words.text("Save"))
        row.addStretch()
        row.addWidget(self.back)
        row.addWidget(self.save)
        on_press(self.back, lambda: self._show(0))
        on_press(self.save, self._on_explained)
        self.text.returnPressed.connect(self._on_explained)
        lines.addLayout(row)
        lines.addStretch(1)
        return page

    def _saved_page(self) -> QWidget:
        page, words = QWidget(), self._words
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        self._kept = muted("")
        self.add = named_button(words.text("Add details"))
        self.undo = named_button(words.text("Take it back"))
        self.close_it = PrimaryButton(words.text("Close"))
        self.close_it.setAccessibleName(words.text("Close"))
        lines.addWidget(self._kept)
        hours = self._desk.agency.shift_hours
        lines.addWidget(muted(words.plural(
            "Details may follow for {n} hour.", "Details may follow for {n} hours.", hours
        )))  # fmt: skip
        row = QHBoxLayout()
        for button in (self.add, self.undo):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_it)
        lines.addLayout(row)
        lines.addStretch(1)
        on_press(self.add, self._on_add)
        on_press(self.undo, self._on_undo)
        on_press(self.close_it, self.accept)
        return page

    def _show(self, place: int) -> None:
        self.error.say("")
        self._stack.setCurrentIndex(place)
        first = [next(iter(self.buttons.values()), self.cancel), self.text, self.close_it, None]
        if (widget := first[place]) is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the reasons --------------------------------------------------------------------------

    def _ask(self) -> None:
        def read() -> _Lists:
            desk = self._desk
            waiting = [offer for offer in open_offers(desk) if offer.outcome is self.outcome]
            return _Lists(reasons(desk, self.outcome), waiting, detail_questions(desk))

        self._background.run(read, self._on_read, self._on_failed)

    def _on_read(self, lists: _Lists) -> None:
        self._lists = lists
        clear(self._list)
        self.buttons = {}
        for key, choice in zip(KEYS, lists.reasons, strict=False):
            said = choice.label.said_in(self._words.language)
            button = make_button(f"{key}   {said.replace('&', '&&')}", "row")
            button.setAccessibleName(said)
            button.setAccessibleDescription(self._words.text("Key {key}", key=key))
            on_press(button, lambda choice=choice: self._on_chosen(choice))
            self.buttons[choice.id] = button
            self._list.addWidget(button)
            button.show()  # now, so that it can take the cursor
        self._list.addStretch(1)
        self._say_waiting()
        self._show(0)
        if not lists.reasons:
            self.error.say(
                self._words.text("The list of reasons is missing. Tell your administrator.")
            )
        self.listed.emit()
        early, self._typed = self._typed, ""
        for key in early[:1]:
            self._press(key)

    def _say_waiting(self) -> None:
        n = len(self._lists.waiting) if self._lists else 0
        said = self._words.plural(
            "Add details to {n} earlier entry", "Add details to {n} earlier entries", n
        )
        self.waiting.setText(said)
        self.waiting.setAccessibleName(said)
        self.waiting.setVisible(n > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of a reason chooses it, Return the one with the cursor; Escape leaves."""
        key, on = event.text().upper(), self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and on in self.buttons.values():
            cast("QPushButton", on).click()
            return
        is_plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if self._stack.currentIndex() == 0 and is_plain and key and key in KEYS:
            self._press(key)
            return
        super().keyPressEvent(event)

    def _press(self, key: str) -> None:
        if self._lists is None:
            self._typed += key
            return
        at = KEYS.index(key)
        if at < len(self._lists.reasons):
            self._on_chosen(self._lists.reasons[at])

    def _on_chosen(self, choice: Choice) -> None:
        self._chosen = choice
        if not choice.needs_text:
            self._save("")
            return
        self._reason.setText(choice.label.said_in(self._words.language))
        self.text.clear()
        self._show(1)

    def _on_explained(self) -> None:
        self._save(self.text.text())

    # --- saving -------------------------------------------------------------------------------

    def _save(self, text: str) -> None:
        if self._is_saving or self._chosen is None:
            return
        self._is_saving = True
        code, about, save = self._chosen.id, self.about, _NOTES[self.outcome]
        self._background.run(
            lambda: save(self._desk, code, text, about), self._on_saved, self._on_failed
        )

    def _on_saved(self, offer: Offer) -> None:
        self._is_saving, self._offer = False, offer
        self._kept.setText(self._said_of(offer))
        self.said.say(self._words.text("Saved."))
        self._show(2)
        self.saved.emit(offer)

    def _on_failed(self, error: BaseException) -> None:
        self._is_saving = False
        self.error.tell(error)

    def _on_undo(self) -> None:
        if self._offer is not None:
            ident = self._offer.id
            self._background.run(
                lambda: take_back(self._desk, ident), self._on_undone, self._on_failed
            )

    def _on_undone(self, _nothing: None) -> None:
        self._offer = None
        self.said.say(self._words.text("Taken back."))
        self._show(0)
        self.taken_back.emit()

    # --- details ------------------------------------------------------------------------------

    def _on_add(self) -> None:
        if self._offer is not None:
            self._ask_details(self._offer)

    def _on_waiting(self) -> None:
        if self._lists and self._lists.waiting:
            self._ask_details(self._lists.waiting[0])

    def _ask_details(self, offer: Offer) -> None:
        self._offer = offer
        self.said.say("")
        self._show(3)
        self.details.ask(offer, self._said_of(offer), self._lists.questions if self._lists else ())

    def _on_details(self) -> None:
        if self._offer is None:
            return
        ident, answers = self._offer.id, self.details.answers()
        self._background.run(
            lambda: add_details(self._desk, ident, answers), self._on_told, self._on_failed
        )

    def _on_told(self, _nothing: None) -> None:
        self.told.emit()
        self.accept()

    def _said_of(self, offer: Offer) -> str:
        known = self._lists.reasons if self._lists else ()
        labels = {choice.id: choice.label.said_in(self._words.language) for choice in known}
        label = labels.get(offer.reason, "")
        return f"{label}: {offer.text}" if label and offer.text else label


class NotOfferedDialog(OfferDialog):
    """Somebody was eligible, and diversion was not offered."""

    outcome = OfferOutcome.NOT_OFFERED
    title = mark("Not offered")
    question = mark("Why was it not offered?")


class DeclinedDialog(OfferDialog):
    """Diversion was offered, and the person said no."""

    outcome = OfferOutcome.DECLINED
    title = mark("Declined")
    question = mark("Why did the person say no?")
