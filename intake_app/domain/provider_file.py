"""What a file of providers says, and what it would change: read, compared, not yet imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake_app.domain.change import Value
from intake_app.domain.ids import RecordId


class Reason(StrEnum):
    """Why a row or a cell was left out; each sentence is a message of the translation catalog."""

    NO_NAME = "It has no name."
    BAD_ID = "The id is empty, too long or damaged."
    NOT_A_ROW = "This is not an entry with named fields."
    NOT_A_LIST = "This is not a list."
    NOT_TEXT = "This is not a text."
    TOO_LONG = "The text is too long."
    BAD_LETTERS = "Some letters are damaged. Save the file as UTF-8."
    BAD_NUMBER = "This is not a number that makes sense here."
    BAD_DATE = "This is not a date like 2026-11-23."
    BAD_STATUS = "The status is not one of active, inactive, defunct, temporarily closed."
    BAD_YES_NO = "This is not yes or no."
    BAD_CHOICE = "This is not one of the allowed words."
    BAD_SCHEDULE = "These opening hours could not be understood. The words were kept."
    NO_PARENT = "It belongs to an entry that is not in the file."
    GIVEN_TWICE = "The same id is given twice, with different facts. The first was kept."
    TOO_MANY_CELLS = "The row has more cells than the first row has names."
    TOO_MANY = "There are too many of these for one entry. The first ones were kept."
    BROKEN_ROW = "The row is broken. Look for a quotation mark without its pair."
    REMOVED_HERE = "It was removed at this station and is not brought back."
    FORMULA = "It begins like a spreadsheet formula. It is kept as plain text."


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing in the file that a person should look at.

    Attributes:
        where: "services.csv, line 12" or "$.organizations[3].services[0]".
        reason: Why.
        column: The cell, or empty for the whole row.
        is_skipped: The whole row was left out; otherwise only the cell was, or nothing.
    """

    where: str
    reason: Reason
    column: str = ""
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the file tells it.

    Attributes:
        record: The record it is or will be.
        kind: Service or organization.
        name: What a person reads in the preview.
        where: Where in the file it stands.
        fields: Only what the file says; what is absent stays as it is.
        about: The organization's record, for a service.
        has_made_id: The file gives no id, so that names must do to find the record here.
    """

    record: RecordId
    kind: str
    name: str
    where: str
    fields: Mapping[str, Value]
    about: RecordId = RecordId("")
    has_made_id: bool = False


@dataclass(frozen=True, slots=True)
class ProviderFile:
    """All that was read from a file or folder.

    Attributes:
        entries: What can be imported.
        problems: What was left out, and why.
        marks: What was kept but deserves a look.
        whole: Organizations whose services the file lists in full: what is not there has closed.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    marks: tuple[RowProblem, ...] = ()
    whole: frozenset[RecordId] = frozenset()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that would change.

    Attributes:
        field: Its name.
        old: As it is here; None where it was never said.
        new: As the file says.
    """

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A record that would change.

    Attributes:
        entry: What the file says.
        changes: Field by field.
    """

    entry: Entry
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do; nothing is done until a person agrees.

    Attributes:
        new: Records that do not exist here yet.
        changed: Records whose facts differ.
        closed: Services that the file calls closed, or no longer lists.
        kept: Facts that were edited here and that the file says otherwise: what is here stays,
            unless somebody takes the file's.
        unchanged: How many are as they were.
        problems: What was left out, and why.
        marks: What was kept but deserves a look.
    """

    new: tuple[Entry, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    closed: tuple[EntryChange, ...] = ()
    kept: tuple[EntryChange, ...] = ()
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = field(default=())
    marks: tuple[RowProblem, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether an import would change nothing."""
        return not (self.new or self.changed or self.closed or self.kept)
