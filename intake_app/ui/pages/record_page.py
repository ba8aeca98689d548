"""A finished intake: to read, to amend with a reason, to print again, to take back if in error."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, UserId
from intake_app.services.intakes.intakes import IntakeView
from intake_app.services.papers.papers import IssuedPaper, PaperOffer
from intake_app.ui.form.ask_reason import ReasonBox
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.paper_card import IssuedCard
from intake_app.ui.form.paper_ticks import PaperTicks
from intake_app.ui.form.record_answers import RecordAnswers
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.desk_work import RecordWork
from intake_app.ui.papers.leaving_panel import LeavingPanel
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.words.dates import moment_in_words


class RecordPage(QWidget):
    """One record.

    Signals:
        closed: Back to where one came from.
        changed: Something of the record was changed; lists are to be read anew.
    """

    closed = Signal()
    changed = Signal()

    def __init__(
        self, record: RecordId, work: RecordWork, background: Background, setting: Setting,
        names: NameSwitch, printers: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self._record, self._work, self._background = record, work, background
        self._setting, self._names = setting, names
        self._theme, self._words = setting.theme, setting.words
        self.intake: IntakeView | None = None
        self._staff: Mapping[UserId, str] = {}
        self.papers = PaperDesk(work, background, self._words, printers, self)
        self._build()
        self.papers.told.connect(self._on_told)
        self.papers.counted.connect(self._ask_papers)
        self.papers.failed.connect(self.error.tell_in_view)
        self.refresh()

    def refresh(self) -> None:
        """Read the record; that it was read is logged."""
        self._background.run(
            lambda: (self._work.read(self._record), self._work.names()), self._on_read,
            self.error.tell_in_view,
        )  # fmt: skip

    # --- making ---------------------------------------------------------------------------

    def _build(self) -> None:
        say = self._words.text
        self.frame = PageFrame(self._theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        head, body = self.frame.head, self.frame.body
        head.side.addWidget(self._names.button(self._words), 0, Qt.AlignmentFlag.AlignRight)
        head.side.addStretch(1)
        self.good = MessageBox(self._theme, "ok")
        self.error = FailureBox(self._theme, self._words)
        self.warning = MessageBox(self._theme, "warn")
        self.reason = ReasonBox(self._theme, self._words)
        for part in (self.error, self.good, self.warning, self.reason):
            body.addWidget(part)
        self.answers = RecordAnswers(self._setting, self._names)
        self.answers.amended.connect(self._on_amended)
        self.answers.amending_changed.connect(self._on_amending)
        body.addWidget(self.answers)
        self.card = IssuedCard(self._words, is_archive=True)
        self.card.print_asked.connect(self._on_print)
        self.card.save_asked.connect(self._on_save)
        self.card.reissue_asked.connect(self._on_reissue)
        body.addWidget(self.card)
        body.addWidget(self._new_papers())
        body.addStretch(1)
        self.back = self.frame.button(say("Back"))
        self.wrong = self.frame.button(say("Entered in error"))
        self.new_paper = self.frame.button(say("New paper…"))
        self.frame.foot.addWidget(self.back)
        self.frame.foot.addStretch(1)
        self.frame.foot.addWidget(self.wrong)
        self.frame.foot.addWidget(self.new_paper)
        self.back.clicked.connect(self.closed)
        self.wrong.clicked.connect(self._on_wrong)
        self.new_paper.clicked.connect(self._on_new_paper)

    def _new_papers(self) -> Card:
        self.offers = Card(self._words.text("New paper"))
        self.ticks = PaperTicks(self._theme, self._words)
        self.offers.box.addWidget(self.ticks)
        self.leaving = LeavingPanel(self._theme, self._words, self._names)
        self.offers.box.addWidget(self.leaving)
        self.ticks.changed.connect(self._ask_leaving)
        self.leaving.changed.connect(self._on_leaving)
        self.issue = self.frame.primary(self._words.text("Issue"))
        self.offers.box.addWidget(self.issue)
        self.issue.clicked.connect(self._on_issue)
        self.offers.hide()
        return self.offers

    # --- reading --------------------------------------------------------------------------

    def _on_read(self, read: tuple[IntakeView, Mapping[UserId, str]]) -> None:
        self.intake, self._staff = read
        say, language = self._words.text, self._words.language
        when = moment_in_words(self.intake.opened, language)
        who = self._staff.get(self.intake.by, "")
        told = say("{when}, taken by {who}", when=when, who=who) if who else when
        if self.intake.entered:
            keyed = moment_in_words(self.intake.entered, language)
            told = say("{taken}. On paper first; keyed in {when}", taken=told, when=keyed)
        self.frame.head.say(self._title(self.intake), told)
        in_error = say("This was entered in error. It is in no list and no count.")
        self.warning.say(in_error if self.intake.is_entered_in_error else "")
        self.wrong.setDisabled(self.intake.is_entered_in_error)
        is_open = not self.intake.is_entered_in_error
        self.answers.show_intake(
            self.intake, self._staff, lambda section: is_open and not section.fact
        )
        self.card.show_papers(self.intake.papers)

    def _title(self, intake: IntakeView) -> str:
        if intake.is_event:
            return self._words.text("Overdose {number}", number=intake.number)
        return self._words.text("Intake {number}", number=intake.number)

    # --- amending -------------------------------------------------------------------------

    def _on_amending(self, is_amending: bool) -> None:
        """While a section is amended, nothing else can be done."""
        self.card.setVisible(not is_amending)
        is_in_error = self.intake is not None and self.intake.is_entered_in_error
        self.wrong.setEnabled(not is_amending and not is_in_error)
        self.new_paper.setEnabled(not is_amending)

    def _on_amended(self, answers: Answers, reason: str) -> None:
        self._do(lambda: self._work.amend(self._record, answers, reason),
                 self._words.text("The change is saved. The old answer is kept."))  # fmt: skip

    def _on_wrong(self) -> None:
        self.reason.ask(
            self._words.text("Take this intake out of all lists and counts?"),
            self._words.text("Entered in error"),
            lambda reason: self._do(
                lambda: self._work.entered_in_error(self._record, reason),
                self._words.text("This intake is marked as entered in error."),
            ),
        )

    def _do(self, job: Callable[[], object], said: str) -> None:
        def done(_: object) -> None:
            self.answers.end_amending()
            self.error.say("")
            self.good.say(said)
            self.changed.emit()
            self.refresh()

        self._background.run(job, done, self.error.tell_in_view)

    # --- papers ---------------------------------------------------------------------------

    def _ask_papers(self) -> None:
        self._background.run(
            lambda: self._work.papers_about(self._record),
            self.card.show_papers,
            self.error.tell_in_view,
        )

    def _on_reissue(self, paper: IssuedPaper) -> None:
        self.reason.ask_reissue(paper, self._work.reissue, self._do)

    def _on_new_paper(self) -> None:
        intake = self.intake
        if intake is not None:
            self._background.run(
                lambda: self._work.offers(intake.guide, intake.answers), self._on_offers,
                self.error.tell_in_view,
            )  # fmt: skip

    def _on_offers(self, offers: list[PaperOffer]) -> None:
        self.ticks.show_offers(offers, are_ticked=False, has_preview=False)
        self.leaving.show_leaving(None)
        self.offers.show()
        for tick in self.ticks.ticks.values():
            tick.setFocus()
            break
        bring_into_view(self.offers)

    def _ask_leaving(self) -> None:
        """What would leave with the ticked papers; nothing is issued where it is not covered."""
        wanted = self.ticks.wanted
        self._background.run(
            lambda: self._work.leaving(self._record, wanted), self.leaving.show_leaving,
            self.error.tell_in_view,
        )  # fmt: skip

    def _on_leaving(self, may_go_on: bool) -> None:
        self.issue.setEnabled(may_go_on)

    def _on_issue(self) -> None:
        wanted = self.ticks.wanted
        if wanted:
            self.offers.hide()
            self._do(lambda: self._work.issue(self._record, wanted),
                     self._words.text("Issued. Print it now."))  # fmt: skip

    def _on_print(self, paper: IssuedPaper) -> None:
        self.papers.print([paper])

    def _on_save(self, paper: IssuedPaper) -> None:
        self.papers.save([paper])

    def _on_told(self, text: str) -> None:
        self.good.say(text)
