"""What is decided about people at one computer holds at the other, once a stick went between."""

from contextlib import suppress
from pathlib import Path

import pytest
from two_computers import TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.errors import ChooseHat, NotAllowed, WrongPassphrase
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import NewPassphrase
from intake_app.domain.user_errors import PassphraseReplaced
from intake_app.services.users.changing import OneTime, add_user, disable_user, renew_user
from intake_app.services.users.granting import give_key, keys_asked

OWN = "harvest lantern copper moss"


def meet(two: TwoComputers) -> None:
    """The stick goes there and back; at each an administrator is there."""
    for folder in (two.front, two.back, two.front):
        two.sync(folder)
    for folder in (two.front, two.back):  # what came is used at a sign-in
        with two.at(folder, Role.ADMINISTRATOR):
            pass


def begin(two: TwoComputers) -> None:
    """Both work: who signed in at the front once can sign in at the back."""
    two.enrolled()
    for role in (Role.COORDINATOR, Role.FRONT_DESK):
        with two.at(two.front, role):
            pass
    meet(two)
    with two.at(two.back, Role.COORDINATOR) as desk:
        assert desk.care is not None


def choose(two: TwoComputers, folder: Path, once: OneTime) -> None:
    gate = ProfileGate(folder, two.clock)
    with pytest.raises(NewPassphrase):
        gate.unlock(once.user_name, once.passphrase)
    with suppress(ChooseHat):
        gate.steps.choose_passphrase(OWN)
    gate.lock()


def reads_care(two: TwoComputers, folder: Path, user_name: str) -> bool:
    gate = ProfileGate(folder, two.clock)
    try:
        return gate.unlock(user_name, OWN).care is not None
    finally:
        gate.lock()


def test_who_is_let_in_at_one_signs_in_at_the_other(two: TwoComputers) -> None:
    begin(two)
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        once = add_user(desk, "nvega", "N. Vega", frozenset({Role.FRONT_DESK}))
    meet(two)
    choose(two, two.back, once)
    assert not reads_care(two, two.back, "nvega")
    with two.at(two.back, Role.COORDINATOR) as desk:
        [asked] = keys_asked(desk)
        give_key(desk, asked.asked)
    assert reads_care(two, two.back, "nvega")
    meet(two)
    assert not reads_care(two, two.front, "nvega")  # no holder was there since
    with two.at(two.front, Role.COORDINATOR) as desk:
        assert keys_asked(desk) == []  # it was said once; here it is only sealed
    assert reads_care(two, two.front, "nvega")


def test_who_is_disabled_at_one_is_shut_out_at_the_other(two: TwoComputers) -> None:
    begin(two)
    hale = two.person(Role.FRONT_DESK)
    with two.at(two.back, Role.FRONT_DESK):
        pass
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        user = next(one.id for one in desk.colleagues if one.user_name == hale.user_name)
        disable_user(desk, user)
    with pytest.raises(WrongPassphrase), two.at(two.front, Role.FRONT_DESK):
        pass
    with two.at(two.back, Role.FRONT_DESK):  # nobody can know it there yet; the page says so
        pass
    meet(two)
    with pytest.raises((NotAllowed, WrongPassphrase)), two.at(two.back, Role.FRONT_DESK):
        pass


def test_an_old_passphrase_opens_nothing_more_at_the_other(two: TwoComputers) -> None:
    begin(two)
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        user = next(one.id for one in desk.colleagues if one.user_name == "mhale")
        once = renew_user(desk, user)
    meet(two)
    with pytest.raises((PassphraseReplaced, WrongPassphrase)), two.at(two.back, Role.FRONT_DESK):
        pass
    choose(two, two.back, once)
    assert not reads_care(two, two.back, "mhale")
