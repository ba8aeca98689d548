"""What an export is asked for, and what has come of it: the shapes that all exports share.

A kind of export is a name and a function: mappings make most of them (`mapped`), others have
rules of their own (`kinds`). Each prepares its files in memory, in steps, so that a window
can show how far it is and stop it; nothing is written anywhere before a person has seen what would
leave (`exporting`).
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from intake_app.domain.export import Reach
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Compartment
from intake_app.domain.text import NOTHING, Text
from intake_app.services.desk import Desk

if TYPE_CHECKING:
    from intake_app.domain.change import Value

CONSENT: Final = "consent"
"""Why something of care may leave: each person's own consent names who receives it."""

SAMPLE: Final = 20
"""Lines of an export that a person may look at before it leaves."""

MOST_BYTES: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ExportAsk:
    """What is asked for.

    Attributes:
        kind: Id of the export.
        since: First day (YYYY-MM-DD).
        until: Last day, included.
        agreement: Record of the agreement under which it goes, or empty.
        reason: Why days or names may leave: a code of `disclosure_exceptions`, or `CONSENT`.
        is_coarse: Days become years, and what names somebody is left empty.
        has_mark: With the mark of UTF-8 that Excel needs; None: as the mapping says.
        is_internal: Figures as they are, small ones too; every file then says "Not for release".
    """

    kind: str
    since: str
    until: str
    agreement: str = ""
    reason: str = ""
    is_coarse: bool = False
    has_mark: bool | None = None
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export.

    Attributes:
        ending: What its name ends in: ".csv", "-codebook.csv".
        data: Its bytes.
    """

    ending: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hash of its bytes, hex."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many lines were left out for one reason.

    Attributes:
        why: A code of `LEFT_OUT`.
        number: How many.
    """

    why: str
    number: int


NO_CONSENT: Final = "no_consent"
KEPT_APART: Final = "kept_apart"
NOT_BY_THIS: Final = "not_by_this"
LEFT_OUT: Final = (NO_CONSENT, KEPT_APART, NOT_BY_THIS)
"""No consent names who receives it; kept apart from who exports; the reason is not for this file.
"""


@dataclass(frozen=True, slots=True)
class ExportPart:
    """What leaves of one file of people.

    Attributes:
        rows: How many lines.
        people: Of how many people.
        records: The intakes or events of these lines; checked anew before they leave.
        consents: By intake the consent under which its line leaves.
        places: Where the records stand in their file: quicker to check than the records.
    """

    rows: int = 0
    people: int = 0
    records: tuple[RecordId, ...] = ()
    consents: Mapping[RecordId, RecordId] = field(default_factory=dict[RecordId, RecordId])
    places: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An export that lies in memory, and nowhere else.

    Attributes:
        ask: What was asked.
        title: Its words.
        version: Of its mapping.
        reach: How near it comes to a person, as it was asked.
        columns: Headings with what they mean.
        files: Its files; the first is the export itself.
        parts: What leaves of each file of people; empty: of nobody.
        rows: Lines in all, without the heading.
        incomplete: Lines in which something is missing that their rule requires.
        strange: Codes that the mapping does not know, with how many, as "column: code".
        left_out: What was left out.
        hidden: Figures that are not told.
        fields: The questions whose answers are in it.
        figures: Of told figures: they themselves, as a release keeps them.
        after: How often figures had left when these were told.
        sample: Its first lines, to be looked at.
    """

    ask: ExportAsk
    title: Text
    version: str
    reach: Reach
    columns: tuple[tuple[str, Text], ...]
    files: tuple[ExportFile, ...]
    parts: Mapping[Compartment, ExportPart] = field(
        default_factory=dict[Compartment, ExportPart], repr=False
    )
    rows: int = 0
    incomplete: int = 0
    strange: Mapping[str, int] = field(default_factory=dict[str, int])
    left_out: tuple[LeftOut, ...] = ()
    hidden: int = 0
    fields: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    figures: "Value" = field(default=(), repr=False)
    after: int = 0

    @property
    def people(self) -> int:
        """Of how many people; who is in both files counts twice, because the wall knows nobody."""
        return sum(one.people for one in self.parts.values())


@dataclass(frozen=True, slots=True)
class Step:
    """How far an export is.

    Attributes:
        done: Lines so far.
        of: Of about so many; 0: nobody knows.
    """

    done: int
    of: int


Steps = Generator[Step, None, Prepared]
"""Prepares an export a little at a time; its return value is what came of it."""


@dataclass(frozen=True, slots=True)
class ExportKind:
    """An export that somebody may choose.

    Attributes:
        id: Stable name, also in the file's name.
        title: Its words.
        about: Who asks for it and what for.
        reach: How near it comes to a person.
        prepare: Makes it.
        ending: Of its first file.
        authority: Law, rule or agreement that it follows.
        version: Of its mapping.
        can_be_coarse: Whether it can be made without days and names.
        has_mark: Whether it begins with the mark of UTF-8 unless somebody says otherwise.
        is_text: Whether such a mark makes any sense in it.
        files: From which files of people it takes.
        is_of_events: Its lines are overdoses, and of no intake.
    """

    id: str
    title: Text
    reach: Reach
    prepare: Callable[[Desk, ExportAsk], Steps]
    about: Text = NOTHING
    ending: str = ".csv"
    authority: Text = NOTHING
    version: str = ""
    can_be_coarse: bool = False
    has_mark: bool = False
    is_text: bool = True
    files: tuple[Compartment, ...] = (Compartment.CARE, Compartment.CASES)
    is_of_events: bool = False

    def reach_of(self, ask: ExportAsk) -> Reach:
        """How near it comes to a person when it is asked for so."""
        is_less = ask.is_coarse and self.can_be_coarse
        return min(self.reach, Reach.CODED) if is_less else self.reach


def prepared_at_once(steps: Steps, told: Callable[[Step], object] | None = None) -> Prepared:
    """Go all steps, and tell each."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            found: Prepared = end.value
            return found
        if told:
            told(step)
