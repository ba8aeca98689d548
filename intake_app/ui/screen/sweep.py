"""After a lock: nothing of what was shown is left in this process's objects.

A window that is gone may leave its Python half behind, in a cycle that Qt for Python holds on to,
with the answers that it showed. Collecting garbage does not reach those; so what they refer to is
let go by hand, then collected.
"""

import gc
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from intake_app.ui.screen.traces import forget_folders

_OURS = "intake_app."


def sweep_after(page: QWidget) -> None:
    """Sweep as soon as this page is gone."""
    page.destroyed.connect(lambda: QTimer.singleShot(0, _sweep_all))


def _sweep_all() -> None:
    sweep()
    forget_folders()  # file dialogs note them as they go


def sweep() -> int:
    """Let go of what dead widgets of ours hold; how many there were. On the GUI thread."""
    gc.collect()
    kinds = frozenset(_ours_below(QObject))
    dead = [one for one in gc.get_objects() if type(one) in kinds and not isValid(one)]
    for one in dead:
        vars(one).clear()
    found = len(dead)
    del dead
    gc.collect()
    return found


def _ours_below(kind: type) -> Iterator[type]:
    # asked once for all kinds, not of each object: there are hundreds of thousands of those
    for below in kind.__subclasses__():
        if below.__module__.startswith(_OURS):
            yield below
        yield from _ours_below(below)
