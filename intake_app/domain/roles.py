"""Roles, and what each may do: one table, denied unless it is written here (domain facts 3.5)."""

from enum import StrEnum
from typing import Final

from intake_app.domain.errors import NotAllowed


class Role(StrEnum):
    """A hat that a person wears; one person may have several."""

    FRONT_DESK = "front_desk"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"


class Compartment(StrEnum):
    """An encrypted file with a key of its own."""

    STATION = "station"
    CARE = "care"
    CASES = "cases"
    SEALED = "sealed"


class May(StrEnum):
    """Something that a service does, and that a role may or may not do."""

    TAKE_WALK_IN = "take a walk-in"
    FIND_PEOPLE = "find people"
    READ_INTAKE = "read an intake"
    AMEND_INTAKE = "amend an intake"
    ISSUE_PAPER = "issue a paper"
    SEE_PROVIDERS = "see providers"
    IMPORT_PROVIDERS = "import providers"
    LOG_CALL = "log a call"
    KEEP_ROSTER = "keep the roster"
    MANAGE_USERS = "manage users"
    CHANGE_SETTINGS = "change settings"
    RELEASE_LOCKOUT = "release a locked sign-in"


_DESK: Final = frozenset({
    May.TAKE_WALK_IN, May.FIND_PEOPLE, May.READ_INTAKE, May.AMEND_INTAKE, May.ISSUE_PAPER,
    May.SEE_PROVIDERS, May.LOG_CALL,
})  # fmt: skip

MATRIX: Final = {
    Role.FRONT_DESK: _DESK,
    Role.COORDINATOR: _DESK | {May.IMPORT_PROVIDERS, May.KEEP_ROSTER},
    Role.OFFICER: frozenset({May.SEE_PROVIDERS}),
    Role.SUPERVISOR: frozenset({May.SEE_PROVIDERS, May.KEEP_ROSTER, May.RELEASE_LOCKOUT}),
    Role.ADMINISTRATOR: frozenset({
        May.SEE_PROVIDERS, May.IMPORT_PROVIDERS, May.KEEP_ROSTER, May.MANAGE_USERS,
        May.CHANGE_SETTINGS, May.RELEASE_LOCKOUT,
    }),
    Role.PRIVACY_OFFICER: frozenset[May](),
}  # fmt: skip

KEYS: Final = {
    Role.FRONT_DESK: frozenset({Compartment.STATION, Compartment.CARE}),
    Role.COORDINATOR: frozenset({Compartment.STATION, Compartment.CARE, Compartment.CASES}),
    Role.OFFICER: frozenset({Compartment.STATION, Compartment.CASES}),
    Role.SUPERVISOR: frozenset({Compartment.STATION, Compartment.CASES}),
    Role.ADMINISTRATOR: frozenset({Compartment.STATION}),
    Role.PRIVACY_OFFICER: frozenset({Compartment.STATION, Compartment.SEALED}),
}
"""Which keys a role is granted. The front desk holds `care` until the drop box exists."""


def may(roles: frozenset[Role], act: May) -> bool:
    """Whether any of these roles includes an act."""
    return any(act in MATRIX[role] for role in roles)


def require(roles: frozenset[Role], act: May) -> None:
    """Refuse unless one of these roles includes the act.

    Raises:
        NotAllowed: None does.
    """
    if not may(roles, act):
        raise NotAllowed(act)
