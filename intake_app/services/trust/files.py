"""Whether the files are sound: looked over in spare time, and remembered on this computer."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from intake_app.domain.clock import stamp
from intake_app.domain.errors import DiskFull, IntakeError, StorageFailed
from intake_app.domain.roles import Compartment
from intake_app.domain.trust import Check, Light, worst
from intake_app.services.desk import Desk
from intake_app.services.needs.trust import TrustParts
from intake_app.services.records.file_words import file_in_words
from intake_app.services.trust.doctor import look_at_files
from intake_app.words import Words
from intake_app.words.dates import short_date

EACH: Final = timedelta(days=7)
"""How often a file is looked over whole."""

AGAIN: Final = timedelta(hours=1)
"""How soon a file that was found damaged is looked over again."""

LATE: Final = timedelta(days=30)
"""A file that nobody looked over for so long is amber: who holds its key did not sign in."""

_NOTE: Final = "looked over"
"""Line of `station` about each file of this computer; see `_Look`."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a file was found.

    Attributes:
        at: When (`stamp`).
        faults: How many things were wrong.
        aside: How many changes were set aside.
    """

    at: str
    faults: int
    aside: int


def look_over_files(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """Look over the open files that are due, until somebody waits; a chore.

    Returns:
        Whether nothing is left to be done.
    """
    parts = desk.trust
    if parts is None:
        return True
    looks = _looks(parts)
    for name, file in parts.files.items():
        if not _is_due(desk, looks.get(name)):
            continue
        if is_wanted():
            return False
        try:
            faults, aside = file.faults_in_spare_time(is_wanted), file.set_aside()
        except IntakeError as error:
            faults, aside = [type(error).__name__], 0
        if faults is None:
            return False
        looks[name] = _Look(stamp(desk.clock), len(faults), aside)
        with suppress(DiskFull, StorageFailed):  # it is looked over again at the next sign-in
            _keep(parts, looks)
    return True


def look_over_now(desk: Desk) -> None:
    """Look over all open files at once, whatever was found before; seconds on large ones."""
    if desk.trust is None:
        return
    _keep(desk.trust, {k: v for k, v in _looks(desk.trust).items() if k not in desk.trust.files})
    look_over_files(desk, lambda: False)


def check_files(desk: Desk, words: Words) -> Check:
    """The files from outside: there, whole pages, encrypted; also those not open here."""
    title = words.text("Files of this computer")
    if desk.trust is None:
        return Check("files", Light.GREEN, title, words.text("This profile lies in memory alone."))
    seen = list(look_at_files(desk.trust.folder, words))
    light = worst(seen)
    if light is Light.GREEN:
        found = words.text("All are there, and encrypted.")
        return Check("files", light, title, found)
    bad = [one for one in seen if one.light.is_bad]
    found = " ".join(f"{one.title}: {one.found}" for one in bad)
    return Check("files", light, title, found, bad[0].to_do)


def check_integrity(desk: Desk, words: Words) -> Check:
    """When each file was last looked over whole, and how it was found."""
    title = words.text("Integrity of the files")
    looks = _looks(desk.trust) if desk.trust is not None else {}
    told = [_say(desk, name, looks[name], words) for name in Compartment if name in looks]
    if not told:
        found = words.text("They are looked over the first time when nobody works for a while.")
        return Check("integrity", Light.GREEN, title, found)
    light = worst(one for one in told)
    found = " ".join(one.found for one in told)
    to_do = next((one.to_do for one in told if one.light is light), "")
    return Check("integrity", light, title, found, to_do)


def _say(desk: Desk, name: Compartment, look: _Look, words: Words) -> Check:
    file, day = file_in_words(name, words), short_date(look.at, words.language)
    say = words.text
    if look.faults:
        to_do = say(
            "Stop working with it, do not delete anything, and bring back the last tested backup."
        )
        found = say("{file}: damaged, seen {day}.", file=file, day=day)
        return Check(name, Light.RED, file, found, to_do)
    if look.aside:
        found = words.plural(
            "{file}: sound, but {n} change made no sense and was set aside.",
            "{file}: sound, but {n} changes made no sense and were set aside.",
            look.aside, file=file,
        )  # fmt: skip
        to_do = say("Make a support file and send it to whoever looks after the program.")
        return Check(name, Light.AMBER, file, found, to_do)
    found = say("{file}: sound, looked over {day}.", file=file, day=day)
    if desk.clock.now() - datetime.fromisoformat(look.at) > LATE:
        to_do = say(
            "Ask somebody who reads these records to sign in here and leave it for a while."
        )
        return Check(name, Light.AMBER, file, found, to_do)
    return Check(name, Light.GREEN, file, found)


def _is_due(desk: Desk, look: _Look | None) -> bool:
    """Also where the clock went back: a look in the future would never be due."""
    if look is None:
        return True
    age = desk.clock.now() - datetime.fromisoformat(look.at)
    return not timedelta() <= age < (AGAIN if look.faults else EACH)


def _looks(parts: TrustParts) -> dict[Compartment, _Look]:
    try:
        told = cast("Mapping[str, Any]", json.loads(parts.notes.meta(_NOTE) or "{}"))
        return {Compartment(name): _read(one) for name, one in told.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}  # it is looked at anew


def _read(one: Mapping[str, Any]) -> _Look:
    at = str(one["at"])
    if datetime.fromisoformat(at).tzinfo is None:
        raise ValueError
    return _Look(at, int(one["faults"]), int(one["aside"]))


def _keep(parts: TrustParts, looks: Mapping[Compartment, _Look]) -> None:
    told = {
        name: {"at": one.at, "faults": one.faults, "aside": one.aside}
        for name, one in looks.items()
    }
    parts.notes.set_meta(_NOTE, json.dumps(told))
