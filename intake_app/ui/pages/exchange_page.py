"""The exchange between stations: how far work has gone, each station, stores and sticks."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.roles import May, may
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import (
    ExchangeTold,
    begin_anew,
    exchange_state,
    trust_snapshot,
    turn_page,
)
from intake_app.ui.exchange.carrier_log_card import CarrierLogCard
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.exchange.page_card import PageCard
from intake_app.ui.exchange.source_card import SourceCard
from intake_app.ui.exchange.state_card import StateCard
from intake_app.ui.exchange.stations_card import StationsCard
from intake_app.ui.exchange.stop_card import StopCard
from intake_app.ui.exchange.stores_card import StoresCard
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.failure_box import FailureBox
from intake_app.ui.parts.scrolling import scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words


class ExchangePage(QWidget):
    """What is so, and what can be done about it.

    Signals:
        refreshed: It shows what is known now.
        stick_asked: Carry on a stick.

    Attributes:
        state: The sentence on top, with its buttons.
        stop: Why all stands still.
        source: Asks whether one station alone may fill this one.
        stations: The other stations.
        stores: The stores; None for who does not keep them.
        page: Turns the page; None for who may not.
        log: Sticks, and who carried them; None for who carries none.
    """

    refreshed = Signal()
    stick_asked = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, line: ExchangeLine
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words = desk, background, words
        self._line, self._theme = line, theme
        self.good = MessageBox(theme, "ok")
        self.error = FailureBox(theme, words, self.good)
        self.stop = StopCard(desk, words, theme)
        self.source = SourceCard(desk, words, theme)
        self.state = StateCard(line, words, theme)
        self.stations = StationsCard(words, theme)
        keeps = may(desk.person.roles, May.KEEP_STORES)
        self.stores = StoresCard(desk, background, words, theme, line) if keeps else None
        carries = may(desk.person.roles, May.CARRY_BUNDLES)
        self.log = CarrierLogCard(desk, background, words, theme) if carries else None
        turns = may(desk.person.roles, May.TURN_PAGE)
        self.page = PageCard(words, theme) if turns else None
        self._build()
        if self.page is not None:
            self.page.turn_asked.connect(self._on_turn)
        if self.log is not None:
            self.log.stick_asked.connect(self.stick_asked)
        self.stop.begin_asked.connect(self._on_begin)
        self.source.trust_asked.connect(self._on_trust)
        line.told.connect(self._on_told)

    def refresh(self) -> None:
        """Read anew how far work has gone."""
        self._background.run(
            lambda: exchange_state(self._desk), self._show, self.error.tell_in_view
        )
        for part in (self.log, self.stores):
            if part is not None:
                part.refresh()

    def stop_work(self) -> None:
        """The page goes: nothing runs on."""
        if self.stores is not None:
            self.stores.stop_work()

    def _build(self) -> None:
        say = self._words.text
        head = PageHead(self._theme)
        head.say(
            say("Exchange"),
            say("Sealed bundles go between your stations, over a network or on a stick. Whoever "
                "carries them can read nothing."),
        )  # fmt: skip
        inside = QWidget()
        body = QVBoxLayout(inside)
        side = self._theme.px(34)
        body.setContentsMargins(side, self._theme.px(22), side, self._theme.px(20))
        body.setSpacing(self._theme.px(14))
        for part in (
            head, self.error, self.good, self.stop, self.state, self.source, self.stations,
        ):  # fmt: skip
            body.addWidget(part)
        for part in (self.log, self.stores, self.page):
            if part is not None:
                body.addWidget(part)
        body.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scrolled(inside))

    def _show(self, told: ExchangeTold | None) -> None:
        self._line.tell(told)
        self.refreshed.emit()

    def _on_told(self, told: ExchangeTold | None) -> None:
        if told is None:
            return
        self.stop.show_told(told)
        self.source.show_told(told)
        self.stations.show_told(told)
        if self.page is not None:
            self.page.show_told(told)

    def _on_begin(self) -> None:
        self._do(
            lambda: begin_anew(self._desk),
            self._words.text("A new count has begun. What waited goes out with the next bundle."),
        )

    def _on_trust(self) -> None:
        self._do(
            lambda: trust_snapshot(self._desk),
            self._words.text("Its records are being taken in. You can work meanwhile."),
        )

    def _on_turn(self) -> None:
        self._do(
            lambda: turn_page(self._desk),
            self._words.text(
                "The page is being turned. Other stations follow with the next exchange."
            ),
        )

    def _do(self, job: Callable[[], ExchangeTold], said: str) -> None:
        def done(told: ExchangeTold) -> None:
            self.error.say("")
            self.good.say(said)
            self._show(told)
            self._line.sync_asked.emit()

        self._background.run(job, done, self.error.tell_in_view)
