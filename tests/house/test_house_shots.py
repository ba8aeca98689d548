"""The pictures of docs/pictures: a changed one is refused, and one that is the same passes."""

from pathlib import Path

import pytest
from pictures.compare import MOST, differs
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication
from shots import PICTURES, check, renew

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


def test_the_check_names_what_differs_and_what_nothing_draws(tmp_path: Path) -> None:
    assert renew(tmp_path, {"home": drawn(), "letter": drawn("Dear reader")}) == []
    assert check(tmp_path, {"home": drawn(), "letter": drawn("Dear reader")}) == []
    [other, left] = check(tmp_path, {"home": drawn("Something else")})
    assert other.startswith("home.png: ")
    assert left == "letter.png: nothing draws it"


def test_renewing_leaves_the_file_of_the_same_picture_alone(tmp_path: Path) -> None:
    renew(tmp_path, {"home": drawn()})
    before = (tmp_path / "home.png").stat().st_mtime_ns
    renew(tmp_path, {"home": drawn()})
    assert (tmp_path / "home.png").stat().st_mtime_ns == before


def test_pictures_of_the_window_and_the_first_page_of_each_paper_are_kept() -> None:
    kept = {place.stem: place.stat().st_size for place in PICTURES.glob("*.png")}
    assert set(kept) == {
        "home", "intake", "officer_home", "case", "today", "folder", "citation",
        "referral_letter_provider", "referral_letter_participant", "wallet_card", "tonight_card",
        "consent_hand_off", "users", "settings", "numbers", "measure",
    }  # fmt: skip
    assert max(kept.values()) < 250_000
    assert "docs/pictures/home.png" in (HOUSE_ROOT / "README.md").read_text("utf-8")
