"""One way with a stick: seal what waits, carry in a child process, take in what came."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import ExchangeTold, exchange_round
from intake_app.services.exchanging.sticks import (
    Stick,
    StickErrand,
    StickTold,
    asked_of_stick,
    look_at_stick,
    note_stick,
    prepare_stick,
    stick_command,
)
from intake_app.settings.program import ATTACHED
from intake_app.ui.exchange.asking import StoreAsk
from intake_app.ui.exchange.child import Child
from intake_app.ui.exchange.line import ExchangeLine
from intake_app.ui.parts.background import Background


class StickWork(QObject):
    """Each step runs on the worker or in a child; the window hears of it.

    Signals:
        looked: A `Stick`: what was found at the place that was chosen.
        moved: How many objects have moved, and of how many.
        done: A `StickTold`: all is over.
        failed: An error; nothing goes on.
    """

    looked = Signal(object)
    moved = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, background: Background, line: ExchangeLine) -> None:
        super().__init__()
        self._desk, self._background, self._line = desk, background, line
        self._ask, self._child = StoreAsk(self), Child(self)
        self._errand: StickErrand | None = None
        self._end: dict[str, Any] = {}
        self._passes: list[dict[str, Any]] = []
        self._child.said.connect(self._on_said)
        self._child.ended.connect(self._on_ended)

    @property
    def is_carrying(self) -> bool:
        """Whether a stick is being filled now."""
        return self._errand is not None

    def look(self, errand: StickErrand, write: str = "") -> None:
        """Look what lies there, and what would go on it.

        Args:
            errand: Where, and for whom.
            write: A marker that makes it ready first.
        """

        def ask(question: dict[str, Any]) -> None:
            self._ask.ask_for({**question, "write": write}, answered, self.failed.emit)

        def answered(said: dict[str, Any]) -> None:
            desk = self._desk
            self._background.run(
                lambda: look_at_stick(desk, errand, said), self.looked.emit, self.failed.emit
            )

        desk = self._desk
        self._background.run(lambda: asked_of_stick(desk, errand), ask, self.failed.emit)

    def prepare(self, stick: Stick) -> None:
        """Make an empty stick ready, and look at it."""
        desk, folder = self._desk, Path(stick.entry.place)

        def put(made: tuple[StickErrand, str]) -> None:
            errand, marker = made
            self.look(errand, marker)

        self._background.run(lambda: prepare_stick(desk, folder), put, self.failed.emit)

    def carry(self, errand: StickErrand) -> None:
        """Seal what waits, carry both ways, take in what came, and bring its receipt as well."""
        if self.is_carrying:
            return
        self._errand, self._passes = errand, []
        self._line.hold(True)
        self._round(lambda: self._start(errand), cut_now=True)

    def stop(self) -> None:
        """Whoever asked is gone: nothing half-written stays, and no child."""
        self._ask.stop()
        self._child.stop()
        if self.is_carrying:
            self._errand = None
            self._line.hold(False)

    def _start(self, errand: StickErrand) -> None:
        desk = self._desk

        def begin(words: list[str]) -> None:
            self._child.start([*words, ATTACHED])

        self._background.run(lambda: stick_command(desk, errand), begin, self._fail)

    def _on_said(self, said: dict[str, Any]) -> None:
        if "came" in said:
            self._end = said
        else:
            self.moved.emit(int(said.get("done", 0)), int(said.get("whole", 0)))

    def _on_ended(self, _code: int) -> None:
        errand = self._errand
        if errand is None:
            return
        self._passes.append(self._end)
        came = bool(self._end.get("came")) and not self._end.get("trouble")
        if came and len(self._passes) == 1:  # what was taken in has a receipt: it goes back with it
            self._round(lambda: self._start(errand))
        else:
            self._note(errand)

    def _note(self, errand: StickErrand) -> None:
        desk, passes = self._desk, tuple(self._passes)

        def noted(told: StickTold) -> None:
            self._round(lambda: self._finish(told))

        self._background.run(lambda: note_stick(desk, errand, passes), noted, self._fail)

    def _finish(self, told: StickTold) -> None:
        self._errand = None
        self._line.hold(False)
        self.done.emit(told)

    def _fail(self, error: BaseException) -> None:
        self._errand = None
        self._line.hold(False)
        self.failed.emit(error)

    def _round(self, then: Callable[[], object], *, cut_now: bool = False) -> None:
        """The post room works until it is through; it makes way for others in between."""
        desk, background = self._desk, self._background

        def done(told: ExchangeTold | None) -> None:
            self._line.tell(told)
            if told is not None and told.state.is_unfinished:
                self._round(then)
            else:
                then()

        background.run(
            lambda: exchange_round(desk, cut_now=cut_now, is_wanted=lambda: background.is_wanted),
            done, self._fail,
        )  # fmt: skip
