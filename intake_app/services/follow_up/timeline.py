"""The timeline of a folder: what happened, when and by whom, in one list; on screen and on paper.

It reads the records themselves. A kind that it does not know has a plain line: nothing that
happened is left out, and nothing that a later version writes makes it fail. Words that somebody
typed about the person are in no line: neither notes, nor reasons, nor answers.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, cast

from intake_app.domain import facts
from intake_app.domain.case_act import ACT, RECORD_KIND, CaseActKind
from intake_app.domain.change import Change, Value, clock_of
from intake_app.domain.clock import zone_of
from intake_app.domain.entry import show_moment
from intake_app.domain.errors import PaperMissing
from intake_app.domain.follow_up import TaskState
from intake_app.domain.form import NO
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.domain.record import Record
from intake_app.domain.text import Text
from intake_app.services.case import labels as case_labels
from intake_app.services.desk import Desk
from intake_app.services.drawing.house_sheets import HouseSheet, draw_sheet
from intake_app.services.follow_up.timeline_words import (
    FLAGS,
    HANDED_OVER,
    PARTS,
    PLAIN,
    PUT_OFF,
    REFERRAL,
    TASK,
    UNKNOWN,
)
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import FLAG, person_of
from intake_app.services.records.care_intake import intake_in
from intake_app.services.records.follow_up_changes import FOLLOW_UP, OWN
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.role_words import role_names
from intake_app.services.records.tries import MEANS, RESULTS
from intake_app.words import Words

PAPER: Final = "timeline"

_MILLISECONDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        at: When it happened: local time with offset.
        by: Who noted it.
        who: Their shown name, or their role.
        what: In words.
        is_taken_back: It was entered in error.
        order: Sorts what happened in one moment.
    """

    at: datetime
    by: UserId
    who: str
    what: str
    is_taken_back: bool = False
    order: str = ""


def timeline_of(desk: Desk, intake: RecordId, language: str, *, names: bool = True) -> list[Entry]:
    """What happened, the oldest first; that it was read is logged.

    Args:
        desk: Whose.
        intake: An intake or a case.
        language: Of the words.
        names: With the names of staff, and with words of one's own for follow-ups; otherwise staff
            are told by their role.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such record here.
    """
    file = desk.file_with(intake, "read")
    file.note(desk.act("read timeline", intake))
    return _entries(desk, file, intake, language, names=names)


def print_timeline(desk: Desk, intake: RecordId, *, names: bool) -> bytes:
    """Draw it; that it was printed, and whether with names, is logged.

    Raises:
        NotAllowed: Not in this person's roles.
        RecordMissing: There is no such record here.
        PaperMissing: The paper's file is gone.
    """
    file = desk.file_with(intake, "read")
    record, language = intake_in(file, intake), desk.own_language
    entries = _entries(desk, file, intake, language, names=names)
    line = file.lines([intake]).get(intake)
    told = {
        "intake_number": str(record.values.get(facts.NUMBER, "")),
        "person_name": line.name if line is not None and names else "",
    }
    rows = [_cells(entry, Words(language)) for entry in entries]
    sheet = HouseSheet(PAPER, language, told, {"timeline": rows})
    data = draw_sheet(desk, sheet, guide_of_record(desk, record))
    act = "print timeline with names" if names else "print timeline"
    file.note(desk.act(act, intake))
    return data


def _entries(
    desk: Desk, file: Records, intake: RecordId, language: str, *, names: bool
) -> list[Entry]:
    record = intake_in(file, intake)
    teller = _Teller(desk, file, guide_of_record(desk, record), Words(language), names)
    person = person_of(file, intake)
    flags = file.about(person, FLAG) if person != intake else []
    found = [one for each in (*file.whole(intake), *flags) for one in teller.told(each)]
    return sorted(found, key=lambda entry: (entry.at.timestamp(), entry.order))


def _cells(entry: Entry, words: Words) -> tuple[str, ...]:
    what = words.text("{what} (taken back)", what=entry.what) if entry.is_taken_back else entry.what
    return (show_moment(entry.at.isoformat(), words.language), what, entry.who)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says records in words."""

    desk: Desk
    file: Records
    guide: Guide
    words: Words
    names: bool

    def told(self, record: Record) -> Iterator[Entry]:
        """The lines of one record."""
        if record.kind.startswith(PARTS):
            return
        if record.kind == FOLLOW_UP:
            yield from self._task(record)
            return
        yield self._entry(record, self._what(record))

    def _entry(self, record: Record, what: str) -> Entry:
        values = record.values
        by = UserId(str(values.get(facts.BY) or self._author(record)))
        at = self._moment(self._said_at(values), record.base)
        order = "" if record.kind == INTAKE else record.base  # nothing comes before it
        return Entry(at, by, self._who(by), what, record.is_deleted, order)

    # --- when and who -------------------------------------------------------------------------

    def _said_at(self, values: Mapping[str, Value]) -> str:
        paper = values.get("paper")
        inside = cast("dict[str, Value]", paper).get("at") if isinstance(paper, dict) else ""
        return str(values.get("at") or inside or values.get(facts.OPENED) or "")

    def _moment(self, said: str, base: ChangeId) -> datetime:
        """When it was; what cannot be read is when it was written."""
        zone = zone_of(self.desk.clock)
        try:
            if "T" not in said:
                return datetime.combine(date.fromisoformat(said), time(), zone)
            at = datetime.fromisoformat(said)
        except ValueError:
            written = (clock_of(base) >> 16) / _MILLISECONDS
            return datetime.fromtimestamp(written, UTC).astimezone(zone)
        return at if at.tzinfo is not None else at.replace(tzinfo=zone)

    def _author(self, record: Record) -> str:
        first = next(iter(self.file.history(record.id)), None)
        return first.user if first is not None else ""

    def _who(self, user: UserId) -> str:
        if self.names:
            return self.desk.name_of(user)
        people = (*self.desk.colleagues, self.desk.person)
        roles = next((one.roles for one in people if one.id == user), None)
        return role_names(roles, self.words) if roles else ""

    # --- what ---------------------------------------------------------------------------------

    def _what(self, record: Record) -> str:
        if record.kind == FLAG:
            flag = (str(record.values.get("flag")), bool(record.values.get("on")))
            return self.words.text(FLAGS.get(flag, PLAIN[FLAG]))
        plain = self.words.text(PLAIN.get(record.kind, UNKNOWN))
        more = _MORE.get(record.kind)
        detail = more(self, record) if more is not None else ""
        return self.words.text("{what}: {detail}", what=plain, detail=detail) if detail else plain

    def _code(self, table: str, code: Value) -> str:
        choices = self.desk.library.codes(table)
        found = next((one.label for one in choices if one.id == code), None)
        return found.said_in(self.words.language) if found else ""

    def _text(self, said: Value) -> str:
        """A text by language; what a program wrote, and nobody typed."""
        if isinstance(said, dict):
            return Text(cast("dict[str, str]", said)).said_in(self.words.language)
        return ""

    def amended(self, record: Record) -> str:
        """Which answers were changed: the questions, never the answers."""
        changed: Value = record.values.get("changed")
        fields = [self.guide.form.field(name) for name in cast("dict[str, Value]", changed or {})]
        return ", ".join(one.label.said_in(self.words.language) for one in fields if one)

    def tried(self, record: Record) -> str:
        """By which means, and what came of it."""
        parts = (self._code(MEANS, record.values.get("means")),
                 self._code(RESULTS, record.values.get("result")))  # fmt: skip
        return ", ".join(part for part in parts if part)

    def stepped(self, record: Record) -> str:
        """The status that it came to."""
        wanted = record.values.get("status")
        found = next((one.label for one in self.guide.form.statuses if one.id == wanted), None)
        return found.said_in(self.words.language) if found else ""

    def acted(self, record: Record) -> str:
        """What happened in a case."""
        kind = str(record.values.get(ACT))
        known = CaseActKind(kind) if kind in set(CaseActKind) else CaseActKind.UNREADABLE
        return self.words.text(case_labels.ACT[known])

    def condition(self, record: Record) -> str:
        """What is to be done; one that staff worded themselves is told with names alone."""
        own = record if record.kind == "condition" else self.file.record(record.about)
        label = self._text(own.values.get("label")) if own else ""
        return (
            label if self.names else self._code("condition_types", own and own.values.get("type"))
        )

    def provider(self, record: Record) -> str:
        """Which provider."""
        named: Value = record.values.get("provider")
        return (
            str(cast("dict[str, Value]", named).get("name", "")) if isinstance(named, dict) else ""
        )

    def referral_step(self, record: Record) -> str:
        """The status, and with whom."""
        status = self.words.text(REFERRAL.get(str(record.values.get("status")), UNKNOWN))
        above = self.file.record(record.about)
        parts = (self.provider(above) if above else "", status)
        return ", ".join(part for part in parts if part)

    def paper(self, record: Record) -> str:
        """Its title in the reader's language, and its number."""
        above = record if record.kind == "paper" else self.file.record(record.about)
        paper: Value = above.values.get("paper") if above else None
        if not isinstance(paper, dict):
            return ""
        said = cast("dict[str, str]", paper)
        title = said.get("title", "")
        with suppress(PaperMissing):  # its file is gone: it keeps the title that it was issued with
            known = self.desk.library.paper(str(said.get("paper", ""))).title
            title = known.said_in(self.words.language) or title
        return " ".join(part for part in (title, said.get("number", "")) if part)

    def consent(self, record: Record) -> str:
        """Whether it was given."""
        is_refused = record.values.get("consent_given") == NO
        return self.words.text("not given") if is_refused else ""

    # --- tasks --------------------------------------------------------------------------------

    def _task(self, record: Record) -> Iterator[Entry]:
        """A task tells what became of it; what a schedule planned is told once it is over."""
        own = record.values.get("deadline") == OWN
        label = "" if own and not self.names else self._text(record.values.get("label"))
        for n, change in enumerate(self.file.history(record.id)):
            said = self._task_act(change, is_first=n == 0, is_own=own)
            if said:
                what = self.words.text(said)
                if label:
                    what = self.words.text("{what}: {detail}", what=what, detail=label)
                at, by = self._moment("", change.id), change.user
                yield Entry(at, by, self._who(by), what, record.is_deleted, change.id)

    def _task_act(self, change: Change, *, is_first: bool, is_own: bool) -> str:
        fields = change.fields
        state = str(fields.get("state", ""))
        if is_first:
            return TASK[TaskState.OPEN] if is_own else ""
        if state in TASK:
            return TASK[state]
        if facts.BY in fields:
            return HANDED_OVER
        is_put_off = facts.DUE in fields and "tried" not in fields  # the try has its own line
        return PUT_OFF if is_put_off else ""


_MORE: Final[Mapping[str, Callable[[_Teller, Record], str]]] = {
    "amendment": _Teller.amended,
    "attempt": _Teller.tried,
    "bed_call": _Teller.provider,
    RECORD_KIND: _Teller.acted,
    "condition": _Teller.condition,
    "condition.progress": _Teller.condition,
    "condition.waiver": _Teller.condition,
    "consent": _Teller.consent,
    "consent_tpo": _Teller.consent,
    "consent.report_back": _Teller.consent,
    "consent.proceedings": _Teller.consent,
    "episode.step": _Teller.stepped,
    "paper": _Teller.paper,
    "paper.use": _Teller.paper,
    "paper.void": _Teller.paper,
    "referral": _Teller.provider,
    "referral.step": _Teller.referral_step,
}
"""What a line says beside its kind."""
