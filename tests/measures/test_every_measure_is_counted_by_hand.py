"""Each measure that ships has journeys whose figure was counted by hand."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from journey_files import AGENCY, filled, journey, measure, question, shipped
from made_journeys import Maker
from second_count import SecondCount

from intake_app.domain.spread import Spread, spread_of

BY_HAND: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "by_hand.toml").read_text("utf-8")
)
SHIPPED = [one.id for one in shipped().measures]


def test_every_measure_has_a_fixture_and_no_fixture_is_left_over() -> None:
    assert set(BY_HAND) == set(SHIPPED)


@pytest.mark.parametrize("ident", SHIPPED)
def test_a_measure_counts_what_was_counted_by_hand(ident: str, tmp_path: Path) -> None:
    said = BY_HAND[ident]
    made = [journey(n, **one) for n, one in enumerate(said["journeys"])]
    period = said.get("period", ("2026-01-01", "2026-06-30"))
    asked = question(ident, (), period, said.get("numbers"))
    file = filled(tmp_path, made)
    figure = file.ask(asked)
    whole = figure.whole
    assert (whole.number, whole.base) == (said["number"], said["base"])
    assert figure.running == said.get("running", 0)
    assert dict(figure.excluded) == {
        **{one.id: 0 for one in measure(ident).exclusions}, **said.get("not", {}),
    }  # fmt: skip
    assert dict(whole.parts) == said.get("parts", {})
    assert dict(whole.spread) == {int(value): n for value, n in said.get("spread", {}).items()}
    if "quartiles" in said:
        assert spread_of(whole.spread) == Spread(*said["quartiles"])
    if "people" in said:
        assert (whole.people, whole.largest) == (said["people"], said["largest"])
    assert file.ask_all([asked]) == [figure]
    assert SecondCount(asked, made).whole() == whole


def test_fixtures_tell_measures_apart(tmp_path: Path) -> None:
    """A control: a definition that is another one does not count the same on its fixture."""
    wrong = []
    for ident in SHIPPED:
        said = BY_HAND[ident]
        file = filled(tmp_path / ident, [journey(n, **o) for n, o in enumerate(said["journeys"])])
        period = said.get("period", ("2026-01-01", "2026-06-30"))
        numbers = {**AGENCY, **said.get("numbers", {})}
        others = [one for one in shipped().measures if one.id != ident]
        found = file.ask_all([question(one, (), period, numbers) for one in others])
        wrong += [
            (ident, other.id)
            for other, figure in zip(others, found, strict=True)
            if other.kind is measure(ident).kind
            and (figure.whole.number, figure.whole.base) == (said["number"], said["base"])
            and dict(figure.whole.parts) == said.get("parts", {})
            and dict(figure.whole.spread)
            == {int(value): n for value, n in said.get("spread", {}).items()}
        ]
    assert len(wrong) <= len(SHIPPED) // 4, wrong


def test_a_random_department_counts_the_same_twice(tmp_path: Path) -> None:
    made = list(Maker(7).many(300))
    file = filled(tmp_path, made)
    asked = [question(one, (), ("2024-01-01", "2026-12-31")) for one in SHIPPED]
    for one, figure in zip(asked, file.ask_all(asked), strict=True):
        assert figure.whole == SecondCount(one, made).whole(), one.measure.id
