"""At sign-in: the cards of this station as the registry lists them, and which keys are new."""

from typing import Final

from intake_app.domain import facts
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Compartment
from intake_app.services.cards.file_keys import RENEWED, known_cuts
from intake_app.services.cards.keeping import cards_of
from intake_app.services.desk import Desk
from intake_app.services.records.writing import fact

FILE_KEY: Final = "key.file"
"""Kind of a fact: the key of a file at a station is newer than these revocations."""

COMPARTMENT: Final = "compartment"
STATION: Final = "station"
WITHOUT: Final = "without"


def settle_cards(desk: Desk) -> None:
    """Let new cards in and old ones out, and write down which files have a new key.

    Raises:
        DiskFull: It waits for the next sign-in.
        StorageFailed: The same.
    """
    parts = cards_of(desk)
    if parts.desk.settle():
        desk.station.note(desk.act("settle recovery cards"))
    for name, file in parts.files.items():
        known = known_cuts(file)
        if known - cuts_told(desk, name):
            fields = {
                COMPARTMENT: str(name), STATION: parts.here, WITHOUT: sorted(known),
                **desk.entered(),
            }  # fmt: skip
            told = fact(desk.station, desk.person.id, FILE_KEY, new_record_id(), fields)
            desk.station.apply([told], desk.act(RENEWED, RecordId("")))


def cuts_told(desk: Desk, name: Compartment) -> frozenset[str]:
    """The revocations that the key of a file at this station is newer than, as was written down."""
    here, found = cards_of(desk).here, set[str]()
    for record in desk.station.of_kind(FILE_KEY):
        values = record.values
        if (values.get(COMPARTMENT), values.get(STATION)) == (str(name), here):
            without = values.get(WITHOUT)
            found.update(str(one) for one in without or () if isinstance(without, list | tuple))
    return frozenset(found)


def renewed_at(desk: Desk, name: Compartment) -> str:
    """When a file of this station last got a new key (`stamp`); empty: never."""
    here = cards_of(desk).here
    return max(
        (
            str(record.values.get(facts.OPENED, ""))
            for record in desk.station.of_kind(FILE_KEY)
            if (record.values.get(COMPARTMENT), record.values.get(STATION)) == (str(name), here)
        ),
        default="",
    )
