"""What the conductor needs of others, by shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake_app.services.desk import Desk


class Rounds(Protocol):
    """The exchange in the background: `ui.exchange.rounds.Rounds`."""

    def begin(self) -> None:
        """Carry for the first time, and go on."""
        ...

    def sit_down(self, desk: Desk) -> None:
        """Somebody has signed in."""
        ...

    def stand_up(self) -> None:
        """The person locks or leaves."""
        ...

    def end(self) -> None:
        """The process ends."""
        ...


class Session(Protocol):
    """What one person does between unlocking and locking: `ui.running.session.DeskSession`."""

    @property
    def workplace(self) -> QWidget:
        """What the window shows."""
        ...

    def save(self) -> BaseException | None:
        """Save what is typed and wait; why that was not possible, or None."""
        ...

    def end(self) -> None:
        """Stop; what is not saved by now is given up."""
        ...


class Guard(Protocol):
    """Watches what the system does with the screen: `ui.screen.guard.ScreenGuard`."""

    def begin(self) -> None:
        """Watch from now on."""
        ...

    def locked(self) -> None:
        """All is locked; the system, which waited for it, may go to sleep."""
        ...

    def end(self) -> None:
        """Watch no more."""
        ...
