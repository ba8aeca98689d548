"""Papers that were issued: title, number, copies, what replaces what, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from intake_app.services.papers.papers import IssuedPaper
from intake_app.ui.parts.cards import Card, Chip, named_button
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.lists import end_rows
from intake_app.words import Words
from intake_app.words.dates import moment_in_words


class IssuedRow(QFrame):
    """One issued paper.

    Attributes:
        buttons: What can be done with it, by the words on it.
    """

    def __init__(self, paper: IssuedPaper, words: Words) -> None:
        super().__init__()
        self.setObjectName("row")
        self._words = words
        self.paper, self.buttons = paper, dict[str, QPushButton]()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 6, 0, 10)
        lines.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(words_label(paper.title_in(words.language), "label"), 1)
        if paper.replaced_by:
            head.addWidget(Chip(words.text("Void"), "late"), 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        for text in _notes(paper, words):
            lines.addWidget(muted(text))
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addStretch(1)
        lines.addLayout(self._line)

    def offer(self, words: str) -> QPushButton:
        """A button for something to do; `words` are its exact accessible name."""
        button = named_button(words, "small")
        title = self.paper.title_in(self._words.language)
        button.setAccessibleDescription(f"{title}, {self.paper.number}")
        self._line.insertWidget(self._line.count() - 1, button)
        self.buttons[words] = button
        return button


def _notes(paper: IssuedPaper, words: Words) -> list[str]:
    when = moment_in_words(paper.at, words.language)
    notes = [words.text("No. {number}, {when}", number=paper.number, when=when)]
    if paper.replaces:
        notes.append(words.text("Replaces no. {number}", number=paper.replaces))
    if paper.replaced_by:
        notes.append(words.text("Void. Replaced by no. {number}", number=paper.replaced_by))
        held = words.plural(
            "{n} old copy was handed out. Ask for it back.",
            "{n} old copies were handed out. Ask for them back.", paper.copies,
        )  # fmt: skip
        notes.append(held if paper.copies else words.text("No copy of it was handed out."))
    elif paper.copies:
        notes.append(words.plural("{n} copy printed or saved", "{n} copies printed or saved",
                                  paper.copies))  # fmt: skip
    return notes


class IssuedCard(Card):
    """All papers of an intake.

    Signals:
        print_asked: Print this `IssuedPaper`.
        save_asked: Save this one as a file.
        reissue_asked: Void this one and issue it anew.

    Attributes:
        rows: One for each paper.
    """

    print_asked = Signal(object)
    save_asked = Signal(object)
    reissue_asked = Signal(object)

    def __init__(self, words: Words, *, is_archive: bool) -> None:
        super().__init__(words.text("Papers"))
        self._words, self._is_archive = words, is_archive
        self.rows: list[IssuedRow] = []
        self._none = muted(words.text("No paper was issued."))
        self.box.addWidget(self._none)

    def show_papers(self, papers: Sequence[IssuedPaper]) -> None:
        """Show these, the newest last."""
        for row in self.rows:
            self.box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(paper) for paper in papers]
        end_rows(self.box)
        self._none.setVisible(not papers)

    def _row(self, paper: IssuedPaper) -> IssuedRow:
        say = self._words.text
        row = IssuedRow(paper, self._words)
        if not paper.replaced_by:
            print_words = say("Print again") if self._is_archive and paper.copies else say("Print")
            row.offer(print_words).clicked.connect(lambda: self.print_asked.emit(paper))
            row.offer(say("Save PDF")).clicked.connect(lambda: self.save_asked.emit(paper))
            if self._is_archive:
                void = row.offer(say("Void and reissue"))
                void.clicked.connect(lambda: self.reissue_asked.emit(paper))
        self.box.addWidget(row)
        return row
