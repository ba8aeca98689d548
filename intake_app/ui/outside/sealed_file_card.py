"""A sealed file for somebody outside: for whom, what leaves, where to, and its receipt."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

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
from intake_app.ui.outside.receipt_button import ReceiptButton
from intake_app.ui.outside.sealing_card import Make, SealingCard
from intake_app.ui.papers.leaving_panel import LeavingPanel
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import named_button, on_press
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


def seals_files(desk: Desk) -> bool:
    """Whether this person can seal files for people outside."""
    return desk.outsiders is not None and may(desk.person.roles, May.DISCLOSE)


class SealedFileCard(SealingCard):
    """The card. It works by itself: the page around it only reads anew when something changed.

    Signals:
        changed: A file left, or a receipt came; both stand in the accounting.

    Attributes:
        begin: Begins a file.
        receipt: Brings in a receipt.
        to: For whom.
        panel: What leaves, where a consent allows it.
        request: Why the prosecutor's office asks, where the case did not go back.
        leave: Does not.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, record: RecordId, background: Background, words: Words, theme: Theme,
        names: NameSwitch,
    ) -> None:  # fmt: skip
        say, leave = words.text, named_button(words.text("Cancel"))
        super().__init__(
            say("Sealed file"), lambda made, folder: save_disclosure(desk, made, folder),
            background, words, theme, (leave,),
        )  # fmt: skip
        self.leave = leave
        self._desk, self._record, self._theme = desk, record, theme
        self._shown: WouldLeave | None = None
        self.begin = named_button(say("Sealed file for…"))
        self.receipt = ReceiptButton(desk, background, words)
        self.to = Picker()
        self.panel = LeavingPanel(theme, words, names)
        self.request = QLineEdit()
        self._asked = QWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        say = self._words.text
        told = say("Only the recipient can open it, with their own key. Whoever carries it reads "
                   "nothing.")  # fmt: skip
        self.box.addWidget(muted(told))
        for box in (self.good, self.error):
            self.box.addWidget(box)
        self.box.addWidget(ButtonRow(self._theme.px(8), (self.begin, self.receipt)))
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(field_label(say("Why does their office ask for it?"), self.request))
        asked.addWidget(self.request)
        self._asked.hide()
        for part in (field_label(say("For whom?"), self.to), self.to, self.panel):
            self.above.addWidget(part)
        self.below.addWidget(self._asked)
        self.box.addWidget(self.found)

    def _connect(self) -> None:
        on_press(self.begin, self._on_begin)
        on_press(self.leave, self.forget)
        self.to.currentIndexChanged.connect(self._on_chosen)
        self.request.textChanged.connect(self._on_request)
        self.noted.connect(self.changed)
        self.receipt.noted.connect(self._on_receipt)
        self.receipt.failed.connect(self.fail)

    # --- for whom -----------------------------------------------------------------------------

    def _on_begin(self) -> None:
        self.good.say("")
        self.error.say("")
        desk, record = self._desk, self._record
        self._background.run(lambda: recipients_for(desk, record), self._offer, self.fail)

    def _offer(self, found: Sequence[Recipient]) -> None:
        if not found:
            self.error.say(self._words.text(
                "Nobody is entered yet to whom this could be sealed. An administrator enters them "
                "under Recipients."
            ))  # fmt: skip
            return
        self.forget()
        self.to.blockSignals(True)
        self.to.clear()
        for one in found:
            self.to.addItem(one.name, one.id)
        self.to.blockSignals(False)
        self.found.show()
        self.to.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_chosen()
        bring_into_view(self.found)

    def _on_chosen(self, _index: int = 0) -> None:
        self._show(None)
        self.let_go()  # that was for somebody else
        desk, record, to = self._desk, self._record, str(self.to.currentData())
        self._background.run(lambda: what_would_leave(desk, record, to), self._show, self.fail)

    # --- what leaves --------------------------------------------------------------------------

    def _show(self, would: WouldLeave | None) -> None:
        """Show what would leave; None: nobody knows yet."""
        if would is not None:
            is_late = self.found.isHidden() or would.recipient.id != self.to.currentData()
            if is_late:  # an answer about somebody who was chosen before
                return
        self._shown = would
        is_case = would is not None and would.recipient.kind is RecipientKind.PROSECUTOR
        self.panel.show_leaving(None if would is None or is_case else would.leaving)
        if would is None or not would.leaving.is_covered:
            self.show_leaving((), None)
            return
        lines = self._case_lines(would) if is_case else self._care_lines(would)
        day = short_date(would.expires, self._words.language)
        lines.append(self._words.text("To be opened by {day}.", day=day))
        self.show_leaving(lines, self._making(would))

    def _making(self, would: WouldLeave) -> Make:
        desk, record, request = self._desk, self._record, self.request.text().strip()
        return lambda: make_disclosure(desk, would, record, request=request)

    def _on_request(self, _typed: str) -> None:
        if self._shown is not None and self.is_shown:
            self._make = self._making(self._shown)

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

    def said_of(self, made: Made, path: Path) -> str:
        """What was done, and for whom."""
        return self._words.text(
            "The sealed file for {name} lies in {folder}: {file}. It was read back, and that it "
            "leaves is noted.",
            name=made.recipient.name, folder=str(path.parent), file=path.name,
        )  # fmt: skip

    def forget(self) -> None:
        """Nothing is begun any more; the cursor is where it began."""
        was_begun = not self.found.isHidden()
        super().forget()
        self._shown = None
        self._asked.hide()
        self.request.clear()
        if was_begun:
            self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, error: BaseException) -> None:
        """Say what went wrong, and ask for what is missing."""
        super().fail(error)
        if isinstance(error, PacketNeedsRequest):
            self._asked.show()
            self.request.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a file that is begun."""
        if event.key() == Qt.Key.Key_Escape and self.found.isVisible():
            self.forget()
        else:
            super().keyPressEvent(event)

    # --- the rest -----------------------------------------------------------------------------

    def _on_receipt(self, said: str) -> None:
        self.error.say("")
        self.good.say(said)
        self.changed.emit()
