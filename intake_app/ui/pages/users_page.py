"""Users, for administrators: who signs in, what they may read, and what waits for a yes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.roles import Role
from intake_app.domain.staffing import Asked
from intake_app.services.desk import Desk
from intake_app.services.users.changing import (
    OneTime,
    add_user,
    change_roles,
    disable_user,
    let_back,
    renew_user,
    user_left,
)
from intake_app.services.users.granting import KeyAsked, ask_again, keys_waiting
from intake_app.services.users.listing import User, users
from intake_app.services.users.lockouts import release_user
from intake_app.services.users.one_time_sheet import print_one_time
from intake_app.ui.form.page_frame import PageHead
from intake_app.ui.papers.printing import print_pdf
from intake_app.ui.parts.asking_card import AskingCard
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.cards import MessageBox
from intake_app.ui.parts.cursor import tab_before
from intake_app.ui.parts.errors import note, sentence_for
from intake_app.ui.parts.scrolling import bring_into_view, scrolled
from intake_app.ui.parts.theme import Theme
from intake_app.ui.users.change_card import ChangeCard
from intake_app.ui.users.deeds import Decided, Deed
from intake_app.ui.users.list_card import UsersCard
from intake_app.ui.users.new_card import NewPersonCard
from intake_app.ui.users.once_card import OnceCard
from intake_app.ui.users.waiting_card import WaitingCard
from intake_app.words import Words, mark

_DONE = {
    Deed.ROLES: mark("The roles of {name} are saved."),
    Deed.DISABLE: mark("{name} is disabled."),
    Deed.LEAVE: mark("{name} is shut out for good."),
    Deed.LET_BACK: mark("{name} can sign in again."),
    Deed.RELEASE: mark("{name} can try again."),
}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the page shows; read in one job."""

    users: Sequence[User]
    waiting: Sequence[KeyAsked]


class UsersPage(QWidget):
    """The people of the department.

    Signals:
        refreshed: It shows what is known now.

    Attributes:
        list: Everybody.
        change: Asks about one.
        new: Lets somebody in.
        once: A passphrase for one time, shown once.
        waiting: Keys that wait for a holder.
        good: Says what was done.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk, background: Background, words: Words, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._background, self._words = desk, background, words
        kind = desk.agency.kind
        self.error, self.good = MessageBox(theme, "error"), MessageBox(theme, "ok")
        self.list, self.change = UsersCard(words, theme, kind), ChangeCard(words, theme, kind)
        self.new, self.once = NewPersonCard(words, theme, kind), OnceCard(words, theme)
        self.waiting = WaitingCard(words, theme)
        self._lay_out(theme)
        self.list.change_asked.connect(self.change.ask)
        self.change.decided.connect(self._on_decided)
        self.new.asked.connect(self._on_new)
        self.once.print_asked.connect(self._on_print)
        self.once.closed.connect(self.new.shown_name.setFocus)
        self.waiting.again_asked.connect(self._on_again)

    def refresh(self) -> None:
        """Read anew who there is; what is being asked stays."""
        self._background.run(self._read, self._show, self._failed(None))

    def stop_work(self) -> None:
        """A passphrase does not stay on the screen of somebody who has left."""
        self.once.put_away()

    def _lay_out(self, theme: Theme) -> None:
        say, inside = self._words.text, QWidget()
        head = PageHead(theme)
        head.say(
            say("Users"),
            say("Who signs in, with which roles. You let people in; you read nothing by it."),
        )  # fmt: skip
        body = QVBoxLayout(inside)
        side = theme.px(34)
        body.setContentsMargins(side, theme.px(22), side, theme.px(20))
        body.setSpacing(theme.px(14))
        for part in (head, self.error, self.good, self.once, self.change, self.waiting,
                     self.list, self.new):  # fmt: skip
            body.addWidget(part)
        body.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scrolled(inside))

    def _read(self) -> _Facts:
        return _Facts(users(self._desk), keys_waiting(self._desk))

    def _show(self, facts: _Facts) -> None:
        self.list.show_users(facts.users)
        self.waiting.show_waiting(facts.waiting)
        tab_before(self.new.shown_name, [*self.waiting.again, *self.list.buttons.values()])
        self.refreshed.emit()

    # --- what is done -------------------------------------------------------------------------

    def _on_new(self, shown_name: str, user_name: str, roles: frozenset[Role]) -> None:
        def done(once: OneTime) -> None:
            self.new.empty()
            self._on_once(once)

        desk = self._desk
        self._background.run(
            lambda: add_user(desk, user_name, shown_name, roles), done, self._failed(self.new)
        )  # fmt: skip

    def _on_decided(self, what: Decided) -> None:
        desk, user = self._desk, what.user.id
        if what.deed is Deed.RENEW:
            self._background.run(
                lambda: renew_user(desk, user), self._on_once, self._failed(self.change)
            )
            return
        acts: dict[Deed, Callable[[], object]] = {
            Deed.ROLES: lambda: change_roles(desk, user, what.roles, what.card),
            Deed.DISABLE: lambda: disable_user(desk, user),
            Deed.LEAVE: lambda: user_left(desk, user),
            Deed.LET_BACK: lambda: let_back(desk, user),
            Deed.RELEASE: lambda: release_user(desk, user),
        }
        told = self._words.text(_DONE[what.deed], name=what.user.shown_name)
        self._background.run(
            acts[what.deed], lambda _: self._on_done(told), self._failed(self.change)
        )

    def _on_again(self, asked: Asked) -> None:
        told = self._words.text("They are asked once more.")
        self._background.run(
            lambda: ask_again(self._desk, asked), lambda _: self._on_done(told), self._failed(None)
        )

    def _on_once(self, once: OneTime) -> None:
        self.change.done()
        self._say("")
        self.once.show_once(once)
        self.refresh()

    def _on_print(self, once: OneTime) -> None:
        def drawn(data: bytes) -> None:
            try:
                title = self._words.text("First sign-in")
                print_pdf(self, data, title, self._words, self._desk.agency.printers)
            except Exception as error:  # noqa: BLE001 (whatever it is, a person is told)
                self._failed(self.once)(error)

        self._background.run(
            lambda: print_one_time(self._desk, once, self._words), drawn, self._failed(self.once)
        )

    def _on_done(self, told: str) -> None:
        self.change.done()
        self._say(told)
        self.refresh()

    def _say(self, good: str) -> None:
        self.error.say("")
        self.good.say(good)

    def _failed(self, card: AskingCard | None) -> Callable[[BaseException], object]:
        """Say it where it was asked."""

        def failed(error: BaseException) -> None:
            note(error)
            self.good.say("")
            told = sentence_for(error, self._words)
            if card is None:
                self.error.say(told)
                return
            card.say(error=told)
            bring_into_view(card.error)

        return failed
