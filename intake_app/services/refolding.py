"""What lists show of acts is summed up anew when acts came from another station.

Who writes an act writes the sum beside it; two people who worked apart wrote two sums, and neither
may be right. Nobody is asked about a sum: whoever holds the file next writes what the acts say.
Every station finds the same, so this comes to rest.
"""

from collections.abc import Callable, Iterator
from typing import Final

from intake_app.domain import facts
from intake_app.domain.case_act import RECORD_KIND as CASE_ACT
from intake_app.domain.change import Change, Value
from intake_app.domain.dispute import FOLLOW_UP, SERVICE, UNITED, united
from intake_app.domain.episode import STEP, Step, fold
from intake_app.domain.errors import FormMissing
from intake_app.domain.follow_up import TaskState
from intake_app.domain.ids import RecordId
from intake_app.domain.record import Record
from intake_app.domain.referral import REFERRAL, referral_of
from intake_app.domain.referral import STEP as REFERRAL_STEP
from intake_app.services.case.held import acts_in, is_case, row_of, stands, terms_of
from intake_app.services.desk import Desk
from intake_app.services.follow_up.episodes import CONFLICT
from intake_app.services.needs.files import Records
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.veil import behind
from intake_app.services.records.writing import write
from intake_app.services.referrals.referrals import shown_of

ACTS: Final = (CASE_ACT, STEP, REFERRAL_STEP)
"""Kinds of acts of which lists show a sum."""

_WHAT: Final = "sum up what came"


def refold(desk: Desk) -> None:
    """Bring the sums in step with the acts that came last; nearly always there is nothing to do.

    It looks through one batch of changes in each file; more, as after the first fill of a computer,
    is for `refold_rest`.

    Args:
        desk: Whose; all records are reached, also those that are kept from this person.

    Raises:
        DiskFull: Nothing was written; the next time tries again.
    """
    whole = behind(desk)
    for file in (whole.care, whole.cases):
        if file is not None:
            _look_through(whole, file)
            _end_what_is_over(whole, file)
    _unite(whole)


def refold_rest(desk: Desk, is_wanted: Callable[[], bool]) -> bool:
    """The same with all that still waits, while nobody waits; whether all is done.

    Raises:
        DiskFull: Nothing of the last batch was kept; it goes on the next time.
    """
    whole = behind(desk)
    for file in (whole.care, whole.cases):
        last = -1
        while file is not None and (through := _look_through(whole, file)) != last:
            if is_wanted():
                return False
            last = through
    return True


def _look_through(desk: Desk, file: Records) -> int:
    """The next batch of changes; how far all were looked through."""
    found, through = file.unfolded(ACTS)
    changes = [change for ident in found for change in _summed(desk, file, ident)]
    if changes:
        file.apply(changes, desk.act(_WHAT))
    file.folded_through(through)
    return through


def _end_what_is_over(desk: Desk, file: Records) -> None:
    over = [_over(desk, file, one) for one in file.differing() if _is_over_and_due(one)]
    if over:
        file.apply(over, desk.act(_WHAT))


def _summed(desk: Desk, file: Records, ident: RecordId) -> Iterator[Change]:
    record = file.record(ident)
    if record is None or record.is_purged or record.is_deleted:
        return
    try:
        wanted = _sum_of(desk, file, record)
    except (FormMissing, TypeError, ValueError, KeyError):  # no list may fail over one record
        return
    fresh = {name: value for name, value in wanted.items() if record.values.get(name) != value}
    if fresh:
        yield write(file, desk.person.id, record.kind, record.id, fresh)


def _sum_of(desk: Desk, file: Records, record: Record) -> dict[str, Value]:
    """What lists should show of a record that acts are about."""
    if record.kind == REFERRAL:
        steps = file.about(record.id, REFERRAL_STEP)
        return shown_of(referral_of(record, steps).standing) if steps else {}
    if facts.FORM not in record.values:
        return {}
    guide = guide_of_record(desk, record)
    if is_case(record):
        acts = acts_in(file, record.id)
        return row_of(stands(desk, acts, terms_of(guide))) if acts else {}
    steps = [Step.of(one) for one in file.about(record.id, STEP)]
    episode = fold(steps, guide.form.statuses)
    if not steps or not episode.status:
        return {}
    closed: dict[str, Value] = {facts.DUE: ""} if episode.is_closed else {}
    return {facts.STATUS: CONFLICT if episode.is_conflict else episode.status, **closed}


def _is_over_and_due(record: Record) -> bool:
    """A task that one person ended while another put it off: it is over, and not due."""
    is_over = record.values.get("state") not in {None, TaskState.OPEN}
    return record.kind == FOLLOW_UP and is_over and bool(record.values.get(facts.DUE))


def _over(desk: Desk, file: Records, task: Record) -> Change:
    return write(file, desk.person.id, FOLLOW_UP, task.id, {facts.DUE: ""})


def _unite(desk: Desk) -> None:
    """Entries of the directory: what several people added in one field all stays."""
    file, changes = desk.station, list[Change]()
    for record in file.differing():
        names = UNITED[SERVICE] & record.conflicts().keys() if record.kind == SERVICE else ()
        if fields := {name: united(record, name) for name in sorted(names)}:
            changes.append(write(file, desk.person.id, SERVICE, record.id, fields))
    if changes:
        file.apply(changes, desk.act(_WHAT))
