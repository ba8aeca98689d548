"""Where Tab stops on a page, as a hand finds it: all of it, in the order of reading, and round."""

# pyright: reportMissingModuleSource=false

from typing import TYPE_CHECKING, NamedTuple

import gi
from screen_reader import press_key
from troubles import takes_cursor

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

if TYPE_CHECKING:
    from ears import Ears
    from screen_reader import Reader, Sight

TAB, MOST = 0xFF09, 250
"""The key, and stops until it is a trap or endless."""


class Stop(NamedTuple):
    """Something that has the cursor, and where it lies in the window."""

    role: str
    name: str
    at: "tuple[int, int, int, int]"


class Stops:
    """Tab pressed on a page until it comes round."""

    def __init__(self, window: "Reader", ears: "Ears", seen: "list[Sight]") -> None:
        self._window, self._ears, self._seen = window, ears, seen

    def troubles(self) -> "list[str]":
        """What Tab never comes to, what it does not leave, and what is not in sight when it is."""
        stops = self._walk()
        if len(stops) == MOST:
            return [f"Tab does not come round: {stops[-1].role} {stops[-1].name}"]
        at = {(one.role, one.name) for one in stops}
        missed = [
            f"Tab does not come to {one.role} {one.name}"
            for one in self._seen
            if takes_cursor(one) and one.role not in {"radio button", "list item", "table cell"}
            if (one.role, one.name) not in at
        ]
        frame = next(one for one in self._seen if one.role in {"frame", "dialog"})
        whole = place_of(frame.node)
        hidden = [
            f"out of sight while it has the cursor: {one.role} {one.name}"
            for one in stops
            if not _overlap(one.at, whole)
        ]
        return [*missed, *hidden]

    def _walk(self) -> "list[Stop]":
        stops: list[Stop] = []
        first = None
        while len(stops) < MOST:
            node = self._press()
            if node is None or node == first:
                break
            first = first or node
            stops.append(Stop(node.get_role_name(), node.get_name() or "", place_of(node)))
        return stops

    def _press(self) -> "Atspi.Accessible | None":
        before = len(self._ears.listen())
        press_key(TAB)
        self._window.until(lambda: len(self._ears.listen()) > before, "where Tab goes")
        return self._ears.focused


def place_of(node: "Atspi.Accessible") -> "tuple[int, int, int, int]":
    """Where it lies: left, top, width, height in the window."""
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


def _overlap(one: "tuple[int, int, int, int]", other: "tuple[int, int, int, int]") -> bool:
    return (
        one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    )  # fmt: skip
