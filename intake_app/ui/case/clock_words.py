"""The clock of a case in words: how a day was found, what is due, what to look at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from intake_app.domain.abeyance import Abeyance, Caution, DueKind
from intake_app.domain.business_time import Step, StepReason
from intake_app.domain.entry import show_date, show_moment
from intake_app.words import Words, mark
from intake_app.words.dates import time_in_words
from intake_app.words.holidays import holiday_in_words

DUE: Final[Mapping[DueKind, str]] = {
    DueKind.REPORT: mark("Due next: the person reports to the program"),
    DueKind.COMPLETE: mark("Due next: the plan is complete"),
    DueKind.CHARGE: mark("Due next: the prosecutor decides before the limitation date"),
}

CAUTIONS: Final[Mapping[Caution, str]] = {
    Caution.PAPER_DIFFERS: mark(
        "The paper says another report-by than the count. The paper binds."
    ),
    Caution.PAST_LIMITATION: mark("This is later than the limitation date. Ask the prosecutor."),
    Caution.NEAR_LIMITATION: mark("The limitation date is less than a month away."),
    Caution.LIMITATION_OVER: mark("The limitation date has passed. Ask the prosecutor now."),
    Caution.EXTENSIONS_OVER_LIMIT: mark(
        "More extensions were given than the program has. Those over the limit do not count."
    ),
}

_PLAIN: Final[Mapping[StepReason, str]] = {
    StepReason.FIRST_DAY: mark("{day}: the day of the paper does not count."),
    StepReason.WEEKEND: mark("{day}: weekend, not counted."),
    StepReason.HOLIDAY: mark("{day}: {detail}, not counted."),
    StepReason.CLOSED: mark("{day}: offices are closed, not counted."),
    StepReason.NO_HOURS: mark("{day}: the program is not open."),
    StepReason.DOOR_CLOSED: mark(
        "{day}, {time}: the door is closed, so it moves to the next opening."
    ),
    StepReason.PAPER_BINDS: mark("{day}: written on the paper, and the paper binds."),
    StepReason.RESCHEDULED: mark("{day}: set anew."),
}
"""Steps that need no number; {detail} is a holiday's name."""


def steps_in_words(
    steps: Sequence[Step], reasons: Mapping[str, str], words: Words
) -> Iterator[str]:
    """Say each step of a count, in order.

    Args:
        steps: Of the count.
        reasons: Words of the reasons for stops and extensions, by code.
        words: Language.
    """
    counted = 0
    for step in steps:
        counted += step.reason is StepReason.COUNTED
        yield _said(step, counted, reasons.get(step.detail, step.detail), words)


def _said(step: Step, counted: int, detail: str, words: Words) -> str:
    day, n = show_date(step.day.isoformat(), words.language), step.count
    if step.reason is StepReason.HOLIDAY:
        detail = holiday_in_words(detail, words)
    if step.reason in _PLAIN:
        values = {"day": day, "detail": detail, "time": _time(step.detail, words)}
        return words.text(_PLAIN[step.reason], **values)
    if step.reason is StepReason.COUNTED:
        return words.text("{day}: day {n}.", day=day, n=counted)
    if step.reason is StepReason.DUE:
        time = _time(step.detail, words)
        return words.text("Due: {when}", when=f"{day}, {time}" if time else day)
    return _with_number(step, n, (day, detail), words)


def _with_number(step: Step, n: int, said: tuple[str, str], words: Words) -> str:
    day, why = said
    if step.reason is StepReason.HOURS:
        told = words.plural("{n} hour after the paper", "{n} hours after the paper", n)
    elif step.reason is StepReason.PERIOD and step.detail == "months":
        told = words.plural("{n} month after the paper", "{n} months after the paper", n)
    elif step.reason is StepReason.PERIOD:
        told = words.plural("{n} day after the paper", "{n} days after the paper", n)
    elif step.reason is StepReason.EXTENDED:
        told = words.plural(
            "Extended by {n} day ({why})", "Extended by {n} days ({why})", n, why=why
        )
    else:
        told = words.plural(
            "The clock stood still for {n} day ({why})",
            "The clock stood still for {n} days ({why})", n, why=why,
        )  # fmt: skip
    return words.text("{what}: {day}.", what=told, day=day)


def _time(clock: str, words: Words) -> str:
    try:
        return time_in_words(f"2026-01-01T{clock}", words.language)
    except ValueError:
        return ""


def report_by_in_words(clock: Abeyance, words: Words) -> str:
    """Say the latest moment to report, or nothing."""
    if clock.report_by is None:
        return ""
    return show_moment(clock.report_by.moment.isoformat(), words.language)


def day_in_words(day: date | None, words: Words) -> str:
    """Say a day with its weekday, or nothing."""
    return show_date(day.isoformat(), words.language) if day else ""


def due_in_words(clock: Abeyance, words: Words) -> str:
    """Say what is due next."""
    if clock.is_tolled:
        return words.text("The clock stands still. Nothing is due.")
    if clock.next_due is None:
        return words.text("Nothing is due.")
    return words.text(DUE[clock.next_due.what])


def distance_in_words(clock: Abeyance, now: datetime, words: Words) -> str:
    """Say how far away it is: "in 3 days", "2 days late"; empty where nothing is due."""
    if clock.next_due is None or clock.is_tolled:
        return ""
    when = clock.next_due.when
    days = (when.date() - now.astimezone(when.tzinfo).date()).days
    if clock.is_overdue and not days:
        return words.text("Overdue since today")
    if days < 0:
        return words.plural("Overdue by {n} day", "Overdue by {n} days", -days)
    if days < 2:
        return words.text("Today") if not days else words.text("Tomorrow")
    return words.plural("In {n} day", "In {n} days", days)
