"""Mappings of imports: what ships is whole, a saved one comes back, and mistakes are named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.clock import SystemClock
from intake_app.domain.import_errors import MappingUnreadable
from intake_app.domain.import_mapping import ColumnMap, Implied, ImportMapping, as_toml
from intake_app.domain.pathway import Pathway
from intake_app.domain.text import Text
from intake_app.domain.typed_day import Century
from intake_app.rulebook.check import check_path
from intake_app.rulebook.import_reader import IMPORTS, ImportMappings, read_mapping
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource
from intake_app.settings.agency import Agency
from intake_app.settings.resources import path

GOOD = """
[import]
id = "old"
form = "self_referral"
version = "1"
title = { en = "Old", es = "Viejo" }
order = "dmy"
short_years = "past"

[constants]
who_for = "self"

[[implied]]
statuses = ["accepted"]
said = { decision = "accepted" }

[[columns]]
target = "race"
names = ["Race"]
codes = { "W" = "white", "" = "" }
"""


def mistakes_in(text: str) -> list[str]:
    found = list[Mistake]()
    read_mapping(TomlSource("old.toml", text), found)
    return [str(one) for one in found]


def shelf() -> Shelf:
    return Shelf(path("forms"), path("resources"))


def test_each_pathway_has_a_mapping_without_a_mistake() -> None:
    known = ImportMappings(shelf()).shipped()
    assert {one.form for one in known} == {str(pathway) for pathway in Pathway}
    assert len(known) == len(shelf().names(IMPORTS))
    assert all({"en", "es"} <= one.title.by_language.keys() for one in known)


def test_a_good_file_is_read() -> None:
    assert mistakes_in(GOOD) == []


@pytest.mark.parametrize(("old", "new", "told"), [
    ('id = "old"', 'id = "Old one"', 'old.toml:3: "Old one" is no id'),
    ('form = "self_referral"', "", 'old.toml:2: "form" is missing'),
    ('order = "dmy"', 'order = "ydm"', 'old.toml:7: "order" cannot be "ydm"; did you mean'),
    ('short_years = "past"', "short_years = 5", 'old.toml:8: "short_years" must be a text'),
    ('target = "race"', 'targett = "race"', 'old.toml:18: "targett" is not known here'),
    ('names = ["Race"]', "names = []", 'old.toml:17: "names" is missing'),
    ('"W" = "white"', '"W" = 5', 'old.toml:20: "W" in "codes" must be a text'),
    ('statuses = ["accepted"]', "statuses = []", 'old.toml:13: "statuses" and "said" must both'),
    ("[constants]", "[konstants]", 'old.toml:10: "konstants" is not known here'),
])  # fmt: skip
def test_a_mistake_is_named_with_its_line(old: str, new: str, told: str) -> None:
    assert old in GOOD
    said = mistakes_in(GOOD.replace(old, new))
    assert any(one.startswith(told) for one in said), said


def test_one_column_cannot_be_filled_twice() -> None:
    twice = GOOD + '\n[[columns]]\ntarget = "race"\nnames = ["Race 2"]\n'
    assert any('two columns fill "race"' in one for one in mistakes_in(twice))


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"[import", b"", b"x = 1\n" * 300_000])
def test_what_is_no_mapping_is_refused_with_a_place(tmp_path: Path, raw: bytes) -> None:
    place = tmp_path / "old.toml"
    place.write_bytes(raw)
    with pytest.raises(MappingUnreadable):
        ImportMappings.read(place)
    with pytest.raises(MappingUnreadable):
        ImportMappings.read(tmp_path / "nowhere.toml")


WORDS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r"), min_size=1, max_size=12
).filter(lambda text: text == text.strip())


@given(
    st.dictionaries(WORDS, WORDS, max_size=4), st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from(Century), st.sampled_from(["", "mdy", "dmy"]),
)  # fmt: skip
def test_a_saved_mapping_comes_back_as_it_was(
    codes: dict[str, str], names: list[str], century: Century, order: str
) -> None:
    said = ImportMapping(
        "self_referral", (ColumnMap("race", tuple(names), codes),), {"who_for": "self"},
        (Implied(("accepted",), {"decision": "accepted"}),), order, century, "Sheet 1", "own",
        Text({"en": "Saved", "es": "Guardada"}), "1",
    )  # fmt: skip
    found = list[Mistake]()
    assert read_mapping(TomlSource("old.toml", as_toml(said)), found) == said
    assert found == []


def test_a_mapping_is_checked_like_other_files(tmp_path: Path) -> None:
    setting = Setting.of(Agency(), SystemClock())
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(GOOD)
    bad.write_text(GOOD.replace("short_years", "shortyears"))
    assert [str(one) for one in check_path(good, shelf(), setting) if "imports/" in one.file] == []
    told = [str(one) for one in check_path(bad, shelf(), setting)]
    assert any('"shortyears" is not known here' in one for one in told)
