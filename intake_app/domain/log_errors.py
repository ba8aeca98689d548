"""Errors of the logs of requests, complaints and breaches; see `errors` for what they must say."""

from intake_app.domain.errors import IntakeError


class DueTooEarly(IntakeError):
    """The new day must be later than the one before. Choose a later day."""


class AnsweredAlready(IntakeError):
    """This was answered. Add a note, or answer it anew."""
