"""What was added to an intake after it was handed in, by who handed it in."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from intake_app.domain.ids import UserId
from intake_app.services.intakes.handed_in import Note
from intake_app.ui.form.answer_list import HIDDEN
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words
from intake_app.words.dates import moment_in_words


class NotesCard(Card):
    """Notes, oldest first. Free words may hold a name, so they are covered until "Show names"."""

    def __init__(
        self, notes: Sequence[Note], names: Mapping[UserId, str], words: Words, *, are_hidden: bool
    ) -> None:
        super().__init__(words.text("Notes added later"))
        for note in notes:
            row = QFrame()
            row.setObjectName("row")
            lines = QVBoxLayout(row)
            lines.setContentsMargins(0, 6, 0, 8)
            lines.setSpacing(2)
            lines.addWidget(words_label(HIDDEN if are_hidden else note.text))
            when = moment_in_words(note.at, words.language)
            who = names.get(note.by, "?")
            lines.addWidget(muted(words.text("{who}, {when}", who=who, when=when)))
            self.box.addWidget(row)
