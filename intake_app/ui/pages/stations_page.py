"""Stations, for administrators: who is there, let a computer in, strike one that was lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.enrolment_errors import NothingFound
from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.exchanging.stations import (
    Asking,
    Enrol,
    Station,
    department_words,
    enrol,
    rename,
    requests,
    stations,
    strike,
)
from intake_app.services.exchanging.stores import stores
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.cursor import tab_before
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.scrolling import bring_into_view, scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.stations.let_in_card import LetInCard
from intake_app.ui.stations.list_card import ListCard, station_title
from intake_app.ui.stations.one_card import OneCard
from intake_app.words import Words


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    stations: Sequence[Station]
    department: Sequence[str]
    stores: Sequence[str]
    asking: Sequence[Asking]


class StationsPage(QWidget):
    """The computers of the department.

    Signals:
        refreshed: It shows what is known now.

    Attributes:
        list: All stations.
        let_in: Lets a computer in.
        one: Asks about one station.
        good: Says what was done.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words, self._theme = desk, background, words, theme
        self._stores: Sequence[str] = ()
        self.error, self.good = MessageBox(theme, "error"), MessageBox(theme, "ok")
        self.list, self.one = ListCard(words, theme), OneCard(words, theme)
        self.let_in = LetInCard(words, theme)
        self._lay_out()
        self.let_in.look_asked.connect(self._on_look)
        self.let_in.asked.connect(self._on_enrol)
        self.list.rename_asked.connect(self.one.ask_name)
        self.list.strike_asked.connect(self._on_strike_asked)
        self.one.renamed.connect(self._on_rename)
        self.one.struck.connect(self._on_strike)

    def refresh(self) -> None:
        """Read anew which stations there are, and who asks by the stores."""
        self._background.run(self._read, self._show, self._failed(self.error.say))

    def _lay_out(self) -> None:
        say, inside = self._words.text, QWidget()
        head = PageHead(self._theme)
        head.say(
            say("Stations"),
            say("The computers of your department. Each keeps its own sealed files."),
        )  # fmt: skip
        body = QVBoxLayout(inside)
        side = self._theme.px(34)
        body.setContentsMargins(side, self._theme.px(22), side, self._theme.px(20))
        body.setSpacing(self._theme.px(14))
        for part in (head, self.error, self.good, self.one, self.list, self.let_in):
            body.addWidget(part)
        body.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scrolled(inside))

    def _read(self) -> _Facts:
        desk = self._desk
        return _Facts(stations(desk), department_words(desk), _stores_of(desk), requests(desk))

    def _show(self, facts: _Facts) -> None:
        self._stores = facts.stores
        self.list.show_stations(facts.stations, facts.department)
        tab_before(self.let_in.which, self.list.buttons.values())
        if facts.asking:
            self.let_in.show_found(facts.asking, None)
        self.refreshed.emit()

    def _on_look(self, place: Path) -> None:
        def found(asking: Sequence[Asking]) -> None:
            self.let_in.say()
            self.let_in.show_found(asking, place)
            if not asking:
                self.let_in.say(error=sentence_for(NothingFound(), self._words))

        self._background.run(
            lambda: requests(self._desk, place), found, self._failed(self._say_let_in)
        )  # fmt: skip

    def _on_enrol(self, asked: Enrol) -> None:
        def done(one: Station) -> None:
            self.let_in.done()
            self.let_in.say(good=self._words.text(
                "{name} is let in. Read the answer on the new computer now.",
                name=station_title(one, self._words),
            ))  # fmt: skip
            self.refresh()

        self._background.run(
            lambda: enrol(self._desk, asked), done, self._failed(self._say_let_in)
        )  # fmt: skip

    def _on_rename(self, one: Station, name: str) -> None:
        told = self._words.text("The new name goes to all stations.")
        self._do(lambda: rename(self._desk, one.id, name), told)

    def _on_strike_asked(self, one: Station) -> None:
        self.one.ask_strike(one, self._stores)

    def _on_strike(self, one: Station, passphrase: str) -> None:
        told = self._words.text("{name} is struck.", name=station_title(one, self._words))
        self._do(lambda: strike(self._desk, one.id, passphrase), told)

    def _do(self, job: Callable[[], object], told: str) -> None:
        def done(_result: object) -> None:
            self.one.done()
            self.good.say(told)
            self.refresh()

        self._background.run(job, done, self._failed(self._say_one))

    def _say_let_in(self, text: str) -> None:
        self.let_in.say(error=text)
        bring_into_view(self.let_in.error)

    def _say_one(self, text: str) -> None:
        self.one.say(error=text)
        bring_into_view(self.one.error)

    def _failed(self, say: Callable[[str], object]) -> Callable[[BaseException], object]:
        def failed(error: BaseException) -> None:
            note(error)
            self.good.say("")
            say(sentence_for(error, self._words))

        return failed


def _stores_of(desk: Desk) -> list[str]:
    """What people call the stores that this computer goes to; none where they cannot be read."""
    if desk.stores is None or not may(desk.person.roles, May.KEEP_STORES):
        return []
    try:
        return [one.entry.name or one.entry.place for one in stores(desk)]
    except IntakeError:
        return []
