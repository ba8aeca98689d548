"""Errors of recovery cards; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class NoNewCards(IntakeError):
    """There are no new cards to count: they were forgotten. Make them again."""
