"""Marks of what was run stay in the code of a worker, too; loaded before anything of the program.

The controller is told so on its command line (see `build/checks.py`), but what measures in the
workers does not take it over. To take marks out stops all threads, and where one of them runs the
code that is replaced, Python itself may end (seen twice in one run, with Python 3.11).
"""

import sys
from typing import Final

_NEVER: Final = 1_000_000_000
"""Lines that were run before, until marks go."""

if plugin := sys.modules.get("slipcover.pytest_plugin"):
    measured = getattr(plugin, "_slipcover_instance", None)
    if measured is not None:
        measured.d_miss_threshold = _NEVER
