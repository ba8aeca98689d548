"""Which page the window shows before and after somebody works: set-up, lock screen, workplace.

It is imported before anything is painted, and gets the makers of what is heavy from `app.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.logs.program_log import ProgramLog
from intake_app.settings.look import Look, keep_look, read_look
from intake_app.settings.profile import home_of_training
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.errors import ErrorDoor, note
from intake_app.ui.parts.theme import Theme, apply, load_fonts, make_theme
from intake_app.ui.parts.window import MainWindow
from intake_app.ui.running import qt_words
from intake_app.ui.running.instance import OneInstance
from intake_app.ui.running.restart import start_anew
from intake_app.ui.running.warm_up import WarmUp
from intake_app.ui.screen.absence import Absence, tell_next, who_is_next
from intake_app.ui.screen.sweep import sweep_after
from intake_app.ui.screen.traces import close_dialogs, forget_folders, forget_traces
from intake_app.words import Words, mark

_FIRST_CARRY_MS = 6000
"""After the first paint: whoever is there types a passphrase meanwhile."""

_UNSAVED = mark(
    "The disk is full, so what you typed last is not on it yet. It is kept here, sealed. "
    "Make room on the disk, then sign in again. Do not turn this computer off before."
)

_RECOVERED = mark("The new passphrase is set. Sign in with it now.")

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from intake_app.services.desk import Desk
    from intake_app.services.signing.signing_in import Gate
    from intake_app.ui.pages.bring_back_page import BringBackPage
    from intake_app.ui.pages.first_start_page import FirstStartPage
    from intake_app.ui.pages.join_page import JoinPage
    from intake_app.ui.pages.recovery_page import RecoveryPage
    from intake_app.ui.running.doorbell import Doorbell
    from intake_app.ui.running.window_parts import Guard, Rounds, Session


@dataclass(frozen=True, slots=True)
class Makers:
    """What is made when it is first needed, because importing it takes time.

    Attributes:
        session: The workplace of a person.
        first_start: The very first page; a profile has it once.
        set_up: The set-up pages; the callables are told "given up" and "finished".
        recovery: The page for a recovery card.
        doorbell: How a second start is heard, or heard of.
        preload: Imports what a sign-in will need; called on the worker after the first paint, so
            that it does not fight with the paint for the interpreter.
        rounds: The exchange in the background; None: nothing is exchanged.
        bring_back: The page that brings a department back; None: it cannot be.
        join: The page on which a new computer joins a department; None: it cannot.
        guard: Watches what the system does with the screen; None: nobody does.
        bring_out: Prints a sheet of codes, or saves it where the last argument is true.
        guide: Opens the guide over the page that is shown, or goes back from it.
    """

    session: Callable[[Desk, Conductor], Session]
    first_start: Callable[[Conductor], FirstStartPage]
    set_up: Callable[[Conductor], QWidget]
    recovery: Callable[[Conductor], RecoveryPage]
    doorbell: Callable[[Path], Doorbell]
    preload: Callable[[], None]
    rounds: Callable[[Conductor], Rounds] | None = None
    join: Callable[[Conductor], JoinPage] | None = None
    bring_back: Callable[[Conductor], BringBackPage] | None = None
    guard: Callable[[Conductor], Guard] | None = None
    bring_out: Callable[[QWidget, Words, bytes, bool], bool] | None = None
    guide: Callable[[Conductor], None] | None = None


class Conductor(QObject):
    """Leads from page to page. One per process.

    Attributes:
        gate: The way in.
        background: The door to the worker.
        words: Language of the window.
        theme: What it wears.
        exchange: Where the exchange is heard, and spoken to.
    """

    def __init__(
        self, gate: Gate, profile: Path, makers: Makers, start_words: Sequence[str]
    ) -> None:
        super().__init__()
        self.gate, self._profile, self._makers = gate, profile, makers
        self._start_words = list(start_words)
        self._look_file = profile.with_name(f"{profile.name}.look.json")
        self.look = read_look(self._look_file)
        load_fonts()
        self._choose(self.look)
        self.background = Background(self)
        self.exchange = ExchangeLine(self)
        self.window = MainWindow(self.words)
        self.errors = ErrorDoor(self.words, self.background, self.window)
        self.instance = OneInstance(profile)
        self._bell: Doorbell | None = None
        self._log = ProgramLog(profile)
        self._session: Session | None = None
        self._rounds: Rounds | None = None
        self._desk: Desk | None = None
        self._absence, self._is_over = Absence(), False
        self._next_user = who_is_next()
        self._guard: Guard | None = None
        self.window.may_close = self._may_close
        self.window.closing.connect(self._on_closing)
        self.window.help_asked.connect(self._on_help)

    def begin(self) -> None:
        """Show the first page. It is dressed when it stands: once, not anew for each part."""
        self.show_entrance()
        self._wear()
        self.window.show()

    def warm_up(self) -> None:
        """Load what can wait until the first page is painted."""
        self.background.run(self._makers.preload)
        WarmUp(self).begin()
        self._log.begin()
        self._bell = self._makers.doorbell(self._profile)
        self._bell.show_asked.connect(self.window.bring_forward)
        self._bell.listen()
        if self._makers.guard is not None:
            self._guard = self._makers.guard(self)
            self._guard.begin()
        QTimer.singleShot(_FIRST_CARRY_MS, self, self.begin_rounds)

    def begin_rounds(self) -> None:
        """Let the exchange go on in the background from now on."""
        if self._makers.rounds is None or self._rounds is not None or self._is_over:
            return
        self._rounds = self._makers.rounds(self)
        self._rounds.begin()
        if self._desk is not None:
            self._rounds.sit_down(self._desk)

    def show_entrance(self, said: str = "") -> None:
        """The lock screen, or the very first page where no department is set up.

        Args:
            said: Good news for the lock screen.
        """
        if self.gate.has_department():
            lock = LockPage(self.gate, self.background, self.words, self.theme, self.look)
            lock.unlocked.connect(self._on_unlocked)
            lock.look_chosen.connect(self.dress)
            lock.recovery_asked.connect(self._on_recovery)
            if self._makers.bring_out is not None:
                lock.bring_out = partial(self._makers.bring_out, lock, self.words)
            lock.training_left.connect(self._on_training_left)
            lock.say(said)
            self._absence.watch_name(lock.user_name, self._on_other)
            lock.user_name.setText(lock.user_name.text() or self._next_user)
            self._next_user = ""
            self.window.show_page(lock)
            return
        first = self._makers.first_start(self)
        first.look_chosen.connect(self.dress)
        first.training_ready.connect(self.show_entrance)
        first.set_up_chosen.connect(self._on_set_up)
        first.join_chosen.connect(self._on_join)
        first.bring_back_chosen.connect(self._on_bring_back)
        self.window.show_page(first)

    def dress(self, look: object) -> None:
        """Wear another look: language, text size, light or dark; the page is built anew."""
        if isinstance(look, Look):
            self._once_saved(lambda: self._put_on(look))

    def lock(self) -> None:
        """Save, close the files, drop the keys, show the lock screen."""
        self._once_saved(self._lock)

    def lock_now(self) -> None:
        """The same when nobody may be there to be asked: the system locks, sleeps, or long idle.

        What the disk refuses stays in memory, sealed; it is written at the next sign-in.
        """
        if self._session is None:
            self._shut_door()
            return
        close_dialogs()
        why = self._session.save()
        if why is not None:
            note(why)
            self._absence.is_unsaved = True
        self._lock(self.words.text(_UNSAVED) if why else "")
        self._say_locked()

    def leave(self) -> None:
        """Log out: end this process, so that nothing of this person is left in it."""
        self._once_saved(self._leave)

    def _once_saved(self, then: Callable[[], object]) -> None:
        """Save what is typed, then go on; where it cannot be saved, the person is asked first."""
        why = self._session.save() if self._session else None
        if why is None:
            then()
        else:
            self.errors.ask(why, then)

    def _put_on(self, look: Look) -> None:
        keep_look(self._look_file, look)
        self._choose(look)
        self.errors.speak(self.words)
        self.window.speak(self.words)
        self._wear()
        desk = self._desk
        if self._session is None or desk is None:
            self._turn_away()
            self.show_entrance()
            return
        self._absence.begin(desk, self._session)
        self._end_pages(self._session)
        self._stand_up()
        self.background.forget()
        self.background.run(lambda: desk, self._on_unlocked)

    def _lock(self, said: str = "") -> None:
        self._absence.begin(self._desk, self._session)
        self._end_session()
        self.show_entrance(said)

    def _turn_away(self) -> None:
        """Whoever was about to come in begins anew: the page that hears of them goes."""
        if isinstance(self.window.page, LockPage):
            self.background.forget()
            self.background.run(self.gate.lock, None, note)

    def _shut_door(self) -> None:
        """Somebody was about to come in: they begin anew."""
        if isinstance(self.window.page, LockPage):
            self.background.forget()
            self.background.run_and_wait(self.gate.lock)
            self.show_entrance()
        self._say_locked()

    def _say_locked(self) -> None:
        if self._guard is not None:
            self._guard.locked()

    def _on_other(self, user_name: str) -> None:
        """A colleague is at the lock screen: a new process, in which nobody has worked."""
        done = tell_next(user_name)
        self._leave()
        done()

    def _leave(self) -> None:
        somebody_was_in = self._session is not None
        self._end_session()
        if somebody_was_in:
            self.window.show_page(QWidget())  # nothing is seen while the next process comes
        self._end_rounds()
        self._give_up_place()
        start_anew(self._words_to_start())
        QApplication.quit()

    def _may_close(self) -> bool:
        def close() -> None:
            self._end_session()
            self.window.close()

        why = self._session.save() if self._session else None
        if why is not None:
            self.errors.ask(why, close)
        return why is None

    def _words_to_start(self) -> list[str]:
        """After training comes training; the profile is the one that was worked in."""
        is_beside = home_of_training(self.gate.folder) is not None
        return ["--profile", str(self.gate.folder)] if is_beside else self._start_words

    def _choose(self, look: Look) -> None:
        self.look = look
        self.words = Words(look.language)
        self.theme: Theme = make_theme(is_dark=look.is_dark, scale=look.scale)

    def _wear(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app, self.theme)
            qt_words.speak(app, self.look.language)

    def _give_up_place(self) -> None:
        if self._bell is not None:
            self._bell.close()
        if self._guard is not None:
            self._guard.end()
        self.instance.release()

    def _end_session(self) -> None:
        """The files close when the write in progress is over; nobody hears late answers."""
        if self._session is not None:
            ended, self._session = self._session, None
            self._end_pages(ended)
            self._stand_up()
            self.background.forget()
            forget_traces()
            sweep_after(ended.workplace)
        self.background.run_and_wait(self.gate.lock)

    def _end_pages(self, session: Session) -> None:
        """The window drops what it has shown; a workplace that it never showed goes as well."""
        session.end()
        if self.window.page is not session.workplace:
            session.workplace.deleteLater()

    def _stand_up(self) -> None:
        self._desk = None
        if self._rounds is not None:
            self._rounds.stand_up()

    def _end_rounds(self) -> None:
        """No child is left behind, and none is begun any more."""
        self._is_over = True
        if self._rounds is not None:
            self._rounds.end()

    def _on_unlocked(self, desk: Desk) -> None:
        if self._absence.is_other(desk):
            self._absence.forget()
            self._on_other(desk.person.user_name)
            return
        forget_folders()  # a dialog of the process before may have noted them as it ended
        self._desk = desk
        session = self._session = self._makers.session(desk, self)
        if self._rounds is not None:
            self._rounds.sit_down(desk)
        # to show it takes as long as to make it: in a turn of its own, so that keys are heard
        QTimer.singleShot(0, self, lambda: self._on_made(desk, session))

    def _on_made(self, desk: Desk, session: Session) -> None:
        if self._session is session and self._desk is desk:  # no lock, no other look meanwhile
            self.window.show_page(session.workplace)
            self._absence.bring_back(desk, session)

    def _on_help(self) -> None:
        if self._makers.guide is not None:
            self._makers.guide(self)

    def _on_recovery(self) -> None:
        self._turn_away()
        page = self._makers.recovery(self)
        page.given_up.connect(self.show_entrance)
        page.recovered.connect(lambda: self.show_entrance(self.words.text(_RECOVERED)))
        self.window.show_page(page)

    def _on_training_left(self) -> None:
        self.background.forget()
        self.background.run_and_wait(self.gate.leave_training)
        self.show_entrance()

    def _on_set_up(self) -> None:
        self.window.show_page(self._makers.set_up(self))

    def _on_bring_back(self) -> None:
        if self._makers.bring_back is None:
            return
        page = self._makers.bring_back(self)
        page.given_up.connect(self.show_entrance)
        page.finished.connect(self.show_entrance)
        self.window.show_page(page)

    def _on_join(self) -> None:
        if self._makers.join is None:
            return
        page = self._makers.join(self)
        page.given_up.connect(self.show_entrance)
        page.finished.connect(self.show_entrance)
        self.window.show_page(page)
        page.refresh()

    def _on_closing(self) -> None:
        self._end_session()
        self._end_rounds()
        self.background.close()
        self._log.end()
        self._give_up_place()
