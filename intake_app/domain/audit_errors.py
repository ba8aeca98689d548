"""Errors of the audit of the trail; see `errors` for what they must say."""

from intake_app.domain.errors import IntakeError


class BadExport(IntakeError):
    """This file is no whole export of an audit trail: it was altered or cut short."""


class WordsDiffer(IntakeError):
    """The eight words are another department's. Ask the department for its words again."""


class WeekNotOver(IntakeError):
    """This week is not over yet. Sign it off when it is."""


class SignedAlready(IntakeError):
    """This week was signed off already."""


class LinesMissing(IntakeError):
    """Lines that belong to this week cannot be read here. Tell your administrator."""
