"""Where a tour stops: every page of the window, who goes there, and how.

Pages of the rail and their guests come from the program's own tables (`ui.frame.places` and
`ui.frame.guests`): a new one is drawn without a word here. What is reached in another way has a
function below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import SignalInstance

from intake_app.services.follow_up.due_list import EVERYBODY
from intake_app.ui.folder.tabs import CARE_TABS
from intake_app.ui.frame.guests import GUESTS
from intake_app.ui.frame.places import PLACES
from intake_app.ui.pages.case_review_page import CaseReviewPage
from intake_app.ui.pages.differences_page import DifferencesPage
from intake_app.ui.pages.first_start_page import FirstStartPage
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.join_page import JoinPage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.pages.numbers_page import NumbersPage
from intake_app.ui.pages.review_page import ReviewPage
from intake_app.ui.pages.set_up_page import SetUpPage
from intake_app.ui.pages.today_page import TodayPage
from pictures.department import (
    ADMINISTRATOR,
    COORDINATOR,
    FRONT_DESK,
    OFFICER,
    PRIVACY_OFFICER,
    RECEPTION,
    SUPERVISOR,
    Scene,
)
from pictures.tour import Tour

Go = Callable[[Tour, Scene], None]


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture of the window.

    Attributes:
        name: Of the picture's file.
        go: Leads there, from home or from the stop before.
    """

    name: str
    go: Go


WHO_SHOWS: Final = (
    RECEPTION, ADMINISTRATOR, COORDINATOR, OFFICER, SUPERVISOR, PRIVACY_OFFICER, FRONT_DESK,
)  # fmt: skip
"""A page of the rail is drawn for the first of them who has it. The reception comes first: what it
handed in is taken in when somebody signs in who holds the key."""

_BETTER: Final = {
    "numbers": COORDINATOR, "providers": COORDINATOR, "roster": COORDINATOR,
    "differences": COORDINATOR, "exchange": ADMINISTRATOR, "settings": ADMINISTRATOR,
}  # fmt: skip
"""Who is to show a place although somebody before them has it."""


def entrance_stops() -> Iterator[Stop]:
    """Before there is a department."""
    yield Stop("first_start", _stay)
    yield Stop("set_up", lambda tour, _: tour.part(FirstStartPage).set_up_chosen.emit())
    yield Stop("set_up_mistakes", _next_step)
    yield Stop("join", lambda tour, _: _from_first(tour, tour.part(SetUpPage).given_up, "join"))
    yield Stop(
        "bring_back", lambda tour, _: _from_first(tour, tour.part(JoinPage).given_up, "bring_back")
    )


def lock_stops() -> Iterator[Stop]:
    """Before somebody signs in."""
    yield Stop("lock", _stay)
    yield Stop("recovery", lambda tour, _: tour.part(LockPage).recovery_asked.emit())
    yield Stop("guide", lambda tour, _: tour.window.help_asked.emit())


def work_stops(user: str, drawn: set[str]) -> Callable[[Tour], Iterator[Stop]]:
    """What one person shows: their own stops, then those places of theirs that nobody showed.

    Args:
        user: Who has signed in.
        drawn: Pages of the rail that were shown already; those shown now are added.
    """

    def stops(tour: Tour) -> Iterator[Stop]:
        yield from _OWN.get(user, lambda: iter(()))()
        for place in tour.place.places:
            if place in drawn or place == "home" or _BETTER.get(place, user) != user:
                continue
            drawn.add(place)
            yield Stop(place, _PLACES.get(place, partial(_go, place)))
            for asked in _guests_of(tour, place, drawn):
                drawn.add(asked)
                yield Stop(asked.removesuffix("_asked"), partial(_ask, place, asked))
            yield from _AFTER.get(place, lambda: iter(()))()

    return stops


def undrawn(drawn: set[str]) -> list[str]:
    """Places and guests that nobody showed."""
    return sorted({*(one.id for one in PLACES), *GUESTS, "settings"} - drawn)


def _stay(_tour: Tour, _scene: Scene) -> None:
    """It is shown."""


def _next_step(tour: Tour, _scene: Scene) -> None:
    tour.part(SetUpPage).go_on.click()


def _from_first(tour: Tour, leave: SignalInstance, way: str) -> None:
    leave.emit()
    tour.settle("the first page")
    getattr(tour.part(FirstStartPage), f"{way}_chosen").emit()


def _go(place: str, tour: Tour, _scene: Scene) -> None:
    tour.place.go(place)


def _guests_of(tour: Tour, place: str, drawn: set[str]) -> list[str]:
    """Signals of the page that is shown, each of which asks for a page that nobody showed."""
    return [
        asked for asked, guest in GUESTS.items()
        if guest.back == place and asked not in drawn and hasattr(tour.page, asked)
    ]  # fmt: skip


def _ask(place: str, asked: str, tour: Tour, scene: Scene) -> None:
    _go(place, tour, scene)
    tour.settle(place)
    getattr(tour.page, asked).emit()


# --- what each person shows ---------------------------------------------------------------------


def _front_desk() -> Iterator[Stop]:
    yield Stop("home", _stay)
    yield Stop("intake", lambda tour, scene: tour.place.draft_asked.emit(scene.draft))
    yield Stop("review", _review)
    yield Stop("finished", lambda tour, scene: tour.part(ReviewPage).finished.emit(scene.finished))
    yield Stop("paper_forms", lambda tour, _: tour.place.paper_forms_asked.emit())


def _review(tour: Tour, scene: Scene) -> None:
    tour.place.draft_asked.emit(scene.ready)
    tour.until(lambda: isinstance(tour.page, IntakePage), "the intake")
    page = tour.part(IntakePage)
    page.review_asked.emit(page.draft)


def _reception() -> Iterator[Stop]:
    yield Stop("reception_home", _stay)
    yield Stop(
        "handed_in", lambda tour, scene: tour.place.handed_in_asked.emit(scene.handed_in, "papers")
    )


def _officer() -> Iterator[Stop]:
    yield Stop("officer_home", _stay)
    yield Stop("eligibility", lambda tour, _: tour.place.eligibility_asked.emit())
    yield Stop("case", lambda tour, scene: _open(tour, scene.case))
    yield Stop("case_review", _case_review)
    yield Stop(
        "case_issued", lambda tour, scene: tour.part(CaseReviewPage).issued.emit(scene.issued)
    )
    yield Stop("keying", lambda tour, scene: tour.place.keying_asked.emit(scene.keying))


def _case_review(tour: Tour, scene: Scene) -> None:
    tour.place.draft_asked.emit(scene.case_draft)
    tour.until(lambda: isinstance(tour.page, IntakePage), "the officer intervention")
    page = tour.part(IntakePage)
    page.review_asked.emit(page.draft)


def _open(tour: Tour, record: str, tab: str = "") -> None:
    tour.place.folder_asked.emit(record, tab)
    tour.until(lambda: isinstance(tour.page, FolderPage), "the folder")


def _coordinator() -> Iterator[Stop]:
    yield Stop("coordinator_home", _stay)
    yield Stop("record", lambda tour, scene: _open(tour, scene.intake))
    for tab in CARE_TABS:
        name = "folder" if tab.id == "follow_up" else f"folder_{tab.id}"
        yield Stop(name, partial(_tab, tab.id))


def _tab(tab: str, tour: Tour, scene: Scene) -> None:
    _open(tour, scene.intake, tab)


def _supervisor() -> Iterator[Stop]:
    yield Stop("supervisor_home", _stay)


def _administrator() -> Iterator[Stop]:
    yield Stop("administrator_home", _stay)


_OWN: Final[dict[str, Callable[[], Iterator[Stop]]]] = {
    FRONT_DESK: _front_desk,
    RECEPTION: _reception,
    OFFICER: _officer,
    COORDINATOR: _coordinator,
    SUPERVISOR: _supervisor,
    ADMINISTRATOR: _administrator,
}


# --- pages of the rail that are to show something -------------------------------------------------


def _today(tour: Tour, scene: Scene) -> None:
    _go("today", tour, scene)
    tour.settle("today's list")
    page = tour.part(TodayPage)
    page.whose.setCurrentIndex(page.whose.findData(EVERYBODY))
    page.until.setCurrentIndex(page.until.count() - 1)
    page.refresh()


def _differences(tour: Tour, scene: Scene) -> None:
    """The second one: of the first the names are hidden."""
    _go("differences", tour, scene)
    tour.settle("the differences")
    tour.part(DifferencesPage).next.click()


def _numbers(tour: Tour, scene: Scene) -> None:
    _go("numbers", tour, scene)
    usual = tour.part(NumbersPage).period.usual
    usual.setCurrentIndex(usual.findText(tour.conductor.words.text("Last fiscal year")))
    usual.activated.emit(usual.currentIndex())
    tour.settle("the numbers")
    tour.until(lambda: "quality" in tour.part(NumbersPage).cards, "the last card")


def _after_numbers() -> Iterator[Stop]:
    yield Stop("measure", _measure)


def _measure(tour: Tour, scene: Scene) -> None:
    _numbers(tour, scene)
    tour.part(NumbersPage).open_measure("engaged_30_days")


def _after_providers() -> Iterator[Stop]:
    yield Stop("replies", partial(_ask, "providers", "replies_asked"))


def _after_exchange() -> Iterator[Stop]:
    yield Stop("stick", partial(_ask, "exchange", "stick_asked"))


_PLACES: Final[dict[str, Go]] = {
    "today": _today, "numbers": _numbers, "differences": _differences,
}  # fmt: skip
_AFTER: Final[dict[str, Callable[[], Iterator[Stop]]]] = {
    "numbers": _after_numbers,
    "providers": _after_providers,
    "exchange": _after_exchange,
}
