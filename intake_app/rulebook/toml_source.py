"""A TOML text with the line of each of its keys: values by tomllib, lines by tree-sitter."""

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from intake_app.rulebook.mistake import Mistake, Mistaken

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to a value: ("sections", 0, "fields", 3, "label")."""

MAX_SIZE = 1_000_000
"""Characters; a longer text is no form."""

_LANGUAGE = Language(tree_sitter_toml.language())
_SAID_LINE = re.compile(r"at line (\d+)")
_TABLES = {"table", "table_array_element"}
_KEYS = {"bare_key", "quoted_key", "dotted_key"}


class TomlSource:
    """One file's text, parsed.

    Attributes:
        name: Name of the file inside its folder.
        text: The text as it is.
        data: The values.

    Raises:
        Mistaken: It is no TOML.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        try:
            self.data: dict[str, Any] = _parsed(text[:MAX_SIZE])
        except tomllib.TOMLDecodeError as error:
            raise Mistaken(Mistake(name, self._line_said(str(error)), _reason(error))) from error
        except RecursionError as error:
            raise Mistaken(Mistake(name, 1, "too many brackets inside one another")) from error
        if len(text) > MAX_SIZE:
            raise Mistaken(Mistake(name, 1, "the file is longer than a form can be"))

    def _line_said(self, said: str) -> int:
        found = _SAID_LINE.search(said)
        return int(found[1]) if found else max(1, len(self.text.splitlines()))

    def line_of(self, path: KeyPath) -> int:
        """The line where a key stands; where it is missing, the line of what should hold it."""
        while path and path not in self._nodes:
            path = path[:-1]
        return _line(self._nodes[path]) if path in self._nodes else 1

    def span_of(self, path: KeyPath) -> tuple[int, int] | None:
        """Where a value begins and ends, in bytes of UTF-8; None where there is none."""
        node = self._nodes.get(path)
        if node is not None and node.type == "pair":
            node = next((c for c in reversed(node.children) if c.is_named and c.type != "comment"),
                        None)  # fmt: skip
        return (node.start_byte, node.end_byte) if node is not None else None

    def is_inline(self, path: KeyPath) -> bool:
        """Whether a key stands in a table on one line."""
        node = self._nodes.get(path)
        return node is not None and node.parent is not None and node.parent.type == "inline_table"

    @cached_property
    def _nodes(self) -> dict[KeyPath, Node]:
        tree = Parser(_LANGUAGE).parse(self.text.encode())
        lines: dict[KeyPath, Node] = {}
        counts: dict[KeyPath, int] = {}
        for node in tree.root_node.children:
            if node.type in _TABLES:
                _add_table(node, lines, counts)
            elif node.type == "pair":
                _add_pair(node, (), lines)
        return lines


@lru_cache(maxsize=256)
def _parsed(text: str) -> dict[str, Any]:
    """The values of a text; readers only look at them. Programs share the form below them.

    All files find room, 140 today: with too little, each pushes out the next.
    """
    return tomllib.loads(text)


def _reason(error: tomllib.TOMLDecodeError) -> str:
    said = str(error).split(" (at ")[0]
    return f"this is not TOML: {said[:1].lower()}{said[1:]}"


def _add_table(node: Node, lines: dict[KeyPath, Node], counts: dict[KeyPath, int]) -> None:
    key = next((c for c in node.children if c.type in _KEYS), None)
    if key is None:
        return
    path: KeyPath = ()
    parts = _parts(key)
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, parts[-1])
    if node.type == "table_array_element":
        counts[path] = counts.get(path, -1) + 1
        lines.setdefault(path, node)
        path = (*path, counts[path])
    lines[path] = node
    for child in node.children:
        if child.type == "pair":
            _add_pair(child, path, lines)


def _add_pair(pair: Node, above: KeyPath, lines: dict[KeyPath, Node]) -> None:
    waiting: list[tuple[Node, KeyPath]] = [(pair, above)]
    while waiting:
        node, path = waiting.pop()
        if node.type == "pair":
            key = next((c for c in node.children if c.type in _KEYS), None)
            path = (*path, *_parts(key)) if key else path
            lines[path] = node
        inside = [c for c in node.children if c.is_named and c.type not in _KEYS | {"comment"}]
        if node.type == "array":
            waiting += [(child, (*path, n)) for n, child in enumerate(inside)]
            lines.update({(*path, n): child for n, child in enumerate(inside)})
        else:
            waiting += [(child, path) for child in inside]


def _line(node: Node) -> int:
    return node.start_point[0] + 1


def _parts(key: Node) -> list[str]:
    return list(_bare_parts(key))


def _bare_parts(key: Node) -> Iterator[str]:
    if key.type == "dotted_key":
        for child in key.children:
            yield from _bare_parts(child)
    elif key.type in _KEYS:
        yield (key.text or b"").decode(errors="replace").strip("\"'")
