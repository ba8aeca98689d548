"""Whether two pictures show the same."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

SHADE = 40
"""Two pixels are different when a color differs by more than this, of 255."""

MOST = 25
"""So many different pixels are one picture still: other versions of a font engine set edges anew.
One letter of text is more."""


def differs(kept: QImage, drawn: QImage) -> str:
    """Why two pictures are not the same, in words; empty where they are."""
    if kept.isNull():
        return "there is none"
    if kept.size() != drawn.size():
        return (
            f"it is {kept.width()} by {kept.height()}, "
            f"and would be {drawn.width()} by {drawn.height()}"
        )
    apart = np.abs(_pixels(kept) - _pixels(drawn)).max(axis=2) > SHADE
    count = int(apart.sum())
    if count <= MOST:
        return ""
    rows, columns = np.nonzero(apart)
    spot = f"{columns.min()},{rows.min()} and {columns.max()},{rows.max()}"
    return f"{count} pixels differ, between {spot}"


def _pixels(picture: QImage) -> NDArray[np.int16]:
    plain = picture.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(plain.constBits(), np.uint8)
    lines = flat.reshape(plain.height(), plain.bytesPerLine())[:, : plain.width() * 4]
    return lines.reshape(plain.height(), plain.width(), 4)[:, :, :3].astype(np.int16)
