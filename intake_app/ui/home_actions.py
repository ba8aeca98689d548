"""What a person can begin from home: large buttons, a few small ones, and a key for each."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.ui.cards import MessageBox, big_button, make_button
from intake_app.ui.theme import Theme
from intake_app.words import Words, mark

_STACKED_BELOW = 800
"""Width (at 100 % text) below which the buttons stand on top of each other."""

_OFFICERS_TAKE = mark("Officers and supervisors take these. Change users to start one.")


class HomeActions(QWidget):
    """The buttons that this person's role includes.

    Signals:
        walk_in_asked: Begin a walk-in self-referral.
        case_asked: Begin an officer intervention.
        eligibility_asked: Check eligibility, without a record.
        not_offered_asked: Note that diversion was not offered.
        declined_asked: Note that somebody declined.
        sheet_asked: Print the sheet to point at and tick.
        paper_forms_asked: Print blank forms, or key in one that was filled in.

    Attributes:
        said: Says why something cannot be begun here.
    """

    walk_in_asked = Signal()
    case_asked = Signal()
    eligibility_asked = Signal()
    not_offered_asked = Signal()
    declined_asked = Signal()
    sheet_asked = Signal()
    paper_forms_asked = Signal()

    def __init__(self, desk: Desk, words: Words, theme: Theme) -> None:
        super().__init__()
        self._roles, self._words, self._theme = desk.person.roles, words, theme
        self.said = MessageBox(theme, "warn")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(14)
        self._large = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._large.setSpacing(18)
        for button in self._large_buttons():
            self._large.addWidget(button, 1)
        lines.addLayout(self._large)
        self._small = self._small_buttons()
        lines.addLayout(self._small)
        lines.addWidget(self.said)

    @property
    def is_empty(self) -> bool:
        """Whether this role begins nothing."""
        return self._large.count() == 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or on top of each other where there is no room."""
        ways = QBoxLayout.Direction
        is_narrow = self.width() < self._theme.px(_STACKED_BELOW)
        for row in (self._large, self._small):
            row.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        super().resizeEvent(event)

    def _large_buttons(self) -> list[QPushButton]:
        takes_cases = may(self._roles, May.TAKE_CASE)
        takes_walk_ins = may(self._roles, May.TAKE_WALK_IN)
        if not takes_walk_ins and not takes_cases:
            return []
        case, walk_in = self._case(takes_cases), self._walk_in()
        return [case, walk_in] if takes_cases else [walk_in, case]

    def _walk_in(self) -> QPushButton:
        words = self._words
        made = big_button(
            self._theme, "teal", "door-open",
            (words.text("Walk-in self-referral"),
             words.text("Someone came in and asked for help. No charge, no citation.")), "F2",
        )  # fmt: skip
        made.clicked.connect(self.walk_in_asked)
        self._key("F2", self.walk_in_asked.emit)
        return made

    def _case(self, takes_cases: bool) -> QPushButton:
        words = self._words
        told = words.text("A charge could be filed. Hold it, and show a way into care.")
        made = big_button(
            self._theme, "navy", "shield",
            (words.text("Officer intervention"),
             told if takes_cases else words.text(_OFFICERS_TAKE)), "F3",
        )  # fmt: skip
        if takes_cases:
            made.clicked.connect(self.case_asked)
            self._key("F3", self.case_asked.emit)
        else:
            made.switch_off()
            self._key("F3", lambda: self.said.say(words.text(_OFFICERS_TAKE)))
        return made

    def _small_buttons(self) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(10)
        say = self._words.text
        if may(self._roles, May.CHECK_ELIGIBILITY):
            row.addWidget(
                self._small_button(say("Check eligibility"), "F4", self.eligibility_asked.emit)
            )
        if may(self._roles, May.NOTE_OFFER):
            row.addWidget(self._small_button(say("Not offered"), "F6", self.not_offered_asked.emit))
            row.addWidget(self._small_button(say("Declined"), "F7", self.declined_asked.emit))
        row.addStretch(1)
        if may(self._roles, May.TAKE_WALK_IN):
            sheet = make_button(say("Print point-and-tick sheet"), "link")
            sheet.setAccessibleName(say("Print point-and-tick sheet"))
            sheet.clicked.connect(self.sheet_asked)
            forms = make_button(say("Forms on paper"), "link")
            forms.setAccessibleName(say("Forms on paper"))
            forms.clicked.connect(self.paper_forms_asked)
            row.addWidget(forms, 0, Qt.AlignmentFlag.AlignRight)
            row.addWidget(sheet, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _small_button(self, title: str, key: str, act: object) -> QPushButton:
        made = make_button(f"{title}  {key}")
        made.setAccessibleName(title)
        made.clicked.connect(act)
        self._key(key, act)
        return made

    def _key(self, key: str, act: object) -> None:
        QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut
                  ).activated.connect(act)  # fmt: skip
