"""How far something is. Nothing in this program moves by itself, so there is no motion to reduce.

Qt lets a bar run to and fro while nobody knows how long a thing takes (WCAG 2.2, 2.2.2; and it
draws all the time). This one stays empty then; words beside it say what goes on.
"""

from PySide6.QtWidgets import QProgressBar


class StillBar(QProgressBar):
    """A bar that is drawn anew only when something has been done."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, 0)

    def setRange(self, minimum: int, maximum: int, /) -> None:
        """0 to 0, nobody knows how long: an empty bar."""
        super().setRange(minimum, max(maximum, minimum + 1))

    def setMaximum(self, maximum: int, /) -> None:
        """See `setRange`."""
        self.setRange(self.minimum(), maximum)
