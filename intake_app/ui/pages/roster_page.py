"""Who can be called now, by what for; each call and arrival is logged with one key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.entry import show_phone
from intake_app.domain.errors import BadEntry
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May, may
from intake_app.domain.roster import CallResult, OnCallRole, RosterCall, RosterEntry
from intake_app.services.desk import Desk
from intake_app.services.providers.roster import calls, keep_roster_entry, log_call, whole_roster
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, Chip, clear, make_button
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.lists import end_rows
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.providers.roster_dialog import RosterDialog
from intake_app.ui.providers.roster_words import KEY_OF, RESULT_WORDS, ROLE_WORDS
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, time_in_words


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    entries: Sequence[RosterEntry]
    last: Mapping[RecordId, RosterCall]


class RosterPage(QWidget):
    """The roster.

    Signals:
        refreshed: It shows what the file holds now.
        logged: A call was logged.
    """

    refreshed = Signal()
    logged = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        roles = desk.person.roles
        self._may_log, self._may_keep = may(roles, May.LOG_CALL), may(roles, May.KEEP_ROSTER)
        self.dialog: RosterDialog | None = None
        self.setObjectName("page")
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        head = QHBoxLayout()
        head.addWidget(heading(words.text("Roster")), 1)
        if self._may_keep:
            self.add = make_button(words.text("Add…"))
            self.add.setAccessibleName(words.text("Add to the roster"))
            self.add.clicked.connect(lambda: self.edit(None))
            head.addWidget(self.add)
        lines.addLayout(head)
        if self._may_log:
            told = words.text(
                "Press the letter on a button while its line is marked to log a call."
            )
            lines.addWidget(muted(told))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(14)
        lines.addLayout(self._cards)
        lines.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def refresh(self) -> None:
        """Read the roster anew."""
        self._background.run(self._read, self._on_read)

    def edit(self, entry: RosterEntry | None) -> None:
        """Ask for an entry; None for a new one."""
        dialog = RosterDialog(entry, self._words, self._theme, self)
        dialog.agreed.connect(self._on_agreed)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    # --- showing ------------------------------------------------------------------------------

    def _read(self) -> _Facts:
        last = {call.entry: call for call in calls(self._desk)}
        return _Facts(whole_roster(self._desk), last)

    def _on_read(self, facts: _Facts) -> None:
        held = self._held()
        clear(self._cards)
        for role in OnCallRole:
            entries = [entry for entry in facts.entries if entry.role is role]
            shown = entries if self._may_keep else [e for e in entries if e.is_active]
            card = self._card(role, shown, facts)
            self._cards.addWidget(card)
            card.show()  # now, not with the next event: what is not shown cannot take the focus
        self._hold(held)
        self.refreshed.emit()

    def _card(self, role: OnCallRole, entries: Sequence[RosterEntry], facts: _Facts) -> Card:
        card = Card(self._words.text(ROLE_WORDS[role]))
        if not entries:
            card.box.addWidget(muted(self._words.text("Nobody is entered.")))
        for entry in entries:
            card.box.addWidget(self._line(entry, facts.last.get(entry.record)))
        end_rows(card.box)
        return card

    def _line(self, entry: RosterEntry, last: RosterCall | None) -> QFrame:
        words, frame = self._words, QFrame()
        frame.setObjectName("row")
        frame.setProperty("record", entry.record)
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(0, 6, 0, 8)
        lines.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        phone = words_label(show_phone(entry.phone), "h2", wraps=False)
        phone.setMinimumWidth(self._theme.px(180))
        row.addWidget(words_label(entry.name, "label"), 1)
        row.addWidget(phone)
        row.addWidget(self._chip(entry), 1, Qt.AlignmentFlag.AlignRight)
        lines.addLayout(row)
        if entry.note:
            lines.addWidget(muted(entry.note))
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for result in CallResult if self._may_log else ():
            keys.addWidget(self._key(entry, result, frame))
        if self._may_keep:
            change = make_button(words.text("Change…"), "small")
            change.setAccessibleName(words.text("Change {name}", name=entry.name))
            change.clicked.connect(lambda: self.edit(entry))
            keys.addWidget(change)
        if last:
            keys.addWidget(muted(self._last(last)))
        keys.addStretch()
        lines.addLayout(keys)
        return frame

    def _chip(self, entry: RosterEntry) -> Chip:
        words = self._words
        if not entry.is_active:
            return Chip(words.text("Not on the roster"), "late")
        if entry.is_on_call(self._desk.clock.local()):
            always = words.text("At any hour") if entry.is_always else words.text("On call now")
            return Chip(always, "ok")
        return Chip(words.text("Not on call now"), "plain")

    def _key(self, entry: RosterEntry, result: CallResult, line: QFrame) -> QPushButton:
        words, key = self._words, KEY_OF[result]
        said = words.text(RESULT_WORDS[result])
        made = make_button(words.text("{result} ({key})", result=said, key=key), "small")
        made.setAccessibleName(words.text("{name}: {result}", name=entry.name, result=said))
        made.setProperty("result", result.value)
        made.clicked.connect(lambda: self._log(entry, result))
        shortcut = QShortcut(QKeySequence(key), line)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._log(entry, result))
        return made

    def _last(self, call: RosterCall) -> str:
        words, language = self._words, self._words.language
        today = self._desk.clock.local().date().isoformat()
        is_today = call.at.startswith(today)
        at = time_in_words(call.at, language) if is_today else moment_in_words(call.at, language)
        result = words.text(RESULT_WORDS[call.result])
        return words.text("Last: {result}, {when}", result=result, when=at)

    def _held(self) -> tuple[str, str]:
        """Which button has the focus, by record and result, so that refreshing keeps it."""
        for line in self.findChildren(QFrame, "row"):
            for button in line.findChildren(QPushButton):
                if button.hasFocus():
                    return str(line.property("record")), str(button.property("result") or "")
        return "", ""

    def _hold(self, held: tuple[str, str]) -> None:
        for line in self.findChildren(QFrame, "row") if all(held) else ():
            for button in line.findChildren(QPushButton):
                if (line.property("record"), button.property("result")) == held:
                    button.setFocus()

    # --- writing ------------------------------------------------------------------------------

    def _log(self, entry: RosterEntry, result: CallResult) -> None:
        self._background.run(
            lambda: log_call(self._desk, RecordId(entry.record), result), self._on_logged
        )

    def _on_logged(self, _call: RosterCall) -> None:
        self.logged.emit()
        self.refresh()

    def _on_agreed(self) -> None:
        if self.dialog is None:
            return
        try:
            entry = self.dialog.entry()
        except BadEntry as error:
            self._on_refused(error)
            return
        self._background.run(
            lambda: keep_roster_entry(self._desk, entry), self._on_kept, self._on_refused
        )

    def _on_kept(self, _entry: RosterEntry) -> None:
        if self.dialog:
            self.dialog.accept()
        self.dialog = None
        self.refresh()

    def _on_refused(self, error: BaseException) -> None:
        note(error)
        if self.dialog is None:
            return
        words = self._words
        told = {
            "name": words.text("Enter a name."), "phone": words.text("Enter a phone number."),
            "shifts": words.text("Tick at least one day, or “any hour”."),
            "shift": words.text("Enter times like 17:00 and 08:00."),
        }  # fmt: skip
        is_entry = isinstance(error, BadEntry) and error.detail in told
        detail = error.detail if isinstance(error, BadEntry) else ""
        self.dialog.error.say(told[detail] if is_entry else sentence_for(error, words))
