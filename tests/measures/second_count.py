"""The same measures, counted a second time: plain Python over journeys, nothing of the SQL.

Written from the words in `domain/measure.py`, not from `domain/measure_sql.py`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import product

from intake_app.domain.figure import ALL_OF, Count, Place
from intake_app.domain.journey import MOMENTS, Journey
from intake_app.domain.measure import Clause, Cut, Kind, Question, Unit, Where, bridged

RUNNING, BASE, HIT = "running", "base", "hit"


class SecondCount:
    """Counts one question over all journeys."""

    def __init__(self, question: Question, journeys: Iterable[Journey]) -> None:
        self.asked, self.measure = question, question.measure
        every = list(journeys)
        self.by_record = {one.record: one for one in every}
        self.mine = [one for one in every if self._is_asked(one)]
        self.today = date.fromisoformat(question.today)

    # --- what holds of one journey ------------------------------------------------------------

    def _is_asked(self, one: Journey) -> bool:
        if str(one.subject) not in self.measure.subjects:
            return False
        day = str(getattr(one, self.measure.date))
        if not (self.asked.since <= day <= self.asked.until):
            return False
        return all(set(self._codes(cut, one)) & set(codes) for cut, codes in self.asked.only)

    def _traits(self, one: Journey) -> dict[str, tuple[str, ...]]:
        owner = self.by_record.get(one.intake, one) if one.subject == "referral" else one
        return dict(owner.traits)

    def _holds(self, where: Where, one: Journey) -> bool:
        return not where or any(all(self._clause(c, one) for c in every) for every in where)

    def _clause(self, c: Clause, one: Journey) -> bool:  # noqa: C901
        if c.trait:
            codes = set(self._traits(one).get(c.trait, ()))
            if c.known is not None:
                return bool(codes) == c.known
            return (
                bool(codes & set(c.is_in))
                if c.is_in
                else bool(codes - set(c.not_in)) and not (codes & set(c.not_in))
            )
        value = getattr(one, c.column)
        if c.known is not None:
            return (value not in ("", None)) == c.known
        if c.is_in:
            return value in c.is_in
        if c.not_in:
            return value != "" and value not in c.not_in
        if c.least is not None:
            return value is not None and value >= c.least
        if c.most is not None:
            return value is not None and value <= c.most
        if value == "":
            return False
        if c.passed is not None:
            return (date.fromisoformat(value[:10]) < self.today) == c.passed
        if c.same_as:
            return value == getattr(one, c.same_as)
        other = str(getattr(one, c.until or c.since))
        if other == "":
            return False
        if c.until:
            both_moments = c.column in MOMENTS and c.until in MOMENTS
            return value <= other if both_moments else value[:10] <= other[:10]
        days = (date.fromisoformat(value[:10]) - date.fromisoformat(other[:10])).days
        return 0 <= days <= c.within if c.within is not None else days >= (c.after or 0)

    def _value(self, one: Journey) -> int | None:
        end = getattr(one, self.measure.column)
        if not self.measure.since:
            return end
        start = getattr(one, self.measure.since)
        if not end or not start:
            return None
        return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days

    def _sort(self, one: Journey) -> str | None:
        m = self.measure
        if not self._holds(m.of, one):
            return None
        if m.kind is Kind.SPREAD and ((value := self._value(one)) is None or value < 0):
            return None
        if m.runs:
            ends = date.fromisoformat(getattr(one, m.date)) + timedelta(days=m.runs)
            if ends >= self.today:
                return RUNNING
        for exclusion in m.exclusions:
            if self._holds(exclusion.where, one):
                return f"not {exclusion.id}"
        return HIT if m.kind is Kind.RATE and self._holds(m.where, one) else BASE

    def _codes(self, cut: Cut, one: Journey) -> tuple[str, ...]:
        if cut.grain:
            day = date.fromisoformat(getattr(one, self.measure.date))
            if cut.grain == "month":
                return (day.strftime("%Y-%m"),)
            if cut.grain == "quarter":
                return (f"{day.year}-Q{(day.month - 1) // 3 + 1}",)
            if cut.grain == "year":
                return (str(day.year),)
            starts = self.asked.fiscal_month
            return (f"FY{day.year + 1 if starts > 1 and day.month >= starts else day.year}",)
        if cut.column:
            return (getattr(one, cut.column),)
        if cut.of:
            return (bridged(cut, self._traits(one).get(cut.of, ())),)
        return self._traits(one).get(cut.id) or ("",)

    # --- all of them --------------------------------------------------------------------------

    def places(self, cuts: Sequence[Cut]) -> dict[Place, list[tuple[str, Journey]]]:
        found: dict[Place, list[tuple[str, Journey]]] = {}
        for one in self.mine:
            sort = self._sort(one)
            if sort is None:
                continue
            for place in product(*(self._codes(cut, one) for cut in cuts)):
                found.setdefault(place, []).append((sort, one))
        return found

    def counts(self, cuts: Sequence[Cut]) -> dict[Place, Count]:
        made = {place: self._count(found) for place, found in self.places(cuts).items()}
        return {place: count for place, count in made.items() if count is not None}

    def rows(self) -> dict[Place, Count]:
        cuts = self.asked.cuts
        if not cuts:
            return {}
        rows = self.counts(cuts)
        if len(cuts) > 1:
            rows |= {(place[0], ALL_OF): one for place, one in self.counts(cuts[:1]).items()}
            rows |= {(ALL_OF, place[0]): one for place, one in self.counts(cuts[1:]).items()}
        return rows

    def whole(self) -> Count:
        return self.counts(()).get((), Count())

    def left_out(self) -> Counter[str]:
        found = [pair for pairs in self.places(()).values() for pair in pairs]
        return Counter(sort for sort, _ in self._once(found) if sort not in (BASE, HIT))

    def _once(self, found: list[tuple[str, Journey]]) -> list[tuple[str, Journey]]:
        """A person once: in the numerator, else in the base, else last in the order of reasons."""
        if self.measure.unit is not Unit.PERSON:
            return found
        order = [RUNNING, *(f"not {e.id}" for e in self.measure.exclusions), BASE, HIT]
        best: dict[str, tuple[str, Journey]] = {}
        for sort, one in found:
            who = one.person or f"record {one.record}"
            if who not in best or order.index(sort) > order.index(best[who][0]):
                best[who] = (sort, one)
        return list(best.values())

    def _count(self, found: list[tuple[str, Journey]]) -> Count | None:
        looked = [pair for pair in self._once(found) if pair[0] in (BASE, HIT)]
        if not looked:
            return None
        return _BY_KIND[self.measure.kind](self, looked)

    def rate(self, looked: list[tuple[str, Journey]]) -> Count:
        hits = sum(sort == HIT for sort, _ in looked)
        return Count(hits if self.measure.kind is Kind.RATE else len(looked), len(looked))

    def spread(self, looked: list[tuple[str, Journey]]) -> Count:
        values = Counter(self._value(one) for _, one in looked)
        return Count(
            len(looked), len(looked), spread={v: n for v, n in values.items() if v is not None}
        )

    def parts(self, looked: list[tuple[str, Journey]]) -> Count:
        parts = Counter(str(getattr(one, self.measure.column)) for _, one in looked)
        return Count(len(looked), len(looked), parts=dict(parts))

    def ratio(self, looked: list[tuple[str, Journey]]) -> Count:
        over = [getattr(one, self.measure.over) or 0 for _, one in looked]
        number = sum(getattr(one, self.measure.column) or 0 for _, one in looked)
        return Count(number, sum(over), people=sum(n > 0 for n in over), largest=max(over))

    def sum(self, looked: list[tuple[str, Journey]]) -> Count:
        m, tenths, each = self.measure, 1, 1
        for name in m.times:
            each *= self.asked.numbers[name]
            tenths *= 10 if name.endswith("_tenths") else 1
        given = []
        for _, one in looked:
            share = (getattr(one, m.column) or 0) if m.column else 1
            given.append(share * each - ((getattr(one, m.less) or 0) if m.less else 0))
        return Count(
            sum(given) // tenths, len(looked), people=sum(n > 0 for n in given),
            largest=-(-max(given) // tenths),
        )  # fmt: skip


_BY_KIND: dict[Kind, Callable[[SecondCount, list[tuple[str, Journey]]], Count]] = {
    Kind.COUNT: SecondCount.rate,
    Kind.RATE: SecondCount.rate,
    Kind.SPREAD: SecondCount.spread,
    Kind.PARTS: SecondCount.parts,
    Kind.RATIO: SecondCount.ratio,
    Kind.SUM: SecondCount.sum,
}
