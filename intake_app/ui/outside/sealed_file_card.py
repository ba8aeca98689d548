"""A sealed file for somebody outside: for whom, what leaves, where to, and its receipt."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.disclosure import Recipient, RecipientKind
from intake_app.domain.errors import PacketNeedsRequest
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.sharing.disclosure_content import WouldLeave
from intake_app.services.sharing.sealed_bundles import (
    Made,
    make_disclosure,
    recipients_for,
    save_disclosure,
    what_would_leave,
)
from intake_app.ui.background import Background
from intake_app.ui.button_row import ButtonRow
from intake_app.ui.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.errors import note, sentence_for
from intake_app.ui.form.form_view import bring_into_view
from intake_app.ui.labels import field_label, muted
from intake_app.ui.leaving_panel import LeavingPanel
from intake_app.ui.names import NameSwitch
from intake_app.ui.outside.receipt_button import ReceiptButton
from intake_app.ui.picker import Picker
from intake_app.ui.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


def seals_files(desk: Desk) -> bool:
    """Whether this person can seal files for people outside."""
    return desk.outsiders is not None and may(desk.person.roles, May.DISCLOSE)


class SealedFileCard(Card):
    """The card. It works by itself: the page around it only reads anew when something changed.

    Signals:
        changed: A file left, or a receipt came; both stand in the accounting.

    Attributes:
        begin: Begins a file.
        receipt: Brings in a receipt.
        to: For whom.
        panel: What leaves, where a consent allows it.
        request: Why the prosecutor's office asks, where the case did not go back.
        seal: Seals and writes it.
        leave: Does not.
        good: What was done.
        error: What went wrong.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, record: RecordId, background: Background, words: Words, theme: Theme,
        names: NameSwitch,
    ) -> None:  # fmt: skip
        say = words.text
        super().__init__(say("Sealed file"))
        self._desk, self._record, self._background = desk, record, background
        self._words, self._theme = words, theme
        self._shown: WouldLeave | None = None
        self._made: Made | None = None
        self.good, self.error = MessageBox(theme, "ok"), MessageBox(theme, "error")
        self.begin = named_button(say("Sealed file for…"))
        self.receipt = ReceiptButton(desk, background, words)
        self.to = Picker()
        self.panel = LeavingPanel(theme, words, names)
        self.request = QLineEdit()
        self.seal = PrimaryButton(say("Seal and save…"), theme)
        self.leave = named_button(say("Cancel"))
        self._inside, self._lines = QWidget(), QVBoxLayout()
        self._asked = QWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        say, gap = self._words.text, self._theme.px(10)
        told = say("Only the recipient can open it, with their own key. Whoever carries it reads "
                   "nothing.")  # fmt: skip
        self.box.addWidget(muted(told))
        for box in (self.good, self.error):
            self.box.addWidget(box)
        self.box.addWidget(ButtonRow(self._theme.px(8), (self.begin, self.receipt)))
        self.seal.setAccessibleName(self.seal.text())
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(field_label(say("Why does their office ask for it?"), self.request))
        asked.addWidget(self.request)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addWidget(field_label(say("For whom?"), self.to))
        column.addWidget(self.to)
        column.addWidget(self.panel)
        column.addLayout(self._lines)
        column.addWidget(self._asked)
        column.addWidget(ButtonRow(self._theme.px(8), (self.seal, self.leave)))
        self._inside.hide()
        self._asked.hide()
        self.box.addWidget(self._inside)

    def _connect(self) -> None:
        on_press(self.begin, self._on_begin)
        on_press(self.seal, self._on_seal)
        on_press(self.leave, self._close)
        self.to.currentIndexChanged.connect(self._on_chosen)
        self.receipt.noted.connect(self._on_receipt)
        self.receipt.failed.connect(self._fail)

    # --- for whom -----------------------------------------------------------------------------

    def _on_begin(self) -> None:
        self.good.say("")
        self.error.say("")
        desk, record = self._desk, self._record
        self._background.run(lambda: recipients_for(desk, record), self._offer, self._fail)

    def _offer(self, found: Sequence[Recipient]) -> None:
        if not found:
            self.error.say(self._words.text(
                "Nobody is entered yet to whom this could be sealed. An administrator enters them "
                "under Recipients."
            ))  # fmt: skip
            return
        self._made = None
        self.to.blockSignals(True)
        self.to.clear()
        for one in found:
            self.to.addItem(one.name, one.id)
        self.to.blockSignals(False)
        self._inside.show()
        self.to.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_chosen()
        bring_into_view(self._inside)

    def _on_chosen(self, _index: int = 0) -> None:
        self._show(None)
        desk, record, to = self._desk, self._record, str(self.to.currentData())
        self._background.run(lambda: what_would_leave(desk, record, to), self._show, self._fail)

    # --- what leaves --------------------------------------------------------------------------

    def _show(self, would: WouldLeave | None) -> None:
        """Show what would leave; None: nobody knows yet."""
        if would is not None and would.recipient.id != self.to.currentData():
            return  # an answer about somebody who was chosen before
        self._shown = would
        clear(self._lines)
        is_case = would is not None and would.recipient.kind is RecipientKind.PROSECUTOR
        self.panel.show_leaving(None if would is None or is_case else would.leaving)
        if would is None or not would.leaving.is_covered:
            self.seal.setEnabled(False)
            return
        self.seal.setEnabled(True)
        for line in self._case_lines(would) if is_case else self._care_lines(would):
            self._lines.addWidget(muted(line))
        day = short_date(would.expires, self._words.language)
        self._lines.addWidget(muted(self._words.text("To be opened by {day}.", day=day)))

    def _care_lines(self, would: WouldLeave) -> list[str]:
        say = self._words.text
        titles = ", ".join(f"{one.title} ({one.number})" for one in would.papers)
        return [say("Papers with it: {titles}.", titles=titles)] if titles else []

    def _case_lines(self, would: WouldLeave) -> list[str]:
        say = self._words.text
        labels = ", ".join(dict.fromkeys(one.question for one in would.said if one.answer))
        told = (
            say("Of treatment: the status word only, with the notice and a copy of the consent.")
            if would.under is not None
            else say("Of treatment nothing: no consent to report back names this office.")
        )
        return [
            say("What leaves this computer: the packet, and in words: {answers}.", answers=labels),
            told,
        ]  # fmt: skip

    # --- sealing ------------------------------------------------------------------------------

    def _on_seal(self) -> None:
        if self._shown is None:
            return
        title = self._words.text("Choose the stick or folder for the sealed file")
        folder = QFileDialog.getExistingDirectory(self, title)
        if not folder:
            return
        if self._made is not None:
            self._save(self._made, Path(folder))
            return
        desk, shown, record = self._desk, self._shown, self._record
        request = self.request.text().strip()
        self.seal.setEnabled(False)
        self._background.run(
            lambda: make_disclosure(desk, shown, record, request=request),
            lambda made: self._on_made(made, Path(folder)), self._fail,
        )  # fmt: skip

    def _on_made(self, made: Made, folder: Path) -> None:
        """It is noted from here on, whatever becomes of the file: another folder can be tried."""
        self._made = made
        self.changed.emit()
        self._save(made, folder)

    def _save(self, made: Made, folder: Path) -> None:
        desk = self._desk
        self.seal.setEnabled(False)
        self._background.run(
            lambda: save_disclosure(desk, made, folder), partial(self._on_saved, made), self._fail
        )

    def _on_saved(self, made: Made, path: Path) -> None:
        self._close()
        self.error.say("")
        self.good.say(self._words.text(
            "The sealed file for {name} lies in {folder}: {file}. It was read back, and that it "
            "leaves is noted.",
            name=made.recipient.name, folder=str(path.parent), file=path.name,
        ))  # fmt: skip
        bring_into_view(self.good)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a file that is begun."""
        if event.key() == Qt.Key.Key_Escape and self._inside.isVisible():
            self._close()
        else:
            super().keyPressEvent(event)

    # --- the rest -----------------------------------------------------------------------------

    def _on_receipt(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)
        self.changed.emit()

    def _close(self) -> None:
        self._made = None
        self._shown = None
        self._asked.hide()
        self.request.clear()
        self._inside.hide()
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: BaseException) -> None:
        note(error)
        self.good.say("")
        self.seal.setEnabled(self._shown is not None)
        if isinstance(error, PacketNeedsRequest):
            self._asked.show()
            self.request.setFocus(Qt.FocusReason.OtherFocusReason)
        self.error.say(sentence_for(error, self._words))
        bring_into_view(self.error)
