"""Who has seen the tour on this computer: ids of people, which say nothing by themselves."""

import json
from pathlib import Path
from typing import Final

from intake_app.settings.private import write_private

_MOST: Final = 1000
"""So many are remembered; the oldest are forgotten."""


def has_seen_tour(profile: Path, who: str) -> bool:
    """Whether somebody has seen it; where nothing can be read, nobody has."""
    return who in _read(profile)


def keep_seen_tour(profile: Path, who: str) -> None:
    """Remember it; a disk that refuses costs only that it is shown again."""
    kept = [one for one in _read(profile) if one != who]
    try:
        write_private(_file(profile), json.dumps([*kept, who][-_MOST:]))
    except OSError:
        return


def _read(profile: Path) -> list[str]:
    try:
        return [str(one) for one in json.loads(_file(profile).read_text("utf-8"))]
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def _file(profile: Path) -> Path:
    return profile.with_name(f"{profile.name}.tour.json")
