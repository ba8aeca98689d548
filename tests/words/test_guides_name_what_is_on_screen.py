"""Words in bold in a guide stand on the screen: a reader finds the button that they read of."""

import re
from pathlib import Path

import pytest
import translations

from intake_app.settings import resources

GUIDES = ("admin-guide.md", "cjis.md")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
NOT_ON_SCREEN = re.compile(
    r"^(bold|Is it CJI|Algorithms and|A program is|Day one|Turn on disk|Print the recovery|"
    r"Let people in|Backups elsewhere|Try it with training data|A second computer|"
    r"A restored computer|From a package|From source)"
)
"""What is bold for its own sake."""


def on_screen() -> set[str]:
    """All messages of the program, and the words of forms need no guide."""
    said: set[str] = set()
    for message in translations.messages():
        said.update([message] if isinstance(message, str) else message)
    return said


def unknown(page: str) -> list[str]:
    known = on_screen()
    found = (words.strip() for words in BOLD.findall(page))
    return sorted({words for words in found
                   if words not in known and not NOT_ON_SCREEN.match(words)})  # fmt: skip


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_bold_in_a_guide_is_on_the_screen(name: str) -> None:
    page = Path(resources.path("docs", name)).read_text("utf-8")
    assert unknown(page) == []


def test_a_button_that_is_not_there_is_found() -> None:
    """Negative control."""
    assert unknown("Press **Back up now**, then **Format the disk**.") == ["Format the disk"]
