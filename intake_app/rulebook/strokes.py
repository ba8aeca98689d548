"""The lines of a drawn signature, out of what was kept."""

from intake_app.domain.change import Value
from intake_app.domain.paper import Stroke
from intake_app.rulebook.value_kind import is_list


def strokes_of(value: Value) -> tuple[Stroke, ...]:
    """The lines of a drawn signature; what is no line is left out."""
    lines: list[Stroke] = []
    for line in value if is_list(value) else []:
        points = [p for p in (line if is_list(line) else []) if is_list(p) and len(p) == 2]
        good = [(float(x), float(y)) for x, y in points if _is_number(x) and _is_number(y)]
        lines += [tuple(good)] if good else []
    return tuple(lines)


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
