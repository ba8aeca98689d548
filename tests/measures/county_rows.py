"""Made-up journeys, and extracts that hold them."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from intake_app.domain.county import NUMBERS_OF_AGENCY, Came, Manifest
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.tables.county_merge import JOURNEY_COLUMNS, county_columns
from intake_app.tables.parquet_out import as_parquet

CUTS = ("race", "gender", "age_band")
SINCE, UNTIL = "2025-01-01", "2026-06-30"
NUMBERS = dict.fromkeys(NUMBERS_OF_AGENCY, 0) | {"booking_cents": 15_000, "jail_days_tenths": 25}
_FIRST = date(2024, 11, 1)
_DAYS = 700


def journeys(seed: int, count: int, agency: str = "a", people: int = 0) -> list[Journey]:
    """Intakes and their referrals with skewed codes and gaps everywhere."""
    dice = random.Random(seed)
    found: list[Journey] = []
    for n in range(count):
        one = _intake(dice, f"{agency}-{n:06}", f"p{dice.randrange(people or count)}")
        found.append(one)
        if dice.random() < 0.3:
            found.append(_referral(dice, one))
    return found


def _day(dice: random.Random, after: str = "") -> str:
    if dice.random() < 0.3:
        return ""
    start = date.fromisoformat(after) if after else _FIRST
    return (start + timedelta(days=dice.randrange(-2, 120 if after else _DAYS))).isoformat()


def _intake(dice: random.Random, ident: str, person: str) -> Journey:
    opened = (_FIRST + timedelta(days=dice.randrange(_DAYS))).isoformat()
    is_case = dice.random() < 0.3
    notice = _day(dice, opened) if is_case else ""
    races = ("white", "black", "hispanic", "asian", "unknown")
    traits = {
        "race": tuple(sorted(set(dice.choices(races, (9, 4, 3, 1, 1), k=dice.randrange(3))))),
        "gender": (dice.choice(("woman", "man", "nonbinary")),) if dice.random() < 0.9 else (),
        "age_band": (dice.choice(("18_24", "25_34", "65_plus")),),
    }
    return Journey(
        RecordId(ident), Subject.INTAKE, RecordId(ident), person if dice.random() < 0.95 else "",
        "officer_intervention" if is_case else dice.choice(("self_referral", "active_outreach")),
        "p1", "u1", "open", opened, dice.choice(("yes", "yes", "no", "undecided", "")),
        offered_on=_day(dice, opened), accepted_on=_day(dice, opened), tried_on=_day(dice, opened),
        contact_on=_day(dice, opened), engaged_on=_day(dice, opened), plan_on=_day(dice, opened),
        closed_on=_day(dice, opened), why_closed=dice.choice(("", "moved", "other")),
        outcome=dice.choice(("", "completed", "not_completed", "deceased", "transferred")),
        contact_business_days=dice.choice((None, 0, 1, 3, 9)), notice_on=notice,
        report_by=f"{_day(dice, opened) or opened}T17:00" if is_case else "",
        reported_at=f"{_day(dice, opened) or opened}T09:30" if dice.random() < 0.5 else "",
        complete_by=_day(dice, opened), handoff=dice.choice(("", "in_person", "by_phone")),
        handoff_minutes=dice.choice((None, 10, 25, 45)), scheduled=dice.choice((None, 0, 3, 8)),
        attended=dice.choice((None, 0, 2, 3)), tries=dice.choice((None, 1, 2)),
        kits=dice.choice((None, None, 0, 1, 2)), officer_minutes=dice.choice((None, 20, 35)),
        rearrest_asked_on=_day(dice, opened), rearrested_on=_day(dice, opened),
        arrested_before=dice.choice((None, 0, 2)), overdose_on=_day(dice, opened),
        overdose_again_on=_day(dice, opened), next_due=_day(dice, opened), traits=traits,
        drive_minutes=dice.choice((None, 5, 40)),
    )  # fmt: skip


def _referral(dice: random.Random, one: Journey) -> Journey:
    return Journey(
        RecordId(f"{one.record}-r"), Subject.REFERRAL, one.record, one.person, one.pathway,
        opened_on=_day(dice, one.opened_on) or one.opened_on, status="requested",
        wanted_place=dice.choice(("detox", "housing")), placed=dice.choice(("", "detox")),
        answer=dice.choice(("", "has_room", "no_room")), wait_days=dice.choice((None, 0, 4, 20)),
        came_on=_day(dice, one.opened_on),
    )  # fmt: skip


def file_of(one: Journey) -> str:
    """Where its kind lives."""
    return "cases" if one.pathway == "officer_intervention" else "care"


def rows_of(made: Sequence[Journey], cuts: Sequence[str] = CUTS) -> list[tuple[object, ...]]:
    """The lines of an extract of these journeys; ids stay as they are."""
    names = [name for name, _ in county_columns(cuts)]
    found = list[tuple[object, ...]]()
    for n, one in enumerate(made):
        told: dict[str, object] = {name: getattr(one, name) for name in JOURNEY_COLUMNS}
        told |= {"n": n, "record": one.record, "intake": one.intake, "file": file_of(one)}
        person = one.person and f"{file_of(one)} {one.person}"  # the wall: a token for each file
        told |= {"person": person, "sound": ""}
        told |= {f"cut {cut}": list(one.traits.get(cut, ())) for cut in cuts}
        found.append(tuple(told[name] for name in names))
    return found


def extract(
    made: Sequence[Journey], agency: str = "a", at: str = "2026-07-01T09:00:00+0000",
    generation: str = "one", days: tuple[str, str] = (SINCE, UNTIL),
    numbers: Mapping[str, int] = NUMBERS,
) -> Came:  # fmt: skip
    """An extract that came from an agency."""
    rows = rows_of(made)
    manifest = Manifest(
        generation, *days, at[:10], ("care", "cases"), CUTS, len(rows), 0, 0, numbers, "m"
    )
    table = as_parquet(county_columns(CUTS), rows)
    return Came(agency, f"Department {agency}", at, manifest, table)


def with_manifest(one: Came, **changed: object) -> Came:
    """The same, saying something else of itself."""
    return replace(one, manifest=replace(one.manifest, **changed))  # type: ignore[arg-type]
