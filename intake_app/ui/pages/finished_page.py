"""After Finish: what was saved, under which number, what is owed, and the papers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from intake_app.services.intakes.intakes import Finished
from intake_app.services.papers.papers import IssuedPaper
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.paper_card import IssuedCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.desk_work import IssuedPapers
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words.dates import day_in_words


class FinishedPage(QWidget):
    """Says that all is saved.

    Signals:
        home_asked: Back to the home page.
        record_asked: Open the intake (record id).
    """

    home_asked = Signal()
    record_asked = Signal(str)

    def __init__(
        self, finished: Finished, work: IssuedPapers, background: Background, setting: Setting,
        printers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._finished, self._work, self._background = finished, work, background
        self._theme, self._words = setting.theme, setting.words
        self.papers = PaperDesk(work, background, self._words, printers, self)
        self._build()
        self.papers.told.connect(self._on_told)
        self.papers.counted.connect(self._ask_papers)
        self.papers.failed.connect(self.error.tell)
        self._ask_papers()

    def _build(self) -> None:
        say = self._words.text
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        if self._finished.is_handed_in:
            self.frame.head.say(say("Handed in"), say("Handed in. A coordinator takes it in."))
        else:
            saved = say("The event is saved") if self._finished.is_event else say(
                "The intake is saved"
            )  # fmt: skip
            self.frame.head.say(saved, say("It is encrypted on this computer."))
        self.good = MessageBox(self._theme, "ok")
        self.error = FailureBox(self._theme, self._words)
        self.frame.body.addWidget(self.error)
        self.frame.body.addWidget(self.good)
        self.frame.body.addWidget(self._number())
        self.card = IssuedCard(self._words, is_archive=False)
        self.card.print_asked.connect(self._on_print)
        self.card.save_asked.connect(self._on_save)
        self.frame.body.addWidget(self.card)
        self.frame.body.addWidget(self._owed())
        self.frame.body.addStretch(1)
        is_event = self._finished.is_event
        self.open = self.frame.button(
            say("Open this event") if is_event else say("Open this intake")
        )
        if self._finished.is_handed_in:
            self.open.hide()  # showing it before it has a place would open a window
        self.home = self.frame.primary(say("Home"), "house")
        self.frame.foot.addWidget(self.open)
        self.frame.foot.addStretch(1)
        self.frame.foot.addWidget(self.home)
        self.open.clicked.connect(lambda: self.record_asked.emit(self._finished.record))
        self.home.clicked.connect(self.home_asked)
        self.frame.entered.connect(self.home_asked)

    def _number(self) -> Card:
        card = Card()
        card.box.addWidget(muted(self._words.text("Receipt number")))
        number = words_label(self._finished.number, "big")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        number.setAccessibleDescription(self._words.text("Receipt number"))
        card.box.addWidget(number)
        return card

    def _owed(self) -> Card:
        say, language = self._words.text, self._words.language
        card = Card(say("What is owed now"))
        if not self._finished.owed:
            card.box.addWidget(muted(say("Nothing is owed.")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for line, owed in enumerate(self._finished.owed):
            grid.addWidget(words_label(owed.label.said_in(language), "label"), line, 0)
            grid.addWidget(words_label(day_in_words(owed.on, language)), line, 1)
        card.box.addLayout(grid)
        return card

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Home takes the cursor."""
        super().focusInEvent(event)
        self.home.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_papers(self) -> None:
        record = self._finished.record
        self._background.run(
            lambda: self._work.papers_about(record), self._on_papers, self.error.tell
        )

    def _on_papers(self, papers: list[IssuedPaper]) -> None:
        self.card.show_papers(papers)

    def _on_print(self, paper: IssuedPaper) -> None:
        self.papers.print([paper])

    def _on_save(self, paper: IssuedPaper) -> None:
        self.papers.save([paper])

    def _on_told(self, text: str) -> None:
        self.good.say(text)
