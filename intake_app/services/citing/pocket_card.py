"""The pocket card of a program and month: offenses with limits, exclusions, and report-by days.

Nothing on it is typed twice: what qualifies and what speaks against it is asked of the program's
own rules, offense by offense, and the calendar is the clock's own count. It is about nobody.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final

from intake_app.domain.business_time import report_by
from intake_app.domain.clock import zone_of
from intake_app.domain.errors import FormMissing
from intake_app.domain.form import Answers, Finding, Force, Rule
from intake_app.domain.offense import Offense, is_table_of_offenses
from intake_app.domain.paper import Audience, Paper
from intake_app.domain.roles import May
from intake_app.domain.terms import Terms
from intake_app.domain.text import NOTHING
from intake_app.services.case.held import terms_of
from intake_app.services.case.programs import case_programs
from intake_app.services.citing.pad_sheet import program_around
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.frames import frame_for
from intake_app.words import Words
from intake_app.words.dates import month_in_words, short_day, time_in_words

PAPER: Final = "pocket_card"
_FORM: Final = Paper(PAPER, "", NOTHING, Audience.DEPARTMENT, (), is_neutral=False)


@dataclass(frozen=True, slots=True)
class Qualifying:
    """An offense that no rule excludes by itself.

    Attributes:
        offense: As the law says it.
        notes: The rules that may still speak against it, once more is known.
    """

    offense: Offense
    notes: tuple[Rule, ...]


def print_pocket_card(desk: Desk, program: str, month: str, language: str = "") -> bytes:
    """Draw the card of a program for a month; logged, without a record.

    Args:
        desk: Where.
        program: A program of the department (form id).
        month: "2026-11".
        language: Of the card (ISO 639); empty: the department's first.

    Raises:
        NotAllowed: Not in this person's roles.
        FormMissing: It is no program of this department.
        PaperMissing: The paper file is not there.
    """
    desk.require(May.KEEP_PADS)
    if program not in dict(case_programs(desk)):
        raise FormMissing(program)
    guide = desk.library.guide(program)
    language = language if language in desk.agency.languages else desk.own_language
    first = date.fromisoformat(f"{month}-01")
    frame = frame_for(desk, _FORM, language, "", "")
    extra = {**frame.extra, **program_around(desk, guide).words(language),
             "month": month_in_words(datetime.combine(first, time(), UTC), language)}  # fmt: skip
    tables = _tables(desk, guide, first, Words(language))
    frame = replace(frame, extra=extra, tables=tables)
    data = desk.press.print(desk.library.compose(PAPER, guide, {}, frame))
    desk.station.note(desk.act("print pocket card"))
    return data


def _tables(desk: Desk, guide: Guide, first: date, words: Words) -> dict[str, list[list[str]]]:
    qualifying = tuple(qualifying_offenses(guide, first.isoformat()))
    notes = list(dict.fromkeys(rule.id for one in qualifying for rule in one.notes))
    said = {rule.id: _message(rule, words) for one in qualifying for rule in one.notes}
    return {
        "offenses_in_force": [_row(one, notes, words) for one in qualifying],
        "exclusions": [[_message(rule, words)] for rule in exclusions(guide, first.isoformat())],
        "limits": [
            *([words.text("Note {number}: {what}", number=n, what=said[rule])]
              for n, rule in enumerate(notes, 1)),
            *([text] for text in _terms_in_words(terms_of(guide), words)),
        ],
        "calendar": [[*row] for row in _calendar(desk, terms_of(guide), first, words)],
    }  # fmt: skip


# --- what the rules say -------------------------------------------------------------------


def qualifying_offenses(guide: Guide, on: str) -> Iterator[Qualifying]:
    """The offenses in force on a day that no rule excludes, with the rules that may still hold.

    Args:
        guide: The program.
        on: YYYY-MM-DD.
    """
    for offense in guide.offenses():
        if not offense.is_in_force(on):
            continue
        findings = _against(guide, _answer(guide, offense.id), on)
        about = [one for one in findings if _reads_offense(guide, one.rule)]
        if not any(one.holds for one in about):
            yield Qualifying(offense, tuple(one.rule for one in about if one.holds is None))


def exclusions(guide: Guide, on: str) -> list[Rule]:
    """What may speak against the program whatever the offense is."""
    return [
        one.rule
        for one in _against(guide, {}, on)
        if one.holds is None and not _reads_offense(guide, one.rule)
    ]


def _against(guide: Guide, answers: Answers, on: str) -> list[Finding]:
    return [
        finding for finding in guide.findings(answers, on)
        if finding.rule.force is not Force.ADVISORY
    ]  # fmt: skip


def _answer(guide: Guide, offense: str) -> Answers:
    rows, column = _places(guide)
    return {rows: [{column: offense}]} if rows else {}


def _places(guide: Guide) -> tuple[str, str]:
    """The question for offenses, and its column for the offense itself."""
    field = guide.form.field(guide.form.facts.get("offenses", ""))
    columns = field.columns if field else ()
    found = [column.id for column in columns if is_table_of_offenses(column.codes)]
    return (field.id, found[0]) if field and found else ("", "")


def _reads_offense(guide: Guide, rule: Rule) -> bool:
    rows, column = _places(guide)
    return bool(guide.rule_fields({rule.id}) & {rows, f"{rows}.{column}", column})


# --- words --------------------------------------------------------------------------------


def _row(one: Qualifying, notes: Sequence[str], words: Words) -> list[str]:
    numbers = ", ".join(str(notes.index(rule.id) + 1) for rule in one.notes)
    limit = words.text("Note {number}", number=numbers) if numbers else ""
    degree = f" ({one.offense.degree})" if one.offense.degree else ""
    return [one.offense.label.said_in(words.language), f"{one.offense.statute}{degree}", limit]


def _message(rule: Rule, words: Words) -> str:
    return rule.message.said_in(words.language)


def _terms_in_words(terms: Terms, words: Words) -> Iterator[str]:
    if terms.report_hours:
        yield words.text(
            "Report-by counts {n} hours from the time of the paper. Where the door is closed then, "
            "its next closing time counts.", n=terms.report_hours,
        )  # fmt: skip
    else:
        yield words.plural(
            "Report-by counts {n} business day; the day of the paper does not count.",
            "Report-by counts {n} business days; the day of the paper does not count.",
            terms.report_business_days,
        )  # fmt: skip
    if not terms.participation_limit:
        yield words.text("A first time only.")
    if terms.participation_limit > 0:
        yield words.plural(
            "At most {n} earlier time in this program.",
            "At most {n} earlier times in this program.", terms.participation_limit,
        )  # fmt: skip
    if terms.participation_months:
        yield words.text("Only the last {n} months count.", n=terms.participation_months)


def _calendar(
    desk: Desk, terms: Terms, first: date, words: Words
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """For each day of the month: until when to report, if the paper is handed over that day."""
    for day in range(1, monthrange(first.year, first.month)[1] + 1):
        on = first.replace(day=day)
        yield short_day(on, words.language), _report_by(desk, terms, on, words)


def _report_by(desk: Desk, terms: Terms, on: date, words: Words) -> str:
    zone, language = zone_of(desk.clock), words.language
    early, late = (
        report_by(datetime.combine(on, at, zone), terms, desk.calendar, zone).moment
        for at in (time(), time(23, 59))
    )
    if early == late:
        return f"{short_day(early.date(), language)}, {time_in_words(early, language)}"
    days = (short_day(moment.date(), language) for moment in (early, late))
    return words.text("{first} or {last}", first=next(days), last=next(days))
