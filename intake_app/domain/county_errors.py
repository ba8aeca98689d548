"""Errors of several departments; see `errors` for what their first lines are for."""

from intake_app.domain.errors import IntakeError


class NoCountyKey(IntakeError):
    """There is no county key here. Enter the words that another department gave you."""


class CountyKeyDiffers(IntakeError):
    """The files here hold different county keys. Enter the words of this year's key again."""


class BadCountyKey(IntakeError):
    """These are not the words of a county key. Look at each word again."""


class BadExtract(IntakeError):
    """This is no extract of a department, or it was altered. Nothing of it was used."""


class ExtractTooLarge(IntakeError):
    """This is too much for one file. Choose a shorter period."""


class CountyKeysDiffer(IntakeError):
    """The departments used different county keys. Ask each for an extract with this year's key."""


class ScopesDiffer(IntakeError):
    """A department sent one extract of care and cases and one without. Ask for the same again."""


class ExtractsMissing(IntakeError):
    """A department's extracts leave out some of these days. Ask it for what is missing."""


class HoldsCountyKey(IntakeError):
    """You hold the county key and could find people in extracts. Let somebody else merge."""


class NoOtherAgency(IntakeError):
    """There is one department only. A county report needs two or more."""


class TooFewForResearch(IntakeError):
    """So few people are in this period that rows would tell who they are. Take a longer one."""


class DaysTooFewForResearch(IntakeError):
    """In so few days, days that are moved tell as much as true ones. Take a year or more."""


class CountyToldBefore(IntakeError):
    """A report of other days overlaps these. Take the same days, or days that hold all of them."""
