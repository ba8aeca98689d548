"""How far traits are known to others is a file with a version; without it nothing leaves."""

import tomllib

import pytest

from intake_app.domain.errors import FormMissing
from intake_app.services.exports import county_rows, extract
from intake_app.settings import resources
from intake_app.settings.traits import Traits, read_traits, traits_of

FILE = resources.path("resources", "policies", "traits.toml")


def test_the_file_says_what_is_blanked_first() -> None:
    traits = read_traits()
    assert traits.version
    columns = ["pathway", "cut_own", "cut_sex", "cut_needs", "cut_veteran", "wait_days"]
    assert extract.known_to_others(columns) == ["cut_own", "cut_veteran", "cut_sex", "pathway"]
    assert not traits.said_to_us & set(traits.known_to_others)


@pytest.mark.parametrize("wrong", [
    {"version": ""}, {"local": "zone"}, {"groups": []}, {"said_to_us": [7]},
    {"known_to_others": None},
])  # fmt: skip
def test_a_file_with_a_mistake_stands_for_nothing(wrong: dict[str, object]) -> None:
    said = tomllib.loads(FILE.read_text("utf-8"))
    assert traits_of(said) == read_traits()
    with pytest.raises(ValueError, match=r"traits\.toml"):
        traits_of(said | wrong)


def test_without_the_file_nothing_is_blanked_by_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (extract, county_rows):
        monkeypatch.setattr(module, "read_traits", Traits)
    with pytest.raises(FormMissing):
        extract.known_to_others(["cut_sex"])
    with pytest.raises(FormMissing):
        county_rows.county_cuts([])
