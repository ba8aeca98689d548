"""Asks the open files for a measure: one figure over all of them, with the words to show it.

A `Figure` is what was counted; it is never shown, printed or saved as it is. What may be told of it
says `telling.tell`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from intake_app.domain.errors import FormMissing
from intake_app.domain.figure import ALL_OF, Count, Figure, Place
from intake_app.domain.listing import Row
from intake_app.domain.measure import Cut, Family, Measure, Question
from intake_app.domain.measure_errors import CutMissing, MeasureMissing, TooManyCuts
from intake_app.domain.measure_figure import joined
from intake_app.domain.roles import READS, Compartment, May, may
from intake_app.services.desk import Desk
from intake_app.services.measures.asked import Asked, Behind, RecordBehind
from intake_app.services.measures.journeys import bring_up
from intake_app.services.measures.labels import labels_of, part_labels
from intake_app.services.measures.periods import custom
from intake_app.services.needs.measures import JourneyFile
from intake_app.services.records.veil import unveiled

__all__ = [
    "Asked", "Behind", "RecordBehind", "answer_all", "ask", "ask_all", "cuts_of", "families_of",
    "measures_of", "question_of", "records_behind",
]  # fmt: skip

MOST_CUTS: Final = 2

MOST_BEHIND: Final = 100
"""Records that are shown behind a number at once."""

_CHOSEN: Final = "also_asks"
"""In the condition of a question that is asked only where the department chose it."""

Only = Sequence[tuple[str, Sequence[str]]]
"""Cuts with codes: just journeys that have one of them."""


def families_of(desk: Desk) -> list[tuple[Family, list[Measure]]]:
    """The groups of measures in the order of the page, each with what it shows.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    known = {one.id: one for one in measures_of(desk)}
    return [
        (family, [
            *(one for one in known.values() if one.family == family.id),
            *(known[ident] for ident in family.shows if ident in known),
        ])
        for family in desk.library.families()
    ]  # fmt: skip


def measures_of(desk: Desk) -> list[Measure]:
    """The measures that can be asked of the files that this person reads.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    _require(desk)
    return [one for one in desk.library.measures() if _counted(desk, one)]


def cuts_of(desk: Desk, measure_id: str) -> list[Cut]:
    """By what a measure may be cut here, by this person.

    What an agency chooses to ask is there only where one of its forms asks it.

    Raises:
        NotAllowed: This hat sees no numbers.
        MeasureMissing: There is no such measure.
    """
    measure = _measure(desk, measure_id)
    asked = _questions(desk)
    return [
        cut for cut in desk.library.cuts()
        if _may_cut(desk, cut) and (not cut.asks or asked & set(cut.fields)) and _fits(cut, measure)
    ]  # fmt: skip


def ask(
    desk: Desk,
    measure_id: str,
    since: str,
    until: str,
    cuts: Sequence[str] = (),
    only: Only = (),
) -> Asked:
    """Count a measure in some days, over all open files that it is about.

    Args:
        desk: Who asks.
        measure_id: Which measure.
        since: First day (YYYY-MM-DD).
        until: Last day, included.
        cuts: Up to two, by id; rows, then columns.
        only: Cuts with codes: just journeys that have one of them.

    Raises:
        NotAllowed: This hat sees no numbers.
        MeasureMissing: There is no such measure.
        CutMissing: There is no such cut, or it is not for this person.
        TooManyCuts: More than two, or one twice.
        BadPeriod: The days are the wrong way round.
    """
    question = question_of(desk, _measure(desk, measure_id), since, until, cuts, only)
    return _answered(desk, [question], bring_up(desk))[0]


def ask_all(desk: Desk, measure_ids: Iterable[str], since: str, until: str) -> list[Asked]:
    """Count several measures at once, without cuts: for a page or a report.

    Raises:
        NotAllowed: This hat sees no numbers.
        MeasureMissing: There is no such measure.
        BadPeriod: The days are the wrong way round.
    """
    known = {one.id: one for one in measures_of(desk)}
    wanted = list(measure_ids)
    if missing := [ident for ident in wanted if ident not in known]:
        raise MeasureMissing(missing[0])
    questions = [question_of(desk, known[ident], since, until) for ident in wanted]
    return _answered(desk, questions, bring_up(desk))


def answer_all(desk: Desk, questions: Sequence[Question]) -> list[Asked]:
    """Count several questions at once: for a report, whose tables stand beside its figures.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    _require(desk)
    return _answered(desk, questions, bring_up(desk))


def question_of(
    desk: Desk,
    measure: Measure,
    since: str,
    until: str,
    cuts: Sequence[str] = (),
    only: Only = (),
) -> Question:
    """What is asked of each file; see `ask` for what it refuses."""
    period = custom(since, until)
    if len(cuts) > MOST_CUTS or len(set(cuts)) < len(cuts):
        raise TooManyCuts
    known = {cut.id: cut for cut in desk.library.cuts() if _may_cut(desk, cut)}
    if not {*cuts, *(cut for cut, _ in only)} <= known.keys():
        raise CutMissing
    return Question(
        measure, period.since, period.until, desk.clock.local().date().isoformat(),
        tuple(known[cut] for cut in cuts),
        tuple((known[cut], tuple(codes)) for cut, codes in only),
        desk.agency.fiscal_month,
        {name: int(getattr(desk.agency, name)) for name in measure.times},
    )  # fmt: skip


def records_behind(desk: Desk, asked: Asked, place: Place = (), most: int = MOST_BEHIND) -> Behind:
    """The records behind one place of a figure, for who may read them; each is logged as read.

    Args:
        desk: Who looks.
        asked: What was asked.
        place: Codes, one for each cut, `ALL_OF` for a sum; empty: everything.
        most: So many at most.

    Raises:
        NotAllowed: This hat sees no numbers.
    """
    _require(desk)
    found: list[RecordBehind] = []
    kept, has_more = 0, False
    for name, file in _held(desk).items():
        records = desk.open_file(name)
        is_read = name in asked.files and may(desk.person.roles, READS[name] or May.SEE_NUMBERS)
        if records is None or not is_read:
            continue
        idents = file.behind(asked.question, place, most + 1)
        has_more |= len(idents) > most
        seen = records.lines(idents[:most])
        kept += len(unveiled(records).lines(idents[:most])) - len(seen)
        counts = file.in_numerator(asked.question, idents) if asked.measure.where else set(idents)
        found += [_line(row, name, ident in counts) for ident in idents if (row := seen.get(ident))]
    shown = sorted(found, key=lambda one: one.opened, reverse=True)[:most]
    for one in shown:
        _note_read(desk, one)
    return Behind(tuple(shown), kept, has_more or len(found) > most)


# --- inside -----------------------------------------------------------------------------


def _line(row: Row, name: Compartment, is_counted: bool) -> RecordBehind:
    return RecordBehind(
        row.record, name, row.number, row.opened[:10], row.pathway, row.kind, is_counted
    )


def _note_read(desk: Desk, one: RecordBehind) -> None:
    file = desk.open_file(one.compartment)
    if file is not None:
        file.note(desk.act("read behind a number", one.record))


def _require(desk: Desk) -> None:
    desk.require(May.SEE_NUMBERS)


def _measure(desk: Desk, ident: str) -> Measure:
    for one in measures_of(desk):
        if one.id == ident:
            return one
    raise MeasureMissing(ident)


def _counted(desk: Desk, measure: Measure) -> tuple[Compartment, ...]:
    """The open files that a measure counts."""
    held = _held(desk)
    return tuple(name for name in measure.files if name in held)


def _held(desk: Desk) -> Mapping[Compartment, JourneyFile]:
    return desk.measures.files if desk.measures is not None else {}


def _may_cut(desk: Desk, cut: Cut) -> bool:
    return not cut.within or any(str(role) in cut.within for role in desk.person.roles)


def _fits(cut: Cut, measure: Measure) -> bool:
    """What a referral asks for is nothing that an intake can be cut by."""
    return cut.id != "service" or "referral" in measure.subjects


def _questions(desk: Desk) -> set[str]:
    """The questions that are asked here: of all forms in use, and what the department chose."""
    forms = {*desk.pathways, desk.agency.program, *desk.agency.programs,
             *desk.agency.case_programs} - {""}  # fmt: skip
    found = set(desk.agency.also_asks)
    for ident in forms:
        found |= _asked_by(desk, ident)
    return found


def _asked_by(desk: Desk, form: str) -> set[str]:
    try:
        asked = desk.library.guide(form).form.fields()
        return {one.id for one in asked if _CHOSEN not in one.show_when}
    except FormMissing:
        return set()


def _answered(desk: Desk, questions: Sequence[Question], waiting: int) -> list[Asked]:
    figures: list[list[Figure]] = [[] for _ in questions]
    for name, file in _held(desk).items():
        mine = [n for n, one in enumerate(questions) if name in _asked_of(one)]
        for n, figure in zip(mine, file.ask_all([questions[n] for n in mine]), strict=True):
            figures[n].append(figure)
    return [
        _told(desk, question, joined(question, found), waiting)
        for question, found in zip(questions, figures, strict=True)
    ]


def _asked_of(question: Question) -> tuple[Compartment, ...]:
    """No file, where a number is missing that the figure is reckoned with."""
    return () if _missing(question) else question.measure.files


def _missing(question: Question) -> tuple[str, ...]:
    return tuple(name for name, number in question.numbers.items() if number < 1)


def _told(desk: Desk, question: Question, figure: Figure, waiting: int) -> Asked:
    measure = question.measure
    files = _counted(desk, measure)
    labels = {
        cut.id: labels_of(desk, question, cut, {place[n] for place in figure.rows} - {ALL_OF})
        for n, cut in enumerate(question.cuts)
    }
    counts: Iterable[Count] = (figure.whole, *figure.rows.values())
    parts = {code for count in counts for code in count.parts}
    return Asked(
        question, figure, labels, part_labels(desk, measure, parts), _missing(question), waiting,
        files, tuple(one for one in measure.files if one not in files), desk.own_language,
    )  # fmt: skip
