"""Walks through every page of the window in one look, and says what is wrong with its words.

A program of its own: `python walk_every_page.py FOLDER LANGUAGE@SCALE…`, with `build` in
PYTHONPATH. It prints a line of JSON for each thing it finds: look, page, "says" or "cuts", kind,
words. The program that is walked is the one that Python finds first: a copy with another language
in it, or this checkout. PEOPLE in the environment says how many there were in the last years.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pictures.department import Scene, make_scene
from pictures.screens import clock
from pictures.standing import stand_still
from pictures.stops import WHO_SHOWS, Stop, entrance_stops, lock_stops, work_stops
from pictures.tour import NoPicture, Tour
from PySide6.QtWidgets import QApplication
from seen_words import cut, texts

from intake_app.settings.look import Look, keep_look
from intake_app.ui.pages.eligibility_page import EligibilityPage
from intake_app.ui.pages.settings_page import SettingsPage


def walk(look: Look, scene: Scene, folder: Path) -> Iterator[tuple[str, Tour]]:
    """Each page, as it stands."""
    tour = Tour(folder / "nobody" / "profile", clock(), look)
    yield from _stand_at(tour, scene, entrance_stops())
    tour.end()
    profile = folder / "profile"
    shutil.copytree(scene.folder, profile)
    keep_look(profile.with_name(f"{profile.name}.look.json"), look)
    tour = Tour(profile, clock(), look)
    yield from _stand_at(tour, scene, lock_stops())
    tour.end()
    shown: set[str] = set()
    for user in WHO_SHOWS:
        tour = Tour(profile, clock(), look)
        tour.sign_in(user, scene.people[user])
        yield from _stand_at(tour, scene, work_stops(user, shown)(tour))
        tour.end()


def _stand_at(tour: Tour, scene: Scene, stops: Iterator[Stop]) -> Iterator[tuple[str, Tour]]:
    for stop in stops:
        try:
            stop.go(tour, scene)
            tour.settle(stop.name)
        except NoPicture as missing:
            raise NoPicture(f"{stop.name}: {missing}") from missing
        yield stop.name, tour
        for name in MORE.get(stop.name, _no_more)(tour):
            tour.settle(name)
            yield name, tour


def _no_more(_tour: Tour) -> Iterator[str]:
    yield from ()


def _subjects(tour: Tour) -> Iterator[str]:
    """Each part of the settings."""
    page = tour.part(SettingsPage)
    for row in range(1, page.subjects.count()):
        page.subjects.setCurrentRow(row)
        yield f"settings: {page.subjects.item(row).text()}"


def _verdict(tour: Tour) -> Iterator[str]:
    """What speaks against a program, and by which rule."""
    page = tour.part(EligibilityPage)
    for name, value in AGAINST.items():
        page.fields[name].set_value(value)
    page.fields["has_risk"].changed.emit()
    tour.until(lambda: any(len(one.sentences) > 1 for one in page.verdicts.values()), "a verdict")
    yield "eligibility: a verdict"


MORE: Final[dict[str, Callable[[Tour], Iterator[str]]]] = {
    "settings": _subjects, "eligibility": _verdict,
}  # fmt: skip
"""What else is to be seen on a page."""

AGAINST: Final[dict[str, Any]] = {
    "offenses": [{"offense": "possession"}], "drug_weight": {"amount": 20, "unit": "g"},
}  # fmt: skip


def main() -> None:
    """Walk in each look that is named."""
    few = int(os.environ.get("PEOPLE", "60"))
    folder, looks = Path(sys.argv[1]), sys.argv[2:]
    app = QApplication(["intake", "-style", "fusion"])
    stand_still()
    scene = make_scene(folder / "scene" / "profile", few)
    for named in looks:
        language, _, scale = named.partition("@")
        look = Look(language, float(scale or 1))
        place = folder / named
        (place / "nobody").mkdir(parents=True)
        for page, tour in walk(look, scene, place):
            for kind, words in {*texts(tour.window)}:
                _say(named, page, "says", kind, words)
            for kind, words in {*cut(tour.window)}:
                _say(named, page, "cuts", kind, words)
    _ = app


def _say(look: str, page: str, what: str, kind: str, words: str) -> None:
    print(json.dumps([look, page, what, kind, words], ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
