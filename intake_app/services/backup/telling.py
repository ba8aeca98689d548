"""Says how backups stand: per file of records the newest that was tested, and its age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from intake_app.disk.backup_folder import free_bytes
from intake_app.domain.disk_room import Room, day_of, days_left
from intake_app.domain.errors import DiskFull, StorageFailed
from intake_app.domain.roles import Compartment
from intake_app.domain.trust import Check, Light
from intake_app.services.backup.keeping import OVERDUE_AFTER
from intake_app.services.backup.making import size_of_files
from intake_app.services.backup.parts import parts_of
from intake_app.services.desk import Desk
from intake_app.services.records.file_words import file_in_words
from intake_app.settings.backups import BackupPlace, SeenBackup, read_backups
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, time_in_words
from intake_app.words.sizes import size_in_words

_LATE: Final = timedelta(days=7)
_STICK_LATE: Final = timedelta(days=14)
_SOON_DAYS: Final = 30
_NOW_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class FileTold:
    """One file of records, and the way back for it.

    Attributes:
        compartment: Which.
        tested: When the newest backup that holds it well was tested; empty: none was.
        made: When that backup was made; empty: there is none.
        moment: Its name.
        copied: When the newest backup was made that holds it at all; empty: there is none.
    """

    compartment: Compartment
    tested: str = ""
    made: str = ""
    moment: str = ""
    copied: str = ""


def files_told(desk: Desk) -> list[FileTold]:
    """Of each file of records that is here, from what was seen last; nothing is opened."""
    parts = parts_of(desk)
    places = read_backups(parts.folder).places
    seen = sorted((one for p in places for one in p.seen), key=lambda one: one.moment, reverse=True)
    held = {
        Compartment.CASES,
        Compartment.SEALED,
    }  # where no charges are held, nobody reads of them
    wanted = [name for name in Compartment if desk.works_with_cases or name not in held]
    present = [name for name in wanted if (parts.folder / f"{name}.db").is_file()]
    return [_file_told(name, seen) for name in present]


def backup_line(desk: Desk, words: Words) -> str:
    """One line for the rail; empty where there is no tested backup, or none can be made."""
    if desk.backup is None:
        return ""
    told = files_told(desk)
    made = [one.made for one in told if one.made]
    if not made:
        return ""
    oldest = min(made, key=datetime.fromisoformat)
    if len(made) < len(told):
        when = when_in_words(desk, oldest, words)
        return words.text("Backup {when}, not all of it tested yet", when=when)
    return words.text("Last tested backup: {when}", when=when_in_words(desk, oldest, words))


def when_in_words(desk: Desk, at: str, words: Words) -> str:
    """Say "today, 6:10 AM", or the day."""
    moment = datetime.fromisoformat(at)
    if moment.date() == desk.clock.local().date():
        return words.text("today, {time}", time=time_in_words(moment, words.language))
    return moment_in_words(moment, words.language)


def check_backups(desk: Desk, words: Words) -> Sequence[Check]:
    """For the trust page: one line for each file of records, one for each other place."""
    if desk.backup is None:
        return ()
    notes = read_backups(parts_of(desk).folder)
    found = check_files_told(desk, words)
    others = [one for one in notes.places if not one.is_here]
    found += [_check_place(desk, words, one) for one in (*notes.places[:1], *others)
              if one.trouble or not one.is_here]  # fmt: skip
    if not others:
        title = words.text("Backups elsewhere")
        said = words.text("All backups lie on this computer. If it is lost, they are lost too.")
        to_do = words.text("Open Backups and add a stick, another disk or a shared folder.")
        found.append(Check("backups_elsewhere", Light.AMBER, title, said, to_do))
    return found


def check_files_told(desk: Desk, words: Words) -> list[Check]:
    """A line for each file of records."""
    return [_check_file(desk, words, one) for one in files_told(desk)]


def check_disk(desk: Desk, words: Words) -> Check:
    """For the trust page: whether there will be room, said days before there is none."""
    title = words.text("Room on the disk")
    folder = parts_of(desk).folder
    day = day_of(desk.clock.now())
    try:
        free, files = free_bytes(folder), size_of_files(folder)
    except (DiskFull, StorageFailed, OSError):
        return Check("disk", Light.AMBER, title, words.text("The disk does not say."), "")
    rooms = [Room(*one) for one in read_backups(folder).rooms if one[0] < day]
    left = days_left([*rooms, Room(day, free, files)])
    said = words.text("{size} are free.", size=size_in_words(free))
    to_do = words.text("Make room on this disk, or ask somebody to put in a larger one.")
    if left == 0:
        more = words.text("That is too little for a backup now.")
        return Check("disk", Light.RED, title, f"{said} {more}", to_do)
    if left is not None and left <= _SOON_DAYS:
        more = words.plural(
            "If it goes on like this, it lasts {n} day.",
            "If it goes on like this, it lasts {n} days.", left,
        )  # fmt: skip
        light = Light.RED if left <= _NOW_DAYS else Light.AMBER
        return Check("disk", light, title, f"{said} {more}", to_do)
    return Check("disk", Light.GREEN, title, said)


# --- inside -----------------------------------------------------------------------------------


def _file_told(name: Compartment, seen: Iterable[SeenBackup]) -> FileTold:
    holding = [one for one in seen if name in one.tested]
    copied = holding[0].made if holding else ""
    good = next((one for one in holding if one.tested[name]), None)
    if good is None:
        return FileTold(name, copied=copied)
    tested = max(
        (one.tested[name] for one in holding if one.moment == good.moment and one.tested[name]),
        key=datetime.fromisoformat,
    )
    return FileTold(name, tested, good.made, good.moment, copied)


def _check_file(desk: Desk, words: Words, told: FileTold) -> Check:
    ident = f"backup_{told.compartment}"
    title = words.text("Backup of {file}", file=file_in_words(told.compartment, words))
    if not told.made:
        if told.copied:
            said = words.text("Copied, and not tested yet.")
            return Check(ident, Light.AMBER, title, said, _who_tests(told.compartment, words))
        said = words.text("There is none yet.")
        return Check(ident, Light.RED, title, said, words.text("Open Backups and make one now."))
    age = desk.clock.now() - datetime.fromisoformat(told.made)
    said = words.text(
        "Can be brought back as it was {when}; tested {tested}.",
        when=when_in_words(desk, told.made, words), tested=when_in_words(desk, told.tested, words),
    )  # fmt: skip
    if age <= OVERDUE_AFTER:
        return Check(ident, Light.GREEN, title, said)
    light = Light.RED if age > _LATE else Light.AMBER
    newer = told.copied and datetime.fromisoformat(told.copied) > datetime.fromisoformat(told.made)
    if newer:
        more = words.text("Newer ones are copied, and wait for their test.")
        return Check(ident, light, title, f"{said} {more}", _who_tests(told.compartment, words))
    return Check(ident, light, title, said, words.text("Open Backups and make one now."))


def _who_tests(compartment: Compartment, words: Words) -> str:
    who = {
        Compartment.CARE: words.text("It is tested when a coordinator signs in."),
        Compartment.CASES: words.text("It is tested when a coordinator or an officer signs in."),
        Compartment.SEALED: words.text("It is tested when the privacy officer signs in."),
    }
    return who.get(compartment, words.text("Open Backups and test it now."))


def _check_place(desk: Desk, words: Words, place: BackupPlace) -> Check:
    ident, title = f"backup_place_{place.id}", place_in_words(place, words)
    newest = max((one.made for one in place.seen), key=datetime.fromisoformat, default="")
    said = words.text("Nothing lies there yet.")
    if newest:
        when = when_in_words(desk, newest, words)
        said = words.text("The newest backup there is of {when}.", when=when)
    age = desk.clock.now() - datetime.fromisoformat(newest) if newest else None
    limit = _STICK_LATE if place.kind == "stick" else _LATE
    if place.trouble and (age is None or age > OVERDUE_AFTER or place.is_here):
        light = Light.AMBER if age is not None and age <= limit else Light.RED
        return Check(ident, light, title, f"{trouble_in_words(place, words)} {said}",
                     _mend(place, words))  # fmt: skip
    if age is None or age > limit:
        return Check(ident, Light.AMBER, title, said, words.text("Open Backups and make one now."))
    return Check(ident, Light.GREEN, title, said)


def place_in_words(place: BackupPlace, words: Words) -> str:
    """What a place is called."""
    return words.text("Backups on this computer") if place.is_here else place.name


def trouble_in_words(place: BackupPlace, words: Words) -> str:
    """What hindered the last try; empty: nothing did."""
    if not place.trouble:
        return ""
    if place.trouble == "PlaceMissing":
        if place.kind == "stick":
            return words.text("The stick was not plugged in.")
        return words.text("It did not answer.")
    if place.trouble == "DiskFull":
        return words.text("It is full.")
    return words.text("The last backup could not be written there, or is not whole.")


def _mend(place: BackupPlace, words: Words) -> str:
    if place.trouble == "DiskFull":
        return words.text("Make room there. Older backups stand.")
    if place.kind == "stick":
        return words.text("Plug it in, and open Backups.")
    return words.text("See that it can be reached, and open Backups.")
