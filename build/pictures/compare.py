"""Whether two pictures show the same, and where they do not."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage

from pictures.small import pixels

SHADE = 64
"""Two pixels are different when a color differs by more than this, of 255."""

MOST = 25
"""So many different pixels are one picture still: other versions of a font engine set edges anew.
One letter of text is more."""

HUE, PART = 3, 0.1
"""A picture is another one, too, where more than this part of it differs by more than this: the
colors of its areas are others."""

_PALE = 3  # what is the same is this much paler
_RED = (220, 0, 0)


def differs(kept: QImage, drawn: QImage) -> str:
    """Why two pictures are not the same, in words; empty where they are."""
    if kept.isNull():
        return "there is none"
    if kept.size() != drawn.size():
        return (
            f"it is {kept.width()} by {kept.height()}, "
            f"and would be {drawn.width()} by {drawn.height()}"
        )
    distance = _distance(kept, drawn)
    if float((distance > HUE).mean()) > PART:
        return "its colors are others"
    apart = distance > SHADE
    count = int(apart.sum())
    if count <= MOST:
        return ""
    rows, columns = np.nonzero(apart)
    spot = f"{columns.min()},{rows.min()} and {columns.max()},{rows.max()}"
    return f"{count} pixels differ, between {spot}"


def draw_difference(kept: QImage, drawn: QImage, place: Path) -> None:
    """Write what would be drawn, pale, and in red where it differs; all of it where sizes do."""
    now = pixels(drawn)
    shown = 255 - (255 - now.astype(np.int16)) // _PALE
    if not kept.isNull() and kept.size() == drawn.size():
        shown[_distance(kept, drawn) > SHADE] = _RED
    place.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(shown.astype(np.uint8), "RGB").save(place)


def _distance(kept: QImage, drawn: QImage) -> NDArray[np.int16]:
    """Of each pixel: by how much its most different color differs."""
    one, other = (pixels(picture).astype(np.int16) for picture in (kept, drawn))
    return np.abs(one - other).max(axis=2)
