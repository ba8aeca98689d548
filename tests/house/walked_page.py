"""Does in a copy of the tree what a page of the documents says, block by block."""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HOUSE_ROOT = Path(__file__).resolve().parents[2]
NEEDED = (
    "intake_app", "forms", "resources", "build", "tests/exchange", "tests/services", "tests/pdf",
    "pyproject.toml", *(f"tests/{one.name}" for one in (HOUSE_ROOT / "tests").glob("*.py")),
)  # fmt: skip
"""Of the tree, for what the pages of the documents change and run."""

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"# (\S+)\n")
_PYTHON = ".venv/bin/python"
_NAMES = "build/translations.py"
"""Ends with 1 when it names what is not translated yet, be it by a colleague; all is written."""

_LEFT_OUT = "build/test"
"""Checks all of it, this test too."""


class DoesNotFit(Exception):
    """A block of the page does not fit the tree any more."""


@dataclass(frozen=True)
class Block:
    """One block: its language, and what stands in it."""

    language: str
    text: str


def blocks_of(page: str) -> list[Block]:
    return [Block(*found) for found in _BLOCK.findall(page)]


def copy_tree(to: Path) -> Path:
    for name in NEEDED:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        if (HOUSE_ROOT / name).is_file():
            shutil.copy(HOUSE_ROOT / name, to / name)
        else:
            being_written = shutil.ignore_patterns("*.pyc.*")  # by tests beside this one
            shutil.copytree(HOUSE_ROOT / name, to / name, ignore=being_written)
    return to


def follow(page: str, tree: Path) -> list[str]:
    """Do what all blocks say. Returns what the commands said, each once."""
    return [said for block in blocks_of(page) for said in _do(block, tree)]


def _do(block: Block, tree: Path) -> list[str]:
    if block.language == "sh":
        return [run(line, tree) for line in block.text.splitlines() if _LEFT_OUT not in line]
    if block.language == "diff":
        change(block.text, tree)
    elif named := _NAMED.match(block.text):
        place = tree / named[1]
        if place.exists():
            raise DoesNotFit(f"{named[1]} is there already")
        place.write_text(block.text, "utf-8")
    else:
        raise DoesNotFit(f"a block of {block.language} names no file")
    return []


def change(text: str, tree: Path) -> None:
    """Change a file at the one place that reads as the block says."""
    head, *lines = text.splitlines()
    place = tree / head.removeprefix("--- ")
    before = "".join(f"{line[1:]}\n" for line in lines if line[:1] in {" ", "-"})
    after = "".join(f"{line[1:]}\n" for line in lines if line[:1] in {" ", "+"})
    known = place.read_text("utf-8")
    if (times := known.count(before)) != 1 or not before:
        raise DoesNotFit(f"{place.name} has {times} places that read: {before}")
    place.write_text(known.replace(before, after), "utf-8")


def run(line: str, tree: Path) -> str:
    """Run a command of a block at the top of the tree; it must end well."""
    words = [sys.executable if word == _PYTHON else word for word in shlex.split(line)]
    done = subprocess.run(words, cwd=tree, capture_output=True, text=True, check=False)
    if done.returncode > (_NAMES in line):
        raise DoesNotFit(f"{line}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout
