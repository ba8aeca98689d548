"""How the window looks on this computer: language, text size, light or dark. Nothing secret."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody chose.

    Attributes:
        language: Of the window (ISO 639).
        scale: Text size, 1.0 to 2.0.
        is_dark: Dark colors.
    """

    language: str = "en"
    scale: float = 1.0
    is_dark: bool = False


def read_look(file: Path) -> Look:
    """The look kept in a file, or the plain one where the file is absent or unreadable."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        return Look(str(kept["language"]), float(kept["scale"]), bool(kept["is_dark"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Look()


def keep_look(file: Path, look: Look) -> None:
    """Keep a look; a disk that refuses costs only the choice."""
    try:
        file.write_text(json.dumps(asdict(look)), "utf-8")
    except OSError:
        return
