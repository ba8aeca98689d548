"""What is asked before something is noted: a few questions, one button, one way out."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.form import Answers, Field
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.fields import make_field
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import Card, ErrorBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view

Then: TypeAlias = Callable[[Answers], object]


class AskCard(Card):
    """Hidden until something asks. It stays until the act is done or left, with what was typed.

    Signals:
        closed: It was done or left.

    Attributes:
        fields: The questions, by id.
        act: Does it.
        leave: Leaves it.
    """

    closed = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting, self._words = setting, setting.words
        self._then: Then | None = None
        self._from: QWidget | None = None
        self.fields: dict[str, FieldWidget] = {}
        self._what, self._note = words_label("", "h2"), muted("")
        self._inside = QVBoxLayout()
        self._inside.setSpacing(setting.theme.px(10))
        self._error = ErrorBox(setting.theme)
        self.act = PrimaryButton("", setting.theme)
        self.leave = named_button(self._words.text("Cancel"))
        line = QHBoxLayout()
        line.addWidget(self.act)
        line.addWidget(self.leave)
        line.addStretch(1)
        for widget in (self._what, self._note):
            self.box.addWidget(widget)
        self.box.addLayout(self._inside)
        self.box.addWidget(self._error)
        self.box.addLayout(line)
        on_press(self.act, self._on_act)
        on_press(self.leave, self.done)
        self.hide()

    def ask(
        self, what: str, fields: Sequence[Field], then: Then, note: str = "", act: str = ""
    ) -> None:
        """Ask; `then` is called with the answers, and somebody calls `done` or `fail`.

        Args:
            what: What is done: the heading, and the words on the button.
            fields: The questions.
            then: What to do with the answers.
            note: A line under the heading.
            act: Words on the button, where they are not the heading.
        """
        self._from = self.window().focusWidget()
        self._then = then
        self._what.setText(what)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.act.setText(act or what)
        self.act.setAccessibleName(act or what)
        self._error.say("")
        clear(self._inside)
        self.fields = {field.id: make_field(field, self._setting) for field in fields}
        for widget in self.fields.values():
            self._inside.addWidget(widget)
        self.show()
        bring_into_view(self)
        first = next(iter(self.fields.values()), None)
        first.take_focus() if first else self.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, answers: Answers) -> None:
        """Put answers into the questions that were just asked."""
        for name, value in answers.items():
            if name in self.fields:
                self.fields[name].set_value(value)

    def done(self) -> None:
        """Nothing more is asked; the cursor goes back to where it came from."""
        self._then = None
        self.hide()
        clear(self._inside)
        self.fields = {}
        if self._from is not None:
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._from = None
        self.closed.emit()

    def fail(self, text: str) -> None:
        """Say why it was not done; what was typed stays."""
        self._error.say(text)
        bring_into_view(self._error)

    def forget_way_back(self) -> None:
        """The buttons are made anew: there is nothing to go back to."""
        self._from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return does it from a line; Escape leaves it."""
        focus = self.window().focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.done()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QLineEdit):
            self._on_act()
        else:
            super().keyPressEvent(event)

    def _on_act(self) -> None:
        if self._then is not None and self._is_whole():
            self._error.say("")
            self._then({name: widget.value() for name, widget in self.fields.items()})

    def _is_whole(self) -> bool:
        """Whether all can be read and nothing is missing; the first fault gets the cursor."""
        faults = [one for one in self.fields.values() if _is_wrong(one)]
        if faults:
            faults[0].take_focus()
        return not faults


def _is_wrong(widget: FieldWidget) -> bool:
    """Whether an answer cannot be read or is missing; it is said at the question."""
    missing = widget.field.is_required and widget.value() is None
    told = widget.words.text("Please answer this.") if missing else ""
    widget.problem(widget.complaint() or told)
    return bool(widget.shown_problem)
