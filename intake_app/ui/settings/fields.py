"""Cards of labeled fields, as the subjects of the settings use them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from intake_app.services.desk import Desk
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card
from intake_app.ui.parts.labels import labeled
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class SubjectTools:
    """What every subject is built with.

    Attributes:
        desk: The signed-in person's desk.
        background: The door to the worker.
        words: Language of the window.
        theme: Look.
    """

    desk: Desk
    background: Background
    words: Words
    theme: Theme

    @property
    def plain(self) -> tuple[Desk, Background, Words, Theme]:
        """What most cards ask for."""
        return self.desk, self.background, self.words, self.theme


class FieldCard(Card):
    """A card with labeled fields, one below the other."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__(title)
        self._look = theme
        self.box.setSpacing(10)

    def ask(self, label: str, field: QWidget) -> None:
        """Add a field below its label."""
        self.box.addLayout(labeled(label, field))

    def line(self, label: str, value: str) -> QLineEdit:
        """Add one line of text."""
        field = QLineEdit(value)
        self.ask(label, field)
        return field

    def lines_of(self, label: str, value: Sequence[str]) -> QPlainTextEdit:
        """Add several lines of text."""
        field = QPlainTextEdit("\n".join(value))
        field.setTabChangesFocus(True)
        field.setFixedHeight(self._look.px(84))
        self.ask(label, field)
        return field

    def picker(self, label: str, value: str, choices: Sequence[tuple[str, str]]) -> Picker:
        """Add a list to choose one of: code and words."""
        field = narrow_picker()
        for code, said in choices:
            field.addItem(said, code)
        field.setCurrentIndex(max(field.findData(value), 0))
        self.ask(label, field)
        return field

    def tick(self, label: str, *, is_on: bool) -> QCheckBox:
        """Add a box to tick."""
        box = QCheckBox(label)
        box.setAccessibleName(label)
        box.setChecked(is_on)
        self.box.addWidget(box)
        return box


def narrow_picker() -> Picker:
    """A list whose long choices do not widen the page."""
    field = Picker()
    field.let_shrink(8)
    return field


def lines_in(field: QPlainTextEdit) -> tuple[str, ...]:
    """The lines of a field without blanks and empty ones."""
    lines = (line.strip() for line in field.toPlainText().splitlines())
    return tuple(line for line in lines if line)


def is_within(text: str, least: int, most: int) -> bool:
    """Whether a text is a whole number of a range."""
    return text.strip().isdecimal() and least <= int(text) <= most
