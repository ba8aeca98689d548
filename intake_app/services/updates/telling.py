"""How the program's version stands, in words: for the trust page, the update page and About."""

from dataclasses import dataclass
from datetime import datetime
from shlex import quote

from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.services.updates.going_back import WayBack, kept_before
from intake_app.services.updates.looking import waiting
from intake_app.settings.updates import Step, read_notes
from intake_app.words import Words
from intake_app.words.dates import moment_in_words, short_date

NO_PUBLISHER = "none"
DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True)
class VersionTold:
    """The version that runs here.

    Attributes:
        version: It; empty: it runs from its source.
        since: Since when it is seen here: local time with offset; empty: not known.
        before: What it was put over; None: nothing that is known.
        standing: Whose keys this copy has.
        kept: The kept version before it; empty: none.
    """

    version: str
    since: str
    before: Step | None
    standing: str
    kept: str


def version_told(desk: Desk) -> VersionTold:
    """What is known of it; for everybody."""
    if desk.updates is None:
        return VersionTold("", "", None, NO_PUBLISHER, "")
    parts, notes = desk.updates, read_notes(desk.updates.folder)
    is_known = notes.version == parts.here.version
    last = notes.last if notes.last and notes.last.after == parts.here.version else None
    return VersionTold(
        parts.here.version, notes.since if is_known else "", last, parts.standing,
        kept_before(parts) if parts.here.version else "",
    )  # fmt: skip


def since_in_words(told: VersionTold, words: Words) -> str:
    """Say "Version 0.2.0, here since Nov 26, 2026; before it 0.1.0."."""
    if not told.version:
        return words.text("It runs from its source.")
    if not told.since:
        return words.text("Version {own}.", own=told.version)
    day = short_date(datetime.fromisoformat(told.since).date(), words.language)
    if told.before is None:
        return words.text("Version {own}, here since {day}.", own=told.version, day=day)
    return words.text(
        "Version {own}, here since {day}; before it {before}.",
        own=told.version, day=day, before=told.before.before,
    )  # fmt: skip


def publisher_in_words(standing: str, words: Words) -> str:
    """Whose signature updates need here; what is not a release says so."""
    if standing == NO_PUBLISHER:
        return words.text(
            "This copy has no publisher's key: it takes no updates from a stick. Who builds it for "
            "departments sets one."
        )
    if standing == DEVELOPMENT:
        return words.text(
            "This copy believes a development key. It is for trying out, and not for a department."
        )
    return words.text("Updates must be signed by the publisher of this program.")


def check_update(desk: Desk, words: Words) -> Check | None:
    """The line of the trust page where a newer version lies in reach; None: none does."""
    found = waiting(desk)
    if found is None:
        return None
    said = since_in_words(version_told(desk), words)
    wait = words.text("Version {new} waits on “{place}”.", new=found.version, place=found.place)
    to_do = words.text("Let an administrator open Update and install it.")
    title = words.text("Version of the program")
    return Check("program", Light.AMBER, title, f"{said} {wait}", to_do)


class Typed(str):
    """A line that is typed as it stands."""

    __slots__ = ()


def as_typed(command: tuple[str, ...], *, is_administrator: bool = False) -> Typed:
    """A command as it is typed into a terminal."""
    typed = " ".join(map(quote, command))
    return Typed(f"sudo {typed}" if is_administrator else typed)


def way_back_in_words(way: WayBack, words: Words, *, needs_sudo: bool) -> list[str]:
    """How one goes back, line by line; a command stands alone in its line."""
    say = words.text
    lines = [
        say("From {after} back to {before}. Close the program first.",
            after=way.step.after, before=way.step.before),
        say("1. Install the version before. The administrator of this computer types:"),
        as_typed(way.install, is_administrator=needs_sudo),
    ]  # fmt: skip
    if not way.restore:
        return [*lines, say("The records stay as they are. Nothing is lost.")]
    lines += [
        say("2. Bring back the backup of before. It asks for the words of a recovery card:"),
        as_typed(way.restore),
    ]
    if not way.made:
        return [*lines, say("The backup of before is not in this profile. Name a folder with "
                            "backups with --from.")]  # fmt: skip
    when = moment_in_words(way.made, words.language)
    return [*lines, say(
        "What was entered on this computer after {when} is not in that backup. It is put aside in "
        "the folder of the profile, whole, and only the newer version reads it. Note on paper what "
        "has to be entered again.", when=when,
    )]  # fmt: skip
