"""Lucide icons, drawn in any color and sharp at any size."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.settings.resources import path

_SHARPNESS = 2.0
"""Device pixels per pixel: sharp up to 200 percent."""


def pixmap(name: str, color: str, size: int) -> QPixmap:
    """An icon as a picture.

    Args:
        name: File name in `resources/icons` without ".svg".
        color: As in a style sheet, "#16202B".
        size: Pixels, both ways.
    """
    key = f"{name} {color} {size}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    drawing = path("resources", "icons", f"{name}.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
    full = int(size * _SHARPNESS)
    picture = QPixmap(full, full)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, full, full))
    painter.end()
    picture.setDevicePixelRatio(_SHARPNESS)
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, color: str, size: int = 20) -> QIcon:
    """An icon for a button."""
    return QIcon(pixmap(name, color, size))


def icon_label(name: str, color: str, size: int, parent: QWidget | None = None) -> QLabel:
    """An icon that stands alone; the words beside it say what it means."""
    label = QLabel(parent)
    label.setPixmap(pixmap(name, color, size))
    label.setFixedSize(size, size)
    return label
