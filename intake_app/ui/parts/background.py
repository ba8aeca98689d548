"""The one door off the GUI thread: one worker does the jobs in order, answers come back here.

The worker owns the databases. Qt objects never go to a job, and a job never touches a widget.
Answers are told one at a time: while a callback waits for a printer's dialog, no other one begins.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from intake_app.domain.errors import IntakeError
from intake_app.ui.parts.owners import is_reached

Answer = TypeVar("Answer")
Job = Callable[[], Answer]
Done = Callable[[Answer], object]
Failed = Callable[[BaseException], object]


_Told: TypeAlias = tuple[Callable[[Any], object] | None, Failed | None]


@dataclass(frozen=True, slots=True)
class _Ended:
    """A job that has come back, and who waits for it."""

    future: Future[Any]
    turn: int
    told: _Told
    is_spare: bool


class Background(QObject):
    """One worker thread; callbacks run on the GUI thread, in the order of their jobs.

    An answer whose page is gone is dropped. An error is not: whoever pressed "Save" and went on
    believes that it is saved, so that the error is shown as one without a page is. Only what nobody
    asked for (spare time) may fail unheard.

    Signals:
        failed: A job without a `failed` of its own raised this, or one whose page is gone;
            `errors.ErrorDoor` shows it.
        settled: A job has ended and its callback was run; jobs of spare time do not count.
        closing: No job is taken from now on; whoever waits to give one stops waiting.
    """

    failed = Signal(object)
    settled = Signal()
    closing = Signal()
    _ended = Signal(object, object, object)
    _more = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")
        self._waiting = 0
        self._given = self._begun = 0  # each is counted on one thread alone
        self._turn = 0
        self._come: deque[_Ended] = deque()
        self._is_telling = False
        # queued also from here: a job may be over before `run` returns, and answers never overtake
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._more.connect(self._tell_next, Qt.ConnectionType.QueuedConnection)

    @property
    def is_wanted(self) -> bool:
        """Whether a job waits for the one that is done now; asked by that job, on the worker."""
        return self._given > self._begun

    @property
    def is_busy(self) -> bool:
        """Whether a job has not come back yet."""
        return self._waiting > 0

    def run(
        self, job: Job[Answer], done: Done[Answer] | None = None, failed: Failed | None = None
    ) -> None:
        """Do a job on the worker, then hand its answer to `done`, or its error to `failed`."""
        self._give(job, (done, failed))

    def run_spare(self, job: Job[Answer], done: Done[Answer], failed: Failed) -> None:
        """The same with a job that nobody asked for: it is no sign that somebody works."""
        self._give(job, (done, failed), is_spare=True)

    def _give(
        self,
        job: Job[Answer],
        told: tuple[Done[Answer] | None, Failed | None],
        *,
        is_spare: bool = False,
    ) -> None:
        self._waiting += 1
        turn, future = self._turn, self._submit(job)
        future.add_done_callback(lambda ended: self._ended.emit(ended, turn, (told, is_spare)))

    def run_and_wait(self, job: Job[Answer]) -> Answer:
        """Do a job on the worker and wait: for locking and leaving only, never while typing."""
        return self._submit(job).result()

    def why_not(self, job: Job[object]) -> BaseException | None:
        """Do a job on the worker and wait; why it failed, or None where it did not."""
        return self._submit(job).exception()

    def _submit(self, job: Job[Answer]) -> Future[Answer]:
        def begin() -> Answer:
            self._begun += 1
            return job()

        self._given += 1
        return self._pool.submit(begin)

    def forget(self) -> None:
        """Drop the answers of all jobs given so far: the page that waited for them is gone."""
        self._turn += 1

    def _on_ended(self, ended: Future[object], turn: int, given: tuple[_Told, bool]) -> None:
        self._come.append(_Ended(ended, turn, *given))
        self._tell_next()

    def _tell_next(self) -> None:
        if self._is_telling or not self._come:
            return
        self._is_telling = True
        try:
            self._deliver(self._come.popleft())
        finally:
            self._is_telling = False
            if self._come:
                self._more.emit()

    def _deliver(self, one: _Ended) -> None:
        self._waiting -= 1
        if one.turn == self._turn:
            self._tell(one)
        if not one.is_spare:
            self.settled.emit()

    def _tell(self, one: _Ended) -> None:
        done, failed = one.told
        error = one.future.exception()
        if error is None:
            if done:
                is_reached(done, one.future.result())
        elif not (failed and is_reached(failed, error)) and not one.is_spare:
            self.failed.emit(error)

    def close(self) -> None:
        """Wait for the jobs that were given and stop; their answers find nobody any more."""
        self.closing.emit()
        self._pool.shutdown(wait=True)
        self.forget()


def is_expected(error: BaseException) -> bool:
    """Whether an error is one of ours, made to be told to a person."""
    return isinstance(error, IntakeError)
