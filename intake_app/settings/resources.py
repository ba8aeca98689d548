"""Files that ship with the program: in the wheel's place, or in the checkout."""

from pathlib import Path

_INSIDE = Path(__file__).resolve().parent.parent / "_data"
_CHECKOUT = Path(__file__).resolve().parent.parent.parent


def path(*parts: str) -> Path:
    """The place of a shipped file or folder, for example `path("resources", "fonts")`."""
    base = _INSIDE if _INSIDE.is_dir() else _CHECKOUT
    return base.joinpath(*parts)
