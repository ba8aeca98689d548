"""Every link of the documents to a file of ours leads somewhere."""

import re
from pathlib import Path

from house_source import ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")


def anchors(text: str) -> set[str]:
    """The names by which headings can be linked to."""
    heads = re.findall(r"^#+\s+(.+?)\s*$", text, re.MULTILINE)
    named = re.findall(r"^#+ .+ \{#([a-z0-9-]+)\}$", text, re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", head.lower()) for head in heads]
    return {head.replace(" ", "-") for head in plain} | set(named)


def broken(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    found: list[str] = []
    for target in LINK.findall(CODE.sub("", text)):
        if re.match(r"[a-z]+:", target):  # a page of somebody else
            continue
        name, _, anchor = target.partition("#")
        there = path.parent / name if name else path
        if not there.exists():
            found.append(f"{path.name}: {target} is not there")
        elif anchor and anchor not in anchors(there.read_text("utf-8")):
            found.append(f"{path.name}: {target} has no such heading")
    return found


def test_every_link_leads_somewhere() -> None:
    pages = [ROOT / name for name in TOP] + sorted((ROOT / "docs").rglob("*.md"))
    assert [each for page in pages for each in broken(page)] == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One thing\n[a](page.md) [b](gone.md) ![c](no.png) [d](#one-thing) [e](#two)\n"
        "[f](https://example.org/x) `[g](code.md)`\n",
        "utf-8",
    )
    assert broken(page) == [
        "page.md: gone.md is not there",
        "page.md: no.png is not there",
        "page.md: #two has no such heading",
    ]
