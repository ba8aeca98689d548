"""The ids that one person has: people are merged, and their first intakes may end before others.

It reads what a purge hides as well: a hold, a veil or a purge must not miss half a person.
"""

from typing import Final

from intake_app.domain import facts
from intake_app.domain.ids import RecordId
from intake_app.services.needs.files import Records

MERGE: Final = "person.merge"
"""Kind of a fact about the person who is kept: {"from": the other person, "intakes": moved}."""

UNMERGE: Final = "person.unmerge"
"""Kind of a fact about the same person that takes a merge back: {"merge": the fact}."""

_DEEPEST: Final = 8
"""Merges in a row; two that contradict one another must not lead in a circle."""


def person_now(file: Records, person: RecordId) -> RecordId:
    """Who somebody is now: whose their first intake is, or whom a merge made of them."""
    for _ in range(_DEEPEST):
        first = file.record(person)
        if first is not None and not first.is_purged:
            return RecordId(facts.person_of(first))
        into = _became(file, person)
        if into is None:
            break
        person = into
    return person


def merged_into(file: Records, person: RecordId) -> set[RecordId]:
    """A person's id, and those of who was merged into them."""
    ids, ahead = set[RecordId](), [person]
    while ahead:
        one = ahead.pop()
        ids.add(one)
        said = [fact for fact in file.whole(one) if fact.kind in {MERGE, UNMERGE}]
        undone = {fact.values.get("merge") for fact in said if fact.kind == UNMERGE}
        merged = (fact for fact in said if fact.kind == MERGE and fact.id not in undone)
        ahead += {RecordId(str(fact.values.get("from") or one)) for fact in merged} - ids
    return ids


def _became(file: Records, person: RecordId) -> RecordId | None:
    """Whom a person became, as the merge itself says."""
    undone = {one.values.get("merge") for one in file.of_kind(UNMERGE)}
    for one in file.of_kind(MERGE):
        if one.values.get("from") == person and one.id not in undone:
            return one.about
    return None
