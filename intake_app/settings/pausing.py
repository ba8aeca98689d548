"""Whether a person has paused the exchange of a profile; kept until somebody resumes it."""

import json
from pathlib import Path
from typing import Final

from intake_app.settings.private import write_private

_NAME: Final = "exchange.json"


def is_paused(folder: Path) -> bool:
    """Whether it is paused; no, where the file is absent or says nothing that can be read."""
    try:
        kept = json.loads((folder / _NAME).read_text("utf-8"))
        return kept["paused"] is True
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def keep_paused(folder: Path, *, paused: bool) -> None:
    """Remember it.

    Raises:
        OSError: What was remembered before stands.
    """
    write_private(folder / _NAME, json.dumps({"paused": paused}))
