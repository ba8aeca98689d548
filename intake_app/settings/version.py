"""Which version of the program this is. It is written down in one place: `pyproject.toml`."""

import re
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as of_package
from pathlib import Path
from typing import Final

NAME: Final = "intake-app"
_TREE: Final = Path(__file__).resolve().parent.parent.parent
_VERSION: Final = re.compile(rf'^name = "{NAME}"\nversion = "([^"]+)"$', re.MULTILINE)


def version() -> str:
    """Of the checkout or of the package that is installed; empty if neither says it."""
    try:
        found = _VERSION.search((_TREE / "pyproject.toml").read_text("utf-8"))
    except OSError:  # no checkout
        found = None
    if found:
        return found[1]
    try:
        return of_package(NAME)
    except PackageNotFoundError:  # a copied folder
        return ""
