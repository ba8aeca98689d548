"""Roles in words. The lock screen asks for a hat with them, so this loads nothing else."""

from typing import Final

from intake_app.domain.pathway import POLICE
from intake_app.domain.roles import Role
from intake_app.words import Words, mark

ROLES: Final = {
    Role.FRONT_DESK: mark("Front desk"),
    Role.RECEPTION: mark("Reception"),
    Role.OFFICER: mark("Officer"),
    Role.SUPERVISOR: mark("Supervisor"),
    Role.COORDINATOR: mark("Coordinator"),
    Role.ADMINISTRATOR: mark("Administrator"),
    Role.PRIVACY_OFFICER: mark("Privacy officer"),
}


_NEUTRAL: Final = {Role.OFFICER: mark("First responder")}
"""What a role is called where the agency is not police."""


def role_name(role: Role, words: Words, kind: str = POLICE) -> str:
    """A role, as a kind of agency calls it."""
    return words.text((kind != POLICE and _NEUTRAL.get(role)) or ROLES[role])


def role_names(roles: frozenset[Role], words: Words, kind: str = POLICE) -> str:
    """Say "Coordinator, Front desk", in the order of the table."""
    return ", ".join(role_name(role, words, kind) for role in ROLES if role in roles)
