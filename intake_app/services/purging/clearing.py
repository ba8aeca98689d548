"""Carrying an order out in one file: one transaction, in which a count takes a record's place.

What stands of the order is looked for anew each time, so doing it twice ends nothing more, and an
older copy of the file that is put back is cleared like the file it replaced.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from intake_app.domain import facts
from intake_app.domain.change import DELETED, Change, Value
from intake_app.domain.errors import FormMissing
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.purge import Order, Way
from intake_app.domain.record import Record
from intake_app.domain.retention import Since
from intake_app.domain.roles import Compartment
from intake_app.services.case.held import HeldCase, acts_of, is_case, stands, terms_of
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.purging.parts import purges, shown_again, stands_there
from intake_app.services.records.form_versions import guide_of_record
from intake_app.services.records.intake_changes import INTAKE
from intake_app.services.records.writing import fact
from intake_app.services.sealing.sealing import leftovers
from intake_app.services.sealing.statistics import statistic
from intake_app.services.sealing.tokens import token_change

KEPT: Final = "kept.act"
"""Kind of a consent or disclosure that outlives its intake: {"kind", "said", DUE: its own end}."""

_DISCLOSED: Final = "disclosure"
_IN_ERROR: Final = "entered_in_error"


def clear_file(desk: Desk, name: Compartment, file: Records, order: Order) -> list[Record]:
    """End in one file what stands of an order.

    Returns:
        What ended, as it was; nothing where nothing stood.

    Raises:
        DiskFull: Nothing was ended.
    """
    found = [shown_again(record) for record in stands_there(file, order)]
    if not found:
        return []
    changes = purges(file, desk.person.id, found)
    if name is order.compartment:
        changes += _what_stays(desk, file, order, found)
    file.apply(changes, desk.act("purge records", order.id))
    return found


def _what_stays(
    desk: Desk, file: Records, order: Order, found: Sequence[Record]
) -> Iterator[Change]:
    for intake in found:
        if intake.id not in order.records or intake.kind != INTAKE or _is_no_contact(intake):
            continue
        yield statistic(desk, file, intake, _parts(found, intake.id), order.way)
        if order.way is Way.DEIDENTIFY:
            yield from _kept_acts(desk, file, order.records[intake.id], found)
        if order.compartment is Compartment.CASES:
            yield from _of_case(desk, order, intake, found)


def _is_no_contact(intake: Record) -> bool:
    """Whether it never happened: what was entered in error is not counted."""
    return bool(intake.values.get(DELETED)) or intake.values.get(facts.STATUS) == _IN_ERROR


def _parts(found: Sequence[Record], owner: RecordId) -> list[Record]:
    """What belongs to one of several intakes, and to that in turn."""
    mine, parts = {owner}, list[Record]()
    for one in found:  # owners come first
        if one.id == owner or one.about in mine:
            mine.add(one.id)
            parts.append(one)
    return parts


def _of_case(desk: Desk, order: Order, case: Record, found: Sequence[Record]) -> Iterator[Change]:
    """The number with one word, the offer as a count, and that somebody took part once."""
    yield from leftovers(desk, case.id)
    if not order.keeps_token or not is_case(case):
        return
    try:
        guide = guide_of_record(desk, case)
    except FormMissing:
        return  # what its program counts is no longer known
    acts = acts_of(one for one in found if one.about == case.id)
    held = HeldCase(case, guide, acts, stands(desk, acts, terms_of(guide)))
    token = token_change(desk, held)
    if token is not None:
        yield token


# --- consents and disclosures ---------------------------------------------------------------


def _kept_acts(
    desk: Desk, file: Records, person: RecordId, found: Sequence[Record]
) -> Iterator[Change]:
    """Each consent and disclosure, by itself, until its own time is over (45 CFR 164.530(j))."""
    rule = next(
        (r for r in desk.library.retention().rules_for(Compartment.CARE) if r.since is Since.MADE),
        None,
    )
    for act in found if rule else ():
        if rule is None or not is_kept_act(act.kind) or act.is_deleted:
            continue
        made = datetime.fromisoformat(str(act.values[facts.OPENED]))
        told: dict[str, Value] = {
            "kind": act.kind,
            "said": {name: _unnamed(value) for name, value in act.values.items()},
            facts.OPENED: act.values[facts.OPENED],
            facts.DUE: rule.until(made.date()).isoformat(),
            facts.PERSON: person,
        }
        yield fact(file, desk.person.id, KEPT, new_record_id(), told)


def is_kept_act(kind: str) -> bool:
    """Whether a record is a consent, its revocation or a disclosure."""
    return kind.split(".")[0] in {"consent", "consent_tpo", _DISCLOSED}


def _unnamed(value: Value) -> Value:
    """A value in which a hash no longer holds archived bytes: of the paper only the hash is kept.

    Archived bytes stay while a record names them in small letters; see `storage.archive`.
    """
    is_hash = isinstance(value, str) and len(value) == 64 and value.isalnum()
    return value.upper() if is_hash else value
