"""Whose a callback is: an answer to a page that is gone by now finds nobody there.

A page goes as soon as somebody leaves it, and its answer may still be on its way. Its Python half
lives on as long as the callback holds it; what it would touch does not.
"""

from collections.abc import Callable, Iterator
from functools import partial
from types import FunctionType, MethodType
from typing import TypeVar

from PySide6.QtCore import QObject, SignalInstance
from shiboken6 import isValid

Answer = TypeVar("Answer")


def is_reached(callback: Callable[[Answer], object], answer: Answer) -> bool:
    """Hand an answer over; false where whoever waited for it has gone before, or went meanwhile."""
    if _is_gone(callback):
        return False
    try:
        callback(answer)
    except RuntimeError:  # so Qt for Python says that an object is gone
        if not _is_gone(callback) and not _is_signal(callback):
            raise
        return False
    return True


def _is_gone(callback: object) -> bool:
    return not all(isValid(one) for one in _owners(callback) if isinstance(one, QObject))


def _is_signal(callback: object) -> bool:
    """A signal does not tell whose it is; what its slots raise never comes out of `emit`."""
    return isinstance(getattr(callback, "__self__", None), SignalInstance)


def _owners(callback: object) -> Iterator[object]:
    """What it is bound to; the `self` that it closes over, or else all that it holds."""
    while isinstance(callback, partial):
        callback = callback.func
    if isinstance(callback, MethodType):
        yield callback.__self__
    elif isinstance(callback, FunctionType):
        held = _closed_over(callback)
        own = held.get("self")
        yield from (own,) if isinstance(own, QObject) else map(_bound_to, held.values())


def _closed_over(function: FunctionType) -> dict[str, object]:
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return {name: cell.cell_contents for name, cell in cells}


def _bound_to(held: object) -> object:
    return held.__self__ if isinstance(held, MethodType) else held
