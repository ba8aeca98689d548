"""All pictures of one look, in a process of its own."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from intake_app.ui.parts.window import SMALLEST_SCREEN
from pictures.department import Scene
from pictures.keeping import Shelf
from pictures.screens import LOOKS, Picture, papers, pictures_in

_NO_SCREEN = "propagateSizeHints"  # Qt without a screen says so for each part that is shown


@dataclass(frozen=True, slots=True)
class Job:
    """What one process draws.

    Attributes:
        look: Name of the look; the plain one has none, and the papers with it.
        scene: Whose pictures.
        shelf: Where those of all looks are kept.
    """

    look: str
    scene: Scene
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went.

    Attributes:
        wrong: What is wrong, a line each.
        shows: Classes of the pages on each picture of the window, by its name.
    """

    wrong: list[str]
    shows: dict[str, tuple[str, ...]]


def draw(job: Job) -> Outcome:
    """Draw all pictures of a look, and keep or compare each."""
    qInstallMessageHandler(_say)
    app = QApplication.instance() or QApplication([sys.argv[0], "-style", "fusion"])
    shelf, wrong = job.shelf.under(job.look), list[str]()
    shows: dict[str, tuple[str, ...]] = {}
    drawn: set[str] = set()

    def take(picture: Picture) -> None:
        if picture.name in drawn:
            wrong.append(f"{picture.name}: two pictures have this name")
        drawn.add(picture.name)
        if why := shelf.take(picture.name, picture.image):
            wrong.append(f"{job.look or 'light'}/{why}")

    with tempfile.TemporaryDirectory(prefix="shots-") as empty:
        for picture in pictures_in(LOOKS[job.look], job.scene, Path(empty)):
            take(picture)
            shows[picture.name] = picture.shows
            if picture.image.size() != SMALLEST_SCREEN:
                wrong.append(f"{job.look or 'light'}/{picture.name}.png: the page is too wide")
    for picture in () if job.look else papers(job.scene):
        take(picture)
    app.processEvents()
    return Outcome(wrong + shelf.left_over(drawn), shows)


def _say(_kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
    if _NO_SCREEN not in message:
        print(message, file=sys.stderr)
