"""The county key of a department: made or entered once a year, and kept inside its encrypted files.

It lies in `care` and in `cases`, so that only who reads names can make tokens of them. A new key
takes the place of the old one for good: what was sent under the old one can then be tested by
nobody here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Action, Change
from intake_app.domain.county_errors import BadCountyKey, CountyKeyDiffers, NoCountyKey
from intake_app.domain.errors import NoGrant
from intake_app.domain.ids import new_record_id
from intake_app.domain.paper import BlockType, Letterhead, Part, Sheet
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment, May
from intake_app.services.desk import Desk
from intake_app.services.needs.county import CountyParts
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import fact
from intake_app.words import Words

COUNTY_KEY: Final = "county.key"
"""Kind of a fact: {"key", "name", "label"}; the newest holds."""

FILES: Final = (Compartment.CARE, Compartment.CASES)
_MOST_LABEL: Final = 40
_A_ROW: Final = 4


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is known of the county key here.

    Attributes:
        name: Four words that name it; equal at each department that has it.
        label: What it was called here: "2026".
        since: The day on which it came here (YYYY-MM-DD).
        files: The open files that hold it.
        is_everywhere: All open files of people hold this one.
    """

    name: str
    label: str
    since: str
    files: tuple[Compartment, ...]
    is_everywhere: bool


def county_key(desk: Desk) -> KeyState | None:
    """What is known of the county key; None where there is none.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.EXPORT_RECORDS)
    found = {name: _newest(file) for name, file in _open_files(desk)}
    newest = max(filter(None, found.values()), key=_age, default=None)
    if newest is None:
        return None
    name = str(newest.values["name"])
    holding = tuple(
        file for file, one in found.items() if one is not None and one.values["name"] == name
    )
    since = str(newest.values.get(facts.OPENED) or "")[:10]
    return KeyState(name, str(newest.values["label"]), since, holding, len(holding) == len(found))


def make_county_key(desk: Desk, label: str) -> tuple[str, ...]:
    """Make a new key for the departments of a county; it takes the place of an older one.

    Args:
        desk: Whose.
        label: What it is called: the year.

    Returns:
        Its sixteen words, for the other departments.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: No file of people is open.
    """
    desk.require(May.EXPORT_RECORDS)
    keys = county_parts(desk).keys
    key = keys.make()
    _keep(desk, key, label, "make county key")
    return keys.words(key)


def take_county_key(desk: Desk, typed: str, label: str) -> KeyState:
    """Enter the words that another department gave; they take the place of an older key.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: No file of people is open.
        BadCountyKey: They are not the words of a county key.
    """
    desk.require(May.EXPORT_RECORDS)
    words = typed.replace(",", " ").split()
    _keep(desk, county_parts(desk).keys.from_words(words), label, "take county key")
    return _state(desk)


def take_county_key_file(desk: Desk, data: bytes, passphrase: str, label: str) -> KeyState:
    """The same from a file that a passphrase opens.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: No file of people is open.
        WrongPassphrase, WeakKeyFile, BadCountyKey: It does not open.
    """
    desk.require(May.EXPORT_RECORDS)
    _keep(desk, county_parts(desk).keys.open(data, passphrase), label, "take county key")
    return _state(desk)


def county_key_words(desk: Desk) -> tuple[str, ...]:
    """Its words once more, to be given to another department; that they were shown is logged.

    Raises:
        NotAllowed: Not in one's roles.
        NoCountyKey, CountyKeyDiffers: There is none, or not one.
    """
    desk.require(May.EXPORT_RECORDS)
    key = the_key(desk)
    desk.station.note(desk.act("give county key"))
    return county_parts(desk).keys.words(key)


def county_key_file(desk: Desk, passphrase: str) -> bytes:
    """The key as a file for another department, which a passphrase opens.

    Raises:
        NotAllowed: Not in one's roles.
        NoCountyKey, CountyKeyDiffers: There is none, or not one.
        WeakPassphrase: Too short or too common.
    """
    desk.require(May.EXPORT_RECORDS)
    data = county_parts(desk).keys.close(the_key(desk), passphrase)
    desk.station.note(desk.act("give county key"))
    return data


def print_county_key(desk: Desk, language: str) -> bytes:
    """A sheet with the words, for a sealed envelope to another department (PDF).

    Raises:
        NotAllowed: Not in one's roles.
        NoCountyKey, CountyKeyDiffers: There is none, or not one.
    """
    desk.require(May.EXPORT_RECORDS)
    state = _state(desk)
    return desk.press.print(_sheet(desk, county_key_words(desk), state, Words(language)))


def the_key(desk: Desk, compartments: tuple[Compartment, ...] = FILES) -> str:
    """The key itself; a part of acts that asked for the role. It is the same in all open files.

    Raises:
        NoCountyKey: A file has none.
        CountyKeyDiffers: They hold different ones.
    """
    found = [_newest(file) for name, file in _open_files(desk) if name in compartments]
    keys = {str(one.values["key"]) for one in found if one is not None}
    if not keys:
        raise NoCountyKey
    if len(keys) > 1 or None in found:
        raise CountyKeyDiffers
    return keys.pop()


def holds_county_key(desk: Desk) -> bool:
    """Whether whoever sits here could make tokens of names; asks no role, tells nothing else."""
    return any(_newest(file) is not None for _, file in _open_files(desk))


def county_parts(desk: Desk) -> CountyParts:
    """What extracts and merges need of adapters.

    Raises:
        NoGrant: This desk has none.
    """
    parts = desk.measures.county if desk.measures else None
    if parts is None:
        raise NoGrant("county")
    return parts


# --- inside -----------------------------------------------------------------------------


def _open_files(desk: Desk) -> Iterator[tuple[Compartment, Records]]:
    for name in FILES:
        file = desk.open_file(name)
        if file is not None:
            yield name, file


def _age(record: Record) -> tuple[str, str]:
    return str(record.values.get(facts.OPENED) or ""), record.id


def _newest(file: Records) -> Record | None:
    return max(file.of_kind(COUNTY_KEY), key=_age, default=None)


def _keep(desk: Desk, key: str, label: str, what: str) -> None:
    name = county_parts(desk).keys.name(key)
    label = " ".join(label.split())
    if not label or len(label) > _MOST_LABEL:
        raise BadCountyKey("label")
    files = list(_open_files(desk))
    if not files:
        raise NoGrant("care")
    for _, file in files:
        ident, user = new_record_id(), desk.person.id
        said = {"key": key, "name": name, "label": label, **desk.entered()}
        changes = [fact(file, user, COUNTY_KEY, ident, said)]
        changes += [
            Change(file.stamp(), user, Action.PURGE, COUNTY_KEY, old.id, {})
            for old in file.of_kind(COUNTY_KEY)
        ]
        file.apply(changes, desk.act(what, ident))


def _state(desk: Desk) -> KeyState:
    state = county_key(desk)
    if state is None:
        raise NoCountyKey
    return state


def _sheet(desk: Desk, given: tuple[str, ...], state: KeyState, words: Words) -> Sheet:
    title = words.text("County key {label}", label=state.label)
    rows = [
        tuple(f"{place + 1}. {given[place]}" for place in range(first, first + _A_ROW))
        for first in range(0, len(given), _A_ROW)
    ]
    parts = (
        Part(BlockType.HEADING, title, level=1),
        Part(BlockType.PARAGRAPH, words.text(
            "These words let departments of the county know the same person again in their "
            "extracts. Only departments hold them. Whoever merges the extracts never does."
        ), style="lead"),
        Part(BlockType.TABLE, rows=tuple(rows), header=("1", "2", "3", "4")),
        Part(BlockType.PARAGRAPH, words.text("Its name is: {name}", name=state.name)),
        Part(BlockType.HEADING, words.text("How to use it")),
        Part(BlockType.BULLETS, bullets=(
            words.text("Bring it in a sealed envelope, or read it aloud on a call you made."),
            words.text("Type the words at the other department, and compare the name."),
            words.text("Never give it to whoever merges the extracts."),
            words.text("Shred this sheet once the words are entered."),
        )),
    )  # fmt: skip
    return Sheet(title, words.language, Letterhead(desk.agency.name), parts)
