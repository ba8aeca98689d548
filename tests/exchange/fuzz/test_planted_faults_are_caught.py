"""A fuzzer that catches nothing proves nothing: each of these faults is found in two minutes."""

import time
from collections.abc import Callable, Sequence
from typing import Final

import pytest
from fuzz.play import play

from intake_app.domain import record
from intake_app.domain.act import Act
from intake_app.domain.change import Change, Value
from intake_app.domain.exchange import Mark, Stream, Taken
from intake_app.domain.ids import ChangeId
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment
from intake_app.exchange.bundles import OpenedBundle
from intake_app.exchange.incoming import Incoming
from intake_app.exchange.needs import ExchangeFile
from intake_app.exchange.own_copy import OwnCopy
from intake_app.storage.streams import Streams

PATIENCE: Final = 120.0
"""Seconds."""


def forget_a_change(patch: pytest.MonkeyPatch) -> None:
    """A bundle is noted as merged, but its last line is not."""
    take = Streams.take

    def lossy(
        self: Streams, stream: Stream, n: int, lines: Sequence[bytes], act: Act
    ) -> Taken:  # fmt: skip
        return take(self, stream, n, lines[:-1] if len(lines) > 2 else lines, act)

    patch.setattr(Streams, "take", lossy)


def let_what_was_replaced_come_back(patch: pytest.MonkeyPatch) -> None:
    """A value that was replaced before it came stands again."""
    stand = record._stand

    def forgetful(
        found: Record, change: Change, name: str, is_early: bool
    ) -> dict[ChangeId, Value]:  # fmt: skip
        return stand(found, change, name, is_early and name == "nothing")

    patch.setattr(record, "_stand", forgetful)


def keep_what_was_cut(patch: pytest.MonkeyPatch) -> None:
    """After a kill nobody asks whether the bundle of a cut was ever written."""

    def trusting(_self: Streams, _stream: Stream) -> int:
        return 0

    patch.setattr(Streams, "renew_waiting", trusting)


def take_an_old_copy_for_new(patch: pytest.MonkeyPatch) -> None:
    """A backup that is put back goes unnoticed."""

    def blind(_self: OwnCopy, _name: Compartment, _file: ExchangeFile) -> bool:
        return False

    patch.setattr(OwnCopy, "_is_old", blind)


def seal_before_it_is_written(patch: pytest.MonkeyPatch) -> None:
    """Changes count as sent as soon as they have a number."""
    cut = Streams.cut

    def hasty(self: Streams, stream: Stream, n: int, most: int) -> list[bytes]:
        lines = cut(self, stream, n, most)
        self.sealed(stream, n)
        return lines

    patch.setattr(Streams, "cut", hasty)


def skip_what_is_missing(patch: pytest.MonkeyPatch) -> None:
    """A hole in the numbers is jumped over."""
    read = Incoming._read

    def careless(self: Incoming, stream: Stream, n: int, mark: Mark) -> OpenedBundle | None:
        found = read(self, stream, n, mark)
        for file in () if found else self._room.files.values():
            if file.applied().get(stream.name, 0) == n - 1:
                file.skip(stream, n)
        return found

    patch.setattr(Incoming, "_read", careless)


Plant = Callable[[pytest.MonkeyPatch], None]

FAULTS: Final[dict[Plant, int]] = {
    forget_a_change: 0,
    let_what_was_replaced_come_back: 2,
    keep_what_was_cut: 17,
    take_an_old_copy_for_new: 0,
    seal_before_it_is_written: 0,
    skip_what_is_missing: 5,
}
"""Each with the first seed that is played: it was caught there once, and this saves time."""


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert _is_caught(FAULTS[plant])


def _is_caught(seed: int) -> bool:
    """Whether a seed fails: by the oracle, or because the program itself refuses to go on."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            play(seed)
        except (AttributeError, TypeError):
            raise  # what is planted does not fit the program any more: that proves nothing
        except Exception:  # noqa: BLE001 (whatever else it is, it was caught)
            return True
        seed += 1
    return False
