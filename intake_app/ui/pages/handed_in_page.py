"""What one handed in: its papers once more, what was agreed, and a note that follows it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from intake_app.domain.ids import RecordId
from intake_app.services.intakes.handed_in import Agreed
from intake_app.services.papers.papers import IssuedPaper
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.paper_card import IssuedCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.desk_work import HandedInWork
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, clear, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, muted, words_label


class HandedInPage(QWidget):
    """The sender's copy, while it is kept.

    Signals:
        closed: Back to the home page.
        another_asked: Begin the intake of another person of its event (record id).

    Attributes:
        words_field: The note that is typed.
        add: Hands it in.
    """

    closed = Signal()
    another_asked = Signal(str)

    def __init__(
        self, record: RecordId, work: HandedInWork, background: Background, setting: Setting,
        printers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._record, self._work, self._background = record, work, background
        self._theme, self._words = setting.theme, setting.words
        self._first: QWidget | None = None
        self.papers = PaperDesk(work, background, self._words, printers, self)
        self._build()
        self.papers.told.connect(self.good.say)
        self.papers.failed.connect(self._on_failed)
        language = self._words.language
        self._background.run(
            lambda: (work.read_copy(record, language), work.papers_about(record)),
            self._on_read, self._on_failed,
        )  # fmt: skip
        self._background.run(lambda: work.has_event(record), self.another.setVisible)

    def begin_with(self, where: str) -> None:
        """Where the cursor goes first: "papers" or "note"."""
        self._first = self.words_field if where == "note" else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where it was asked for."""
        super().focusInEvent(event)
        (self._first or self.home).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        say = self._words.text
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        self.frame.head.say(say("Handed in"), say("Handed in. A coordinator takes it in."))
        self.good = MessageBox(self._theme, "ok")
        self.error = FailureBox(self._theme, self._words, self.good)
        self.card = IssuedCard(self._words, is_archive=False)
        self.card.print_asked.connect(self._on_print)
        self.card.save_asked.connect(self._on_save)
        for part in (self.error, self.good, self._agreed_card(), self.card, self._note_card()):
            self.frame.body.addWidget(part)
        self.frame.body.addStretch(1)
        self.another = self.frame.button(say("Another person of this event"))
        self.another.hide()
        on_press(self.another, lambda: self.another_asked.emit(self._record))
        self.frame.foot.addWidget(self.another)
        self.home = self.frame.primary(say("Home"), "house")
        self.frame.foot.addStretch(1)
        self.frame.foot.addWidget(self.home)
        self.home.clicked.connect(self.closed)
        self.frame.entered.connect(self.closed)

    def _agreed_card(self) -> Card:
        card = Card(self._words.text("What was agreed"))
        self._agreed = QGridLayout()
        self._agreed.setHorizontalSpacing(self._theme.px(16))
        self._agreed.setColumnStretch(0, 1)
        self._agreed.setColumnStretch(1, 1)
        card.box.addLayout(self._agreed)
        return card

    def _note_card(self) -> Card:
        say = self._words.text
        card = Card(say("Add a note"))
        told = say("It is handed in too, and goes with this intake. It cannot be changed later.")
        card.box.addWidget(muted(told))
        self.words_field = QPlainTextEdit()
        self.words_field.setTabChangesFocus(True)
        self.words_field.setFixedHeight(self._theme.px(84))
        card.box.addWidget(field_label(say("Note"), self.words_field))
        card.box.addWidget(self.words_field)
        self.add = named_button(say("Hand in this note"), "primary")
        on_press(self.add, self._on_add)
        card.box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _on_read(self, found: tuple[tuple[str, list[Agreed]], list[IssuedPaper]]) -> None:
        (number, agreed), papers = found
        say = self._words.text
        self.frame.head.say(
            say("Handed in: {number}", number=number), say("Handed in. A coordinator takes it in.")
        )
        clear(self._agreed)
        if not agreed:
            self._agreed.addWidget(muted(say("No place and no time was agreed yet.")), 0, 0)
        for line, one in enumerate(agreed):
            label = one.label.said_in(self._words.language)
            self._agreed.addWidget(words_label(label, "label"), line, 0)
            self._agreed.addWidget(words_label(one.words), line, 1)
        self.card.show_papers(papers)
        if self._first is None and self.card.rows:
            button = next(iter(self.card.rows[0].buttons.values()))
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add(self) -> None:
        text = self.words_field.toPlainText()
        if not text.strip():
            self.error.say(self._words.text("Write the note first."))
            self.words_field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.add.setEnabled(False)
        self._background.run(
            lambda: self._work.add_note(self._record, text), self._on_added, self._on_failed
        )

    def _on_added(self, _nothing: None) -> None:
        self.add.setEnabled(True)
        self.words_field.clear()
        self.error.say("")
        self.good.say(self._words.text("The note is handed in."))

    def _on_print(self, paper: IssuedPaper) -> None:
        self.papers.print([paper])

    def _on_save(self, paper: IssuedPaper) -> None:
        self.papers.save([paper])

    def _on_failed(self, error: BaseException) -> None:
        self.add.setEnabled(True)
        self.error.tell(error)
