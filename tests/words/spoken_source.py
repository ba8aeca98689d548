"""Finds words in the source that reach a person without the catalog."""

import ast
import re
from collections.abc import Iterator

SHOWING = frozenset({
    # of Qt
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
    "setText", "setTitle", "setAccessibleName", "setAccessibleDescription", "setToolTip",
    "setPlaceholderText", "setWindowTitle", "setStatusTip", "setWhatsThis", "addItem", "addItems",
    "addTab", "insertItem", "addAction", "addRow", "setHeaderLabels", "setHorizontalHeaderLabels",
    "setSuffix", "setPrefix", "setLabelText", "setInformativeText", "addButton",
    "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory",
    "setPlainText",
    # of ours
    "heading", "muted", "fact_label", "field_label", "words_label", "named_button", "make_button",
    "big_button", "PrimaryButton", "BigButton", "Chip", "Card", "ElidedLabel",
    # of the command line
    "echo", "print", "prompt", "confirm", "ClickException", "UsageError", "BadParameter",
})  # fmt: skip
"""Calls whose texts people see or hear."""

SAYING = frozenset({"text", "plural", "say", "mark", "in_all_languages"})
"""Calls that take a message of the catalog, literally."""

FIRST_ONLY = frozenset({
    "words_label", "field_label", "named_button", "make_button", "Chip", "addItem", "insertItem",
    "heading", "big_button", "PrimaryButton", "BigButton", "ElidedLabel",
})  # fmt: skip
"""Of these the first argument is the text; the others are a kind, a style or data."""

WORD = re.compile(r"[A-Za-z]{2,}")


def name_of(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def bare_words(node: ast.expr) -> Iterator[str]:
    """Words that stand in an expression as they are, not in a call inside of it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORD.search(node.value):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from bare_words(part)
    elif isinstance(node, ast.BinOp):
        yield from bare_words(node.left)
        yield from bare_words(node.right)
    elif isinstance(node, ast.IfExp):
        yield from bare_words(node.body)
        yield from bare_words(node.orelse)
    elif isinstance(node, ast.BoolOp | ast.List | ast.Tuple):
        for part in node.values if isinstance(node, ast.BoolOp) else node.elts:
            yield from bare_words(part)


def shown_bare(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and words of what is shown without the catalog."""
    return [
        (node.lineno, words)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_of(node) in SHOWING
        for argument in _texts(node)
        for words in bare_words(argument)
    ]


def _texts(call: ast.Call) -> list[ast.expr]:
    given = call.args[:1] if name_of(call) in FIRST_ONLY else call.args
    return [*given, *(k.value for k in call.keywords if k.arg in {"text", "hint"})]


def _is_words(receiver: ast.expr) -> bool:
    said = ast.unparse(receiver)
    return said.split(".")[-1].lstrip("_") == "words" or said.startswith(("Words(", "words_here("))


def put_together(tree: ast.AST) -> list[int]:
    """Lines where a message is made of parts: it could never be found in the catalog."""
    found: list[int] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or name_of(node) not in SAYING or not node.args:
            continue
        if isinstance(node.func, ast.Attribute) and not _is_words(node.func.value):
            continue
        count = 2 if name_of(node) == "plural" else 1
        if any(isinstance(part, ast.JoinedStr) or _joins(part) for part in node.args[:count]):
            found.append(node.lineno)
    return found


def _joins(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod)
    return isinstance(node, ast.Call) and name_of(node) in {"format", "join"}
