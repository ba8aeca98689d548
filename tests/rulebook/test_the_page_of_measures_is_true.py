"""`docs/measures.md`: its example is a file that works; it names all keys and tests there are."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from small_forms import SETTING

from intake_app.domain.measure import Clause, Kind, Measure, Unit
from intake_app.rulebook.check import check_all
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.shelf import Shelf
from intake_app.settings.resources import path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "measures.md").read_text("utf-8")
SAID = {"in": "is_in", "not_in": "not_in"}


@pytest.fixture(scope="module")
def example() -> str:
    found = re.search(r"<!-- example: agency_county.toml -->\n```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_is_read_without_a_mistake(example: str) -> None:
    own = {"measures/agency_county.toml": example}
    shelf = Shelf(path("forms"), path("resources")).with_texts(lambda: own)
    assert [str(one) for one in check_all(shelf, SETTING) if not one.is_doubt] == []
    library = FormLibrary(path("forms"), path("resources"), SETTING, lambda: own)
    mine = [one.id for one in library.measures() if one.family == "county"]
    assert mine == ["county_14_days", "county_kits_each"]
    assert "county" in {one.id for one in library.families()}


def test_every_key_and_test_stands_on_the_page() -> None:
    keys = {one.name for one in fields(Measure)}
    known = set(re.findall(r"`(?:\[\[measures\.)?([a-z_]+)", PAGE))
    assert keys <= known
    tests = {SAID.get(name, name) for name in re.findall(r"^\| `([a-z_]+) = ", PAGE, re.MULTILINE)}
    tests |= {"most"} if "`most = 30`" in PAGE else set()
    asked = {one.name for one in fields(Clause)} - {"column", "trait", "since"}
    assert tests == asked
    for kind in Kind:
        assert f"`{kind}`" in PAGE
    assert f"`{Unit.PERSON}`" in PAGE


def test_what_the_page_links_to_is_there() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", PAGE):
        if link != "small-cells.md":  # of another room
            assert (ROOT / "docs" / link).exists(), link
