"""The folder of kept pictures: what is drawn is written into it, or compared with it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from pictures.compare import differs, draw_difference
from pictures.small import write


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where pictures are kept, and what is done with them.

    Attributes:
        folder: Of the pictures.
        differences: Where a picture of each difference is written; None: differences are mended.
    """

    folder: Path
    differences: Path | None = None

    def under(self, name: str) -> "Shelf":
        """The shelf of a look; the plain look has no name and is this one."""
        apart = self.differences / name if self.differences else None
        return Shelf(self.folder / name, apart)

    def take(self, name: str, drawn: QImage) -> str:
        """Keep a picture, or compare it. Returns what is wrong, in words; empty: nothing."""
        place = self.folder / f"{name}.png"
        kept = QImage(str(place))
        why = differs(kept, drawn)
        if not why:
            return ""
        if self.differences is None:
            write(drawn, place)
            return ""
        draw_difference(kept, drawn, self.differences / f"{name}.png")
        return f"{place.name}: {why}"

    def left_over(self, drawn: set[str]) -> list[str]:
        """What nothing draws any more; it is removed where differences are mended."""
        others = sorted(one for one in self.folder.glob("*.png") if one.stem not in drawn)
        if self.differences is None:
            for one in others:
                one.unlink()
            return []
        return [f"{one.name}: nothing draws it" for one in others]
