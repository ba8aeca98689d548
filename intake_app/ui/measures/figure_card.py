"""One figure, large: the number, what stands beside it, and what was left out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from intake_app.domain.measure import Kind
from intake_app.domain.told import ALL_OTHER, ToldFigure
from intake_app.services.measures.saying import (
    beside,
    interval,
    left_out,
    said,
    whole_in_words,
    why_not_shown,
)
from intake_app.services.measures.tabling import cut_label
from intake_app.services.measures.viewing import View
from intake_app.ui.measures.family_card import missing_in_words
from intake_app.ui.parts.cards import Card, Chip, clear
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words


class FigureCard(Card):
    """The figure over everything.

    Attributes:
        text: All that it says, for a screen reader and for tests.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.box.addLayout(self._lines)

    @property
    def text(self) -> str:
        """All that it says."""
        return self.accessibleName()

    def show_view(self, view: View) -> None:
        """Show the figure of a measure."""
        clear(self._lines)
        words, told, measure = self._words, view.told, view.told.measure
        spoken: list[str] = []
        if told.is_internal:
            chip = Chip(words.text("Not for release"), "late")
            self._lines.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
            spoken.append(chip.text())
        missing = missing_in_words(view, words)
        if missing:
            self._lines.addWidget(words_label(missing))
            self.setAccessibleName(missing)
            return
        self._lines.addWidget(words_label(said(told.whole, measure, words), "h1"))
        spoken.append(whole_in_words(told.whole, measure, words))
        for line in self._under(view):
            self._lines.addWidget(muted(line))
            spoken.append(line)
        self.setAccessibleName(". ".join(one.rstrip(".") for one in spoken) + ".")

    def _under(self, view: View) -> list[str]:
        words, told, measure = self._words, view.told, view.told.measure
        lines = [beside(told.whole, measure, words)]
        ends = interval(told.whole, words)
        if measure.kind is Kind.RATE and ends:
            lines.append(words.text("95% interval: {ends}", ends=ends))
        lines.extend(f"{label}: {number}" for label, number in left_out(told, words))
        lines.extend((view.asked.assumes(words.language), why_not_shown(told, words)))
        lines.extend(rolled_up_in_words(told, view, words))
        lines.append(shut_in_words(view, words))
        return [line for line in lines if line]


def rolled_up_in_words(told: ToldFigure, view: View, words: Words) -> list[str]:
    """What was made coarser, a sentence each."""
    found: list[str] = []
    for one in told.rolled_up:
        if one.to == ALL_OTHER:
            found.append(words.text("Small groups are shown together as “All other”."))
        else:
            found.append(words.text(
                "Most of a finer table would have been blank, so it is shown by {cut}.",
                cut=cut_label(view.asked, one.to, words).lower(),
            ))  # fmt: skip
    return found


def shut_in_words(view: View, words: Words) -> str:
    """That a file which the measure counts is not open to this person; empty where all are."""
    if not view.asked.shut:
        return ""
    return words.text("Counted in the files that you read. Others may hold more.")
