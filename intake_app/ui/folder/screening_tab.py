"""Screenings of one person: choose a tool, read it aloud, key the answers, see the result."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.form import Answers, Choice, Field, FieldType
from intake_app.domain.ids import RecordId
from intake_app.domain.screening import SEXES, Screening, ScreeningItem
from intake_app.services.follow_up.screenings import (
    OUTCOME,
    Asked,
    Screened,
    Screenings,
    keep_screening,
    lines_in_words,
    note_declined,
    result_sheet,
    screenings_of,
    take_back_screening,
)
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.review_base import LANGUAGES
from intake_app.ui.papers.blank_sheet import BlankSheet
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, clear, make_button, on_press
from intake_app.ui.parts.labels import field_label, heading, muted, words_label
from intake_app.ui.parts.picker import Picker
from intake_app.ui.settings.screening_tools_card import ScreeningToolsCard
from intake_app.words.dates import moment_in_words

JOB_NAME = "result"
"""Title of the print job: it says nothing of what was asked, and of whom."""

_SEX, _KEEP, _YES, _NO = "~sex", "~keep", "yes", "no"


class ScreeningTab(FolderTab):
    """The tools that are on, the questions of one, and all results.

    Attributes:
        language: In which the questions are read out.
        ask: The questions.
        offers: The tools.
        results: What was asked before.
        tools: Which tools the department uses.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words, theme = self.words, self.theme
        self._questions = Questions(words)
        self._found: Screenings | None = None
        self.offers = Card(words.text("Screening"))
        told = words.text(
            "For trained staff. Read the words as they stand. The result is not a diagnosis, "
            "and does not decide whether this person gets help."
        )
        self.offers.box.addWidget(muted(told))
        self.language = Picker()
        for code, name in LANGUAGES.items():
            self.language.addItem(words.text(name), code)
        self.offers.box.addWidget(field_label(words.text("Read out in"), self.language))
        self.offers.box.addWidget(self.language)
        self._tool_lines = self._lines(self.offers)
        self.ask = AskCard(parts.setting)
        self.results = Card(words.text("Results"))
        self._result_lines = self._lines(self.results)
        self.tools = ScreeningToolsCard(parts.desk, parts.background, words, theme)
        self.tools.switched.connect(self.refresh)
        for card in (self.offers, self.ask, self.results, self.tools):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self._sheet = BlankSheet(self, words, parts.printers, self.fail)

    def refresh(self) -> None:
        """Read the results and the tools that are on."""
        record, desk = self.parts.record, self.parts.desk
        self.read(lambda: screenings_of(desk, record), self._show)

    def _lines(self, card: Card) -> QVBoxLayout:
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self.theme.px(10))
        card.box.addWidget(holder)
        return lines

    # --- what can be asked ------------------------------------------------------------------

    def _show(self, found: Screenings) -> None:
        if self._found is None:
            self.language.setCurrentIndex(max(self.language.findData(found.language), 0))
            self.tools.refresh()
        self._found = found
        clear(self._tool_lines)
        for tool in found.tools:
            self._tool_lines.addWidget(self._offer(tool))
        if not found.tools:
            none = self.words.text("No tool is turned on. Turn one on below.")
            self._tool_lines.addWidget(muted(none))
        self._show_results(found)

    def _offer(self, tool: Screening) -> QWidget:
        title = tool.title.said_in(self.words.language)
        ask = make_button(self.words.text("Ask"))
        ask.setAccessibleName(self.words.text("Ask: {tool}", tool=title))
        on_press(ask, partial(self._on_ask, tool))
        declined = make_button(self.words.text("Declined"), "small")
        declined.setAccessibleName(self.words.text("Declined: {tool}", tool=title))
        on_press(declined, partial(self._on_declined, tool))
        count = self.words.plural("{n} question", "{n} questions", len(tool.items))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words_label(title, "label"), 1)
        row.addWidget(muted(count, wraps=False))
        row.addWidget(ask)
        row.addWidget(declined)
        return line

    def _on_ask(self, tool: Screening) -> None:
        language = str(self.language.currentData())
        fields = [self._field(item, language) for item in tool.items]
        if tool.asks_sex:
            fields.append(self._sex_field())
        fields.append(self._keep_field())
        note = tool.translations.get(language)
        said = [tool.intro.said_in(language), note.said_in(language) if note else ""]
        self.ask.ask(
            tool.title.said_in(language), fields, partial(self._on_answered, tool, language),
            "\n".join(part for part in said if part), self.words.text("Keep the result"),
        )  # fmt: skip

    def _field(self, item: ScreeningItem, language: str) -> Field:
        say = self._questions.text
        choices = [Choice(one.id, say(one.label.said_in(language))) for one in item.choices]
        kind = FieldType.CHOICES if item.is_many else FieldType.CHOICE
        label = say(item.text.said_in(language))
        return Field(item.id, kind, label, is_required=True, choices=tuple(choices))

    def _sex_field(self) -> Field:
        names = {"male": self.words.text("Male"), "female": self.words.text("Female")}
        choices = [Choice(sex, self._questions.text(names[sex])) for sex in SEXES]
        label = self.words.text("Sex, if the person tells it: the tool draws its line by it")
        return self._questions.choice(_SEX, label, choices, is_required=False)

    def _keep_field(self) -> Field:
        say = self.words.text
        choices = (
            Choice(_NO, self._questions.text(say("No, the result only"))),
            Choice(_YES, self._questions.text(say("Yes, the answers too"))),
        )
        label = say("May we keep your answers, or the result only?")
        return self._questions.choice(_KEEP, label, choices)

    def _on_answered(self, tool: Screening, language: str, said: Answers) -> None:
        answers = {item.id: said[item.id] for item in tool.items}
        sex, keeps = str(said.get(_SEX) or ""), said.get(_KEEP) == _YES
        asked = Asked(answers, sex, keeps, language)
        desk, record = self.parts.desk, self.parts.record
        self.do(
            lambda: keep_screening(desk, record, tool.id, asked),
            self.words.text("The result is kept."),
            ask=self.ask,
        )

    def _on_declined(self, tool: Screening) -> None:
        desk, record = self.parts.desk, self.parts.record
        self.do(lambda: note_declined(desk, record, tool.id), self.words.text("Noted: declined."))

    # --- results ----------------------------------------------------------------------------

    def _show_results(self, found: Screenings) -> None:
        clear(self._result_lines)
        for done in found.done:
            self._result_lines.addWidget(self._result(done, found.language))
        if not found.done:
            self._result_lines.addWidget(muted(self.words.text("Nothing was asked yet.")))

    def _result(self, done: Screened, language: str) -> QWidget:
        words = self.words
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, self.theme.px(8))
        lines.setSpacing(self.theme.px(4))
        head = QHBoxLayout()
        head.addWidget(heading(done.title.said_in(words.language), 3), 1)
        head.addWidget(Chip(words.text(OUTCOME[done.outcome])))
        lines.addLayout(head)
        when = moment_in_words(done.at, words.language)
        who = self.parts.desk.name_of(done.by)
        lines.addWidget(muted(words.text("{who}, {when}", who=who, when=when)))
        if done.score is not None:
            number = words.text("{number} of {most}", number=done.score, most=done.most)
            lines.addWidget(words_label(number, "label"))
        for line in lines_in_words(done, words):
            lines.addWidget(words_label(line))
        lines.addWidget(muted(self._kept_words(done)))
        lines.addWidget(self._result_buttons(done, language))
        return holder

    def _kept_words(self, done: Screened) -> str:
        say = self.words.text
        kept = say("The answers are kept, with the person's yes.")
        kept = kept if done.answers else say("Only the result is kept.")
        return f"{say('This is not a diagnosis.')} {kept}"

    def _result_buttons(self, done: Screened, language: str) -> ButtonRow:
        say, title = self.words.text, done.title.said_in(self.words.language)
        printed = make_button(say("Print result"), "small")
        printed.setAccessibleName(say("Print result: {tool}", tool=title))
        on_press(printed, partial(self._on_print, done.record, language))
        wrong = make_button(say("Entered in error"), "small")
        wrong.setAccessibleName(say("Entered in error: {tool}", tool=title))
        on_press(wrong, partial(self._on_wrong, done.record))
        return ButtonRow(self.theme.px(8), (printed, wrong))

    def _on_print(self, screening: RecordId, language: str) -> None:
        def print_it(data: bytes) -> None:
            self._sheet.give_out(data, JOB_NAME)

        desk = self.parts.desk
        self.parts.background.run(
            lambda: result_sheet(desk, screening, language or desk.own_language), print_it,
            self.fail,
        )  # fmt: skip

    def _on_wrong(self, screening: RecordId) -> None:
        def take_back(said: Answers) -> None:
            self.do(
                lambda: take_back_screening(self.parts.desk, screening, str(said["note"])),
                self.words.text("It is out of all lists."),
                ask=self.ask,
            )

        reason = self._questions.note(is_required=True)
        self.ask.ask(self.words.text("Entered in error"), [reason], take_back)
