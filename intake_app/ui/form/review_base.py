"""What all reviews share: answers on one page, what is missing, papers with a preview."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.draft import Draft
from intake_app.domain.form import Problem, Section
from intake_app.services.needs.everyday import Guide
from intake_app.services.papers.papers import IssuedPaper, PaperOffer
from intake_app.services.records.event_parts import EVENT
from intake_app.ui.form.answer_list import AnswerCard, Reading
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.draft_saver import DraftSaver, StateLine
from intake_app.ui.form.growth import Growth
from intake_app.ui.form.links import ProblemSummary
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.paper_ticks import PaperTicks
from intake_app.ui.form.path import REVIEW, FormPath
from intake_app.ui.form.problem_words import with_question
from intake_app.ui.form.setting import Setting
from intake_app.ui.form.step_list import StepList, later_words
from intake_app.ui.papers.desk_work import DraftWork
from intake_app.ui.papers.leaving_panel import LeavingPanel
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.papers.preview import PaperPreview
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, clear
from intake_app.ui.parts.cursor import tab_before
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.words import mark

_NARROW = 900
"""Below this width (at 100 % text) the steps show numbers only."""

_STACKED = 780
"""Below this width papers stand under the answers."""

LANGUAGES = {"en": mark("English"), "es": mark("Spanish")}
"""Languages of the papers, as the window calls them."""


class ReviewBase(QWidget):
    """The last step, without the decision that ends it.

    Signals:
        change_asked: Go back to this section (id).
        back_asked: Go back to the step before.
        closed: The draft is saved and left.
        finished: The intake is a record now; carries `Finished`.
    """

    change_asked = Signal(str)
    back_asked = Signal()
    closed = Signal()
    finished = Signal(object)

    def __init__(
        self, draft: Draft, guide: Guide, work: DraftWork, background: Background,
        setting: Setting, printers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._draft, self._guide, self._work = draft, guide, work
        self._background, self._setting = background, setting
        self._theme, self._words = setting.theme, setting.words
        self._sheet = AnswerSheet.of(draft)
        self._shares_event = bool(draft.marks.get(EVENT))
        answers = self._sheet.answers
        self._path = FormPath(guide, answers, shares_event=self._shares_event)
        self._issued: dict[str, IssuedPaper] = {}
        self._growth: Growth[Section, AnswerCard] | None = None
        self.saver = DraftSaver(lambda: self._sheet.to_save(draft), work.save, background, self)
        self.papers = PaperDesk(work, background, self._words, printers, self)
        self._build()
        self._ask_offers()

    # --- for the window -------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """The draft, with its number where it has one now."""
        return self._sheet.to_save(self._draft)

    def save_at_once(self) -> BaseException | None:
        """Save what is not saved yet: the window is about to lock or close.

        Returns:
            Why it could not be saved, or None.
        """
        return self.saver.save_and_wait()

    def save_soon(self) -> None:
        """What is shown here is not saved yet: the page before could not."""
        self.saver.touch()

    @property
    def is_ready(self) -> bool:
        """Whether Finish would find all that it needs."""
        return self._guide.may_finish_now(self._sheet.answers) or not self._guide.problems(
            self._sheet.answers
        )

    # --- making ---------------------------------------------------------------------------

    def _build(self) -> None:
        say, theme, form = self._words.text, self._theme, self._guide.form
        language = self._words.language
        self.steps = StepList(form.title.said_in(language), form.program.said_in(language), theme,
                              self._words, later_words(form.pathway, self._words))  # fmt: skip
        self.steps.show_steps(self._path.steps(REVIEW, self._words))
        self.steps.chosen.connect(self._on_step)
        self.frame = PageFrame(theme)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.steps)
        line.addWidget(self.frame, 1)
        number, count = self._path.place(REVIEW)
        step = say("Step {number} of {count}", number=number, count=count)
        self.frame.head.say(say("Review and print"), step)
        self.state = StateLine(theme, self._words)
        self.state.follow(self.saver)
        self.frame.head.side.addWidget(self.state)
        self.frame.head.side.addStretch(1)
        self.summary = ProblemSummary(theme)
        self.error = MessageBox(theme, "error")
        self.good = MessageBox(theme, "ok")
        for box in (self.summary, self.error, self.good):
            self.frame.body.addWidget(box)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(theme.px(16))
        self.columns.addLayout(self._answers(), 5)
        self.columns.addLayout(self._papers(), 4)
        self.frame.body.addLayout(self.columns)
        self.frame.body.addStretch(1)
        self._add_foot()
        self.papers.failed.connect(self._on_failed)
        self.papers.told.connect(self._on_told)
        self._show_missing()

    def _answers(self) -> QVBoxLayout:
        column = self._column = QVBoxLayout()
        column.setSpacing(self._theme.px(12))
        self._fill_answers()
        return column

    def _fill_answers(self) -> None:
        """Section by section, so that the window answers in between."""
        column = self._column
        if self._growth is not None:
            self._growth.end()
            self._growth.setParent(None)  # whoever asks for a whole page asks it no more
            self._growth.deleteLater()
        clear(column)
        column.addStretch(1)
        reading = Reading(self._guide, self._guide.kept(self._sheet.answers), self._words,
                          self._theme)  # fmt: skip

        def card_of(section: Section) -> AnswerCard:
            card = AnswerCard(section, reading, self._words.text("Change"))
            card.change_asked.connect(self._on_step)
            card.change.setVisible(not (section.is_event and self._shares_event))
            return card

        shown = [one for one in self._guide.form.sections if one.id in self._path.visible]

        def hold(card: AnswerCard) -> None:
            column.insertWidget(column.count() - 1, card)
            tab_before(self.language, (card.change,))

        self._growth = Growth(self, card_of)
        self._growth.grown.connect(self._keep_cursor_in_view)
        self._growth.plan(self.frame.inside, hold, shown)

    def _keep_cursor_in_view(self) -> None:
        """Where papers stand under the answers, they move down with each card that comes."""
        focused = QApplication.focusWidget()
        if focused is not None and self.frame.inside.isAncestorOf(focused):
            bring_into_view(focused)

    def _papers(self) -> QVBoxLayout:
        say, column = self._words.text, QVBoxLayout()
        card = Card(say("Papers"))
        language = self._work.language_of(self.draft, self._guide.form)
        self.language = Picker()
        for code, name in LANGUAGES.items():
            self.language.addItem(say(name), code)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))
        self.language.currentIndexChanged.connect(self._on_language)
        card.box.addWidget(field_label(say("Language of the papers"), self.language))
        card.box.addWidget(self.language)
        self.ticks = PaperTicks(self._theme, self._words)
        self.ticks.preview_asked.connect(self._on_preview)
        self.ticks.changed.connect(self._ask_leaving)
        card.box.addWidget(self.ticks)
        self.before = muted("")
        self.before.hide()
        card.box.addWidget(self.before)
        self.leaving = LeavingPanel(self._theme, self._words)
        card.box.addWidget(self.leaving)
        buttons = QHBoxLayout()
        self.print = self.frame.button(say("Print"))
        self.save_pdf = self.frame.button(say("Save PDF"))
        self.print.clicked.connect(lambda: self._with_papers(self._print))
        self.save_pdf.clicked.connect(lambda: self._with_papers(self._save))
        for button in (self.print, self.save_pdf):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.box.addLayout(buttons)
        self.leaving.changed.connect(self._on_leaving)
        self.preview = PaperPreview(self._theme, self._words)
        card.box.addWidget(self.preview)
        column.addWidget(card)
        column.addStretch(1)
        return column

    def _add_foot(self) -> None:
        say, foot = self._words.text, self.frame.foot
        self.back = self.frame.button(say("Back"))
        self.save = self.frame.button(say("Save and close"))
        foot.addWidget(self.back)
        self._add_endings()
        self.back.clicked.connect(self.back_asked)
        self.save.clicked.connect(lambda: self.saver.save(then=self.closed.emit))

    def _add_endings(self) -> None:
        """Put Save and the buttons that end the review into the foot."""
        raise NotImplementedError

    def _endings(self) -> Sequence[QPushButton]:
        """The buttons that end the review."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns beside each other where there is room."""
        super().resizeEvent(event)
        px, ways = self._theme.px, QBoxLayout.Direction
        is_narrow = self.width() < px(_NARROW)
        self.steps.set_narrow(is_narrow)
        is_stacked = self.width() - self.steps.width() < px(_STACKED)
        self.columns.setDirection(ways.TopToBottom if is_stacked else ways.LeftToRight)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first thing to do takes the cursor."""
        super().focusInEvent(event)
        self._focus()

    def _focus(self) -> None:
        links = self.summary.links
        (links[0] if links else self.print).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is missing ------------------------------------------------------------------

    def _show_missing(self) -> None:
        answers = self._sheet.answers
        is_ready = self._guide.may_finish_now(answers)
        problems = () if is_ready else self._guide.problems(answers)
        language = self._words.language
        words = self._words.plural(
            "{n} answer is still missing or wrong", "{n} answers are still missing or wrong",
            len(problems),
        )  # fmt: skip
        links = [(self._told(p, language), lambda p=p: self._on_step(p.section)) for p in problems]
        self.summary.say(words if problems else "", links)

    def _told(self, problem: Problem, language: str) -> str:
        field = self._guide.form.field(problem.field)
        question = field.label.said_in(language) if field else ""
        return with_question(question, problem.message.said_in(language), self._words)

    # --- papers ---------------------------------------------------------------------------

    def _ask_offers(self) -> None:
        answers = self._guide.kept(self._sheet.answers)
        self._background.run(
            lambda: self._work.offers(self._guide, answers), self._on_offers, self._on_failed
        )
        self._background.run(
            lambda: self._work.papers_of(self._draft), self._on_before, self._on_failed
        )

    def _on_offers(self, offers: list[PaperOffer]) -> None:
        self.ticks.show_offers(offers)
        self._on_leaving()
        self._ask_leaving()
        if self.ticks.wanted:
            self._on_preview(self.ticks.wanted[0])

    def _ask_leaving(self) -> None:
        """What would leave with the ticked papers; nothing is printed where it is not covered."""
        draft, wanted = self._sheet.to_finish(self._draft), self.ticks.wanted
        self._background.run(
            lambda: self._work.leaving(draft, wanted), self.leaving.show_leaving,
            self._on_failed,
        )  # fmt: skip

    def _on_leaving(self) -> None:
        may_go_on = self.leaving.may_go_on and bool(self.ticks.ticks)
        for button in (self.print, self.save_pdf):
            button.setEnabled(may_go_on)

    def _on_before(self, papers: list[IssuedPaper]) -> None:
        listed = ", ".join(paper.number for paper in papers)
        self.before.setText(self._words.text("Issued before: {numbers}", numbers=listed))
        self.before.setVisible(bool(papers))

    def _on_preview(self, ident: str) -> None:
        draft = self._sheet.to_finish(self._draft)
        self._background.run(
            lambda: self._work.preview(draft, ident), self.preview.show_paper, self._on_failed
        )

    def _on_language(self) -> None:
        """What is chosen here is also the answer to the form's own question: there is one value."""
        self._draft.language = str(self.language.currentData())
        question = self._guide.form.facts.get("language", "")
        if question in self._path.visible:
            self._sheet.put(question, self._draft.language, "")
            self._fill_answers()
        self._issued = {}
        self.saver.touch()
        if self.ticks.wanted:
            self._on_preview(self.ticks.wanted[0])

    def _with_papers(self, use: object) -> None:
        """Issue what is ticked and not issued yet, then do something with all of it."""
        wanted = self.ticks.wanted
        new = [ident for ident in wanted if ident not in self._issued]
        draft = self._for_work()
        self._busy(True)

        def done(made: list[IssuedPaper]) -> None:
            self._issued |= {paper.paper: paper for paper in made}
            self._draft.number = draft.number
            self._busy(False)
            if callable(use):
                use([self._issued[ident] for ident in wanted if ident in self._issued])

        self._background.run(
            lambda: self._work.make_papers(draft, new) if new else [], done, self._on_failed
        )

    def _print(self, papers: Sequence[IssuedPaper]) -> None:
        self.papers.print(papers, self._for_work())

    def _save(self, papers: Sequence[IssuedPaper]) -> None:
        self.papers.save(papers, self._for_work())

    # --- leaving --------------------------------------------------------------------------

    def _on_step(self, ident: str) -> None:
        if ident != REVIEW:
            self.change_asked.emit(ident)

    def _for_work(self) -> Draft:
        return self._sheet.to_finish(self._draft)

    def _busy(self, is_busy: bool) -> None:
        for button in (self.print, self.save_pdf, self.back, self.save, *self._endings()):
            button.setDisabled(is_busy)
        if not is_busy:
            self._on_leaving()

    def _on_told(self, text: str) -> None:
        self.good.say(text)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._busy(False)
        self.saver.go_on()
        self.error.say(sentence_for(error, self._words))
