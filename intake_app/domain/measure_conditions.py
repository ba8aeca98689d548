"""Columns, clauses and traits of a measure's question as SQL.

Every name stands in a list of this program, and values are always bound.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intake_app.domain.errors import BadForm
from intake_app.domain.journey import COLUMNS, DAYS, MOMENTS, NUMBERS
from intake_app.domain.measure import Clause, Question, Where
from intake_app.domain.sql import SQLITE, Dialect, Sql, joined, within


@dataclass(frozen=True, slots=True)
class Conditions:
    """What may stand in a condition.

    Attributes:
        question: What is asked.
        dialect: For which database.
    """

    question: Question
    dialect: Dialect = SQLITE

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
        lists = [joined((self.clause(one) for one in every), " AND ") for every in where]
        return Sql("(") + joined(lists, " OR ") + ")"

    def clause(self, one: Clause) -> Sql:
        """One condition; it is never NULL, so that NOT turns it round."""
        if one.trait:
            return self.trait_is(one)
        own = self.column(one.column)
        for said, test in self._tests():
            if said(one):
                return test(own, one)
        raise BadForm

    def days(self, later: Sql, earlier: Sql) -> Sql:
        """Whole days from one to the other, or NULL."""
        return Sql(self.dialect.days.format(later=later.text, earlier=earlier.text))

    def trait_is(self, one: Clause) -> Sql:
        """Whether a journey has one of these codes of a trait, or any."""
        inner = f"EXISTS (SELECT 1 FROM trait x WHERE x.cut=? AND x.journey={self.owner()}"  # noqa: S608 - a name of ours
        any_code, codes = Sql(f"{inner})", (one.trait,)), one.is_in or one.not_in
        if one.known is not None:
            return any_code if one.known else Sql("NOT ") + any_code
        chosen = Sql(f"{inner} AND x.code", (one.trait,)) + within(codes) + ")"
        return chosen if one.is_in else Sql("(") + any_code + " AND NOT " + chosen + ")"

    def needs_intake(self) -> bool:
        """Whether it is of referrals, and looks at what only their intakes have."""
        asked, measure = self.question, self.question.measure
        if "referral" not in measure.subjects:
            return False
        wheres = (measure.of, measure.where, *(one.where for one in measure.exclusions))
        has_trait = any(c.trait for where in wheres for every in where for c in every)
        return bool(has_trait or asked.cuts or asked.only)

    def owner(self) -> str:
        """Whose traits are looked at: of a referral, its intake's."""
        return "coalesce(o.n,j.n)" if self.needs_intake() else "j.n"

    def _tests(self) -> Iterable[tuple[Callable[[Clause], bool], Callable[[Sql, Clause], Sql]]]:
        yield lambda one: one.known is not None, self._is_known
        yield lambda one: bool(one.is_in), lambda own, one: own + within(one.is_in)
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
        return Sql("(") + own + "<>'' AND NOT " + own + within(one.not_in) + ")"

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
        return self.days(self._day(own, one.column), self._day(other, one.since))

    def _both(self, own: Sql, other: Sql) -> Sql:
        return Sql("(") + own + "<>'' AND " + other + "<>'' AND "

    def _day(self, own: Sql, name: str) -> Sql:
        return Sql(f"substr({own.text},1,10)") if name in MOMENTS else own


def _compared(own: Sql, sign: str, value: int | None) -> Sql:
    return Sql("(") + own + " IS NOT NULL AND " + own + Sql(f"{sign}?)", (value or 0,))
