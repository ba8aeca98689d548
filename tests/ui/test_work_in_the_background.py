"""The one door off the GUI thread, and the one door for errors."""

import logging
import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEventLoop, QObject, Signal
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from intake_app.domain.errors import DiskFull
from intake_app.ui.parts.background import Background, is_expected
from intake_app.ui.parts.errors import ErrorDoor, sentence_for
from intake_app.ui.parts.window import MainWindow
from intake_app.words import Words


def test_a_job_runs_elsewhere_and_its_answer_comes_back_here(
    qtbot: QtBot, background: Background
) -> None:
    threads: list[int] = []
    answers: list[int] = []

    def job() -> int:
        threads.append(threading.get_ident())
        return 7

    def done(answer: int) -> None:
        threads.append(threading.get_ident())
        answers.append(answer)

    background.run(job, done)
    qtbot.waitUntil(lambda: answers == [7])
    assert threads[0] != threading.get_ident() == threads[1]
    assert not background.is_busy


def test_jobs_keep_their_order(qtbot: QtBot, background: Background) -> None:
    order: list[int] = []
    for n in range(20):
        background.run(lambda n=n: n, order.append)
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))


def test_an_error_goes_to_its_page_or_to_the_door(qtbot: QtBot, background: Background) -> None:
    told: list[BaseException] = []

    def job() -> None:
        raise DiskFull

    background.run(job, failed=told.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    with qtbot.waitSignal(background.failed) as shown:
        background.run(job)
    assert shown.args
    assert is_expected(shown.args[0])
    assert is_expected(told[0])


def test_answers_for_a_page_that_is_gone_are_dropped(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []
    background.run(lambda: 1, answers.append)
    background.forget()
    with qtbot.waitSignal(background.settled):
        background.run(lambda: 2, answers.append)
    qtbot.waitUntil(lambda: not background.is_busy)
    assert answers == [2]


class Page(QObject):
    """A page that waits for an answer in each of the ways that pages do.

    Attributes:
        heard: What reached any of them.
    """

    told = Signal(object)

    def __init__(self, heard: list[object]) -> None:
        super().__init__()
        self.heard = heard
        self.told.connect(self.heard.append)

    def on_answer(self, answer: object) -> None:
        self.objectName()  # touches what is gone
        self.heard.append(answer)

    def ways(self) -> dict[str, Callable[[object], object]]:
        wait = self.on_answer
        return {
            "a method": self.on_answer, "a part": partial(self.on_both, 1),
            "a closure": lambda answer: self.on_answer(answer), "a signal": self.told.emit,
            "a method in a closure": lambda answer: wait(answer),
        }  # fmt: skip

    def on_both(self, _number: int, answer: object) -> None:
        self.on_answer(answer)


WAYS = list(Page([]).ways())


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_to_a_page_that_is_gone_is_dropped_and_the_rest_goes_on(
    qtbot: QtBot, background: Background, way: str
) -> None:
    heard: list[object] = []
    page, other = Page(heard), Page(heard)
    background.run(lambda: "gone", page.ways()[way])
    background.run(lambda: "there", other.ways()[way])
    with qtbot.waitSignals([background.settled] * 2):
        delete(page)
    assert heard == ["there"]
    assert not background.is_busy


@pytest.mark.parametrize("way", WAYS)
def test_an_error_of_a_page_that_is_gone_is_told_all_the_same(
    qtbot: QtBot, background: Background, way: str
) -> None:
    """Who pressed "Save" and went on believes that it is saved."""

    def job() -> None:
        raise DiskFull

    heard: list[object] = []
    page = Page(heard)
    background.run(job, failed=page.ways()[way])
    with qtbot.waitSignal(background.failed) as told:
        delete(page)
    assert isinstance(told.args and told.args[0], DiskFull)
    assert heard == []


def test_what_nobody_asked_for_fails_unheard_where_its_page_is_gone(
    qtbot: QtBot, background: Background
) -> None:
    def job() -> None:
        raise DiskFull

    page = Page([])
    background.run_spare(job, page.on_answer, page.on_answer)
    with qtbot.assertNotEmitted(background.failed):
        delete(page)
        qtbot.waitUntil(lambda: not background.is_busy)


def test_a_page_that_goes_while_it_is_told_disturbs_nobody(
    qtbot: QtBot, background: Background
) -> None:
    page = Page([])

    def leave(_answer: object) -> None:
        delete(page)
        page.objectName()

    background.run(lambda: 1, leave)
    with qtbot.waitSignal(background.settled):
        background.run(lambda: 2)


def test_another_error_of_a_callback_is_not_taken_for_that(
    qtbot: QtBot, background: Background
) -> None:
    """Negative control: the page is there."""
    page = Page([])

    def fail(_answer: object) -> None:
        page.objectName()
        raise RuntimeError

    with qtbot.captureExceptions() as raised:
        background.run(lambda: 1, fail)
        qtbot.waitUntil(lambda: len(raised) == 1)
    assert raised[0][0] is RuntimeError


def test_no_answer_is_told_in_the_midst_of_another(qtbot: QtBot, background: Background) -> None:
    order: list[str] = []

    page, loop = Page([]), QEventLoop()
    page.told.connect(loop.quit)

    def wait_for_a_dialog(_answer: object) -> None:
        order.append("it opens")
        loop.exec()
        order.append("it is closed")

    background.run(lambda: 1, wait_for_a_dialog)
    background.run(lambda: 2, lambda _: order.append("the second"))
    # is heard after the second answer is here: both come from the worker, in their order
    background.run(lambda: page.told.emit(3), lambda _: order.append("the third"))
    qtbot.waitUntil(lambda: not background.is_busy)
    assert order == ["it opens", "it is closed", "the second", "the third"]


def test_whoever_waits_to_give_a_job_hears_that_none_is_taken_any_more(qtbot: QtBot) -> None:
    background = Background()
    with qtbot.waitSignal(background.closing):
        background.close()


def test_answers_that_come_after_the_end_are_dropped(qtbot: QtBot) -> None:
    background, answers = Background(), list[int]()
    background.run(lambda: 1, answers.append)
    with qtbot.waitSignal(background.settled):
        background.close()
    assert answers == []


def test_waiting_gives_the_answer_itself(background: Background) -> None:
    assert background.run_and_wait(lambda: 3) == 3


def test_our_errors_speak_their_own_sentence_in_the_language(words: Words) -> None:
    assert sentence_for(DiskFull(), words) == DiskFull.sentence()
    assert sentence_for(DiskFull(), Words("es")) != DiskFull.sentence()


def test_the_door_shows_one_dialog_and_the_log_holds_no_words_of_an_error(
    qtbot: QtBot, background: Background, words: Words, caplog: pytest.LogCaptureFixture
) -> None:
    window = MainWindow(words)
    qtbot.addWidget(window)
    window.show()
    door = ErrorDoor(words, background, window)

    def job() -> None:
        raise ValueError("Whitfield, Jordan")

    with caplog.at_level(logging.INFO), qtbot.waitSignal(background.failed):
        background.run(job)
    assert "did not expect" in door.shown
    assert "Whitfield" not in door.shown + caplog.text
    assert "ValueError at test_work_in_the_background.py:" in caplog.text
    door.show(DiskFull())
    assert door.shown == DiskFull.sentence()
    door.close()
    qtbot.waitUntil(lambda: door.shown == "")
