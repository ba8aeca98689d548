"""A part that is shown before it stands on its page opens as a window, and takes the keys away."""

from collections.abc import Iterator

import case_story
import pytest
from department import Department, OpenWindow
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from intake_app.domain.clock import FixedClock
from intake_app.services.intakes.people import people_order, people_rows
from intake_app.ui.parts.window import MainWindow

PLACES = {
    "jlowe": ("Today", "People", "Overdoses", "Cases", "Arrivals", "Numbers", "Records",
              "Differences", "To print", "Providers", "Roster", "Exchange", "Stock", "Trust",
              "Settings", "Home"),
    "jlowe, from the numbers": (
        "Numbers", "Reports…", "Numbers", "Files for others…", "Numbers", "Bring in past cases…",
        "Numbers", "Several departments…", "Home",
    ),
    "tokafor": ("Numbers", "Settings", "Home"),
    "apruitt": ("Numbers", "Users", "Settings", "Home"),
}  # fmt: skip


class Watch(QObject):
    """Notes what is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.windows = list[str]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Watch]:
    made = Watch()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.mark.parametrize("walk", PLACES)
def test_each_place_stays_in_its_window(
    open_window: OpenWindow, department: Department, watch: Watch, walk: str
) -> None:
    clerk = open_window()
    clerk.sign_in(department.staff[walk.partition(",")[0]])
    for place in PLACES[walk]:
        clerk.press(place)
        clerk.settle()
    assert set(watch.windows) == {MainWindow.__name__}


def test_a_folder_and_a_case_stay_in_their_window(
    open_window: OpenWindow, department: Department, clock: FixedClock, watch: Watch
) -> None:
    with case_story.desk_of(department, clock, "jlowe") as desk:
        found = next(row for row in people_rows(desk, people_order(desk)) if row.number)
    clerk = open_window()
    clerk.sign_in(department.staff["jlowe"])
    clerk.write("Find", found.number)
    clerk.until_reads("1 intake. Names are hidden.")
    clerk.press(next(name for name in clerk.names() if found.number in name))
    for tab in ("Progress", "Follow-up", "Person", "Referrals"):
        clerk.open_tab(tab)
    clerk.press("Home")
    assert set(watch.windows) == {MainWindow.__name__}


def test_a_part_that_is_shown_too_early_is_noticed(watch: Watch) -> None:
    """Negative control."""
    part = QLabel("?")
    part.setVisible(True)
    part.close()
    assert watch.windows == ["QLabel"]
