"""Questions answered by typing something that is read: dates, times, numbers, money, phones.

What cannot be read stays in the field, is kept with the draft, and is never an answer.
"""

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit

from intake_app.domain import entry
from intake_app.domain.change import Value
from intake_app.domain.form import Field
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.cards import named_button
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.picker import Picker


class TypedField(FieldWidget):
    """A line that is read as something. Subclasses say how it is read and written again.

    Attributes:
        edit: What is typed.
        line: The layout of the line, for things beside it.
    """

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.edit = QLineEdit()
        self.own(self.edit)
        self.line = QHBoxLayout()
        self.line.setSpacing(10)
        self.line.addWidget(self.edit, 1)
        self.body.addLayout(self.line)
        self.edit.textChanged.connect(self.tell)

    def read(self, text: str) -> Value:
        """The answer that a text says.

        Raises:
            Unreadable: It says none.
        """
        raise NotImplementedError

    def written(self, value: Value) -> str:
        """An answer as it is typed."""
        raise NotImplementedError

    def value(self) -> Value:
        """The answer, or None."""
        text = self.edit.text().strip()
        try:
            return self.read(text) if text else None
        except entry.Unreadable:
            return None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        self.edit.setText("" if value is None else self.written(value))

    def typed(self) -> str:
        """What was typed and cannot be read."""
        return self.edit.text() if self.complaint() else ""

    def set_typed(self, text: str) -> None:
        """Put back what could not be read."""
        self._is_filling = True
        self.edit.setText(text)
        self._is_filling = False

    def complaint(self) -> str:
        """Why it cannot be read."""
        text = self.edit.text().strip()
        try:
            if text:
                self.read(text)
        except entry.Unreadable as error:
            return error.told.said_in(self.words.language)
        return ""


class EchoField(TypedField):
    """A typed line that says under itself how it was understood."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.echo: QLabel = muted("")
        self.echo.hide()
        self.body.addWidget(self.echo)
        self.edit.textChanged.connect(self._on_typed)

    def said(self, value: Value) -> str:
        """The answer in words."""
        raise NotImplementedError

    def _on_typed(self) -> None:
        value = self.value()
        self.echo.setText("" if value is None else self.said(value))
        self.echo.setHidden(value is None)


class DateField(EchoField):
    """A date, typed as people write it; its weekday is shown."""

    def read(self, text: str) -> Value:
        """The answer that a text says."""
        today = date.fromisoformat(self.setting.today)
        if self.field.id == self.setting.born:
            return entry.read_birth_date(text, today)
        return entry.read_date(text, today)

    def written(self, value: Value) -> str:
        """An answer as it is typed."""
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return str(value)
        return f"{day.month}/{day.day}/{day.year}"

    def said(self, value: Value) -> str:
        """An answer in words."""
        return entry.show_date(str(value), self.words.language)


class DateTimeField(EchoField):
    """A date with a time; "Now" fills it in."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.now = named_button(self.words.text("Now"))
        self.now.setAccessibleDescription(self.name)
        self.now.clicked.connect(self._on_now)
        self.line.addWidget(self.now)

    def read(self, text: str) -> Value:
        """The answer that a text says."""
        return entry.read_moment(text, self.setting.clock.local())

    def written(self, value: Value) -> str:
        """An answer as it is typed."""
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            return str(value)
        hour, half = (at.hour + 11) % 12 + 1, "PM" if at.hour >= 12 else "AM"
        return f"{at.month}/{at.day}/{at.year} {hour}:{at.minute:02} {half}"

    def said(self, value: Value) -> str:
        """An answer in words."""
        return entry.show_moment(str(value), self.words.language)

    def _on_now(self) -> None:
        self.edit.setText(self.written(self.setting.clock.local().isoformat()))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class NumberField(TypedField):
    """A number, with its unit beside it where the form names units."""

    def __init__(self, field: Field, setting: Setting) -> None:
        self.unit: QComboBox | None = None
        super().__init__(field, setting)
        language = self.words.language
        if len(field.units) == 1:
            self.line.addWidget(muted(field.unit(field.units[0], language), wraps=False))
        elif field.units:
            self.unit = Picker()
            for unit in field.units:
                self.unit.addItem(field.unit(unit, language), unit)
            self.own(self.unit, self.words.text("Unit: {question}", question=self.name))
            self.line.addWidget(self.unit)
            self.unit.currentIndexChanged.connect(self.tell)

    def read(self, text: str) -> Value:
        """The answer that a text says."""
        if self.unit is not None and not any(letter.isalpha() for letter in text):
            text = f"{text} {self.unit.currentData()}"
        return entry.read_number(text, self.field.units, self.field.unit_words)

    def written(self, value: Value) -> str:
        """An answer as it is typed."""
        return f"{value['amount']:.10g}"

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        if self.unit is not None and value is not None:
            at = self.unit.findData(value.get("unit", ""))
            self.unit.setCurrentIndex(at if at >= 0 else self.unit.currentIndex())
        super().fill(value)


class MoneyField(TypedField):
    """An amount of dollars and cents."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.line.insertWidget(0, muted("$", wraps=False))

    def read(self, text: str) -> Value:
        """The answer that a text says."""
        return entry.read_money(text)

    def written(self, value: Value) -> str:
        """An answer as it is typed."""
        return entry.show_money(int(value)).removeprefix("$")


class PhoneField(TypedField):
    """A telephone number; written as on paper when one leaves the field."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.edit.editingFinished.connect(self._on_left)

    def read(self, text: str) -> Value:
        """The answer that a text says."""
        return entry.read_phone(text)

    def written(self, value: Value) -> str:
        """An answer as it is typed."""
        return entry.show_phone(str(value))

    def _on_left(self) -> None:
        value = self.value()
        if value is not None and self.edit.text() != self.written(value):
            self.set_value(value)
