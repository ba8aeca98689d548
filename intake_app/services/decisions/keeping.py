"""How a decision is kept: one fact with before and after, in one transaction with what it changes.

Nobody edits a decision, and nothing of it is taken away: to undo it is a decision of its own.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from intake_app.domain import facts
from intake_app.domain.change import Change, Value
from intake_app.domain.decision import GONE, Decision
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.records.writing import fact

DECISION: Final = "decision"
TEXT: Final = "decision.text"
APPROVAL: Final = "decision.approval"

DEPARTMENT: Final = "department"
WORDS: Final = "words"
PACK: Final = "pack"
CODES: Final = "codes"
RETENTION: Final = "retention"
PRINTERS: Final = "printers"

SCHEDULES: Final = "legal/retention"
"""How the names of schedules begin."""

CHANGE: Final = "change settings"
"""What the audit line says; its record is the decision, which holds before and after."""


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that is about to be kept; see `Decision` for what its parts mean.

    Attributes:
        topic: What it is about.
        fields: Settings: before and after.
        texts: Own texts by name; None: as it ships, from then on.
        before: What these texts were so far: their hashes.
        bases: What ships with the program: their hashes.
        starts: First day (YYYY-MM-DD) of its texts.
        label: What it is about, in words.
        why: Why.
        undoes: The decision that it takes back.
        needs_approval: Somebody else must approve it.
    """

    topic: str
    fields: Mapping[str, tuple[Value, Value]] = field(
        default_factory=dict[str, tuple[Value, Value]]
    )
    texts: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])
    before: Mapping[str, str] = field(default_factory=dict[str, str])
    bases: Mapping[str, str] = field(default_factory=dict[str, str])
    starts: str = ""
    label: str = ""
    why: str = ""
    undoes: RecordId = RecordId("")
    needs_approval: bool = False


def keep(desk: Desk, made: Made, changes: Iterable[Change] = (), what: str = CHANGE) -> RecordId:
    """Keep a decision whose author was asked for the role; returns its record.

    Args:
        desk: Whose.
        made: The decision.
        changes: What it changes in records, in the same transaction.
        what: What the audit line says.
    """
    station, user, ident = desk.station, desk.person.id, new_record_id()
    fields: dict[str, Value] = {
        "topic": made.topic,
        "fields": {name: list(pair) for name, pair in made.fields.items()},
        "texts": {n: GONE if text is None else hash_of(text) for n, text in made.texts.items()},
        "before": dict(made.before),
        "bases": dict(made.bases),
        "starts": made.starts,
        "label": made.label,
        "why": made.why,
        "undoes": made.undoes,
        "needs_approval": made.needs_approval,
        **desk.entered(),
    }
    written = [*changes, fact(station, user, DECISION, ident, fields)]
    written += [
        fact(station, user, TEXT, new_record_id(), {"name": name, "text": text}, about=ident)
        for name, text in made.texts.items()
        if text is not None
    ]
    station.apply(written, desk.act(what, ident))
    return ident


def hash_of(text: str) -> str:
    """SHA-256 in hex: what names a text in decisions."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_decisions(station: Records) -> tuple[Decision, ...]:
    """All decisions, the oldest first; what makes no sense (it came from elsewhere) is left out."""
    approvals: dict[RecordId, list[Record]] = {}
    for one in station.of_kind(APPROVAL):
        approvals.setdefault(one.about, []).append(one)
    read = (_decision(record, approvals.get(record.id, ())) for record in station.of_kind(DECISION))
    return tuple(sorted((one for one in read if one is not None), key=lambda one: one.order))


def read_texts(station: Records) -> dict[str, str]:
    """The own texts that are here, by their hashes; in force is what a decision names."""
    said = (record.values.get("text") for record in station.of_kind(TEXT))
    return {hash_of(text): text for text in said if isinstance(text, str)}


def _decision(record: Record, approvals: Sequence[Record]) -> Decision | None:
    said: Mapping[str, Any] = record.values
    try:
        by = UserId(str(said[facts.BY]))
        others = (str(one.values.get(facts.BY) or "") for one in approvals)
        return Decision(
            id=record.id,
            order=record.base,
            topic=str(said["topic"]),
            at=str(said[facts.OPENED]),
            by=by,
            fields={str(n): (pair[0], pair[1]) for n, pair in said["fields"].items()},
            texts=_words(said["texts"]),
            before=_words(said["before"]),
            bases=_words(said["bases"]),
            starts=str(said["starts"]),
            label=str(said["label"]),
            why=str(said["why"]),
            undoes=RecordId(str(said["undoes"])),
            needs_approval=bool(said["needs_approval"]) or _is_schedule(said["texts"]),
            approved_by=next((one for one in others if one and one != by), ""),
        )
    except (KeyError, TypeError, AttributeError, IndexError):
        return None


def _is_schedule(texts: Mapping[str, object]) -> bool:
    """How long records are kept is never one person's word, whatever a decision says."""
    return any(str(name).startswith(SCHEDULES) for name in texts)


def _words(said: object) -> dict[str, str]:
    return {str(name): str(one) for name, one in cast("Mapping[str, Any]", said).items()}
