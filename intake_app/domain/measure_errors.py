"""What can go wrong when numbers are asked for; the first line of each is what people read."""

from intake_app.domain.errors import BadEntry, IntakeError


class MeasureMissing(IntakeError):
    """There is no such measure, or its file has a mistake."""


class CutMissing(IntakeError):
    """Numbers cannot be cut by that, or only somebody else may do it."""


class TooManyCuts(IntakeError):
    """A table is cut by two things at most, and by each of them once."""


class BadPeriod(IntakeError):
    """The period ends before it begins, or one of its days is no day."""


class ArrestDayOpen(BadEntry):
    """A yes needs the day of the new arrest, and the other answers need none."""


class ArrestBeforeContact(BadEntry):
    """This day lies before the contact. Enter the first new arrest after it."""
