"""The list of everybody: its first paint, and scrolling through it."""

import random
import statistics
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from benchmarks.full_profile import full_profile
from benchmarks.measurement import Goal, Measurement, Prepare, Room, Side, Sides
from benchmarks.screen import Screen, screen_over
from intake_app.ui.pages.people_page import PeoplePage

_STEPS, _RUN = 300, 30
"""Steps of one measurement; after so many the list is grabbed and pulled to another place."""


def make_page(screen: Screen) -> PeoplePage:
    """The page as the workplace makes it, until its first rows are painted."""
    tools = screen.workplace.tools
    page = PeoplePage(tools.desk, tools.background, tools.words, tools.theme, tools.names)
    screen.workplace.show_guest(page)
    page.refresh()
    while page.model.row_at(page.model.index(0, 0)) is None:
        screen.work()
    screen.paint()
    return page


def scroll(screen: Screen, page: PeoplePage) -> list[float]:
    """Milliseconds of each step by one screenful, until its rows are read and painted."""
    dice = random.Random(1)  # noqa: S311 (places in a list, not secrets)
    bar, taken = page.table.verticalScrollBar(), list[float]()
    for step in range(_STEPS):
        jump = step % _RUN == 0
        place = dice.randrange(bar.maximum()) if jump else bar.value() + bar.pageStep()
        start = time.perf_counter()
        bar.setValue(place)
        screen.paint()
        if screen.conductor.background.is_busy:  # the rows were not here: they are being read
            screen.settle()
            screen.paint()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def percentile_99(figures: Sequence[float]) -> float:
    """What one step in a hundred takes longer than."""
    return statistics.quantiles(figures, n=100)[-1]


def _first_paint(screen: Screen) -> Side:
    def side() -> float:
        start = time.perf_counter()
        make_page(screen)
        taken = time.perf_counter() - start
        screen.settle()
        return taken * 1000

    return side


def _scrolling(figure: Callable[[Sequence[float]], float]) -> Callable[[Screen], Side]:
    def make(screen: Screen) -> Side:
        page = make_page(screen)
        screen.settle()
        return lambda: figure(scroll(screen, page))

    return make


def _on_screen(make: Callable[[Screen], Side]) -> Prepare:
    @contextmanager
    def prepare(room: Room) -> Generator[Sides]:
        with screen_over(full_profile(room)) as screen:
            screen.sign_in()
            yield Sides(make(screen))

    return prepare


MEASUREMENTS = (
    Measurement("list of {people}: first paint", "ms", Goal(units=80), _on_screen(_first_paint)),
    Measurement(
        "list of {people}: scroll step, median", "ms", Goal(units=16),
        _on_screen(_scrolling(statistics.median)),
    ),
    Measurement(
        "list of {people}: scroll step, 99th percentile", "ms", Goal(units=30),
        _on_screen(_scrolling(percentile_99)),
    ),
)  # fmt: skip
