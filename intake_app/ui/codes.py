"""Codes of the program in words: roles, states of a record, pathways."""

from intake_app.domain.roles import Role
from intake_app.services.case_labels import STATUS as CASE_STATES
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

STATES = {
    "finished": mark("Finished"),
    "amended": mark("Amended"),
    "draft": mark("Not finished"),
    "entered in error": mark("Entered in error"),
}

SHORT_PATHWAYS = {
    "self_referral": mark("Walk-in"),
    "officer_intervention": mark("Officer"),
}


def role_names(roles: frozenset[Role], words: Words) -> str:
    """Say "Coordinator, Front desk", in the order of the table."""
    return ", ".join(words.text(name) for role, name in ROLES.items() if role in roles)


def state_name(code: str, words: Words) -> str:
    """A record's state in words; a code without words is shown as it is."""
    return words.text(STATES.get(code) or CASE_STATES.get(code, code))


def short_pathway_name(code: str, words: Words) -> str:
    """A pathway in a word or two."""
    return words.text(SHORT_PATHWAYS.get(code, code))
