"""What lines of an export are made of: what is known, answers as texts, columns made less exact."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from intake_app.domain.change import Value
from intake_app.domain.export import Export, ExportColumn, From, Reach
from intake_app.domain.export_cell import coarse_day
from intake_app.domain.form import DECLINED, NO, UNKNOWN, YES, Answers, Field, FieldType
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey
from intake_app.services.exports.ask import ExportPart
from intake_app.services.needs.everyday import Guide

_CHOSEN: Final = frozenset({
    FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED, FieldType.YES_NO,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one line.

    Attributes:
        ident: What the line is of.
        intake: The intake that it belongs to.
        journey: Its journey; None of an event.
        guide: The form of its intake; None where nothing was read of it.
        answers: Its answers.
    """

    ident: RecordId
    intake: RecordId
    journey: Journey | None = None
    guide: Guide | None = None
    answers: Answers = field(default_factory=dict[str, Value], repr=False)


@dataclass(slots=True)
class Tally:
    """What came of one file while its lines were made.

    Attributes:
        records: Of which lines were made.
        places: Where these stand in their file.
        people: Whose.
        rows: How many lines.
        consents: Under which line leaves, by intake.
        left_out: How many were left out, by reason.
        incomplete: Lines in which something is missing that is required.
        strange: Codes that no map knows.
    """

    records: dict[RecordId, None] = field(default_factory=dict[RecordId, None])
    places: set[int] = field(default_factory=set[int])
    people: set[str] = field(default_factory=set[str])
    rows: int = 0
    consents: dict[RecordId, RecordId] = field(default_factory=dict[RecordId, RecordId])
    left_out: Counter[str] = field(default_factory=Counter[str])
    incomplete: int = 0
    strange: Counter[str] = field(default_factory=Counter[str])

    def part(self) -> ExportPart:
        """The same, as it is shown and noted."""
        return ExportPart(self.rows, len(self.people), tuple(self.records), dict(self.consents),
                          frozenset(self.places))  # fmt: skip


def coarse(export: Export) -> Export:
    """The same without days and names: what was a day is its year, what names somebody is empty."""
    return replace(export, columns=tuple(map(_coarse, export.columns)))


def _coarse(column: ExportColumn) -> ExportColumn:
    if column.reach < Reach.DATED:
        return column
    is_asked = column.source in {From.ANSWER, From.FACT}
    if column.reach is Reach.NAMED or not column.day or (is_asked and column.day == "YYYY"):
        return replace(column, source=From.CONSTANT, of="", day="", codes={}, reach=Reach.NOBODY,
                       is_words=False)  # fmt: skip
    return replace(column, day=coarse_day(column.day), reach=Reach.CODED)


def texts_of(asked: Field, value: Value) -> list[str]:
    """An answer as texts: codes, an amount, a name.

    Of a question with choices only its codes: a name in the wrong place is no code, and goes.
    """
    if value is None or value == "":
        return []
    if asked.type in _CHOSEN:
        said = cast("list[Value]", value) if isinstance(value, list) else [value]
        return [one for one in said if isinstance(one, str) and _is_code(asked, one)]
    if isinstance(value, list):
        return []
    if isinstance(value, dict):
        return _parts_of(cast("dict[str, Any]", value))
    if asked.type is FieldType.MONEY and isinstance(value, int):
        return [f"{value // 100}.{value % 100:02d}"]
    return [str(value)]


def _is_code(asked: Field, code: str) -> bool:
    if asked.type is FieldType.YES_NO:
        return code in {YES, NO, UNKNOWN, DECLINED}
    return asked.choice(code) is not None


def _parts_of(value: dict[str, Any]) -> list[str]:
    if "amount" in value:
        return [" ".join(str(part) for part in (value["amount"], value.get("unit")) if part)]
    name = str(value.get("name") or "")
    return [name] if name else []
