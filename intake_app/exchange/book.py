"""What the post room remembers from one round to the next, in the `station` file.

It is sent nowhere. All of it can be found again from the trays, so that losing it (an old copy of
`station` was put back) costs time and no change; what must not be lost stands in identity.json.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from intake_app.domain.exchange import NOTHING, FileState, Mark
from intake_app.domain.exchange_state import Trouble
from intake_app.domain.roles import Compartment
from intake_app.exchange.fittings import Notes

_BOOK: Final = "exchange"
_RECEIPT: Final = "exchange receipt "


@dataclass(frozen=True, slots=True)
class Kept:
    """A receipt that was found good.

    Attributes:
        text: As it was signed.
        at: When it was taken in here (`stamp`).
    """

    text: str = field(repr=False)
    at: str


@dataclass(slots=True)
class Book:
    """All of it; changed in place, and written by `save`.

    Attributes:
        receipts: The newest good receipt of each stream, by its name.
        received: How far each stream came here whole, by its name.
        troubles: Why nothing more is taken from a stream, by its name; of its receipts by the
            name with "r/" before it.
        missed: Per stream, the first bundle that was missing in the last round.
        states: Of each file that was ever open here, as the last receipt told it.
        foreign: Marks of own streams that went on elsewhere, as a person confirmed.
        renewals: Per own stream that went on elsewhere, the first number whose changes go again.
        renewed: The files that have done so, by stream.
        stopped: Why nothing at all is exchanged; empty: it goes on.
        began_anew: A person confirmed once that this profile was an older copy.
        cut_at: When the last bundle was cut (ISO 8601, UTC).
        asked_at: When a receipt last asked for missing bundles (ISO 8601, UTC); empty: none did.
        confirmed: Last own bundle that another station named, by own stream.
        confirmed_at: When that was taken in (`stamp`).
        confirmed_by: Which station named it.
        issues: Of the markers that were signed here, by hub.
        put_back: Files that were put back to an older copy, and not filled from a snapshot since.
        page: How far turning the page has come here (see `pages`).
        refused: Receipts that their stations did not sign: hash of the bytes, by name.
    """

    receipts: dict[str, Kept] = field(default_factory=dict[str, Kept])
    received: dict[str, Mark] = field(default_factory=dict[str, Mark])
    troubles: dict[str, Trouble] = field(default_factory=dict[str, Trouble])
    missed: dict[str, int] = field(default_factory=dict[str, int])
    states: dict[Compartment, FileState] = field(default_factory=dict[Compartment, FileState])
    foreign: dict[str, Mark] = field(default_factory=dict[str, Mark])
    renewals: dict[str, int] = field(default_factory=dict[str, int])
    renewed: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    stopped: str = ""
    began_anew: bool = False
    cut_at: str = ""
    asked_at: str = ""
    confirmed: dict[str, int] = field(default_factory=dict[str, int])
    confirmed_at: str = ""
    confirmed_by: str = ""
    issues: dict[str, int] = field(default_factory=dict[str, int])
    put_back: list[str] = field(default_factory=list[str])
    page: dict[str, Any] = field(default_factory=dict[str, Any])
    refused: dict[str, str] = field(default_factory=dict[str, str])

    def mark(self, stream: str) -> Mark:
        """How far a stream has come."""
        return self.received.get(stream, NOTHING)


class Shelf:
    """Where the book lies.

    Args:
        notes: The `station` file.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._written: dict[str, str] = {}

    def load(self) -> Book:
        """The book as it was saved last; what cannot be read is as if it had never been."""
        told = self._read(_BOOK)
        book = _book(told)
        for stream in told.get("streams", ()):
            kept = self._read(_RECEIPT + stream)
            if kept:
                book.receipts[stream] = Kept(str(kept["text"]), str(kept["at"]))
        return book

    def save(self, book: Book) -> None:
        """Write what has changed.

        Raises:
            DiskFull: The older pages stand; nothing is lost that would not come again.
        """
        for stream, kept in book.receipts.items():
            self._write(_RECEIPT + stream, {"text": kept.text, "at": kept.at})
        self._write(_BOOK, _told(book))

    def _read(self, name: str) -> dict[str, Any]:
        text = self._notes.meta(name)
        self._written[name] = text
        try:
            found: object = json.loads(text) if text else {}
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    def _write(self, name: str, told: Mapping[str, Any]) -> None:
        text = json.dumps(told, sort_keys=True)
        if self._written.get(name) != text:
            self._notes.set_meta(name, text)
            self._written[name] = text


_PLAIN: Final = (
    "missed", "renewals", "renewed", "stopped", "began_anew", "cut_at", "asked_at", "confirmed",
    "confirmed_at", "confirmed_by", "issues", "put_back", "page", "refused",
)  # fmt: skip


def _told(book: Book) -> dict[str, Any]:
    return {
        "streams": sorted(book.receipts),
        "received": {name: [one.n, one.sha256] for name, one in book.received.items()},
        "foreign": {name: [one.n, one.sha256] for name, one in book.foreign.items()},
        "troubles": dict(book.troubles),
        "states": {str(name): asdict(one) for name, one in book.states.items()},
        **{name: getattr(book, name) for name in _PLAIN},
    }


def _book(told: Mapping[str, Any]) -> Book:
    book = Book()
    try:
        book.received = {name: Mark(*one) for name, one in told.get("received", {}).items()}
        book.foreign = {name: Mark(*one) for name, one in told.get("foreign", {}).items()}
        book.troubles = {name: Trouble(one) for name, one in told.get("troubles", {}).items()}
        book.states = {
            Compartment(name): _state(one) for name, one in told.get("states", {}).items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return Book()
    for name in _PLAIN:
        if name in told:
            setattr(book, name, told[name])
    return book


def _state(told: Mapping[str, Any]) -> FileState:
    said = dict(told)
    said["purged"] = tuple(told["purged"])
    return FileState(**said)
