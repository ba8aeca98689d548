"""The carrier log: who took bundles on which stick, from where, for whom, when and how many.

It is kept in `station`, so an administrator keeps and reads it without the key of any records, and
it goes to the other stations like everything there. It holds numbers and names of stations alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from intake_app.domain import facts
from intake_app.domain.ids import StationId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.exchanging.exchanging import shown_station
from intake_app.services.exchanging.stations import station_names
from intake_app.services.records.writing import fact
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

if TYPE_CHECKING:
    from intake_app.domain.change import Value

CARRY: Final = "carry"
"""Kind of a fact in `station`: one way of one stick."""

SHEET: Final = "carrier_log"

SHOWN: Final = 200
"""Lines that are listed and printed; older ones stay in the file."""

_STICK_DIGITS: Final = 6


class Way(StrEnum):
    """Which way bundles went."""

    OUT = "out"
    IN = "in"


WAYS: Final[Mapping[Way, str]] = {Way.OUT: mark("taken along"), Way.IN: mark("brought")}


@dataclass(frozen=True, slots=True)
class Carriage:
    """One way of one stick.

    Attributes:
        way: Out of this station, or into it.
        hub: The stick's own id.
        stations: For whom it was taken along, or whose bundles it brought.
        bundles: How many bundles.
        receipts: How many receipts.
        size: Bytes, all together.
    """

    way: Way
    hub: str
    stations: tuple[StationId, ...]
    bundles: int
    receipts: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class CarryLine:
    """A line of the log.

    Attributes:
        at: When it was noted: local time with offset.
        by: Who.
        station: Where.
        carried: What.
    """

    at: str
    by: UserId
    station: StationId
    carried: Carriage


def stick_name(hub: str, words: Words) -> str:
    """What a stick is called: the first digits of its id, which fit on a label."""
    return words.text("Stick {number}", number=hub[:_STICK_DIGITS].upper())


def note_carried(desk: Desk, carried: Carriage) -> None:
    """Write down that a stick was filled, or brought something.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.CARRY_BUNDLES)
    fields: dict[str, Value] = {
        "way": carried.way, "hub": carried.hub, "stations": list(carried.stations),
        "bundles": carried.bundles, "receipts": carried.receipts, "size": carried.size,
        **desk.entered(),
    }  # fmt: skip
    change = fact(desk.station, desk.person.id, CARRY, new_record_id(), fields)
    desk.station.apply([change], desk.act(f"carry {carried.way}", change.record))


def carrier_log(desk: Desk) -> list[CarryLine]:
    """The newest lines, the newest first.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.CARRY_BUNDLES)
    rows = desk.station.newest(CARRY, SHOWN)
    records = (desk.station.record(row.record) for row in rows)
    return [_line(one) for one in records if one is not None]


def print_carrier_log(desk: Desk) -> bytes:
    """Draw the log; that it was printed is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        PaperMissing, FormMissing: A file is gone.
    """
    words = Words(desk.own_language)
    names = station_names(desk)
    rows = [_cells(desk, line, names, words) for line in carrier_log(desk)]
    data = draw_sheet(desk, HouseSheet(SHEET, words.language, {}, {"carried": rows}))
    desk.station.note(desk.act("print carrier log"))
    return data


def said_of(line: CarryLine, names: Mapping[StationId, str], words: Words) -> tuple[str, str]:
    """From where to where, in names: a stick goes out with somebody, or comes from somewhere."""
    here = shown_station(names.get(line.station, ""), words)
    stations = line.carried.stations
    there = ", ".join(shown_station(names.get(one, ""), words) for one in stations)
    return (here, there) if line.carried.way is Way.OUT else (there, here)


def _cells(
    desk: Desk, line: CarryLine, names: Mapping[StationId, str], words: Words
) -> tuple[str, ...]:
    source, target = said_of(line, names, words)
    return (
        moment_in_words(line.at, words.language),
        desk.name_of(line.by),
        stick_name(line.carried.hub, words),
        source,
        target,
        str(line.carried.bundles),
        str(line.carried.receipts),
    )


def _line(record: Record) -> CarryLine:
    said = record.values
    return CarryLine(
        str(said.get(facts.OPENED, "")), UserId(str(said.get(facts.BY, ""))),
        StationId(record.base.split(".")[1]),  # whose change it is
        Carriage(
            Way(str(said["way"])), str(said["hub"]), tuple(map(StationId, said["stations"])),
            int(said["bundles"]), int(said["receipts"]), int(said["size"]),
        ),
    )  # fmt: skip
