"""Every page, from outside, by what a screen reader is told: names, roles, headings, keys.

One process for each person (`black_box/walk.py`). The quick walk is of those who together have all
pages; with the option for long tests all roles are walked, and Tab is pressed through each page.
"""

import json
import subprocess
import sys
from typing import Any

import pytest
from test_black_box_walk_in import ROOT, outside

from intake_app.domain.errors import WrongPassphrase
from intake_app.domain.roles import Role
from intake_app.ui.frame.guests import GUESTS
from intake_app.ui.frame.places import PLACES

WAYS = {
    "Home": ("Walk-in self-referral", "Officer intervention", "Check eligibility",
             "Forms on paper", "Not offered", "Declined"),
    "Numbers": ("Reports…", "Files for others…", "Bring in past cases…", "Several departments…"),
    "Trust": ("Backups…", "Recovery cards…", "Support file…", "Update…"),
    "Exchange": ("Carry on a stick…",),
    "Providers": ("Reply slips…",),
    "Settings": ("About this program…",),
}  # fmt: skip
"""Buttons that lead from a place to a page that is not on the rail."""

IN_TURN, AT_ONCE = 1, 2
"""How pressing an announcement is, as AT-SPI counts it."""

QUICK = ("administrator", "coordinator", "privacy_officer")
ALL = tuple(role.value for role in Role)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """A training profile, and who works there, by role."""
    profile = tmp_path_factory.mktemp("pages") / "department"
    command = [sys.executable, "-m", "intake_app", "demo", "--profile", str(profile)]
    done = subprocess.run(
        [*command, "--people", "12", "--seed", "1", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    users: list[dict[str, str]] = json.loads(done.stdout)["users"]
    return {user["role"]: {"profile": str(profile), **user} for user in users}


def walk(person: dict[str, str], *, is_tabbed: bool = False) -> dict[str, Any]:
    told = {"root": str(ROOT), "ways": WAYS, "tabs": is_tabbed, **person}
    return outside("walk.py", told, patience=800)


def wrong_in(seen: dict[str, Any]) -> dict[str, list[str]]:
    return {page: found["wrong"] for page, found in seen.items() if found["wrong"]}


@pytest.mark.system
@pytest.mark.parametrize("role", QUICK)
def test_every_page_of_a_role_speaks(people: dict[str, dict[str, str]], role: str) -> None:
    seen = walk(people[role])
    assert len(seen) > 8
    assert wrong_in(seen) == {}


@pytest.mark.system
def test_news_is_said_while_the_cursor_stays(people: dict[str, dict[str, str]]) -> None:
    """Errors and the curtain at once, states in their turn (WCAG 2.2, 4.1.3, 3.3.1, 2.2.1)."""
    heard = outside("news.py", {"root": str(ROOT), **people["front_desk"]})
    said = {step: [tuple(one) for one in told] for step, told in heard.items()}
    assert said["wrong passphrase"] == [(WrongPassphrase.sentence(), AT_ONCE)]
    assert said["find"] == [("Nobody was found. Try fewer letters.", IN_TURN)]
    [(saved, how), *_] = said["saved"]
    assert (saved[:22], how) == ("Saved on this computer", IN_TURN)
    problem = "1 thing to fix before you continue. Who is this for? Choose one answer."
    assert (problem, AT_ONCE) in said["nothing answered"]
    [(told, _)] = said["error at its question"]
    assert told.endswith("Error: Choose one answer.")
    assert ("Hidden. Press any key.", AT_ONCE) in said["hidden"]


@pytest.mark.system
@pytest.mark.long
@pytest.mark.parametrize("role", ALL)
def test_tab_comes_to_everything_and_round(people: dict[str, dict[str, str]], role: str) -> None:
    """Also nothing is hidden while it has the cursor (WCAG 2.2, 2.1.2, 2.4.7, 2.4.11)."""
    assert wrong_in(walk(people[role], is_tabbed=True)) == {}


@pytest.mark.system
@pytest.mark.long
def test_the_walks_come_to_every_place_and_guest(people: dict[str, dict[str, str]]) -> None:
    """All roles; a new place or guest that no walk comes to fails here, or in the test below."""
    walked = {role: walk(people[role]) for role in ALL}
    assert {role: wrong for role, seen in walked.items() if (wrong := wrong_in(seen))} == {}
    seen = {page for pages in walked.values() for page in pages}
    assert {place.label for place in PLACES} <= seen
    assert {f"{at}: {way}" for at, ways in WAYS.items() for way in ways} <= seen


def test_there_is_a_way_to_every_guest() -> None:
    told = sum(len(ways) for at, ways in WAYS.items() if at in {"Numbers", "Trust", "Settings"})
    assert told == len(GUESTS)
