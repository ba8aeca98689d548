"""Roles in words. The lock screen asks for a hat with them, so this loads nothing else."""

from intake_app.domain.roles import Role
from intake_app.words import Words, mark

ROLES = {
    Role.FRONT_DESK: mark("Front desk"),
    Role.RECEPTION: mark("Reception"),
    Role.OFFICER: mark("Officer"),
    Role.SUPERVISOR: mark("Supervisor"),
    Role.COORDINATOR: mark("Coordinator"),
    Role.ADMINISTRATOR: mark("Administrator"),
    Role.PRIVACY_OFFICER: mark("Privacy officer"),
}


def role_names(roles: frozenset[Role], words: Words) -> str:
    """Say "Coordinator, Front desk", in the order of the table."""
    return ", ".join(words.text(name) for role, name in ROLES.items() if role in roles)
