"""The department's logo: made small enough to lie in each letter."""

from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

LOGO_BYTES: Final = 500_000
"""The largest logo that is kept."""

MOST_PIXELS: Final = 600
"""Its longest side; two inches at 300 dots per inch."""

FILE_BYTES: Final = 20_000_000
"""The largest file that is looked at."""

_HEADS: Final = (b"\x89PNG", b"\xff\xd8\xff")


def fitting_logo(data: bytes) -> bytes:
    """The picture as it is kept: a PNG or JPEG, scaled down; empty where it is none."""
    if len(data) > FILE_BYTES or not data.startswith(_HEADS):
        return b""
    image = QImage.fromData(data)
    if image.isNull():
        return b""
    if max(image.width(), image.height()) <= MOST_PIXELS and len(data) <= LOGO_BYTES:
        return data
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    if max(image.width(), image.height()) > MOST_PIXELS:
        image = image.scaled(MOST_PIXELS, MOST_PIXELS, keep, smooth)
    made = (_as_file(image, kind) for kind in (b"PNG", b"JPG"))
    return next((one for one in made if len(one) <= LOGO_BYTES), b"")


def _as_file(image: QImage, kind: bytes) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, kind).write(image)
    return bytes(buffer.data().data())
