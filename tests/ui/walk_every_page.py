"""Walks through every page of the window in one look, and says what is wrong with its words.

A program of its own: `python walk_every_page.py FOLDER LANGUAGE@SCALE…`, with `build` in
PYTHONPATH. It prints a line of JSON
for each thing it finds: look, page, kind, words. The program that is walked is the one that Python
finds first: a copy with another language in it, or this checkout.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pictures.department import Scene, make_scene
from pictures.screens import clock
from pictures.standing import stand_still
from pictures.stops import WHO_SHOWS, Stop, entrance_stops, lock_stops, work_stops
from pictures.tour import NoPicture, Tour
from PySide6.QtWidgets import QApplication
from seen_words import cut, texts

from intake_app.settings.look import Look, keep_look


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


def main() -> None:
    """Walk in each look that is named."""
    folder, looks = Path(sys.argv[1]), sys.argv[2:]
    app = QApplication(["intake", "-style", "fusion"])
    stand_still()
    scene = make_scene(folder / "scene" / "profile")
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
