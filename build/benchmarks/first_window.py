"""Starts a Qt program and ends it at the first paint of its window; says what it holds then.

`python first_window.py BINDING MODULE[:FUNCTION] [ARGUMENTS]`, in that program's own Python. It is
the same for every program, and touches none of their files: the event loop that the program starts
is watched from here. It prints megabytes of memory (resident, of 1,048,576 bytes).
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from typing import Any

    Qt: TypeAlias = Any  # whichever binding it is

LEAST = 300
"""A window is at least so many pixels wide: a splash screen is none yet."""


def watch(binding: str) -> None:
    """Let this process end with the first paint of a window."""
    core, widgets = (import_module(f"{binding}.{name}") for name in ("QtCore", "QtWidgets"))
    application = widgets.QApplication
    make = application.__init__
    paint = core.QEvent.Type.Paint

    class Watch(core.QObject):
        def eventFilter(self, seen: Qt, event: Qt) -> bool:
            if event.type() == paint and _is_window(widgets, seen):
                core.QTimer.singleShot(0, end)
            return False

    def made(self: Qt, *arguments: Qt) -> None:
        make(self, *arguments)
        self.installEventFilter(Watch(self))

    application.__init__ = made


def _is_window(widgets: Qt, seen: Qt) -> bool:
    """Whether a large window is painted, or what it shows."""
    if not isinstance(seen, widgets.QWidget):
        return False
    window = seen.window()
    is_splash = isinstance(window, widgets.QSplashScreen)
    return bool(window.isVisible()) and window.width() >= LEAST and not is_splash


def end() -> None:
    """Say what this process holds, and end it: how a program cleans up is not asked here."""
    with open("/proc/self/status", encoding="ascii") as status:
        found = re.search(r"VmRSS:\s*(\d+) kB", status.read())
    print(f"{int(found[1]) / 1024 if found else 0:.1f}", flush=True)
    os._exit(0)


def main(binding: str, entry: str, arguments: list[str]) -> None:
    """Start it."""
    watch(binding)
    module, _, function = entry.partition(":")
    sys.argv = [module, *arguments]
    if function:
        getattr(import_module(module), function)()
    else:
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
