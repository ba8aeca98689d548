"""Differences: two people wrote different things; one at a time, both side by side.

Nothing is lost by leaving one for later, and that is what the main button does. Everything works by
keys: arrows choose an answer, Return leaves it for later or saves what was chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.disputes.disputes import disputes, postpone
from intake_app.services.disputes.settling import settle
from intake_app.services.disputes.sheet import print_dispute
from intake_app.services.disputes.words import Told, tell
from intake_app.services.people.same_elsewhere import Pair, same_elsewhere, say_two
from intake_app.ui.differences.difference_card import DifferenceCard
from intake_app.ui.differences.pairs_card import PairsCard
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import MessageBox, named_button, on_press
from intake_app.ui.parts.cursor import hand_cursor_by, has_cursor
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

_JOB = "differences"
"""Title of the print job: it names nobody."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page shows; read in one job."""

    told: Sequence[Told]
    pairs: Sequence[Pair]


class DifferencesPage(QWidget):
    """One difference with both answers; under it people who may be one.

    Signals:
        record_asked: Open this intake or case (record id).
        folder_asked: Open this intake at a tab (record id, tab id).
        refreshed: It shows what the files hold now.

    Attributes:
        card: The difference.
        pairs: People who may be one.
        later: Leaves it for later; the main button.
        save: Saves what was chosen.
        print: Prints it.
        next: Shows the next one; nothing is noted.
        show_names: Shows names, or hides them.
        good, error: What came of a press.
    """

    record_asked = Signal(str)
    folder_asked = Signal(str, str)
    refreshed = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, names: NameSwitch
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._names = desk, background, words, names
        self._told: Sequence[Told] = ()
        self._at = 0
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.card = DifferenceCard(Setting(words, theme, desk.clock), names)
        self.pairs = PairsCard(words, theme, names)
        self._build(theme)

    def refresh(self) -> None:
        """Read anew what differs; the one that is shown stays, where it still differs."""
        self._background.run(self._read, self._show, self._fail)

    # --- making -----------------------------------------------------------------------------

    def _build(self, theme: Theme) -> None:
        say = self._words.text
        self.frame = PageFrame(theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        self.show_names = self._names.button(self._words)
        self.frame.head.side.addWidget(self.show_names, 0, Qt.AlignmentFlag.AlignRight)
        self.later = self.frame.primary(say("Leave for later"))
        self.save = self.frame.button(say("Save what holds"))
        self.print, self.open, self.next = (
            named_button(text, "small")
            for text in (say("Print"), say("Open the record"), say("Next"))
        )
        beside = ButtonRow(theme.px(10), (self.next, self.open, self.print))
        for part in (self.error, self.good, beside, self.card, self.pairs):
            self.frame.body.addWidget(part)
        self.frame.body.addStretch(1)
        for button in (self.later, self.save):
            self.frame.foot.addWidget(button)
        self.frame.foot.addStretch(1)
        on_press(self.later, self._on_later)
        on_press(self.save, self._on_save)
        on_press(self.print, self._on_print)
        on_press(self.open, lambda: self.record_asked.emit(self._now().intake))
        on_press(self.next, self._go_on)
        self.card.chosen.connect(self._offer)
        self.card.opened.connect(self.record_asked)
        self.frame.entered.connect(self._on_entered)
        hand_cursor_by(self, lambda: self.later if self.later.isVisible() else self.show_names)
        self.pairs.opened.connect(self._on_opened)
        self.pairs.parted.connect(self._on_parted)

    # --- showing ----------------------------------------------------------------------------

    def _read(self) -> _Found:
        desk = self._desk
        pairs = same_elsewhere(desk) if may(desk.person.roles, May.MERGE_PEOPLE) else ()
        return _Found([tell(desk, one, self._words) for one in disputes(desk)], pairs)

    def _show(self, found: _Found) -> None:
        shown = self._now().dispute if self._told else None
        self._told = found.told
        keys = [(one.dispute.record, one.dispute.name) for one in found.told]
        if shown is not None and (shown.record, shown.name) in keys:
            self._at = keys.index((shown.record, shown.name))
        self.pairs.show_pairs(found.pairs)
        self._show_one()
        self.refreshed.emit()

    def _show_one(self) -> None:
        words, count = self._words, len(self._told)
        self._at = self._at % count if count else 0
        said = words.text("Nothing differs. What people wrote on all computers fits together.")
        if count:
            said = words.text("{n} of {count}", n=self._at + 1, count=count)
        self.frame.head.say(words.text("Differences"), said)
        self.card.setVisible(bool(count))
        if count:
            self.card.show_told(self._now())
        self._offer()

    def _now(self) -> Told:
        return self._told[self._at]

    def _offer(self) -> None:
        told = self._now() if self._told else None
        had_cursor = has_cursor(self)
        self.frame.footer.setVisible(told is not None)
        self.later.setVisible(told is not None)
        self.print.setVisible(told is not None)
        self.save.setVisible(told is not None and told.may_settle)
        self.save.setEnabled(told is not None and self.card.answer() is not None)
        self.open.setVisible(told is not None and bool(told.intake))
        self.next.setVisible(len(self._told) > 1)
        if had_cursor and not has_cursor(self):  # Qt hands it to the rail when a button goes
            self.setFocus()

    # --- acting -----------------------------------------------------------------------------

    def _on_entered(self) -> None:
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit)
        if self.save.isVisible() and self.save.isEnabled():
            self._on_save()
        elif self._told and not is_typing:  # half a word is not left behind by a key
            self._on_later()

    def _on_later(self) -> None:
        desk, dispute = self._desk, self._now().dispute

        def done(_: object) -> None:
            self._say(self._words.text("Left for later. Nothing was changed."))
            self._go_on()

        self._background.run(lambda: postpone(desk, dispute.record, dispute.name), done, self._fail)

    def _on_save(self) -> None:
        desk, dispute, answer = self._desk, self._now().dispute, self.card.answer()
        if answer is None:
            return

        def done(_: object) -> None:
            self._say(self._words.text("Saved. What was written before stays in the history."))
            self.later.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refresh()

        self._background.run(
            lambda: settle(desk, dispute.record, dispute.name, answer), done, self._fail
        )

    def _on_print(self) -> None:
        desk, dispute = self._desk, self._now().dispute
        sheet = BlankSheet(self, self._words, desk.agency.printers, self._fail)
        self._background.run(
            lambda: print_dispute(desk, dispute.record, dispute.name),
            lambda data: sheet.give_out(data, _JOB), self._fail,
        )  # fmt: skip

    def _go_on(self) -> None:
        self._at += 1
        self._show_one()
        self.refreshed.emit()

    def _on_opened(self, intake: str) -> None:
        self.folder_asked.emit(intake, "person")

    def _on_parted(self, intake: str, other: str) -> None:
        desk, pair = self._desk, self.pairs.pair(intake, other)

        def done(_: object) -> None:
            self._say(self._words.text("Noted. These two are not suggested again."))
            self.refresh()

        self._background.run(
            lambda: say_two(desk, pair.intake.record, pair.other.record), done, self._fail
        )

    def _say(self, text: str) -> None:
        self.error.say("")
        self.good.say(text)

    def _fail(self, error: BaseException) -> None:
        self.error.tell_in_view(error)
        self.refreshed.emit()
