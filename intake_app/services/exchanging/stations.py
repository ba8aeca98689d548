"""Stations for administrators: let a new computer in, name it, strike one that was lost."""

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from intake_app.domain.enrolment import Told
from intake_app.domain.enrolment_errors import BadRequest, StationMissing, WordsDiffer
from intake_app.domain.errors import BadEntry, DiskFull, NoGrant, StorageFailed
from intake_app.domain.exchange import Stream
from intake_app.domain.exchange_errors import NotExchanged
from intake_app.domain.ids import Epoch, RecordId, StationId, record_id_of
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carried_keys import renew_keys
from intake_app.services.exchanging.places_of_joining import (
    REQUESTS,
    answer_name,
    files_in,
    put_into,
    request_name,
)
from intake_app.services.needs.stations import StationParts
from intake_app.services.records.writing import write
from intake_app.services.signing.setting_up import AGENCY, REGISTRY, add_entries

STATION: Final = "station"
"""Kind of a record in `station`: what a computer is called."""

NAME: Final = "name"
LONGEST_NAME: Final = 60

WORDS: Final = 8
"""Words of a request."""

COMPARED: Final = 2
"""Words that an administrator types, as they are read to them."""


@dataclass(frozen=True, slots=True)
class Station:
    """A computer of the department.

    Attributes:
        id: Stable and opaque.
        letter: Stands in its receipt numbers.
        name: What people call it; empty: nobody has named it.
        at: When it was enrolled (`stamp`).
        is_here: It is this one.
        is_struck: It was lost or stolen; it comes back under another id only.
        has_twin: Another one has the same letter: two administrators enrolled at the same time.
    """

    id: StationId
    letter: str
    name: str
    at: str
    is_here: bool
    is_struck: bool
    has_twin: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """A computer that asks to be let in.

    Attributes:
        station: The id that it gave itself.
        program: Version of the program there.
        places: Which of the eight words on its screen are typed here, from 1.
        data: The request.
        is_enrolled: It was let in before; it may be answered once more.
    """

    station: StationId
    program: str
    places: tuple[int, ...]
    data: bytes = field(repr=False)
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class Enrol:
    """What an administrator decided about a computer that asks.

    Attributes:
        data: Its request.
        words: By place, what the person at the new computer has read out.
        passphrase: The administrator's own, once more.
        name: What the computer shall be called.
        place: The folder in which the answer goes back; None: by the stores alone.
    """

    data: bytes = field(repr=False)
    words: Mapping[int, str] = field(repr=False)
    passphrase: str = field(repr=False)
    name: str
    place: Path | None = None


def stations(desk: Desk) -> list[Station]:
    """Every station that was ever enrolled, by letter.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.ENROL_STATION)
    return _stations(desk)


def station_names(desk: Desk) -> dict[StationId, str]:
    """What each station is called: its name, or its letter while it has none."""
    if desk.stations is None:
        return {}
    return {one.id: one.name or one.letter for one in _stations(desk)}


def department_words(desk: Desk) -> tuple[str, ...]:
    """Eight words that stand for the department; who joins may compare them.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.ENROL_STATION)
    return _parts(desk).desk.department_words


def requests(desk: Desk, place: Path | None = None) -> list[Asking]:
    """Computers that ask to be let in.

    Args:
        desk: Where.
        place: A folder, a stick or a file that a person chose; None: what the stores brought.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.ENROL_STATION)
    parts, found = _parts(desk), dict[StationId, Asking]()
    known = {one.id: one.is_struck for one in parts.desk.all()}
    for data in files_in(place, REQUESTS) if place else _brought(parts):
        try:
            request = parts.desk.read_request(data)
        except BadRequest:
            if place and place.is_file():
                raise
            continue
        if not known.get(request.station, False):
            found[request.station] = Asking(
                request.station, request.program, _some_places(), data, request.station in known
            )
    is_asked = place is not None
    return [one for one in found.values() if is_asked or not one.is_enrolled]


def enrol(desk: Desk, asked: Enrol) -> Station:
    """Let a computer in, and answer it. Again after a kill: the same station, a new answer.

    Raises:
        NotAllowed: Not in one's roles.
        BadEntry: The computer has no name.
        BadRequest: It is no request.
        WordsDiffer: A word is another one than on the new computer.
        WrongPassphrase: Not the administrator's; counted like a sign-in.
        EnrolledAlready: It was struck, or its id belongs to another station.
        NoPlace: It is let in, but the answer could not be written; enrol it once more.
    """
    desk.require(May.ENROL_STATION)
    parts, name = _parts(desk), _tidy(asked.name)
    request = parts.desk.read_request(asked.data)
    _compare(request.words, asked.words)
    parts.desk.confirm(asked.passphrase)
    entries = parts.desk.sign(asked.data)
    if entries:
        add_entries(desk.station, desk.person.id, entries, "enrol station")
    _name(desk, request.station, name)
    data = parts.desk.answer(asked.data, _told(desk))
    parts.outbox.put(answer_name(request.station), data)
    if asked.place is not None:
        put_into(asked.place, answer_name(request.station), data)
    renew_keys(desk.station, desk.person.id, parts)
    return next(one for one in _stations(desk) if one.id == request.station)


def rename(desk: Desk, station: StationId, name: str) -> None:
    """Call a station something else.

    Raises:
        NotAllowed: Not in one's roles.
        BadEntry: No name.
        StationMissing: There is no such station.
    """
    desk.require(May.ENROL_STATION)
    if station not in {one.id for one in _stations(desk)}:
        raise StationMissing
    _name(desk, station, _tidy(name))


def strike(desk: Desk, station: StationId, passphrase: str) -> Station:
    """Strike a lost or stolen station for ever, at the last of its bundles that anybody knows.

    New keys begin for all others: at once where the files are open here, at the next sign-in of a
    holder for the rest. What opens the stores must be changed by a person.

    Raises:
        NotAllowed: Not in one's roles.
        WrongPassphrase: Not the administrator's; counted like a sign-in.
        NotThisStation: It is this one.
        StationMissing: There is none, or it was struck.
    """
    desk.require(May.ENROL_STATION)
    parts = _parts(desk)
    parts.desk.confirm(passphrase)
    entries = parts.desk.strike(station, _last_marks(desk, station))
    add_entries(desk.station, desk.person.id, entries, "strike station")
    _tell_all(desk)
    renew_keys(desk.station, desk.person.id, parts)
    return next(one for one in _stations(desk) if one.id == station)


def clear_answered(desk: Desk) -> None:
    """Take requests and answers out of the trays, once their station has spoken."""
    if desk.stations is None or desk.exchange is None:
        return
    spoken, parts = desk.exchange.receipts().keys(), desk.stations
    for station in spoken - {parts.desk.here}:
        parts.outbox.remove(answer_name(station))
        parts.inbox.remove(request_name(station))


def _parts(desk: Desk) -> StationParts:
    if desk.stations is None:
        raise NoGrant("stations")
    return desk.stations


def _stations(desk: Desk) -> list[Station]:
    parts = _parts(desk)
    listed, here = parts.desk.all(), parts.desk.here
    names = {
        record.id: str(record.values.get(NAME, "")) for record in desk.station.of_kind(STATION)
    }
    letters = [one.letter for one in listed if not one.is_struck]
    return [
        Station(
            one.id, one.letter, names.get(_record_of(one.id), ""), one.at, one.id == here,
            one.is_struck, not one.is_struck and letters.count(one.letter) > 1,
        )
        for one in listed
    ]  # fmt: skip


def _brought(parts: StationParts) -> Iterable[bytes]:
    found = (parts.inbox.get(name) for name in parts.inbox.names(REQUESTS))
    return [data for data in found if data is not None]


def _some_places() -> tuple[int, ...]:
    """Others each time: who compares must look at the new screen, and not at a note."""
    return tuple(sorted(secrets.SystemRandom().sample(range(1, WORDS + 1), COMPARED)))


def _compare(words: tuple[str, ...], said: Mapping[int, str]) -> None:
    if len(said) < COMPARED or not said.keys() <= set(range(1, WORDS + 1)):
        raise WordsDiffer
    if any(words[place - 1] != word.strip().casefold() for place, word in said.items()):
        raise WordsDiffer


def _tidy(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise BadEntry(NAME)
    return tidy


def _name(desk: Desk, station: StationId, name: str) -> None:
    ident = _record_of(station)
    before = desk.station.record(ident)
    if before is None or before.values.get(NAME) != name:
        change = write(desk.station, desk.person.id, STATION, ident, {NAME: name})
        desk.station.apply([change], desk.act("name station", ident))


def _record_of(station: StationId) -> RecordId:
    return record_id_of(RecordId(station), STATION)


def _told(desk: Desk) -> Told:
    """Registry, department and names: as the change lines that they are everywhere."""
    file = desk.station
    records = [one for kind in (REGISTRY, AGENCY, STATION) for one in file.of_kind(kind)]
    lines = [change.line.decode() for one in records for change in file.history(one.id)]
    return Told(desk.agency.name, desk.is_training, lines)


def _tell_all(desk: Desk) -> None:
    """Under the keys that the struck station still knows, so that it can be told as well."""
    with suppress(DiskFull, StorageFailed, NotExchanged):  # it goes with the next round
        if desk.exchange is not None:
            desk.exchange.round(cut_now=True)


def _last_marks(desk: Desk, station: StationId) -> dict[Epoch, int]:
    """Per epoch of a station, the last bundle that itself or anybody else spoke of."""
    found = dict[Epoch, int]()
    for receipts in desk.exchange.receipts().values() if desk.exchange else ():
        for receipt in receipts:
            for name, mark in receipt.marks:
                stream = Stream.named(name)
                if stream.station == station:
                    found[stream.epoch] = max(found.get(stream.epoch, 0), mark.n)
    return found
