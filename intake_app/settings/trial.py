"""A pack of forms that is tried in training: its texts lie in the clear beside both profiles.

Neither folder holds it, so that neither profile writes into the other; only training reads it. A
pack holds no person. What lies here was checked before it was put, and is only read as texts.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from intake_app.settings.private import write_private
from intake_app.settings.profile import home_of_training

_BESIDE: Final = "-trial.json"
_MOST: Final = 12_000_000


class TrialPack:
    """The place of the pack, for a profile and for the training beside it.

    Args:
        folder: The profile, real or training.
    """

    def __init__(self, folder: Path) -> None:
        home = home_of_training(folder) or folder
        self._file = home.with_name(f"{home.name}{_BESIDE}")

    def put(self, label: str, texts: Mapping[str, str]) -> None:
        """Let the training profile use these texts from the next sign-in on.

        Raises:
            OSError: The disk refused; what was there stands.
        """
        write_private(self._file, json.dumps({"label": label, "texts": dict(texts)}))

    def label(self) -> str:
        """What is tried now, or empty."""
        return str(self._read().get("label") or "")

    def texts(self) -> Mapping[str, str]:
        """The texts that are tried, by name; none where nothing is."""
        said: Any = self._read().get("texts")
        if not isinstance(said, dict):
            return {}
        return {str(k): v for k, v in cast("dict[object, object]", said).items()
                if isinstance(v, str)}  # fmt: skip

    def clear(self) -> None:
        """Try nothing any more."""
        self._file.unlink(missing_ok=True)

    def _read(self) -> Mapping[str, Any]:
        try:
            if self._file.stat().st_size > _MOST:
                return {}
            said = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return cast("Mapping[str, Any]", said) if isinstance(said, dict) else {}
