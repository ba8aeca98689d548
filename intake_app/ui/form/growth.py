"""Makes the questions of a long page a few at a turn, so that the window answers in between.

The first of them stand at once. Who asks for all of them before they stand gets them made at once:
nothing is read, checked or kept of a page with questions missing. What a review shows of the
answers, section by section, grows the same way.
"""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass
from time import thread_time
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.parts.layouts import laid_out_once

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

TURN: Final = 0.012
"""Seconds of processor for making in a turn; to lay it out and paint it takes as long again."""


class Named(Protocol):
    """A question, or a section of them."""

    @property
    def id(self) -> str:
        """What it is called in the form."""
        ...


Asked = TypeVar("Asked", bound=Named)
Made = TypeVar("Made", bound=QWidget)


@dataclass(slots=True)
class Bed(Generic[Asked, Made]):
    """A part of the page where questions come to stand.

    Attributes:
        top: The widget that they stand in.
        hold: Takes one in.
        asked: Those that are still to be made.
        after: What Tab reaches before the first of them; None: what was made last.
    """

    top: QWidget
    hold: Callable[[Made], object]
    asked: deque[Asked]
    after: QWidget | None


class Growth(QObject, Generic[Asked, Made]):
    """The questions of one page, in order.

    Signals:
        grown: Some more stand.

    Attributes:
        made: The widgets that stand by now, by question id.
    """

    grown = Signal()

    def __init__(self, page: QWidget, make: Callable[[Asked], Made]) -> None:
        """Nothing is made yet.

        Args:
            page: Its page; they end together.
            make: Makes the widget of a question, with its answer in it.
        """
        super().__init__(page)
        self._make = make
        self.made: dict[str, Made] = {}
        self._beds: deque[Bed[Asked, Made]] = deque()
        self._last: QWidget | None = None
        self._is_making = self._is_begun = self._is_left = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_whole(self) -> bool:
        """Whether all of them stand."""
        return not self._beds

    @property
    def is_growing(self) -> bool:
        """Whether the next turn makes some of them."""
        return self._timer.isActive()

    @property
    def fields(self) -> dict[str, Made]:
        """All widgets by question id, in order: what does not stand yet is made now."""
        self.finish()
        return self.made

    def field(self, ident: str) -> Made:
        """One of them, made now where it does not stand yet."""
        return self.made.get(ident) or self.fields[ident]

    def plan(
        self, top: QWidget, hold: Callable[[Made], object], asked: Iterable[Asked],
        after: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Say what is to be made.

        Args:
            top: The widget that they are to stand in.
            hold: Puts one into a layout of it.
            asked: The questions.
            after: What Tab reaches before the first of them, if not the question before.
        """
        if fields := deque(asked):
            self._beds.append(Bed(top, hold, fields, after))
            self._timer.start()

    def begin(self) -> None:
        """Make the first now, one at least that can be answered; the rest follows, turn by turn.

        What is put on the page after this, Tab reaches after all questions.
        """
        self._make_some(TURN / 2, is_first=True)  # the page is laid out and painted as well

    def finish(self) -> None:
        """Make the rest now."""
        if not self.is_whole and not self._is_making:
            self._make_some(float("inf"))

    def end(self) -> None:
        """Make no more by itself: the page is left."""
        self._is_left = True
        self._timer.stop()

    def _go_on(self) -> None:
        self._make_some(TURN)

    def _make_some(self, seconds: float, *, is_first: bool = False) -> None:
        until = thread_time() + seconds
        self._is_making = True
        self._timer.stop()  # a question that cannot be made is told of once, not at every turn
        try:
            while self._beds:
                self._make_in(self._beds[0], until, is_first=is_first)
                if self._beds[0].asked:
                    break
                self._beds.popleft()
        finally:
            self._is_making = False
        if not self.is_whole and not self._is_left:
            self._timer.start()
        self.grown.emit()

    def _make_in(self, bed: Bed[Asked, Made], until: float, *, is_first: bool) -> None:
        is_seen, is_enough = bed.top.isVisible(), False
        with laid_out_once(bed.top):
            while bed.asked and not is_enough:
                widget = self._add(bed, bed.asked[0])
                bed.asked.popleft()
                if is_seen and not is_put_away(widget):
                    widget.show()
                is_enough = thread_time() >= until and (self._is_begun or not is_first)

    def _add(self, bed: Bed[Asked, Made], asked: Asked) -> Made:
        widget = self.made[asked.id] = self._make(asked)
        bed.hold(widget)
        self._last, bed.after = bed.after or self._last, None
        for control in controls_in(widget):
            if self._last is not None:
                QWidget.setTabOrder(self._last, control)
            self._last = control
            self._is_begun = self._is_begun or not is_put_away(widget)
        return widget


def make_whole(page: QWidget) -> None:
    """Make what is still missing anywhere on a page, now: for who looks at all of it at once."""
    for growth in page.findChildren(Growth):
        growth.finish()


def is_growing(page: QWidget) -> bool:
    """Whether more is still to come anywhere on a page, in the next turns."""
    return any(growth.is_growing for growth in page.findChildren(Growth))


def show_only(seen: Container[str], made: Mapping[str, QWidget], tops: Iterable[QWidget]) -> None:
    """Show the questions that are asked now, and hide the others.

    Args:
        seen: Ids of those that are asked.
        made: Widgets by id.
        tops: What they stand in.
    """
    with ExitStack() as together:
        for top in tops:
            together.enter_context(laid_out_once(top))
        for ident, widget in made.items():
            if (ident in seen) == is_put_away(widget):
                widget.setVisible(ident in seen)


def is_put_away(widget: QWidget) -> bool:
    """Whether somebody hid it; what is only not shown yet is not meant."""
    is_said = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return is_said and widget.isHidden()


def controls_in(widget: QWidget) -> Iterator[QWidget]:
    """What Tab reaches in it, in order. The list of a picker is a window of its own."""
    by_tab, here = Qt.FocusPolicy.TabFocus, widget.window()
    for one in widget.findChildren(QWidget):
        if one.focusPolicy() & by_tab and one.window() is here:
            yield one
