"""The one door off the GUI thread: one worker does the jobs in order, answers come back here.

The worker owns the databases. Qt objects never go to a job, and a job never touches a widget.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from intake_app.domain.errors import IntakeError

Answer = TypeVar("Answer")
Job = Callable[[], Answer]
Done = Callable[[Answer], object]
Failed = Callable[[BaseException], object]


class Background(QObject):
    """One worker thread; callbacks run on the GUI thread, in the order of their jobs.

    Signals:
        failed: A job without a `failed` of its own raised this; `errors.ErrorDoor` shows it.
        settled: A job has ended and its callback was run; jobs of spare time do not count.
        closing: No job is taken from now on; whoever waits to give one stops waiting.
    """

    failed = Signal(object)
    settled = Signal()
    closing = Signal()
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")
        self._waiting = 0
        self._given = self._begun = 0  # each is counted on one thread alone
        self._turn = 0
        # queued also from here: a job may be over before `run` returns, and answers never overtake
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

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

    def _deliver(
        self,
        ended: Future[Answer],
        turn: int,
        given: tuple[tuple[Done[Answer] | None, Failed | None], bool],
    ) -> None:
        told, is_spare = given
        self._waiting -= 1
        if turn == self._turn:
            self._tell(ended, *told)
        if not is_spare:
            self.settled.emit()

    def _tell(
        self, ended: Future[Answer], done: Done[Answer] | None, failed: Failed | None
    ) -> None:
        error = ended.exception()
        if error is None:
            if done:
                done(ended.result())
        elif failed:
            failed(error)
        else:
            self.failed.emit(error)

    def close(self) -> None:
        """Wait for the jobs that were given and stop; their answers find nobody any more."""
        self.closing.emit()
        self._pool.shutdown(wait=True)
        self.forget()


def is_expected(error: BaseException) -> bool:
    """Whether an error is one of ours, made to be told to a person."""
    return isinstance(error, IntakeError)
