"""Errors of enrolling and joining; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class BadRequest(IntakeError):
    """This is no request of a new computer, or it was changed on the way. Ask for it again."""


class WordsDiffer(IntakeError):
    """The words are not the ones on the new computer. Do not let it in; compare them again."""


class EnrolledAlready(IntakeError):
    """This computer was struck, or its request is another one's. Begin anew on it."""


class BadAnswer(IntakeError):
    """This is not the answer to this computer's request, or it was changed on the way."""


class NoAnswerYet(IntakeError):
    """There is no answer for this computer here yet. Ask your administrator."""


class NothingFound(IntakeError):
    """There is no request of a new computer in this place."""


class NotThisStation(IntakeError):
    """This is the computer you work at. Strike it from another one."""


class StationMissing(IntakeError):
    """There is no such computer, or it was struck already."""


class NoPlace(IntakeError):
    """This folder cannot be written to. Choose another one, or put the stick in again."""
