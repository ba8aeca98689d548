"""Update the program from a stick: look, read what is new, back up, prepare, install; and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake_app.disk.update_folder import KeptUpdates
from intake_app.domain.errors import IntakeError
from intake_app.domain.update_errors import InstallFailed
from intake_app.services.desk import Desk
from intake_app.services.needs.backup import Drive
from intake_app.services.updates.going_back import WayBack, way_back_of
from intake_app.services.updates.looking import Offer, look_at, parts_of
from intake_app.services.updates.preparing import Ready, keep_own, prepare, prepared
from intake_app.services.updates.telling import (
    DEVELOPMENT,
    NO_PUBLISHER,
    VersionTold,
    publisher_in_words,
    since_in_words,
    version_told,
    way_back_in_words,
)
from intake_app.settings.updates import FOLDER, read_notes
from intake_app.ui.form.page_frame import PageFrame
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, MessageBox, on_press
from intake_app.ui.parts.errors import note
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.ui.parts.theme import Theme
from intake_app.ui.update.installing import Installing
from intake_app.ui.update.offer_card import OfferCard
from intake_app.ui.update.ready_card import ReadyCard
from intake_app.ui.update.source_card import SourceCard
from intake_app.ui.update.way_back_card import WayBackCard
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows before anything is chosen; read in one job."""

    told: VersionTold
    sticks: Sequence[Drive]
    ready: Ready | None
    way: WayBack | None
    is_own_kept: bool
    trouble: IntakeError | None


class UpdatePage(QWidget):
    """For an administrator.

    Signals:
        closed: Back to the trust page.
        refreshed: It shows what is known now.
        offered: An update was looked at, and holds.
        prepared: It lies on this computer, verified.

    Attributes:
        source: Where the update is.
        offer: What it is.
        go_on: Backs up and prepares.
        ready: Installs, or says how.
        way: The way back.
    """

    closed = Signal()
    refreshed = Signal()
    offered = Signal()
    prepared = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._offer: Offer | None = None
        self._own = ""
        self.error, self.good = FailureBox(theme, words), MessageBox(theme, "ok")
        self.wait, self._version, self._publisher = muted(""), words_label(""), muted("")
        self.source, self.offer = SourceCard(words, theme), OfferCard(words)
        self.ready, self.way = ReadyCard(words, theme), WayBackCard(words, theme)
        self.installing = Installing(self)
        self._frame = PageFrame(theme)
        self.back = self._frame.button(words.text("Back"))
        self.go_on = self._frame.primary(words.text("Back up and prepare"))
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.source.folder)

    def refresh(self) -> None:
        """Look anew what is plugged in, prepared and kept."""
        self._background.run(self._read, self._show, self._on_failed)

    # --- parts --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._words.text
        self._frame.head.say(
            say("Update the program"),
            say("From a stick, without internet. Nothing is installed that the publisher did not "
                "sign, and a backup comes first."),
        )  # fmt: skip
        own = Card(say("This program"))
        own.box.addWidget(self._version)
        own.box.addWidget(self._publisher)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._frame)
        for part in (
            self.error, self.good, own, self.ready, self.source, self.wait, self.offer, self.way,
        ):  # fmt: skip
            self._frame.body.addWidget(part)
        self._frame.body.addStretch(1)
        self._frame.foot.addWidget(self.back)
        self._frame.foot.addStretch(1)
        self._frame.foot.addWidget(self.go_on)
        for part in (self.wait, self.offer, self.ready):
            part.hide()
        self.go_on.setEnabled(False)

    def _connect(self) -> None:
        on_press(self.back, self.closed.emit)
        on_press(self.go_on, self._on_go_on)
        self.source.again_asked.connect(self.refresh)
        self.source.folder_asked.connect(self._on_folder)
        self.source.chosen.connect(self.look)
        self.ready.install_asked.connect(self._on_install)
        self.way.keep_asked.connect(self._on_keep)
        self.installing.done.connect(self._on_installed)
        self.installing.refused.connect(self._on_not_agreed)
        self.installing.failed.connect(lambda: self._on_failed(InstallFailed()))

    # --- looking ------------------------------------------------------------------------------

    def _read(self) -> _Facts:
        desk, parts = self._desk, parts_of(self._desk)
        ready, way, trouble = None, None, None
        try:
            ready = prepared(desk)
        except IntakeError as error:
            trouble = error
        try:
            way = way_back_of(desk)
        except IntakeError as error:
            note(error)
        kept = KeptUpdates(parts.folder / FOLDER).versions()
        return _Facts(
            version_told(desk), parts.drives(), ready, way, parts.here.version in kept, trouble
        )  # fmt: skip

    def _show(self, facts: _Facts) -> None:
        words, told = self._words, facts.told
        self._own = told.version
        self._version.setText(since_in_words(told, words))
        self._publisher.setText(publisher_in_words(told.standing, words))
        self.source.show_sticks(facts.sticks)
        needs_sudo = facts.way is not None and "debian" in parts_of(self._desk).here.system
        lines = way_back_in_words(facts.way, words, needs_sudo=needs_sudo) if facts.way else []
        can_keep = bool(told.version) and told.standing != NO_PUBLISHER
        self.way.show_way(lines, is_own_kept=facts.is_own_kept, can_keep=can_keep)
        if facts.ready is not None:
            self._show_ready(facts.ready)
        elif facts.trouble is not None:
            self._on_failed(facts.trouble)
        elif self.source.folder.hasFocus():
            bring_into_view(self.source)  # what stands above it has just come
        self.refreshed.emit()

    def look(self, place: Path) -> None:
        """Verify what lies there."""
        desk = self._desk
        self._clear()
        self._waits(self._words.text("Every byte of the update is being checked…"))
        self._background.run(lambda: look_at(desk, place), self._show_offer, self._on_failed)

    def _show_offer(self, offer: Offer) -> None:
        self._waits("")
        self._offer = offer
        is_release = parts_of(self._desk).standing != DEVELOPMENT
        self.offer.show_offer(offer, self._own, is_release=is_release)
        self.offer.show()
        self.go_on.setEnabled(True)
        self.go_on.setFocus()
        bring_into_view(self.offer)
        self.offered.emit()

    def _on_folder(self) -> None:
        say = self._words.text
        begin = read_notes(parts_of(self._desk).folder).place
        chosen = QFileDialog.getExistingDirectory(self, say("Choose a folder"), begin)
        if chosen:
            self.look(Path(chosen))

    # --- preparing and installing -------------------------------------------------------------

    def _on_go_on(self) -> None:
        desk, offer = self._desk, self._offer
        if offer is None:
            return
        self.go_on.setEnabled(False)
        self._waits(self._words.text("A backup is made and tested, then the update is copied…"))
        self._background.run(lambda: prepare(desk, offer), self._on_prepared, self._on_failed)

    def _on_prepared(self, ready: Ready) -> None:
        self._clear()
        self._show_ready(ready)
        self.ready.take_cursor()
        bring_into_view(self.ready)
        self.prepared.emit()
        self.refresh()

    def _show_ready(self, ready: Ready) -> None:
        self.ready.show_ready(ready)
        self.ready.show()

    def _on_install(self) -> None:
        """What was prepared is verified once more; the administrator's part does so again."""
        desk = self._desk
        self.ready.setEnabled(False)
        self._waits(self._words.text("The system installs. This can take some minutes…"))
        self._background.run(lambda: prepared(desk), self._start, self._on_failed)

    def _start(self, ready: Ready | None) -> None:
        if ready is None or not ready.start or self.installing.is_running:
            self._on_failed(InstallFailed())
            return
        self.installing.start(ready.start)

    def _on_installed(self) -> None:
        self._clear()
        self.ready.hide()
        self.good.say(self._words.text(
            "The system has the new version. Log out now: the next sign-in runs it."
        ))  # fmt: skip
        bring_into_view(self.good)

    def _on_not_agreed(self) -> None:
        self._clear()
        self.ready.setEnabled(True)
        self.ready.offer_command()
        self.error.say(self._words.text(
            "The administrator of this computer did not agree. Nothing was installed."
        ))  # fmt: skip

    def _on_keep(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._words.text("Choose a folder"))
        if chosen:
            desk = self._desk
            self._background.run(
                lambda: keep_own(desk, Path(chosen)), self._on_kept, self._on_failed
            )

    def _on_kept(self, kept: str) -> None:
        self.error.say("")
        self.good.say(self._words.text("The package of {version} is kept.", version=kept))
        self.refresh()

    # --- saying -------------------------------------------------------------------------------

    def _waits(self, said: str) -> None:
        self.wait.setText(said)
        self.wait.setVisible(bool(said))

    def _clear(self) -> None:
        self._offer = None
        self._waits("")
        self.error.say("")
        self.good.say("")
        self.offer.hide()
        self.go_on.setEnabled(False)

    def _on_failed(self, error: BaseException) -> None:
        self._clear()
        self.ready.setEnabled(True)
        self.error.tell_in_view(error)
