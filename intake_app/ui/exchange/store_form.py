"""The form of one store: its kind, and only what that kind asks for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from intake_app.services.exchanging.stores import (
    ASKED,
    KINDS,
    OPTIONAL,
    NewStore,
    is_safe_place,
    missing_fields,
)
from intake_app.settings.stores import StoreEntry
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, ErrorBox, PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import field_label, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark

_SECRETS: Final = ("user", "password")

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "name": {"": mark("What you call it here")},
    "place": {"": mark("Address, beginning with https://"), "folder": mark("Folder")},
    "region": {"": mark("Region, if the server has one")},
    "bucket": {"": mark("Bucket"), "azure": mark("Container")},
    "root": {"": mark("Folder in it")},
    "user": {"": mark("User name"), "s3": mark("Access key"), "azure": mark("Account")},
    "password": {"": mark("Password"), "s3": mark("Secret key"), "azure": mark("Account key")},
}
"""Labels of the fields, by kind where it has words of its own."""


class StoreForm(Card):
    """Hidden until a store is added, or its password renewed.

    Signals:
        try_asked: A `NewStore`: look what lies there.
        prepare_asked: Make an empty store ready.
        closed: It was left.

    Attributes:
        kind: Which kind.
        fields: What can be typed, by name.
        act: Tries it.
        prepare: Makes it ready; shown where the store is empty.
    """

    try_asked = Signal(object)
    prepare_asked = Signal()
    closed = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Add a store"))
        self._words, self._theme = words, theme
        self._known: StoreEntry | None = None
        self._from: QWidget | None = None
        self._asked_from: QWidget | None = None
        self._rows: dict[str, _Row] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.kind = Picker()
        for kind in ASKED:
            self.kind.addItem(words.text(KINDS[kind]), kind)
        self._kind_row = _Row(words.text("Kind"), self.kind)
        self.box.addWidget(self._kind_row)
        for name in LABELS:
            self._add(name)
        self.choose = named_button(words.text("Choose a folder…"))
        self._choose_row = ButtonRow(0, (self.choose,))
        self.box.insertWidget(self.box.indexOf(self._rows["place"]) + 1, self._choose_row)
        self._note, self._error = muted(""), ErrorBox(theme)
        self.act = PrimaryButton(words.text("Try"), theme)
        self.prepare = PrimaryButton(words.text("Make this store ready"), theme)
        self.leave = named_button(words.text("Cancel"))
        for button in (self.act, self.prepare):
            button.setAccessibleName(button.text())
        self.box.addWidget(self._note)
        self.box.addWidget(self._error)
        self.box.addWidget(ButtonRow(theme.px(9), (self.act, self.prepare, self.leave)))
        self.kind.currentIndexChanged.connect(self._show_fields)
        on_press(self.choose, self._on_choose)
        on_press(self.act, self._on_act)
        on_press(self.prepare, self.prepare_asked.emit)
        on_press(self.leave, self.done)
        self.hide()

    def begin(self, known: StoreEntry | None = None) -> None:
        """Ask for a new store, or for another password of a known one."""
        self._known = known
        self._from = self.window().focusWidget()
        for field in self.fields.values():
            field.clear()
        if known is not None:
            self.kind.setCurrentIndex(self.kind.findData(known.kind))
        self._show_fields()
        self.say("")
        self.show()
        first = self.kind if known is None else self.fields["user"]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self) -> None:
        """It was added, or left: nothing that was typed stays."""
        for field in self.fields.values():
            field.clear()
        self.hide()
        if self._from is not None:
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def say(self, note: str, *, is_empty: bool = False) -> None:
        """Say how the trial goes; of an empty store, offer to make it ready."""
        self._error.say("")
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.prepare.setVisible(is_empty)
        if is_empty:
            self.prepare.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, text: str) -> None:
        """Say what was wrong; what was typed stays."""
        self.say("")
        self._error.say(text)

    def work(self, *, is_busy: bool) -> None:
        """While an answer is waited for nothing else is asked; the cursor comes back."""
        asks = (self.act, self.prepare)
        if is_busy:
            now = self.window().focusWidget()
            self._asked_from = now if now in asks else None
        for button in asks:
            button.setEnabled(not is_busy)
        if not is_busy and self._asked_from is not None:
            self._asked_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> NewStore:
        """What stands in the form now."""
        kind = str(self.kind.currentData())
        said = {name: self.fields[name].text().strip() for name in ASKED[kind]}
        secret = {name: said.pop(name) for name in _SECRETS if name in said}
        entry = self._known or replace(StoreEntry("", kind, ""), **said)  # pyright: ignore[reportArgumentType]
        return NewStore(entry, secret)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return tries; Escape leaves."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.done()
        elif is_return and isinstance(self.window().focusWidget(), QLineEdit):
            self._on_act()
        else:
            super().keyPressEvent(event)

    # --- inside -------------------------------------------------------------------------------

    def _on_act(self) -> None:
        new, say = self.typed(), self._words.text
        missing = missing_fields(new)
        if missing:
            label = self._label(missing[0])
            self.fail(say("Please fill in: {field}.", field=label))
            self.fields[missing[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not is_safe_place(new.entry):
            self.fail(say("This address would send the password in the clear. Use one that "
                          "begins with https://."))  # fmt: skip
            self.fields["place"].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.try_asked.emit(new)

    def _on_choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._words.text("Choose a folder"))
        if folder:
            self.fields["place"].setText(folder)

    def _show_fields(self) -> None:
        kind, is_known = str(self.kind.currentData()), self._known is not None
        self._kind_row.setVisible(not is_known)
        for name, row in self._rows.items():
            is_asked = name in ASKED[kind] and (not is_known or name in _SECRETS)
            row.setVisible(is_asked)
            row.rename(self._label(name))
        self._choose_row.setVisible(kind == "folder" and not is_known)
        self.say("")

    def _label(self, name: str) -> str:
        said, kind = LABELS[name], str(self.kind.currentData())
        label = self._words.text(said.get(kind, said[""]))
        if name not in OPTIONAL:
            return label
        return self._words.text("{label} (optional)", label=label)

    def _add(self, name: str) -> None:
        field = self.fields[name] = QLineEdit()
        if name == "password":
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._rows[name] = _Row(self._label(name), field)
        self.box.addWidget(self._rows[name])


class _Row(QWidget):
    """A label above its field; both can be renamed."""

    def __init__(self, label: str, field: QWidget) -> None:
        super().__init__()
        self._field, self._label = field, field_label(label, field)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self._label)
        lines.addWidget(field)

    def rename(self, label: str) -> None:
        """Another kind calls it otherwise."""
        self._label.setText(label)
        self._field.setAccessibleName(label)
