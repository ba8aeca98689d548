"""Two departments that know the same people, a county that merges, and what was sent to it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from outside import WORDS_TO_OPEN, entered, outsider
from profiles import Profile

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.county import Came
from intake_app.domain.disclosure import RecipientKind
from intake_app.domain.roles import Role
from intake_app.services.county.departments import confirm_sender, open_inbox, receive
from intake_app.services.county.extracting import CountyAsk, county_would_leave, make_county_extract
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import enter_agreement
from intake_app.services.exports.county_key import make_county_key, take_county_key
from intake_app.services.needs.county import Inbox

MADE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SINCE, UNTIL = "2020-01-01", "2026-11-22"
COUNTY = "Pine County"


@dataclass
class Agency:
    """A department with fictional people, who may merge, and under which agreement."""

    profile: Profile
    recipient: str
    agreement: str = ""

    @contextmanager
    def sits(self, role: Role = Role.COORDINATOR) -> Generator[Desk]:
        gate = self.profile.gate()
        try:
            yield self.profile.unlock(gate, role)
        finally:
            gate.lock()

    def ask(self, **changed: str) -> CountyAsk:
        return replace(CountyAsk(self.recipient, SINCE, UNTIL, self.agreement, "audit"), **changed)


def department(profile: Profile) -> Agency:
    """It enters who merges, and the agreement."""
    one = Agency(profile, "")
    with one.sits(Role.ADMINISTRATOR) as desk:
        one.recipient = entered(desk, outsider(COUNTY, RecipientKind.MERGER))
    with one.sits() as desk:
        one.agreement = enter_agreement(desk, COUNTY, "MOU 2026-1", "2026-01-01")
    return one


def trained(folder: Path) -> Profile:
    """Another department with the same fictional people."""
    clock = FixedClock(MADE)
    return Profile(folder, clock, ProfileGate(folder, clock).make_training(folder, 2, seed=1))


@dataclass
class World:
    """Two departments that know the same people, the county, and what was sent."""

    one: Agency
    other: Agency
    county: Profile
    words: tuple[str, ...]
    sealed: dict[str, bytes]


def two_departments(template: Profile, folder: Path) -> World:
    """All of it, in an empty folder."""
    one = department(template.copy_to(folder / "one"))
    other = department(trained(folder / "other"))
    county = replace(
        template.copy_to(folder / "county"), clock=FixedClock(MADE + timedelta(days=3))
    )
    with one.sits() as desk:
        words = make_county_key(desk, "2026")
        sealed = {"one.sealed": sent(desk, one.ask())}
    with other.sits() as desk:
        take_county_key(desk, " ".join(words).upper(), "2026")
        sealed["other.sealed"] = sent(desk, other.ask())
    return World(one, other, county, words, sealed)


def sent(desk: Desk, ask: CountyAsk) -> bytes:
    return make_county_extract(desk, county_would_leave(desk, ask)).file.data


def inbox_of(desk: Desk, folder: Path) -> Inbox:
    key_file = outsider(COUNTY, RecipientKind.MERGER).key_file
    return open_inbox(desk, key_file, WORDS_TO_OPEN, str(folder / "recipient.key"))


def came_to(desk: Desk, folder: Path, sealed: dict[str, bytes]) -> tuple[Came, ...]:
    inbox = inbox_of(desk, folder)
    for stranger in receive(desk, inbox, sealed).strangers:
        confirm_sender(desk, inbox, stranger)
    found = receive(desk, inbox, sealed)
    assert not found.strangers
    assert not found.refused
    return found.came
