"""Whatever comes from outside is read or refused in the program's own words; nothing crashes.

    FUZZ_INPUT_SECONDS=600 python3 build/test -- tests/security -k any_file

plays ten minutes, shared among all doors; a seed that fails is named and plays again alone.
"""

import os
import time
from typing import Final

import pytest
from doors import Target, spoiled, targets

SECONDS: Final = float(os.environ.get("FUZZ_INPUT_SECONDS", "0"))
SEEDS: Final = 12
"""Of each door in the ordinary run; by option the clock decides."""

TAKEN_WHOLE: Final = {"bundle", "registry_entry", "change_line", "providers.csv", "providers.json"}
"""Doors whose good bytes are good alone, without a signature or a neighbor that is missing here."""


@pytest.mark.timeout(900 + SECONDS)
@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_spoiled_bytes_are_read_or_refused_by_name(target: Target) -> None:
    ends = time.monotonic() + SECONDS / len(targets())
    seed = 0
    while seed < SEEDS or time.monotonic() < ends:
        data = spoiled(target.good, seed)
        try:
            target.take(data)
        except Exception as error:
            error.add_note(f"door {target.name}, seed {seed}: {data[:400]!r}")
            raise
        seed += 1


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_nothing_at_all_and_noise_crash_no_door(target: Target) -> None:
    for data in (b"", b"\x00" * 4096, bytes(range(256)) * 8, b"{}", b"[]", b"null", b'"' * 99):
        target.take(data)


@pytest.mark.parametrize("name", sorted(TAKEN_WHOLE))
def test_the_good_bytes_are_taken(name: str) -> None:
    """Otherwise the two tests above would only knock at closed doors."""
    [target] = [one for one in targets() if one.name == name]
    assert target.take(target.good)


def test_a_door_that_crashes_is_caught() -> None:
    def door(data: bytes) -> object:
        return data[10_000_000]

    with pytest.raises(IndexError, match="index out of range"):
        test_spoiled_bytes_are_read_or_refused_by_name(Target("bad", b"good bytes", door))
