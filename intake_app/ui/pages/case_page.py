"""A held case: its clock, what may be done, its plan, its papers, and what happened."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake_app.domain.case_act import CaseActKind
from intake_app.domain.case_status import Folded
from intake_app.domain.condition import Condition, Noted
from intake_app.domain.form import Answers, Field
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import May
from intake_app.services.case.labels import STATUS
from intake_app.services.case.treatment import TreatmentNote
from intake_app.services.citing.cases import CaseView
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import IssuedPaper
from intake_app.ui.case import plan_asks
from intake_app.ui.case.action_card import ActionCard
from intake_app.ui.case.actions import ACTIONS, closing_note
from intake_app.ui.case.acts_card import ActsCard
from intake_app.ui.case.clock_card import ClockCard
from intake_app.ui.case.conditions_card import ConditionsCard
from intake_app.ui.case.leaving_card import LeavingCard, LeavingWork
from intake_app.ui.case.papers import CasePapers
from intake_app.ui.case.reminder_card import ReminderCard
from intake_app.ui.case.treatment_card import TreatmentCard
from intake_app.ui.case.work import CaseWork
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.ask_reason import ReasonBox
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.record_answers import RecordAnswers
from intake_app.ui.form.setting import Setting
from intake_app.ui.measures.rearrest_card import RearrestCard, RearrestParts
from intake_app.ui.outside.sealed_file_card import SealedFileCard, seals_files
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Chip, MessageBox, on_press
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.words.dates import moment_in_words


class CasePage(QWidget):
    """One case.

    Signals:
        closed: Back to where one came from.
        changed: Something of the case was changed; lists are to be read anew.
        refreshed: The case was read and is shown.
    """

    closed = Signal()
    changed = Signal()
    refreshed = Signal()

    def __init__(
        self, record: RecordId, desk: Desk, background: Background, setting: Setting,
        names: NameSwitch, printers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._desk, self._record, self._work = desk, record, CaseWork(desk, record)
        self._leaving_work = LeavingWork(desk, record)
        self.reminders = ReminderCard(desk, background, setting, record)
        self.arrests = RearrestCard(RearrestParts(desk, background, setting), record)
        self._background, self._setting, self._names = background, setting, names
        self._theme, self._words = setting.theme, setting.words
        self._questions = Questions(setting.words)
        self.case: CaseView | None = None
        self._staff: Mapping[UserId, str] = {}
        self._put_away: list[QWidget] = []
        self._build(printers)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the case; that it was read is logged."""
        self._background.run(self._work.case, self._on_read, self._on_failed)

    # --- making ---------------------------------------------------------------------------

    def _build(self, printers: Sequence[str]) -> None:
        theme, words = self._theme, self._words
        self.frame = PageFrame(theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        side = self.frame.head.side
        self.status = Chip("", "plain")
        side.addWidget(self._names.button(words), 0, Qt.AlignmentFlag.AlignRight)
        side.addSpacing(theme.px(6))
        side.addWidget(self.status, 0, Qt.AlignmentFlag.AlignRight)
        side.addStretch(1)
        self.error, self.good = MessageBox(theme, "error"), MessageBox(theme, "ok")
        self.warning = MessageBox(theme, "warn")
        self.reason = ReasonBox(theme, words)
        self.ask = AskCard(self._setting)
        self.clock, self.doing = ClockCard(theme, words), ActionCard(theme, words)
        self.conditions = ConditionsCard(words)
        self.acts = ActsCard(words, self._desk.clock.local().year)
        self.treatment = TreatmentCard(words)
        self.leaving = LeavingCard(theme, words, self._setting.clock, self.reason)
        self.sealed = SealedFileCard(
            self._desk, self._record, self._background, words, theme, self._names
        )
        self.sealed.setVisible(seals_files(self._desk))
        self.papers = CasePapers(self._work, self._background, self._setting, printers)
        self.answers = RecordAnswers(self._setting, self._names)
        body = self.frame.body
        for part in (
            self.error, self.good, self.warning, self.clock, self.doing, self.ask, self.reason,
            self.conditions, self.treatment, self.reminders, self.papers, self.leaving,
            self.sealed, self.arrests, self.acts, self.answers,
        ):  # fmt: skip
            body.addWidget(part)
        body.addStretch(1)
        self.back = self.frame.button(words.text("Back"))
        self.wrong = self.frame.button(words.text("Entered in error"))
        self.new_paper = self.frame.button(words.text("New paper…"))
        self.frame.foot.addWidget(self.back)
        self.frame.foot.addStretch(1)
        self.frame.foot.addWidget(self.wrong)
        self.frame.foot.addWidget(self.new_paper)

    def _connect(self) -> None:
        on_press(self.back, self.closed.emit)
        on_press(self.wrong, self._on_wrong)
        on_press(self.new_paper, self.papers.offer_new)
        self.doing.asked.connect(self._on_action)
        plan = self.conditions
        plan.progress_asked.connect(partial(self._on_plan, plan_asks.ask_progress, "progress"))
        plan.treatment_asked.connect(partial(self._on_plan, plan_asks.ask_treatment, "treatment"))
        plan.waive_asked.connect(partial(self._on_plan, plan_asks.ask_waiver, "waiver"))
        plan.change_asked.connect(self._on_change)
        plan.add_asked.connect(self._on_add)
        plan.notes_asked.connect(self._on_notes)
        plan.back_asked.connect(self._on_take_back)
        self.leaving.packet_wanted.connect(self._on_packet)
        self.leaving.seal_wanted.connect(self._on_seal)
        self.sealed.changed.connect(self._on_reminded)
        self.reminders.changed.connect(self._on_reminded)
        self.papers.issue_asked.connect(self._on_issue)
        self.papers.reissue_asked.connect(self._on_reissue)
        self.papers.told.connect(self.good.say)
        self.papers.failed.connect(self._on_failed)
        self.answers.amended.connect(self._on_amended)
        self.answers.amending_changed.connect(self._on_amending)

    # --- reading --------------------------------------------------------------------------

    def _on_read(self, read: tuple[CaseView, Mapping[UserId, str]]) -> None:
        case, self._staff = read
        is_first = self.case is None  # the page begins at its top; later, what was pressed is gone
        self.case = case
        words, intake = self._words, case.intake
        this_year = self._desk.clock.local().year
        when = moment_in_words(intake.opened, words.language, this_year)
        who = self._staff.get(intake.by, "")
        self.frame.head.say(
            words.text("Case {number}", number=intake.number),
            words.text("{when}, taken by {who}", when=when, who=who) if who else when,
        )
        self._show_status(case.status)
        in_error = words.text("This was entered in error. It is in no list and no count.")
        stopped = words.text(case.status.letters_stopped) if case.status.letters_stopped else ""
        self.warning.say(in_error if intake.is_entered_in_error else stopped)
        self.clock.show_case(case, self._setting.clock.local())
        self.ask.forget_way_back()
        self.doing.show_case(case)
        self.conditions.show_case(case)
        self.papers.show_papers(intake.papers)
        self.leaving.show_case(case)
        self.acts.show_case(case, self._staff)
        self._show_answers(case)
        self._offer_foot(case)
        self.reminders.refresh()
        self.arrests.refresh()
        if not is_first and not self.isAncestorOf(QApplication.focusWidget() or self):
            self.doing.take_focus()
        self.refreshed.emit()

    def _show_status(self, status: Folded) -> None:
        said = self._words.text(STATUS["conflict" if status.has_conflict else status.status])
        if status.is_tolled and status.is_open:
            said = self._words.text("{status}, clock stopped", status=said)
        self.status.setText(said)
        self.status.setAccessibleName(self._words.text("Status: {status}", status=said))

    def _offer_foot(self, case: CaseView) -> None:
        why = case.not_allowed.get(CaseActKind.ENTERED_IN_ERROR)
        self.wrong.setVisible(why is not None)
        self.wrong.setEnabled(not why)
        paper = case.status.paper
        self.new_paper.setVisible(May.ISSUE_CASE_PAPER in case.roles)
        self.new_paper.setEnabled(not (paper or case.intake.is_entered_in_error))
        for button, told in ((self.wrong, why), (self.new_paper, paper)):
            said = self._words.text(told) if told else ""
            button.setToolTip(said)
            button.setAccessibleDescription(said)

    def _show_answers(self, case: CaseView) -> None:
        is_fixed = case.intake.is_entered_in_error or case.status.is_sealed
        may_change = May.AMEND_CASE in case.roles and not is_fixed
        self.answers.show_intake(
            case.intake, self._staff, lambda section: may_change and not section.fact
        )

    # --- acts -----------------------------------------------------------------------------

    def _on_action(self, key: str) -> None:
        case = self.case
        if case is None:
            return
        action = ACTIONS[key]
        note = closing_note(case, self._words) if key == "close" else ""
        self.ask.ask(
            self._words.text(action.label), action.ask(case, self._questions),
            lambda said: self._do(
                lambda: self._work.act(key, said), self._words.text(action.done)
            ),
            note,
        )  # fmt: skip

    def _on_plan(
        self, ask: Callable[[Condition, Questions], list[Field]], what: str,
        one: Condition,
    ) -> None:  # fmt: skip
        say, work = self._words.text, self._work
        titles = {"waiver": say("Waive")}
        jobs = {
            "progress": work.note_progress, "treatment": work.note_treatment,
            "waiver": work.note_waiver,
        }  # fmt: skip
        self.ask.ask(
            titles.get(what, say("Record progress")), ask(one, self._questions),
            lambda said: self._do(lambda: jobs[what](one, said)),
            one.label.said_in(self._words.language),
        )  # fmt: skip

    def _on_change(self, one: Condition) -> None:
        if self.case is None:
            return
        fields = plan_asks.ask_condition(self.case, self._questions, is_new=False)
        self.ask.ask(
            self._words.text("Change the condition"), fields,
            lambda said: self._do(lambda: self._work.note_change(one, said)),
        )  # fmt: skip
        self.ask.fill(plan_asks.filled_condition(one, self._words.language))

    def _on_add(self) -> None:
        if self.case is not None:
            fields = plan_asks.ask_condition(self.case, self._questions, is_new=True)
            self.ask.ask(
                self._words.text("Add the condition"), fields,
                lambda said: self._do(lambda: self._work.note_new(said)),
            )  # fmt: skip

    def _on_notes(self, one: Condition) -> None:
        def show(notes: tuple[TreatmentNote, ...]) -> None:
            self.treatment.show_notes(notes, self._staff)
            bring_into_view(self.treatment)

        self._background.run(lambda: self._work.treatment_notes(one), show, self._on_failed)

    def _on_take_back(self, noted: Noted) -> None:
        self.reason.ask(
            self._words.text("Take this progress back? It stays in the file and counts no more."),
            self._words.text("Take back"),
            lambda reason: self._do(lambda: self._work.take_back(noted.record, reason)),
        )

    def _on_reminded(self) -> None:
        """A letter was issued or a call noted: papers and lists are read anew."""
        self.changed.emit()
        self.refresh()

    def _on_wrong(self) -> None:
        self.reason.ask(
            self._words.text("Take this case out of all lists and counts?"),
            self._words.text("Entered in error"),
            lambda reason: self._do(lambda: self._work.in_error(reason)),
        )

    # --- papers ---------------------------------------------------------------------------

    def _on_issue(self, wanted: list[str]) -> None:
        said = self._words.text("Issued. Print it now.")
        self._do(lambda: self._work.issue(self._record, wanted), said)

    def _on_reissue(self, paper: IssuedPaper) -> None:
        self.reason.ask_reissue(paper, self._work.reissue, self._do)

    def _on_packet(self, request: str) -> None:
        said = self._words.text("The packet is made. Print it now.")
        self._do(lambda: self._leaving_work.make_packet(request), said)

    def _on_seal(self) -> None:
        def gone(_: None) -> None:
            self.changed.emit()
            self.closed.emit()

        self._background.run(self._leaving_work.seal, gone, self._on_failed)

    # --- amending -------------------------------------------------------------------------

    def _on_amending(self, is_amending: bool) -> None:
        """While a section is amended, nothing else can be done; then all is as it was."""
        if is_amending:
            cards = (
                self.clock, self.doing, self.conditions, self.reminders, self.papers,
                self.leaving, self.sealed, self.acts,
            )  # fmt: skip
            self._put_away = [card for card in cards if not card.isHidden()]
            for button in (self.wrong, self.new_paper):
                button.setEnabled(False)
        elif self.case is not None:
            self._offer_foot(self.case)
        for card in self._put_away:
            card.setVisible(not is_amending)

    def _on_amended(self, answers: Answers, reason: str) -> None:
        self._do(
            lambda: self._work.amend(self._record, answers, reason),
            self._words.text("The change is saved. The old answer is kept."),
        )

    def _do(self, job: Callable[[], object], said: str = "") -> None:
        told = said or self._words.text("Saved.")

        def done(_: object) -> None:
            self.ask.done()
            self.answers.end_amending()
            self.error.say("")
            self.good.say(told)
            self.changed.emit()
            self.refresh()

        self._background.run(job, done, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        note(error)
        said = sentence_for(error, self._words)
        self.good.say("")
        if self.ask.isVisible():
            self.ask.fail(said)
            return
        self.error.say(said)
        bring_into_view(self.error)
