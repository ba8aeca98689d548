"""The icon in the sizes and forms that systems ask for, drawn from the one picture."""

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from packages.source import HERE

SVG = HERE / "icon.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw(size: int, place: Path) -> None:
    """Write one PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(SVG.read_bytes())).render(painter)
    painter.end()
    place.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(place)):
        raise OSError(f"{place.name} cannot be written")


def write(folder: Path) -> None:
    """All of them: PNG by size, `.ico` for Windows, `.icns` for macOS."""
    for size in (*SIZES, 512, 1024):
        draw(size, folder / f"{size}.png")
    with Image.open(folder / "256.png") as picture:
        picture.save(folder / "intake.ico", sizes=[(size, size) for size in SIZES])
    with Image.open(folder / "1024.png") as picture:
        picture.save(folder / "intake.icns")


if __name__ == "__main__":
    screen = QGuiApplication(["icons", "-platform", "offscreen"])
    write(Path(sys.argv[1]))
