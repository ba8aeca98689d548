"""Which colors meet on the screen, read from the style sheet and from what is drawn.

A rule says a color or a border, another the background behind it; what is transparent shows
what it may stand on. So each pair of tokens is found from the rules, and none is kept by hand.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TEXT, PART = 4.5, 3.0
"""Least contrast of words, and of what one must see to know a control (WCAG 2.2, 1.4.3, 1.4.11)."""

PAGE, RAIL, COVER, BUTTON = "page", "rail", "cover", "button"
SURFACES = {
    PAGE: ("bg", "card", "tint2", "err_bg", "ok_bg", "warn_bg"),
    RAIL: ("rail", "rail_on"),
    COVER: ("rail",),
    BUTTON: ("navy", "navy2", "teal", "teal2"),
}
"""What things without a background may stand on; a test holds it against the rules."""

DECORATION = {"line"}
"""Lines that only part; nothing is known by them alone."""

BIG = {'[kind="teal"]', '[kind="navy"]'}
"""Large colored buttons: they end far from the page, so their ring is seen against them."""

WORKED_WITH = {
    "QPushButton", "QLineEdit", "QComboBox", "QDateEdit", "QPlainTextEdit", "QTextEdit", "QSpinBox",
    "QRadioButton", "QCheckBox", "QTabBar",
}  # fmt: skip
LOOSE = ("disabled", 'off="true"')
"""Controls that cannot be used need no contrast (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tokens that meet.

    Attributes:
        front: Words, or the line.
        back: What is behind or beside it.
        least: Contrast that is asked.
        where: The rule.
    """

    front: str
    back: str
    least: float
    where: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a selector speaks of.

    Attributes:
        kind: Class, or "*".
        marks: `#name`, `[attribute]`, `:state`.
        part: `::part`, or empty.
        inside: The same of what it stands in, outermost first.
    """

    kind: str
    marks: frozenset[str]
    part: str
    inside: "tuple[Thing, ...]" = ()

    def is_a(self, other: "Thing") -> bool:
        """Whether a rule for the other speaks of this too."""
        fits = other.kind in {self.kind, "*"} and other.marks <= self.marks
        around = all(any(mine.is_a(one) for mine in self.inside) for one in other.inside)
        return fits and self.part == other.part and around

    @property
    def room(self) -> str:
        """On which surfaces it may stand."""
        for one in self.inside:
            if "#rail" in one.marks:
                return RAIL
            if "#cover" in one.marks:
                return COVER
            if one.kind == "QPushButton":
                return BUTTON
        return PAGE


def pairs_of(sheet: str) -> set[Pair]:
    """Every pair of a style sheet."""
    rules = [*_rules(sheet)]
    made: set[Pair] = set()
    for thing, own in rules:
        if any(loose in mark for mark in _all_marks(thing) for loose in LOOSE):
            continue
        worn = _worn(thing, rules)
        made.update(_of_words(thing, own, worn), _of_edges(thing, own, worn))
    return made


def grounds_of(sheet: str) -> set[str]:
    """Backgrounds of boxes, for what stands on them without one."""
    return {
        token
        for thing, own in _rules(sheet)
        if thing.kind in {"QMainWindow", "QDialog", "QWidget", "QFrame", "QScrollArea"}
        if (token := _token(own.get("background", "")))
    }


def drawn_pairs(folder: Path) -> set[Pair]:
    """Pairs of what is drawn by hand: signs, and charts on their cards."""
    made: set[Pair] = set()
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        is_dark = file.name in {"rail.py", "curtain.py", "brand.py"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                made.update(_of_sign(node, file.name, RAIL if is_dark else PAGE))
            if file.parent.name == "measures":
                made.update(_of_drawing(node, file.name))
    return made


def _rules(sheet: str) -> Iterator[tuple[Thing, dict[str, str]]]:
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        said = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        own = {name.strip(): value.strip() for name, value in said.items()}
        for selector in selectors.split(","):
            yield _thing(selector), own


def _thing(selector: str) -> Thing:
    *around, last = (one for one in re.split(r"[\s>]+", selector.strip()) if one)
    marks = frozenset(re.findall(r"#\w+|\[[^\]]+\]|(?<!:):\w+", last))
    part = "".join(re.findall(r"::[\w-]+", last))
    kind = re.match(r"\w+|\*", last)
    inside = tuple(_thing(one) for one in around)
    return Thing(kind[0] if kind else "*", marks, part, inside)


def _all_marks(thing: Thing) -> Iterator[str]:
    yield from thing.marks
    for one in thing.inside:
        yield from _all_marks(one)


def _worn(thing: Thing, rules: list[tuple[Thing, dict[str, str]]]) -> dict[str, str]:
    """What holds for a thing in the end: later and closer rules win."""
    worn: dict[str, str] = {}
    for other, own in sorted(rules, key=lambda rule: (len(rule[0].marks), len(rule[0].inside))):
        if thing.is_a(other):
            worn |= own
    return worn


def _token(value: str) -> str:
    found = re.search(r"@(\w+)", value)
    return found[1] if found else ""


def _grounds(thing: Thing, worn: Mapping[str, str]) -> tuple[str, ...]:
    own = _token(worn.get("background", ""))
    return (own,) if own else SURFACES[thing.room]


def _of_words(thing: Thing, own: Mapping[str, str], worn: Mapping[str, str]) -> Iterator[Pair]:
    if not {"color", "background"} & set(own) or thing.part in {"::indicator", "::chunk"}:
        return
    front = _token(worn.get("color", ""))
    for back in _grounds(thing, worn) if front else ():
        if front not in {"", back}:
            yield Pair(front, back, TEXT, _name(thing))
    chosen = worn.get("selection-color", ""), worn.get("selection-background-color", "")
    if all(map(_token, chosen)):
        yield Pair(_token(chosen[0]), _token(chosen[1]), TEXT, _name(thing))


def _of_edges(thing: Thing, own: Mapping[str, str], worn: Mapping[str, str]) -> Iterator[Pair]:
    """The edge of a control against what is around; a ring against what it holds as well."""
    if thing.kind not in WORKED_WITH:
        return
    for name in ("border", "border-color", "border-bottom"):
        front = _token(own.get(name, ""))
        if not front or front in DECORATION:
            continue
        is_ring = ":focus" in thing.marks
        inside = _grounds(thing, worn) if is_ring else ()
        is_filled = bool(BIG & thing.marks)
        around = () if is_filled else SURFACES[thing.room]
        for back in {*inside, *around} - {front}:
            yield Pair(front, back, PART, _name(thing))


def _of_sign(call: ast.Call, where: str, room: str) -> Iterator[Pair]:
    """`icon_label(name, tokens.color, size)` and the like."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in {"icon", "icon_label", "pixmap"}:
        return
    for given in call.args:
        if isinstance(given, ast.Attribute) and "tokens" in ast.dump(given.value):
            grounds = SURFACES[BUTTON] if given.attr == "on_color" else SURFACES[room]
            yield from (Pair(given.attr, back, PART, where) for back in grounds)


def _of_drawing(node: ast.AST, where: str) -> Iterator[Pair]:
    """Names of colors in what draws on a card; those of `words_at` are of words."""
    is_words = "words_at" in ast.dump(node.func) if isinstance(node, ast.Call) else False
    if is_words or isinstance(node, ast.Constant):
        for one in ast.walk(node):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield Pair(one.value, "card", TEXT if is_words else PART, where)


def _name(thing: Thing) -> str:
    around = " ".join(f"{one.kind}{''.join(sorted(one.marks))}" for one in thing.inside)
    return f"{around} {thing.kind}{''.join(sorted(thing.marks))}{thing.part}".strip()
