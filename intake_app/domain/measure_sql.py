"""A measure as SQL: values are always bound, and every name stands in a list of this program.

The text is understood by SQLite and DuckDB alike, but for the few words in `Dialect`; so a county
counts with the same definitions as a department. Each journey falls into one class (out, running,
an exclusion, base, numerator), and everything is counted by class and place in one pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain.measure import Clause, Cut, Kind, Question, Unit
from intake_app.domain.measure_conditions import Conditions
from intake_app.domain.measure_period import grain_sql, window_end
from intake_app.domain.sql import Sql, joined, within

OUT: Final = 0
RUNNING: Final = 1
EXCLUDED: Final = 2
"""Class of the first exclusion; the others follow."""


def base_class(question: Question) -> int:
    """The class of what is looked at and not in the numerator; the next one is the numerator."""
    return EXCLUDED + len(question.measure.exclusions)


@dataclass(frozen=True, slots=True)
class Builder(Conditions):
    """Builds the SQL of one question.

    Attributes:
        is_wide: Much of the file lies in the period: it is read in its own order, because an index
            would lead to and fro through pages that must be decrypted again and again.
    """

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
        return self.days(end, self.column(measure.since)) if measure.since else end

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
        return Sql(f"{sign}j.subject") + within(self.question.measure.subjects)

    def _tables(self, cuts: Sequence[Cut]) -> Sql:
        text = Sql(" FROM journey j")
        if self.needs_intake():
            text += " LEFT JOIN journey o ON o.record=j.intake"
        for n, cut in enumerate(cuts):
            text += self._trait(cut, n)
        return text

    def _trait(self, cut: Cut, n: int) -> Sql:
        if cut.of:
            made = self._bridged(cut)
            return Sql(" LEFT JOIN (") + made + f") b{n:d} ON b{n:d}.journey={self.owner()}"
        if cut.column or cut.grain:
            return Sql("")
        return Sql(
            f" LEFT JOIN trait t{n:d} ON t{n:d}.cut=? AND t{n:d}.journey={self.owner()}", (cut.id,)
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
            text += Sql(" WHEN ") + joined(has.values(), "+") + Sql(">1 THEN ?", (cut.several_as,))
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
            return self.place(cut, 0) + within(codes)
        if cut.of:
            made = Sql("coalesce((SELECT code FROM (") + self._bridged(cut)
            made += f") m WHERE m.journey={self.owner()}),?)"
            return Sql(made.text, (*made.values, cut.none_as)) + within(codes)
        said = self.trait_is(Clause(trait=cut.id, is_in=tuple(codes)))
        if "" in codes:
            return Sql("(") + said + " OR " + self.trait_is(Clause(trait=cut.id, known=False)) + ")"
        return said


_OF_ITS_OWN: Final = frozenset({"wanted_place", "provider", "answer", "why_refused", "status"})
"""What a referral says of itself, and its intake of something else."""


def _has(column: str, codes: Sequence[str]) -> Sql:
    return Sql(f"max(CASE WHEN {column}") + within(codes) + " THEN 1 ELSE 0 END)"
