"""About: which version runs, whose work is in it, under which licenses, and where the source is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.updates.telling import (
    VersionTold,
    publisher_in_words,
    since_in_words,
    version_told,
)
from intake_app.settings.shipped import Library, libraries, made, own_text
from intake_app.settings.version import version
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, named_button, on_press
from intake_app.ui.parts.cursor import hand_cursor_to
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, muted, words_label
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import short_date


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    told: VersionTold
    libraries: Sequence[Library]


class AboutPage(QWidget):
    """For everybody, and without internet.

    Signals:
        closed: Back to the settings.
        place_asked: Go to this place of the rail.
        refreshed: The list is there.

    Attributes:
        list: Whose work is in the program.
        text: The license of what is chosen in the list, or a text of the program itself.
    """

    closed = Signal()
    place_asked = Signal(str)
    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._libraries: Sequence[Library] = ()
        self.error = FailureBox(theme, words)
        self._version, self._publisher = words_label(""), muted("")
        self.list, self.text = QListWidget(), QPlainTextEdit()
        self._what = muted("")
        self._frame = PageFrame(theme)
        self._own = self._own_texts()
        self._lay_out()
        # what stands first, so that the version is in sight; the list is further down
        hand_cursor_to(self, self._own[0] if self._own else self.list)
        self.list.currentRowChanged.connect(self._on_row)

    def refresh(self) -> None:
        """Read the list: libraries are asked on the worker."""
        desk = self._desk
        self._background.run(
            lambda: _Facts(version_told(desk), libraries()), self._show, self.error.tell
        )

    # --- parts --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._words.text
        self._frame.head.say(
            say("About this program"),
            say("Offline intake for pre-arrest diversion. It is free software, and so is what it "
                "is made of."),
        )  # fmt: skip
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._frame)
        own = Card(say("This program"))
        own_texts = ButtonRow(self._theme.px(9), self._own)
        for part in (self._version, self._publisher, own_texts):
            own.box.addWidget(part)
        others = Card(say("Work of others"))
        others.box.addWidget(muted(say(
            "Choose a name to read its license. All texts lie on this computer."
        )))  # fmt: skip
        others.box.addLayout(self._panes())
        qt = Card(say("About Qt"))
        qt.box.addWidget(words_label(say(
            "The window is made with Qt {version}, under the GNU Lesser General Public License, "
            "version 3. Its libraries are files of their own in the folder of the program: you may "
            "put others of the same version in their place.", version=qVersion(),
        )))  # fmt: skip
        for part in (self.error, own, others, qt):
            self._frame.body.addWidget(part)
        self._frame.body.addStretch(1)
        self.back = self._frame.button(say("Back"))
        on_press(self.back, self.closed.emit)
        self._frame.foot.addWidget(self.back)
        self._frame.foot.addStretch(1)
        if may(self._desk.person.roles, May.SEE_TRUST):
            trust = self._frame.button(say("Trust: updates and support file"))
            on_press(trust, lambda: self.place_asked.emit("trust"))
            self._frame.foot.addWidget(trust)

    def _own_texts(self) -> list[QWidget]:
        """Buttons for texts of the program itself, where it brings them."""
        say = self._words.text
        offered = (
            (say("License of this program"), "LICENSE"), (say("Notices"), "NOTICE"),
            (say("Where the source is"), "SOURCES"),
        )  # fmt: skip
        buttons: list[QWidget] = []
        for label, name in offered:
            if own_text(name):
                button = named_button(label, "small")
                on_press(button, partial(self._read_own, label, name))
                buttons.append(button)
        return buttons

    def _panes(self) -> QHBoxLayout:
        say, theme = self._words.text, self._theme
        self.list.setWordWrap(True)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        for part, label, share in (
            (self.list, say("Whose work"), 2), (self.text, say("License in full"), 3),
        ):  # fmt: skip
            part.setMinimumHeight(theme.px(300))
            column = QVBoxLayout()
            column.addWidget(field_label(label, part))
            if part is self.text:
                column.addWidget(self._what)
            column.addWidget(part, 1)
            row.addLayout(column, share)
        return row

    # --- showing ------------------------------------------------------------------------------

    def _show(self, facts: _Facts) -> None:
        words, told = self._words, facts.told
        said = (
            since_in_words(told, words) if told.version
            else words.text("Version {own}, run from its source.", own=version())
        )  # fmt: skip
        if (day := made()) is not None:
            on = words.text("Made on {day}.", day=short_date(day, words.language))
            said = f"{said} {on}"
        self._version.setText(said)
        self._publisher.setText(publisher_in_words(told.standing, words))
        self._libraries = facts.libraries
        self.list.clear()
        for one in facts.libraries:
            said = f"{one.name} {one.version}"
            self.list.addItem(said)
            self.list.item(self.list.count() - 1).setToolTip(said)  # a long one may be cut
        self.list.setCurrentRow(0 if facts.libraries else -1)
        self.refreshed.emit()

    def _on_row(self, row: int) -> None:
        if not 0 <= row < len(self._libraries):
            return
        one = self._libraries[row]
        said = one.license or self._words.text("License: see its text.")
        self._what.setText("\n".join(filter(None, (said, one.home, one.source))))
        self._put(one.read_texts() or self._words.text(
            "This copy runs from its source and has no text of this license beside it. The "
            "packages of the program have it."
        ))  # fmt: skip

    def _read_own(self, label: str, name: str) -> None:
        self.list.setCurrentRow(-1)
        self._what.setText(label)
        self._put(own_text(name))
        self.text.setFocus()

    def _put(self, text: str) -> None:
        self.text.setPlainText(text)
