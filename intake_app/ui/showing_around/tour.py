"""The tour of the first day: three steps above the page, and a ring around what each tells of."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.parts.announce import announce
from intake_app.ui.parts.cards import Card, PrimaryButton, named_button, on_press
from intake_app.ui.parts.labels import heading, muted, restyle, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words, mark

STEPS: Final = (
    (
        "home",
        mark("Home: begin here"),
        mark(
            "Home shows what you can begin, and what waits for you. "
            "The key that stands on a button does the same as the button."
        ),
    ),
    (
        "lock",
        mark("The bar on the left"),
        mark(
            "It leads to all your pages and says what is saved. When you leave the desk, "
            "press Ctrl+L: the screen is locked. F12 hides everything at once."
        ),
    ),
    (
        "help",
        mark("Help is on every page"),
        mark(
            "Press F1, or the button with the question mark: the guide opens at the part about "
            "the page you are on. Then you go back, and nothing you typed is lost."
        ),
    ),
)
"""What the ring is around, the heading, and the words."""

_NO_KEYS: Final = mark(
    "Home shows what waits for you. Each card has a button that opens its page. "
    "Enter presses the button that has the cursor."
)
"""The first step of a role that begins nothing from home, and so has no keys there."""


class TourCard(Card):
    """One step at a time. Tab, Enter and Escape are enough.

    Signals:
        ended: Seen to the end, or skipped.

    Args:
        words: Of the window.
        theme: Of the window.
        ring: The button that a step is about.
        has_keys: This person begins something from home, and keys stand there.
    """

    ended = Signal()

    def __init__(
        self, words: Words, theme: Theme, ring: Callable[[str], QPushButton], *, has_keys: bool
    ) -> None:
        super().__init__()
        self._words, self._ring, self._step, self._has_keys = words, ring, 0, has_keys
        say = words.text
        self.setAccessibleName(say("A short tour"))
        self.box.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(10))
        self.box.setSpacing(4)
        self.title, self.told, self.count = heading("", 2), words_label(""), muted("", wraps=False)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        self.box.addLayout(head)
        self.box.addWidget(self.told)
        self.skip = named_button(say("Skip the tour"), "link")
        self.back = named_button(say("Previous step"))
        self.go_on = PrimaryButton(say("Next step"))
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.go_on)
        self.box.addLayout(row)
        on_press(self.skip, self.end)
        on_press(self.back, lambda: self._show(self._step - 1))
        on_press(self.go_on, self._on_go_on)
        self._show(0)

    def take_cursor(self) -> None:
        """Begin: a screen reader is told of the step, and Enter goes on."""
        if self.isVisible():
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Go, for good."""
        self._draw_ring(None)
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape skips the rest."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
            return
        super().keyPressEvent(event)

    def _on_go_on(self) -> None:
        if self._step + 1 == len(STEPS):
            self.end()
        else:
            self._show(self._step + 1)

    def _show(self, step: int) -> None:
        self._step, words = step, self._words
        ring, title, told = STEPS[step]
        if step == 0 and not self._has_keys:
            told = _NO_KEYS
        is_last = step + 1 == len(STEPS)
        self.title.setText(words.text(title))
        self.told.setText(words.text(told))
        count = words.text("Step {n} of {all}", n=step + 1, all=len(STEPS))
        self.count.setText(count)
        self.back.setVisible(step > 0)
        name = words.text("End the tour") if is_last else words.text("Next step")
        self.go_on.setText(name)
        self.go_on.setAccessibleName(name)
        spoken = f"{count}. {words.text(title)}. {words.text(told)}"
        self.go_on.setAccessibleDescription(spoken)
        self._draw_ring(ring)
        if step:
            announce(self, spoken, is_urgent=False)

    def _draw_ring(self, around: str | None) -> None:
        for name, _, _ in STEPS:
            button = self._ring(name)
            button.setProperty("toured", name == around)
            restyle(button)


class Tour(QObject):
    """Shows the card above a workplace until it has been seen."""

    def __init__(self, workplace: Workplace, words: Words, theme: Theme) -> None:
        super().__init__(workplace)
        self.card = TourCard(
            words, theme, workplace.rail.button, has_keys=workplace.begins_from_home
        )
        self._workplace = workplace
        workplace.show_above(self.card)
        self.card.ended.connect(self._on_ended)
        QTimer.singleShot(0, self.card, self.card.take_cursor)

    def _on_ended(self) -> None:
        self._workplace.show_above(None)
        if page := self._workplace.page:
            page.setFocus()
        self.deleteLater()


def show_tour(workplace: Workplace, words: Words, theme: Theme) -> Tour:
    """Show it from the beginning."""
    return Tour(workplace, words, theme)
