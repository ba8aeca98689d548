"""The pads that there are: who has each, and what became of its numbers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from intake_app.domain.ids import UserId
from intake_app.services.citing.pads import Pad
from intake_app.services.desk import Person
from intake_app.services.records.ledger import Use
from intake_app.ui.parts.cards import Card, Chip, clear, make_button, on_press
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_day


class PadsCard(Card):
    """A line for each pad.

    Signals:
        print_asked: Print this pad (id) again.
        given: This pad (id) goes to this officer (id).
        returned: This pad (id) was given back.
    """

    print_asked = Signal(str)
    given = Signal(str, str)
    returned = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words.text("Pads"))
        self._words, self._theme = words, theme
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.box.addLayout(self._lines)

    def show_pads(
        self, pads: Sequence[Pad], officers: Sequence[Person], names: Mapping[UserId, str]
    ) -> None:
        """Show them, the newest on top."""
        clear(self._lines)
        if not pads:
            self._lines.addWidget(muted(self._words.text("No pad was made yet.")))
        for pad in pads:
            line = self._line(pad, officers, names)
            self._lines.addWidget(line)
            line.show()

    def _line(
        self, pad: Pad, officers: Sequence[Person], names: Mapping[UserId, str]
    ) -> QFrame:  # fmt: skip
        words, frame = self._words, QFrame()
        frame.setObjectName("row")
        frame.setProperty("record", pad.id)
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(0, 6, 0, 8)
        lines.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        span = words.text("{first} to {last}", first=pad.numbers[0], last=pad.numbers[-1])
        head.addWidget(words_label(span, "label"), 1)
        who = names.get(pad.officer, "") if pad.officer else words.text("Given back")
        head.addWidget(Chip(who, "officer" if pad.officer else "plain"))
        lines.addLayout(head)
        lines.addWidget(muted(self._told(pad)))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in self._buttons(pad, officers, span):
            buttons.addWidget(button)
        buttons.addStretch()
        lines.addLayout(buttons)
        return frame

    def _told(self, pad: Pad) -> str:
        words = self._words
        counts = words.text(
            "{unused} not used, {keyed} keyed in, {void} void",
            unused=pad.count(Use.ON_PAD), void=pad.count(Use.VOID),
            keyed=pad.count(Use.ISSUED) + pad.count(Use.SEALED),
        )  # fmt: skip
        copies = words.plural("printed {n} time", "printed {n} times", pad.copies)
        day = short_day(pad.at, words.language)
        return " · ".join((pad.name.said_in(words.language), day, counts, copies))

    def _buttons(self, pad: Pad, officers: Sequence[Person], span: str) -> list[QPushButton]:
        say = self._words.text
        again = make_button(say("Print"), "small")
        again.setAccessibleName(say("Print {pad}", pad=span))
        on_press(again, lambda: self.print_asked.emit(pad.id))
        give = make_button(say("Hand over"), "small")
        give.setAccessibleName(say("Hand over {pad}", pad=span))
        menu = QMenu(give)
        for person in (one for one in officers if one.id != pad.officer):
            entry = menu.addAction(person.shown_name)
            entry.triggered.connect(
                lambda _=False, to=person.id: self.given.emit(pad.id, to)
            )  # fmt: skip
        give.setMenu(menu)
        give.setEnabled(bool(menu.actions()))
        back = make_button(say("Take back"), "small")
        back.setAccessibleName(say("Take back {pad}", pad=span))
        back.setEnabled(bool(pad.officer))
        on_press(back, lambda: self.returned.emit(pad.id))
        return [again, give, back]
