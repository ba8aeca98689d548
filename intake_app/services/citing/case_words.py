"""What a held case adds to its papers: words of its clock and its program, and rows of its plan.

Reasons and status are words of code tables; nobody's own words, and of treatment the word alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final

from intake_app.domain.case_act import ISSUES, LIMITATION, REASON, CaseAct, CaseActKind
from intake_app.domain.case_status import CLOSINGS
from intake_app.domain.clock import zone_of
from intake_app.domain.condition import Condition, Progress, Word
from intake_app.domain.entry import WEEKDAYS, show_date, show_moment, show_money, show_number
from intake_app.domain.form import Answers
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.terms import ConditionTerm, Instrument, Terms, VisitHours
from intake_app.services.case.conditions import conditions_of, measures_of
from intake_app.services.case.held import HeldCase, Standing, stands, terms_of
from intake_app.services.case.labels import ACT, REASONS, STATUS, WORD
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.papers.papers import IssuedPaper, issued_papers
from intake_app.services.records.on_paper import OFFICER
from intake_app.words import Words
from intake_app.words.dates import time_in_words

_TOLD: Final = CLOSINGS | {
    CaseActKind.EXTENDED, CaseActKind.RESCHEDULED, CaseActKind.NO_SHOW, CaseActKind.TOLL_STARTED,
}  # fmt: skip
"""Acts that a letter may tell of; the last one gives {event_day} and {reason}."""

_DAY: Final = itemgetter(0)
"""Of one day, what was noted first stands first."""

_INSTRUMENTS: Final = {
    CaseActKind.ISSUED: Instrument.CITATION,
    CaseActKind.REFERRED: Instrument.REFERRAL,
}


@dataclass(frozen=True, slots=True)
class AroundCase:
    """What papers of a case show beside answers; see `drawing.making.Around`.

    Attributes:
        desk: Where.
        guide: The form and program.
        acts: Of the case.
        conditions: Its plan.
        standing: Where it stands.
        papers: What was issued before.
        is_kept: The case is kept; false for a draft, of which it only would be so.
    """

    desk: Desk
    guide: Guide
    acts: tuple[CaseAct, ...]
    conditions: tuple[Condition, ...]
    standing: Standing
    papers: tuple[IssuedPaper, ...] = ()
    is_kept: bool = False

    @property
    def instrument(self) -> str:
        """What holds the charge, or empty."""
        found = [_INSTRUMENTS[act.kind] for act in self.acts if act.kind in _INSTRUMENTS]
        return str(found[-1]) if found else ""

    @property
    def stage(self) -> tuple[str, ...]:
        """The status, and "extended"; empty for a draft."""
        if not self.is_kept:
            return ()
        extended = ("extended",) if self.standing.clock.extensions_used else ()
        return (str(self.standing.status.status), *extended)

    @property
    def answers(self) -> Answers:
        """A case has its own alone."""
        return {}

    @property
    def referral(self) -> str:
        """A case has none."""
        return ""

    def words(self, language: str) -> Mapping[str, str]:
        """More {words}; see `rulebook.paper_words.EXTRAS`."""
        words = Words(language)
        return {
            "agency_ori": self.desk.agency.ori,
            "officer_name": self._officer(),
            **_place(self.desk, terms_of(self.guide), words),
            **self._clock(language),
            **self._last(words),
        }

    def tables(self, language: str) -> Mapping[str, Sequence[Sequence[str]]]:
        """Rows that are no answers."""
        words = Words(language)
        return {
            "bring": [(one.said_in(language),) for one in terms_of(self.guide).bring],
            "duties": [self._duty(one, words) for one in self.conditions if _is_due(one)],
            "conditions": [self._row(one, words) for one in self.conditions],
            "compliance": [
                (show_date(day, language), *rest)
                for day, *rest in sorted(self._log(words), key=_DAY)
            ],
            "earlier_papers": [
                (one.title, one.number, show_date(one.at[:10], language)) for one in self.papers
            ],
        }

    # --- words ----------------------------------------------------------------------------

    def _officer(self) -> str:
        issued = next((act for act in self.acts if act.kind in ISSUES), None)
        if issued is None:
            return self.desk.name_of(self.desk.person.id)
        return self.desk.name_of(UserId(issued.word(OFFICER)) or issued.by)

    def _clock(self, language: str) -> dict[str, str]:
        clock = self.standing.clock
        found = dict[str, str]()
        if clock.report_by:
            moment = clock.report_by.moment
            found["report_by"] = show_moment(moment.isoformat(), language)
            found["report_by_day"] = show_date(moment.date().isoformat(), language)
            found["report_by_time"] = time_in_words(moment, language)
        if clock.complete_by:
            found["complete_by"] = show_date(clock.complete_by.isoformat(), language)
        if clock.limitation:
            found["limitation_date"] = show_date(clock.limitation.isoformat(), language)
        if clock.complete_by and clock.extensions_used:
            found["extended_to"] = found["complete_by"]
        return found

    def _last(self, words: Words) -> dict[str, str]:
        language, status = words.language, self.standing.status.status
        found = {"status": words.text(STATUS[status]), "instrument": self.instrument}
        if issued := [act for act in self.acts if act.kind in ISSUES]:
            found["issued_at"] = show_moment(self._wall(issued[-1].at), language)
        if told := [act for act in self.acts if act.kind in _TOLD]:
            found["event_day"] = show_date(self._wall(told[-1].at)[:10], language)
            found["reason"] = reason_in_words(self.desk, told[-1], language)
        return found

    def _wall(self, moment: datetime) -> str:
        return moment.astimezone(zone_of(self.desk.clock)).isoformat()

    # --- rows -----------------------------------------------------------------------------

    def _due(self, one: Condition, language: str) -> str:
        last = self.standing.clock.complete_by
        day = one.due or (last.isoformat() if last else "")
        return show_date(day, language) if day else ""

    def _duty(self, one: Condition, words: Words) -> tuple[str, ...]:
        return (with_amount(one, words), self._due(one, words.language) if one.due else "")

    def _row(self, one: Condition, words: Words) -> tuple[str, ...]:
        """What, until when, and how it stands."""
        due = self._due(one, words.language)
        return (with_amount(one, words), due, state_in_words(one, words))

    def _log(self, words: Words) -> Iterator[tuple[str, ...]]:
        """Day, what, result, entered by; the day as text that sorts."""
        for act in self.acts:
            if act.kind is not CaseActKind.UNREADABLE:
                reason = reason_in_words(self.desk, act, words.language)
                said = words.text(ACT[act.kind])
                yield self._wall(act.at)[:10], said, reason, self.desk.name_of(act.by)
        for one in self.conditions:
            label = one.label.said_in(words.language)
            for noted in one.noted:
                result = progress_in_words(one, noted.progress, words)
                yield noted.progress.day, label, result, self.desk.name_of(noted.by)
            if one.waiver:
                waived = words.text(WORD[Word.WAIVED])
                yield one.waiver.at[:10], label, waived, self.desk.name_of(one.waiver.by)


def around_case(desk: Desk, held: HeldCase) -> AroundCase:
    """What papers of a case show; a part of the acts that asked for the role."""
    plan = conditions_of(desk, held.record.id)
    papers = tuple(issued_papers(desk, held.record.id))
    return AroundCase(desk, held.guide, held.acts, plan, held.standing, papers, is_kept=True)


def around_issue(desk: Desk, guide: Guide, act: CaseAct) -> AroundCase:
    """What the papers show that go with an act that is about to be noted: a citation, issued now.

    Args:
        desk: Where.
        guide: The form and program.
        act: `ISSUED` or `REFERRED`, with the moment from which the clock counts.
    """
    terms = terms_of(guide)
    measures = measures_of(desk)
    wall = act.at.astimezone(zone_of(desk.clock))
    plan = tuple(_planned(term, wall, measures.get(term.type, "")) for term in terms.conditions)
    return AroundCase(desk, guide, (act,), plan, stands(desk, (act,), terms))


def reason_in_words(desk: Desk, act: CaseAct, language: str) -> str:
    """The reason of an act as its code table says it, or the day that it names."""
    if act.kind is CaseActKind.LIMITATION_SET:
        return show_date(act.word(LIMITATION), language)
    code = act.word(REASON)
    known = desk.library.codes(REASONS[act.kind]) if act.kind in REASONS else ()
    return next((one.label.said_in(language) for one in known if one.id == code), "")


def amount_in_words(amount: float, measure: str, words: Words) -> str:
    """Say "$12.50", or "8 hours"."""
    if measure == "money":
        return show_money(int(amount))
    if measure != "hours":
        return show_number(amount, "") if amount else ""
    if amount != int(amount):
        return words.text("{n} hours", n=show_number(amount, ""))
    return words.plural("{n} hour", "{n} hours", int(amount))


def state_in_words(one: Condition, words: Words) -> str:
    """Say "Met", or how much of it is done."""
    if one.word is Word.PENDING and one.amount and one.done:
        done, whole = (amount_in_words(n, one.measure, words) for n in (one.done, one.amount))
        return words.text("{done} of {whole}", done=done, whole=whole)
    return words.text(WORD[one.word])


def progress_in_words(one: Condition, step: Progress, words: Words) -> str:
    """What a note of progress says, without words of one's own: "8 hours, Met (T. Okafor)"."""
    amount = amount_in_words(step.amount, one.measure, words) if step.amount else ""
    word = words.text(WORD[step.word]) if step.word in WORD else ""
    said = ", ".join(part for part in (amount, word) if part)
    return f"{said} ({step.verifier})" if step.verifier else said


def with_amount(one: Condition, words: Words) -> str:
    """What is to be done, with how much of it."""
    label = one.label.said_in(words.language)
    if not one.amount:
        return label
    amount = amount_in_words(one.amount, one.measure, words)
    return words.text("{what}: {amount}", what=label, amount=amount)


def _is_due(one: Condition) -> bool:
    return one.word is not Word.WAIVED


def _planned(term: ConditionTerm, issued: datetime, measure: str) -> Condition:
    due = (issued.date() + timedelta(days=term.due_days)).isoformat() if term.due_days else ""
    return Condition(
        RecordId(""), term.type, term.label, due, term.amount, measure, term.is_waivable
    )


def _place(desk: Desk, terms: Terms, words: Words) -> dict[str, str]:
    """The program's door; without one of its own, the department's neutral desk."""
    agency, language = desk.agency, words.language
    own = agency.neutral_address or agency.address
    return {
        "place_name": terms.place_name.said_in(language) or agency.neutral_name or agency.name,
        "place_address": "\n".join(terms.place_address or own),
        "place_phone": terms.place_phone or agency.neutral_phone or agency.phone,
        "place_hours": hours_in_words(terms, words),
    }


def hours_in_words(terms: Terms, words: Words) -> str:
    """Say "Monday to Friday, 9:00 AM to 4:00 PM; Saturday, 9:00 AM to 12:00 PM"."""
    ordered = sorted(terms.hours, key=lambda one: (one.weekday, one.opens))
    spans = list[tuple[int, int, VisitHours]]()
    for one in ordered:
        last = spans[-1] if spans else None
        is_next = last is not None and last[1] == one.weekday - 1
        if last and is_next and (last[2].opens, last[2].closes) == (one.opens, one.closes):
            spans[-1] = (last[0], one.weekday, last[2])
        else:
            spans.append((one.weekday, one.weekday, one))
    return "; ".join(_span(*span, words) for span in spans)


def _span(first: int, last: int, one: VisitHours, words: Words) -> str:
    names = WEEKDAYS.get(words.language, WEEKDAYS["en"])
    days = names[first]
    if last != first:
        days = words.text("{first} to {last}", first=names[first], last=names[last])
    opens, closes = (_said(text, words.language) for text in (one.opens, one.closes))
    return words.text("{days}, {opens} to {closes}", days=days, opens=opens, closes=closes)


def _said(clock: str, language: str) -> str:
    return time_in_words(f"2026-01-01T{clock if clock != '24:00' else '23:59'}", language)
