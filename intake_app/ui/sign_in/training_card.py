"""Who can sign in to a training profile, beside its lock screen; a real profile never shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.roles import Role
from intake_app.services.records.role_words import role_names
from intake_app.ui.parts.cards import Card, make_button, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.settings.profile import TrainingPerson
    from intake_app.words import Words


class TrainingCard(Card):
    """Made-up colleagues with their passphrases, and the way back to the real profile.

    Signals:
        chosen: Fill in user name and passphrase of this `TrainingPerson`.
        left: Back to the profile that this training belongs to.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, people: Sequence[TrainingPerson], words: Words, *, has_home: bool) -> None:
        super().__init__(words.text("Made-up colleagues"))
        self._words = words
        told = words.text("Choose one, then press Unlock. Each role sees other pages.")
        if not people:  # a second computer of a training department
            told = words.text("They sign in with the passphrases that they have on the first one.")
        self.box.addWidget(muted(told))
        for person in people:
            self.box.addWidget(self._row(person))
        if has_home:
            leave = named_button(words.text("Leave training"))
            on_press(leave, self.left.emit)
            self.box.addSpacing(4)
            self.box.addWidget(leave, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, person: TrainingPerson) -> QWidget:
        words = self._words
        holder, row = QWidget(), QHBoxLayout()
        holder.setLayout(row)
        row.setContentsMargins(0, 2, 0, 2)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        role = role_names(frozenset({Role(person.role)}), words)
        who = words.text("{role}: {user}", role=role, user=person.user_name)
        lines.addWidget(words_label(who, "label"))
        lines.addWidget(muted(person.passphrase))
        row.addLayout(lines, 1)
        use = make_button(words.text("Use this one"), "small")
        use.setAccessibleName(words.text("Use this one: {who}", who=who))
        on_press(use, lambda: self.chosen.emit(person))
        row.addWidget(use, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder
