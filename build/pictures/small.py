"""Pictures as small files: few colors, the same bytes each time."""

from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

OFTEN = 24
"""So many of the most frequent colors are kept exactly: those of areas, lines and text."""

FURTHEST = 36
"""Any other color is that near (of 255) to one that is kept: edges of letters, mostly."""

ALL = 256
"""Colors of a PNG with a palette."""


def small(picture: QImage) -> bytes:
    """The picture as PNG, in as few colors as show it."""
    drawn = pixels(picture)
    packed = drawn.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    found, place, count = np.unique(packed, return_inverse=True, return_counts=True)
    colors = np.stack([found >> 16 & 255, found >> 8 & 255, found & 255], axis=1).astype(np.int16)
    kept = list(np.argsort(-count.astype(np.int64), kind="stable")[:OFTEN])
    apart = np.stack([_apart(colors, one) for one in kept])
    while int((least := apart.min(axis=0)).max()) > FURTHEST and len(kept) < ALL:
        kept.append(np.int64(least.argmax()))
        apart = np.vstack([apart, _apart(colors, kept[-1])[None]])
    nearest = apart.argmin(axis=0).astype(np.uint8)
    fewer = Image.fromarray(nearest[place].reshape(drawn.shape[:2]), "P")
    fewer.putpalette(colors[kept].astype(np.uint8).tobytes())
    return _png(fewer)


def _apart(colors: NDArray[np.int16], one: np.int64) -> NDArray[np.int16]:
    """By how much each color's most different part differs from one of them."""
    return np.abs(colors - colors[one]).max(axis=1)


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


def _png(image: Image.Image) -> bytes:
    into = BytesIO()
    image.save(into, "PNG", optimize=True)
    return into.getvalue()
