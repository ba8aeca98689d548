"""Nothing moves, blinks or flashes by itself, so there is no motion to reduce (WCAG 2.2, 2.2.2)."""

import re
from pathlib import Path

from pytestqt.qtbot import QtBot

from intake_app.ui.parts.still_bar import StillBar

UI = Path(__file__).resolve().parents[3] / "intake_app" / "ui"
MOVES = re.compile(
    r"\bQ(PropertyAnimation|VariantAnimation|\w+AnimationGroup|TimeLine|Movie|GraphicsEffect)\b"
    r"|\bQProgressBar\b|\bsetEffectEnabled\b|\bblink"
)


def moving(folder: Path) -> list[str]:
    return [
        f"{file.name}: {found[0]}"
        for file in sorted(folder.rglob("*.py"))
        if file.name not in {"still_bar.py", "stylesheet.py"}  # it, and how it looks
        for found in MOVES.finditer(file.read_text("utf-8"))
    ]


def test_no_part_of_the_window_moves_by_itself() -> None:
    assert moving(UI) == []


def test_a_moving_part_is_found(tmp_path: Path) -> None:
    """Negative control."""
    (tmp_path / "x.py").write_text("move = QPropertyAnimation(self)\nbar = QProgressBar()\n")
    assert len(moving(tmp_path)) == 2


def test_a_bar_of_unknown_length_stands_still(qtbot: QtBot) -> None:
    bar = StillBar("Carrying bundles")
    qtbot.addWidget(bar)
    bar.setRange(0, 0)
    assert (bar.minimum(), bar.maximum()) == (0, 1)
    bar.setMaximum(0)
    assert bar.maximum() == 1  # 0 to 0 would let Qt run it to and fro
    bar.setRange(0, 7)
    bar.setValue(3)
    assert bar.value() == 3
