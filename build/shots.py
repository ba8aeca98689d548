"""Draw the pictures of docs/pictures: every page of the window in four looks, and the papers.

`python build/shots.py` renews them; `--check` compares, names those that differ, and writes a
picture of each difference to `.work/pictures`. Without a screen, in the bundled font, at a fixed
time, of people who do not exist: the same pictures each time. The plain look lies in
`docs/pictures`, the others in its folders `dark`, `large` (150 %) and `spanish`; `pages.json`
says which page is seen on which picture.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build")]

from pictures.department import Scene, make_scene  # noqa: E402
from pictures.keeping import Shelf  # noqa: E402
from pictures.pages import pages_of_the_program  # noqa: E402
from pictures.run import Job, draw  # noqa: E402
from pictures.screens import LOOKS  # noqa: E402
from pictures.standing import settle_ids  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
DIFFERENCES = ROOT / ".work" / "pictures"
INDEX = "pages.json"
"""Beside the pictures: by picture, the classes of the pages that are seen."""

AT_ONCE = 2
"""Processes."""

MOST_MEGABYTES = 12.0
"""All kept pictures together."""

Shown = Mapping[str, Sequence[str]]


def draw_all(scene: Scene, shelf: Shelf, looks: Sequence[str]) -> tuple[list[str], Shown]:
    """Draw all looks, two at once. Returns what is wrong, and which page is on which picture."""
    fresh = multiprocessing.get_context("spawn")
    jobs = [Job(look, scene, shelf) for look in looks]
    with ProcessPoolExecutor(AT_ONCE, mp_context=fresh, max_tasks_per_child=1) as pool:
        outcomes = list(pool.map(draw, jobs))
    wrong = [line for outcome in outcomes for line in outcome.wrong]
    return wrong, outcomes[0].shows


def without_picture(shown: Shown) -> list[str]:
    """Pages of the program that no picture shows, a line each."""
    seen = {page for pages in shown.values() for page in pages}
    return [f"{page}: no picture shows it" for page in sorted(pages_of_the_program() - seen)]


def keep_index(shown: Shown, place: Path, *, is_check: bool) -> list[str]:
    """Write which page is on which picture, or say that the kept list is another one."""
    text = json.dumps({name: list(shown[name]) for name in sorted(shown)}, indent=1) + "\n"
    if not is_check:
        place.write_text(text, "utf-8")
    elif not place.is_file() or place.read_text("utf-8") != text:
        return [f"{place.name}: it is out of date"]
    return []


def megabytes(folder: Path) -> float:
    """Size of all kept pictures."""
    return sum(one.stat().st_size for one in folder.rglob("*.png")) / 1e6


def main(arguments: Sequence[str]) -> int:
    """Renew or check. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python build/shots.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare; change nothing")
    parser.add_argument("--folder", type=Path, default=PICTURES, help="where the pictures are")
    parser.add_argument(
        "--look", choices=["light", *filter(None, LOOKS)], action="append",
        help="only this look; the list of pages is not checked then",
    )  # fmt: skip
    asked = parser.parse_args(arguments)
    looks = [look.replace("light", "") for look in asked.look or ()] or list(LOOKS)
    shutil.rmtree(DIFFERENCES, ignore_errors=True)
    shelf = Shelf(asked.folder, DIFFERENCES if asked.check else None)
    settle_ids()
    with tempfile.TemporaryDirectory(prefix="shots-") as empty:
        wrong, shown = draw_all(make_scene(Path(empty) / "profile"), shelf, looks)
    if not asked.look:
        wrong += without_picture(shown)
        wrong += keep_index(shown, asked.folder / INDEX, is_check=asked.check)
    if (size := megabytes(asked.folder)) > MOST_MEGABYTES:
        wrong.append(f"all pictures: {size:.1f} MB, and {MOST_MEGABYTES:.0f} at most")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    if not wrong:
        print(f"{len(shown)} pages are as they are drawn, in each look; {size:.1f} MB in all.")
    elif asked.check:
        print(f"Pictures of the differences: {DIFFERENCES}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
