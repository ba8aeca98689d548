"""What the window and the background of the exchange say to one another; light on purpose.

The background comes some seconds after the first paint, and goes on while nobody is signed in; the
pages come and go with who works here. Each knows this line only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.services.exchanging.exchanging import ExchangeTold


@dataclass(frozen=True, slots=True)
class Carried:
    """How the carrier fares.

    Attributes:
        is_running: It runs now, or begins as soon as what waits is sealed.
        is_preparing: Somebody asked for it, and what waits is being sealed first.
        store: The store (hub id) that it works with now; empty: none.
        done: Objects that it has moved in this run.
        whole: How many there are to move, as far as it knows.
        troubles: Of each store that did not answer: the kind of its error.
        at: When its last run ended well (local time with offset); empty: not since the start.
    """

    is_running: bool = False
    is_preparing: bool = False
    store: str = ""
    done: int = 0
    whole: int = 0
    troubles: Mapping[str, str] = field(default_factory=dict[str, str])
    at: str = ""


class ExchangeLine(QObject):
    """One per process.

    Signals:
        told: An `ExchangeTold`: how far work has gone.
        moved: A `Carried`: how the carrier fares.
        paused: Whether everything is paused now.
        held: Whether the carrier must wait: a stick is being filled.
        sync_asked: Exchange now.
        pause_asked: Pause (True), or go on.

    Attributes:
        last_told: What was told last; None: nothing yet, or nobody is signed in.
        carried: How the carrier fares.
        is_paused: Nothing is exchanged until a person says so.
        is_held: A stick is being filled.
    """

    told = Signal(object)
    moved = Signal(object)
    paused = Signal(bool)
    held = Signal(bool)
    sync_asked = Signal()
    pause_asked = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.last_told: ExchangeTold | None = None
        self.carried = Carried()
        self.is_paused = self.is_held = False

    def tell(self, told: ExchangeTold | None) -> None:
        """Say how far work has gone; None: nobody is signed in, or nothing is exchanged."""
        self.last_told = told
        self.told.emit(told)

    def move(self, carried: Carried) -> None:
        """Say how the carrier fares."""
        self.carried = carried
        self.moved.emit(carried)

    def pause(self, is_paused: bool) -> None:
        """Say whether everything is paused."""
        self.is_paused = is_paused
        self.paused.emit(is_paused)

    def hold(self, is_held: bool) -> None:
        """Let the carrier wait, or go on: two must not work with the same trays at once."""
        self.is_held = is_held
        self.held.emit(is_held)
