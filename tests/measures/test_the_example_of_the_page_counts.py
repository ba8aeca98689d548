"""The worked example of `docs/measures.md`, counted by hand."""

import re
from pathlib import Path

import pytest
from journey_files import ROOT, filled, journey, question

from intake_app.domain.measure import Measure
from intake_app.domain.spread import Spread, spread_of
from intake_app.rulebook.measure_reader import read_numbers
from intake_app.rulebook.shelf import Shelf


@pytest.fixture(scope="module")
def own() -> dict[str, Measure]:
    page = (ROOT / "docs" / "measures.md").read_text("utf-8")
    found = re.search(r"<!-- example: agency_county.toml -->\n```toml\n(.*?)```", page, re.DOTALL)
    assert found
    texts = {"measures/agency_county.toml": found[1]}
    shelf = Shelf(ROOT / "forms", ROOT / "resources").with_texts(lambda: texts)
    return {one.id: one for one in read_numbers(shelf, []).measures}


def test_first_service_within_14_days(own: dict[str, Measure], tmp_path: Path) -> None:
    yes = {"pathway": "self_referral", "accepted_on": "2026-03-01"}
    file = filled(tmp_path, [
        journey(1, **yes, engaged_on="2026-03-15"),  # day 14
        journey(2, **yes, engaged_on="2026-03-16"),
        journey(3, **yes),
        journey(4, **yes, outcome="deceased"),
        journey(5, pathway="naloxone_plus", accepted_on="2026-03-01", engaged_on="2026-03-02"),
        journey(6, pathway="officer_referral", accepted_on="2026-11-20"),  # not over
        journey(7, pathway="self_referral"),
    ])  # fmt: skip
    asked = question(own["county_14_days"], (), ("2026-01-01", "2026-12-31"))
    figure = file.ask(asked)
    assert (figure.whole.number, figure.whole.base) == (1, 3)
    assert figure.excluded == {"deceased": 1}
    assert figure.running == 1


def test_kits_for_one_person(own: dict[str, Measure], tmp_path: Path) -> None:
    kits = (0, 1, 1, 2, 5)
    file = filled(tmp_path, [journey(n, kits=kit) for n, kit in enumerate(kits)])
    figure = file.ask(question(own["county_kits_each"]))
    assert spread_of(figure.whole.spread) == Spread(1, 1, 2)
