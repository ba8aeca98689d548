"""Questions answered in words: one line, or several."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from intake_app.domain.change import Value
from intake_app.domain.form import Field
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.setting import Setting

LINES = 3
"""Lines of text that a long answer shows at once."""


class TextField(FieldWidget):
    """One line of text."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.edit = QLineEdit()
        self.own(self.edit)
        self.body.addWidget(self.edit)
        self.edit.textChanged.connect(self.tell)

    def value(self) -> Value:
        """The answer, or None."""
        return self.edit.text().strip() or None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        self.edit.setText(str(value or ""))


class LongTextField(FieldWidget):
    """Several lines of text. Tab leaves it: everything goes by keyboard alone."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * LINES + self.theme.px(22))
        self.own(self.edit)
        self.body.addWidget(self.edit)
        self.edit.textChanged.connect(self.tell)

    def value(self) -> Value:
        """The answer, or None."""
        return self.edit.toPlainText().strip() or None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        self.edit.setPlainText(str(value or ""))
