"""The shipped forms, papers, legal texts and code tables, read with tomllib and csv alone."""

import copy
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intake_app.settings import resources

FORMS, RESOURCES = resources.path("forms"), resources.path("resources")
LANGUAGES = {"en", "es"}
MAY_BE_EQUAL = {
    "No", "Hospital", "Alcohol", "Medicare",
    "Filipino",
    "Hindi", "Chamorro", "Detective", "Braille", "Navajo", "Fax",
}  # fmt: skip
"""Words that English and Spanish share."""

SCHEDULES = {"retention", "cjis_controls"}
"""What lies beside the legal texts and is no text: tables, with readers of their own."""

Node = dict[str, Any]
Form = Node


def read(path: Path) -> Node:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def form() -> Form:
    return copy.deepcopy(read(FORMS / "self_referral.toml"))


def case_form() -> Form:
    return copy.deepcopy(read(FORMS / "officer_intervention.toml"))


def forms() -> dict[str, Form]:
    """All pathways' forms; a step that is `as_in` another form has no questions of that one."""
    return {p.stem: read(p) for p in sorted(FORMS.glob("*.toml"))}


def papers() -> dict[str, Node]:
    return {p.stem: read(p) for p in sorted((FORMS / "papers").glob("*.toml"))}


def legal_texts() -> dict[str, Node]:
    found = {p.stem: read(p) for p in sorted((RESOURCES / "legal").glob("*.toml"))}
    return {name: text for name, text in found.items() if name not in SCHEDULES}


def tables() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted((RESOURCES / "codes").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem] = list(csv.DictReader(lines))
    return found


def fields_of(whole: Form) -> Iterator[tuple[Node, Node]]:
    for section in whole["sections"]:
        for field in section.get("fields", []):
            yield section, field


def field_of(whole: Form, ident: str) -> Node:
    return next(f for _, f in fields_of(whole) if f["id"] == ident)


def texts_in(node: object, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(node, dict):
        if "en" in node or "es" in node:
            yield path, node
        else:
            for key, inside in node.items():
                yield from texts_in(inside, f"{path}.{key}")
    elif isinstance(node, list):
        for n, inside in enumerate(node):
            name = inside.get("id", n) if isinstance(inside, dict) else n
            yield from texts_in(inside, f"{path}.{name}")


def _may_be_equal(words: str) -> bool:
    """Whether both languages may say the same; of places alone an answer makes the words."""
    return words in MAY_BE_EQUAL or not re.sub(r"Fax|\{\w+\}", "", words).strip()


def faults_of_texts(node: object, *, is_bilingual: bool = False) -> list[str]:
    found: list[str] = []
    for path, text in texts_in(node):
        if set(text) != LANGUAGES or not all(words.strip() for words in text.values()):
            found.append(f"{path}: a language is missing")
        elif (text["en"] == text["es"]) != is_bilingual and not _may_be_equal(text["en"]):
            found.append(f"{path}: {text['en']!r}")
        elif set(re.findall(r"\{\w+\}", text["en"])) != set(re.findall(r"\{\w+\}", text["es"])):
            found.append(f"{path}: not the same places in both languages")
    return found


def all_texts() -> Node:
    programs = {p.stem: read(p) for p in (FORMS / "programs").glob("*.toml")}
    sheets = {k: v for k, v in papers().items() if k != "point_and_tick"}
    return {"forms": forms(), "programs": programs, "papers": sheets, "legal": legal_texts()}
