"""Draw the pictures of docs/pictures: two of the window, and the first page of each paper.

`python build/shots.py` renews them; `--check` compares and names those that differ. Without a
screen, in the bundled font, at a fixed time: the same pictures each time.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pictures.compare import differs  # noqa: E402
from pictures.screens import all_pictures  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"


def renew(folder: Path, drawn: dict[str, QImage]) -> list[str]:
    """Write those that changed. Returns what cannot be written or has grown too large."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    for name, picture in drawn.items():
        place = folder / f"{name}.png"
        if differs(QImage(str(place)), picture) and not small(picture).save(str(place), None, 0):
            wrong.append(f"{place.name}: it cannot be written")
    return wrong


def check(folder: Path, drawn: dict[str, QImage]) -> list[str]:
    """What is wrong with the pictures that are kept, a line each; empty where all is well."""
    wrong = [
        f"{name}.png: {why}"
        for name, picture in drawn.items()
        if (why := differs(QImage(str(folder / f"{name}.png")), picture))
    ]
    others = {place.stem for place in folder.glob("*.png")} - set(drawn)
    return wrong + [f"{name}.png: nothing draws it" for name in sorted(others)]


def small(picture: QImage) -> QImage:
    """Without an alpha channel, which no picture needs: a quarter less to keep."""
    return picture.convertToFormat(QImage.Format.Format_RGB888)


def main(arguments: Sequence[str]) -> int:
    """Renew or check. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python build/shots.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare; change nothing")
    parser.add_argument("--folder", type=Path, default=PICTURES, help="where the pictures are")
    asked = parser.parse_args(arguments)
    app = QApplication([sys.argv[0], "-style", "fusion"])
    with tempfile.TemporaryDirectory(prefix="shots-") as empty:
        drawn = dict(all_pictures(Path(empty)))
    app.processEvents()
    wrong = (check if asked.check else renew)(asked.folder, drawn)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    if not wrong:
        print(f"{len(drawn)} pictures are as they are drawn.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
