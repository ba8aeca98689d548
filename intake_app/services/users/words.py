"""People and keys in words, for the window, the trust page and the command line."""

from typing import Final

from intake_app.domain.roles import KEYS, RECORDS, Compartment, Role
from intake_app.domain.staffing import Why
from intake_app.services.records.role_words import role_name
from intake_app.services.users.granting import KeyAsked
from intake_app.services.users.listing import Standing
from intake_app.words import Words, mark
from intake_app.words.dates import moment_in_words

_READS: Final = {
    Compartment.CARE: mark("those who asked for help"),
    Compartment.CASES: mark("held cases"),
    Compartment.SEALED: mark("sealed cases"),
}
_STANDING: Final = {
    Standing.WORKING: mark("Works here"),
    Standing.LOCKED: mark("Locked after wrong tries"),
    Standing.AWAY: mark("Turned off: away too long"),
    Standing.DISABLED: mark("Disabled"),
    Standing.LEFT: mark("Has left"),
}
_WHY: Final = {
    Why.NEW: mark("{by} let {name} in, {when}."),
    Why.RENEWED: mark("{by} gave {name} a new passphrase, {when}."),
    Why.ROLE: mark("{by} gave {name} a role, {when}."),
}


def reads(compartment: Compartment, words: Words) -> str:
    """What the key of a file lets somebody read."""
    return words.text(_READS[compartment])


def standing_in_words(standing: Standing, words: Words) -> str:
    """How a sign-in stands."""
    return words.text(_STANDING[standing])


def request_in_words(asked: KeyAsked, words: Words) -> str:
    """Say "A. Pruitt asks that M. Hale may read those who asked for help."."""
    what = reads(asked.asked.compartment, words)
    if asked.for_self:
        told = words.text("{name} asks to read {what}, for themselves.", name=asked.name, what=what)
    else:
        told = words.text(
            "{by} asks that {name} may read {what}.", by=_by(asked, words), name=asked.name,
            what=what,
        )  # fmt: skip
    return told


def reason_in_words(asked: KeyAsked, words: Words) -> str:
    """Say what made it necessary, and to ask that person first."""
    when = moment_in_words(asked.asked.at, words.language)
    why = words.text(_WHY[asked.why], by=_by(asked, words), name=asked.name, when=when)
    return f"{why} {words.text('Ask {name} first whether that is so.', name=asked.name)}"


def role_in_words(role: Role, words: Words, kind: str) -> str:
    """A role, and what it lets somebody read."""
    found = ", ".join(reads(one, words) for one in RECORDS if one in KEYS[role])
    if not found:
        return words.text("{role}: reads no records", role=role_name(role, words, kind))
    return words.text("{role}: reads {what}", role=role_name(role, words, kind), what=found)


def _by(asked: KeyAsked, words: Words) -> str:
    return asked.by or words.text("A recovery card")
