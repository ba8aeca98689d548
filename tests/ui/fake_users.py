"""People of a department in memory, for pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake_app.domain.ids import UserId
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.staffing import Asked, Colleague, Why
from intake_app.services.needs.users import UserParts

CARE, STATION = Compartment.CARE, Compartment.STATION
AT = "2026-11-23T10:05:00.00-0500"
READS = frozenset({STATION, CARE})
STAFF = (
    Colleague(UserId("u1"), "mhale", "M. Hale", frozenset({Role.FRONT_DESK}), AT, READS, READS),
    Colleague(UserId("u2"), "rlowe", "R. Lowe", frozenset({Role.COORDINATOR}), AT, READS, READS),
    Colleague(UserId("u3"), "dreyes", "D. Reyes", frozenset({Role.OFFICER}), AT, is_disabled=True),
    Colleague(UserId("u5"), "admin", "K. Ames", frozenset({Role.ADMINISTRATOR}), AT),
    Colleague(UserId("u8"), "nvega", "N. Vega", frozenset({Role.FRONT_DESK}), AT),
    Colleague(UserId("u9"), "old", "O. Old", frozenset({Role.OFFICER}), AT, has_left=True),
)
WAITS = Asked("e1", UserId("u8"), CARE, UserId("u5"), AT, Why.NEW)


@dataclass
class FakeGiven:
    user: UserId
    passphrase: str = "purchase squeeze razor pupil"  # noqa: S105 (made up)
    entries: tuple[str, ...] = ()
    travel: tuple[str, ...] = ()


class FakeUserDesk:
    """Does what it is told, in memory."""

    def __init__(self) -> None:
        self.staff = {one.id: one for one in STAFF}
        self.locked = {"mhale"}
        self.waits = [WAITS]
        self.done: list[str] = []

    @property
    def stations(self) -> int:
        return 1

    def people(self) -> Sequence[Colleague]:
        return tuple(self.staff.values())

    def is_locked(self, user_name: str) -> bool:
        return user_name in self.locked

    def release(self, user_name: str) -> None:
        self.locked.discard(user_name)

    def add(self, user_name: str, shown_name: str, roles: frozenset[Role]) -> FakeGiven:
        user = UserId(f"n{len(self.staff)}")
        self.staff[user] = Colleague(user, user_name, shown_name, roles, AT)
        return FakeGiven(user)

    def renew(self, user: UserId) -> FakeGiven:
        self.staff[user] = replace(self.staff[user], is_disabled=False)
        return FakeGiven(user)

    def disable(self, user: UserId) -> tuple[str, ...]:
        self.staff[user] = replace(self.staff[user], is_disabled=True)
        return ()

    def leave(self, user: UserId) -> tuple[str, ...]:
        self.staff[user] = replace(self.staff[user], has_left=True)
        return ()

    def change_roles(
        self, user: UserId, roles: frozenset[Role], card: str = ""
    ) -> tuple[str, ...]:  # fmt: skip
        self.staff[user] = replace(self.staff[user], roles=roles)
        return ()

    def undo(self) -> None: ...

    def waiting(self) -> Sequence[Asked]:
        return tuple(self.waits)

    def asked(self) -> Sequence[Asked]:
        return tuple(self.waits)

    def grant(self, user: UserId, compartment: Compartment) -> tuple[str, ...]:
        self.waits = []
        return ()

    def settle(self) -> tuple[str, ...]:
        return ()


class NoSignIns:
    """Nobody has signed in lately."""

    def days(self, since: str) -> list[tuple[UserId, str]]:
        return []

    def newest(self) -> list[str]:
        return []


def fake_users() -> UserParts:
    return UserParts(FakeUserDesk(), NoSignIns(), 90)
