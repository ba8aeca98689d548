"""What is kept over a lock: which page, and where on it. Ids and numbers; no word of anybody.

Who comes back to their own lock finds the page, the tab, the step and the cursor again. Nobody
else does: a colleague at the lock screen gets a new process (see `ui.running.conductor`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.ui.form.growth import is_growing
from intake_app.ui.screen.spot import Spot, open_tabs, put_cursor, scroll_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.ids import UserId
    from intake_app.domain.roles import Role
    from intake_app.services.intakes.intakes import Finished
    from intake_app.ui.parts.background import Background

Way: TypeAlias = tuple[str, ...]
"""How a page is opened again: what it is, then ids; ("place", "home"), ("draft", id, step)."""

_ACTS: Final = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where somebody was.

    Attributes:
        way: How the page is opened again.
        spot: Where on it.
    """

    way: Way
    spot: Spot = field(default_factory=Spot)


@dataclass(frozen=True, slots=True)
class Absent:
    """Who has locked, and where they were.

    Attributes:
        user: Their id.
        user_name: What they type to sign in.
        hats: The roles that they wore.
        place: Where they were; None where that cannot be told.
    """

    user: UserId
    user_name: str
    hats: frozenset[Role]
    place: KeptPlace | None

    def is_called(self, typed: str) -> bool:
        """Whether a typed user name is theirs; nothing typed yet says nothing else."""
        return typed.strip().casefold() in {"", self.user_name.strip().casefold()}


def way_to(finished: Finished) -> Way:
    """To what was just finished, for who may open it, or only hand it in."""
    if finished.is_handed_in:
        return "handed_in", finished.record, "papers"
    return "folder", finished.record


@runtime_checkable
class ComesBack(Protocol):
    """A session that knows where somebody is, and can go there again."""

    def place(self) -> KeptPlace | None:
        """Where they are."""
        ...

    def go_back(self, place: KeptPlace) -> None:
        """Show that page again; the home page where it cannot be shown any more."""
        ...


class Return(QObject):
    """Brings the cursor back to its spot, once the page has read what it shows.

    It gives up as soon as the person does something: nothing may jump under their hands.

    Args:
        page: The page that is shown now; asked again at each try.
        spot: Where to go on it.
        background: Tells when something was read.
        parent: It goes with it.
    """

    def __init__(
        self, page: Callable[[], QWidget | None], spot: Spot, background: Background,
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._page, self._spot, self._background = page, spot, background
        self._on = page()
        self._is_over = self._on is None
        background.settled.connect(self._on_settled)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        QTimer.singleShot(0, self, self._on_settled)  # a page that reads nothing tells nothing

    def end(self) -> None:
        """Try no more."""
        if not self._is_over:
            self._is_over = True
            self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever does something goes on from there."""
        if isinstance(event, QInputEvent) and event.type() in _ACTS and event.spontaneous():
            self.end()
        return False

    def _on_settled(self) -> None:
        if (page := self._page()) is not None and is_growing(page):
            QTimer.singleShot(0, self, self._on_settled)  # its questions stand a few turns later
            return
        if not self._try() or self._background.is_busy:
            return
        QTimer.singleShot(0, self, self._finish)  # what was read last is laid out by then

    def _finish(self) -> None:
        self._try()
        self.end()

    def _try(self) -> bool:
        """Go as far as can be gone now; whether the page is still there."""
        page = self._page()
        if self._is_over or page is None or page is not self._on:
            self.end()
            return False
        open_tabs(page, self._spot)
        put_cursor(page, self._spot)
        scroll_to(page, self._spot)
        return True
