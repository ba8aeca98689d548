"""Errors of reports and lists that leave; see `errors` for what they must say."""

from intake_app.domain.errors import IntakeError


class NothingToGive(IntakeError):
    """There is nothing to put on it. Choose other days, or come back later."""
