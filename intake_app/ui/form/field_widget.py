"""What the widgets of all kinds of questions have in common: label, hint, error, value."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake_app.domain.change import Value
from intake_app.domain.form import Field
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.icons import icon_label
from intake_app.ui.parts.labels import muted, restyle, words_label


class FieldWidget(QWidget):
    """A question: its label above, its hint under that, its answer, and what is wrong with it.

    Signals:
        changed: The answer is another one now (never while it is being filled in by the program).

    Attributes:
        field: The question as the form file says it.
        head: The layout of the label, for a button on its right.
        body: The layout to put the controls in.
    """

    changed = Signal()

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__()
        self.field, self.setting = field, setting
        self.words, self.theme = setting.words, setting.theme
        self.name = field.label.said_in(self.words.language)
        self._hint_text = field.hint.said_in(self.words.language)
        self._is_filling, self._problem = False, ""
        self._error: QWidget | None = None
        self._controls: list[QWidget] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.label = self._make_label()
        self.head = QHBoxLayout()
        self.head.addWidget(self.label, 1)
        self.column.addLayout(self.head)
        if self._hint_text:
            self.hint = muted(self._hint_text)
            self.column.addWidget(self.hint)
        if field.is_apart:
            self.column.addWidget(muted(self.words.text("Kept apart, without a link to anybody.")))
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self.column.addLayout(self.body)

    # --- what every kind says of itself ---------------------------------------------------

    def value(self) -> Value:
        """The answer, in the shape that `FieldType` says; None while unanswered."""
        raise NotImplementedError

    def fill(self, value: Value | None) -> None:
        """Put an answer into the controls; None empties them. Called by `set_value` only."""
        raise NotImplementedError

    def typed(self) -> str:
        """What was typed and cannot be read as an answer; "" where all is well."""
        return ""

    def set_typed(self, text: str) -> None:
        """Put back what was typed and could not be read."""

    def complaint(self) -> str:
        """Why what was typed cannot be read, in words; "" where all is well."""
        return ""

    # --- what the form asks of it ---------------------------------------------------------

    def set_value(self, value: Value | None) -> None:
        """Show an answer, without telling that it changed."""
        self._is_filling = True
        try:
            self.fill(value)
        finally:
            self._is_filling = False

    @property
    def shown_problem(self) -> str:
        """The problem that stands at the question now; "" without one."""
        return self._problem

    def problem(self, text: str) -> None:
        """Show what to do about the answer, with an icon and a border; "" takes it away."""
        if text == self._problem:
            return
        self._problem = text
        if self._error is None:
            self._error = self._make_error()
        self._error_words.setText(text)
        self._error.setVisible(bool(text))
        for control in self._controls:
            self._describe(control)
            if control.property("bad") is not None or self.wears_border(control):
                control.setProperty("bad", bool(text))
                restyle(control)

    def wears_border(self, _control: QWidget) -> bool:
        """Whether a control shows a problem by its border."""
        return True

    def take_focus(self) -> None:
        """Put the cursor into the first control."""
        for control in self._controls:
            if control.isVisibleTo(self) and control.isEnabled():
                control.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # --- for the kinds --------------------------------------------------------------------

    def own(self, control: QWidget, name: str = "") -> None:
        """Name a control for a screen reader; the first owned one gets the focus."""
        control.setAccessibleName(name or self.name)
        if not self._controls:
            self.label.setBuddy(control)
        self._controls.append(control)
        self._describe(control)

    def tell(self, *_: object) -> None:
        """Say that the answer changed; slots of all controls."""
        if not self._is_filling:
            self.problem("")
            self.changed.emit()

    def group(self) -> QGroupBox:
        """A group of buttons that has the question's name for a screen reader."""
        box = QGroupBox()
        box.setAccessibleName(self.name)
        box.setAccessibleDescription(self._hint_text)
        return box

    def _make_label(self) -> QLabel:
        if self.field.is_required or not self.name:
            return words_label(self.name, "label")
        optional = escape(self.words.text("(optional)"))
        label = QLabel(f"{escape(self.name)} <span style='font-weight:400'>{optional}</span>")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setProperty("kind", "label")
        label.setWordWrap(True)
        label.setAccessibleName(self.name)
        return label

    def _make_error(self) -> QWidget:
        error = QWidget()
        line = QHBoxLayout(error)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        size = self.theme.px(17)
        sign = icon_label("circle-alert", self.theme.tokens.err, size)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._error_words = words_label("", "error")
        line.addWidget(self._error_words, 1)
        self.column.addWidget(error)
        return error

    def _describe(self, control: QWidget) -> None:
        parts = [self._hint_text or ("" if control.accessibleName() == self.name else self.name)]
        if self._problem:
            parts.append(self.words.text("Error: {problem}", problem=self._problem))
        control.setAccessibleDescription(" ".join(part for part in parts if part))
