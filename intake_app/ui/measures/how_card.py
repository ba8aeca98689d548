"""How a measure is counted, in the words of its definition."""

from PySide6.QtWidgets import QVBoxLayout

from intake_app.services.measures.viewing import View
from intake_app.ui.parts.cards import Card, clear
from intake_app.ui.parts.labels import muted, words_label
from intake_app.words import Words


class HowCard(Card):
    """The definition: rule, source, version, threshold."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.text("How is this counted?"))
        self._words = words
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.box.addLayout(self._lines)

    def show_view(self, view: View) -> None:
        """Show the definition of a measure."""
        clear(self._lines)
        words, measure = self._words, view.told.measure
        self._lines.addWidget(words_label(measure.how.said_in(words.language)))
        source = measure.source.said_in(words.language)
        lines = [
            words.text("Source: {source}", source=source) if source else "",
            words.text("Version of the definition: {version}", version=measure.version)
            if measure.version else "",
        ]  # fmt: skip
        if view.told.least > 1:
            lines.append(words.text(
                "Numbers from 1 to {most} are not shown, nor what would give them away. 0 is "
                "shown.", most=view.told.least - 1,
            ))  # fmt: skip
        for line in lines:
            if line:
                self._lines.addWidget(muted(line))
