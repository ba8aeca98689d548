"""One screen for a call: how the person may be reached, what may be said, and what came of it.

A result is chosen by one key: a digit or letter, or the same with Alt while one is typing. What is
typed is handed on at every change, so that an interruption costs nothing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.draft import Draft
from intake_app.domain.follow_up import Reach
from intake_app.domain.form import NO, YES, Answers, Choice, Field, FieldType
from intake_app.domain.text import Text
from intake_app.services.follow_up.attempts import CallSheet
from intake_app.services.follow_up.overview import Overview
from intake_app.services.records.tries import MEANS, RESULTS, Attempt
from intake_app.ui.form.choice_fields import ListField
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.questions import Questions
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, ErrorBox, MessageBox, PrimaryButton, clear, make_button
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.layouts import OptionsLayout
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

KEYS: Final = "1234567890ABCDEFGH"
"""The key of each result, in the order of the list."""

_NARROW: Final = 900
"""Below this width (at 100 % text) the plan stands above the questions."""

_EARLIER: Final = 4
"""Tries that are shown beside the call; all of them stand on the tab."""

_HOW: Final = {
    "use": mark("Substance use now"),
    "housing": mark("Housing now"),
    "engagement": mark("Treatment or services now"),
    "consent": mark("Does the consent still hold?"),
}


class CallCard(QWidget):
    """Hidden until a call begins.

    Signals:
        typed: Something was typed or chosen.
        saved: It is to be saved.
        left: Nobody wants it.

    Attributes:
        results: The results, by code.
        fields: The questions, by name.
        save, leave: What ends it.
        plan: How the person may be reached.
        warn: What speaks against the chosen means.
    """

    typed = Signal()
    saved = Signal()
    left = Signal()

    def __init__(self, setting: Setting, agency: str) -> None:
        super().__init__()
        self._setting, self._words, self._agency = setting, setting.words, agency
        self._safe: tuple[str, ...] = ()
        self._reach: Mapping[str, str] = {}
        self._suggested = ""
        self.notes: Draft | None = None
        self.results: dict[str, QRadioButton] = {}
        self.fields: dict[str, FieldWidget] = {}
        self.plan = Card(self._words.text("How to reach them"))
        self._plan, self._script = QGridLayout(), QVBoxLayout()
        self.plan.box.addLayout(self._plan)
        self.plan.box.addLayout(self._script)
        self.plan.box.addStretch(1)
        self.card = Card(self._words.text("What came of it"))
        self.warn = MessageBox(setting.theme, "warn")
        self._error = ErrorBox(setting.theme)
        self._group = QButtonGroup(self)
        self._choices = OptionsLayout(setting.theme.scale)
        self._asked, self._more = QGridLayout(), QGridLayout()
        self.save = PrimaryButton(self._words.text("Save this try"), setting.theme)
        self.leave = make_button(self._words.text("Cancel"))
        self._lay_out()
        self.save.clicked.connect(lambda: self._on_save())
        self.leave.clicked.connect(lambda: self.left.emit())
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(self._on_save)
        self.hide()

    def _lay_out(self) -> None:
        px = self._setting.theme.px
        for grid in (self._asked, self._more):
            grid.setSpacing(px(10))
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
        self._plan.setColumnStretch(1, 1)
        for button in (self.save, self.leave):
            button.setAccessibleName(button.text())
        self.save.setToolTip("Ctrl+Enter")
        told = self._words.text(
            "Press the key of a result; with Alt while you type. Ctrl+Enter saves."
        )
        self._told = muted(told)
        self.card.box.addWidget(self._told)
        holder = QWidget()
        holder.setLayout(self._choices)
        self.card.box.addWidget(holder)
        for part in (self.warn, self._error):
            self.card.box.addWidget(part)
        self.card.box.addLayout(self._asked)
        self.card.box.addWidget(ButtonRow(px(8), (self.save, self.leave)))
        self.card.box.addLayout(self._more)
        self.card.box.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(px(14))
        self._columns.addWidget(self.plan, 1)
        self._columns.addWidget(self.card, 2)

    # --- what is asked of it --------------------------------------------------------------------

    def begin(self, notes: Draft, sheet: CallSheet, overview: Overview) -> None:
        """Show the plan and ask; what was typed before an interruption is there again."""
        self.notes = notes
        self._safe, self._suggested = sheet.plan.means, sheet.next.on
        self._reach = {one.id: one.measure for one in overview.tables.results}
        self._error.say("")
        self._show_plan(sheet, overview)
        self._show_results(overview.tables.results)
        self._ask(overview)
        first = {"means": sheet.next.means} if sheet.next.means else {}
        self._fill({**first, **notes.answers})
        self.show()
        self._on_changed(is_typed=False)
        next(iter(self.results.values()), self.save).setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self._told)  # the top: all of it is taller than a small screen

    def said(self) -> Answers:
        """What is chosen and typed, as far as it is asked for with this result."""
        asked = {name: field for name, field in self.fields.items() if not field.isHidden()}
        found: Answers = {name: field.value() for name, field in asked.items()}
        found["result"] = self.result
        return {name: value for name, value in found.items() if value not in (None, "")}

    @property
    def result(self) -> str:
        """The chosen result, or empty."""
        return next((code for code, one in self.results.items() if one.isChecked()), "")

    def fail(self, text: str) -> None:
        """Say why it was not saved; all that was typed stays."""
        self._error.say(text)
        bring_into_view(self._error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of a result chooses it; Escape goes nowhere, so that nothing is lost by it."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier}
        key = event.text().upper() or QKeySequence(event.key()).toString()
        place = KEYS.find(key) if len(key) == 1 and held in plain else -1
        if 0 <= place < len(self.results):
            list(self.results.values())[place].click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plan stands above where there is no room beside."""
        ways, is_narrow = QBoxLayout.Direction, self.width() < self._setting.theme.px(_NARROW)
        self._columns.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        super().resizeEvent(event)

    # --- the plan -------------------------------------------------------------------------------

    def _show_plan(self, sheet: CallSheet, overview: Overview) -> None:
        words, plan = self._words, sheet.plan
        clear(self._plan)
        clear(self._script)
        for place, line in enumerate(plan.lines):
            self._plan.addWidget(muted(line.label.said_in(words.language)), place, 0)
            self._plan.addWidget(words_label(line.words, "label"), place, 1)
        if not plan.means:
            self._script.addWidget(muted(words.text("Nothing was said about safe ways yet.")))
        self._script.addWidget(heading(words.text("What to say"), 3))
        for text in self._said(sheet):
            self._script.addWidget(words_label(text))
        tries = sheet.tries[-_EARLIER:]
        if tries:
            self._script.addWidget(heading(words.text("Tried before"), 3))
        for one in reversed(tries):
            self._script.addWidget(muted(try_in_words(one, overview, words)))

    def _said(self, sheet: CallSheet) -> list[str]:
        words, plan = self._words, sheet.plan
        if plan.may_say_who:
            first = words.text("“Hello, this is {agency}. Is this a good time to talk?”",
                               agency=self._agency)  # fmt: skip
        else:
            first = words.text(
                "Give your first name and no more: “Hello, is this a good time to talk?” "
                "To anybody else: “I will call again.”"
            )
        voicemail = (
            words.text("A voicemail is OK. Say nothing of help, treatment or police.")
            if plan.may_leave_voicemail
            else words.text("Leave no voicemail.")
        )
        return [first, voicemail]

    # --- the questions --------------------------------------------------------------------------

    def _show_results(self, results: Sequence[Choice]) -> None:
        clear(self._choices)
        self.results = {}
        for place, one in enumerate(results[: len(KEYS)]):
            made = QRadioButton(f"{KEYS[place]}  {one.label.said_in(self._words.language)}")
            made.setAccessibleName(made.text())  # the key is heard, too
            made.toggled.connect(self._on_toggled)
            shortcut = QShortcut(QKeySequence(f"Alt+{KEYS[place]}"), made)
            shortcut.activated.connect(partial(made.setChecked, True))
            self._group.addButton(made)
            self._choices.hold(made)
            self.results[one.id] = made

    def _ask(self, overview: Overview) -> None:
        words, ask = self._words, Questions(self._words)
        yes_no = (
            Choice(YES, ask.text(words.text("Yes"))),
            Choice(NO, ask.text(words.text("No"))),
        )
        clear(self._asked)
        clear(self._more)
        how = ListField(
            ask.choice("means", words.text("How you tried"), overview.tables.means), self._setting
        )
        text = Field("note", FieldType.LONG_TEXT, ask.text(words.text("Note")))
        again = ask.day(words.text("Try again on"), name="next_on")
        first = [how, *(make_field(field, self._setting) for field in (again, text))]
        later: list[FieldWidget] = [
            ListField(
                ask.choice(name, words.text(_HOW[name]), choices or yes_no, is_required=False),
                self._setting,
            )
            for name, choices in overview.tables.snapshot.items()
        ]
        later.append(make_field(ask.moment(), self._setting))
        for place, widget in enumerate(first[:2]):
            self._asked.addWidget(widget, 0, place, Qt.AlignmentFlag.AlignTop)
        self._asked.addWidget(first[2], 1, 0, 1, 2)
        for place, widget in enumerate(later):
            self._more.addWidget(widget, place // 2, place % 2)
        self.fields = {widget.field.id: widget for widget in (*first, *later)}
        for widget in self.fields.values():
            widget.changed.connect(self._on_changed)

    def _fill(self, answers: Answers) -> None:
        for name, value in answers.items():
            if name in self.fields:
                self.fields[name].set_value(value)
        chosen = self.results.get(str(answers.get("result", "")))
        if chosen is not None:
            chosen.setChecked(True)

    def _on_toggled(self, on: bool) -> None:
        if on:
            again = self.fields.get("next_on")
            if again is not None and again.value() is None and not again.typed():
                again.set_value(self._suggested)  # once: what is typed there is never replaced
            self._on_changed()

    def _on_changed(self, *, is_typed: bool = True) -> None:
        reach = self._reach.get(self.result, "")
        spoke = reach in {Reach.REACHED, Reach.AGAIN}
        for name in _HOW:
            if name in self.fields:
                self.fields[name].setVisible(spoke)
        again = self.fields.get("next_on")
        if again is not None:
            is_again = reach in {Reach.TRIED, Reach.AGAIN} and bool(self.notes and self.notes.step)
            again.setVisible(is_again)
        self.warn.say(self._against(reach))
        if is_typed:
            self.typed.emit()

    def _against(self, reach: str) -> str:
        words, means = self._words, str(self.fields["means"].value() or "")
        if reach in {Reach.DIED, Reach.STOP}:
            return words.text(
                "All follow-ups will end, and nobody will call, write or visit any more."
            )
        if self._safe and means and means not in (*self._safe, "in_person", "encounter"):
            return words.text("This is not one of the ways that they called safe.")
        return ""

    def _on_save(self) -> None:
        if not self.isVisible():
            return
        if not self.result:
            self.fail(self._words.text("Choose a result first."))
            return
        wrong = [one for one in self.fields.values() if not one.isHidden() and self._is_bad(one)]
        if wrong:
            wrong[0].take_focus()
            return
        self._error.say("")
        self.saved.emit()

    def _is_bad(self, widget: FieldWidget) -> bool:
        missing = widget.field.is_required and widget.value() is None
        told = self._words.text("Please answer this.") if missing else ""
        widget.problem(widget.complaint() or told)
        return bool(widget.shown_problem)


def try_in_words(one: Attempt, overview: Overview, words: Words) -> str:
    """A try in one line: when, who, how, and what came of it."""
    language = words.language

    def said(table: str, code: str) -> str:
        choice = overview.words.get((table, code))
        return (choice.label if choice else Text({language: code})).said_in(language)

    when = moment_in_words(one.at, language)
    parts = (when, overview.names.get(one.by, ""), said(MEANS, one.means),
             said(RESULTS, one.result))  # fmt: skip
    return " · ".join(part for part in parts if part)
