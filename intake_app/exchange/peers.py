"""What other stations say: their receipts, checked, kept, and weighed against one another.

A receipt that is not good stops nothing but itself: what an earlier good one said still holds.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from intake_app.domain.clock import stamp
from intake_app.domain.exchange import NOTHING, FileState, Mark, Receipt, Stream
from intake_app.domain.exchange_errors import Altered, StationUnknown, TooNew
from intake_app.domain.exchange_state import Trouble
from intake_app.domain.ids import Epoch, StationId
from intake_app.domain.roles import Compartment
from intake_app.exchange import names
from intake_app.exchange.book import Book, Kept
from intake_app.exchange.fittings import Fittings
from intake_app.exchange.judged import MOST_REFUSED, Judged
from intake_app.exchange.receipts import read_receipt

MOST_EPOCHS: Final = 400
"""Runs of numbers of one station; a new one begins with each page and each backup put back."""


class Peers:
    """The receipts of all stations, this one's other epochs too.

    Args:
        room: Keys and trays.
        book: Where the good ones are kept.
    """

    def __init__(self, room: Fittings, book: Book) -> None:
        self._room, self._book = room, book
        self._read: dict[str, tuple[str, Receipt]] = {}

    @property
    def here(self) -> StationId:
        """This station."""
        return self._room.own.stream.station

    @property
    def receipts(self) -> dict[str, Receipt]:
        """The newest good receipt of each stream, by its name."""
        found = ((name, self._kept(name, one)) for name, one in self._book.receipts.items())
        return {name: receipt for name, receipt in found if receipt is not None}

    def of(self, station: StationId) -> list[Receipt]:
        """The receipts of one station, of each of its epochs."""
        return [one for one in self.receipts.values() if one.stream.station == station]

    def now(self, station: StationId) -> list[Receipt]:
        """Those of its present epoch: one, or two where a profile was copied, or none."""
        every = self.of(station)
        return [one for one in every if not _is_followed(one, every)]

    def is_over(self, stream: str) -> bool:
        """Whether the station of a stream has begun a later epoch."""
        station = Stream.named(stream).station
        if station == self.here:
            return stream != self._room.own.stream.name
        now = [one.stream.name for one in self.now(station)]
        return bool(now) and stream not in now

    def is_contested(self, stream: str) -> bool:
        """Whether two copies of a profile wrote a stream that is over: each gives its part again.

        What is over stays as it is, so later epochs of one station name one end of it.
        """
        station = Stream.named(stream).station
        ends = {one.wrote[stream] for one in self.of(station)
                if one.stream.name != stream and stream in one.wrote}  # fmt: skip
        if station == self.here:
            ends.add(self._room.own.wrote.get(stream, NOTHING))
        return len(ends) > 1 and self.is_over(stream)

    @property
    def others(self) -> frozenset[StationId]:
        """All other stations that count."""
        return self._room.sealing.stations() - {self.here}

    # --- taking in ----------------------------------------------------------------------------

    def take(self) -> bool:
        """Take in the receipts that lie in the tray; whether there was a good new one."""
        found = sorted(self._room.inbox.names(names.RECEIPTS), key=_counter_of, reverse=True)
        return any([self._take(name) for name in found])

    def _take(self, name: str) -> bool:
        stream, _, _ = name.removeprefix(f"{names.RECEIPTS}/").rpartition(".")
        known = self.receipts.get(stream)
        if known is not None and _counter_of(name) <= known.counter:
            if _counter_of(name) < known.counter:
                self._room.inbox.remove(name)
            return False
        receipt, text = self._judge(name, stream)
        if receipt is None:
            return False
        if self._claims_too_much(receipt):
            self._note(stream, Trouble.ALTERED)
            return False
        if known is not None and _says_less(receipt, known):
            self._note(stream, Trouble.SAYS_LESS)
            return False
        at = stamp(self._room.clock)
        self._book.receipts[stream] = Kept(text, at)
        self._book.troubles.pop(f"{names.RECEIPTS}/{stream}", None)
        self._confirm(receipt, at)
        return True

    def judged(self) -> Judged:
        """What carriers need to know of receipts; forged ones of long ago are forgotten."""
        for name in [*self._book.refused][:-MOST_REFUSED]:
            del self._book.refused[name]
        good = {name: receipt.counter for name, receipt in self.receipts.items()}
        return Judged(good, self._book.refused)

    def _claims_too_much(self, receipt: Receipt) -> bool:
        """Own receipts name every stream that is believed in here, and must stay readable."""
        station = receipt.stream.station
        every = [receipt, *self.of(station)]
        mine = {name for one in every for name in (one.stream.name, *one.wrote)}
        return len(mine) > MOST_EPOCHS

    def _judge(self, name: str, stream: str) -> tuple[Receipt | None, str]:
        data = self._room.inbox.get(name)
        try:
            text = (data or b"").decode("ascii")
            short = name.removeprefix(f"{names.RECEIPTS}/")
            return read_receipt(self._room.sealing, text, short), text
        except StationUnknown:
            return None, ""  # its entry comes with somebody's bundle
        except TooNew:
            self._note(stream, Trouble.TOO_NEW)
        except (Altered, UnicodeDecodeError):
            self._room.inbox.remove(name)  # a good one may come in its place
            self._note(stream, Trouble.ALTERED)
            self._book.refused[name] = hashlib.sha256(data or b"").hexdigest()
        return None, ""

    def _note(self, stream: str, trouble: Trouble) -> None:
        station = StationId(stream.partition(".")[0])
        if station in self._room.sealing.stations():
            self._book.troubles[f"{names.RECEIPTS}/{stream}"] = trouble

    def _confirm(self, receipt: Receipt, at: str) -> None:
        """Note what another station has of this one's bundles."""
        if receipt.stream.station == self.here:
            return
        for name in self._room.own.wrote:
            n = receipt.received.get(name, NOTHING).n
            if n > self._book.confirmed.get(name, 0):
                self._book.confirmed[name] = n
                self._book.confirmed_at = at
                self._book.confirmed_by = receipt.stream.station

    def _kept(self, name: str, kept: Kept) -> Receipt | None:
        read = self._read.get(name)
        if read is not None and read[0] == kept.text:
            return read[1]
        try:
            receipt = read_receipt(self._room.sealing, kept.text, "")
        except (Altered, StationUnknown, TooNew):
            return None  # an older registry is open here than when it was kept
        self._read[name] = (kept.text, receipt)
        return receipt

    # --- weighing -----------------------------------------------------------------------------

    def wrote(self) -> dict[str, Mark]:
        """How far each stream of others goes, and own ones that are over, by name."""
        found: dict[str, Mark] = {}
        for receipt in self.receipts.values():
            if receipt.stream.station != self.here:
                _add(found, receipt.wrote)
        _add(found, self._room.own.wrote)
        _add(found, self._book.foreign)
        found.pop(self._room.own.stream.name, None)
        struck = self._room.sealing.struck()
        for name, one in found.items():
            marks = struck.get(Stream.named(name).station)
            if marks is not None:
                last = self._limit(name, one.n, marks)
                found[name] = one if last == one.n else Mark(last, "")
        return found

    def _limit(self, name: str, n: int, marks: Mapping[Epoch, int]) -> int:
        """A struck station's last number that counts.

        What another station had merged before it knew goes to all: they must agree.
        """
        merged = (
            state.applied.get(name, 0)
            for station in self.others
            for receipt in self.now(station)
            for state in receipt.files.values()
        )
        return min(n, max(marks.get(Stream.named(name).epoch, 0), max(merged, default=0)))

    def have(self, station: StationId, stream: str) -> int:
        """The last bundle of a stream that a station says it has received."""
        said = (one.received.get(stream, NOTHING).n for one in self.now(station))
        return min(said, default=0)

    def all_have(self, stream: str, alone: int = 0) -> int:
        """The last bundle of a stream that every other station, but its writer, has received.

        Args:
            stream: Its name.
            alone: What counts where there is no such station.
        """
        asked = self.others - {Stream.named(stream).station}
        return min((self.have(station, stream) for station in asked), default=alone)

    def tells_struck(self, stream: str, n: int) -> bool:
        """Whether bundle n of an own stream is its last, and a struck station has not got it.

        It may be the one that tells it so: who only looks stolen must not wait for ever.
        """
        is_last = self._room.own.wrote.get(stream, NOTHING).n == n > 0
        struck = self._room.sealing.struck().keys() - {self.here}
        return is_last and any(
            self.have(station, stream) < n for station in struck if self.now(station)
        )

    def differs(self, receipt: Receipt, mine: Mapping[Compartment, FileState]) -> bool:
        """Whether a station took the same bundles as this one, but holds other records."""
        return any(
            _is_comparable(state, other) and state.digest != other.digest
            for name, state in mine.items()
            if (other := receipt.files.get(name)) is not None
        )

    def foreign_marks(self) -> Iterator[tuple[str, Mark]]:
        """What receipts of this station say that it knows nothing of: another copy of it wrote.

        Its present epoch counts even where no bundle was written yet.
        """
        own, known = self._room.own, {**self._room.own.wrote}
        _add(known, self._book.foreign)
        for receipt in self.of(self.here):
            if receipt.stream == own.stream and self._is_of_a_copy(receipt):
                yield own.stream.name, receipt.wrote.get(own.stream.name, NOTHING)
            for name, mark in {receipt.stream.name: NOTHING, **receipt.wrote}.items():
                mine = known.get(name)
                is_other = name not in self._book.renewals and self._is_other(name, mark)
                if mine is None or mark.n > mine.n or is_other:
                    yield name, mark

    def _is_other(self, name: str, mark: Mark) -> bool:
        """Whether an own bundle has other bytes than a receipt names."""
        mine = self._room.own.wrote.get(name, NOTHING)
        if not mark.n or mine.n == mark.n:
            return mine.n == mark.n and mine.sha256 != mark.sha256
        bundle = names.bundle(self._room.sealing.agency, Stream.named(name), mark.n)
        data = self._room.outbox.get(bundle)
        return data is not None and hashlib.sha256(data).hexdigest() != mark.sha256

    def _is_of_a_copy(self, receipt: Receipt) -> bool:
        """Whether a receipt of the present epoch is none that this profile wrote."""
        if receipt.counter != self._room.own.counter:
            return receipt.counter > self._room.own.counter
        mine = self._room.outbox.get(f"{names.RECEIPTS}/{receipt.name}")
        return (
            mine is not None
            and mine.decode("ascii") != self._book.receipts[receipt.stream.name].text
        )


def _add(found: dict[str, Mark], more: Mapping[str, Mark]) -> None:
    for name, mark in more.items():
        if name not in found or found[name].n < mark.n:
            found[name] = mark


def _is_followed(receipt: Receipt, every: Iterable[Receipt]) -> bool:
    """Whether another epoch of the same station knows this one, and this one not that."""
    name = receipt.stream.name
    return any(
        name in one.wrote and one.stream.name not in receipt.wrote
        for one in every
        if one.stream != receipt.stream
    )


def _says_less(new: Receipt, old: Receipt) -> bool:
    pairs = ((new.wrote, old.wrote), (new.received, old.received))
    return any(
        now.get(name, NOTHING).n < mark.n for now, was in pairs for name, mark in was.items()
    )


def _is_comparable(one: FileState, other: FileState) -> bool:
    is_same = dict(one.applied) == dict(other.applied) and one.generation == other.generation
    return is_same and not one.aside and not other.aside


def _counter_of(name: str) -> int:
    last = name.rpartition(".")[2]
    return int(last) if last.isdigit() and last.isascii() and len(last) < 10 else 0
