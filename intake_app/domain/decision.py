"""What a department decided, one decision after another: each can be undone by a later one.

Nothing is taken away. A decision is a fact; to undo it is another one, and that can be undone
too. What holds on a day is folded from them, in the order in which their authors' clocks stood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.ids import ChangeId, RecordId, UserId

GONE: Final = ""
"""Instead of a hash: from then on the text that ships with the program is used again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        id: Its record.
        order: The change that wrote it; sorts by claimed time.
        topic: What it is about: "department", "words", "pack", "codes", "retention", "printers".
        at: When (local time with offset).
        by: Who.
        fields: Settings by name: what held before, and what was decided.
        texts: Own texts by name: the SHA-256 of each, or `GONE`.
        before: What each of these texts was until then, in the same way; `GONE`: as it ships.
        bases: The texts that shipped with the program when it was decided, by hash.
        starts: First day (YYYY-MM-DD) on which its texts are in force.
        label: What it is about, in the department's words: the name of a pack or a paper.
        why: The reason, in words; may be empty.
        undoes: The decision that it takes back, or empty.
        needs_approval: It holds only once somebody else has approved it.
        approved_by: Who did; empty: nobody yet.
    """

    id: RecordId
    order: ChangeId
    topic: str
    at: str
    by: UserId
    fields: Mapping[str, tuple[Value, Value]] = field(
        default_factory=dict[str, tuple[Value, Value]]
    )
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    before: Mapping[str, str] = field(default_factory=dict[str, str])
    bases: Mapping[str, str] = field(default_factory=dict[str, str])
    starts: str = ""
    label: str = ""
    why: str = ""
    undoes: RecordId = RecordId("")
    needs_approval: bool = False
    approved_by: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it holds nothing yet, because nobody has approved it."""
        return self.needs_approval and not self.approved_by


def undone(decisions: Iterable[Decision]) -> Mapping[RecordId, Decision]:
    """The decisions that do not hold any more, each with the one that took it back.

    A decision can only take back an earlier one: two that name one another take back nothing. What
    two people decided is taken back by two.
    """
    gone: dict[RecordId, Decision] = {}
    known = sorted(decisions, key=lambda one: one.order, reverse=True)
    by_id = {one.id: one for one in known}
    for one in known:  # the newest first: whether it holds is known before what it takes back
        target = by_id.get(one.undoes)
        if target is None or target.order >= one.order or one.id in gone or one.is_waiting:
            continue
        if one.approved_by or not target.approved_by:
            gone.setdefault(target.id, one)
    return gone


def in_force(
    decisions: Sequence[Decision], day: str, has: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The own texts of a day, by name: the hash of each; what is as it ships is not named."""
    said = holding(decisions, day, has)
    texts = {name: one.texts[name] for name, one in said.items()}
    return {name: digest for name, digest in texts.items() if digest != GONE}


def holding(
    decisions: Sequence[Decision], day: str, has: Mapping[str, str] | None = None
) -> dict[str, Decision]:
    """The decision that says of each own text how it is on a day.

    Of several that are in force on a day the one that starts last holds; of these the last decided.

    Args:
        decisions: All.
        day: YYYY-MM-DD.
        has: The texts that are here, by hash. A decision of which a text has not come yet holds
            nothing: half of a pack may be worse than none. None: all are here.
    """
    gone = undone(decisions)
    found: dict[str, Decision] = {}
    for one in sorted(decisions, key=lambda d: (d.starts, d.order)):
        is_standing = one.id not in gone and not one.is_waiting and one.starts <= day
        if is_standing and (has is None or all(h == GONE or h in has for h in one.texts.values())):
            found.update(dict.fromkeys(one.texts, one))
    return found


def starting_later(decisions: Sequence[Decision], names: Iterable[str], day: str) -> list[Decision]:
    """What waits for a day after this one to change one of these texts, or for an approval."""
    gone, wanted = undone(decisions), set(names)
    return [
        one
        for one in decisions
        if one.id not in gone and wanted & one.texts.keys() and (one.starts > day or one.is_waiting)
    ]


def later_ones(decisions: Sequence[Decision], of: Decision) -> list[Decision]:
    """What was decided later about the same settings or texts, and still holds."""
    gone = undone(decisions)
    return [
        one
        for one in decisions
        if one.order > of.order
        and one.id not in gone
        and not one.undoes
        and one.topic == of.topic
        and (one.fields.keys() & of.fields.keys() or one.texts.keys() & of.texts.keys())
    ]
