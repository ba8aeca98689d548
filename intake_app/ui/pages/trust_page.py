"""The trust page: how safe the records are, green, amber or red, and what to do."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import May, may
from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.services.trust.gathering import TrustTold, trust
from intake_app.services.trust.report import auditor_report, report_was_used, summary
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.papers.printing import print_pdf, save_pdf
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.button_row import ButtonRow
from intake_app.ui.parts.cards import Card, MessageBox, PrimaryButton, clear, named_button, on_press
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.trust.check_row import CheckRow
from intake_app.ui.trust.ways import way_for
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

REPORT: Final = "security-report"
"""Title of the print job and name of the file: it names nobody."""

_CARDS: Final = (
    (Light.RED, mark("To do now")),
    (Light.AMBER, mark("To do in the next days")),
    (Light.GREEN, mark("As it should be")),
)


class TrustPage(QWidget):
    """What is red stands on top, then amber, then green.

    Signals:
        refreshed: It shows what is known now.
        place_asked: Go to this place of the rail.
        backups_asked: Show the backups.
        cards_asked: Show the recovery cards.
        support_asked: Show the support file.
        update_asked: Show how the program is updated.

    Attributes:
        rows: The lines that are shown.
        again: Looks over everything once more.
    """

    refreshed = Signal()
    place_asked = Signal(str)
    backups_asked = Signal()
    cards_asked = Signal()
    support_asked = Signal()
    update_asked = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.rows: list[CheckRow] = []
        self._head = PageHead(theme)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.px(14))
        self._build()

    def refresh(self) -> None:
        """Look at everything that is quickly seen."""
        self._look(anew=False)

    def _build(self) -> None:
        say = self._words.text
        self._head.say(say("Trust"), say("Looking…"))
        self.again = PrimaryButton(say("Look again"), self._theme)
        self.again.setAccessibleName(say("Look again"))
        self.print = named_button(say("Print the auditor's report"))
        self.save = named_button(say("Save the report as PDF"))
        on_press(self.again, lambda: self._look(anew=True))
        on_press(self.print, lambda: self._draw(self._print))
        on_press(self.save, lambda: self._draw(self._save))
        inside = QWidget()
        body = QVBoxLayout(inside)
        side = self._theme.px(34)
        body.setContentsMargins(side, self._theme.px(22), side, self._theme.px(20))
        body.setSpacing(self._theme.px(14))
        buttons = ButtonRow(self._theme.px(9), (self.again, self.print, self.save, *self._ways()))
        for part in (self._head, self.error, self.good, buttons):
            body.addWidget(part)
        body.addLayout(self._cards)
        body.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scrolled(inside))

    def _ways(self) -> Sequence[QWidget]:
        """Buttons to the pages that are reached from here, for those who may."""
        say, roles = self._words.text, self._desk.person.roles
        offered = (
            ((May.KEEP_BACKUPS,), say("Backups…"), self.backups_asked),
            ((May.KEEP_CARDS, May.DRILL_CARD), say("Recovery cards…"), self.cards_asked),
            ((May.MAKE_SUPPORT_FILE,), say("Support file…"), self.support_asked),
            ((May.UPDATE_PROGRAM,), say("Update…"), self.update_asked),
        )
        made: list[QWidget] = []
        for acts, label, asked in offered:
            if any(may(roles, act) for act in acts):
                button = named_button(label)
                on_press(button, asked.emit)
                made.append(button)
        return made

    # --- looking ------------------------------------------------------------------------------

    def _look(self, *, anew: bool) -> None:
        desk, words = self._desk, self._words
        self.again.setEnabled(False)
        self._background.run(lambda: trust(desk, words, anew=anew), self._show, self._on_failed)

    def _show(self, told: TrustTold) -> None:
        say = self._words.text
        when = moment_in_words(told.at, self._words.language)
        said = say("{summary}; looked at {when}", summary=summary(told, self._words), when=when)
        self._head.say(say("Trust"), said)
        clear(self._cards)
        self.rows = []
        for light, title in _CARDS:
            checks = [one for one in told.checks if one.light is light]
            if checks:
                self._cards.addWidget(self._card(say(title), checks))
        self.again.setEnabled(True)
        self.refreshed.emit()

    def _card(self, title: str, checks: Sequence[Check]) -> Card:
        card = Card(title, self._words.plural("{n} line", "{n} lines", len(checks)))
        ways = [way_for(check, self._desk) if check.light.is_bad else None for check in checks]
        for check, way, following in zip(checks, ways, (*ways[1:], None), strict=True):
            row = CheckRow(check, self._words, self._theme)
            if way is not None and way is not following:  # once under lines that go together
                row.offer(self._words.text(way.label), self._opener(way.place, way.page))
            self.rows.append(row)
            card.box.addWidget(row)
        return card

    def _opener(self, place: str, page: str) -> Callable[[], object]:
        if place:
            return lambda: self.place_asked.emit(place)
        asked = {
            "backups": self.backups_asked, "cards": self.cards_asked,
            "support": self.support_asked, "update": self.update_asked,
        }  # fmt: skip
        return asked[page].emit

    # --- the report ---------------------------------------------------------------------------

    def _draw(self, use: Callable[[bytes], None]) -> None:
        desk = self._desk
        self._background.run(lambda: auditor_report(desk), use, self._on_failed)

    def _print(self, data: bytes) -> None:
        try:
            done = print_pdf(self, data, REPORT, self._words)
        except IntakeError as error:
            self._on_failed(error)
            return
        if done.is_printed:
            self._used("print", self._words.text("The report is at the printer."))

    def _save(self, data: bytes) -> None:
        try:
            is_saved = save_pdf(self, data, REPORT, self._words)
        except IntakeError as error:
            self._on_failed(error)
            return
        if is_saved:
            self._used("save", self._words.text("The report is saved."))

    def _used(self, how: str, said: str) -> None:
        desk = self._desk
        self.error.say("")
        self._background.run(
            lambda: report_was_used(desk, how), lambda _nothing: self.good.say(said),
            self._on_failed,
        )  # fmt: skip

    def _on_failed(self, error: BaseException) -> None:
        self.again.setEnabled(True)
        self.error.tell_in_view(error)
