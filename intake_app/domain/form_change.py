"""What is new in a text of the department, told so that an administrator understands it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happened to a part of a form, a paper or a list."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part that differs.

    Attributes:
        kind: How.
        part: What it is called: a question's label, a code's words, a key of the file.
        before: How it read, or empty.
        after: How it reads, or empty.
    """

    kind: Kind
    part: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One text that differs.

    Attributes:
        name: Its name: "programs/safe_passages.toml".
        title: What a person calls it, or its name.
        is_new: There was none.
        parts: What differs in it.
    """

    name: str
    title: str
    is_new: bool
    parts: tuple[PartChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs but blanks and notes."""
        return not self.is_new and not self.parts


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words in a file, that people read.

    Attributes:
        place: Where: "blocks/3/text".
        words: By language.
        about: The kind of part: "title", "paragraph", "items".
    """

    place: str
    words: Mapping[str, str]
    about: str = ""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of a code list as its file says it.

    Attributes:
        id: The code.
        words: By language.
        starts: First day (YYYY-MM-DD), or empty.
        ends: Last day, or empty.
    """

    id: str
    words: Mapping[str, str]
    starts: str = ""
    ends: str = ""
