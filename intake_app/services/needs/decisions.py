"""What decisions about forms, papers, lists and days ask of the outside, as Protocols.

`rulebook` brings the files and their checker, `settings` the place of a pack that is tried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from intake_app.domain.decision import Decision
from intake_app.domain.form_change import CodeRow, FileChange, Spoken
from intake_app.domain.paper import Sheet
from intake_app.domain.retention import Schedule
from intake_app.services.needs.everyday import Frame, Guide, Library


class Files(Protocol):
    """The department's texts over those that ship: `rulebook.department_files`."""

    def renew(self, decisions: Sequence[Decision], texts: Mapping[str, str]) -> None:
        """Take what was decided until now."""
        ...

    def text(self, name: str) -> str | None:
        """A text as it is in force today."""
        ...

    def shipped(self, name: str) -> str | None:
        """The text that ships with the program."""
        ...

    def names(self) -> tuple[str, ...]:
        """The names of all texts of today."""
        ...

    def mistakes(self, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
        """What is wrong with these own texts that was not with those: "file:line: reason"."""
        ...

    def library(self, texts: Mapping[str, str]) -> Library:
        """A library of its own, in which these texts lie over all others: for a look at them."""
        ...

    def whole_sheet(
        self, texts: Mapping[str, str], paper: str, guide: Guide, frame: Frame
    ) -> Sheet:
        """A paper with all of its parts, whatever they depend on, with these texts over it.

        Raises:
            PaperMissing: There is no such paper, or it has a mistake.
        """
        ...

    def papers_with(self, legal: str) -> tuple[str, ...]:
        """The papers (ids) that show a legal text (its name)."""
        ...

    def read_pack(self, path: Path) -> Mapping[str, str]:
        """The texts of a pack, by name.

        Raises:
            BadPack: It is none, or no safe one.
        """
        ...

    def difference(
        self, name: str, before: str | None, after: str | None, language: str = "en"
    ) -> FileChange:
        """What is new in a text, in the terms of forms and lists."""
        ...

    def spoken(self, name: str, text: str) -> tuple[Spoken, ...]:
        """The words in a paper or legal text, with their places."""
        ...

    def say(self, name: str, text: str, words: Mapping[str, Mapping[str, str]]) -> str:
        """The same text with other words at some places (by place and language).

        Raises:
            BadForm: It could not be written so that it reads back the same.
        """
        ...

    def version_of(self, name: str, text: str) -> str:
        """The version that a text says of itself, or empty."""
        ...

    def with_version(self, name: str, text: str, version: str, status: str = "") -> str:
        """The same text under another version; of a legal text, with who has checked it."""
        ...

    def code_rows(self, text: str) -> tuple[CodeRow, ...]:
        """The rows of a code list."""
        ...

    def with_code(self, text: str, row: CodeRow) -> str:
        """The list with a row more, or with other words and days in the row of this code."""
        ...

    def schedule(self, text: str) -> Schedule:
        """A retention schedule.

        Raises:
            BadForm: It has a mistake.
        """
        ...

    def with_times(self, text: str, times: Mapping[str, tuple[int, int]]) -> str:
        """The schedule with other times, by rule: days and months."""
        ...

    def holidays(self, region: str, year: int) -> Mapping[date, str]:
        """The holidays of a state, with their names."""
        ...


class Trial(Protocol):
    """The place of a pack that is tried in training: `settings.trial`."""

    def put(self, label: str, texts: Mapping[str, str]) -> None:
        """Let the training profile use these texts from the next sign-in on.

        Raises:
            DiskFull: No space.
            StorageFailed: The disk refused.
        """
        ...

    def label(self) -> str:
        """What is tried now, or empty."""
        ...

    def clear(self) -> None:
        """Try nothing any more."""
        ...


@dataclass(frozen=True, slots=True)
class DecisionParts:
    """What decisions need beside the files of records.

    Attributes:
        files: The department's texts.
        trial: Where a pack is tried.
        station: This computer, as changes name it.
    """

    files: Files
    trial: Trial
    station: str
