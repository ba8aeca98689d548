"""What an export's columns are made of: answers as texts, and columns made less exact."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from intake_app.domain.export import Export, ExportColumn, From, Reach
from intake_app.domain.export_cell import coarse_day
from intake_app.domain.form import DECLINED, NO, UNKNOWN, YES, Field, FieldType

if TYPE_CHECKING:
    from intake_app.domain.change import Value

_CHOSEN: Final = frozenset({
    FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED, FieldType.YES_NO,
})  # fmt: skip


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


def texts_of(asked: Field, value: "Value") -> list[str]:
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
