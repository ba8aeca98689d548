"""A card with a block for each thing that a department keeps: what it is, and what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, Chip, clear, make_button, on_press
from intake_app.ui.parts.labels import heading, muted, words_label
from intake_app.ui.parts.theme import Theme


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done about a thing.

    Attributes:
        what: Its key among the buttons ("rename").
        label: Words on the button.
        name: What is read out; it says of which thing.
        do: What happens.
    """

    what: str
    label: str
    name: str
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in words.

    Attributes:
        id: Which.
        title: Its heading.
        chip: A word about how it stands; empty for none.
        sentences: What is known of it.
        acts: What can be done about it.
    """

    id: str
    title: str
    chip: str
    sentences: Sequence[str]
    acts: Sequence[Act]


class BlocksCard(Card):
    """The blocks, and a line about all of them.

    Attributes:
        buttons: By thing and act.
        said: What each block says, by thing.
    """

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__(title)
        self._theme = theme
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.said: dict[str, list[str]] = {}
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(theme.px(14))
        self._of_all = muted("")
        self.box.addLayout(self._blocks)
        self.box.addWidget(self._of_all)

    def show_blocks(self, blocks: Sequence[Block], of_all: str, nothing: str = "") -> bool:
        """Show them anew; the cursor stays at its button.

        Args:
            blocks: One for each thing.
            of_all: What is said below.
            nothing: What is said where there is none.

        Returns:
            Whether the button at which the cursor was is gone.
        """
        focused = self.window().focusWidget()
        at = next((key for key, button in self.buttons.items() if button is focused), None)
        clear(self._blocks)
        self.buttons, self.said = {}, {}
        for block in blocks:
            self._blocks.addWidget(self._made(block))
        if nothing and not blocks:
            self._blocks.addWidget(words_label(nothing))
        self._of_all.setText(of_all)
        if at in self.buttons:
            self.buttons[at].show()  # it is too new to be on screen, and takes no cursor before
            self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return at is not None and at not in self.buttons

    def _made(self, block: Block) -> QWidget:
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._theme.px(3))
        lines.addWidget(heading(block.title, 3))
        self.said[block.id] = [block.title, *block.sentences]
        if block.chip:
            lines.addWidget(Chip(block.chip, "plain"), 0, Qt.AlignmentFlag.AlignLeft)
        for sentence in block.sentences:
            lines.addWidget(words_label(sentence))
        if block.acts:
            buttons = [self._button(block.id, act) for act in block.acts]
            lines.addWidget(ButtonRow(self._theme.px(8), buttons))
        return made

    def _button(self, ident: str, act: Act) -> QPushButton:
        made = make_button(act.label, "small")
        made.setAccessibleName(act.name)
        on_press(made, act.do)
        self.buttons[ident, act.what] = made
        return made
