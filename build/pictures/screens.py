"""Pictures of the real window, page by page in one look, and of the first page of each paper."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from intake_app.settings.look import Look, keep_look
from intake_app.ui.pages.folder_page import FolderPage
from intake_app.ui.papers.preview import PdfPages
from pictures.citation import PAPER, citation
from pictures.department import PAPERS, Scene, clock
from pictures.standing import stand_still
from pictures.stops import WHO_SHOWS, Stop, entrance_stops, lock_stops, undrawn, work_stops
from pictures.tour import NoPicture, Tour

LOOKS: Final = {
    "": Look(),
    "dark": Look(is_dark=True),
    "large": Look(scale=1.5),
    "spanish": Look(language="es"),
}
"""By the folder of their pictures; the plain look stands above the others."""

DPI = 90


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Attributes:
        name: Of its file.
        image: It.
        shows: Names of the classes of the pages that are seen; none for a paper.
    """

    name: str
    image: QImage
    shows: tuple[str, ...] = ()


def pictures_in(look: Look, scene: Scene, folder: Path) -> Iterator[Picture]:
    """Every picture of the window in one look.

    Args:
        look: What the window wears.
        scene: Whose pictures; its profile is copied.
        folder: An empty one, for the copy.
    """
    stand_still()
    yield from _entrance(look, scene, folder / "nobody" / "profile")
    profile = folder / "profile"
    shutil.copytree(scene.folder, profile)
    keep_look(profile.with_name(f"{profile.name}.look.json"), look)
    tour = Tour(profile, clock(), look)
    yield from _drawn(tour, scene, lock_stops())
    tour.end()
    shown: set[str] = set()
    for user in WHO_SHOWS:
        tour = Tour(profile, clock(), look)
        tour.sign_in(user, scene.people[user])
        yield from _drawn(tour, scene, work_stops(user, shown)(tour))
        tour.end()
    if left := undrawn(shown):
        raise NoPicture(", ".join(left))


def papers(scene: Scene) -> Iterator[Picture]:
    """The first page of each paper."""
    for name in PAPERS:
        yield Picture(name, _first_page(scene.papers[name]))
    yield Picture(PAPER, _first_page(citation()))


def _entrance(look: Look, scene: Scene, folder: Path) -> Iterator[Picture]:
    folder.parent.mkdir(parents=True)
    tour = Tour(folder, clock(), look)
    yield from _drawn(tour, scene, entrance_stops())
    tour.end()


def _drawn(tour: Tour, scene: Scene, stops: Iterable[Stop]) -> Iterator[Picture]:
    for stop in stops:
        try:
            stop.go(tour, scene)
            tour.settle(stop.name)
        except NoPicture as missing:
            raise NoPicture(f"{stop.name}: {missing}") from missing
        yield Picture(stop.name, tour.grab(), _shown(tour.page))


def _shown(page: QWidget) -> tuple[str, ...]:
    """The page, and the one inside a folder or beside a board."""
    found = {type(page).__name__}
    if isinstance(page, FolderPage) or page.findChildren(QWidget):
        found |= {
            type(one).__name__
            for one in page.findChildren(QWidget)
            if type(one).__name__.endswith("Page") and one.isVisible()
        }
    return tuple(sorted(found))


def _first_page(data: bytes) -> QImage:
    pages = PdfPages(data)
    picture = pages.picture(0, DPI)
    pages.close()
    return picture
