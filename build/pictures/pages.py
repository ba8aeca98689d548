"""Which pages the program has, found in its own code."""

import inspect
import pkgutil
from importlib import import_module

from PySide6.QtWidgets import QWidget

import intake_app.ui

_END = "Page"


def pages_of_the_program() -> set[str]:
    """Names of all classes of the window that are pages: widgets whose name ends in `Page`."""
    found: set[str] = set()
    for module in pkgutil.walk_packages(intake_app.ui.__path__, "intake_app.ui."):
        if not module.name.endswith("_page"):
            continue
        for name, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and name.endswith(_END) and issubclass(kind, QWidget):
                found.add(name)
    return found
