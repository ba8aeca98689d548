"""The pictures of docs/pictures: a changed one is refused, and one that is the same passes."""

import json
from pathlib import Path

import pytest
from pictures.compare import MOST, differs
from pictures.keeping import Shelf
from pictures.screens import LOOKS
from pictures.small import pixels, small
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication
from shots import INDEX, MOST_MEGABYTES, PICTURES, megabytes, without_picture

HOUSE_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    assert qapp


def drawn(words: str = "Receipt number PH-26-A00017-K", width: int = 400) -> QImage:
    picture = QImage(width, 60, QImage.Format.Format_RGB888)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setFont(QFont("Source Sans 3", 14))
    painter.drawText(10, 40, words)
    painter.end()
    return picture


def test_a_picture_is_itself_also_when_read_back(tmp_path: Path) -> None:
    place = str(tmp_path / "x.png")
    assert drawn().save(place)
    assert differs(QImage(place), drawn()) == ""


def test_one_other_letter_is_another_picture() -> None:
    assert "pixels differ" in differs(drawn(), drawn("Receipt number PH-26-A00017-M"))


def test_another_size_and_no_picture_are_told_apart() -> None:
    assert differs(drawn(), drawn(width=401)) == "it is 400 by 60, and would be 401 by 60"
    assert differs(QImage(), drawn()) == "there is none"


def test_a_shade_at_an_edge_is_no_other_picture() -> None:
    touched = drawn()
    for at in range(MOST):
        touched.setPixelColor(at, 0, QColor("black"))
    assert differs(drawn(), touched) == ""
    touched.setPixelColor(MOST, 0, QColor("black"))
    assert differs(drawn(), touched) != ""


def test_another_color_of_an_area_is_another_picture() -> None:
    tinted = drawn()
    for row in range(30):
        for at in range(400):
            tinted.setPixelColor(at, row, QColor(244, 246, 249))
    assert differs(drawn(), tinted) == "its colors are others"


def test_the_check_names_what_differs_and_what_nothing_draws(tmp_path: Path) -> None:
    made, looked = Shelf(tmp_path / "kept"), Shelf(tmp_path / "kept", tmp_path / "apart")
    assert [made.take("home", drawn()), made.take("letter", drawn("Dear reader"))] == ["", ""]
    assert looked.take("home", drawn()) == ""
    assert looked.take("home", drawn("Something else")).startswith("home.png: ")
    assert looked.left_over({"home"}) == ["letter.png: nothing draws it"]
    assert made.left_over({"home"}) == []
    assert [one.name for one in (tmp_path / "kept").iterdir()] == ["home.png"]


def test_a_difference_is_painted_red_where_it_is(tmp_path: Path) -> None:
    Shelf(tmp_path / "kept").take("home", drawn())
    Shelf(tmp_path / "kept", tmp_path / "apart").take(
        "home", drawn("Receipt number PH-26-A00018-K")
    )
    painted = pixels(QImage(str(tmp_path / "apart" / "home.png")))
    red = (painted == (220, 0, 0)).all(axis=2)
    assert red[:, 100:].any()
    assert not red[:, :100].any()


def test_renewing_leaves_the_file_of_the_same_picture_alone(tmp_path: Path) -> None:
    Shelf(tmp_path).take("home", drawn())
    before = (tmp_path / "home.png").stat().st_mtime_ns
    Shelf(tmp_path).take("home", drawn())
    assert (tmp_path / "home.png").stat().st_mtime_ns == before


def test_a_kept_picture_has_few_colors_and_the_same_bytes_each_time() -> None:
    once = small(drawn())
    assert once == small(drawn())
    assert differs(QImage.fromData(once), drawn()) == ""
    assert len(once) < 4000


def test_every_page_of_the_program_is_on_a_kept_picture_in_every_look() -> None:
    """A new page is drawn by `build/shots.py`; where it is reached in a way of its own, it needs a
    stop in `build/pictures/stops.py`."""
    shown: dict[str, list[str]] = json.loads((PICTURES / INDEX).read_text("utf-8"))
    assert without_picture(shown) == []
    for look in LOOKS:
        kept = {place.stem for place in (PICTURES / look).glob("*.png")}
        assert sorted(set(shown) - kept) == [], look
    assert megabytes(PICTURES) < MOST_MEGABYTES
    assert "docs/pictures/home.png" in (HOUSE_ROOT / "README.md").read_text("utf-8")


def test_a_page_that_no_picture_shows_is_named() -> None:
    assert "HomePage: no picture shows it" in without_picture({"today": ["TodayPage"]})
