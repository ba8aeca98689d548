"""Who helps with what: the directory of providers, with filters, detail and import."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.errors import FormMissing
from intake_app.domain.form import Choice, Form
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import INSURANCES
from intake_app.domain.provider_file import ImportPreview
from intake_app.domain.roles import May, may
from intake_app.domain.text import FALLBACK, Text
from intake_app.services.desk import Desk
from intake_app.services.providers.providers import (
    ProviderQuery,
    ProviderRow,
    all_providers,
    import_providers,
    note_provider,
    preview_import,
    search_providers,
    verify_provider,
)
from intake_app.ui.form.ask_card import AskCard
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.announce import tell
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import MessageBox, make_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, heading, muted
from intake_app.ui.parts.picker import Picker
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.providers.editing import Place, ProviderEditing
from intake_app.ui.providers.import_dialog import ImportDialog
from intake_app.ui.providers.pane import ProviderPane
from intake_app.ui.providers.words import Labels, choices_like, line_words, plain
from intake_app.words import Words

_MINUTES = (15, 30, 60, 120)
_PAUSE_MS = 120
_STACKED_BELOW = 900


class ProvidersPage(QWidget):
    """The directory.

    Signals:
        listed: The list stands (how many).
        previewed: The import dialog is open.
        replies_asked: Key in reply slips.
    """

    listed = Signal(int)
    previewed = Signal()
    replies_asked = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._rows: Sequence[ProviderRow] = ()
        self._labels = Labels((), (), words.language)
        self._asked = 0
        self.dialog: ImportDialog | None = None
        self.setObjectName("page")
        self.field, self.need, self.insurance = QLineEdit(), Picker(), Picker()
        self.minutes, self.list = Picker(), QListWidget()
        self.is_open = QCheckBox(words.text("Open now"))
        self.has_closed = QCheckBox(words.text("Closed ones too"))
        self.said, self.count = MessageBox(theme, "ok"), muted("")
        self.bad = FailureBox(theme, words, self.said)
        self.pane = ProviderPane(
            words, theme, may_write=may(desk.person.roles, May.LOG_CALL),
            may_edit=may(desk.person.roles, May.EDIT_PROVIDERS),
        )  # fmt: skip
        setting = Setting(words, theme, desk.clock)
        self.ask = AskCard(setting)
        self.editing = ProviderEditing(Place(desk, background, setting, self, self.ask))
        self._lay_out()
        self._connect()
        background.run(self._read_labels, self._on_labels)

    def refresh(self) -> None:
        """Search anew with what the filters say."""
        self._asked += 1
        number, query = self._asked, self._query()
        self._background.run(
            lambda: search_providers(self._desk, query), lambda rows: self._on_found(number, rows)
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The search comes first; as a focus proxy it would make Tab pass over what is above."""
        super().focusInEvent(event)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and detail side by side, or on top of each other."""
        is_narrow = self.width() < self._theme.px(_STACKED_BELOW)
        flow = QBoxLayout.Direction
        self._split.setDirection(flow.TopToBottom if is_narrow else flow.LeftToRight)
        super().resizeEvent(event)

    # --- laying out ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        words = self._words
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(32, 24, 32, 20)
        lines.setSpacing(12)
        lines.addWidget(heading(words.text("Providers")))
        lines.addWidget(self._head())
        for part in (self.said, self.bad, self.ask):
            lines.addWidget(part)
        lines.addLayout(self._filters())
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(16)
        self.list.setAccessibleName(words.text("Providers"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMinimumHeight(self._theme.px(200))
        self._split.addWidget(self.list, 5)
        self._pane_area = scrolled(self.pane)
        self._pane_area.setMinimumHeight(self._theme.px(200))
        self._split.addWidget(self._pane_area, 4)
        lines.addLayout(self._split, 1)
        lines.addWidget(self.count)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _head(self) -> ButtonRow:
        words, head = self._words, list[QPushButton]()
        roles = self._desk.person.roles
        if self._desk.care is not None and may(roles, May.MAKE_REFERRAL):
            self.replies = make_button(words.text("Reply slips…"))
            self.replies.clicked.connect(lambda: self.replies_asked.emit())
            head.append(self.replies)
        if may(roles, May.IMPORT_PROVIDERS):
            self.import_button = make_button(words.text("Import…"))
            self.import_button.clicked.connect(self._on_import)
            head.append(self.import_button)
        if may(roles, May.EDIT_PROVIDERS):
            self.add_button = make_button(words.text("Add…"))
            on_press(self.add_button, self.editing.add)
            head.append(self.add_button)
        self.print_button = make_button(words.text("Print…"))
        on_press(self.print_button, self._on_print)
        head.append(self.print_button)
        return ButtonRow(self._theme.px(8), head)

    def _filters(self) -> QVBoxLayout:
        words = self._words
        self.minutes.addItem(words.text("Any distance"), None)
        for n in _MINUTES:
            self.minutes.addItem(words.text("Up to {n} minutes", n=n), n)
        self.field.setPlaceholderText(words.text("Name, town or word"))
        box, row, ticks = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        row.setSpacing(12)
        asked = (
            (words.text("Find"), self.field), (words.text("Need"), self.need),
            (words.text("Insurance"), self.insurance), (words.text("By car"), self.minutes),
        )  # fmt: skip
        for label, control in asked:
            column = QVBoxLayout()
            column.setSpacing(3)
            column.addWidget(field_label(label, control))
            column.addWidget(control)
            control.setMinimumWidth(1)
            row.addLayout(column, 1)
        for combo in (self.need, self.insurance):
            combo.let_shrink(8)
        for tick in (self.is_open, self.has_closed):
            tick.setAccessibleName(tick.text())
            ticks.addWidget(tick)
        ticks.addStretch()
        box.addLayout(row)
        box.addLayout(ticks)
        return box

    def _connect(self) -> None:
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.refresh)
        self._background.closing.connect(self._pause.stop)
        self.field.textChanged.connect(self._pause.start)
        for combo in (self.need, self.insurance, self.minutes):
            combo.activated.connect(self._pause.start)
        for tick in (self.is_open, self.has_closed):
            tick.toggled.connect(self._pause.start)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.pane.verified.connect(self._on_verified)
        self.pane.noted.connect(self._on_noted)
        self.pane.change_asked.connect(self._on_change)
        self.pane.merge_asked.connect(self._on_merge)
        self.pane.undo_asked.connect(self._on_undo)
        self.editing.done.connect(self._on_done)
        self.editing.failed.connect(self._on_failed)

    # --- searching ----------------------------------------------------------------------------

    def _query(self) -> ProviderQuery:
        return ProviderQuery(
            need=str(self.need.currentData() or ""),
            insurance=str(self.insurance.currentData() or ""),
            open_at=self._desk.clock.local() if self.is_open.isChecked() else None,
            max_minutes=self.minutes.currentData(),
            text=self.field.text().strip(),
            has_closed=self.has_closed.isChecked(),
        )

    def _read_labels(self) -> Labels:
        try:
            form: Form | None = self._desk.library.guide("self_referral").form
        except FormMissing:
            form = None
        types = {ident for row in all_providers(self._desk) for ident in row.types}
        needs = choices_like(form, types)
        offered = [choice for choice in needs if choice.id in types]
        for ident in sorted(types - {choice.id for choice in needs}):
            offered.append(Choice(ident, Text({FALLBACK: plain(ident)})))
        insurances = choices_like(form, INSURANCES)
        languages = self._desk.library.codes("languages")
        return Labels(tuple(offered), insurances, self._words.language, languages)

    def _on_labels(self, labels: Labels) -> None:
        self._labels = labels
        words = self._words
        for combo, first, choices in (
            (self.need, words.text("Any need"), labels.needs),
            (self.insurance, words.text("Any insurance"), labels.insurances),
        ):
            combo.clear()
            combo.addItem(first, "")
            for choice in choices:
                combo.addItem(choice.label.said_in(words.language), choice.id)

    def _on_found(self, number: int, rows: Sequence[ProviderRow]) -> None:
        if number != self._asked:
            return
        chosen = self._chosen()
        self._rows = rows
        self.list.clear()
        for row in rows:
            self.list.addItem(QListWidgetItem(f"{row.name}\n{line_words(row, self._words)}"))
        records = [row.record for row in rows]
        if chosen and chosen.record in records:
            self.list.setCurrentRow(records.index(chosen.record))
        elif rows:
            self.list.setCurrentRow(0)
        else:
            self.pane.empty()
        said = self._words.plural("{n} service", "{n} services", len(rows))
        if not rows:
            said = self._words.text("No service fits. Take back what you chose or typed above.")
        tell(self.count, said)
        self.listed.emit(len(rows))

    def _chosen(self) -> ProviderRow | None:
        number = self.list.currentRow()
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def _on_chosen(self, number: int) -> None:
        if 0 <= number < len(self._rows):
            self.pane.show_row(self._rows[number], self._labels)

    # --- writing ------------------------------------------------------------------------------

    def _on_verified(self, room: str) -> None:
        if row := self._chosen():
            self._background.run(
                lambda: verify_provider(self._desk, RecordId(row.record), room), self._on_kept
            )

    def _on_noted(self, text: str) -> None:
        if row := self._chosen():
            self._background.run(
                lambda: note_provider(self._desk, RecordId(row.record), text), self._on_kept
            )

    def _on_kept(self, _nothing: None) -> None:
        self._on_done(self._words.text("Kept."))

    def _on_done(self, said: str) -> None:
        self.bad.say("")
        self.said.say(said)
        self._background.run(self._read_labels, self._on_labels)
        self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self.bad.tell(error)

    def _on_change(self) -> None:
        if row := self._chosen():
            self.editing.change(row)

    def _on_merge(self) -> None:
        if row := self._chosen():
            self._background.run(
                lambda: all_providers(self._desk), partial(self.editing.merge, row)
            )

    def _on_undo(self, gone: str) -> None:
        if row := self._chosen():
            self.editing.undo(row, RecordId(gone))

    def _on_print(self) -> None:
        self.editing.directory(self._labels.needs, str(self.need.currentData() or ""))

    def _on_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._words.text("Import…"), "", "HSDS (*.json *.csv *.zip)"
        )
        if chosen:
            self.preview(Path(chosen))

    def preview(self, file: Path) -> None:
        """Read a file and show what it would change."""
        self.said.say("")
        self._background.run(lambda: preview_import(self._desk, file), self._on_previewed)

    def _on_previewed(self, preview: ImportPreview) -> None:
        self.dialog = ImportDialog(preview, self._words, self._theme, self)
        self.dialog.accepted.connect(lambda: self._on_agreed(preview))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()
        self.previewed.emit()

    def _on_agreed(self, preview: ImportPreview) -> None:
        taken = self.dialog.taken if self.dialog is not None else set[tuple[RecordId, str]]()
        self._background.run(
            lambda: import_providers(self._desk, preview, taken), self._on_imported
        )

    def _on_imported(self, count: int) -> None:
        told = self._words.plural("{n} entry was written.", "{n} entries were written.", count)
        self.said.say(told)
        self._background.run(self._read_labels, self._on_labels)
        self.refresh()
