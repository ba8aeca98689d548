"""After a citation or a referral: its number, by when to report, and all copies in one press."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.ids import RecordId
from intake_app.domain.terms import Instrument
from intake_app.services.citing.citing import Issued
from intake_app.services.papers.papers import IssuedPaper
from intake_app.ui.case.deciding import ReportByCard
from intake_app.ui.case.issuing_work import IssuingWork
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.paper_card import IssuedCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label


class CaseIssuedPage(QWidget):
    """Says what was issued, and prints it.

    Signals:
        home_asked: Back to the home page.
        record_asked: Open the case (record id).
        next_asked: Begin with the next person of the same incident; carries this case's id.

    Attributes:
        print_set: Prints all copies.
        by: By when to report.
        card: The papers, one by one.
    """

    home_asked = Signal()
    record_asked = Signal(str)
    next_asked = Signal(str)

    def __init__(
        self, issued: Issued, work: IssuingWork, background: Background, setting: Setting,
        printers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._issued, self._work, self._background = issued, work, background
        self._theme, self._words = setting.theme, setting.words
        self.papers = PaperDesk(work, background, self._words, printers, self)
        self._build()
        self.papers.told.connect(self.good.say)
        self.papers.counted.connect(self._ask_papers)
        self.papers.failed.connect(self.error.tell)
        self._ask_papers()

    @property
    def _record(self) -> RecordId:
        return self._issued.finished.record

    def _build(self) -> None:
        say, is_citation = self._words.text, self._issued.instrument is Instrument.CITATION
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        title = say("The citation is issued") if is_citation else say("The referral is issued")
        self.frame.head.say(
            title, say("The charge is held. The case is encrypted on this computer.")
        )
        self.good = MessageBox(self._theme, "ok")
        self.error = FailureBox(self._theme, self._words)
        self.binds = MessageBox(self._theme, "warn")
        for box in (self.error, self.good, self.binds):
            self.frame.body.addWidget(box)
        if self._issued.is_paper_different:  # not before: a box without a page is a window
            self.binds.say(say(
                "The report-by written by hand differs from the computed one. The paper binds."
            ))  # fmt: skip
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(self._theme.px(16))
        self.by = ReportByCard(self._theme, self._words)
        self.by.show_clock(self._issued.clock)
        for card in (self._number(), self.by):
            self.columns.addWidget(card, 1)
        self.frame.body.addLayout(self.columns)
        self.card = IssuedCard(self._words, is_archive=False)
        self.card.print_asked.connect(self._on_print)
        self.card.save_asked.connect(self._on_save)
        self.frame.body.addWidget(self.card)
        self.frame.body.addStretch(1)
        self._add_foot()

    def _add_foot(self) -> None:
        say = self._words.text
        self.home = self.frame.button(say("Home"))
        self.open = self.frame.button(say("Open this case"))
        self.next = self.frame.button(say("Same incident, next person"))
        self.print_set = self.frame.primary(say("Print copy set"))
        self.frame.foot.addWidget(self.home)
        self.frame.foot.addStretch(1)
        for button in (self.open, self.next, self.print_set):
            self.frame.foot.addWidget(button)
        on_press(self.home, self.home_asked.emit)
        on_press(self.open, lambda: self.record_asked.emit(self._record))
        on_press(self.next, lambda: self.next_asked.emit(self._record))
        on_press(self.print_set, self._on_print_set)
        self.frame.entered.connect(self._on_print_set)

    def _number(self) -> Card:
        is_citation = self._issued.instrument is Instrument.CITATION
        words = (
            self._words.text("Citation number")
            if is_citation
            else self._words.text("Referral number")
        )
        card = Card()
        card.box.addWidget(muted(words))
        number = words_label(self._issued.finished.number, "big")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        number.setAccessibleDescription(words)
        card.box.addWidget(number)
        self.counts = muted("")
        card.box.addWidget(self.counts)
        card.box.addStretch(1)
        return card

    def resizeEvent(self, event: object) -> None:
        """Number and report-by beside each other where there is room."""
        ways = QBoxLayout.Direction
        is_narrow = self.width() < self._theme.px(700)
        self.columns.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The copy set is what comes next."""
        super().focusInEvent(event)
        self.print_set.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- papers ---------------------------------------------------------------------------

    def _ask_papers(self) -> None:
        self._background.run(self._read_papers, self._on_papers, self.error.tell)

    def _read_papers(self) -> tuple[list[IssuedPaper], list[tuple[IssuedPaper, int]]]:
        return self._work.papers_about(self._record), self._work.copy_set(self._record)

    def _on_papers(self, found: tuple[list[IssuedPaper], list[tuple[IssuedPaper, int]]]) -> None:
        papers, copies = found
        self.card.show_papers(papers)
        told = [
            self._words.text("{title}: {n}", n=count, title=paper.title_in(self._words.language))
            for paper, count in copies
        ]
        self.counts.setText(self._words.text("Copy set: {papers}", papers=", ".join(told)))

    def _on_print(self, paper: IssuedPaper) -> None:
        self.papers.print([paper])

    def _on_save(self, paper: IssuedPaper) -> None:
        self.papers.save([paper])

    def _on_print_set(self) -> None:
        self.papers.print_set(self._issued.finished.number,
                              lambda: self._work.copy_set(self._record))  # fmt: skip
