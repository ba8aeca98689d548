"""Keying in a citation of a pad: what stands on the paper, on one page, and the case is kept.

The questions are those of the same form file that are still open; all others are one button away.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.case_act import REPORT_BY
from intake_app.domain.draft import Draft
from intake_app.domain.entry import show_moment
from intake_app.domain.form import Field, Problem
from intake_app.domain.terms import Instrument
from intake_app.services.citing.citing import Issued, issue_case, would_issue
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.drafts import save_draft
from intake_app.services.records.on_paper import OnPaper, note_on_paper, on_paper_of
from intake_app.ui.form.answer_sheet import AnswerSheet
from intake_app.ui.form.draft_saver import DraftSaver, StateLine
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.form_view import PROGRAM
from intake_app.ui.form.growth import Growth, show_only
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.rows_field import RowsField
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, ErrorBox, MessageBox
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.layouts import PairLayout
from intake_app.ui.parts.scrolling import bring_into_view

HANDED_OVER, WRITTEN = "~handed_over", "~report_by"
"""Names of the two questions about the paper itself; no form has such names."""

_NAMES = ("last_name", "first_name", "born")
_PAUSE_MS = 80


@dataclass(frozen=True, slots=True)
class _Count:
    """What the program counts, and what the paper says."""

    counted: str
    written: str
    is_different: bool


class KeyingPage(QWidget):
    """Keys in one citation.

    Signals:
        issued: The case is kept; carries `Issued`.
        closed: The draft is saved and left.
        draft_asked: Show all questions of the form; carries the `Draft`.
        counted: The program has counted by when to report.

    Attributes:
        differs: Says that the paper names another day than the program; the paper binds.
        saver: Saves the draft.
    """

    issued = Signal(object)
    closed = Signal()
    draft_asked = Signal(object)
    counted = Signal()

    def __init__(
        self, draft: Draft, guide: Guide, desk: Desk, background: Background, setting: Setting
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._draft, self._guide, self._desk = draft, guide, desk
        self._background = background
        self._setting = replace(setting, born=guide.form.facts.get("born", ""))
        self._words, self._theme = setting.words, setting.theme
        self._sheet = AnswerSheet.of(draft)
        self._growth = Growth(self, self._make)
        self._asked = 0
        self.saver = DraftSaver(self._taken, lambda d: save_draft(desk, d), background, self)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._count)
        self._build()
        self._count()

    # --- for the window -------------------------------------------------------------------

    @property
    def fields(self) -> dict[str, FieldWidget]:
        """The questions by id; those that do not stand yet are made now."""
        return self._growth.fields

    @property
    def draft(self) -> Draft:
        """The draft as it is on the screen now."""
        return self._taken()

    def save_at_once(self) -> BaseException | None:
        """Save and wait: the window is about to lock or close; why it was not saved, or None."""
        return self.saver.save_and_wait()

    def save_soon(self) -> None:
        """What is shown here is not saved yet: the page before could not."""
        self.saver.touch()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first question takes the cursor."""
        super().focusInEvent(event)
        next(iter(self._growth.made.values())).take_focus()

    # --- making ---------------------------------------------------------------------------

    def _build(self) -> None:
        say, form = self._words.text, self._guide.form
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        program = (form.program or form.title).said_in(self._words.language)
        title = say("Citation {number}", number=self._draft.number)
        self.frame.head.say(title, say("{program}, transcribed from paper", program=program))
        state = StateLine(self._theme, self._words)
        state.follow(self.saver)
        self.frame.head.side.addWidget(state)
        self.error, self.differs = ErrorBox(self._theme), MessageBox(self._theme, "warn")
        self.told = muted("")
        self.frame.body.addWidget(self.error)
        self._add_paper()
        self._answers = self._card(say("What the paper says"), self._open())
        self.frame.body.addWidget(self._answers)
        self.frame.body.addStretch(1)
        self._growth.grown.connect(self._show_asked)
        self._growth.begin()
        self._add_foot()
        self.frame.entered.connect(self._on_keep)

    def _add_paper(self) -> None:
        q, say = Questions(self._words), self._words.text
        handed = q.moment(say("Handed over at"), is_required=True, name=HANDED_OVER)
        written = q.moment(say("Report by, as written by hand"), name=WRITTEN)
        hint = q.text(say("Leave it empty only if nothing is written there."))
        card = self._card(say("On the paper"), [handed, replace(written, hint=hint)])
        card.box.addWidget(self.told)
        card.box.addWidget(self.differs)
        self.frame.body.addWidget(card)

    def _card(self, title: str, asked: list[Field]) -> Card:
        theme = self._theme
        card, questions = Card(title), PairLayout(theme.px(18), theme.px(600))
        card.box.addLayout(questions)
        self._growth.plan(card, questions.hold, asked)
        return card

    def _make(self, field: Field) -> FieldWidget:
        widget = make_field(field, self._setting)
        if field.id in (HANDED_OVER, WRITTEN):
            said = on_paper_of(self._draft) or OnPaper("")
            known = said.issued_at if field.id == HANDED_OVER else said.report_by
            widget.set_value(known or None)
        else:
            self._fill(widget)
        widget.changed.connect(lambda: self._on_changed(widget))
        return widget

    def _fill(self, widget: FieldWidget) -> None:
        field = widget.field
        value = self._sheet.answers.get(field.id)
        is_first_row = isinstance(widget, RowsField) and not value
        widget.set_value([{}] if is_first_row else value)
        if field.id in self._sheet.typed:
            widget.set_typed(self._sheet.typed[field.id])
        if field.id not in self._guide.visible(self._sheet.answers):
            widget.hide()  # never shown here: it stands nowhere yet, and would be a window

    def _open(self) -> list[Field]:
        """The questions that must be answered, those that name the person, and the decision."""
        facts = self._guide.form.facts
        wanted = {facts.get(name, "") for name in _NAMES}
        return [
            field
            for section in self._guide.form.sections
            for field in section.fields
            if field.who != PROGRAM and (field.is_required or field.id in wanted)
        ]

    def _add_foot(self) -> None:
        say, foot = self._words.text, self.frame.foot
        self.save = self.frame.button(say("Save and close"))
        self.all = self.frame.button(say("All questions"))
        self.keep = self.frame.primary(say("Keep the case"), "check")
        for button in (self.save, self.all):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.keep)
        self.save.clicked.connect(lambda: self.saver.save(then=self.closed.emit))
        self.all.clicked.connect(lambda: self.saver.save(then=self._on_all))
        self.keep.clicked.connect(self._on_keep)

    # --- answering ------------------------------------------------------------------------

    def _on_changed(self, widget: FieldWidget) -> None:
        if widget.field.id not in (HANDED_OVER, WRITTEN):
            self._sheet.put(widget.field.id, widget.value(), widget.typed())
            self._show_asked()
        self.saver.touch()
        self._pause.start()

    def _show_asked(self) -> None:
        """What another answer opens is asked too: details of a risk, the guardian of a minor."""
        seen = {HANDED_OVER, WRITTEN, *self._guide.visible(self._sheet.answers)}
        show_only(seen, self._growth.made, [self._answers])

    def _taken(self) -> Draft:
        draft = self._sheet.to_save(self._draft)
        note_on_paper(draft, self._on_paper())
        return draft

    def _on_paper(self) -> OnPaper:
        before = on_paper_of(self._draft) or OnPaper("")
        said = (str(self._growth.field(name).value() or "") for name in (HANDED_OVER, WRITTEN))
        return replace(before, issued_at=next(said), report_by=next(said))

    # --- counting -------------------------------------------------------------------------

    def _count(self) -> None:
        """Ask the program by when the person would have to report, and compare."""
        draft, said = self._for_work(), self._on_paper()
        self._asked += 1
        turn = self._asked
        if not said.issued_at:
            self._show_count(turn, None)
            return

        def counted() -> _Count:
            around = would_issue(self._desk, draft, Instrument.CITATION, said)
            first = around.acts[0].word(REPORT_BY)
            is_different = bool(said.report_by) and len(around.acts) > 1
            return _Count(first, said.report_by if is_different else "", is_different)

        self._background.run(counted, lambda c: self._show_count(turn, c), self._on_failed)

    def _show_count(self, turn: int, count: _Count | None) -> None:
        if turn != self._asked:
            return
        say, language = self._words.text, self._words.language
        counted = show_moment(count.counted, language) if count and count.counted else ""
        self.told.setText(say("The program counts: {day}", day=counted) if counted else "")
        self.told.setVisible(bool(counted))
        told = say(
            "The paper says {written}. The program counts {counted}. The paper binds.",
            written=show_moment(count.written, language), counted=counted,
        ) if count and count.is_different else ""  # fmt: skip
        self.differs.say(told)
        self.counted.emit()

    # --- keeping --------------------------------------------------------------------------

    def _on_keep(self) -> None:
        problems = list(self._problems())
        self._show_problems(problems)
        if problems:
            return
        self.saver.stop()
        draft = self._for_work()
        self._busy(True)

        def failed(error: BaseException) -> None:
            self._draft.marks = draft.marks  # what was noted before it failed is found again
            self._on_failed(error)

        self._background.run(
            lambda: issue_case(self._desk, draft, Instrument.CITATION), self._on_issued, failed
        )

    def _for_work(self) -> Draft:
        draft = self._sheet.to_finish(self._draft)
        note_on_paper(draft, self._on_paper())
        return draft

    def _problems(self) -> Iterator[Problem]:
        q = Questions(self._words)
        missing = q.text(self._words.text("Enter the date and time that stand on the paper."))
        for ident, widget in self.fields.items():
            if text := widget.complaint() if not widget.isHidden() else "":
                yield Problem(ident, q.text(text))
        handed = self.fields[HANDED_OVER]
        if handed.value() is None and not handed.complaint():
            yield Problem(HANDED_OVER, missing)
        yield from self._guide.problems(self._sheet.answers)

    def _show_problems(self, problems: list[Problem]) -> None:
        language = self._words.language
        for widget in self.fields.values():
            widget.problem("")
        elsewhere = [p.message.said_in(language) for p in problems if p.field not in self.fields]
        links = [(text, self._leave_for_all) for text in dict.fromkeys(elsewhere)]
        words = self._words.text("More is asked for this citation. Choose All questions.")
        self.error.say(words if elsewhere else "", links)
        here = [p for p in problems if p.field in self.fields]
        for problem in here:
            self._at(problem).problem(problem.message.said_in(language))
        if here:
            widget = self._at(here[0])
            widget.take_focus()
            bring_into_view(widget)

    def _at(self, problem: Problem) -> FieldWidget:
        widget = self.fields[problem.field]
        cell = widget.cell(problem.row, problem.column) if isinstance(widget, RowsField) else None
        return cell or widget

    def _leave_for_all(self) -> None:
        self.saver.save(then=self._on_all)

    def _on_all(self) -> None:
        self.draft_asked.emit(self._taken())

    def _on_issued(self, issued: Issued) -> None:
        self.issued.emit(issued)

    def _busy(self, is_busy: bool) -> None:
        for button in (self.save, self.all, self.keep):
            button.setDisabled(is_busy)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        self._busy(False)
        self.saver.go_on()
        self.error.say(sentence_for(error, self._words))
