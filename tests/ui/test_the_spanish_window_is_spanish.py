"""The window in Spanish, with made-up people in it: no word on any page is English.

Each page is gone to as for the pictures (`walk_every_page.py`), by whoever has it. What people,
programs, laws and tools are called, and what somebody has written, stays as it is.
"""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

from english_left import english_in
from pictures.department import ASKED

ROOT = Path(__file__).resolve().parents[2]
WALK = Path(__file__).with_name("walk_every_page.py")
SAMPLES = ROOT / "resources" / "samples"
FEW = 2
"""People in the last years; the afternoon's work is enough for something on each page."""

LISTED = frozenset({"about", "guide"})
"""Of licenses; and the guide, which has tests of its own."""

NAMES = re.compile(
    r"W\. Va\. Code|CJIS Security Policy|AUDIT(-C)?\b|CAGE-AID|HL7 US Core|Safe Passages"
    r"|Policy Research Associates|recipient-card\.json|Point and tick|West Virginia Day"
    r"|\(particip\w+ agreement\)"  # two papers have one title
    r"|Police Department|S\. North|P\.O\. Box|\b[Ss]upervisor\b|\b(may|ago)\b|/\S*profile\S*"
    r"|County rides|(Language|Crisis) line|Peer in recovery|Has a child seat|Spanish, Vietnamese"
    r"|About three days|Two weeks|Asked for a call in the morning|A ride would help|None\.$"
    r"|spread reward oxygen loop hat execute crumble bounce"  # words that are read aloud
)
"""The same in both languages; and what somebody wrote in the made-up department."""

OF_BOTH = re.compile(r"[^/]+ / [^/]+")
"""A choice as an administrator edits it: in each language of the department."""


def strings(node: object) -> Iterator[str]:
    """All texts of a file."""
    if isinstance(node, str):
        yield node
    if isinstance(node, dict):
        node = list(cast("dict[str, object]", node).values())
    for inside in cast("list[object]", node) if isinstance(node, list) else ():
        yield from strings(inside)


@cache
def written() -> re.Pattern[str]:
    """What stands in the directory and in a request; the longest first: no rest of it is left."""
    with (SAMPLES / "providers.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in list(csv.reader(file))[1:] for cell in row]
    parts = [part.strip() for cell in cells for part in cell.split(";")]
    entries = strings(json.loads((SAMPLES / "providers.json").read_text("utf-8")))
    found = {*entries, *cells, *parts, ASKED.about, ASKED.sender, ASKED.reach}
    ordered = sorted((one for one in found if len(one) > 3), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)))


def is_of_data(kind: str, words: str) -> bool:
    """A paper in its own language, or a choice in all of them."""
    return words.startswith("SAMPLE") or (kind.endswith(" cell") and bool(OF_BOTH.fullmatch(words)))


def left_english(seen: list[tuple[str, str, str]]) -> list[str]:
    """What is said in English: page, kind and words."""
    return sorted({
        f"{page}: {kind}: {words} {found}" for page, kind, words in seen
        if page not in LISTED and not is_of_data(kind, words)
        and (found := english_in(written().sub(" ", NAMES.sub(" ", words))))
    })  # fmt: skip


def walked(folder: Path) -> list[tuple[str, str, str]]:
    """Page, kind and words of all that the window says."""
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "build")))
    done = subprocess.run(
        [sys.executable, str(WALK), str(folder), "es@1"],
        env={**os.environ, "PEOPLE": str(FEW), "PYTHONPATH": paths},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [cast("list[str]", json.loads(line)) for line in done.stdout.splitlines()]
    return [(page, kind, words) for _, page, what, kind, words in lines if what == "says"]


def test_no_page_says_a_word_in_english(tmp_path: Path) -> None:
    seen = walked(tmp_path)
    pages = {page for page, _, _ in seen}
    assert len(pages) > 70
    assert {
        "eligibility: a verdict",
        "logs",
        "differences",
        "settings: Listas de opciones",
    } <= pages
    assert left_english(seen) == []


def test_a_word_in_english_is_found() -> None:
    """Negative control: what once stayed English."""
    once = (
        "3 doses", "State law", "Vence por: Department policy (2026-11-2)", "Mon-Fri 8:00",
        "condition types", "Non-Criminal Citation: 4", "25 dic 2026  Christmas Day",
    )  # fmt: skip
    for words in once:
        assert left_english([("page", "QLabel text", words)]), words
    for words in ("3 dosis", "Ley estatal", "Hollow Creek Recovery Center", "Help / Ayuda"):
        assert not left_english([("page", "QListWidget cell", words)]), words
