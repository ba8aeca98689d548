"""This computer around the program: what it may leave in the clear where no key protects it.

Said as far as it can be seen without rights. Nothing here is red: the records themselves are
encrypted whatever the computer does.
"""

from collections.abc import Mapping
from dataclasses import replace

from intake_app.domain.exchange_state import ExchangeState
from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.services.needs.trust import TrustParts
from intake_app.services.updates.telling import check_update, since_in_words, version_told
from intake_app.words import Words

PROGRAM = "intake-app"
"""Its own name among the versions."""


def check_encryption(desk: Desk, words: Words) -> Check:
    """Whether the system encrypts the disk: for what leaves the program in the clear."""
    title, say = words.text("Disk encryption"), words.text
    if desk.trust is None:
        return _not_here("encryption", title, words)
    is_on = desk.trust.machine.facts().is_encrypted
    if is_on:
        found = say("The disk is encrypted by the system.")
        return Check("encryption", Light.GREEN, title, found)
    to_do = say(
        "Turn on BitLocker, FileVault or LUKS. Records are encrypted without it; printed pages, "
        "saved PDFs and the memory of this computer are not."
    )
    if is_on is None:
        found = say("It cannot be seen from this account whether the disk is encrypted.")
        return Check("encryption", Light.AMBER, title, found, to_do)
    found = say("The disk is not encrypted by the system.")
    return Check("encryption", Light.AMBER, title, found, to_do)


def check_memory(desk: Desk, words: Words) -> Check:
    """Whether swap and hibernation may leave what was on screen on the disk."""
    title, say = words.text("Swap and hibernation"), words.text
    if desk.trust is None:
        return _not_here("memory", title, words)
    is_safe = desk.trust.machine.facts().is_memory_safe
    if is_safe:
        found = say("What the system puts aside of its memory is encrypted, or it puts none aside.")
        return Check("memory", Light.GREEN, title, found)
    to_do = say("Encrypt the disk, or turn off hibernation and the swap file.")
    if is_safe is None:
        found = say("It cannot be seen whether memory is put aside on the disk in the clear.")
        return Check("memory", Light.AMBER, title, found, to_do)
    found = say("The system may write its memory to the disk in the clear.")
    return Check("memory", Light.AMBER, title, found, to_do)


def check_spooler(desk: Desk, words: Words) -> Check:
    """Whether the print spooler keeps what was printed."""
    if desk.trust is None:
        return _not_here("spooler", words.text("Print spooler"), words)
    return say_spooler(desk.trust.machine.facts().keeps_pages, words)


def say_spooler(keeps: bool | None, words: Words) -> Check:
    """The line, of what was seen; also for `doctor`."""
    title, say = words.text("Print spooler"), words.text
    if keeps is None:
        found = say("It cannot be seen from this account whether it keeps printed pages.")
        to_do = say(
            "Have whoever set up this computer look: in Windows “Keep printed documents” must be "
            "off, in cupsd.conf PreserveJobFiles must be No."
        )
        return Check("spooler", Light.AMBER, title, found, to_do)
    if keeps:
        found = say("It keeps pages that were printed.")
        to_do = say(
            "Turn off “Keep printed documents” in Windows, or set PreserveJobFiles No in "
            "cupsd.conf."
        )
        return Check("spooler", Light.AMBER, title, found, to_do)
    return Check("spooler", Light.GREEN, title, say("It keeps no page that was printed."))


def check_folder(desk: Desk, words: Words) -> Check:
    """Who else on this computer may look into the profile's folder, and whether it is copied."""
    title, say = words.text("Folder of the records"), words.text
    if desk.trust is None:
        return _not_here("folder", title, words)
    facts = desk.trust.machine.facts()
    if facts.is_carried_off:
        found = say("A service that copies files to the internet looks after this folder.")
        to_do = say(
            "Take the folder out of OneDrive, Dropbox or the like: half-written copies damage "
            "files, and no backup is tested there."
        )
        return Check("folder", Light.RED, title, found, to_do)
    if facts.is_private is False:
        found = say("Other accounts of this computer may look into it. The files are encrypted.")
        to_do = say("Take the rights of other accounts away from this folder.")
        return Check("folder", Light.AMBER, title, found, to_do)
    found = say("Nobody else on this computer looks into it.")
    if facts.is_private is None:
        found = say("It lies among the files of this account. Windows keeps other accounts out.")
    return Check("folder", Light.GREEN, title, found)


def check_program(desk: Desk, words: Words) -> Check:
    """Which version runs here, and whether another station or a stick has a newer one."""
    title, say = words.text("Version of the program"), words.text
    own = versions_of(desk).get(PROGRAM, "")
    state = desk.exchange.state() if desk.exchange is not None else None
    newer = _newest(state, own)
    if newer:
        found = say("This computer runs {own}, another station runs {newer}.", own=own, newer=newer)
        to_do = say("Install the newer program here too.")
        return Check("program", Light.AMBER, title, found, to_do)
    if (update := check_update(desk, words)) is not None:
        return update
    told = version_told(desk)
    found = since_in_words(told if told.version else replace(told, version=own), words)
    return Check("program", Light.GREEN, title, found)


def versions_of(desk: Desk) -> Mapping[str, str]:
    """Of the program and of what it is made of, by name."""
    return dict[str, str]() if desk.trust is None else desk.trust.versions


def _newest(state: ExchangeState | None, own: str) -> str:
    """The newest version at another station, where it is newer than this one; else empty."""
    found = [one.program for one in (state.stations if state else ()) if not one.is_here]
    newest = max((one for one in found if one), key=_in_order, default="")
    return newest if own and newest and _in_order(newest) > _in_order(own) else ""


def _in_order(version: str) -> tuple[int, ...]:
    """Numbers of a version, so that 0.10 comes after 0.9; what is no number counts as none."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def _not_here(ident: str, title: str, words: Words) -> Check:
    return Check(ident, Light.GREEN, title, words.text("This profile lies in memory alone."))


def look_at_machine_anew(parts: TrustParts) -> None:
    """See again what may have been changed."""
    parts.machine.facts(anew=True)
