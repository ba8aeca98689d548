"""What a department has turned off is nowhere in its window: no button, place, filter or word."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from clerk import Clerk, Key, name_of
from department import Department, OpenWindow, Staff
from PySide6.QtWidgets import QAbstractButton, QComboBox

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.services.training.training import fictional_department
from intake_app.ui.frame.workplace import Workplace
from intake_app.ui.parts.pathway_words import PATHWAYS

OTHERS = ("Outreach", "overdose", "Overdose", "Referral by", "Community response", "ODMAP")
CASES = (
    "intervention", "Cases", "Arrivals", "Pads", "Supervision", "Check eligibility",
    "Not offered", "Declined", "Sealed cases", "citation", "charge",
)  # fmt: skip
POLICE = re.compile(r".*\b(?:officers?|police)\b.*", re.IGNORECASE)
TITLES = re.compile("privacy officer", re.IGNORECASE)
"""A title that HIPAA gives, also in a fire department."""

DECIDED = {"Police or sheriff", *(said.told for said in PATHWAYS.values())}
"""On the settings page: what there is to turn on."""

EVERYBODY = ("mhale", "dreyes", "tokafor", "jlowe", "apruitt", "lbrandt", "snorth")


def made(folder: Path, clock: FixedClock, **decided: object) -> Department:
    """A department without any record yet."""
    asked = fictional_department(1)
    agency = replace(asked.agency, **decided)  # pyright: ignore[reportArgumentType]
    asked = replace(asked, agency=agency)
    ProfileGate(folder, clock).found(asked, use_keyring=False)
    return Department(folder, {who.user_name: who for who in asked.people})


@pytest.fixture
def department(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Department:
    """A fire department that takes walk-ins only; or the one that a test asks for."""
    walk_ins_only = {"name": "Pine Hollow Fire", "kind": "fire", "pathways": ("self_referral",)}
    return made(tmp_path / "profile", clock, **getattr(request, "param", walk_ins_only))


def all_words(clerk: Clerk) -> list[str]:
    """All words, names, choices and tool tips of every page that this person can go to."""
    place = next(clerk.seen(Workplace))
    said: list[str] = []
    for ident in place.places:
        place.go(ident)
        clerk.settle()
        said += clerk.page()
        said += [box.itemText(n) for box in clerk.seen(QComboBox) for n in range(box.count())]
        said += [name_of(button) for button in clerk.seen(QAbstractButton)]
    return said


def test_a_fire_department_that_takes_walk_ins_only(open_window: OpenWindow, staff: Staff) -> None:
    found: dict[str, set[str]] = {}
    for user in EVERYBODY:
        clerk = open_window()
        clerk.sign_in(staff[user])
        said = all_words(clerk)
        wrong = {text for text in said if POLICE.fullmatch(text) and not TITLES.search(text)}
        if user != "apruitt":  # who decides sees what there is to turn on
            wrong |= {text for text in said for word in OTHERS if word in text}
        wrong |= {text for text in said for word in CASES if word in text}
        wrong -= DECIDED if user == "apruitt" else set()
        clerk.press("Home")
        for key in (Key.Key_F3, Key.Key_F4, Key.Key_F8, Key.Key_F9, Key.Key_F10, Key.Key_F11):
            clerk.key(key)  # the keys of what is off begin nothing
            clerk.settle()
        assert not clerk.sees("Save and close")
        found |= {user: wrong} if wrong else {}
        clerk.conductor.window.close()
    assert not found, "\n".join(f"{user}: {sorted(said)}" for user, said in found.items())


ALL_ON = {"kind": "police", "pathways": ()}


@pytest.mark.parametrize("department", [ALL_ON], indirect=True)
def test_where_all_is_on_all_is_named(open_window: OpenWindow, staff: Staff) -> None:
    """Negative control: the scan above would find each of these words."""
    clerk = open_window()
    clerk.sign_in(staff["jlowe"])
    said = "\n".join(all_words(clerk))
    assert all(word in said for word in ("Outreach", "Overdose", "Community response", "Cases"))
    assert POLICE.search(said)
