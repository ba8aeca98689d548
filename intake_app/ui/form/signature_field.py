"""A signature: drawn, typed, on paper, a mark, or refused; with name and time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton

from intake_app.domain import entry
from intake_app.domain.change import Value
from intake_app.domain.form import Field
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.setting import Setting
from intake_app.ui.form.signature_pad import SignaturePad
from intake_app.ui.parts.cards import named_button
from intake_app.ui.parts.labels import muted
from intake_app.ui.parts.layouts import OptionsLayout
from intake_app.words import mark

DRAWN, TYPED, PAPER, MADE_MARK, REFUSED = "drawn", "typed", "paper", "mark", "refused"

WAYS = (
    (DRAWN, mark("Signs on the screen")),
    (TYPED, mark("Types the name")),
    (PAPER, mark("Signs on paper")),
    (MADE_MARK, mark("Makes a mark")),
    (REFUSED, mark("Does not sign")),
)


class SignatureField(FieldWidget):
    """How somebody signed, who, and when. The name of who signs has the question's label."""

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self._at = ""
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.words.text("Name of the person who signs"))
        self.own(self.edit)
        self.body.addWidget(self.edit)
        self._group = QButtonGroup(self)
        self.ways: dict[str, QRadioButton] = {}
        self._add_ways()
        self.pad = SignaturePad(self.theme)
        self.pad.setAccessibleName(
            self.words.text("Pad to sign on: {question}", question=self.name)
        )
        self.wipe = named_button(self.words.text("Sign again"), "small")
        self.wipe.setAccessibleDescription(self.name)
        line = QHBoxLayout()
        line.addWidget(self.pad, 1)
        line.addWidget(self.wipe, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(0)
        self.body.addLayout(line)
        self.when = muted("")
        self.body.addWidget(self.when)
        self.edit.textChanged.connect(self._on_changed)
        self.pad.drawn.connect(self._on_changed)
        self.wipe.clicked.connect(self._on_wiped)
        self._show()

    def value(self) -> Value:
        """The answer, or None."""
        how, name = self.how, self.edit.text().strip()
        is_given = {DRAWN: bool(self.pad.strokes), TYPED: bool(name)}.get(how, bool(how))
        if not is_given:
            return None
        strokes = self.pad.strokes if how in (DRAWN, MADE_MARK) else []
        return {"how": how, "name": name, "strokes": strokes, "at": self._at}

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        given = value or {}
        self._at = str(given.get("at") or "")
        self.edit.setText(str(given.get("name") or ""))
        self.pad.show_strokes(given.get("strokes") or [])
        self._group.setExclusive(False)
        for way, button in self.ways.items():
            button.setChecked(way == given.get("how"))
        self._group.setExclusive(True)
        self._show()

    @property
    def how(self) -> str:
        """Which way is chosen; empty without one."""
        return next((way for way, button in self.ways.items() if button.isChecked()), "")

    def wears_border(self, control: QLineEdit | QRadioButton) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether a problem shows as a border."""
        return control is self.edit

    def _add_ways(self) -> None:
        box = self.group()
        options = OptionsLayout(self.theme.scale, box)
        for way, words in WAYS:
            button = QRadioButton(self.words.text(words))
            self._group.addButton(button)
            self.ways[way] = button
            self.own(button, self.words.text(words))
            options.hold(button)
            button.toggled.connect(self._on_way)
        self.body.addWidget(box)

    def _on_way(self, is_on: bool) -> None:
        if is_on:
            self._on_changed()

    def _on_changed(self) -> None:
        if self._is_filling:
            return
        self._at = self.setting.clock.local().isoformat(timespec="seconds")
        self._show()
        self.tell()

    def _on_wiped(self) -> None:
        self.pad.show_strokes([])
        self._on_changed()

    def _show(self) -> None:
        is_drawn = self.how in (DRAWN, MADE_MARK)
        self.pad.setVisible(is_drawn)
        self.wipe.setVisible(is_drawn and bool(self.pad.strokes))
        is_signed = self.value() is not None and bool(self._at)
        self.when.setVisible(is_signed)
        if is_signed:
            self.when.setText(entry.show_moment(self._at, self.words.language))
