"""Check eligibility without a record: what the desk needs to answer an officer by radio.

The questions are those that the rules of the department's programs read. Nothing typed here is
kept, unless it becomes an intake or an entry of the offer ledger.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.form import Answers, Field, FieldType
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import May, may
from intake_app.domain.text import Text
from intake_app.services.case.offers import OfferAbout
from intake_app.services.citing.eligibility import Check, Missing, Verdict, check_all
from intake_app.services.citing.eligibility_questions import (
    AGE,
    Questions,
    about_answers,
    answers_for,
    questions,
)
from intake_app.services.desk import Desk
from intake_app.ui.case.earlier_card import EarlierCard
from intake_app.ui.case.offer_dialog import NotOfferedDialog
from intake_app.ui.case.verdict_card import VerdictCard
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.form.rows_field import ROW
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, clear, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label
from intake_app.ui.parts.layouts import PairLayout
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

if TYPE_CHECKING:
    from intake_app.ui.form.field_widget import FieldWidget

_PAUSE_MS = 60
_STACKED_BELOW = 1000
_LETTERS = 22
"""Room for the name of a program."""

_BEST_FIRST = (Verdict.FITS, Verdict.CANNOT_TELL, Verdict.AGAINST, Verdict.HARD)


class EligibilityPage(QWidget):
    """Questions on one side, what each program's rules say on the other.

    Signals:
        case_asked: Begin an officer intervention with this form (id) and these answers.
        closed: Leave; nothing is kept.
        refreshed: The questions stand.
        judged: The verdicts are those of the answers on the screen.

    Attributes:
        fields: The questions by id.
        verdicts: The programs by form id.
        program: For which program an intake begins, or an entry is noted.
        dialog: The dialog that was opened last.
    """

    case_asked = Signal(str, object)
    closed = Signal()
    refreshed = Signal()
    judged = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._setting = Setting(words, theme, desk.clock)
        self._questions = Questions((), asks_age=False, earlier="")
        self._checks: Sequence[Check] = ()
        self._asked = 0
        self._is_program_chosen = False
        self.fields: dict[str, FieldWidget] = {}
        self.verdicts: dict[str, VerdictCard] = {}
        self.dialog: NotOfferedDialog | None = None
        self.setObjectName("page")
        self.frame, self.error = PageFrame(theme), FailureBox(theme, words)
        self.program = Picker()
        self.program.setMinimumContentsLength(_LETTERS)
        self._card, self._cards = Card(), QVBoxLayout()
        self._pairs = PairLayout(theme.px(18), theme.px(560))
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._judge)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Begin anew, with the programs as they are now."""
        self._background.run(lambda: questions(self._desk), self._on_questions, self.error.tell)

    def answers(self) -> Answers:
        """What was answered, by field id."""
        given = {name: widget.value() for name, widget in self.fields.items() if name != AGE}
        answers = {name: value for name, value in given.items() if value is not None}
        told = self.fields[AGE].value() if AGE in self.fields else None
        return answers | ({AGE: int(told["amount"])} if told else {})

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The window gives the page the cursor; the first question takes it."""
        super().focusInEvent(event)
        self._take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Questions and verdicts side by side, or on top of each other."""
        is_narrow = self.width() < self._theme.px(_STACKED_BELOW)
        flow = QBoxLayout.Direction
        self._split.setDirection(flow.TopToBottom if is_narrow else flow.LeftToRight)
        super().resizeEvent(event)

    # --- laying out ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words, roles = self._words, self._desk.person.roles
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.frame)
        told = words.text("Nothing you enter here is kept. This page advises; a person decides.")
        self.frame.head.say(words.text("Check eligibility"), told)
        self.frame.body.addWidget(self.error)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(self._theme.px(18))
        left = QVBoxLayout()
        left.addWidget(self._card)
        self._card.box.addLayout(self._pairs)
        self.earlier = self._earlier_card()
        left.addWidget(self.earlier)
        left.addStretch(1)
        self._split.addLayout(left, 3)
        self._cards.setSpacing(self._theme.px(12))
        self._program_label = field_label(words.text("Program"), self.program)
        right = QVBoxLayout()
        right.addLayout(self._cards, 1)
        for widget in (self._program_label, self.program):  # the foot has no room in large text
            widget.hide()
            right.addWidget(widget)
        self._split.addLayout(right, 2)
        self.frame.body.addLayout(self._split)
        self.frame.body.addStretch(1)
        self.close_it = self.frame.button(words.text("Close"))
        self.anew = self.frame.button(words.text("Start over"))
        self.not_offered = self.frame.button(words.text("Not offered"))
        self.begin = self.frame.primary(words.text("Officer intervention"), "arrow-right")
        foot = self.frame.foot
        foot.addWidget(self.close_it)
        foot.addWidget(self.anew)
        foot.addStretch(1)
        for widget in (self.not_offered, self.begin):
            foot.addWidget(widget)
        self.not_offered.setVisible(self._desk.cases is not None and may(roles, May.NOTE_OFFER))
        self.begin.setVisible(may(roles, May.TAKE_CASE))

    def _earlier_card(self) -> EarlierCard:
        card = EarlierCard(self._desk, self._background, self._words, self._theme)
        card.counted.connect(self._on_counted)
        card.hide()
        return card

    def _connect(self) -> None:
        on_press(self.close_it, self.closed.emit)
        on_press(self.anew, self.refresh)
        on_press(self.begin, self._on_begin)
        on_press(self.not_offered, self._on_not_offered)
        self.program.activated.connect(self._on_program)

    # --- the questions ------------------------------------------------------------------------

    def _on_questions(self, found: Questions) -> None:
        self.error.say("")
        self._questions, self._is_program_chosen = found, False
        for widget in self.fields.values():
            self._pairs.let_go(widget)
            widget.hide()
            widget.deleteLater()
        self.fields = {field.id: make_field(field, self._setting) for field in self._to_ask()}
        for widget in self.fields.values():
            self._pairs.hold(widget)
            if widget.field.type is FieldType.ROWS:
                widget.set_value([{ROW: new_record_id()}])  # one is there: most have one offense
            widget.changed.connect(self._pause.start)
        roles = self._desk.person.roles
        may_look = self._desk.cases is not None and may(roles, May.FIND_CASES)
        self.earlier.empty()
        self.earlier.setVisible(may_look and bool(found.earlier))
        if not found.fields and not found.asks_age:
            self.error.say(self._words.text("No program is in force. Tell your administrator."))
        self._judge()
        self.refreshed.emit()

    def _to_ask(self) -> list[Field]:
        fields = list(self._questions.fields)
        if self._questions.asks_age:
            label = self._words.text("Age in years")
            text = Text({"en": label, self._words.language: label})
            at = next((n for n, f in enumerate(fields) if f.type is FieldType.ROWS), -1) + 1
            fields.insert(at, Field(AGE, FieldType.NUMBER, text, is_required=True))
        return fields

    def _take_focus(self) -> None:
        for widget in self.fields.values():
            if widget.isVisibleTo(self):
                widget.take_focus()
                return

    # --- the verdicts -------------------------------------------------------------------------

    def _judge(self) -> None:
        self._asked += 1
        number, answers = self._asked, self.answers()
        self._background.run(
            lambda: check_all(self._desk, answers), lambda found: self._on_judged(number, found),
            self.error.tell,
        )  # fmt: skip

    def _on_judged(self, number: int, checks: Sequence[Check]) -> None:
        if number != self._asked:
            return  # something was typed since
        self._checks = checks
        asked = {AGE}.union(*(check.asked for check in checks))
        for name, widget in self.fields.items():
            if (name in asked) == widget.isHidden():
                widget.setVisible(name in asked)
        self._pairs.invalidate()
        if [check.ruleset.id for check in checks] != list(self.verdicts):
            self._make_cards(checks)
        for check in checks:
            self.verdicts[check.ruleset.id].show_check(check, self._label)
        self._choose_best()
        self.judged.emit()

    def _make_cards(self, checks: Sequence[Check]) -> None:
        clear(self._cards)
        self.verdicts = {}
        self.program.clear()
        for check in checks:
            name = check.program.said_in(self._words.language)
            self.verdicts[check.ruleset.id] = VerdictCard(name, self._words)
            self._cards.addWidget(self.verdicts[check.ruleset.id])
            self.program.addItem(name, check.ruleset.id)
        self._cards.addStretch(1)
        has_use = not (self.begin.isHidden() and self.not_offered.isHidden())
        for widget in (self.program, self._program_label):
            widget.setVisible(len(checks) > 1 and has_use)

    def _choose_best(self) -> None:
        """The program that fits best, until somebody chooses one."""
        if self._is_program_chosen or not self._checks:
            return
        best = min(self._checks, key=lambda check: _BEST_FIRST.index(check.verdict))
        self.program.setCurrentIndex(self.program.findData(best.ruleset.id))

    def _label(self, missing: Missing) -> str:
        """What a missing answer is called here: whoever asks by radio tells an age, no date."""
        is_asked = missing.field.partition(".")[0] in self.fields
        if not is_asked and AGE in self.fields:
            return self.fields[AGE].name
        return missing.label.said_in(self._words.language)

    # --- what happens -------------------------------------------------------------------------

    def _on_program(self, _row: int) -> None:
        self._is_program_chosen = True

    def _on_counted(self, count: int) -> None:
        widget = self.fields.get(self._questions.earlier)
        if widget is not None:
            widget.set_value({"amount": count, "unit": ""})
            self._judge()

    def _on_begin(self) -> None:
        form, answers = str(self.program.currentData() or ""), self.answers()
        self._background.run(
            lambda: answers_for(self._desk, form, answers),
            lambda kept: self.case_asked.emit(form, kept), self.error.tell,
        )  # fmt: skip

    def _on_not_offered(self) -> None:
        form, answers = str(self.program.currentData() or ""), self.answers()
        self._background.run(
            lambda: about_answers(self._desk, form, answers), self._open_dialog, self.error.tell
        )

    def _open_dialog(self, about: OfferAbout) -> None:
        dialog = NotOfferedDialog(self._desk, self._background, self._words, self._theme, self)
        dialog.about = about
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        self.dialog = dialog
