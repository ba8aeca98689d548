"""After a lock: nothing of what was shown is left in this process's objects.

A window that is gone may leave its Python half behind, in a cycle that Qt for Python holds on to,
with the answers that it showed. Collecting garbage does not reach those; so what they refer to is
let go by hand, then collected.
"""

import gc

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
    dead = [one for one in gc.get_objects() if _is_dead(one)]
    for one in dead:
        vars(one).clear()
    found = len(dead)
    del dead
    gc.collect()
    return found


def _is_dead(one: object) -> bool:
    kind = type(one)
    is_ours = issubclass(kind, QObject) and kind.__module__.startswith(_OURS)
    return is_ours and not isValid(one)
