"""Everybody who signs in: roles, how it stands, what waits; and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from intake_app.services.records.role_words import role_names
from intake_app.services.users.listing import Standing, User
from intake_app.services.users.words import reads, standing_in_words
from intake_app.ui.parts.cards import Card, Chip, clear, make_button, on_press
from intake_app.ui.parts.cursor import take_cursor_soon
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.lists import end_rows, ruled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date

_TINT = {
    Standing.WORKING: "ok", Standing.LOCKED: "late", Standing.AWAY: "soon",
    Standing.DISABLED: "soon", Standing.LEFT: "plain",
}  # fmt: skip


class UsersCard(Card):
    """One line for each.

    Signals:
        change_asked: Do something about this one (a `User`).

    Attributes:
        buttons: By person.
        said: What each line says.
    """

    change_asked = Signal(object)

    def __init__(self, words: Words, theme: Theme, kind: str) -> None:
        super().__init__(words.text("Who signs in"))
        self._words, self._theme, self._kind = words, theme, kind
        self.buttons: dict[str, QPushButton] = {}
        self.said: dict[str, list[str]] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.box.addLayout(self._lines)

    def show_users(self, people: Sequence[User]) -> None:
        """Show them anew; the cursor stays at its button."""
        focused = self.window().focusWidget()
        at = next((key for key, button in self.buttons.items() if button is focused), None)
        clear(self._lines)
        self.buttons, self.said = {}, {}
        for one in people:
            self._lines.addWidget(ruled(self._line(one)))
        end_rows(self._lines)
        if at is not None and at in self.buttons:
            self.buttons[at].show()  # it is too new to be on screen, and takes no cursor before
            self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        elif at is not None:
            take_cursor_soon(self)

    def _line(self, one: User) -> QHBoxLayout:
        row, told = QHBoxLayout(), QVBoxLayout()
        row.setContentsMargins(0, self._theme.px(8), 0, self._theme.px(8))
        row.setSpacing(self._theme.px(10))
        told.setSpacing(self._theme.px(2))
        title = self._words.text("{name} · {user}", name=one.shown_name, user=one.user_name)
        if one.is_self:
            title = self._words.text("{name} · you", name=title)
        told.addWidget(words_label(title, "label"))
        sentences = self._sentences(one)
        for sentence in sentences:
            told.addWidget(muted(sentence))
        self.said[one.id] = [title, *sentences, standing_in_words(one.standing, self._words)]
        row.addLayout(told, 1)
        row.addWidget(Chip(self.said[one.id][-1], _TINT[one.standing]))
        if one.standing is not Standing.LEFT:
            row.addWidget(self._button(one))
        return row

    def _sentences(self, one: User) -> list[str]:
        say = self._words.text
        found = [role_names(one.roles, self._words, self._kind) or say("No role")]
        if one.standing is Standing.LEFT:
            return found
        if one.seen:
            when = short_date(one.seen, self._words.language)
            found.append(say("Last signed in, or got new keys: {day}", day=when))
        if one.waits_for:
            what = ", ".join(reads(file, self._words) for file in one.waits_for)
            found.append(say("Waits for a colleague's yes to read: {what}", what=what))
        return found

    def _button(self, one: User) -> QPushButton:
        made = make_button(self._words.text("Change…"), "small")
        made.setAccessibleName(self._words.text("Change {name}", name=one.shown_name))
        on_press(made, lambda: self.change_asked.emit(one))
        self.buttons[one.id] = made
        return made
