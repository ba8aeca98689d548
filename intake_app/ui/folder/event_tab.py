"""An overdose event: what ODMAP is told, and who else was of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QVBoxLayout

from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May, may
from intake_app.services.intakes.events import (
    ODMAP,
    EventView,
    begin_another,
    note_copied,
    note_reported,
    read_event,
)
from intake_app.services.papers.papers import IssuedPaper, issue_papers
from intake_app.services.records.drafts import save_draft
from intake_app.services.records.ways_in import may_take
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.papers.desk_work import DeskWork
from intake_app.ui.papers.paper_desk import PaperDesk
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, clear, named_button, on_press
from intake_app.ui.parts.labels import fact_label, muted, words_label
from intake_app.ui.parts.lists import Line, end_rows, line_button, ruled
from intake_app.words.dates import moment_in_words


class EventTab(FolderTab):
    """What is known of the event, without a name.

    Attributes:
        copy: Copies what ODMAP asks, without a name or number.
        print: Prints the same on a sheet.
        report: Notes that ODMAP was told.
        another: Begins the intake of another person of it.
        people: A line for each person of it, by receipt number.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        say, theme = self.words.text, self.theme
        self._view: EventView | None = None
        self.papers = PaperDesk(
            DeskWork(parts.desk), parts.background, self.words, parts.printers, self
        )
        self.papers.told.connect(self.good.say)
        self.papers.failed.connect(self.fail)
        self.ask = AskCard(parts.setting)
        self.odmap = Card(say("For ODMAP"))
        self.odmap.box.addWidget(muted(say("No name and no receipt number goes with it.")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setColumnStretch(1, 1)
        self.odmap.box.addLayout(self._grid)
        self.state = Chip("")
        self.odmap.box.addWidget(self.state)
        self.copy = self._button(say("Copy for ODMAP"), self._on_copy)
        self.print = self._button(say("Print for ODMAP"), self._on_print)
        self.report = self._button(say("Reported to ODMAP…"), self._on_report)
        self.odmap.box.addWidget(ButtonRow(theme.px(10), [self.copy, self.print, self.report]))
        self.of_it = Card(say("People of this event"))
        self._lines = QVBoxLayout()
        self.of_it.box.addLayout(self._lines)
        self.another = self._button(say("Another person of this event"), self._on_another)
        self.of_it.box.addWidget(ButtonRow(theme.px(10), [self.another]))
        self.people: list[QPushButton] = []
        for card in (self.odmap, self.ask, self.of_it):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read the event anew; that it was read is logged."""
        desk, record, language = self.parts.desk, self.parts.record, self.words.language
        self.read(lambda: read_event(desk, record, language), self._show)

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        made = named_button(text)
        on_press(made, act)
        return made

    def _show(self, view: EventView) -> None:
        words, self._view = self.words, view
        clear(self._grid)
        for line, (label, said) in enumerate(view.odmap):
            self._grid.addWidget(fact_label(label), line, 0)
            self._grid.addWidget(words_label(said), line, 1)
        told = words.text("Not reported to ODMAP yet")
        if view.row.report:
            at = moment_in_words(view.row.report.at, words.language)
            told = words.text("Reported to ODMAP: {when}", when=at)
        self.state.setText(told)
        has_facts = bool(view.odmap)
        for button in (self.copy, self.print):
            button.setEnabled(has_facts)
        clear(self._lines)
        self.people = [self._person(*one) for one in view.people]
        for button in self.people:
            self._lines.addWidget(ruled(button))
        end_rows(self._lines)
        if not self.people:
            self._lines.addWidget(muted(words.text("Nobody was met.")))
        roles = self.parts.desk.person.roles
        self.report.setVisible(may(roles, May.AMEND_INTAKE))
        self.another.setVisible(may_take(self.parts.desk, view.row.pathway))

    def _person(self, record: RecordId, number: str) -> QPushButton:
        is_here = record == self.parts.record
        under = self.words.text("This intake") if is_here else ""
        return line_button(self.theme, Line("", number, under), lambda: self._open(record))

    def _open(self, record: RecordId) -> None:
        if record != self.parts.record:
            self.record_asked.emit(record)

    # --- what happens -----------------------------------------------------------------------

    def _on_copy(self) -> None:
        view, desk = self._view, self.parts.desk
        if view is None:
            return

        def copied(_nothing: None) -> None:
            QApplication.clipboard().setText(view.text)  # it goes when somebody locks or leaves

        said = self.words.text("Copied. Paste it into ODMAP.")
        self.do(lambda: note_copied(desk, view.row.record), said, copied)

    def _on_print(self) -> None:
        view, desk = self._view, self.parts.desk
        if view is None:
            return

        def issued(papers: list[IssuedPaper]) -> None:
            self.papers.print(papers)

        self.parts.background.run(
            lambda: issue_papers(desk, view.row.record, [ODMAP]), issued, self.fail
        )

    def _on_report(self) -> None:
        q = Questions(self.words)
        self.ask.ask(self.words.text("Reported to ODMAP"), [q.moment()], self._note)

    def _note(self, said: Answers) -> None:
        desk, record = self.parts.desk, self.parts.record
        at = str(said.get("at") or "")
        self.do(lambda: note_reported(desk, record, at), self.words.text("Saved."), ask=self.ask)

    def _on_another(self) -> None:
        desk, record = self.parts.desk, self.parts.record

        def begun() -> str:
            draft = begin_another(desk, record)
            save_draft(desk, draft)
            return draft.id

        self.parts.background.run(begun, self.draft_asked.emit, self.fail)
