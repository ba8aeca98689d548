"""Aid that was given, as changes of `care`: what the person got, and what the shelf is to lose.

The shelf is counted in `station`, which everybody can read, so nothing of the person goes there.
`care` is written first and says which note the shelf will have; `aid.settle_aid` writes that note,
at once or after a power cut, and never twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeGuard

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.form import Answers, Form
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.stock import StockAct
from intake_app.services.needs.files import Stamps
from intake_app.services.records.writing import create, fact

AID: Final = "aid"
"""Kind of a fact about an intake: {"item", "count", "lot", "expires", "cost", "at"}."""

CROSSING: Final = "aid.crossing"
"""Kind of the record in `care` that says which note the shelf is still to get."""

TO_PERSON, LEFT_BEHIND = "aid_", "left_"
"""Begin the [facts] of a form that name the question in which an item is given to the person, or
left behind: `aid_naloxone_kit = "naloxone_given"`, `left_naloxone_kit = "kits_left"`."""

_GIVEN: Final = ("given", "yes")
"""Answers to a choice that mean: one was given now."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given.

    Attributes:
        item: Id of the item.
        count: How many.
        at: When: local time with offset.
        lot: From which lot; empty: none, or nobody noted it.
        expires: Last day of the lot, or empty.
        cost: Of one, in minor units; 0: not known.
    """

    item: str
    count: int
    at: str
    lot: str = ""
    expires: str = ""
    cost: int = 0

    def fields(self) -> dict[str, Value]:
        """As the fact says it; the cost is that of all of them."""
        return {
            "item": self.item, "count": self.count, "lot": self.lot, "expires": self.expires,
            "cost": self.cost * self.count, "at": self.at,
        }  # fmt: skip


def giving_changes(
    to: Stamps, user: UserId, intake: RecordId, given: Given, entered: Mapping[str, Value]
) -> Iterator[Change]:
    """The fact, and what the shelf is to lose."""
    ident = new_record_id()
    yield fact(to, user, AID, ident, {**given.fields(), **entered}, about=intake)
    yield crossing_change(to, user, ident, given, StockAct.GIVEN)


def crossing_change(
    to: Stamps, user: UserId, about: RecordId, given: Given, do: StockAct
) -> Change:
    """What the shelf is to lose or get back; the note there has an id of its own."""
    note: dict[str, Value] = {
        "do": do, "item": given.item, "count": given.count, "lot": given.lot,
        "expires": given.expires, "cost": given.cost, "at": given.at, facts.BY: user,
    }  # fmt: skip
    owed = {"sent": new_record_id(), "note": note, facts.DUE: given.at[:10]}
    return create(to, user, CROSSING, new_record_id(), owed, about=about)


def answered_changes(
    to: Stamps, user: UserId, about: RecordId, form: Form, answers: Answers, at: str
) -> Iterator[Change]:
    """What an intake's own answers say was given or left behind; the lot is not asked there.

    Args:
        to: Gives ids.
        user: Who took the intake.
        about: The intake.
        form: Its [facts] name the questions.
        answers: Of the intake.
        at: When it was finished.
    """
    entered = {facts.OPENED: at, facts.BY: user}
    for item, count in _counts(form, answers, TO_PERSON):
        yield from giving_changes(to, user, about, Given(item, count, at), entered)
    for item, count in _counts(form, answers, LEFT_BEHIND):
        yield crossing_change(to, user, about, Given(item, count, at), StockAct.GIVEN)


def left_changes(
    to: Stamps, user: UserId, about: RecordId, form: Form, answers: Answers, at: str
) -> Iterator[Change]:
    """The same where nobody was met: the event loses its kits from the shelf, nobody got them."""
    for sort in (TO_PERSON, LEFT_BEHIND):
        for item, count in _counts(form, answers, sort):
            yield crossing_change(to, user, about, Given(item, count, at), StockAct.GIVEN)


def _counts(form: Form, answers: Answers, sort: str) -> Iterator[tuple[str, int]]:
    for name, question in form.facts.items():
        if name.startswith(sort) and (count := _count(answers.get(question))):
            yield name.removeprefix(sort), count


def _count(answer: Value) -> int:
    amount: Value = answer.get("amount") if _has_parts(answer) else answer
    if isinstance(amount, (int, float)) and not isinstance(amount, bool):
        return max(0, int(amount))
    return 1 if amount in _GIVEN else 0


def _has_parts(value: Value) -> TypeGuard[dict[str, Value]]:
    """Whether an answer has parts: an amount and its unit."""
    return isinstance(value, dict)
