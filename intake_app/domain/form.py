"""A form as data: what a pathway asks, in which order, and what a program adds to it.

The files in `forms/` say all of it; nothing here knows a field or a program by name. Conditions
(`show_when`, `check`, rules) are CEL expressions over the answers, compiled by the rulebook.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from intake_app.domain.change import Value
from intake_app.domain.days import is_in_force
from intake_app.domain.terms import Terms
from intake_app.domain.text import NOTHING, Text

Answers: TypeAlias = dict[str, Value]
"""What has been answered, by field id. A question without an answer is absent, never false."""


class FieldType(StrEnum):
    """What kind of answer a question takes, and the shape of its value."""

    TEXT = "text"  # "…"
    LONG_TEXT = "long_text"  # "…", several lines
    CHOICE = "choice"  # "id"
    CHOICES = "choices"  # ["id", …]
    RANKED = "ranked"  # ["id", …], first is most important
    DATE = "date"  # "2026-11-23"
    DATE_TIME = "date_time"  # "2026-11-23T14:40:00-05:00"
    NUMBER = "number"  # {"amount": 12.5, "unit": "g"}; unit "" where the field names none
    MONEY = "money"  # whole minor units (US cents): 1250 is $12.50
    PHONE = "phone"  # "+13045550142"
    YES_NO = "yes_no"  # "yes" | "no" | "unknown" | "declined"
    PERSON = "person"  # {"name": "…", "role": "…", "phone": "…"}
    PROVIDER = "provider"  # {"id": "…", "name": "…"}
    ROWS = "rows"  # [{"~row": "<record id>", column: value, …}, …]
    SIGNATURE = "signature"  # {"how": …, "name": "…", "strokes": [[[x, y], …], …], "at": "…"}
    STATEMENT = (
        "statement"  # words to read out; {"read": true, "version": "…", "at": "…"} once read
    )


YES, NO, UNKNOWN, DECLINED = "yes", "no", "unknown", "declined"


class Sensitivity(StrEnum):
    """How an answer is treated in lists, search and papers."""

    ORDINARY = "ordinary"
    IDENTITY = "identity"  # names, birth date, contact: hidden until "show names"
    TREATMENT = "treatment"  # never on a paper without a consent


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose.

    Attributes:
        id: What is stored.
        label: What is read.
        is_retired: It can still be read where it was chosen, and not be chosen anew.
        needs_text: Choosing it asks for words of one's own (code tables: `needs_text` is "yes").
        standard: Where the code comes from ("FL 63F-13.002 code 2").
        measure: What an amount of it counts: "hours", "money", or nothing (types of conditions);
            of how a consent ends: its days.
        group: What it is part of: of a question, the information that a consent names.
        more: The other columns of its code table, by name.
    """

    id: str
    label: Text
    is_retired: bool = False
    needs_text: bool = False
    standard: str = ""
    measure: str = ""
    group: str = ""
    more: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    Attributes:
        id: Stable name, used by answers, rules and papers.
        type: What kind of answer.
        label: The question; also its accessible name.
        hint: A line under the label.
        is_required: Finish needs an answer.
        show_when: CEL; the question is asked only when this is true. Empty: always.
        check: CEL; the answer is good only when this is true. Empty: no check.
        message: What to do when the check fails.
        who: Who answers: D desk, O officer, P participant, C coordinator, S the program itself.
        choices: For choice, choices and ranked.
        codes: The code table that the choices come from ("offenses/fl"), or empty.
        columns: For rows: the fields of one row.
        units: For number: the units to choose from.
        unit_words: What a unit is called, where it is no sign that is the same everywhere ("g").
        sensitivity: How the answer is treated.
        is_later: "The coordinator asks later": outside the short path.
        is_apart: Kept as a record of its own without any link to the person (contraband).
        version: For a statement: the version of its words.
        default: The answer that is there at the start; "today" and "now" for dates; None: none.
        section: The section it stands in.
    """

    id: str
    type: FieldType
    label: Text
    hint: Text = NOTHING
    is_required: bool = False
    show_when: str = ""
    check: str = ""
    message: Text = NOTHING
    who: str = "D"
    choices: tuple[Choice, ...] = ()
    codes: str = ""
    columns: tuple["Field", ...] = ()
    units: tuple[str, ...] = ()
    unit_words: Mapping[str, Text] = field(default_factory=dict[str, Text])
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    is_later: bool = False
    is_apart: bool = False
    version: str = ""
    default: Value = None
    section: str = ""

    def choice(self, ident: str) -> Choice | None:
        """The choice with this id, also a retired one."""
        return next((c for c in self.choices if c.id == ident), None)

    def unit(self, ident: str, language: str) -> str:
        """What a unit is called: "doses", "g"."""
        return self.unit_words.get(ident, NOTHING).said_in(language) or ident


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the form: what stands on one page.

    Attributes:
        id: Stable name.
        title: Heading of the step.
        help: A line or two under the heading.
        fields: The questions in order.
        show_when: CEL; the step exists only when this is true.
        is_later: "The coordinator asks later": skipped on the short path, reachable at any time.
        fact: Its answers are a legal act of this kind ("consent"): kept once, never changed.
        is_event: Its answers are of an event (an overdose), kept as a record of its own: intakes
            of several people may be of one event.
    """

    id: str
    title: Text
    fields: tuple[Field, ...]
    help: Text = NOTHING
    show_when: str = ""
    is_later: bool = False
    fact: str = ""
    is_event: bool = False


class Force(StrEnum):
    """What a rule's outcome means. The program never denies; a person decides."""

    HARD = "hard"
    PRESUMPTIVE = "presumptive"
    ADVISORY = "advisory"


@dataclass(frozen=True, slots=True)
class Rule:
    """An eligibility rule of a program.

    Attributes:
        id: Stable name.
        force: Hard, presumptive or advisory.
        when: CEL; true means that the rule speaks against the pathway.
        message: Why, in words.
        authority: The law, order or policy that it comes from.
        starts: First day in force (YYYY-MM-DD), or empty.
        ends: Last day in force, or empty.
    """

    id: str
    force: Force
    when: str
    message: Text
    authority: Text = NOTHING
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something owed after an intake: a follow-up, a report.

    Attributes:
        id: Stable name.
        label: What is owed.
        hours: After the intake was finished (calendar hours), or 0.
        days: Days after, or 0.
        is_business: Count business days only.
        when: CEL over the answers; empty: always.
        attempts: Tries, by different means, before "unable to contact" may be noted; 0: one is
            enough.
        window: Days, from the first try, in which these tries are made; 0: no limit.
    """

    id: str
    label: Text
    hours: int = 0
    days: int = 0
    is_business: bool = False
    when: str = ""
    attempts: int = 0
    window: int = 0


COUNTED: Final = (
    "lead", "screening", "ineligible", "offered", "declined", "deferred", "accepted",
    "plan_active", "completed", "not_completed", "withdrew", "transferred", "unable_to_contact",
    "deceased", "entered_in_error",
)  # fmt: skip
"""Statuses that numbers know; a form's own say which of these they count as."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far somebody's way in has come: a step of a pathway's own list ([[statuses]]).

    Attributes:
        id: Stable name ("plan_active").
        label: What is read.
        after: The statuses that it may follow; empty: an intake begins with it.
        reasons: The code table of reasons that is asked for with it, or empty.
        begins: CEL over the answers; of those that are true of a finished intake, the last one in
            the list is where it begins; without any, the first status.
        closes: It ends participation: nothing more is owed; retention counts from here.
        counts_as: What numbers count it as, where its id is none of `COUNTED`.
    """

    id: str
    label: Text
    after: tuple[str, ...] = ()
    reasons: str = ""
    begins: str = ""
    closes: bool = False
    counts_as: str = ""


@dataclass(frozen=True, slots=True)
class FormRef:
    """Exactly which form an intake was taken with.

    Attributes:
        id: The program's id, or the pathway's where no program overlays it.
        version: The file's own version (program version after "+", where there is one).
        digest: SHA-256 in hex of all source texts: a draft stays on the form it began with.
    """

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Form:
    """A pathway's form, with a program laid over it where there is one.

    Attributes:
        ref: Id, version and digest.
        pathway: The pathway's code, for example "self_referral".
        title: Name of the form.
        sections: The steps in order.
        rules: Eligibility rules.
        deadlines: What is owed afterwards.
        papers: Ids of the papers that it offers, in order.
        facts: Which field fills which column of lists and measures: {"last_name": field id, …}.
        program: The program's name; empty without one.
        quick_exit: CEL; when true the form may be finished at once ("information only").
        event_only: CEL; when true nobody was met: the event is kept, and no person is counted.
        terms: How it holds a charge; None where it holds none.
        starts: First day of the program (YYYY-MM-DD), or empty.
        ends: Last day of the program, or empty.
        statuses: How far it can come; empty: it is only taken ("finished").
    """

    ref: FormRef
    pathway: str
    title: Text
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    papers: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    program: Text = NOTHING
    quick_exit: str = ""
    event_only: str = ""
    terms: Terms | None = None
    starts: str = ""
    ends: str = ""
    statuses: tuple[Status, ...] = ()

    def is_in_force(self, day: str) -> bool:
        """Whether the program may take cases on a day (YYYY-MM-DD)."""
        return is_in_force(self.starts, self.ends, day)

    def fields(self) -> Iterator[Field]:
        """All questions in order, without the columns of rows."""
        for section in self.sections:
            yield from section.fields

    def field(self, ident: str) -> Field | None:
        """The question with this id."""
        return next((f for f in self.fields() if f.id == ident), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend before going on.

    Attributes:
        field: The question.
        message: What to do, by language.
        section: Where it stands.
        row: Index of the row, for a question inside rows; -1 otherwise.
        column: The column, for a question inside rows.
    """

    field: str
    message: Text
    section: str = ""
    row: int = -1
    column: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one rule came out on the answers so far.

    Attributes:
        rule: The rule.
        holds: True, false, or None where answers are missing.
        missing: The fields that it would need.
    """

    rule: Rule
    holds: bool | None
    missing: tuple[str, ...] = ()
