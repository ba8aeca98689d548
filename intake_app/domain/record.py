"""A record, and how changes make it: a field holds every value that no change has replaced yet.

The order in which changes arrive does not matter, nor whether they come twice; see `merge`. One
value is shown (the latest by the writers' clocks); where several stand, a person decides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

from intake_app.domain.change import DELETED, Action, Change, Value
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import ChangeId, RecordId

LASTING: Final = frozenset({
    "registry", "hold", "hold.lifted", "purge.order", "purge.approval", "purge.withdrawal",
})  # fmt: skip
"""Kinds that are signed, and that nothing takes back but another signed one.

A line without a signature, from any station, would else lock everybody out or lift a hold.
"""

Early: TypeAlias = set[tuple[ChangeId, str]]
"""(change, field) pairs whose value was replaced before it arrived: it must not come back."""


@dataclass(slots=True)
class Record:
    """The fields of one record. Most have one value, and most come from one change.

    Attributes:
        id: The record.
        kind: "intake", "consent", ...
        base: The change that wrote each field that `writers` and `rivals` do not name.
        values: What is shown, by field.
        writers: The change behind a field, where it is not `base`.
        rivals: All standing values of a field in conflict, by change.
        about: The record that this one belongs to; empty if it stands alone.
        is_fact: A legal act; it is created once.
        is_purged: Nothing of it may be kept but its id.
    """

    id: RecordId
    kind: str
    base: ChangeId
    values: dict[str, Value] = field(repr=False)
    writers: dict[str, ChangeId] = field(default_factory=dict[str, ChangeId])
    rivals: dict[str, dict[ChangeId, Value]] = field(
        default_factory=dict[str, dict[ChangeId, Value]], repr=False
    )
    about: RecordId = RecordId("")
    is_fact: bool = False
    is_purged: bool = False

    def standing(self, name: str) -> dict[ChangeId, Value]:
        """All values of a field that nothing has replaced, by the change that wrote them."""
        if name in self.rivals:
            return self.rivals[name]
        if name not in self.values:
            return {}
        return {self.writers.get(name, self.base): self.values[name]}

    def keep(self, name: str, standing: dict[ChangeId, Value]) -> None:
        """Hold the standing values of a field, one or more, in the shortest form."""
        latest = max(standing)
        self.values[name] = standing[latest]
        self.writers.pop(name, None)
        self.rivals.pop(name, None)
        if len(standing) > 1:
            self.rivals[name] = standing
        elif latest != self.base:
            self.writers[name] = latest

    def conflicts(self) -> dict[str, dict[ChangeId, Value]]:
        """Fields on which people disagree: several values, or one deleted while another wrote."""
        deletions = list(self.standing(DELETED).values())
        is_gone = bool(deletions) and all(deletions)  # whoever spoke of it took it out
        unseen = self._unseen_by(deletions) if any(deletions) else {}
        if is_gone and not unseen:
            return {}
        found = {
            name: rivals
            for name, rivals in self.rivals.items()
            if any(value != self.values[name] for value in rivals.values())
        }
        if is_gone:
            found.pop(DELETED, None)  # two reasons for one deletion
        return {**found, **unseen}

    def _unseen_by(self, deletions: Iterable[Value]) -> dict[str, dict[ChangeId, Value]]:
        """What stands although nobody who took the record out has seen it."""
        unseen: dict[str, dict[ChangeId, Value]] = {}
        saws = [deletion["saw"] for deletion in deletions if deletion]
        for name in self.values.keys() - {DELETED}:
            saw = {ident for one in saws for ident in one.get(name, ())}
            if rest := {i: v for i, v in self.standing(name).items() if i not in saw}:
                unseen[name] = rest
        return unseen

    @property
    def is_deleted(self) -> bool:
        """Taken out of lists and counts, and nobody wrote to it unseen; the values stay."""
        return bool(self.values.get(DELETED)) and not self.conflicts()

    def canonical(self) -> list[object]:
        """The same list at any two stations that saw the same changes."""
        standing = {name: sorted(self.standing(name).items()) for name in sorted(self.values)}
        return [self.id, self.kind, self.about, self.is_purged, standing]


def replaced_by(record: Record | None, names: Iterable[str]) -> dict[str, list[ChangeId]]:
    """What a new change to these fields replaces: all that its author can see."""
    if record is None:
        return {}
    return {name: sorted(seen) for name in names if (seen := record.standing(name))}


def deletion(record: Record, why: str) -> dict[str, Value]:
    """The field of a change that deletes; it says what it saw, so that a rival edit is noticed."""
    saw = replaced_by(record, record.values.keys() - {DELETED})
    return {DELETED: {"why": why, "saw": saw}}


def merge(
    record: Record | None, change: Change, early: Early, is_known: Callable[[ChangeId], bool]
) -> Record:
    """Apply a change that was not applied before.

    Args:
        record: The record so far, or None; it is changed in place.
        change: What to apply.
        early: Kept up to date: what was replaced before it arrived.
        is_known: Whether a change was applied already.

    Raises:
        BadChange: The change makes no sense: it would leave a field without any value (a ring),
            writes to a signed fact, calls the record another kind or another's, deletes without
            saying what it saw, or takes back what lasts (`LASTING`).
    """
    if _takes_back_what_lasts(record, change):
        raise BadChange
    if change.action is Action.PURGE or (record and record.is_purged):
        return Record(change.record, change.kind, change.id, {}, is_purged=True)
    if not _is_deletion(change.fields.get(DELETED)):
        raise BadChange
    is_fact = change.action is Action.FACT
    if record is None:
        record = Record(
            change.record, change.kind, change.id, {}, about=change.about, is_fact=is_fact
        )
        if not change.over and not early:  # nearly every new record
            record.values = dict(change.fields)
            return record
    else:
        _refuse_what_cannot_follow(record, change)
        record.is_fact |= is_fact
    _set_fields(record, change, early, is_known)
    if is_fact or not (record.is_fact or change.over or change.id > record.base):
        _begin_with(record, change.id)
    return record


def _set_fields(
    record: Record, change: Change, early: Early, is_known: Callable[[ChangeId], bool]
) -> None:
    values, over = change.fields, change.over
    new = [name for name in values if name not in record.values and name not in over]
    standing = {
        name: _stand(record, change, name, (change.id, name) in early)
        for name in values.keys() - set(new)
    }
    if not all(standing.values()) or (early and any((change.id, name) in early for name in new)):
        raise BadChange  # before anything of the record is touched
    record.values.update({name: values[name] for name in new})
    if change.id != record.base:
        record.writers.update(dict.fromkeys(new, change.id))
    for name, kept in standing.items():
        if name in over:
            before = record.standing(name)
            early.update((i, name) for i in over[name] if i not in before and not is_known(i))
        early.discard((change.id, name))
        record.keep(name, kept)


def _begin_with(record: Record, base: ChangeId) -> None:
    """Take the change that made the record for its base: it wrote most fields, and came late."""
    writers = {n: record.writers.get(n, record.base) for n in record.values.keys() - record.rivals}
    record.base, record.writers = base, {n: by for n, by in writers.items() if by != base}


def _takes_back_what_lasts(record: Record | None, change: Change) -> bool:
    is_end = change.action is Action.PURGE or DELETED in change.fields
    if not is_end or (record and record.is_purged):
        return False
    return change.kind in LASTING or (record is not None and record.kind in LASTING)


def _is_deletion(said: Value) -> bool:
    """Whether this is what `deletion` writes, or takes a deletion back (None)."""
    if said is None:
        return True
    if not isinstance(said, Mapping):
        return False
    parts = cast("Mapping[str, Value]", said)
    seen: Value = parts.get("saw")
    return isinstance(seen, Mapping) and all(
        isinstance(ids, (list, tuple)) for ids in cast("Mapping[str, Value]", seen).values()
    )


def _refuse_what_cannot_follow(record: Record, change: Change) -> None:
    """A record keeps its kind and place; a legal act is written once, another act corrects it.

    It can be hidden, also before it has come.
    """
    if (change.kind, change.about) != (record.kind, record.about):
        raise BadChange
    if change.action is Action.FACT:
        is_free = not record.is_fact and record.values.keys() <= {DELETED}
    else:
        is_free = not record.is_fact or set(change.fields) == {DELETED}
    if not is_free:
        raise BadChange


def _stand(record: Record, change: Change, name: str, is_early: bool) -> dict[ChangeId, Value]:
    """The values of a field that stand after a change."""
    over = change.over.get(name, ())
    rest = {i: v for i, v in record.standing(name).items() if i not in over}
    return rest if is_early else {**rest, change.id: change.fields[name]}
