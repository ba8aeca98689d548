"""A list of who took part before this program was used, from the records system: as tokens only.

Of each person the token says program, month and how it ended, as that of a sealed case does
(`tokens`). It lies in `cases`; care is never read, and nothing of the list can be read again. A
token takes about half a second, so a list is worked off a few people at a time, and who is done is
dropped from memory at once.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.clock import stamp
from intake_app.domain.days import add_months
from intake_app.domain.ids import new_record_id
from intake_app.domain.import_errors import ListTooLong, MappingMissing, NoTokensKept
from intake_app.domain.import_mapping import ImportMapping, plain_word
from intake_app.domain.import_row import Fault, RowFault
from intake_app.domain.import_table import SourceRow, TableFile
from intake_app.domain.roles import May
from intake_app.domain.token import Named, OutcomeClass
from intake_app.domain.typed_day import NotADay, day_of
from intake_app.services.case.held import terms_of
from intake_app.services.desk import Desk
from intake_app.services.imports.building import row_id
from intake_app.services.imports.made import IMPORT, TOKENS, Stage
from intake_app.services.imports.plan import Plan, planned, said, suggested
from intake_app.services.records.writing import create, write
from intake_app.services.sealing.tokens import Took, made_token

MOST_PEOPLE: Final = 2_000
SECONDS_EACH: Final = 0.5
"""About; so that a window can say how long a list will take."""

LAST, FIRST, BORN, ALIASES = "last_name", "first_name", "born", "aliases"
WHEN, OUTCOME = "~opened", "~outcome"
ASKED: Final = (LAST, FIRST, BORN, WHEN, ALIASES, OUTCOME)
"""What is read of such a list; the first four are needed."""

_NEEDED: Final = 4
_CLASSES: Final = {
    "completed": OutcomeClass.COMPLETED, "not_completed": OutcomeClass.NOT_COMPLETED,
    "withdrew": OutcomeClass.NOT_COMPLETED, "returned": OutcomeClass.NOT_COMPLETED,
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class _Person:
    """One line of the list."""

    row: int
    who: Named
    aliases: tuple[str, ...]
    took: Took


@dataclass(slots=True)
class EarlierList:
    """A list that was read and not kept.

    Attributes:
        program: Id of the program that they took part in.
        faults: What is wrong with rows that are left out.
        expired: How many took part so long ago that no token would answer any more.
        total: How many tokens there will be.
        people: Who is still to be done.
    """

    program: str
    faults: list[RowFault] = field(default_factory=list[RowFault])
    expired: int = 0
    total: int = 0
    people: list[_Person] = field(default_factory=list[_Person], repr=False)

    def take(self, most: int) -> list[_Person]:
        """The next people; they are in the list no longer."""
        taken, self.people[:] = self.people[:most], self.people[most:]
        return taken

    def forget(self) -> None:
        """Drop all that is left."""
        self.people.clear()

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return len(self.people)


def suggested_list(desk: Desk, file: TableFile, program: str) -> ImportMapping:
    """Which columns of a list say who and when, by their headings.

    Raises:
        NotAllowed: Not in one's roles.
        FormMissing: There is no such program.
        TableEmpty: Nothing is in the file.
    """
    desk.require(May.IMPORT_PAST)
    found = suggested(desk, file, program)
    named = desk.library.guide(program).form.facts
    wanted = {named.get(name, name) for name in ASKED}
    return ImportMapping(
        program, tuple(one for one in found.columns if one.target in wanted), order=found.order,
        century=found.century, sheet=found.sheet,
    )  # fmt: skip


def read_list(desk: Desk, file: TableFile, mapping: ImportMapping) -> EarlierList:
    """Who is on a list, as far as it says all that a token needs; nothing is written.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key of cases.
        NoTokensKept: The program keeps no tokens.
        MappingMissing: A column that is needed is named by nothing.
        ListTooLong: More people than can be done at once.
    """
    desk.require(May.IMPORT_PAST)
    _ = desk.cases_file
    plan = planned(desk, file, mapping)
    months = terms_of(plan.guide).token_months
    if not months:
        raise NoTokensKept
    if len(plan.rows) > MOST_PEOPLE:
        raise ListTooLong
    reader = _Reader(desk, plan, months)
    found = EarlierList(mapping.form)
    for row in plan.rows:
        reader.read(row, found)
    found.total = found.left
    return found


class _Reader:
    """Reads lines of a list."""

    def __init__(self, desk: Desk, plan: Plan, months: int) -> None:
        self._plan, self._months = plan, months
        named = plan.guide.form.facts
        self._columns = {
            name: column for name in ASKED if (column := plan.column(named.get(name, name)))
        }
        if any(name not in self._columns for name in ASKED[:_NEEDED]):
            raise MappingMissing
        self._today = desk.clock.local().date()

    def read(self, row: SourceRow, into: EarlierList) -> None:
        """Add a line, or what is wrong with it."""
        faults = list[RowFault]()
        last, first = (self._text(row, name) for name in (LAST, FIRST))
        born, when = (self._day(row, name, faults) for name in (BORN, WHEN))
        if not last or not first:
            heading = self._columns[FIRST if last else LAST].heading
            faults.append(RowFault(row.number, heading, Fault.NEEDED))
        if faults or born is None or when is None:
            into.faults += faults
            return
        who = Named(last, first, born.isoformat())
        until = add_months(when, self._months)
        if not who.is_whole:
            into.faults.append(RowFault(row.number, self._columns[LAST].heading, Fault.NEEDED))
        elif until < self._today:
            into.expired += 1
        else:
            took = Took(into.program, f"{when:%Y-%m}", self._class(row), until.isoformat())
            into.people.append(_Person(row.number, who, self._aliases(row), took))

    def _text(self, row: SourceRow, name: str) -> str:
        column = self._columns.get(name)
        return " ".join(said(row.cell(column.place)).split()) if column else ""

    def _day(self, row: SourceRow, name: str, faults: list[RowFault]) -> date | None:
        column = self._columns[name]
        cell = row.cell(column.place)
        if not said(cell):
            faults.append(RowFault(row.number, column.heading, Fault.NEEDED))
            return None
        try:
            found = day_of(cell, self._plan.rule)
        except NotADay as wrong:
            faults.append(RowFault(row.number, column.heading, wrong.why))
            return None
        if found > self._today:
            faults.append(RowFault(row.number, column.heading, Fault.IN_FUTURE))
            return None
        return found

    def _aliases(self, row: SourceRow) -> tuple[str, ...]:
        told = self._text(row, ALIASES).replace(";", ",").split(",")
        return tuple(alias for one in told if (alias := one.strip()))

    def _class(self, row: SourceRow) -> OutcomeClass:
        column = self._columns.get(OUTCOME)
        code = column.codes.get(plain_word(self._text(row, OUTCOME)), "") if column else ""
        return _CLASSES.get(code, OutcomeClass.OTHER)


class TokenWork:
    """Makes the tokens of a list, a few people at a time.

    Args:
        desk: Whose.
        people: The list; it is empty in the end.

    Raises:
        NotAllowed: Not in one's roles.
        NoGrant: This person does not hold the key of cases.
        MappingMissing: Nobody is on the list.

    Attributes:
        ident: The import's record.
        done: Tokens that are made.
    """

    def __init__(self, desk: Desk, people: EarlierList) -> None:
        desk.require(May.IMPORT_PAST)
        if not people.left:
            raise MappingMissing
        self._desk, self._people, self._file = desk, people, desk.cases_file
        self.ident, self.done = new_record_id(), 0

    @property
    def total(self) -> int:
        """Tokens that will be made."""
        return self._people.total

    def step(self, most: int = 2) -> bool:
        """Make so many more, in one transaction; whether it is over."""
        changes: list[Change] = [] if self.done else [self._begun()]
        people = self._people.take(most)
        for one in people:
            ident = row_id(self.ident, one.row)
            changes.append(made_token(self._desk, (one.who, one.aliases), one.took, ident))
        self._file.apply(changes, self._desk.act("import earlier participation", self.ident))
        self.done += len(people)
        if self._people.left:
            return False
        self._end()
        return True

    def stop(self) -> None:
        """Drop who is left; what was made stays until it is undone."""
        self._people.forget()
        if self.done:
            self._end()

    def _begun(self) -> Change:
        """The rows by number alone: neither names nor a hash of the list are kept."""
        rows: list[int] = [one.row for one in self._people.people]
        fields: dict[str, Value] = {
            "form": self._people.program, "rows": rows, "since": self._file.stamp(), TOKENS: True,
            facts.STATUS: str(Stage.BEGUN), **self._desk.entered(),
        }  # fmt: skip
        fields[facts.OPENED] = stamp(self._desk.clock)
        return create(self._file, self._desk.person.id, IMPORT, self.ident, fields)

    def _end(self) -> None:
        file, user = self._file, self._desk.person.id
        ended: dict[str, Value] = {facts.STATUS: str(Stage.DONE), "until": file.stamp()}
        change = write(file, user, IMPORT, self.ident, ended)
        file.apply([change], self._desk.act("import earlier participation", self.ident))
