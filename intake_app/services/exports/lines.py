"""The lines of an export out of one file of people: who is in it, and what each column says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar, cast

from intake_app.domain import facts
from intake_app.domain.consent import ConsentKind, Held, Party, covers
from intake_app.domain.errors import FormMissing, RecordMissing
from intake_app.domain.export import Export, ExportColumn, From, Reach, Rows
from intake_app.domain.export_cell import cells_of, is_bare, is_plain, reach_of_question, strangers
from intake_app.domain.form import FormRef
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.measure import bridged
from intake_app.domain.roles import Compartment
from intake_app.services.consents.consents import held_of
from intake_app.services.consents.disclosures import scope_of
from intake_app.services.desk import Desk
from intake_app.services.exports.ask import CONSENT, KEPT_APART, NO_CONSENT, ExportAsk
from intake_app.services.exports.ids import DrawnIds
from intake_app.services.exports.values import Known, Tally, texts_of
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Records
from intake_app.services.people.persons import DECEASED, contact_stop
from intake_app.services.providers.providers import service_entry
from intake_app.services.records.answers import answers_of
from intake_app.services.records.event_parts import EVENT
from intake_app.services.records.form_versions import guide_for

if TYPE_CHECKING:
    from intake_app.domain.change import Value
    from intake_app.domain.record import Record

_One = TypeVar("_One")

AT_ONCE: Final = 250
_SUBJECTS: Final = {
    Rows.INTAKES: Subject.INTAKE, Rows.CONTACTS: Subject.CONTACT, Rows.ENDED: Subject.ENDED,
    Rows.REFERRALS: Subject.REFERRAL,
}  # fmt: skip
_OF_SOMEBODY: Final = frozenset({Subject.INTAKE, Subject.REFERRAL})
_NEEDS_ANSWERS: Final = frozenset({From.ANSWER, From.FACT, From.OFFENSE})
_SAID_BY_ALL: Final = frozenset({From.ID, From.AGENCY, From.PERIOD, From.CONSTANT})


class ExportLines:
    """Makes the lines of one export out of one file.

    Args:
        desk: Whose.
        export: The mapping, made coarse already where that was asked.
        ask: What was asked.
        compartment: Which file.
        party: Who receives.
        series: For which its ids are drawn.
    """

    def __init__(
        self, desk: Desk, export: Export, ask: ExportAsk, compartment: Compartment, party: Party,
        series: str,
    ) -> None:  # fmt: skip
        self._desk, self._export, self._ask, self._party = desk, export, ask, party
        self._file = _opened(desk, compartment)
        self._compartment = compartment
        self._ids = DrawnIds(desk, self._file, series)
        self._guides: dict[str, Guide | None] = {}
        self._names: dict[str, str] = {}
        self._scope = scope_of(desk)
        self._cuts = {one.id: one for one in desk.library.cuts()}
        self._only = [*export.only.items()]
        self._worded: dict[str, Mapping[str, str]] = {}
        self._known_codes: dict[str, frozenset[str]] = {}
        self._by_consent = (
            ask.reason == CONSENT and export.reach >= Reach.DATED
            and compartment is Compartment.CARE
        )  # fmt: skip
        self._needs_answers = any(one.source in _NEEDS_ANSWERS for one in export.columns)
        self._plan = [
            (one, None if is_bare(one) else self._asker(one), is_plain(one) or is_bare(one))
            for one in export.columns
        ]
        self._bare = [one.of for one in export.columns if is_bare(one)]
        self.tally = Tally()

    def batches(self) -> Iterator[tuple[int, list[list[str]]]]:
        """Lines, some at once, with how many records were looked at for them."""
        found = self._events() if Rows.EVENTS in self._export.rows else self._journeys()
        for looked, known in found:
            lines = [line for one in known if (line := self._line(one)) is not None]
            yield looked, lines

    # --- who is in it -----------------------------------------------------------------------

    def _journeys(self) -> Iterator[tuple[int, list[Known]]]:
        parts = self._desk.measures
        file = parts.files.get(self._compartment) if parts is not None else None
        if file is None:
            return
        is_opened = self._export.date == "opened_on"
        days = (self._ask.since, self._ask.until) if is_opened else ("", "9999")
        for some in _some(file.each(*days)):
            wanted = [one for one in some if self._is_wanted(one)]
            yield len(some), [*self._known(wanted)]

    def _is_wanted(self, one: Journey) -> bool:
        if one.subject not in {_SUBJECTS.get(rows) for rows in self._export.rows}:
            return False
        day = str(getattr(one, self._export.date))[:10]
        if not self._ask.since <= day <= self._ask.until:
            return False
        return all(set(self._codes(name, one)) & {*codes} for name, codes in self._only)

    def _codes(self, name: str, one: Journey) -> list[str]:
        return [str(getattr(one, name))] if hasattr(one, name) else self._trait(name, one)

    def _trait(self, of: str, journey: Journey | None) -> list[str]:
        """What somebody said; of a coarser table what `bridged` makes of it."""
        cut = self._cuts.get(of)
        if journey is None:
            return []
        if cut is None or not cut.of:
            found, known = journey.traits.get(of, ()), self._codes_of(of)
            return [one for one in found if not known or one in known]
        code = bridged(cut, journey.traits.get(cut.of, ()))
        return [code] if code else []

    def _known(self, wanted: Sequence[Journey]) -> Iterator[Known]:
        intakes = {one.intake or one.record for one in wanted if one.subject in _OF_SOMEBODY}
        seen = self._file.lines([*intakes])  # who is kept from this person is not among them
        self.tally.places.update(row.n for row in seen.values())
        for one in wanted:
            intake = one.intake or one.record
            if one.subject in _OF_SOMEBODY and intake not in seen:
                self.tally.left_out[KEPT_APART] += 1
                continue
            if self._needs_answers and one.subject in _OF_SOMEBODY:
                record = self._file.record(intake)
                yield self._answered(Known(one.record, intake, one), record)
            else:
                yield Known(one.record, intake, one)

    def _codes_of(self, cut: str) -> frozenset[str]:
        """The codes that a trait may have; what is none of them is nobody's to send."""
        if cut not in self._known_codes:
            names = self._cuts[cut].codes if cut in self._cuts else ()
            found = {one.id for name in names for one in self._desk.library.codes(name)}
            self._known_codes[cut] = frozenset(found)
        return self._known_codes[cut]

    def _events(self) -> Iterator[tuple[int, list[Known]]]:
        days, ask = self._event_days(), self._ask
        rows = reversed(self._file.newest(EVENT, -1))
        mine = [row for row in rows if ask.since <= days.get(row.record, "") <= ask.until]
        for some in _some(iter(mine)):
            records = (self._file.record(row.record) for row in some)
            found = [one for one in records if one and not one.is_deleted and not one.is_purged]
            self.tally.places.update(row.n for row in some)
            yield len(some), [self._answered(Known(one.id, one.id), one) for one in found]

    def _event_days(self) -> dict[RecordId, str]:
        """The day that a mapping goes by: mostly when it happened, not when it was noted."""
        parts = self._desk.measures
        file = parts.files.get(self._compartment) if parts is not None else None
        found = file.each("", "9999") if file is not None else ()
        events = (one for one in found if one.subject is Subject.EVENT)
        return {one.record: str(getattr(one, self._export.date))[:10] for one in events}

    def _answered(self, known: Known, record: "Record | None") -> Known:
        guide = self._guide(record) if record is not None else None
        if record is None or guide is None:
            return known
        return replace(known, guide=guide, answers=answers_of(self._file, record, guide))

    def _guide(self, record: "Record") -> Guide | None:
        try:
            ref = FormRef(**record.values[facts.FORM])
        except (KeyError, TypeError):
            return None
        if ref.digest not in self._guides:
            try:
                self._guides[ref.digest] = guide_for(self._desk, ref)
            except FormMissing:
                self._guides[ref.digest] = None
        return self._guides[ref.digest]

    # --- what it says -----------------------------------------------------------------------

    def _line(self, known: Known) -> list[str] | None:
        held = self._consent(known) if self._by_consent else None
        if self._by_consent and held is None:
            self.tally.left_out[NO_CONSENT] += 1
            return None
        cells: list[str] = []
        is_whole = True
        bare = iter([getattr(known.journey, name, None) for name in self._bare])
        for column, ask, is_as_it_is in self._plan:
            values = ask(known) if ask is not None else _of(next(bare))
            if held is not None and not self._is_covered(column, known, held):
                values = ()
            is_whole = is_whole and (bool(values) or not column.is_required)
            if is_as_it_is:
                cells.append(";".join(values) or column.empty)
            else:
                cells += self._cells(column, values, known)
        self._count(known, held, is_whole=is_whole)
        return cells

    def _cells(self, column: ExportColumn, values: Sequence[str], known: Known) -> list[str]:
        for code in strangers(column, values):
            self.tally.strange[f"{column.name}: {code}"] += 1
        return cells_of(column, values, self._words(column, known))

    def _count(self, known: Known, held: Held | None, *, is_whole: bool) -> None:
        tally, journey = self.tally, known.journey
        tally.rows += 1
        tally.incomplete += int(not is_whole)
        if journey is None or journey.subject in _OF_SOMEBODY:
            tally.records[known.intake] = None
        if journey is not None and journey.subject in _OF_SOMEBODY:
            tally.people.add(journey.person or known.intake)
        if held is not None:
            tally.consents[known.intake] = held.consent.id

    def _asker(self, column: ExportColumn) -> Callable[[Known], Sequence[str]]:
        """How a column's values are found; chosen once, because there are a million cells."""
        source, of = column.source, column.of
        said = [of] if of else []
        askers: dict[From, Callable[[Known], Sequence[str]]] = {
            From.ID: lambda known: self._drawn(of, known),
            From.CONSTANT: lambda _: said,
            From.TRAIT: self._trait_asker(of),
            From.COLUMN: lambda known: self._of_journey(of, known.journey),
            From.OFFENSE: lambda known: self._offenses(of, known),
            From.ANSWER: lambda known: self._answer(column, known),
            From.FACT: lambda known: self._answer(column, known),
        }
        if source in {From.AGENCY, From.PERIOD}:
            same = self._said(source, of)
            return lambda _: same
        return askers[source]

    def _trait_asker(self, of: str) -> Callable[[Known], Sequence[str]]:
        cut = self._cuts.get(of)
        if cut is None or cut.of:
            return lambda known: self._trait(of, known.journey)
        allowed, nothing = self._codes_of(of), list[str]()

        def asked(known: Known) -> Sequence[str]:
            found = known.journey.traits.get(of) if known.journey else None
            if not found:
                return nothing
            return [one for one in found if one in allowed] if allowed else found

        return asked

    def _drawn(self, of: str, known: Known) -> list[str]:
        idents = {"record": known.ident, "intake": known.intake,
                  "person": known.journey.person if known.journey else ""}  # fmt: skip
        what = "intake" if known.ident == known.intake and of == "record" else of
        return [self._ids.drawn(what, idents[of])] if idents[of] else []

    def _said(self, source: From, of: str) -> list[str]:
        day = self._desk.clock.local().date().isoformat()
        said = {"since": self._ask.since, "until": self._ask.until, "made_on": day}
        text = said[of] if source is From.PERIOD else str(getattr(self._desk.agency, of))
        return [text] if text else []

    def _of_journey(self, of: str, journey: Journey | None) -> list[str]:
        value = getattr(journey, of, None)
        if value is None or value == "":
            return []
        return [self._provider(str(value))] if of == "provider" else [str(value)]

    def _provider(self, ident: str) -> str:
        """The service's name: no person's, and its id would say nothing outside."""
        if ident not in self._names:
            try:
                entry = service_entry(self._desk.station, RecordId(ident))
                self._names[ident] = str(entry.values.get("name") or "")
            except RecordMissing:
                self._names[ident] = ""
        return self._names[ident]

    def _offenses(self, part: str, known: Known) -> list[str]:
        guide = known.guide
        if guide is None:
            return []
        rows = known.answers.get(guide.form.facts.get("offenses", ""))
        found: list[str] = []
        for row in cast("list[dict[str, Value]]", rows) if isinstance(rows, list) else []:
            offense = guide.offense(str(row.get("offense") or ""))
            if offense is not None:
                words = offense.label.said_in(self._desk.own_language)
                found.append(words if part == "words" else str(getattr(offense, part)))
        return [one for one in found if one]

    def _answer(self, column: ExportColumn, known: Known) -> list[str]:
        name = _question(column, known)
        asked = known.guide.form.field(name) if known.guide and name else None
        if asked is None or reach_of_question(asked, column.day) > column.reach:
            return []  # an older form asked it otherwise: what it holds comes nearer than is shown
        return texts_of(asked, known.answers.get(name))

    def _words(self, column: ExportColumn, known: Known) -> Callable[[str], str]:
        if not column.is_words:
            return str
        if column.table not in self._worded:
            choices = self._desk.library.codes(column.table)
            said = {one.id: one.label.said_in(self._desk.own_language) for one in choices}
            self._worded[column.table] = said
        words, guide = self._worded[column.table], known.guide
        name = _question(column, known)

        def worded(code: str) -> str:
            shown = guide.shown(name, code, self._desk.own_language) if guide and name else ""
            return words.get(code) or shown or code

        return worded

    # --- consent ----------------------------------------------------------------------------

    def _consent(self, known: Known) -> Held | None:
        record = self._file.record(known.intake)
        if record is None or contact_stop(self._file, known.intake) == DECEASED:
            return None
        return standing_consent(held_of(self._desk, record), self._party)

    def _is_covered(self, column: ExportColumn, known: Known, held: Held) -> bool:
        if column.source in _SAID_BY_ALL:
            return True
        name = _question(column, known) or f"{column.source}.{column.of}"
        return covers(held, self._scope.get(name, ""), self._party)


def standing_consent(held: Sequence[Held], party: Party) -> Held | None:
    """The consent that names who receives; one for all care is for care, and names no office."""
    fitting = (
        one for one in held
        if one.stands and one.consent.kind is ConsentKind.HAND_OFF
        and one.consent.recipient.is_same(party)
    )  # fmt: skip
    return next(fitting, None)


def _question(column: ExportColumn, known: Known) -> str:
    if column.source is From.ANSWER:
        return column.of
    if column.source is From.FACT and known.guide is not None:
        return known.guide.form.facts.get(column.of, "")
    return ""


def _of(value: object) -> Sequence[str]:
    return () if value is None or value == "" else (str(value),)


def _some(each: Iterator[_One]) -> Iterator[list[_One]]:
    while some := list(islice(each, AT_ONCE)):
        yield some


def _opened(desk: Desk, compartment: Compartment) -> Records:
    return desk.care_file if compartment is Compartment.CARE else desk.cases_file
