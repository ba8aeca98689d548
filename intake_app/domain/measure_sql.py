"""A measure as SQL: values are always bound, and every name stands in a list of this program.

The text is understood by SQLite and DuckDB alike, but for the few words in `Dialect`; so a county
counts with the same definitions as a department. Each journey falls into one class (out, running,
an exclusion, base, numerator), and everything is counted by class and place in one pass.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from intake_app.domain.errors import BadForm
from intake_app.domain.journey import COLUMNS, DAYS, MOMENTS, NUMBERS
from intake_app.domain.measure import Clause, Cut, Kind, Question, Unit, Where
from intake_app.domain.measure_period import grain_sql, window_end

Value: TypeAlias = str | int

OUT: Final = 0
RUNNING: Final = 1
EXCLUDED: Final = 2
"""Class of the first exclusion; the others follow."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words in which two databases differ.

    Attributes:
        days: From one day to another: takes {later} and {earlier}, gives a whole number or NULL.
    """

    days: str


SQLITE: Final = Dialect("CAST(julianday({later})-julianday({earlier}) AS INTEGER)")
DUCKDB: Final = Dialect("date_diff('day',TRY_CAST({earlier} AS DATE),TRY_CAST({later} AS DATE))")


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its bound values, in their order."""

    text: str
    values: tuple[Value, ...] = ()

    def __add__(self, other: "Sql | str") -> "Sql":
        """Both, one after the other."""
        if isinstance(other, str):
            return Sql(self.text + other, self.values)
        return Sql(self.text + other.text, self.values + other.values)


def base_class(question: Question) -> int:
    """The class of what is looked at and not in the numerator; the next one is the numerator."""
    return EXCLUDED + len(question.measure.exclusions)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the SQL of one question.

    Attributes:
        question: What is asked.
        dialect: For which database.
        is_wide: Much of the file lies in the period: it is read in its own order, because an index
            would lead to and fro through pages that must be decrypted again and again.
    """

    question: Question
    dialect: Dialect = SQLITE
    is_wide: bool = False

    # --- statements ---------------------------------------------------------------------------

    def counts(self, cuts: Sequence[Cut]) -> Sql:
        """Rows of (class, row code, column code, value, times, sum, largest, how many gave)."""
        measure = self.question.measure
        row, column = self.places(cuts)
        if measure.unit is Unit.PERSON:
            inner = Sql("SELECT max(") + self.sorted_in() + ") AS class," + row + " AS a," + column
            inner += " AS b,CASE j.person WHEN '' THEN j.record ELSE j.person END AS who"
            inner += self.source(cuts) + " GROUP BY 2,3,4"
            start = Sql("SELECT class,a,b,NULL,count(*),0,0,0 FROM (")
            return start + inner + ") p WHERE class>0 GROUP BY class,a,b"
        given = self.given()
        text = Sql("SELECT ") + self.sorted_in() + " AS class," + row + " AS a," + column + " AS b,"
        text += self.value() + " AS v,count(*),sum(" + given + "),max(" + given + ")"
        text += Sql(",sum(CASE WHEN ") + given + ">0 THEN 1 ELSE 0 END)"
        return text + self.source(cuts) + " GROUP BY 1,2,3,4"

    def places(self, cuts: Sequence[Cut]) -> tuple[Sql, Sql]:
        """Codes of the row and of the column; empty where nothing is cut."""
        found = [self.place(cut, n) for n, cut in enumerate(cuts)]
        row, column = [*found, *[Sql("''")] * (2 - len(found))]
        return row, column

    def records(self, cuts: Sequence[Cut], place: Sequence[str], most: int) -> Sql:
        """Rows of (intake, day, class) behind one place, newest first, each intake once."""
        day = self.column(self.question.measure.date)
        inner = Sql("SELECT j.intake AS intake,max(") + day + ") AS day,max(" + self.sorted_in()
        inner += Sql(") AS class") + self.source(cuts)
        for n, (cut, code) in enumerate(zip(cuts, place, strict=True)):
            inner += Sql(" AND ") + self.place(cut, n) + Sql("=?", (code,))
        least = base_class(self.question)
        tail = Sql(") r WHERE class>=? ORDER BY day DESC,intake LIMIT ?", (least, most))
        return Sql("SELECT intake,day,class FROM (") + inner + " GROUP BY j.intake" + tail

    def numerators(self, records: Sequence[str]) -> Sql:
        """Rows of (intake) of those among some intakes that count in the numerator."""
        marks = ",".join("?" * len(records))
        text = Sql("SELECT DISTINCT j.intake") + self.source(()) + " AND " + self.sorted_in()
        text += Sql("=?", (base_class(self.question) + 1,))
        return text + Sql(f" AND j.intake IN ({marks})", tuple(records))

    # --- what a journey is worth --------------------------------------------------------------

    def sorted_in(self, weight: int = 1) -> Sql:
        """The class of a journey: one CASE that stops at the first that holds.

        Args:
            weight: Classes are written times this, so that several fit into one whole number.
        """
        measure, base = self.question.measure, base_class(self.question)
        text = Sql("CASE WHEN NOT (") + self.where(measure.of) + f") THEN {OUT}"
        text += self._without_value()
        if measure.runs:
            last = window_end(self.question.today, measure.runs)
            day = self.column(measure.date)
            text += Sql(" WHEN ") + day + Sql(f">? THEN {RUNNING * weight}", (last,))
        for n, exclusion in enumerate(measure.exclusions):
            which = (EXCLUDED + n) * weight
            text += Sql(" WHEN ") + self.where(exclusion.where) + f" THEN {which}"
        if measure.kind is Kind.RATE and measure.where:
            text += Sql(" WHEN ") + self.where(measure.where) + f" THEN {(base + 1) * weight}"
        return text + f" ELSE {base * weight} END"

    def _without_value(self) -> Sql:
        """A spread looks only at those of whom both ends are known, and in order."""
        if self.question.measure.kind is not Kind.SPREAD:
            return Sql("")
        return Sql(" WHEN coalesce(") + self.value() + f",-1)<0 THEN {OUT}"

    def value(self) -> Sql:
        """What the rows of a spread or of parts are counted by."""
        measure = self.question.measure
        if measure.kind is Kind.PARTS:
            return self.column(measure.column)
        if measure.kind is not Kind.SPREAD:
            return Sql("NULL")
        end = self.column(measure.column)
        return self._days(end, self.column(measure.since)) if measure.since else end

    def each(self) -> int:
        """What one of a sum's column is worth: the department's own numbers, multiplied."""
        worth = 1
        for name in self.question.measure.times:
            worth *= self.question.numbers.get(name, 0)
        return worth

    def given(self) -> Sql:
        """What one journey gives to a sum; of a ratio, to what it is divided by."""
        measure = self.question.measure
        if measure.kind is Kind.RATIO:
            return Sql("coalesce(") + self.column(measure.over) + ",0)"
        if measure.kind is not Kind.SUM:
            return Sql("0")
        one = Sql("coalesce(") + self.column(measure.column) + ",0)" if measure.column else Sql("1")
        text = one + Sql("*?", (self.each(),)) if measure.times else one
        if measure.less:
            text += Sql("-coalesce(") + self.column(measure.less) + ",0)"
        return text

    def divided(self, cuts: Sequence[Cut]) -> Sql:
        """Of a ratio, rows of (class, row code, column code, sum) of what is divided."""
        row, column = self.places(cuts)
        text = Sql("SELECT ") + self.sorted_in() + " AS class," + row + " AS a," + column
        text += Sql(" AS b,sum(coalesce(") + self.column(self.question.measure.column) + ",0))"
        return text + self.source(cuts) + " GROUP BY 1,2,3"

    # --- where --------------------------------------------------------------------------------

    def source(self, cuts: Sequence[Cut]) -> Sql:
        """Tables and the period; everything that is no class."""
        text = self._tables(cuts) + " WHERE " + self.is_looked_at()
        for cut, codes in self.question.only:
            text += Sql(" AND ") + self._only(cut, codes)
        return text

    def is_looked_at(self) -> Sql:
        """The subjects and the period."""
        return self.is_subject() + " AND " + self.is_in_period()

    def is_in_period(self) -> Sql:
        """Whether the measure's day lies in the asked days."""
        asked, day = self.question, self.column(self.question.measure.date)
        return day + Sql(" BETWEEN ? AND ?", (asked.since, asked.until))

    def is_subject(self) -> Sql:
        """Whether a journey is of what the measure counts."""
        sign = "+" if self.is_wide else ""
        return Sql(f"{sign}j.subject") + _within(self.question.measure.subjects)

    def _tables(self, cuts: Sequence[Cut]) -> Sql:
        text = Sql(" FROM journey j")
        if self.needs_intake():
            text += " LEFT JOIN journey o ON o.record=j.intake"
        for n, cut in enumerate(cuts):
            text += self._trait(cut, n)
        return text

    def needs_intake(self) -> bool:
        """Whether it is of referrals, and looks at what only their intakes have."""
        asked, measure = self.question, self.question.measure
        if "referral" not in measure.subjects:
            return False
        wheres = (measure.of, measure.where, *(one.where for one in measure.exclusions))
        has_trait = any(c.trait for where in wheres for every in where for c in every)
        return bool(has_trait or asked.cuts or asked.only)

    def _owner(self) -> str:
        return "coalesce(o.n,j.n)" if self.needs_intake() else "j.n"

    def _trait(self, cut: Cut, n: int) -> Sql:
        if cut.of:
            made = self._bridged(cut)
            return Sql(" LEFT JOIN (") + made + f") b{n:d} ON b{n:d}.journey={self._owner()}"
        if cut.column or cut.grain:
            return Sql("")
        return Sql(
            f" LEFT JOIN trait t{n:d} ON t{n:d}.cut=? AND t{n:d}.journey={self._owner()}", (cut.id,)
        )

    def _bridged(self, cut: Cut) -> Sql:
        """The one coarser code of a journey: the same rule as `measure.bridged`."""
        coarse: dict[str, list[str]] = {}
        for fine, code in cut.bridge.items():
            if code and code != cut.none_as:
                coarse.setdefault(code, []).append(fine)
        has = {code: _has("code", fine) for code, fine in coarse.items()}
        text = Sql("CASE")
        for code in cut.wins:
            if code in has:
                text += Sql(" WHEN ") + has[code] + Sql("=1 THEN ?", (code,))
        if has:
            text += Sql(" WHEN ") + _joined(has.values(), "+") + Sql(">1 THEN ?", (cut.several_as,))
        for code, said in has.items():
            text += Sql(" WHEN ") + said + Sql("=1 THEN ?", (code,))
        text = text + Sql(" ELSE ? END", (cut.none_as,)) if has else Sql("?", (cut.none_as,))
        tail = Sql(" AS code FROM trait WHERE cut=? GROUP BY journey", (cut.of,))
        return Sql("SELECT journey,") + text + tail

    def place(self, cut: Cut, n: int) -> Sql:
        """The code of a journey in a cut; of several codes, each is a row."""
        if cut.grain:
            day = self.column(self.question.measure.date)
            return Sql(grain_sql(cut.grain, day.text, self.question.fiscal_month))
        if cut.column:
            own = self.column(cut.column)
            if self.needs_intake() and cut.column not in _OF_ITS_OWN:
                return Sql(f"coalesce(nullif({own.text},''),o.\"{cut.column}\",'')")
            return own
        if cut.of:
            return Sql(f"coalesce(b{n:d}.code,?)", (cut.none_as,))
        return Sql(f"coalesce(t{n:d}.code,'')")

    def _only(self, cut: Cut, codes: Sequence[str]) -> Sql:
        if cut.column or cut.grain:
            return self.place(cut, 0) + _within(codes)
        if cut.of:
            made = Sql("coalesce((SELECT code FROM (") + self._bridged(cut)
            made += f") m WHERE m.journey={self._owner()}),?)"
            return Sql(made.text, (*made.values, cut.none_as)) + _within(codes)
        said = self._trait_is(Clause(trait=cut.id, is_in=tuple(codes)))
        if "" in codes:
            return (
                Sql("(") + said + " OR " + self._trait_is(Clause(trait=cut.id, known=False)) + ")"
            )
        return said

    # --- conditions ---------------------------------------------------------------------------

    def column(self, name: str) -> Sql:
        """A column of the journey.

        Raises:
            BadForm: There is no such column; readers have refused it already.
        """
        if name not in COLUMNS:
            raise BadForm
        return Sql(f'j."{name}"')

    def where(self, where: Where) -> Sql:
        """Any of these lists, of which all clauses hold."""
        if not where:
            return Sql("1=1")
        lists = [_joined((self.clause(one) for one in every), " AND ") for every in where]
        return Sql("(") + _joined(lists, " OR ") + ")"

    def clause(self, one: Clause) -> Sql:
        """One condition; it is never NULL, so that NOT turns it round."""
        if one.trait:
            return self._trait_is(one)
        own = self.column(one.column)
        for said, test in self._tests():
            if said(one):
                return test(own, one)
        raise BadForm

    def _tests(self) -> Iterable[tuple[Callable[[Clause], bool], Callable[[Sql, Clause], Sql]]]:
        yield lambda one: one.known is not None, self._is_known
        yield lambda one: bool(one.is_in), lambda own, one: own + _within(one.is_in)
        yield lambda one: bool(one.not_in), self._is_none_of
        yield lambda one: one.least is not None, lambda own, one: _compared(own, ">=", one.least)
        yield lambda one: one.most is not None, self._at_most
        yield lambda one: bool(one.until), self._until
        yield lambda one: one.within is not None, self._within_days
        yield lambda one: one.after is not None, self._after_days
        yield lambda one: one.passed is not None, self._has_passed
        yield lambda one: bool(one.same_as), self._is_same

    def _is_known(self, own: Sql, one: Clause) -> Sql:
        if one.column in NUMBERS:
            return own + (" IS NOT NULL" if one.known else " IS NULL")
        return own + ("<>''" if one.known else "=''")

    def _is_none_of(self, own: Sql, one: Clause) -> Sql:
        return Sql("(") + own + "<>'' AND NOT " + own + _within(one.not_in) + ")"

    def _at_most(self, own: Sql, one: Clause) -> Sql:
        return Sql("(") + own + " IS NOT NULL AND " + own + Sql("<=?)", (one.most or 0,))

    def _until(self, own: Sql, one: Clause) -> Sql:
        other = self.column(one.until)
        left = self._day(own, one.column) if one.until in DAYS else own
        right = self._day(other, one.until) if one.column in DAYS else other
        return self._both(own, other) + left + "<=" + right + ")"

    def _within_days(self, own: Sql, one: Clause) -> Sql:
        other = self.column(one.since)
        ends = Sql(" BETWEEN 0 AND ?)", (one.within or 0,))
        return self._both(own, other) + self._between(own, other, one) + ends

    def _after_days(self, own: Sql, one: Clause) -> Sql:
        other = self.column(one.since)
        return (
            self._both(own, other) + self._between(own, other, one) + Sql(">=?)", (one.after or 0,))
        )

    def _has_passed(self, own: Sql, one: Clause) -> Sql:
        sign = "<" if one.passed else ">="
        day = self._day(own, one.column)
        return Sql("(") + own + "<>'' AND " + day + Sql(f"{sign}?)", (self.question.today,))

    def _is_same(self, own: Sql, one: Clause) -> Sql:
        other = self.column(one.same_as)
        return self._both(own, other) + own + "=" + other + ")"

    def _between(self, own: Sql, other: Sql, one: Clause) -> Sql:
        return self._days(self._day(own, one.column), self._day(other, one.since))

    def _both(self, own: Sql, other: Sql) -> Sql:
        return Sql("(") + own + "<>'' AND " + other + "<>'' AND "

    def _day(self, own: Sql, name: str) -> Sql:
        return Sql(f"substr({own.text},1,10)") if name in MOMENTS else own

    def _days(self, later: Sql, earlier: Sql) -> Sql:
        return Sql(self.dialect.days.format(later=later.text, earlier=earlier.text))

    def _trait_is(self, one: Clause) -> Sql:
        inner = f"EXISTS (SELECT 1 FROM trait x WHERE x.cut=? AND x.journey={self._owner()}"
        any_code, codes = Sql(f"{inner})", (one.trait,)), one.is_in or one.not_in
        if one.known is not None:
            return any_code if one.known else Sql("NOT ") + any_code
        chosen = Sql(f"{inner} AND x.code", (one.trait,)) + _within(codes) + ")"
        return chosen if one.is_in else Sql("(") + any_code + " AND NOT " + chosen + ")"


_OF_ITS_OWN: Final = frozenset({"wanted_place", "provider", "answer", "why_refused", "status"})
"""What a referral says of itself, and its intake of something else."""


def _has(column: str, codes: Sequence[str]) -> Sql:
    return Sql(f"max(CASE WHEN {column}") + _within(codes) + " THEN 1 ELSE 0 END)"


def _within(codes: Sequence[str]) -> Sql:
    return Sql(f" IN ({','.join('?' * len(codes))})", tuple(codes))


def _compared(own: Sql, sign: str, value: int | None) -> Sql:
    return Sql("(") + own + " IS NOT NULL AND " + own + Sql(f"{sign}?)", (value or 0,))


def _joined(parts: Iterable[Sql], between: str) -> Sql:
    found = list(parts)
    values = tuple(value for one in found for value in one.values)
    return Sql(between.join(one.text for one in found), values)
