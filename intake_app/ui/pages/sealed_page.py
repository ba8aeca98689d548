"""Sealed cases, for the privacy officer: a list by number and month, and one case to read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.act import AuditLine
from intake_app.domain.ids import RecordId, UserId
from intake_app.services.case.labels import ACT
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import IssuedPaper
from intake_app.services.sealing.sealed_cases import (
    SealedCase,
    SealedRow,
    audit_of_sealed,
    read_sealed,
    sealed_cases,
    sealed_paper,
)
from intake_app.ui.folder.end_tab import EndTab
from intake_app.ui.folder.tab import FolderParts
from intake_app.ui.form.answer_list import AnswerCard, Reading
from intake_app.ui.form.setting import Setting
from intake_app.ui.papers.preview import PaperPreview
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import Card, clear, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.labels import field_label, heading, muted, words_label
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, month_in_words

_RECORD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Opened:
    """A case, and who opened it before."""

    case: SealedCase
    openings: list[AuditLine]


class SealedPage(QWidget):
    """The list, or one case. Opening one is logged; the list names nobody.

    Signals:
        refreshed: The list shows what the file holds now.
        opened: A case is on the page.

    Attributes:
        rows: The list; Enter opens.
        back: Goes back to it.
        case: The case that is open, or None.
        papers: Buttons that show a paper, by number.
        log: Every change as it was written.
    """

    refreshed = Signal()
    opened = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self.case: SealedCase | None = None
        self.papers: dict[str, QWidget] = {}
        self.error = FailureBox(theme, words)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._list())
        self._pages.addWidget(self._reading())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(32, 24, 32, 24)
        lines.setSpacing(14)
        lines.addWidget(self.error)
        lines.addLayout(self._pages, 1)

    def refresh(self) -> None:
        """Read the list anew."""
        self._background.run(lambda: sealed_cases(self._desk), self._on_rows, self.error.tell)

    def open(self, record: RecordId) -> None:
        """Open a case; that is logged."""

        def read() -> _Opened:
            before = audit_of_sealed(self._desk, record)
            return _Opened(read_sealed(self._desk, record), before)

        self._background.run(read, self._on_read, self.error.tell)

    def close_case(self) -> None:
        """Go back to the list; nothing of the case stays on the page."""
        self.case = None
        self.preview.drop()
        clear(self._inside)
        self.papers = {}
        self._pages.setCurrentIndex(0)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- making -------------------------------------------------------------------------------

    def _list(self) -> QWidget:
        place = QWidget()
        lines = QVBoxLayout(place)
        lines.setContentsMargins(0, 0, 0, 0)
        say = self._words.text
        lines.addWidget(heading(say("Sealed cases")))
        lines.addWidget(muted(say("By number and month. Each opening is logged with your name.")))
        self.none = muted(say("No case is sealed yet."))
        lines.addWidget(self.none)
        self.rows = QListWidget()
        self.rows.setAccessibleName(say("Sealed cases"))
        self.rows.setUniformItemSizes(True)
        self.rows.itemActivated.connect(self._on_row)
        lines.addWidget(self.rows, 1)
        lines.addStretch(0)  # takes the room while there is no list
        return place

    def _reading(self) -> QWidget:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        self.back = named_button(self._words.text("Back to the list"))
        on_press(self.back, self.close_case)
        self.title = heading("")
        self.preview = PaperPreview(self._theme, self._words)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(12)
        lines.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.title)
        lines.addLayout(self._inside)
        lines.addWidget(self.preview)
        lines.addStretch(1)
        return scrolled(inside)

    # --- showing ------------------------------------------------------------------------------

    def _on_rows(self, rows: list[SealedRow]) -> None:
        self.rows.clear()
        for row in rows:
            month = month_in_words(f"{row.month}-01T00:00", self._words.language)
            item = QListWidgetItem(f"{row.number}    {month}")
            item.setData(_RECORD, row.record)
            self.rows.addItem(item)
        self.none.setVisible(not rows)
        self.rows.setVisible(bool(rows))
        if rows:
            self.rows.setCurrentRow(0)
        self.refreshed.emit()

    def _on_row(self, item: QListWidgetItem) -> None:
        self.open(RecordId(str(item.data(_RECORD))))

    def _on_read(self, found: _Opened) -> None:
        case = self.case = found.case
        names = {person.id: person.shown_name for person in self._desk.colleagues}
        self.error.say("")
        self.title.setText(self._words.text("Case {number}", number=case.number))
        clear(self._inside)
        reading = Reading(case.guide, case.answers, self._words, self._theme)
        for section in case.guide.form.sections:
            card = AnswerCard(section, reading, self._words.text("Amend"))
            card.change.hide()
            self._inside.addWidget(card)
        for card in (
            self._history(case, names), self._paper_card(case), self._log(case, names),
            self._openings(found.openings, names), self._end(case),
        ):  # fmt: skip
            self._inside.addWidget(card)
        self._pages.setCurrentIndex(1)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def _history(self, case: SealedCase, names: Mapping[UserId, str]) -> Card:
        words = self._words
        card = Card(words.text("History"))
        for act in case.acts:
            when = moment_in_words(act.at, words.language)
            told = words.text("{who}, {when}", who=names.get(act.by, "?"), when=when)
            card.box.addWidget(words_label(words.text(ACT[act.kind]), "label"))
            card.box.addWidget(muted(told))
        return card

    def _paper_card(self, case: SealedCase) -> Card:
        card = Card(self._words.text("Papers"))
        self.papers = {}
        for paper in case.papers:
            title = paper.title_in(self._words.language)
            said = self._words.text("Show {title}, no. {number}", title=title, number=paper.number)
            button = named_button(said)
            on_press(button, partial(self._on_paper, paper))
            card.box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.papers[paper.number] = button
        card.setVisible(bool(case.papers))
        return card

    def _log(self, case: SealedCase, names: Mapping[UserId, str]) -> Card:
        card = Card(self._words.text("What was written, line by line"))
        told: list[str] = []
        for line in case.log:
            fields = json.dumps(line.fields, ensure_ascii=False)
            told.append(f"{line.kind} · {names.get(line.by, '?')} · {fields}")
        self.log = QPlainTextEdit("\n".join(told))
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.setFixedHeight(self._theme.px(180))
        card.box.addWidget(field_label(self._words.text("Log"), self.log))
        card.box.addWidget(self.log)
        return card

    def _openings(self, lines: list[AuditLine], names: Mapping[UserId, str]) -> Card:
        words = self._words
        card = Card(words.text("Opened before"))
        if not lines:
            card.box.addWidget(muted(words.text("Nobody has opened it before.")))
        for line in lines:
            when = moment_in_words(line.at, words.language)
            who = names.get(line.act.user, "?")
            card.box.addWidget(muted(words.text("{who}, {when}", who=who, when=when)))
        return card

    def _end(self, case: SealedCase) -> EndTab:
        """What can be done about its end."""
        setting = Setting(self._words, self._theme, self._desk.clock)
        names = NameSwitch(self)
        tab = EndTab(FolderParts(case.record, self._desk, self._background, setting, names))
        tab.setMinimumHeight(self._theme.px(320))
        tab.refresh()
        return tab

    def _on_paper(self, paper: IssuedPaper) -> None:
        self._background.run(
            lambda: sealed_paper(self._desk, paper), self.preview.show_paper, self.error.tell
        )
