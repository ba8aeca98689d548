"""The cards of the pads page that ask: key in, make, void, and the pocket card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from intake_app.domain.text import Text
from intake_app.services.desk import Person
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.cards import PrimaryButton, make_button, on_press
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import month_in_words

_MONTHS = 3
"""Months for which a pocket card is offered, from this one on."""


@dataclass(frozen=True, slots=True)
class PadOrder:
    """The pad that was asked for.

    Attributes:
        program: Form id.
        officer: User id.
        count: As typed; 0 where it is no number.
        language: Of the paper.
    """

    program: str
    officer: str
    count: int
    language: str


class KeyInCard(AskingCard):
    """Key in a citation: the number is typed or scanned; a scanner presses Enter by itself.

    Signals:
        asked: This number.
    """

    asked = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(
            words.text("Key in a citation"), theme,
            words.text("Scan the bars on the citation, or type its number."),
        )  # fmt: skip
        self.number = QLineEdit()
        self.number.setPlaceholderText("PH-26-AC00017-K")
        self.add_field(words.text("Number on the citation"), self.number)
        self.go = PrimaryButton(words.text("Key in"), theme, "arrow-right")
        self.finish(self.go)
        self.number.returnPressed.connect(self._on_asked)
        on_press(self.go, self._on_asked)

    def _on_asked(self) -> None:
        self.say()
        self.asked.emit(self.number.text())


class MakePadCard(AskingCard):
    """Make a pad: program, officer, how many.

    Signals:
        asked: Carries a `PadOrder`.
    """

    asked = Signal(object)

    def __init__(self, languages: Sequence[tuple[str, str]], words: Words, theme: Theme) -> None:
        super().__init__(
            words.text("Make a pad"), theme,
            words.text("Numbered blank citations, two copies each, checked out to an officer."),
        )  # fmt: skip
        self._words = words
        self.program, self.officer, self.language = Picker(), Picker(), Picker()
        self.count = QLineEdit("25")
        for code, name in languages:
            self.language.addItem(name, code)
        self.add_field(words.text("Program"), self.program)
        self.add_field(words.text("Officer"), self.officer)
        self.add_field(words.text("How many"), self.count, words.text("1 to 50"))
        self.add_field(words.text("Language of the paper"), self.language)
        self.make = make_button(words.text("Make and print"))
        self.finish(self.make)
        on_press(self.make, self._on_asked)

    def offer(self, programs: Sequence[tuple[str, Text]], officers: Sequence[Person]) -> None:
        """What there is to choose; what was chosen stays."""
        language = self._words.language
        refill(self.program, [(ident, name.said_in(language)) for ident, name in programs])
        refill(self.officer, [(person.id, person.shown_name) for person in officers])

    def _on_asked(self) -> None:
        self.say()
        typed = self.count.text().strip()
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
        order = PadOrder(
            str(self.program.currentData() or ""), str(self.officer.currentData() or ""), count,
            str(self.language.currentData() or ""),
        )  # fmt: skip
        self.asked.emit(order)


class VoidCard(AskingCard):
    """Void a number whose sheet was lost or spoiled.

    Signals:
        asked: Number, and why.
    """

    asked = Signal(str, str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(
            words.text("Void a number"), theme,
            words.text("For a sheet that was lost or spoiled. The ledger keeps the reason."),
        )  # fmt: skip
        self.number, self.reason = QLineEdit(), QLineEdit()
        self.add_field(words.text("Number to void"), self.number)
        hint = words.text("A few words. No names.")
        self.add_field(words.text("Why it is void"), self.reason, hint)
        self.void = make_button(words.text("Void number"))
        self.finish(self.void)
        on_press(self.void, self._on_asked)

    def empty(self) -> None:
        """It was done."""
        self.number.clear()
        self.reason.clear()

    def _on_asked(self) -> None:
        self.say()
        self.asked.emit(self.number.text(), self.reason.text())


class PocketCardCard(AskingCard):
    """Print the card of a program for a month.

    Signals:
        asked: Program (form id) and month ("2026-11").
    """

    asked = Signal(str, str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(
            words.text("Pocket card"), theme,
            words.text("Offenses, limits, and report-by days of a month, for an officer."),
        )  # fmt: skip
        self._words = words
        self.program, self.month = Picker(), Picker()
        self.add_field(words.text("Program of the card"), self.program)
        self.add_field(words.text("Month"), self.month)
        self.print = make_button(words.text("Print pocket card"))
        self.finish(self.print)
        on_press(self.print, self._on_asked)

    def offer(self, programs: Sequence[tuple[str, Text]], today: date) -> None:
        """What there is to choose; what was chosen stays."""
        language = self._words.language
        refill(self.program, [(ident, name.said_in(language)) for ident, name in programs])
        months = [_month(today, n) for n in range(_MONTHS)]
        refill(self.month, [(f"{m:%Y-%m}", month_in_words(f"{m}", language)) for m in months])

    def _on_asked(self) -> None:
        self.say()
        self.asked.emit(str(self.program.currentData() or ""), str(self.month.currentData()))


def refill(picker: Picker, choices: Sequence[tuple[str, str]]) -> None:
    """Offer other choices; the chosen one stays, where it is still there."""
    chosen = picker.currentData()
    picker.clear()
    for ident, name in choices:
        picker.addItem(name, ident)
    picker.setCurrentIndex(max(0, picker.findData(chosen)))


def _month(today: date, later: int) -> date:
    years, month = divmod(today.month - 1 + later, 12)
    return date(today.year + years, month + 1, 1)
