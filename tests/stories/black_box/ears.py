"""What a screen reader is told as it happens: announcements, and where the cursor goes.

Events come only while this process turns its loop, so whoever waits for one does that by `until`.
"""

# pyright: reportMissingModuleSource=false

from typing import TYPE_CHECKING, NamedTuple

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

if TYPE_CHECKING:
    from screen_reader import Reader

HEARD = ("object:announcement", "object:state-changed:focused")


class Heard(NamedTuple):
    """One thing that was told.

    Attributes:
        kind: Of `HEARD`.
        words: What is said, or the name of what has the cursor.
        role: Of what it came from.
        detail: How pressing: 1 polite, 2 at once; 0 where it is no announcement.
        pid: Of the program.
    """

    kind: str
    words: str
    role: str
    detail: int
    pid: int


class Ears:
    """Hears all programs of a screen, from when it is made."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.focused: Atspi.Accessible | None = None
        self._listener = Atspi.EventListener.new(self._on_event)
        for kind in HEARD:
            self._listener.register(kind)

    def close(self) -> None:
        """Hear no more."""
        for kind in HEARD:
            self._listener.deregister(kind)

    def listen(self) -> "list[Heard]":
        """Take what has come. Returns all that was heard so far."""
        loop = GLib.MainContext.default()
        while loop.pending():
            loop.iteration(False)
        return self.heard

    def announced(self, reader: "Reader") -> "list[Heard]":
        """What one program announced so far."""
        return [
            one
            for one in self.listen()
            if one.kind == "object:announcement" and one.pid == reader.pid
        ]

    def _on_event(self, event: "Atspi.Event") -> None:
        try:
            node = event.source
            is_said = event.type.startswith("object:announcement")
            if not is_said and not event.detail1:  # the cursor left
                return
            if not is_said:
                self.focused = node
            said = event.any_data if is_said else node.get_name()
            self.heard.append(Heard(
                HEARD[0] if is_said else HEARD[1], str(said or ""), node.get_role_name(),
                int(event.detail1) if is_said else 0, node.get_process_id(),
            ))  # fmt: skip
        except GLib.Error:  # it went while we looked
            return
