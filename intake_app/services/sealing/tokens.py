"""Participation tokens: what is left of a case once it is sealed, so that a limit still works.

A token is made when a case is cleared out of `cases`, and at no other time; care never makes one.
It says program, month and how it ended, and answers a name and a birth date with "exact" or
"possible". Asking is slow, is logged, and needs an open officer intervention, so that nobody
looks for people in it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Action, Change, Value
from intake_app.domain.days import add_months
from intake_app.domain.draft import Draft
from intake_app.domain.errors import AskSupervisor, NoGrant, NotAllowed
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import May, may
from intake_app.domain.token import Named, OutcomeClass, exact, outcome_class, possible, sounding
from intake_app.services.case.held import HeldCase
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Tokens
from intake_app.services.records.answers import answers_of
from intake_app.services.records.drafts import require_own
from intake_app.services.records.writing import fact

PARTICIPATION: Final = "participation"
"""Kind of a token: one for each case that left."""

EXPIRED: Final = "participation.expired"
"""Kind of a mark about a token: on which day it was seen to be expired."""

SEEN_DAYS: Final = 30
"""Days between the first sight of an expired token and its end."""

_VERSION: Final = 1
_ASKED: Final = "asked_tokens"  # in `Draft.marks`: who was asked about, and the answer


@dataclass(frozen=True, slots=True)
class Participation:
    """How often somebody took part in one program in one month.

    Attributes:
        program: Id of its form.
        month: YYYY-MM in which the case was opened.
        exact: With exactly this name and birth date.
        possible: With an alias, day and month the other way round, or a name that sounds like it.
    """

    program: str
    month: str
    exact: int = 0
    possible: int = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the tokens say; never a name.

    Attributes:
        by: Per program and month, oldest first.
    """

    by: tuple[Participation, ...] = ()

    @property
    def exact(self) -> int:
        """In all programs together."""
        return sum(one.exact for one in self.by)

    @property
    def possible(self) -> int:
        """In all programs together; a person looks into each of them."""
        return sum(one.possible for one in self.by)

    def since(self, day: str) -> "Earlier":
        """Of the month of a day (YYYY-MM-DD) and later; empty: all."""
        return Earlier(tuple(one for one in self.by if one.month >= day[:7]))


def earlier(desk: Desk, draft: Draft, last: str, first: str, born: str) -> Earlier:
    """How often somebody took part in cases that are sealed now.

    The same question asked again for the same draft costs nothing.

    Args:
        desk: Whose.
        draft: An open officer intervention of one's own, saved.
        last: Last name.
        first: First name.
        born: Birth date, YYYY-MM-DD; without one nothing is asked.

    Raises:
        NotAllowed: Not in one's roles, or there is no such draft.
        NoGrant: This person does not hold the key.
        AskSupervisor: So many were asked today that a supervisor must ask.
    """
    desk.require(May.TAKE_CASE)
    _require_open(desk, draft)
    who = Named(last, first, born)
    if not who.is_whole:
        return Earlier()
    asked: dict[str, Any] = draft.marks.get(_ASKED) or {}
    if asked.get("who") != exact(who):
        answer = _ask(desk, draft, who)
        lines = [[one.program, one.month, one.exact, one.possible] for one in answer.by]
        draft.marks[_ASKED] = {"who": exact(who), "by": lines}  # in place: also of its copies
        return answer
    return told(draft)


def told(draft: Draft) -> Earlier:
    """What was answered for a draft when it was asked last; nothing is asked anew."""
    asked: dict[str, Any] = draft.marks.get(_ASKED) or {}
    return Earlier(tuple(Participation(*line) for line in asked.get("by", ())))


def token_change(desk: Desk, held: HeldCase, ident: RecordId = RecordId("")) -> Change | None:
    """The token of a case that is about to be cleared; None where its program keeps none.

    A part of sealing and purging, which ask for the role. Takes half a second: on the worker only.
    """
    months = held.terms.token_months
    who, aliases = _person(desk, held)
    if not months or not who.is_whole:
        return None
    took = Took(
        held.guide.form.ref.id,
        str(held.record.values[facts.OPENED])[:7],
        outcome_class(held.standing.status.status),
        add_months(desk.clock.local().date(), months).isoformat(),
    )
    return made_token(desk, (who, aliases), took, ident)


@dataclass(frozen=True, slots=True)
class Took:
    """What a token says besides who.

    Attributes:
        program: Id of its form.
        month: YYYY-MM.
        outcome: How it ended.
        until: The last day on which it answers (YYYY-MM-DD).
    """

    program: str
    month: str
    outcome: OutcomeClass
    until: str


def made_token(
    desk: Desk, person: tuple[Named, Sequence[str]], took: Took, ident: RecordId = RecordId("")
) -> Change:
    """A token as a change of `cases`; whole names only. Takes half a second: on the worker only.

    Raises:
        NoGrant: This person does not hold the key.
    """
    maker, to = _maker(desk), desk.cases_file
    fields: dict[str, Value] = {
        "v": _VERSION,
        "exact": maker.made_of(exact(person[0])),
        "possible": [maker.made_of(text) for text in possible(*person)],
        "program": took.program,
        "month": took.month,
        "outcome": took.outcome,
        facts.DUE: took.until,
    }
    return fact(to, desk.person.id, PARTICIPATION, ident or new_record_id(), fields)


def settle_tokens(desk: Desk) -> int:
    """Purge the tokens that have expired; before that, they no longer answer.

    A clock that is wrong by years would purge them all, so it does not decide alone: a token goes
    once it was seen to be expired `SEEN_DAYS` before.

    Returns:
        How many went.
    """
    file = desk.cases
    if file is None:
        return 0
    expired = [row.record for row in file.due(PARTICIPATION, _yesterday(desk), limit=1000)]
    days = {ident: [str(one.values[facts.DUE]) for one in file.about(ident, EXPIRED)]
            for ident in expired}  # fmt: skip
    today = desk.clock.local().date()
    long_ago = (today - timedelta(days=SEEN_DAYS)).isoformat()
    gone = [ident for ident in expired if any(day <= long_ago for day in days[ident])]
    new = [ident for ident in expired if all(day > today.isoformat() for day in days[ident])]
    user, seen = desk.person.id, {facts.DUE: today.isoformat()}
    if new:
        marks = [fact(file, user, EXPIRED, new_record_id(), seen, about=ident) for ident in new]
        file.apply(marks, desk.act("find expired tokens"))
    if gone:
        whole = (record for ident in gone for record in file.whole(ident))
        purges = [Change(file.stamp(), user, Action.PURGE, r.kind, r.id, {}) for r in whole]
        file.apply(purges, desk.act("purge expired tokens"))
    return len(gone)


# --- asking -----------------------------------------------------------------------------


def _require_open(desk: Desk, draft: Draft) -> None:
    kept = require_own(desk, draft)
    if kept is None or draft.pathway != Pathway.OFFICER_INTERVENTION:
        raise NotAllowed("draft")


def _ask(desk: Desk, draft: Draft, who: Named) -> Earlier:
    maker, file = _maker(desk), desk.cases_file
    file.note(desk.act("ask for earlier participation", draft.id))
    today = desk.clock.local().date().isoformat()
    asked = file.next_serial(f"tokens {desk.person.id} {today}")
    if asked > desk.agency.tokens_a_day and not may(desk.person.roles, May.APPROVE):
        raise AskSupervisor
    if not file.of_kind(PARTICIPATION):  # nothing to compare with: as in a department's first years
        return Earlier()
    tokens = {maker.made_of(text) for text in (exact(who), sounding(who)) if text}
    return Earlier(tuple(_counted(desk, tokens, today)))


def _counted(desk: Desk, tokens: set[str], today: str) -> Iterator[Participation]:
    found: Counter[tuple[str, str, bool]] = Counter()
    for record in desk.cases_file.of_kind(PARTICIPATION):
        values = record.values
        if values.get("v") != _VERSION or str(values.get(facts.DUE)) < today:
            continue
        is_exact = values["exact"] in tokens
        if is_exact or tokens & set(cast("list[str]", values["possible"])):
            found[str(values["program"]), str(values["month"]), is_exact] += 1
    for program, month in sorted({key[:2] for key in found}, key=lambda key: key[::-1]):
        yield Participation(
            program, month, found[program, month, True], found[program, month, False]
        )


# --- making -----------------------------------------------------------------------------


def _person(desk: Desk, held: HeldCase) -> tuple[Named, list[str]]:
    answers = answers_of(desk.cases_file, held.record, held.guide)
    named = held.guide.form.facts

    def known(column: str) -> str:
        return str(answers.get(named.get(column, "")) or "")

    first = known("first_name") or known("preferred_name")
    aliases = [alias for alias in known("aliases").replace(";", ",").split(",") if alias.strip()]
    return Named(known("last_name"), first, known("born")), aliases


def _maker(desk: Desk) -> Tokens:
    if desk.tokens is None:
        raise NoGrant("tokens")
    return desk.tokens


def _yesterday(desk: Desk) -> str:
    today = desk.clock.local().date()
    return date.fromordinal(today.toordinal() - 1).isoformat()
