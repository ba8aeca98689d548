"""Words to read out to somebody, and the tick that says it was done."""

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from intake_app.domain import entry
from intake_app.domain.change import Value
from intake_app.domain.form import Field
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.labels import muted, words_label


class StatementField(FieldWidget):
    """A box with the words; which version of them was read, and when, is kept.

    The words are the hint of the question; where it has none, its label.
    """

    def __init__(self, field: Field, setting: Setting) -> None:
        super().__init__(field, setting)
        self._at = self._version = ""
        box = QFrame()
        box.setObjectName("card")
        box.setProperty("kind", "notice")
        lines = QVBoxLayout(box)
        lines.setContentsMargins(18, 14, 18, 14)
        lines.setSpacing(8)
        said = self._hint_text or self.name
        (self.hint if self._hint_text else self.label).hide()
        paragraphs = [part for part in said.split("\n\n") if part.strip()]
        for part in paragraphs:
            lines.addWidget(words_label(" ".join(part.split())))
        self.tick = QCheckBox(self.words.text("Read aloud"))
        self.own(self.tick)
        lines.addWidget(self.tick)
        self.when = muted("")
        lines.addWidget(self.when)
        self.when.hide()
        self.body.addWidget(box)
        self.tick.toggled.connect(self._on_ticked)

    def value(self) -> Value:
        """The answer, or None."""
        if not self.tick.isChecked():
            return None
        return {"read": True, "version": self._version, "at": self._at}

    def fill(self, value: Value | None) -> None:
        """Show an answer."""
        given = value or {}
        self._at, self._version = str(given.get("at") or ""), str(given.get("version") or "")
        self.tick.setChecked(bool(given.get("read")))
        self._show()

    def wears_border(self, _control: QCheckBox) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether a problem shows as a border."""
        return False

    def _on_ticked(self, is_on: bool) -> None:
        if self._is_filling:
            return
        self._at = self.setting.clock.local().isoformat(timespec="seconds") if is_on else ""
        self._version = self.field.version if is_on else ""
        self._show()
        self.tell()

    def _show(self) -> None:
        self.when.setVisible(self.tick.isChecked() and bool(self._at))
        self.when.setText(entry.show_moment(self._at, self.words.language) if self._at else "")
