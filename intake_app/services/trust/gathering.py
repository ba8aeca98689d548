"""All checks of the trust page, one after the other; a check that breaks is a line of its own.

Each room gives its own: `check_…(desk, words)`. The clerk's line does without those that take long.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import May, may
from intake_app.domain.trust import Check, Light, worst
from intake_app.services.audit.checks import check_audit, check_clock
from intake_app.services.backup.telling import check_backups, check_disk
from intake_app.services.cards.checks import check_cards, check_keys
from intake_app.services.decisions.checks import check_settings
from intake_app.services.desk import Desk
from intake_app.services.signing.checks import check_keyring, check_second_factor
from intake_app.services.trust.exchange import check_exchange
from intake_app.services.trust.files import check_files, check_integrity, look_over_now
from intake_app.services.trust.machine import (
    check_encryption,
    check_folder,
    check_memory,
    check_program,
    check_spooler,
    look_at_machine_anew,
)
from intake_app.services.trust.waiting import check_directory, check_submissions
from intake_app.services.users.checks import check_users
from intake_app.words import Words

Look = Callable[[Desk, Words], Check | Sequence[Check]]
"""One of the functions named `check_…`."""

OF_THE_DEPARTMENT: Final[tuple[Look, ...]] = (
    check_exchange, check_backups, check_cards, check_keys, check_files, check_integrity,
    check_audit, check_clock, check_users, check_second_factor, check_keyring, check_disk,
    check_submissions, check_directory,
)  # fmt: skip
"""What is read where it lies, in the order of the page."""

SLOWER: Final[tuple[Look, ...]] = (
    check_settings, check_encryption, check_memory, check_spooler, check_folder, check_program,
)  # fmt: skip
"""What takes a second or more: all form files, programs of the system that are asked."""


@dataclass(frozen=True, slots=True)
class TrustTold:
    """The trust page.

    Attributes:
        checks: Its lines, in order.
        at: When it was looked at: the moment on the wall.
    """

    checks: tuple[Check, ...]
    at: datetime

    @property
    def light(self) -> Light:
        """The worst of all lines."""
        return worst(self.checks)

    def count(self, light: Light) -> int:
        """How many lines have a light."""
        return sum(one.light is light for one in self.checks)


def trust(desk: Desk, words: Words, *, anew: bool = False) -> TrustTold:
    """Look at everything.

    Args:
        desk: Whose.
        words: Language of the lines.
        anew: Files and computer are looked over once more, whatever was found lately.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.SEE_TRUST)
    if anew:
        look_over_now(desk)
        if desk.trust is not None:
            look_at_machine_anew(desk.trust)
    return TrustTold(looked_at(desk, words), desk.clock.local())


def looked_at(desk: Desk, words: Words) -> tuple[Check, ...]:
    """All lines; a part of what asks for the role."""
    return tuple(_looked(desk, words, (*OF_THE_DEPARTMENT, *SLOWER)))


def subjects() -> frozenset[str]:
    """The words that ids of checks begin with: "backups", "clock"; no name of anything."""
    looks = (*OF_THE_DEPARTMENT, *SLOWER)
    return frozenset(_subject(look) for look in looks)


def trust_line(desk: Desk, words: Words) -> str:
    """What everybody is told: nothing while no line is red; else whom to tell. It blocks nothing.

    Amber is for those who see the page: a line that asks every day tells nobody anything. Of a
    training department nothing is told: it holds fiction.
    """
    if desk.is_training:
        return ""
    reds = [one for one in _looked(desk, words, OF_THE_DEPARTMENT) if one.light is Light.RED]
    if not reds:
        return ""
    if may(desk.person.roles, May.SEE_TRUST):
        return words.plural(
            "{n} thing needs you now.", "{n} things need you now.",
            len(reds),
        )  # fmt: skip
    return words.text("Something needs attention. Please tell your administrator.")


def _looked(desk: Desk, words: Words, looks: Sequence[Look]) -> Iterator[Check]:
    for look in looks:
        try:
            found = look(desk, words)
        except Exception as error:  # noqa: BLE001 (one check that breaks must not hide the others)
            found = _broken(look, error, words)
        yield from [found] if isinstance(found, Check) else found


def _broken(look: Look, error: Exception, words: Words) -> Check:
    """A check that could not be made is amber: nothing is known to be wrong, nor to be right."""
    why = words.text(error.sentence()) if isinstance(error, IntakeError) else type(error).__name__
    found = words.text("This could not be looked at: {why}", why=why)
    to_do = words.text("Make a support file and send it to whoever looks after the program.")
    return Check(_subject(look), Light.AMBER, words.text("A check that failed"), found, to_do)


def _subject(look: Look) -> str:
    return str(getattr(look, "__name__", "check")).removeprefix("check_")
