"""What the services ask of the outside, as Protocols; `wiring` brings parts that fit by shape.

What they ask of a file of records is in `needs.files`. Tests may bring others that pass the same
exam.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from intake_app.domain.change import Value
from intake_app.domain.control import Controls
from intake_app.domain.draft import DraftEntry
from intake_app.domain.export import Export
from intake_app.domain.form import Answers, Choice, Deadline, Finding, Form, FormRef, Problem
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.log_entry import AnswerTime
from intake_app.domain.measure import Cut, Family, Measure
from intake_app.domain.offense import Offense
from intake_app.domain.paper import Letterhead, Paper, Part, Sheet
from intake_app.domain.provider_file import ProviderFile
from intake_app.domain.retention import Schedule
from intake_app.domain.roles import Compartment
from intake_app.domain.text import Text
from intake_app.services.needs.care import PdfCleaner, Screenings


class DraftStore(Protocol):
    """Where sealed drafts lie: `storage.drafts.Drafts` in the `station` file."""

    def put(self, entry: DraftEntry) -> None:
        """Write or overwrite, durably."""
        ...

    def get(self, ident: RecordId) -> DraftEntry | None:
        """One draft."""
        ...

    def all(self) -> list[DraftEntry]:
        """All drafts, oldest first."""
        ...

    def remove(self, ident: RecordId) -> None:
        """Forget a draft, its papers too."""
        ...

    def mark_submitted(self, ident: RecordId, at: str) -> None:
        """Note that a draft was handed in at a moment; what it holds stays as it is."""
        ...

    def put_paper(self, draft: RecordId, ident: RecordId, body: bytes) -> None:
        """Keep a sealed paper that was issued from a draft."""
        ...

    def papers(self, draft: RecordId) -> list[tuple[RecordId, bytes]]:
        """The sealed papers of a draft, oldest first."""
        ...


class Sealer(Protocol):
    """What the vault does for drafts: `vault.drafts.DraftSealer`."""

    def new_keys(self, draft: RecordId) -> str:
        """A fresh key for a draft, wrapped for its author and sealed to its file (JSON)."""
        ...

    def seal(self, draft: RecordId, keys: str, text: bytes) -> bytes:
        """Seal what was typed."""
        ...

    def open(self, draft: RecordId, keys: str, body: bytes) -> bytes:
        """Open it: as the author, or as a holder of the compartment's key.

        Raises:
            CannotOpen: Neither.
        """
        ...

    def hand_over(self, draft: RecordId, keys: str, to: UserId) -> str:
        """The same key, wrapped for another author instead."""
        ...


class DropBox(Protocol):
    """What the vault does for what is handed in: `vault.drop_box.DropBox`."""

    def seal(self, compartment: Compartment, ident: RecordId, body: bytes) -> bytes:
        """Seal a submission to a compartment, signed as the person at this desk.

        Raises:
            BadChange: It is larger than anybody could open.
        """
        ...

    def open(
        self, compartment: Compartment, ident: RecordId, sealed: bytes
    ) -> tuple[UserId, bytes]:
        """Open a submission as a holder: who handed it in, and what.

        Raises:
            CannotOpen: It was altered, is meant for another place, or nobody who worked here
                signed it.
            BadRegistry: Its author is not known at this station yet.
        """
        ...


class Tokens(Protocol):
    """Makes participation tokens: `vault.tokens.TokenMaker`."""

    def made_of(self, text: str) -> str:
        """The token of a text (hex); slow on purpose.

        Raises:
            NoGrant: This person does not hold the key of `cases`.
        """
        ...


class Guide(Protocol):
    """A form with its conditions compiled: `rulebook.guide.FormGuide`."""

    @property
    def form(self) -> Form:
        """The form as data."""
        ...

    @property
    def sources(self) -> Mapping[str, str]:
        """The texts of the files that it was made of, by name; kept so that a draft stays on it."""
        ...

    def visible(self, answers: Answers) -> frozenset[str]:
        """Ids of the sections and questions that are asked, given these answers."""
        ...

    def problems(self, answers: Answers, section: str = "") -> tuple[Problem, ...]:
        """What is missing or wrong among what is asked; in one section, or in all."""
        ...

    def findings(self, answers: Answers, on: str) -> tuple[Finding, ...]:
        """How each eligibility rule in force on a day (YYYY-MM-DD) comes out."""
        ...

    def rule_fields(self, rules: Container[str], also: Iterable[str] = ()) -> frozenset[str]:
        """What these rules (ids) read: questions, cells as "rows.column", and "age"; and `also`."""
        ...

    def owed(self, answers: Answers, finished: str) -> tuple[tuple[Deadline, str], ...]:
        """What is owed after this intake, with its moment (ISO) or day, earliest first."""
        ...

    def begins(self, answers: Answers) -> str:
        """The status with which an intake of these answers begins; empty: the form has none."""
        ...

    def may_finish_now(self, answers: Answers) -> bool:
        """Whether the form's quick exit holds ("information only")."""
        ...

    def is_event_only(self, answers: Answers) -> bool:
        """Whether nobody was met: the event is kept, and no person is counted."""
        ...

    def offenses(self) -> tuple[Offense, ...]:
        """All offenses that this form offers."""
        ...

    def offense(self, ident: str) -> Offense | None:
        """One of them, as the law said it when the form was begun."""
        ...

    def defaults(self) -> Answers:
        """The answers that the form fills in by itself."""
        ...

    def kept(self, answers: Answers) -> Answers:
        """The answers to what is asked; answers to questions hidden since are left out."""
        ...

    def shown(self, field: str, value: Value, language: str) -> str:
        """An answer in words: the label of a choice, a date with its weekday, "$12.50"."""
        ...


class Library(Screenings, Protocol):
    """All forms and papers of the department: `rulebook.library.FormLibrary`."""

    def guide(self, form_id: str) -> Guide:
        """The current version of a form (pathway code or program id).

        Raises:
            FormMissing: There is none.
        """
        ...

    def guide_from(self, ref: FormRef, sources: Mapping[str, str]) -> Guide:
        """The version that a draft or record began with, from its kept texts."""
        ...

    def programs(self, pathway: str) -> tuple[tuple[str, Text], ...]:
        """The programs of a pathway: id and name."""
        ...

    def codes(self, name: str) -> tuple[Choice, ...]:
        """The choices of a code table ("not_offered_reasons"); none where it is missing."""
        ...

    def offense(self, form_id: str, ident: str) -> Offense | None:
        """An offense of a form's or program's state, as its table says it today."""
        ...

    def papers(self, guide: Guide, answers: Answers) -> tuple[Paper, ...]:
        """The papers that this form offers for these answers."""
        ...

    def paper(self, ident: str) -> Paper:
        """A paper, whatever forms offer it.

        Raises:
            PaperMissing: There is no such paper.
        """
        ...

    def compose(self, paper: str, guide: Guide, answers: Answers, frame: "Frame") -> Sheet:
        """Fill a paper's words.

        Raises:
            PaperMissing: There is no such paper.
        """
        ...

    def called(self, first_name: str) -> frozenset[str]:
        """The names that a first name is short or long for ("bob": "robert", "rob"), plain."""
        ...

    def answer_times(self) -> tuple[AnswerTime, ...]:
        """By when requests, complaints and breaches are answered.

        Raises:
            FormMissing: The file is gone or has a mistake.
        """
        ...

    def no_arrest_texts(self) -> tuple[tuple[str, Text], ...]:
        """The "no arrest" texts that a department can sign: name and title."""
        ...

    def retention(self) -> Schedule:
        """How long records are kept.

        Raises:
            FormMissing: The file is gone, or has a mistake: nothing is ended by a guess.
        """
        ...

    def controls(self) -> Controls:
        """What the auditor's report says of each control of the security policy.

        Raises:
            FormMissing: The file is gone, or has a mistake.
        """
        ...

    def measures(self) -> tuple[Measure, ...]:
        """The measures, in the order of their files; a broken one is left out."""
        ...

    def cuts(self) -> tuple[Cut, ...]:
        """What tables of numbers may be cut by; a broken one is left out."""
        ...

    def families(self) -> tuple[Family, ...]:
        """The groups of measures, in the order of the page."""
        ...

    def exports(self) -> tuple[Export, ...]:
        """The mappings of exports, by id; a broken one is left out."""
        ...

    def mistakes(self) -> tuple[str, ...]:
        """What is wrong in the files: "file:line: reason"."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """What a paper shows besides the answers.

    Attributes:
        language: Language of the paper.
        letterhead: Top of the sheet.
        number: Receipt number.
        day: Date of the paper (YYYY-MM-DD).
        staff: Who gives it out: shown name.
        replaces: Number of the paper that this one replaces, or empty.
        is_sample: A training profile.
        extra: More {words} for the texts: agency_name, agency_phone, …
        tables: Rows that are no answers, by the name that a paper gives as `source`.
        is_blank: A sheet to fill in by hand: facts without an answer become lines.
        figures: Charts and tables of numbers, by the name that a paper gives as `source`.
        is_kept: It stays in the house: "Not for release" on each page.
    """

    language: str
    letterhead: Letterhead
    number: str
    day: str
    staff: str
    replaces: str = ""
    is_sample: bool = False
    extra: Mapping[str, str] = field(default_factory=dict[str, str])
    tables: Mapping[str, Sequence[Sequence[str]]] = field(
        default_factory=dict[str, Sequence[Sequence[str]]]
    )
    is_blank: bool = False
    figures: Mapping[str, Sequence[Part]] = field(default_factory=dict[str, Sequence[Part]])
    is_kept: bool = False


class Directory(Protocol):
    """Reads files of providers: `tables.provider_files.ProviderFiles`."""

    def read(self, path: Path) -> ProviderFile:
        """What a file or folder says; bad rows are named in it, and left out.

        Raises:
            BadImport: It cannot be read at all.
        """
        ...


class Press(PdfCleaner, Protocol):
    """Draws a sheet: `pdf.press.Press`."""

    def print(self, sheet: Sheet) -> bytes:
        """PDF bytes; the same sheet gives the same bytes.

        Raises:
            PaperTooLong: A card or a citation does not hold its text.
        """
        ...

    def pad(self, sheet: Sheet, numbers: Sequence[str]) -> bytes:
        """Blank citations, each number on as many pages as the sheet names copies.

        Raises:
            PaperTooLong: The blank does not hold its words.
        """
        ...

    def packet(self, cover: Sheet, parts: Sequence[Sheet]) -> bytes:
        """One document for another office's archive: cover, contents, and all sheets.

        Raises:
            PaperTooLong: A card or a citation does not hold its text.
        """
        ...
