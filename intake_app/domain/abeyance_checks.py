"""What may be done to the clock of a case: every reason against it at once, or none."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from intake_app.domain.abeyance import abeyance
from intake_app.domain.business_time import Calendar, Place
from intake_app.domain.case_act import CaseAct, CaseActKind, in_order
from intake_app.domain.case_refusal import Refusal
from intake_app.domain.case_status import CLOSINGS, fold
from intake_app.domain.terms import Terms


def check_new_report_by(
    moment: datetime,
    acts: Iterable[CaseAct],
    terms: Terms,
    calendar: Calendar,
    now: datetime,
    zone: tzinfo,
) -> tuple[Refusal, ...]:
    """Why a new report-by may not be set.

    Args:
        moment: The new one, aware.
        acts: All acts of the case.
        terms: The program's.
        calendar: Business days.
        now: Aware.
        zone: The zone of the wall clock.
    """
    every, place = in_order(acts), Place(terms, calendar, zone)
    clock, day = abeyance(every, terms, calendar, now, zone), place.day_of(moment)
    return _those({
        fold(every).allowed[CaseActKind.RESCHEDULED]: True,
        Refusal.IN_THE_PAST: moment.astimezone(UTC) <= now.astimezone(UTC),
        Refusal.DOOR_CLOSED: not place.is_open(moment),
        Refusal.PAST_LIMITATION: bool(clock.limitation and day > clock.limitation),
        Refusal.AFTER_COMPLETION: bool(clock.complete_by and day > clock.complete_by),
    })  # fmt: skip


def check_extension(
    acts: Iterable[CaseAct], terms: Terms, calendar: Calendar, now: datetime, zone: tzinfo
) -> tuple[Refusal, ...]:
    """Why the case may not be extended by the program's extension."""
    every = in_order(acts)
    clock = abeyance(every, terms, calendar, now, zone)
    is_given = bool(terms.extensions and terms.extension_days)
    longer = clock.complete_by and clock.complete_by + timedelta(days=terms.extension_days)
    return _those({
        fold(every).allowed[CaseActKind.EXTENDED]: True,
        Refusal.NO_EXTENSIONS: not is_given,
        Refusal.EXTENSIONS_USED: is_given and not clock.extensions_left,
        Refusal.TOLLED: clock.is_tolled,
        Refusal.NO_COMPLETION: not longer and not clock.is_tolled,
        Refusal.PAST_LIMITATION: bool(longer and clock.limitation and longer > clock.limitation),
    })  # fmt: skip


def check_toll(reason: str, acts: Iterable[CaseAct], terms: Terms) -> tuple[Refusal, ...]:
    """Why the clock may not be stopped for a reason."""
    return _those({
        fold(acts).allowed[CaseActKind.TOLL_STARTED]: True,
        Refusal.UNKNOWN_TOLL: reason not in terms.toll_reasons,
    })  # fmt: skip


def check_no_show(
    acts: Iterable[CaseAct], terms: Terms, calendar: Calendar, now: datetime, zone: tzinfo
) -> tuple[Refusal, ...]:
    """Why "did not report" may not be noted."""
    every = in_order(acts)
    since = abeyance(every, terms, calendar, now, zone).no_show_from
    return _those({
        fold(every).allowed[CaseActKind.NO_SHOW]: True,
        Refusal.TOO_EARLY: since is not None and now.astimezone(UTC) < since.astimezone(UTC),
    })  # fmt: skip


def check_sealing(acts: Iterable[CaseAct], terms: Terms, now: datetime) -> tuple[Refusal, ...]:
    """Why the case may not be sealed."""
    every = in_order(acts)
    closed = [act.at.astimezone(UTC) for act in every if act.kind in CLOSINGS]
    wait = timedelta(days=terms.seal_days)
    return _those({
        fold(every).allowed[CaseActKind.SEALED]: True,
        Refusal.TOO_EARLY_TO_SEAL: bool(closed) and now.astimezone(UTC) < closed[-1] + wait,
    })  # fmt: skip


def _those(found: dict[Refusal, bool]) -> tuple[Refusal, ...]:
    return tuple(why for why, holds in found.items() if why and holds)
