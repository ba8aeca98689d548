"""M. Hale has forgotten her passphrase, with a walk-in unfinished.

The administrator gives four words, she chooses her own, the coordinator gives the keys back, and
what she had typed is there again.
"""

import pytest
from department import Department

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import CannotOpen, LockedOut, WrongPassphrase
from intake_app.domain.ids import RecordId
from intake_app.domain.sign_in_errors import NewPassphrase
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft, unfinished
from intake_app.services.users.changing import OneTime, renew_user
from intake_app.services.users.granting import give_key, keys_asked

OWN = "harvest lantern copper moss"


@pytest.fixture
def gate(department: Department, clock: FixedClock) -> ProfileGate:
    return ProfileGate(department.folder, clock)


def test_it_all_comes_back(department: Department, gate: ProfileGate) -> None:
    draft = begun(department, gate)
    once = given(department, gate)
    hale = department.staff["mhale"]
    with pytest.raises(WrongPassphrase):
        gate.unlock("mhale", hale.passphrase)
    with pytest.raises(NewPassphrase):
        gate.unlock("mhale", once.passphrase)
    desk = gate.steps.choose_passphrase(OWN)
    with pytest.raises(CannotOpen):  # it is there, and nobody can open it with the new keys yet
        resume_draft(desk, draft)
    gate.lock()
    with pytest.raises(WrongPassphrase):  # the four words are used up
        gate.unlock("mhale", once.passphrase)
    lowe = department.staff["jlowe"]
    desk = gate.unlock("jlowe", lowe.passphrase)
    [asked] = keys_asked(desk)
    assert asked.name == hale.shown_name
    give_key(desk, asked.asked)
    gate.lock()
    desk = gate.unlock("mhale", OWN)
    [mine] = [one for one in unfinished(desk) if one.id == draft]
    assert mine.is_mine
    assert resume_draft(desk, draft).answers["first_name"] == "Jordan"
    gate.lock()


def test_five_wrong_tries_before_do_not_shut_the_new_passphrase_out(
    department: Department, gate: ProfileGate
) -> None:
    """Who has forgotten it has mostly tried too often: one act of the administrator is enough."""
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            gate.unlock("mhale", "river lamp copper nine")
    with pytest.raises(LockedOut):
        gate.unlock("mhale", "river lamp copper nine")
    once = given(department, gate)
    with pytest.raises(NewPassphrase):
        gate.unlock("mhale", once.passphrase)
    gate.lock()


def begun(department: Department, gate: ProfileGate) -> RecordId:
    desk = gate.unlock("mhale", department.staff["mhale"].passphrase)
    draft = begin_draft(desk, "self_referral")
    draft.answers["first_name"] = "Jordan"
    save_draft(desk, draft)
    gate.lock()
    return draft.id


def given(department: Department, gate: ProfileGate) -> OneTime:
    desk = gate.unlock("apruitt", department.staff["apruitt"].passphrase)
    hale = next(one for one in desk.colleagues if one.user_name == "mhale")
    once = renew_user(desk, hale.id)
    gate.lock()
    return once
