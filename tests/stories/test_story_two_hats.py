"""One person is officer and coordinator: a hat is chosen, and there is never one merged list."""

from pathlib import Path

import case_story
import citation
import pytest
import walk_in
from clerk import Clerk
from department import Department, OpenWindow

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.services.signing.signing_in import NewPerson, SetUp
from intake_app.services.training.training import fictional_department

KAMES = NewPerson(
    "kames", "K. Ames", "copper river mile road", frozenset({Role.OFFICER, Role.COORDINATOR})
)
ANNA = NewPerson("anna", "A. Anna", "barn plum window coat", frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def department(tmp_path: Path, clock: FixedClock) -> Department:
    """A tiny department: one person does both."""
    folder = tmp_path / "profile"
    asked = SetUp(fictional_department(1).agency, (KAMES, ANNA), ("kames",))
    ProfileGate(folder, clock).found(asked, use_keyring=False, is_training=True)
    return Department(folder, {who.user_name: who for who in (KAMES, ANNA)})


def put_on(clerk: Clerk, hat: str) -> None:
    """Sign in, and choose a hat."""
    clerk.try_to_sign_in(KAMES.user_name, KAMES.passphrase)
    clerk.until_reads("Which hat are you wearing?")
    clerk.press(hat)
    clerk.until_sees("Log out")
    clerk.settle()


def test_each_hat_has_its_own_lists(open_window: OpenWindow) -> None:
    clerk = open_window()
    put_on(clerk, "Officer")
    assert not clerk.sees("People")
    citation.take(clerk)
    case = case_story.issue(clerk)
    clerk.conductor.window.close()

    clerk = open_window()
    put_on(clerk, "Coordinator")
    assert not case_story.finds(clerk, citation.LAST)  # home looks among walk-ins alone
    clerk.press("Home")
    walk_in.take(clerk)
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    assert number != case
    clerk.press("Home")
    clerk.press("People")
    clerk.settle()
    assert not case_story.finds(clerk, citation.LAST)
    assert case_story.finds(clerk, walk_in.LAST)
    clerk.press("Cases")
    clerk.settle()
    assert not case_story.finds(clerk, walk_in.LAST)
    assert case_story.finds(clerk, citation.LAST)
    clerk.conductor.window.close()

    clerk = open_window()
    put_on(clerk, "Officer")
    assert not clerk.sees("People")
    assert not case_story.finds(clerk, walk_in.LAST)
    assert not case_story.finds(clerk, number)
    assert case_story.finds(clerk, citation.LAST)
