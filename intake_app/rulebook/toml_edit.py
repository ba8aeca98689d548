"""Other values in a TOML text: only what is named changes, notes and order stay as they are.

What was written is read back and compared, so that no word can break out of its quotes.
"""

import copy
import json
from collections.abc import Mapping
from typing import Any

from intake_app.rulebook.mistake import Mistake, Mistaken
from intake_app.rulebook.toml_source import KeyPath, TomlSource
from intake_app.rulebook.value_kind import is_list, is_table

Values = Mapping[KeyPath, str | int]
"""New values by their places: texts and whole numbers."""


def with_values(name: str, text: str, values: Values) -> str:
    """The text with other values at some places; a key that is not there is put beside another.

    Raises:
        Mistaken: The text is no TOML, there is no such place, or it cannot be written there.
    """
    source, data = TomlSource(name, text), text.encode()
    edits = [_edit(source, path, value) for path, value in values.items()]
    for start, end, written in sorted(edits, reverse=True):
        data = data[:start] + written.encode() + data[end:]
    changed = TomlSource(name, data.decode())
    if changed.data != _wanted(source.data, values):
        raise Mistaken(Mistake(name, 1, "these words cannot be written into this file"))
    return changed.text


def _edit(source: TomlSource, path: KeyPath, value: str | int) -> tuple[int, int, str]:
    if (span := source.span_of(path)) is not None:
        return (*span, _written(value))
    table = _at(source.data, path[:-1])
    for beside in table if is_table(table) else ():
        there = (*path[:-1], beside)
        if (span := source.span_of(there)) is not None:
            before = ", " if source.is_inline(there) else "\n"
            return span[1], span[1], f"{before}{path[-1]} = {_written(value)}"
    raise Mistaken(
        Mistake(source.name, source.line_of(path), "there is no such place in this file")
    )


def _written(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    lines = [_escaped(line) for line in value.split("\n")]
    if len(lines) == 1:
        return f'"{lines[0]}"'
    return '"""\n' + "\n".join(lines) + '"""'


def _escaped(line: str) -> str:
    said = json.dumps(line, ensure_ascii=False)[1:-1]
    return said.replace("\x7f", "\\u007f")


def _at(data: Any, path: KeyPath) -> Any:  # noqa: ANN401 (whatever TOML can say)
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _wanted(data: Mapping[str, Any], values: Values) -> Mapping[str, Any]:
    wanted = copy.deepcopy(data)
    for path, value in values.items():
        table = _at(wanted, path[:-1])
        if is_table(table) or is_list(table):
            table[path[-1]] = value  # pyright: ignore[reportArgumentType, reportCallIssue]
    return wanted
