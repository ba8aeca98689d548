"""Why a table of past cases was not read, not imported, or not undone."""

from intake_app.domain.errors import IntakeError


class TableUnreadable(IntakeError):
    """This file could not be read. Save it as .xlsx or .csv, and choose it again."""


class OldSpreadsheet(IntakeError):
    """This is an old or a protected spreadsheet. Save it as .xlsx without a password."""


class NoSpreadsheet(IntakeError):
    """This is not a spreadsheet. Save the table as .xlsx or .csv, and choose that file."""


class TableTooBig(IntakeError):
    """This file is too big to be read safely. Cut it into parts of 50,000 rows at most."""


class TableSuspicious(IntakeError):
    """This file is built in a way that could harm. Ask who made it for a plain .csv file."""


class TableEmpty(IntakeError):
    """There is no table in this file: headings, and at least one row below them."""


class MappingUnreadable(IntakeError):
    """This mapping has a mistake. Nothing was imported."""


class MappingMissing(IntakeError):
    """The mapping says too little: name a column for each thing that is needed."""


class SameFileAgain(IntakeError):
    """This file was imported before. Say that you mean its other rows, or undo that import."""


class NothingToImport(IntakeError):
    """No row of this file can be imported. Look at what is wrong with each of them."""


class ImportChanged(IntakeError):
    """The file is not the one that was looked through. Look through it again."""


class ImportWorkedOn(IntakeError):
    """Somebody worked on records of this import. It can no longer be undone as a whole."""


class ImportHeld(IntakeError):
    """A hold stands on records of this import. It cannot be undone while it does."""


class ImportGone(IntakeError):
    """This import is not here, or was undone already."""


class ListTooLong(IntakeError):
    """This list is too long for one time. Cut it into parts of 2,000 people at most."""


class DayOrderOpen(IntakeError):
    """Nothing in this file tells month and day apart. Say which of the two comes first."""


class NoTokensKept(IntakeError):
    """This program keeps no marks of earlier participation: its file says so (token_months)."""
