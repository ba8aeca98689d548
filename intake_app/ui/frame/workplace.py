"""The workplace of a signed-in person: the rail, and pages that are built when first opened."""

from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import ExchangeTold, say_state
from intake_app.services.intakes.people import show_names
from intake_app.services.records.role_words import role_names
from intake_app.settings.look import Look
from intake_app.ui.exchange.line import Carried, ExchangeLine
from intake_app.ui.frame.curtain import Curtain, idle_of
from intake_app.ui.frame.guests import GUESTS
from intake_app.ui.frame.places import PLACES, Tools, places_of
from intake_app.ui.frame.rail import Place, Rail
from intake_app.ui.pages.home_page import HomePage
from intake_app.ui.pages.replies_page import RepliesPage
from intake_app.ui.pages.settings_page import SettingsPage
from intake_app.ui.pages.stick_page import StickPage
from intake_app.ui.parts.announce import give_cursor
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import drop
from intake_app.ui.parts.cursor import hand_cursor_by
from intake_app.ui.parts.names import NameSwitch
from intake_app.ui.parts.theme import Theme
from intake_app.ui.screen.kept_place import Way
from intake_app.ui.screen.traces import PrivateClipboard
from intake_app.words import Words
from intake_app.words.dates import time_in_words

if TYPE_CHECKING:
    from collections.abc import Callable


@runtime_checkable
class ReadAnew(Protocol):
    """A page that is read anew on each visit."""

    def refresh(self) -> None:
        """Read it."""
        ...


@runtime_checkable
class StopsWork(Protocol):
    """A page that has something running, of which nothing may be left when it goes."""

    def stop_work(self) -> None:
        """Stop it."""
        ...


_NARROW = 1000
"""Below this width (at 100 % text) the rail shows icons only."""


class Workplace(QWidget):
    """All that one person does between unlocking and locking.

    Signals:
        walk_in_asked: Begin a walk-in self-referral.
        way_asked: Begin an intake of another pathway of care (its code).
        case_asked: Begin an officer intervention.
        eligibility_asked: Check eligibility, without a record.
        not_offered_asked: Note that diversion was not offered.
        declined_asked: Note that somebody declined.
        sheet_asked: Print the sheet to point at and tick.
        paper_forms_asked: Print blank forms, or key in one that was filled in.
        keying_asked: Key in a citation of a pad (its `Draft`).
        draft_asked: Go on with this draft (record id).
        record_asked: Open this intake (record id).
        folder_asked: Open this intake at a tab (record id, tab id).
        handed_in_asked: Show what one handed in (record id, "papers" or "note").
        lock_asked: Close the files; the lock screen comes.
        idle_lock_asked: The same, and nobody is there to be asked anything.
        log_out_asked: End; a new process shows the lock screen.
        switch_user_asked: The same, for a colleague who is waiting.
        look_chosen: A `Look`; the window is to be built anew.
        leaving: The page that is no place of the rail goes.

    Attributes:
        may_leave: Asked before such a page goes for another place; whoever says no tells why.
        way: How the page that is shown is opened again; empty where it cannot be.
    """

    walk_in_asked = Signal()
    way_asked = Signal(str)
    case_asked = Signal()
    eligibility_asked = Signal()
    not_offered_asked = Signal()
    declined_asked = Signal()
    sheet_asked = Signal()
    paper_forms_asked = Signal()
    keying_asked = Signal(object)
    draft_asked = Signal(str)
    record_asked = Signal(str)
    folder_asked = Signal(str, str)
    handed_in_asked = Signal(str, str)
    lock_asked = Signal()
    idle_lock_asked = Signal()
    log_out_asked = Signal()
    switch_user_asked = Signal()
    look_chosen = Signal(object)
    leaving = Signal()

    def __init__(
        self, desk: Desk, background: Background, words: Words, theme: Theme, look: Look,
        exchange: ExchangeLine | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("page")
        self.may_leave: Callable[[Callable[[], object]], bool] = lambda _go: True
        self.names = NameSwitch(self)
        self.names.asked.connect(self._on_names_asked)
        line = exchange or ExchangeLine(self)
        self.tools = Tools(desk, background, words, theme, self.names, line)
        self._look = look
        self._saved, self._exchange = ("", ""), ""
        self._pages: dict[str, QWidget] = {}
        self._guest: QWidget | None = None
        self.way: Way = ("place", "home")
        self._stack = QStackedWidget()
        self.rail = Rail(theme, words, desk.agency.name, is_training=desk.is_training)
        self.rail.fill(
            places_of(self.tools.desk, self.tools.words), self._person(), self._ways_out()
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, 1)
        row.addLayout(self._column, 1)
        self._above: QWidget | None = None
        self.curtain = Curtain(words, theme, idle_of(desk.agency), self)
        self.curtain.drawn.connect(lambda: self.names.turn(False))
        self.curtain.drawn.connect(PrivateClipboard(self).clear_own)
        self.curtain.long_idle.connect(self.idle_lock_asked)
        self.rail.chosen.connect(self._on_chosen)
        self.rail.sync_asked.connect(line.sync_asked)
        line.told.connect(self._on_exchange_told)
        line.moved.connect(self._on_carrier_moved)
        for key, act in (("Ctrl+L", self._on_lock), ("F12", self.curtain.draw)):
            QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.ApplicationShortcut
                      ).activated.connect(act)  # fmt: skip
        self._on_exchange_told(line.last_told)
        hand_cursor_by(self, lambda: self.page)
        self.go("home")

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    @property
    def begins_from_home(self) -> bool:
        """Whether this person's role begins anything there, by a button or its key."""
        home = self._pages.get("home")
        return isinstance(home, HomePage) and not home.begin.is_empty

    @property
    def places(self) -> tuple[str, ...]:
        """Where this person may go."""
        return tuple(place.id for place in places_of(self.tools.desk, self.tools.words))

    def go(self, place: str) -> None:
        """Show a page of the rail; it is built on the first visit and refreshed on each."""
        if self._guest is not None and not self.may_leave(lambda: self.go(place)):
            return
        self._drop_guest()
        if place not in self._pages:
            page = self._make(place)
            self._pages[place] = page
            self._stack.addWidget(page)
        page, self.way = self._pages[place], ("place", place)
        self._stack.setCurrentWidget(page)
        self.rail.mark(place)
        if isinstance(page, ReadAnew):
            page.refresh()
        give_cursor(page)

    def show_guest(self, page: QWidget, way: Way = ()) -> None:
        """Show a page that is not on the rail (a form, a review); it goes when one leaves it.

        Args:
            page: It.
            way: How it is opened again, for who comes back to their own lock.
        """
        self._drop_guest()
        self._guest, self.way = page, way
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.rail.mark("")
        give_cursor(page)

    def go_back(self, way: Way) -> bool:
        """Show a page of the rail again, or one that was asked for on it; whether it could be."""
        kind, place, *asked = (*way, "", "")
        if kind not in {"place", "ask"} or place not in self.places:
            return False
        if self.way != ("place", place):  # the first page is read already
            self.go(place)
        signal = getattr(self._pages[place], asked[0], None) if kind == "ask" else None
        if signal is not None:
            signal.emit()
        return True

    def show_above(self, card: QWidget | None) -> None:
        """Show something above every page; None: nothing any more."""
        if self._above is not None:
            drop(self._above)
        self._above = card
        if card is not None:
            self._column.insertWidget(0, card)

    def note_saved(self, at: str, backup: str = "") -> None:
        """Say in the rail when something was last saved (local time) and backed up (in words).

        What is not said anew stays.
        """
        self._saved = at or self._saved[0], backup or self._saved[1]
        self._say()

    def _on_carrier_moved(self, carried: Carried) -> None:
        self.rail.show_exchanging(carried.is_running)

    def _on_exchange_told(self, told: ExchangeTold | None) -> None:
        """Say in the rail how far work has gone."""
        self._exchange = say_state(told, self.tools.words) if told else ""
        self._say()

    def _say(self) -> None:
        words, (at, backup) = self.tools.words, self._saved
        state = words.text("All is saved on this computer")
        if at:
            time = time_in_words(at, words.language)
            state = words.text("Saved on this computer, {time}", time=time)
        never = words.text("Last tested backup: never yet")
        self.rail.say(state, backup or never, self._exchange)

    def end(self) -> None:
        """Stop watching; the next thing is that this widget goes."""
        self.curtain.end()
        for page in (*self._pages.values(), self._guest):
            _stop(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the room that it needs."""
        self.rail.set_narrow(self.width() < self.tools.theme.px(_NARROW))
        super().resizeEvent(event)

    def _drop_guest(self) -> None:
        if self._guest is not None:
            self.leaving.emit()
            _stop(self._guest)
            self._stack.removeWidget(self._guest)
            self._guest.hide()
            self._guest.deleteLater()
            self._guest = None

    def _ways_out(self) -> list[Place]:
        words = self.tools.words
        return [
            Place("hide", "eye-off", words.text("Hide all"), "F12"),
            Place("lock", "lock", words.text("Lock"), "Ctrl+L"),
            Place("switch", "user-cog", words.text("Switch user")),
            Place("log_out", "log-out", words.text("Log out")),
        ]

    def _person(self) -> str:
        person = self.tools.desk.person
        kind = self.tools.desk.agency.kind
        return f"{person.shown_name} · {role_names(person.roles, self.tools.words, kind)}"

    def _make(self, place: str) -> QWidget:
        if place == "home":
            return self._make_home()
        if place == "settings":
            return self._make_settings()
        page = next(one for one in PLACES if one.id == place).make(self.tools)
        known = {
            "record_asked": self.record_asked, "draft_asked": self.draft_asked,
            "draft_ready": self.keying_asked, "replies_asked": self._show_replies,
            "folder_asked": self.folder_asked, "stick_asked": self._show_stick,
            "place_asked": self.go,
            **{asked: partial(self._show_asked, asked) for asked in GUESTS},
        }  # fmt: skip
        for name, ours in known.items():
            if theirs := getattr(page, name, None):
                theirs.connect(ours)
        return page

    def _show_asked(self, asked: str) -> None:
        guest = GUESTS[asked]
        more = (self.names,) if guest.has_names else ()
        page = guest.make(*self.tools.plain, *more)
        if closed := getattr(page, "closed", None):
            closed.connect(lambda: self.go(guest.back))
        if another := getattr(page, "place_asked", None):
            another.connect(self.go)
        self.show_guest(page, ("ask", guest.back, asked))
        if isinstance(page, ReadAnew):
            page.refresh()

    def _show_replies(self) -> None:
        page = RepliesPage(*self.tools.plain, self.names)
        page.record_asked.connect(self.record_asked)
        page.closed.connect(lambda: self.go("providers"))
        self.show_guest(page, ("ask", "providers", "replies_asked"))

    def _show_stick(self) -> None:
        page = StickPage(*self.tools.plain, self.tools.exchange)
        page.closed.connect(lambda: self.go("exchange"))
        self.show_guest(page, ("ask", "exchange", "stick_asked"))
        page.refresh()

    def _make_home(self) -> QWidget:
        page = HomePage(*self.tools.plain, self.names)
        for name in (
            "walk_in_asked", "way_asked", "case_asked", "eligibility_asked", "not_offered_asked",
            "declined_asked", "sheet_asked", "paper_forms_asked",
        ):  # fmt: skip
            getattr(page.begin, name).connect(getattr(self, name))
        page.draft_asked.connect(self.draft_asked)
        page.record_asked.connect(self.record_asked)
        page.handed_in_asked.connect(self.handed_in_asked)
        page.place_asked.connect(self.go)
        page.keying_asked.connect(self.keying_asked)
        page.cards_asked.connect(partial(self._show_asked, "cards_asked"))
        return page

    def _make_settings(self) -> QWidget:
        page = SettingsPage(*self.tools.plain, self._look)
        page.look_chosen.connect(self.look_chosen)
        page.place_asked.connect(self.go)
        page.about_asked.connect(partial(self._show_asked, "about_asked"))
        return page

    def _on_chosen(self, ident: str) -> None:
        acts = {
            "hide": self.curtain.draw, "lock": self._on_lock,
            "switch": self._on_switch, "log_out": self._on_log_out,
        }  # fmt: skip
        if ident in acts:
            acts[ident]()
        else:
            self.go(ident)

    def _on_names_asked(self) -> None:
        def log() -> None:
            desk = self.tools.desk
            for room in desk.rooms_for("find"):
                if desk.open_file(room.compartment) is not None:
                    show_names(desk, room)

        self.tools.background.run(log, lambda _nothing: self.names.turn(True))

    def _on_lock(self) -> None:
        self.lock_asked.emit()

    def _on_switch(self) -> None:
        self.switch_user_asked.emit()

    def _on_log_out(self) -> None:
        self.log_out_asked.emit()


def _stop(page: QWidget | None) -> None:
    if isinstance(page, StopsWork):
        page.stop_work()
