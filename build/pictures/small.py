"""Pictures as small files: few colors, the same bytes each time."""

from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

COLORS = (32, 64, 128, 256)
"""So many are tried, in this order."""

FURTHEST = 52
"""A color may be that far (of 255) from what was drawn; the eye sees none, nor does `differs`."""

MOST_OFF = 10
"""So many pixels may be further off: of a line of one color that stands nowhere else."""


def small(picture: QImage) -> bytes:
    """The picture as PNG, in as few colors as show it."""
    drawn = pixels(picture)
    image = Image.fromarray(drawn, "RGB")
    for count in COLORS:
        fewer = image.quantize(count, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        if _is_near(drawn, np.asarray(fewer.convert("RGB"))):
            return _png(fewer)
    return _png(image)


def write(picture: QImage, place: Path) -> None:
    """Write it to a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(small(picture))


def pixels(picture: QImage) -> NDArray[np.uint8]:
    """Rows of pixels of three colors."""
    plain = picture.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(plain.constBits(), np.uint8)
    lines = flat.reshape(plain.height(), plain.bytesPerLine())[:, : plain.width() * 4]
    return lines.reshape(plain.height(), plain.width(), 4)[:, :, :3].copy()


def _is_near(drawn: NDArray[np.uint8], fewer: NDArray[np.uint8]) -> bool:
    apart = np.abs(drawn.astype(np.int16) - fewer.astype(np.int16)).max(axis=2)
    return int((apart > FURTHEST).sum()) <= MOST_OFF


def _png(image: Image.Image) -> bytes:
    into = BytesIO()
    image.save(into, "PNG", optimize=True)
    return into.getvalue()
