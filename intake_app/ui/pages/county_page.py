"""Several departments: the county key, an extract for the county, and merging extracts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.ui.county.extract_card import ExtractCard
from intake_app.ui.county.key_card import KeyCard
from intake_app.ui.county.merge_card import MergeCard
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import on_press
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class CountyPage(QWidget):
    """The page; each card is there for who may use it.

    Signals:
        closed: Back to the numbers.

    Attributes:
        key: The county key; for who exports.
        extract: An extract; for who exports.
        merge: Merging; for who merges.
        back: Goes back.
    """

    closed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        say, roles = words.text, desk.person.roles
        frame = PageFrame(theme)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(frame)
        frame.head.say(say("Several departments"), say(
            "Departments of a county count together: each sends an extract without names, and "
            "somebody whom two of them met counts once."
        ))  # fmt: skip
        parts = (desk, background, words, theme)
        self._sends = may(roles, May.EXPORT_RECORDS) and desk.outsiders is not None
        self._merges = may(roles, May.MERGE_DEPARTMENTS)
        self.key, self.extract, self.merge = KeyCard(*parts), ExtractCard(*parts), MergeCard(*parts)
        for card, is_shown in (
            (self.key, self._sends), (self.extract, self._sends), (self.merge, self._merges),
        ):  # fmt: skip
            frame.body.addWidget(card)
            card.setVisible(is_shown)
        frame.body.addStretch(1)
        self.back = frame.button(say("Back"))
        on_press(self.back, self.closed.emit)
        frame.foot.addWidget(self.back)
        frame.foot.addStretch(1)
        self.setFocusProxy(self.key if self._sends else self.merge)

    def refresh(self) -> None:
        """Read what is known now."""
        if self._sends:
            self.key.refresh()
            self.extract.refresh()
