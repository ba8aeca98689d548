"""How far a carrier has taken this station's sealed bundles: sealed is not yet sent.

It is remembered beside the trays. Where it is lost, bundles count as not sent until the next round.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from intake_app.settings.private import write_private

_NAME: Final = "sent.json"
_BUNDLES: Final = ("out", "s")

Numbers = Mapping[str, int]
"""Of each own run of bundles (its folder): the number of the last one."""


def sealed_bundles(profile: Path) -> Numbers:
    """How far own bundles lie ready; none where nothing waits for anybody."""
    found: dict[str, int] = {}
    folder = profile.joinpath(*_BUNDLES)
    for run in folder.iterdir() if folder.is_dir() else ():
        numbers = [int(one.name) for one in run.iterdir() if one.name.isdigit()]
        if numbers:
            found[run.name] = max(numbers)
    return found


def keep_sent(profile: Path, sealed: Numbers) -> None:
    """Remember that a carrier took all that lay ready when it began.

    Raises:
        OSError: What was remembered before stands.
    """
    kept = {run: n for run, n in _read(profile).items() if run in sealed}
    kept |= {run: max(n, kept.get(run, 0)) for run, n in sealed.items()}
    write_private(profile / _NAME, json.dumps(kept))


def is_all_sent(profile: Path) -> bool:
    """Whether a carrier has taken every bundle that lies ready."""
    sent = _read(profile)
    return all(n <= sent.get(run, 0) for run, n in sealed_bundles(profile).items())


def _read(profile: Path) -> dict[str, int]:
    try:
        told = json.loads((profile / _NAME).read_text("utf-8"))
        return {str(run): int(n) for run, n in told.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}
