"""A department that asks for a second proof, and phones that show codes."""

import base64
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import SetUpCode
from intake_app.services.desk import Desk
from intake_app.services.signing.signing_in import NewPerson, SetUp
from intake_app.settings.agency import Agency

NOON = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)
HALE = NewPerson("mhale", "M. Hale", "seven gray geese", frozenset({Role.FRONT_DESK}))
AMES = NewPerson("kames", "K. Ames", "walnut harbor tin", frozenset({Role.ADMINISTRATOR}))
BOTH = NewPerson("tiny", "T. Iny", "lantern under oak",
                 frozenset({Role.SUPERVISOR, Role.COORDINATOR}))  # fmt: skip


@dataclass
class Phone:
    """An authenticator app: it was shown the secret once."""

    secret: str
    clock: FixedClock

    def code(self, later: int = 0) -> str:
        """What it shows now, or so many steps of 30 seconds later."""
        maker = TOTP(base64.b32decode(self.secret), 6, SHA1(), 30)  # noqa: S303
        at = int((self.clock.now() + timedelta(seconds=30 * later)).timestamp())
        return maker.generate(at).decode()


@dataclass
class House:
    """One profile that several processes open, one after the other."""

    folder: Path
    clock: FixedClock

    def gate(self) -> ProfileGate:
        return ProfileGate(self.folder, self.clock)

    def enrol(self, who: NewPerson, gate: ProfileGate | None = None) -> Phone:
        """The first sign-in: the phone takes the square code."""
        at = gate or self.gate()
        with pytest.raises(SetUpCode):
            at.unlock(who.user_name, who.passphrase, min(who.roles))
        phone = Phone("".join(at.steps.offer_phone().groups), self.clock)
        at.steps.confirm_code(phone.code())
        at.lock()
        return phone

    def copy_to(self, folder: Path) -> "House":
        shutil.copytree(self.folder, folder)
        return House(folder, FixedClock(self.clock.at))


def found(folder: Path, policy: str = "cjis_6_0") -> House:
    """A department of three, with the second proof that is asked for by default."""
    agency = Agency(name="Pine Hollow", prefix="PH", sign_in_policy=policy)
    house = House(folder, FixedClock(NOON))
    asked = SetUp(agency, (AMES, HALE, BOTH), ("mhale", "tiny"))
    house.gate().found(asked, use_keyring=False)
    return house


def lines(desk: Desk, what: str) -> list[tuple[str, str]]:
    """Who did something, and how it ended, by the log of `station`."""
    rows = desk.station.database.conn.execute(  # pyright: ignore[reportAttributeAccessIssue]
        "SELECT user, outcome FROM audit WHERE act=? ORDER BY n", (what,)
    )
    return [(str(user), str(outcome)) for user, outcome in rows]
