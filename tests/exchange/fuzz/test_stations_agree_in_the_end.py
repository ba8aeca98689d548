"""The model fuzzer: whatever happens, stations agree once all is delivered, and nothing is lost.

FUZZ_SECONDS=3600 python3 build/test -- -k fuzz   plays for an hour; FUZZ_FIRST is the first seed.
"""

import os
import time
from typing import Final

import pytest
from fuzz.play import play

SECONDS: Final = float(os.environ.get("FUZZ_SECONDS", "0"))
"""All shares together, by option; the ordinary run plays the same seeds on any machine."""

SEEDS: Final = 1
"""Of each share, at least."""

MORE: Final = 3
"""Of each share in a long run."""

FIRST: Final = int(os.environ.get("FUZZ_FIRST", "20000"))
SHARES: Final = 8

FOUND: Final = (
    0, 12, 14, 23, 25, 26, 27, 28, 33, 47, 106, 119, 122, 124, 205, 228, 245, 277, 284, 337,
    5027,
)  # fmt: skip
"""Seeds that lost or doubled something once; each fault was mended."""


@pytest.mark.parametrize("seed", FOUND)
def test_what_was_found_once_holds(seed: int) -> None:
    play(seed)


@pytest.mark.parametrize("seeds", [SEEDS, pytest.param(MORE, marks=pytest.mark.long)])
@pytest.mark.parametrize("share", range(SHARES))
def test_stations_agree_and_lose_nothing(share: int, seeds: int) -> None:
    until = time.monotonic() + SECONDS / SHARES
    played = 0
    while played < seeds or time.monotonic() < until:
        play(FIRST + share + played * SHARES)
        played += 1
