"""docs/cjis.md and the auditor's report have the same words: those of one file."""

import tomllib

from intake_app.rulebook.controls_reader import CONTROLS_FILES
from intake_app.settings import resources


def rows_of(page: str) -> set[str]:
    return {line for line in page.splitlines() if line.startswith("| ")}


def test_each_control_is_a_row_of_the_page() -> None:
    page = resources.path("docs", "cjis.md").read_text("utf-8")
    told = tomllib.loads(resources.path("resources", CONTROLS_FILES[1]).read_text("utf-8"))
    for one in told["controls"]:
        row = f"| {one['id']} | {one['title']} | {one['program']} | {one['department']} |"
        assert row in rows_of(page)
    for said in (told["scope"], told["modules"], told["policy"], told["version"]):
        assert said in page


def test_a_row_with_another_word_would_be_seen() -> None:
    """Negative control."""
    page = resources.path("docs", "cjis.md").read_text("utf-8")
    assert any(row.startswith("| AC-7 |") for row in rows_of(page))
    changed = page.replace("| AC-7 | Unsuccessful", "| AC-7 | Failed")
    assert rows_of(changed) != rows_of(page)
