"""The papers of a case: those that were issued, and more to issue."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.services.papers.papers import IssuedPaper, PaperOffer
from intake_app.ui.case.work import CaseWork
from intake_app.ui.form.paper_card import IssuedCard
from intake_app.ui.form.paper_ticks import PaperTicks
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, PrimaryButton, on_press
from intake_app.ui.parts.scrolling import bring_into_view


class CasePapers(QWidget):
    """Issued papers with what can be done with them, and the list of more.

    Signals:
        issue_asked: Issue these (list of paper ids).
        reissue_asked: Void this `IssuedPaper` and issue it anew.
        told: Good news, in words.
        failed: An error to show.

    Attributes:
        card: The issued papers.
        offers: The list of more.
        ticks: Which of them are wanted.
        issue: Issues them.
    """

    issue_asked = Signal(list)
    reissue_asked = Signal(object)
    told = Signal(str)
    failed = Signal(object)

    def __init__(
        self, work: CaseWork, background: Background, setting: Setting, printers: Sequence[str]
    ) -> None:
        super().__init__()
        self._work, self._background = work, background
        words = setting.words
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(setting.theme.px(12))
        self.card = IssuedCard(words, is_archive=True)
        self.offers = Card(words.text("New paper"))
        self.ticks = PaperTicks(setting.theme, words)
        self.issue = PrimaryButton(words.text("Issue"), setting.theme)
        self.issue.setAccessibleName(words.text("Issue"))
        self.offers.box.addWidget(self.ticks)
        self.offers.box.addWidget(self.issue)
        self.offers.hide()
        lines.addWidget(self.card)
        lines.addWidget(self.offers)
        self._desk = PaperDesk(work, background, words, printers, self)
        self._desk.told.connect(self.told)
        self._desk.failed.connect(self.failed)
        self._desk.counted.connect(self._on_counted)
        self.card.print_asked.connect(self._on_print)
        self.card.save_asked.connect(self._on_save)
        self.card.reissue_asked.connect(self.reissue_asked)
        on_press(self.issue, self._on_issue)

    def show_papers(self, papers: Sequence[IssuedPaper]) -> None:
        """Show what was issued."""
        self.offers.hide()
        self.card.show_papers(papers)

    def offer_new(self) -> None:
        """Show what can be issued now."""
        self._background.run(self._work.case_offers, self._on_offers, self.failed.emit)

    def _on_offers(self, offers: list[PaperOffer]) -> None:
        self.ticks.show_offers(offers, are_ticked=False, has_preview=False)
        self.offers.show()
        for tick in self.ticks.ticks.values():
            tick.setFocus()
            break
        bring_into_view(self.offers)

    def _on_issue(self) -> None:
        if wanted := self.ticks.wanted:
            self.offers.hide()
            self.issue_asked.emit(wanted)

    def _on_print(self, paper: IssuedPaper) -> None:
        self._desk.print([paper])

    def _on_save(self, paper: IssuedPaper) -> None:
        self._desk.save([paper])

    def _on_counted(self, paper: IssuedPaper) -> None:
        about = paper.about
        self._background.run(
            lambda: self._work.papers_about(about), self.card.show_papers, self.failed.emit
        )
