"""What an export's columns are made of: answers as texts, and columns made less exact."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from intake_app.domain.export import Export, ExportColumn, From, Reach
from intake_app.domain.export_cell import coarse_day
from intake_app.domain.form import Field, FieldType

if TYPE_CHECKING:
    from intake_app.domain.change import Value


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
    """An answer as texts: codes, an amount, a name."""
    if value is None or value == "":
        return []
    if isinstance(value, list):
        return [str(one) for one in cast("list[Value]", value) if isinstance(one, str)]
    if isinstance(value, dict):
        return _parts_of(cast("dict[str, Any]", value))
    if asked.type is FieldType.MONEY and isinstance(value, int):
        return [f"{value // 100}.{value % 100:02d}"]
    return [str(value)]


def _parts_of(value: dict[str, Any]) -> list[str]:
    if "amount" in value:
        return [" ".join(str(part) for part in (value["amount"], value.get("unit")) if part)]
    name = str(value.get("name") or "")
    return [name] if name else []
