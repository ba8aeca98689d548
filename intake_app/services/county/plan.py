"""What a county's report asks of the merged rows: people first, then each figure and each table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain.county import Taken
from intake_app.domain.measure import Kind, Measure, Question, Unit
from intake_app.domain.measure_errors import CutMissing, MeasureMissing, TooManyCuts
from intake_app.domain.roles import Compartment
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.exports.county_rows import county_cuts
from intake_app.services.measures.asking import MOST_CUTS
from intake_app.services.measures.viewing import View
from intake_app.services.reports.parts import Section
from intake_app.words import in_all_languages, mark

_PEOPLE: Final = mark("People met, each once in the county")
_HOW: Final = mark(
    "Somebody whom two departments met counts once, if both wrote the same name and birth date. "
    "Care and cases are counted apart."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table of a county's report.

    Attributes:
        measure: Id of the measure.
        cuts: Up to two cuts, by id.
    """

    measure: str
    cuts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: people first, then each table of each section.

    Attributes:
        questions: In order.
        shape: Of each section its family, how many figures, and how many tables.
        missing: Of each question the agencies' own numbers that somebody has not entered.
        files: The files that all extracts cover.
    """

    questions: tuple[Question, ...]
    shape: tuple[tuple[str, Text, int, int], ...]
    missing: tuple[tuple[str, ...], ...]
    files: tuple[Compartment, ...]

    @classmethod
    def of(
        cls, desk: Desk, found: Taken, days: tuple[str, str], wanted: Sequence[Wanted]
    ) -> "Plan":
        """The plan of a report.

        Raises:
            MeasureMissing, CutMissing, TooManyCuts: A table cannot be counted.
        """
        known = {one.id: one for one in desk.library.measures()}
        groups = list(_groups(desk, known, wanted))
        tables = [one for group in groups for one in (*group[2], *group[3])]
        questions = [Question(_people(), *days, found.today, fiscal_month=desk.agency.fiscal_month)]
        questions += [_question(desk, known, one, (*days, found.today)) for one in tables]
        shape = tuple((ident, label, len(some), len(more)) for ident, label, some, more in groups)
        missing = tuple(
            tuple(
                name for name in question.measure.times
                if any(one.manifest.numbers.get(name, 0) < 1 for one in found.extracts)
            )
            for question in questions
        )  # fmt: skip
        covered = {name for one in found.extracts for name in one.manifest.files}
        files = tuple(one for one in Compartment if str(one) in covered)
        return cls(tuple(questions), shape, missing, files)

    def sections(self, views: Sequence[View]) -> tuple[Section, ...]:
        """The views under their headings."""
        left, made = list(views), list[Section]()
        for ident, label, some, more in self.shape:
            plain, tables = left[:some], left[some : some + more]
            left = left[some + more :]
            made.append(Section(ident, label, tuple(plain), tuple(tables)))
        return tuple(made)


def _groups(
    desk: Desk, known: Mapping[str, Measure], wanted: Sequence[Wanted]
) -> Iterable[tuple[str, Text, list[Wanted], list[Wanted]]]:
    if wanted:
        plain = [one for one in wanted if not one.cuts]
        yield "asked", _both(mark("Numbers")), plain, [one for one in wanted if one.cuts]
        return
    for family in desk.library.families():
        own = [Wanted(one.id) for one in known.values() if one.family == family.id]
        tables = [Wanted(ident, (cut,)) for ident, cut in family.tables if ident in known]
        if own or tables:
            yield family.id, family.label, own, tables


def _question(
    desk: Desk, known: Mapping[str, Measure], one: Wanted, days: tuple[str, str, str]
) -> Question:
    if one.measure not in known:
        raise MeasureMissing(one.measure)
    if len(one.cuts) > MOST_CUTS or len(set(one.cuts)) < len(one.cuts):
        raise TooManyCuts
    cuts = {cut.id: cut for cut in desk.library.cuts()}
    sent = {cut.id for cut in county_cuts(cuts.values())}
    for name in one.cuts:
        cut = cuts.get(name)
        if cut is None or cut.column in {"by", "provider"}:
            raise CutMissing
        if cut.of not in sent and name not in sent and not (cut.column or cut.grain):
            raise CutMissing
    return Question(
        known[one.measure], *days, tuple(cuts[name] for name in one.cuts),
        fiscal_month=desk.agency.fiscal_month,
    )  # fmt: skip


def _people() -> Measure:
    return Measure(
        "county_people", "county", Kind.COUNT, _both(_PEOPLE), _both(_HOW), unit=Unit.PERSON,
        of=(),
    )  # fmt: skip


def _both(marked: str) -> Text:
    return Text(in_all_languages(marked))
