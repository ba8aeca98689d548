"""Settings: a list of subjects on the left, the chosen one on the right; each read when opened."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.settings.look import Look
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, named_button, on_press
from intake_app.ui.parts.labels import heading, muted
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.settings.agency_subject import AgencySubject
from intake_app.ui.settings.fields import SubjectTools
from intake_app.ui.settings.history_subject import HistorySubject
from intake_app.ui.settings.subjects import SUBJECTS
from intake_app.ui.sign_in.look_bar import LookBar
from intake_app.words import Words, mark

WINDOW = "window"
_ELSEWHERE = (
    ("users", mark("Users"), May.MANAGE_USERS),
    ("roster", mark("Roster"), May.KEEP_ROSTER),
    ("exchange", mark("Stores"), May.KEEP_STORES),
)
"""What has a place of its own: named here too, because people look for it here."""


@runtime_checkable
class _ReadAnew(Protocol):
    def refresh(self) -> None: ...


_WIDE = 430  # pixels for the list of subjects, as long as the text is not larger still


class SettingsPage(QWidget):
    """How the window looks, for everybody; for those who may, what the department decides.

    Signals:
        look_chosen: A `Look`; the window is to be built anew with it.
        place_asked: Go to this place of the rail.
        about_asked: Show which version runs, and whose work is in it.

    Attributes:
        subjects: The list.
        made: The subjects that were opened, by id.
        look: Language, text size and colors.
    """

    look_chosen = Signal(object)
    place_asked = Signal(str)
    about_asked = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, look: Look
    ) -> None:
        super().__init__()
        self._tools = SubjectTools(desk, background, words, theme)
        self.setObjectName("page")
        self._kinds = [kind for kind in SUBJECTS if kind.is_open(desk)]
        self.made: dict[str, QWidget] = {}
        self._shown: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self.subjects = QListWidget()
        self.subjects.setAccessibleName(words.text("Parts of the settings"))
        self.subjects.setFixedWidth(max(theme.px(252), min(theme.px(300), _WIDE)))
        self.subjects.setWordWrap(True)
        self.subjects.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.subjects.addItem(words.text("This window"))
        for kind in self._kinds:
            self.subjects.addItem(words.text(kind.label))
        left = QVBoxLayout()
        left.setContentsMargins(32, 24, 0, 24)
        left.setSpacing(18)
        left.addWidget(heading(words.text("Settings")))
        left.addWidget(self.subjects, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(left)
        outer.addWidget(self._stack, 1)
        self.subjects.setVisible(bool(self._kinds))
        self._add(WINDOW, self._window(look), words.text("This window"))
        self.subjects.setCurrentRow(0)
        self.subjects.currentRowChanged.connect(self._on_row)
        self.setFocusProxy(self.subjects if self._kinds else self.look.language)

    def refresh(self) -> None:
        """Read the shown subject anew; what is being typed in it stays."""
        self._read(self.made.get(self._id_of(self.subjects.currentRow())))

    def open_subject(self, ident: str) -> None:
        """Show a subject, where this person sees it."""
        ids = [WINDOW, *(kind.id for kind in self._kinds)]
        if ident in ids:
            self.subjects.setCurrentRow(ids.index(ident))

    def stop_work(self) -> None:
        """Nothing that was looked at stays in memory."""
        for one in self.made.values():
            if stop := getattr(one, "stop_work", None):
                stop()

    # --- parts ----------------------------------------------------------------------------

    def _window(self, look: Look) -> QWidget:
        words = self._tools.words
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(18)
        card = Card()
        self.look = LookBar(look, words, has_help=False)
        self.look.chosen.connect(self.look_chosen)
        card.box.addWidget(self.look)
        card.box.addWidget(muted(words.text("The choice is kept on this computer.")))
        lines.addWidget(card)
        roles = self._tools.desk.person.roles
        elsewhere = [(place, label) for place, label, act in _ELSEWHERE if may(roles, act)]
        if self._kinds and elsewhere:
            lines.addWidget(self._links(elsewhere))
        self.about = named_button(words.text("About this program…"))
        on_press(self.about, self.about_asked.emit)
        lines.addWidget(ButtonRow(0, (self.about,)))
        return inside

    def _links(self, elsewhere: list[tuple[str, str]]) -> QWidget:
        words = self._tools.words
        card = Card(words.text("Elsewhere"))
        row = QHBoxLayout()
        for place, label in elsewhere:
            button = named_button(words.text(label))
            on_press(button, lambda place=place: self.place_asked.emit(place))
            row.addWidget(button)
        row.addStretch()
        card.box.addLayout(row)
        return card

    def _add(self, ident: str, subject: QWidget, title: str) -> None:
        theme = self._tools.theme
        inside = QWidget()
        inside.setMaximumWidth(theme.px(900))
        self._shown[ident] = scrolled(inside)
        self._stack.addWidget(self._shown[ident])
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(24, 24, 32, 24)
        lines.setSpacing(18)
        lines.addWidget(heading(title, 2))
        lines.addWidget(subject)
        lines.addStretch()
        self.made[ident] = subject

    def _id_of(self, row: int) -> str:
        return WINDOW if row < 1 else self._kinds[row - 1].id

    def _on_row(self, row: int) -> None:
        ident = self._id_of(row)
        if ident not in self.made:
            kind = self._kinds[row - 1]
            subject = kind.make(self._tools)
            if isinstance(subject, HistorySubject):
                subject.undone.connect(self._on_undone)
            self._add(ident, subject, self._tools.words.text(kind.label))
        self._stack.setCurrentWidget(self._shown[ident])
        self._read(self.made[ident])

    def _read(self, subject: QWidget | None) -> None:
        if isinstance(subject, _ReadAnew):
            subject.refresh()

    def _on_undone(self) -> None:
        """What other subjects show may not hold any more: they read it when they are opened."""
        for one in self.made.values():
            if isinstance(one, AgencySubject):
                one.reload()
