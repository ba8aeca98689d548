"""Questions answered with a person or a provider."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from intake_app.domain import entry
from intake_app.domain.change import Value
from intake_app.domain.form import Field
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.links import WrappedLink
from intake_app.ui.form.setting import Setting, Suggestion
from intake_app.ui.parts.cards import clear
from intake_app.ui.parts.labels import muted, tip_of
from intake_app.ui.parts.layouts import PairLayout


class PersonField(FieldWidget):
    """Somebody: name, what they are, and a phone number. The name has the question's label."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self.edits: dict[str, QLineEdit] = {}
        say = self.words.text
        self._parts = {"role": say("Role"), "phone": say("Phone")}
        self._add("name", self.name)
        lines = PairLayout(self.theme.px(10), self.theme.px(420))
        for part, label in self._parts.items():
            lines.hold(self._part(part, label))
        self.body.addLayout(lines)

    def value(self) -> Value:
        """The answer, or None."""
        parts = {part: edit.text().strip() for part, edit in self.edits.items()}
        if not any(parts.values()):
            return None
        return parts | {"phone": self._phone() or ""}

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        for part, edit in self.edits.items():
            text = str((value or {}).get(part) or "")
            edit.setText(entry.show_phone(text) if part == "phone" else text)

    def typed(self) -> str:
        """What was typed and cannot be read."""
        return self.edits["phone"].text() if self.complaint() else ""

    def set_typed(self, text: str) -> None:
        """Put back what could not be read."""
        self._is_filling = True
        self.edits["phone"].setText(text)
        self._is_filling = False

    def complaint(self) -> str:
        """Why it cannot be read."""
        text = self.edits["phone"].text().strip()
        try:
            if text:
                entry.read_phone(text)
        except entry.Unreadable as error:
            return error.told.said_in(self.words.language)
        return ""

    def _phone(self) -> str:
        try:
            return entry.read_phone(self.edits["phone"].text().strip())
        except entry.Unreadable:
            return ""

    def _add(self, part: str, name: str) -> None:
        edit = QLineEdit()
        self.edits[part] = edit
        self.own(edit, name)
        edit.textChanged.connect(self.tell)
        if part == "name":
            self.body.addWidget(edit)

    def _part(self, part: str, label: str) -> QWidget:
        self._add(part, self.words.text("{part}: {question}", part=label, question=self.name))
        holder = QWidget()
        holder.setProperty("pairs", "part")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(muted(label))
        lines.addWidget(self.edits[part])
        return holder


class ProviderField(FieldWidget):
    """A provider of the directory, or any name that is typed.

    What the directory suggests stands under the line as buttons: no window pops up over the form.

    Attributes:
        suggestions: The buttons.
    """

    MOST = 5

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self._known: dict[str, str] = {}
        self.suggestions: list[WrappedLink] = []
        self.edit = QLineEdit()
        self.own(self.edit)
        self.body.addWidget(self.edit)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.edit.textChanged.connect(self._on_typed)

    def value(self) -> Value:
        """The answer, or None."""
        name = self.edit.text().strip()
        return {"id": self._known.get(name, ""), "name": name} if name else None

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        name = str((value or {}).get("name") or "")
        if name:
            self._known[name] = str((value or {}).get("id") or "")
        self.edit.setText(name)

    def _on_typed(self) -> None:
        self.tell()
        text = self.edit.text().strip()
        if not self._is_filling and len(text) > 1 and text not in self._known:
            self.setting.suggest(text, self._on_found)
        else:
            self._offer([])

    def _on_found(self, found: list[Suggestion]) -> None:
        if not isValid(self):  # the page was left before the answer came
            return
        self._known |= {suggestion.name: suggestion.id for suggestion in found}
        is_chosen = self.edit.text().strip() in self._known
        self._offer([] if is_chosen else found[: self.MOST])

    def _offer(self, found: list[Suggestion]) -> None:
        clear(self._lines)
        self.suggestions = []
        for suggestion in found:
            button = WrappedLink(suggestion.name)
            button.setAccessibleDescription(suggestion.note)
            button.setToolTip(tip_of(suggestion.note))
            button.clicked.connect(lambda _=False, name=suggestion.name: self._on_chosen(name))
            self._lines.addWidget(button)
            self.suggestions.append(button)

    def _on_chosen(self, name: str) -> None:
        self.edit.setText(name)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
