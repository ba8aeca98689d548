"""Errors of exports; see `errors` for what their first lines are for."""

from intake_app.domain.errors import BadEntry, IntakeError


class ExportMissing(IntakeError):
    """There is no such export here, or its mapping file has a mistake. Check forms and tables."""


class AgreementNotWhole(BadEntry):
    """Say with whom, which agreement, and from which day on. Its last day comes after the first."""


class AgreementNeeded(IntakeError):
    """No agreement in force allows this to leave. Enter the agreement, or choose one that holds."""


class ReasonNeeded(IntakeError):
    """This export tells days or names. Choose why it is allowed, or make it less exact."""


class NothingToExport(IntakeError):
    """Nothing would be in this file. Look at the days, and at what was left out."""


class ChangedSince(IntakeError):
    """Something changed since this export was prepared. Nothing was saved. Prepare it again."""


class FileIsThere(IntakeError):
    """There is a file of this name already. Nothing was replaced. Choose another name."""


class ExportStopped(IntakeError):
    """The export was stopped. Nothing was saved."""


class TooLargeToExport(IntakeError):
    """This is more than one export can hold. Choose fewer days."""
