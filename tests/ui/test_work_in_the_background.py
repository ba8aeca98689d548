"""The one door off the GUI thread, and the one door for errors."""

import logging
import threading

import pytest
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import DiskFull
from intake_app.ui.background import Background, is_expected
from intake_app.ui.errors import ErrorDoor, sentence_for
from intake_app.ui.window import MainWindow
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
