"""Questions answered by choosing: radio buttons, a list, checkboxes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QWidget,
)  # fmt: skip

from intake_app.domain.change import Value
from intake_app.domain.form import DECLINED, NO, UNKNOWN, YES, Choice, Field
from intake_app.domain.text import Text
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import make_button
from intake_app.ui.parts.layouts import OptionsLayout
from intake_app.ui.parts.picker import Picker

MOST_RADIOS = 8
"""Up to so many choices are all shown at once; more stand in a list that opens."""


class ButtonsField(FieldWidget):
    """A group of radio buttons or checkboxes, one for each choice.

    Attributes:
        buttons: The buttons by choice id. A retired choice has one only where it was chosen.
    """

    def __init__(self, field: Field, setting: Setting, choices: tuple[Choice, ...]) -> None:
        super().__init__(field, setting)
        self._choices = choices
        self.box = self.group()
        self.options = OptionsLayout(self.theme.scale, self.box)
        self.buttons: dict[str, QAbstractButton] = {}
        self.body.addWidget(self.box)
        for choice in choices:
            if not choice.is_retired:
                self.add_button(choice)

    def make_button(self) -> QAbstractButton:
        """One button of the right sort."""
        raise NotImplementedError

    def add_button(self, choice: Choice) -> None:
        """Offer a choice."""
        button = self.make_button()
        label = choice.label.said_in(self.words.language)
        button.setText(label.replace("&", "&&"))
        self.own(button, label)
        self.buttons[choice.id] = button
        self.options.hold(button)
        button.toggled.connect(self.tell)

    def offer(self, ident: str) -> None:
        """See that there is a button for what was chosen, also where it has been retired."""
        if ident in self.buttons:
            return
        known = next(
            (c for c in self._choices if c.id == ident), Choice(ident, Text({"en": ident}))
        )
        self.add_button(known)

    def wears_border(self, _control: QWidget) -> bool:
        """Whether a problem shows as a border."""
        return False

    def take_focus(self) -> None:
        """Go to what is chosen, or to the first."""
        chosen = [button for button in self.buttons.values() if button.isChecked()]
        for button in [*chosen, *self.buttons.values()]:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            return


class ChoiceField(ButtonsField):
    """One of a few, all shown.

    The keys 1 to 9 choose at once; Delete takes the answer back, as does "Clear".
    """

    def __init__(
        self, field: Field, setting: Setting, choices: tuple[Choice, ...] | None = None
    ) -> None:
        self._group = QButtonGroup()
        super().__init__(field, setting, field.choices if choices is None else choices)
        self._add_clear()

    def make_button(self) -> QAbstractButton:
        """One button."""
        button = QRadioButton()
        self._group.addButton(button)
        return button

    def value(self) -> Value:
        """The answer, or None."""
        return next((ident for ident, b in self.buttons.items() if b.isChecked()), None)

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        if value:
            self.offer(str(value))
        self._group.setExclusive(False)
        for ident, button in self.buttons.items():
            button.setChecked(ident == value)
        self._group.setExclusive(True)
        self._clear.setVisible(bool(value))

    def tell(self, *_: object) -> None:
        """Say that the answer changed."""
        if not self._is_filling:
            self._clear.setVisible(self.value() is not None)
            if self.sender() is self._clear or self.value() is not None:
                super().tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take the answer back, a digit chooses: no button wants these."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._on_cleared()
        elif not (event.text().isdecimal() and self._choose(int(event.text()) - 1)):
            super().keyPressEvent(event)

    def _choose(self, at: int) -> bool:
        buttons = list(self.buttons.values())
        if not 0 <= at < len(buttons):
            return False
        buttons[at].setChecked(True)
        buttons[at].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _add_clear(self) -> None:
        self._clear = make_button(self.words.text("Clear"), "link")
        self._clear.setAccessibleName(self.words.text("Clear: {question}", question=self.name))
        self._clear.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._clear.clicked.connect(self._on_cleared)
        self._clear.hide()
        self.head.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)

    def _on_cleared(self) -> None:
        if self.value() is None:
            return
        self.set_value(None)
        self.take_focus()
        self.problem("")
        self.changed.emit()


class YesNoField(ChoiceField):
    """Yes, no, unknown or declined: four answers, and a fifth that nothing was asked yet."""

    def __init__(self, field: Field, setting: Setting) -> None:
        say = setting.words.text
        labels = (
            (YES, say("Yes")), (NO, say("No")), (UNKNOWN, say("Unknown")),
            (DECLINED, say("Declined")),
        )  # fmt: skip
        language = setting.words.language
        choices = tuple(Choice(ident, Text({"en": w, language: w})) for ident, w in labels)
        super().__init__(field, setting, choices)


class ListField(FieldWidget):
    """One of many: a list that opens, with an empty line for no answer."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.list = Picker()
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.setMinimumContentsLength(12)
        self.own(self.list)
        self.list.addItem(self.words.text("Choose…"), "")
        for choice in field.choices:
            if not choice.is_retired:
                self.list.addItem(choice.label.said_in(self.words.language), choice.id)
        self.body.addWidget(self.list)
        self.list.currentIndexChanged.connect(self.tell)

    def value(self) -> Value:
        """The answer, or None."""
        return self.list.currentData() or None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        at = self.list.findData(value or "")
        if at < 0:
            known = self.field.choice(str(value))
            label = known.label.said_in(self.words.language) if known else str(value)
            self.list.addItem(label, value)
            at = self.list.count() - 1
        self.list.setCurrentIndex(at)


class ChoicesField(ButtonsField):
    """Any of several; the answer is in the order of the form, not of ticking."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting, field.choices)

    def make_button(self) -> QAbstractButton:
        """One button."""
        return QCheckBox()

    def value(self) -> Value:
        """The answer, or None."""
        return [ident for ident, b in self.buttons.items() if b.isChecked()] or None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        chosen = [str(ident) for ident in value or ()]
        for ident in chosen:
            self.offer(ident)
        for ident, button in self.buttons.items():
            button.setChecked(ident in chosen)
