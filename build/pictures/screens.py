"""Pictures of the real window, and of the first page of each paper."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from intake_app.app import ProfileGate
from intake_app.makers import window_makers
from intake_app.services.follow_up_list import EVERYBODY
from intake_app.ui.conductor import Conductor
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.pages.home_page import HomePage
from intake_app.ui.pages.intake_page import IntakePage
from intake_app.ui.pages.lock_page import LockPage
from intake_app.ui.pages.numbers_page import NumbersPage
from intake_app.ui.pages.today_page import TodayPage
from intake_app.ui.preview import PdfPages
from intake_app.ui.workplace import Workplace
from pictures.citation import PAPER, citation
from pictures.department import (
    ADMINISTRATOR,
    COORDINATOR,
    FRONT_DESK,
    OFFICER,
    PAPERS,
    BusyDepartment,
    PictureDepartment,
)

if TYPE_CHECKING:
    from intake_app.domain.clock import Clock
    from intake_app.services.signing_in import NewPerson

Draw = Callable[[Conductor, Workplace, PictureDepartment], Iterator[tuple[str, QImage]]]

WIDTH, HEIGHT = 1280, 760
DPI = 90
PATIENCE = 30.0
"""Seconds for a page to come."""


class NoPicture(Exception):
    """The window did not come to the page that was to be drawn."""


def all_pictures(folder: Path) -> Iterator[tuple[str, QImage]]:
    """Every picture with its name, drawn in an empty folder."""
    department = PictureDepartment(folder / "profile")
    yield from _pictures_at(department, FRONT_DESK, _walk_in_pictures)
    yield from _pictures_at(department, OFFICER, _case_pictures)
    yield from _pictures_at(department, COORDINATOR, _care_pictures)
    yield from _pictures_at(department, ADMINISTRATOR, _trust_pictures)
    busy = BusyDepartment(folder / "busy")
    yield from _window_at(busy.folder, busy.clock, (COORDINATOR, busy.staff), _number_pictures)
    for name in PAPERS:
        yield name, _first_page(department.papers[name])
    yield PAPER, _first_page(citation())


def _first_page(data: bytes) -> QImage:
    pages = PdfPages(data)
    picture = pages.picture(0, DPI)
    pages.close()
    return picture


def _pictures_at(
    department: PictureDepartment, user: str, draw: Draw
) -> Iterator[tuple[str, QImage]]:
    who = (user, department.staff)
    yield from _window_at(
        department.folder, department.clock, who,
        lambda conductor, place: draw(conductor, place, department),
    )  # fmt: skip


def _window_at(
    folder: Path, clock: "Clock", who: tuple[str, Mapping[str, "NewPerson"]],
    draw: Callable[[Conductor, Workplace], Iterator[tuple[str, QImage]]],
) -> Iterator[tuple[str, QImage]]:  # fmt: skip
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    QApplication.setCursorFlashTime(0)  # the cursor stands: it does not blink out of a picture
    conductor = Conductor(ProfileGate(folder, clock), folder, window_makers(), [])
    conductor.begin()
    window = conductor.window
    window.resize(WIDTH, HEIGHT)
    user, staff = who
    try:
        place = _sign_in(conductor, user, staff[user].passphrase)
        yield from draw(conductor, place)
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _walk_in_pictures(
    conductor: Conductor, place: Workplace, department: PictureDepartment
) -> Iterator[tuple[str, QImage]]:
    yield "home", conductor.window.grab().toImage()
    _home_of(place).draft_asked.emit(department.unfinished)
    _until(conductor, lambda: isinstance(place.page, IntakePage), "the intake")
    yield "intake", conductor.window.grab().toImage()


def _case_pictures(
    conductor: Conductor, place: Workplace, department: PictureDepartment
) -> Iterator[tuple[str, QImage]]:
    yield "officer_home", conductor.window.grab().toImage()
    place.record_asked.emit(department.case)
    _until(conductor, lambda: isinstance(place.page, FolderPage), "the case")
    _until(conductor, lambda: not conductor.background.is_busy, "the case read")
    yield "case", conductor.window.grab().toImage()


def _care_pictures(
    conductor: Conductor, place: Workplace, department: PictureDepartment
) -> Iterator[tuple[str, QImage]]:
    place.go("today")
    _until(conductor, lambda: isinstance(place.page, TodayPage), "today's list")
    if isinstance(page := place.page, TodayPage):
        page.whose.setCurrentIndex(page.whose.findData(EVERYBODY))
        page.until.setCurrentIndex(page.until.count() - 1)
        page.refresh()
    _until(conductor, lambda: not conductor.background.is_busy, "the list read")
    yield "today", conductor.window.grab().toImage()
    place.folder_asked.emit(department.intake, "follow_up")
    _until(conductor, lambda: isinstance(place.page, FolderPage), "the folder")
    yield "folder", conductor.window.grab().toImage()


def _trust_pictures(
    conductor: Conductor, place: Workplace, department: PictureDepartment
) -> Iterator[tuple[str, QImage]]:
    """The trust page itself is not drawn: it tells of the computer that draws."""
    for name in ("users", "settings"):
        place.go(name)
        _until(conductor, lambda: not conductor.background.is_busy, name)
        yield name, conductor.window.grab().toImage()


def _number_pictures(conductor: Conductor, place: Workplace) -> Iterator[tuple[str, QImage]]:
    """The board of numbers, and one measure seen by groups."""
    place.go("numbers")
    page = place.page
    if not isinstance(page, NumbersPage):
        raise NoPicture("numbers")
    usual = page.period.usual
    usual.setCurrentIndex(usual.findText("Last fiscal year"))
    usual.activated.emit(usual.currentIndex())
    _until(conductor, lambda: not conductor.background.is_busy, "the numbers")
    _until(conductor, lambda: "quality" in page.cards, "the last card")
    yield "numbers", conductor.window.grab().toImage()
    page.open_measure("engaged_30_days")
    _until(conductor, lambda: not conductor.background.is_busy, "the measure")
    yield "measure", conductor.window.grab().toImage()


def _sign_in(conductor: Conductor, user: str, passphrase: str) -> Workplace:
    lock = conductor.window.findChild(LockPage)
    if lock is None:
        raise NoPicture("lock screen")
    lock.understood.setChecked(True)
    lock.user_name.setText(user)
    lock.passphrase.setText(passphrase)
    lock.unlock.click()
    _until(conductor, lambda: conductor.window.findChild(Workplace) is not None, "the home page")
    place = conductor.window.findChild(Workplace)
    if place is None:
        raise NoPicture("home")
    return place


def _home_of(place: Workplace) -> HomePage:
    if not isinstance(place.page, HomePage):
        raise NoPicture("home")
    return place.page


def _until(conductor: Conductor, is_there: Callable[[], bool], what: str) -> None:
    """Wait for a page, then for all jobs behind it and all that is still to be drawn."""
    end = time.monotonic() + PATIENCE
    while not is_there() or conductor.background.is_busy:
        if time.monotonic() > end:
            raise NoPicture(what)
        QApplication.processEvents()
    for _ in range(20):  # laying out asks for laying out again
        QApplication.processEvents()
