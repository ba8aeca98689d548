"""Scans and photos of one record: added by a dialog or a drop, looked at and printed from here.

Small pictures and opened files live in memory alone, and go when the tab is left.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake_app.domain.attachment import MEGABYTE, Kind
from intake_app.domain.errors import IntakeError
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId
from intake_app.services.intakes.attachments import (
    Attachment,
    Attachments,
    add_attachment,
    attachment_bytes,
    attachments_of,
    note_attachment_printed,
    remove_attachment,
    thumbnail_bytes,
)
from intake_app.ui.folder.scan_reading import read_scan
from intake_app.ui.folder.tab import FolderParts, FolderTab
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.questions import Questions
from intake_app.ui.papers.preview import POINTS, PaperPreview, open_pages
from intake_app.ui.papers.printing import print_pdf
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import (
    Card,
    PrimaryButton,
    clear,
    make_button,
    named_button,
    on_press,
)
from intake_app.ui.parts.labels import muted, words_label
from intake_app.ui.parts.scrolling import bring_into_view
from intake_app.words.dates import moment_in_words

JOB_NAME = "scan"
"""Title of the print job: it says nothing of what it is, and of whom."""

_LABEL, _SMALL = "label", 72


class FilesTab(FolderTab):
    """What may be added, what lies here, and the one that is open.

    Attributes:
        choose: Opens the dialog for files.
        ask: What the new one is; why one is taken away.
        preview: The open one.
    """

    def __init__(self, parts: FolderParts) -> None:
        super().__init__(parts)
        words = self.words
        self._questions = Questions(words)
        self._found: Attachments | None = None
        self._pictures: dict[RecordId, QLabel] = {}
        self.setAcceptDrops(True)
        self.adding = Card(words.text("Add a scan or photo"))
        self._limit = muted("")
        self.choose = PrimaryButton(words.text("Choose a file…"))
        self.choose.setAccessibleName(words.text("Choose a file…"))
        on_press(self.choose, self._on_choose)
        self.adding.box.addWidget(self._limit)
        self.adding.box.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.adding.hide()
        self.ask = AskCard(parts.setting)
        listed = Card(words.text("Scans and photos"))
        holder = QWidget()
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(self.theme.px(10))
        listed.box.addWidget(holder)
        self.viewer = self._viewer()
        for card in (self.adding, self.ask, listed, self.viewer):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read what lies here."""
        desk, record = self.parts.desk, self.parts.record
        self.read(lambda: attachments_of(desk, record), self._show)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing of a file stays in memory once the tab is left."""
        super().hideEvent(event)
        self._close()
        for label in self._pictures.values():
            label.clear()

    def _viewer(self) -> Card:
        viewer = Card(self.words.text("Opened"))
        self.preview = PaperPreview(self.theme, self.words)
        self.close_it = named_button(self.words.text("Close"), "small")
        on_press(self.close_it, self._close)
        viewer.box.addWidget(self.preview)
        viewer.box.addWidget(self.close_it, 0, Qt.AlignmentFlag.AlignLeft)
        viewer.hide()
        return viewer

    def _close(self) -> None:
        self.preview.drop()
        self.viewer.hide()

    # --- what lies here ---------------------------------------------------------------------

    def _show(self, found: Attachments) -> None:
        self._found = found
        self.adding.setVisible(found.may_add)
        told = self.words.text(
            "A PDF, or a picture (PNG, JPEG, TIFF), up to {most} MB. Choose it, or drop it here. "
            "Do not keep a copy of an ID: look at it, and give it back.",
            most=found.limit // MEGABYTE,
        )
        self._limit.setText(told)
        clear(self._lines)
        pictures: dict[RecordId, QLabel] = {}
        for one in found.kept:
            pictures[one.record] = QLabel()
            self._lines.addWidget(self._line(one, pictures[one.record]))
        self._pictures = pictures
        if not found.kept:
            self._lines.addWidget(muted(self.words.text("Nothing was added yet.")))
        for ident in pictures:
            self._fetch_small(ident)

    def _line(self, one: Attachment, picture: QLabel) -> QWidget:
        words = self.words
        size = QSize(self.theme.px(_SMALL), self.theme.px(_SMALL))
        picture.setFixedSize(size)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label = one.label.said_in(words.language)
        lines = QVBoxLayout()
        lines.addWidget(words_label(label, "label"))
        lines.addWidget(muted(self._about(one)))
        when = moment_in_words(one.at, words.language)
        who = self.parts.desk.name_of(one.by)
        lines.addWidget(muted(words.text("{who}, {when}", who=who, when=when)))
        lines.addWidget(self._buttons(one, label))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(14))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        return line

    def _about(self, one: Attachment) -> str:
        kind = self.words.text("Picture") if one.kind is not Kind.PDF else "PDF"
        pages = self.words.plural("{n} page", "{n} pages", one.pages)
        size = self.words.text("{size} MB", size=f"{one.size / MEGABYTE:.1f}")
        return " · ".join((kind, pages, size))

    def _buttons(self, one: Attachment, label: str) -> ButtonRow:
        say = self.words.text
        acts: list[tuple[str, str, partial[None]]] = [
            (say("Open"), say("Open: {what}", what=label), partial(self._on_open, one.record)),
            (say("Print"), say("Print: {what}", what=label), partial(self._on_print, one.record)),
        ]
        if self._found is not None and self._found.may_add:
            named = say("Take away: {what}", what=label)
            acts.append((say("Take away"), named, partial(self._on_remove, one.record)))
        made: list[QWidget] = []
        for words, name, act in acts:
            button = make_button(words, "small")
            button.setAccessibleName(name)
            on_press(button, act)
            made.append(button)
        return ButtonRow(self.theme.px(8), made)

    def _fetch_small(self, ident: RecordId) -> None:
        def show(data: bytes) -> None:
            label = self._pictures.get(ident)
            if label is not None and self.isVisible():
                label.setPixmap(_small(data, label.size() * self.devicePixelRatioF()))

        desk = self.parts.desk
        self.parts.background.run(lambda: thumbnail_bytes(desk, ident), show, self.fail)

    # --- adding -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this computer may be dropped."""
        if self.adding.isVisible() and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        path = _dropped(event)
        if path is not None and self.adding.isVisible():
            event.acceptProposedAction()
            self.take(path)

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.words.text("Choose a file…"), "",
            "PDF, PNG, JPEG, TIFF (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)",
        )  # fmt: skip
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read a file; if it can be kept, ask what it is."""
        limit = self._found.limit if self._found is not None else 0
        self.error.say("")
        self.parts.background.run(lambda: read_scan(path, limit), self._on_read, self.fail)

    def _on_read(self, data: bytes) -> None:
        labels = self._found.labels if self._found is not None else ()
        question = self._questions.choice(_LABEL, self.words.text("What is it?"), labels)
        self.ask.ask(self.words.text("Keep it"), [question], partial(self._on_labeled, data))

    def _on_labeled(self, data: bytes, said: Answers) -> None:
        desk, record, label = self.parts.desk, self.parts.record, str(said[_LABEL])
        self.do(
            lambda: add_attachment(desk, record, data, label),
            self.words.text("It is kept, encrypted. The file on the disk is not changed."),
            ask=self.ask,
        )

    # --- opening, printing, taking away -----------------------------------------------------

    def _on_open(self, ident: RecordId) -> None:
        desk = self.parts.desk
        self.parts.background.run(
            lambda: attachment_bytes(desk, ident), self._on_opened, self.fail
        )  # fmt: skip

    def _on_opened(self, data: bytes) -> None:
        self.viewer.show()
        self.preview.show_paper(data)
        bring_into_view(self.viewer)

    def _on_print(self, ident: RecordId) -> None:
        desk, background = self.parts.desk, self.parts.background

        def print_it(data: bytes) -> None:
            try:
                done = print_pdf(self, data, JOB_NAME, self.words, self.parts.printers)
            except IntakeError as error:
                self.fail(error)
                return
            if done.is_printed:
                self.good.say(self.words.text("Sent to the printer."))
                background.run(
                    lambda: note_attachment_printed(desk, ident, done.printer),
                    lambda _nothing: None, self.fail,
                )  # fmt: skip

        background.run(lambda: attachment_bytes(desk, ident), print_it, self.fail)

    def _on_remove(self, ident: RecordId) -> None:
        def remove(said: Answers) -> None:
            self._close()
            self.do(
                lambda: remove_attachment(self.parts.desk, ident, str(said["note"])),
                self.words.text("It is out of the list."),
                ask=self.ask,
            )

        reason = self._questions.note(is_required=True)
        self.ask.ask(self.words.text("Take away"), [reason], remove)


def _dropped(event: QDropEvent) -> Path | None:
    """The one file of this computer that is dropped, or nothing."""
    urls = event.mimeData().urls()
    is_one = len(urls) == 1 and urls[0].isLocalFile()
    return Path(urls[0].toLocalFile()) if is_one else None


def _small(data: bytes, room: QSize) -> QPixmap:
    """A small picture of the first page."""
    pages = open_pages(data)
    try:
        wide, tall = pages.size(0)
        dpi = min(room.width() / wide, room.height() / tall) * POINTS
        return QPixmap.fromImage(pages.picture(0, dpi))
    finally:
        pages.close()
