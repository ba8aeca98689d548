"""Random journeys that look like a department's: skewed, with gaps, people who come again."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.measures.journeys import bring_up

RACES = ("white", "black", "hispanic", "asian", "aian", "mena", "nhpi", "unknown", "declined")
PATHWAYS = (
    "self_referral", "officer_intervention", "active_outreach", "naloxone_plus",
    "officer_referral", "community_response",
)  # fmt: skip
OUTCOMES = (
    "completed", "not_completed", "withdrew", "transferred", "deceased", "unable_to_contact",
    "declined", "ineligible", "declined_by_prosecutor", "returned",
)  # fmt: skip
SERVICES = ("detox", "residential", "outpatient", "moud", "food")
FIRST = date(2024, 1, 1)
DAYS = 900


def kept(desk: Desk, made: Sequence[Journey]) -> None:
    """Journeys as if they had been folded; those of held charges in their own file."""
    bring_up(desk)
    assert desk.measures is not None
    for name, file in desk.measures.files.items():
        is_case = name is Compartment.CASES
        mine = [one for one in made if (one.pathway == "officer_intervention") is is_case]
        file.keep(mine, [one.record for one in mine], None)


class Maker:
    """Makes journeys; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self.rng, self.n = random.Random(seed), 0

    def many(self, count: int) -> Iterator[Journey]:
        """So many intakes, contacts and what is left, with referrals and events between them."""
        for _ in range(count):
            yield from self.one()

    def one(self) -> Iterator[Journey]:
        kind = self.rng.random()
        subject = (
            Subject.CONTACT if kind < 0.08 else Subject.ENDED if kind < 0.12
            else Subject.EVENT if kind < 0.15 else Subject.INTAKE
        )  # fmt: skip
        made = self.journey(subject)
        yield made
        if subject is Subject.INTAKE:
            for _ in range(self.rng.choice((0, 0, 1, 1, 2))):
                yield self.referral(made)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def later(self, day: str, most: int, share: float) -> str:
        if not day or not self.chance(share):
            return ""
        days = min(int(self.rng.expovariate(4 / most)), most)
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()

    def moment(self, day: str) -> str:
        return f"{day}T{self.rng.randrange(24):02d}:{self.rng.choice((0, 15, 30)):02d}"

    def ident(self, kind: str) -> RecordId:
        self.n += 1
        return RecordId(f"{kind}-{self.n:07d}")

    def number(self, most: int, share: float) -> int | None:
        return self.rng.randrange(most) if self.chance(share) else None

    def journey(self, subject: Subject) -> Journey:
        rng, record = self.rng, self.ident("r")
        opened = (FIRST + timedelta(days=rng.randrange(DAYS))).isoformat()
        if subject is Subject.ENDED:
            opened = f"{opened[:7]}-01"
        eligible = rng.choices(("yes", "no", "undecided", ""), (78, 14, 6, 2))[0]
        offered = self.later(opened, 5, 0.9 if eligible == "yes" else 0.02)
        accepted = self.later(offered, 4, 0.75)
        contact = self.later(opened, 30, 0.8)
        engaged = self.later(contact or opened, 90, 0.55 if accepted else 0.03)
        plan = self.later(engaged, 30, 0.6)
        closed = self.later(plan or accepted or opened, 200, 0.6)
        notice = self.later(opened, 1, 0.5)
        report_by = self.moment(self.later(notice, 4, 1)) if notice and self.chance(0.95) else ""
        came = self.later(notice, 8, 0.7)
        overdose = opened if subject is Subject.EVENT else self.later(opened, 3, 0.1)
        again = self.later(overdose, 600, 0.3)
        arrested = self.later(opened, 700, 0.2)
        named = subject is Subject.INTAKE and self.chance(0.9)
        return Journey(
            record=record, subject=subject, intake=record,
            person=f"p-{rng.randrange(1, 1 + self.n)}" if named else "",
            pathway=rng.choices(PATHWAYS, (40, 30, 10, 8, 8, 4))[0],
            program=rng.choice(("plain_diversion", "pinellas_apad", "")),
            by=f"u{rng.randrange(5)}", status="finished", opened_on=opened, eligible=eligible,
            why_not_eligible=rng.choice(("local_policy", "unavailable", ""))
            if eligible == "no" else "",
            offered_on=offered,
            why_not_offered=rng.choice(("weapon", "no_capacity", "")) if not offered else "",
            accepted_on=accepted,
            declined_on=self.later(offered, 3, 0.8) if not accepted else "",
            why_declined=rng.choice(("cost", "not_ready", "")) if not accepted else "",
            tried_on=self.later(opened, 5, 0.5), contact_on=contact, engaged_on=engaged,
            plan_on=plan, closed_on=closed,
            outcome=rng.choices(OUTCOMES, (40, 20, 8, 5, 1, 8, 5, 5, 4, 4))[0] if closed else "",
            why_closed=rng.choice(("lost_contact", "moved", "")) if closed else "",
            contact_business_days=self.number(20, 0.6), notice_on=notice, report_by=report_by,
            reported_at=self.moment(came) if came else "",
            complete_by=self.later(opened, 120, 0.4),
            charge=rng.choice(("held", "not_filed", "voided", "filed", "warrant_requested", "")),
            handoff=rng.choice(("in_person", "three_way_call", "letter", "card", "", "")),
            handoff_minutes=self.number(70, 0.5), wanted_place=rng.choice((*SERVICES, "", "")),
            placed=rng.choice((*SERVICES, "", "")), provider=rng.choice(("s1", "s2", "", "")),
            answer=rng.choice(("has_room", "no_room", "wait_list", "")),
            scheduled=(scheduled := self.number(4, 0.6)),
            attended=rng.randrange(scheduled + 1) if scheduled is not None else None,
            tries=self.number(5, 0.5), kits=self.number(4, 0.3),
            officer_minutes=self.number(90, 0.5),
            rearrest_asked_on=self.later(opened, 800, 0.5), rearrested_on=arrested,
            arrested_before=self.number(3, 0.5), overdose_on=overdose, overdose_again_on=again,
            overdose_fatal_on=self.later(overdose, 1, 0.1),
            next_due=self.later(opened, 400, 0.5), drive_minutes=self.number(90, 0.4),
            traits=self.traits(),
        )  # fmt: skip

    def referral(self, of: Journey) -> Journey:
        rng = self.rng
        opened = self.later(of.opened_on, 60, 1)
        came = self.later(opened, 40, 0.4)
        over = came or self.chance(0.4)
        return Journey(
            record=self.ident("f"), subject=Subject.REFERRAL, intake=of.record, person=of.person,
            pathway=of.pathway, program=of.program, by=of.by, opened_on=opened,
            status="completed" if over else "requested", outcome="completed" if over else "",
            wanted_place=rng.choice((*SERVICES, "")), provider=rng.choice(("s1", "s2", "s3")),
            answer=rng.choice(("has_room", "no_room", "wait_list", "")),
            wait_days=self.number(60, 0.6), came_on=came,
            scheduled=self.number(3, 0.7), attended=0,
        )  # fmt: skip

    def traits(self) -> dict[str, tuple[str, ...]]:
        rng = self.rng
        made: dict[str, tuple[str, ...]] = {}
        if self.chance(0.9):
            weights = (60, 20, 12, 3, 2, 2, 1, 4, 3)
            made["race"] = tuple(dict.fromkeys(rng.choices(RACES, weights)
                                               + (rng.choices(RACES, weights)
                                                  if self.chance(0.1) else [])))  # fmt: skip
        if self.chance(0.3):
            made["race_seen"] = (rng.choice(RACES[:3]),)
        if self.chance(0.8):
            made["gender"] = tuple(
                rng.sample(("woman", "man", "non_binary"), 1 + self.chance(0.03))
            )
        if self.chance(0.9):
            made["age_band"] = (rng.choice(("12_17", "18_24", "25_34", "35_44", "65_up")),)
        if self.chance(0.5):
            made["services"] = tuple(rng.sample(SERVICES, rng.randrange(1, 4)))
        if self.chance(0.6):
            made["housing"] = (rng.choice(("stable", "unsheltered", "shelter")),)
        return made
