"""A training profile: fictional people, through the same door as real ones.

Names come from a short list of invented ones and phones are 555 numbers. Every paper of a
training profile says SAMPLE, because its desk is marked so.
"""

import gc
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from intake_app.domain.change import Change
from intake_app.domain.draft import Draft
from intake_app.domain.form import Deadline
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import May, Role, may
from intake_app.domain.roster import OnCallRole, RosterEntry
from intake_app.services.aid.stock import NewLot, aid_items, receive
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import NewIntake, creating_changes
from intake_app.services.needs.everyday import Guide
from intake_app.services.providers.providers import import_providers, preview_import
from intake_app.services.providers.roster import keep_roster_entry
from intake_app.services.records.drafts import begin_draft
from intake_app.services.records.numbers import next_numbers
from intake_app.services.records.ways_in import ways_in
from intake_app.services.signing.signing_in import Gate, NewPerson, SetUp
from intake_app.services.training.cases import take_fictional_cases
from intake_app.services.training.past import take_fictional_past
from intake_app.services.training.past_cases import take_past_cases
from intake_app.services.training.patterns import SYLLABLES, Pattern, identity_of, pattern_of
from intake_app.settings import resources
from intake_app.settings.agency import Agency

BATCH: Final = 2000
_PATTERNS: Final = 60
"""So many intakes are filled in question by question; the others vary their people and days."""

_SPANISH: Final = 0.2

_LATE: Final = timedelta(days=2)
"""What has been owed for longer than this was done, in fiction."""

DEMO_PEOPLE: Final = 40
"""Intakes in a training profile that is made from the window."""

DEMO_CASES: Final = 18
"""Officer interventions in a training profile, at most as many as walk-ins."""

_PAST_EACH, _PAST_MOST, _PAST_CASES = 12, 480, 2
"""People of the years before for each of now, at most; and for how many of them a held case."""

_ONE_IN, _EACH = 10, 5
"""Of another way in: one for so many walk-ins, and at most so many."""

_LOT, _KEEPS, _FILLED = "TRAINING-1", timedelta(days=400), 3
"""Of things kept by lot: name, and how long it is good; and how many times the least there is."""

_ON_CALL: Final = (
    (OnCallRole.GUIDE, "Pat R.", "+13045550151", "Peer in recovery"),
    (OnCallRole.COORDINATOR, "J. Lowe", "+13045550110", ""),
    (OnCallRole.INTERPRETER, "Language line", "+13045550152", "Spanish, Vietnamese"),
    (OnCallRole.RIDES, "County rides", "+13045550153", "Has a child seat"),
    (OnCallRole.CRISIS, "Crisis line", "988", "Call or text"),
)

_COLLEAGUES: Final = (
    ("mhale", "M. Hale", Role.FRONT_DESK),
    ("dreyes", "D. Reyes", Role.OFFICER),
    ("tokafor", "T. Okafor", Role.SUPERVISOR),
    ("jlowe", "J. Lowe", Role.COORDINATOR),
    ("apruitt", "A. Pruitt", Role.ADMINISTRATOR),
    ("lbrandt", "L. Brandt", Role.RECEPTION),
    ("snorth", "S. North", Role.PRIVACY_OFFICER),
)


def fictional_department(seed: int) -> SetUp:
    """A made-up town with one colleague for each role; passphrases follow from the seed."""
    dice = random.Random(f"people {seed}")  # noqa: S311 (fiction, not secrets)
    people = tuple(
        NewPerson(user_name, shown_name, _passphrase(dice), frozenset({role}))
        for user_name, shown_name, role in _COLLEAGUES
    )
    agency = Agency(
        name="Pine Hollow Police Department",
        address=("12 Court Square", "Pine Hollow, WV 26298"),
        phone="(304) 555-0100",
        ori="WV0990100",
        prefix="PH",
        neutral_name="Pine Hollow Community Care",
        neutral_address=("P.O. Box 99", "Pine Hollow, WV 26298"),
        neutral_phone="(304) 555-0110",
        region="WV",
        case_programs=("plain_diversion",),
        second_factor="off",
        second_factor_reason="Training",
    )
    readers = tuple(p.user_name for p in people if p.roles & {Role.FRONT_DESK, Role.COORDINATOR})
    return SetUp(agency, people, readers)


def _passphrase(dice: random.Random) -> str:
    words = ["".join(dice.choices(SYLLABLES, k=2)) for _ in range(3)]
    return f"{' '.join(words)} {dice.randrange(100, 1000)}"


def fill_training(gate: Gate, asked: SetUp, people: int, seed: int) -> None:
    """Fill a training profile that was just made: intakes, providers, roster.

    Args:
        gate: The way into it.
        asked: Who can sign in.
        people: How many intakes.
        seed: The same seed gives the same people.
    """
    asked_for = people
    past = min(people * _PAST_EACH, _PAST_MOST) if people >= DEMO_PEOPLE else 0
    for who in asked.people:
        desk = gate.unlock(who.user_name, who.passphrase)
        if may(desk.person.roles, May.READ_INTAKE) and people:
            take_fictional_intakes(desk, people, seed, Pathway.SELF_REFERRAL)
            take_other_ways(desk, people, seed)
            take_fictional_past(desk, past, seed)
            people = 0
        if Role.OFFICER in desk.person.roles:
            take_fictional_cases(desk, min(asked_for, DEMO_CASES), seed)
            take_past_cases(desk, past // _PAST_CASES, seed)
        if may(desk.person.roles, May.CHANGE_SETTINGS):
            fill_directory(desk, resources.path("resources", "samples", "providers.json"))
            if asked_for >= DEMO_PEOPLE:
                fill_shelf(desk)
        gate.lock()


def take_other_ways(desk: Desk, people: int, seed: int) -> int:
    """A few fictional intakes of each other way into care, for profiles that are shown around.

    Args:
        desk: The desk of somebody who takes them.
        people: How many walked in; few walk-ins (in tests) have nobody beside them.
        seed: The same seed gives the same people.

    Returns:
        How many were taken.
    """
    if people < DEMO_PEOPLE:
        return 0
    others = [way for way in ways_in(desk) if way.pathway is not Pathway.SELF_REFERRAL]
    each = min(people // _ONE_IN, _EACH)
    return sum(take_fictional_intakes(desk, each, seed, way.form) for way in others)


def fill_directory(desk: Desk, sample: Path) -> None:
    """Providers and an on-call roster of the made-up county.

    Args:
        desk: The desk of somebody who keeps both.
        sample: The sample file of providers.
    """
    import_providers(desk, preview_import(desk, sample))
    for role, name, phone, note in _ON_CALL:
        entry = RosterEntry(RecordId(""), role, name, phone, is_always=True, note=note)
        keep_roster_entry(desk, entry)


def fill_shelf(desk: Desk) -> None:
    """What lies on the shelf of the made-up department: a year's worth of each thing it keeps."""
    today = desk.clock.local().date()
    for item in aid_items(desk):
        if item.has_stock:
            lot, expires = (_LOT, (today + _KEEPS).isoformat()) if item.has_lot else ("", "")
            receive(desk, NewLot(item.id, item.minimum * _FILLED, lot, expires))


def take_fictional_intakes(desk: Desk, people: int, seed: int, form_id: str) -> int:
    """Take intakes of fictional people in batches, each batch one transaction.

    Args:
        desk: The desk of somebody who takes walk-ins.
        people: How many.
        seed: The same seed gives the same people.
        form_id: Which form.

    Returns:
        How many were taken.
    """
    dice = random.Random(seed)  # noqa: S311 (fiction, not secrets)
    begin_draft(desk, form_id)  # keeps the text of the form version; the draft is never saved
    guide = desk.library.guide(form_id)
    patterns = [pattern_of(desk, guide, dice) for _ in range(min(people, _PATTERNS))]
    gc.disable()  # nothing here refers to itself, and looking for what does takes a fifth
    try:
        for start in range(0, people, BATCH):
            size = min(BATCH, people - start)
            changes: list[Change] = []
            year = desk.clock.local().year
            for number in next_numbers(desk, guide.form.pathway, year, size):
                changes += _fictional_intake(desk, guide, dice, dice.choice(patterns), number)
            file = desk.file_for(guide.form.pathway)
            file.apply(changes, desk.act("take fictional intakes"))
    finally:
        gc.enable()
    return people


def _fictional_intake(
    desk: Desk, guide: Guide, dice: random.Random, pattern: Pattern, number: str
) -> Iterator[Change]:
    ago = timedelta(minutes=dice.randrange(60 * 24 * 365))
    opened = (desk.clock.local() - ago).isoformat(timespec="seconds")
    draft = Draft(new_record_id(), guide.form.ref, desk.person.id, started=opened, number=number)
    draft.pathway = guide.form.pathway
    draft.language = "es" if dice.random() < _SPANISH else "en"
    owed = _not_long_past(desk, [(due, _earlier(on, ago)) for due, on in pattern.owed])
    named = identity_of(guide.form, dice)
    answers = {**pattern.answers, **{k: v for k, v in named.items() if k in pattern.asked}}
    new = NewIntake(guide.form, answers, owed, opened, pattern.begins, pattern.is_event_only)
    return creating_changes(desk, draft, new)


def _not_long_past(
    desk: Desk, owed: Sequence[tuple[Deadline, str]]
) -> tuple[tuple[Deadline, str], ...]:
    """The next thing owed: what came before it was done, or nobody could ever get through."""
    since = (desk.clock.local().date() - _LATE).isoformat()
    return tuple(pair for pair in owed if pair[1][:10] >= since)[:1]


def _earlier(on: str, ago: timedelta) -> str:
    if len(on) == len("2026-11-23"):
        return (date.fromisoformat(on) - ago).isoformat()
    return (datetime.fromisoformat(on) - ago).isoformat(timespec="seconds")
