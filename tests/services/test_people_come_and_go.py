"""Administrators let people in and out; holders decide who reads."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from staffed import Staffed

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import DiskFull, IntakeError, NotAllowed, WrongPassphrase
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.staffing import Why
from intake_app.domain.user_errors import (
    LastAdministrator,
    LastReaderOfSealed,
    NobodyAsks,
    NotYourself,
    OwnPassphrase,
    OwnRoles,
    RenewWithCard,
    ShownNameTaken,
    SignInIsOff,
    UserNameBad,
    UserNameTaken,
)
from intake_app.services.users.changing import (
    add_user,
    change_roles,
    disable_user,
    renew_user,
    user_left,
)
from intake_app.services.users.granting import (
    ask_again,
    give_key,
    keys_asked,
    keys_waiting,
    refuse_key,
)
from intake_app.services.users.listing import Standing, users

ADMIN, COORDINATOR, DESK = Role.ADMINISTRATOR, Role.COORDINATOR, Role.FRONT_DESK


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    folder = tmp_path_factory.mktemp("people") / "profile"
    return Staffed.made(folder, FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)))


@pytest.fixture
def staffed(first: Staffed, tmp_path: Path) -> Staffed:
    return first.copy_to(tmp_path / "profile")


def test_who_is_let_in_reads_nothing_until_a_holder_says_yes(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk:
        once = add_user(desk, "nvega", "N. Vega", frozenset({DESK}))
        assert len(once.passphrase.split()) == 4
        [waits] = keys_waiting(desk)
        assert (waits.name, waits.asked.compartment, waits.why) == (
            "N. Vega", Compartment.CARE, Why.NEW
        )  # fmt: skip
        assert waits.by == desk.person.shown_name
    staffed.choose("nvega", once.passphrase)
    with staffed.at("nvega") as desk:
        assert desk.care is None
    with staffed.at(ADMIN) as desk:  # an administrator who signs in gives nothing
        assert len(keys_waiting(desk)) == 1
    with staffed.at(COORDINATOR) as desk:
        [asked] = keys_asked(desk)
        give_key(desk, asked.asked)
        assert keys_asked(desk) == []
        with pytest.raises(NobodyAsks):
            give_key(desk, asked.asked)
    with staffed.at("nvega") as desk:
        assert desk.care is not None


def test_a_holder_may_say_no_and_be_asked_again(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk:
        add_user(desk, "nvega", "N. Vega", frozenset({DESK}))
    with staffed.at(COORDINATOR) as desk:
        [asked] = keys_asked(desk)
        refuse_key(desk, asked.asked)
        assert keys_asked(desk) == []
        with pytest.raises(NobodyAsks):
            give_key(desk, asked.asked)
        lowe = desk.person.shown_name
    with staffed.at(DESK) as desk:  # another holder is not asked behind their back
        assert keys_asked(desk) == []
    with staffed.at(ADMIN) as desk:
        [waits] = keys_waiting(desk)
        assert waits.refused_by == lowe
        ask_again(desk, waits.asked)
    with staffed.at(COORDINATOR) as desk:
        assert len(keys_asked(desk)) == 1


def test_a_new_passphrase_gives_an_administrator_nothing_to_read(staffed: Staffed) -> None:
    """The attack: an administrator renews a clerk's passphrase and signs in as them."""
    with staffed.at(ADMIN) as desk:
        once = renew_user(desk, staffed.id_of(desk, "mhale"))
    with pytest.raises(WrongPassphrase), staffed.at("mhale"):
        pass
    staffed.choose("mhale", once.passphrase)
    with staffed.at("mhale") as desk:
        assert desk.care is None
        assert keys_asked(desk) == []  # and cannot say yes to themselves
    with staffed.at(COORDINATOR) as desk:
        [asked] = keys_asked(desk)
        assert asked.why is Why.RENEWED
    with staffed.at(DESK, passphrase=staffed.phrases["mhale"]) as desk:
        assert desk.care is None


def test_who_is_disabled_comes_back_with_another_passphrase(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk:
        hale = staffed.id_of(desk, "mhale")
        disable_user(desk, hale)
        assert standing(desk, "mhale") is Standing.DISABLED
    with pytest.raises(WrongPassphrase), staffed.at("mhale"):
        pass  # their slot is gone from this computer
    with staffed.at(ADMIN) as desk:
        assert standing(desk, "mhale") is Standing.DISABLED
        once = renew_user(desk, hale)
        assert standing(desk, "mhale") is Standing.WORKING
    staffed.choose("mhale", once.passphrase)
    with staffed.at(COORDINATOR) as desk:
        [asked] = keys_asked(desk)
        give_key(desk, asked.asked)
    with staffed.at("mhale") as desk:
        assert desk.person.id == hale
        assert desk.care is not None


def standing(desk: object, user_name: str) -> Standing:
    return next(one.standing for one in users(desk) if one.user_name == user_name)  # pyright: ignore[reportArgumentType]


def test_who_left_is_gone_and_the_name_stays_on_what_they_did(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk:
        user = staffed.id_of(desk, "dreyes")
        user_left(desk, user)
    with staffed.at(ADMIN) as desk:
        assert user not in {one.id for one in desk.colleagues}
        assert desk.name_of(user) == "D. Reyes"
        assert standing(desk, "dreyes") is Standing.LEFT
        once = add_user(desk, "dreyes", "D. Reyes", frozenset({Role.OFFICER}))
        assert once.user != user


def test_a_role_is_taken_and_given(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk:
        hale = staffed.id_of(desk, "mhale")
        change_roles(desk, hale, frozenset({Role.RECEPTION}))
    with staffed.at("mhale") as desk:
        assert desk.care is None
        assert desk.person.roles == {Role.RECEPTION}
    with staffed.at(ADMIN) as desk:
        change_roles(desk, hale, frozenset({Role.RECEPTION, DESK}))
        [waits] = keys_waiting(desk)
        assert waits.why is Why.ROLE
    with staffed.at("mhale", DESK) as desk:
        assert desk.care is None  # who had it once is asked for anew
    with staffed.at(COORDINATOR) as desk:
        [asked] = keys_asked(desk)
        give_key(desk, asked.asked)
    with staffed.at("mhale", DESK) as desk:
        assert desk.care is not None


def test_nobody_gives_themselves_a_role_but_with_a_card(staffed: Staffed) -> None:
    both = frozenset({ADMIN, COORDINATOR})
    with staffed.at(ADMIN) as desk:
        assert desk.users is not None
        with pytest.raises(OwnRoles):
            change_roles(desk, desk.person.id, both)
        with pytest.raises(OwnRoles):  # nor past the service
            desk.users.desk.change_roles(desk.person.id, both)
        change_roles(desk, desk.person.id, both, card(staffed))
        assert keys_waiting(desk) == []
    with staffed.at(ADMIN, COORDINATOR) as desk:
        assert desk.care is not None
    with staffed.at(ADMIN, ADMIN) as desk:
        assert desk.care is None


def card(staffed: Staffed) -> str:
    return " ".join(staffed.cards[0].words)


def test_the_last_one_cannot_be_taken_away(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk:
        privacy = staffed.id_of(desk, "snorth")
        for act in (disable_user, user_left):
            with pytest.raises(LastReaderOfSealed):
                act(desk, privacy)
            with pytest.raises(NotYourself):
                act(desk, desk.person.id)
        with pytest.raises(RenewWithCard):
            renew_user(desk, privacy)
        with pytest.raises(OwnPassphrase):
            renew_user(desk, desk.person.id)
        with pytest.raises(LastReaderOfSealed):
            change_roles(desk, privacy, frozenset({Role.RECEPTION}))
        change_roles(desk, desk.person.id, frozenset({ADMIN, COORDINATOR}), card(staffed))
        with pytest.raises(LastAdministrator):
            change_roles(desk, desk.person.id, frozenset({COORDINATOR}))
        assert {one.standing for one in users(desk)} == {Standing.WORKING}


def test_an_administrator_gives_up_the_role_once_there_is_another(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk:
        okafor = staffed.id_of(desk, "tokafor")
        change_roles(desk, okafor, frozenset({Role.SUPERVISOR, ADMIN}))
        pruitt = desk.person.id
    with staffed.at("tokafor", ADMIN) as desk:
        change_roles(desk, pruitt, frozenset({ADMIN, Role.RECEPTION}))
    with staffed.at("apruitt", ADMIN) as desk:
        change_roles(desk, pruitt, frozenset({Role.RECEPTION}))
        with pytest.raises(NotAllowed):  # at once, although the hat is still on
            add_user(desk, "nvega", "N. Vega", frozenset({DESK}))
    with staffed.at("tokafor", ADMIN) as desk:
        assert {one.user_name: one.roles for one in users(desk)}["apruitt"] == {Role.RECEPTION}


def test_a_user_name_is_taken_however_it_is_typed(staffed: Staffed) -> None:
    with staffed.at(ADMIN) as desk, pytest.raises(UserNameTaken):
        add_user(desk, " MHALE ", "M. Hale", frozenset({DESK}))


@pytest.mark.parametrize(
    ("shown", "refused"),
    [
        ("M. Hale", ShownNameTaken), ("m hale", ShownNameTaken), ("M. Hàle", ShownNameTaken),
        ("M. Ha\u200ble", UserNameBad), ("M. Hale\u202e", UserNameBad),
        ("\u041c. Hale", UserNameBad),  # its M is Cyrillic
        ("M. Hale 2", None), ("Юлия Лоу", None), ("Zoë O\u2019Neil-Ñúñez", None),
    ],
)  # fmt: skip
def test_nobody_is_let_in_who_looks_like_somebody_who_works_here(
    staffed: Staffed, shown: str, refused: type[IntakeError] | None
) -> None:
    """A holder is asked by name for a key, and asks that person: the name is one person's."""
    with staffed.at(ADMIN) as desk:
        if refused is None:
            add_user(desk, "nvega", shown, frozenset({DESK}))
            return
        with pytest.raises(refused):
            add_user(desk, "nvega", shown, frozenset({DESK}))


def test_what_a_full_disk_refused_was_never_done(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staffed.at(ADMIN) as desk:
        hale, file = staffed.id_of(desk, "mhale"), desk.station

        def full(*_: object) -> int:
            raise DiskFull

        monkeypatch.setattr(type(file), "apply", full)
        for act in (disable_user, renew_user, user_left):
            with pytest.raises(DiskFull):
                act(desk, hale)
        monkeypatch.undo()
        change_roles(desk, staffed.id_of(desk, "lbrandt"), frozenset({DESK}))
    with staffed.at("mhale") as desk:
        assert desk.care is not None
    with staffed.at(ADMIN) as desk:
        assert {one.user_name: one.roles for one in users(desk)}["lbrandt"] == {DESK}


def test_who_is_shut_out_elsewhere_is_told_so(staffed: Staffed) -> None:
    """As at another station, where the slot still stands when the news comes."""
    before = (staffed.folder / "vault.json").read_bytes()
    with staffed.at(ADMIN) as desk:
        disable_user(desk, staffed.id_of(desk, "mhale"))
    (staffed.folder / "vault.json").write_bytes(before)
    with pytest.raises(SignInIsOff), staffed.at("mhale"):
        pass
