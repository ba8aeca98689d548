"""A passphrase is replaced: after one for once, by age where the policy says so, or by choice."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from second_proof import AMES, HALE, House, Phone, found, lines

from intake_app.domain.errors import WeakPassphrase, WrongPassphrase
from intake_app.domain.ids import UserId
from intake_app.domain.sign_in_errors import (
    EnterCode,
    HolderPassphraseShort,
    NewPassphrase,
    PassphraseCommon,
    PassphraseNamesYou,
    PassphraseUsedBefore,
    SetUpCode,
)
from intake_app.services.desk import Desk
from intake_app.services.signing import own
from intake_app.services.users.changing import renew_user

SHIFT = timedelta(hours=13)
GOOD = ("button cloud fern seven", "marble kite under oak", "walnut river cotton hat")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> House:
    return found(tmp_path_factory.mktemp("phrase") / "profile")


@pytest.fixture
def house(template: House, tmp_path: Path) -> House:
    return template.copy_to(tmp_path / "profile")


def id_of(desk: Desk, user_name: str) -> UserId:
    return next(one.id for one in desk.colleagues if one.user_name == user_name)


def test_a_passphrase_for_once_is_replaced_before_anything_opens(house: House) -> None:
    house.enrol(HALE)
    boss = house.gate()
    house.enrol(AMES, boss)
    desk = boss.unlock(AMES.user_name, AMES.passphrase)
    once = renew_user(desk, id_of(desk, HALE.user_name)).passphrase
    boss.lock()
    gate = house.gate()
    with pytest.raises(WrongPassphrase):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(NewPassphrase) as asked:
        gate.unlock(HALE.user_name, once)
    assert (asked.value.why, asked.value.least) == (NewPassphrase.ONCE, 14)
    with pytest.raises(NewPassphrase):
        gate.wear(min(HALE.roles))
    for weak, why in (
        (once, PassphraseUsedBefore), ("short one", HolderPassphraseShort),
        ("Pine Hollow 2026!!", PassphraseNamesYou), ("password password", PassphraseCommon),
    ):  # fmt: skip
        with pytest.raises(why):
            gate.steps.choose_passphrase(weak)
    with pytest.raises(SetUpCode):  # new keys, so a new phone too
        gate.steps.choose_passphrase(GOOD[0])
    phone = Phone("".join(gate.steps.offer_phone().groups), house.clock)
    signed_in = gate.steps.confirm_code(phone.code())
    assert signed_in.person.shown_name == HALE.shown_name
    outcomes = [outcome for _, outcome in lines(signed_in, "change passphrase")]
    assert outcomes == ["refused"] * 4 + ["done"]
    gate.lock()
    with pytest.raises(WrongPassphrase):
        gate.unlock(HALE.user_name, once)
    gate.unlock(HALE.user_name, GOOD[0])  # asked for nothing more


def test_one_changes_it_by_choice_and_the_old_one_opens_nothing(house: House) -> None:
    gate = house.gate()
    house.enrol(HALE, gate)
    desk = gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(WrongPassphrase):
        own.change_passphrase(desk, "not mine at all", GOOD[0])
    with pytest.raises(WeakPassphrase):
        own.change_passphrase(desk, HALE.passphrase, "hale hale hale")
    own.change_passphrase(desk, HALE.passphrase, GOOD[0])
    assert [outcome for _, outcome in lines(desk, "change passphrase")] == [
        "refused", "refused", "done",
    ]  # fmt: skip
    assert own.sign_in_state(desk).has_phone
    gate.lock()
    for copy in ("vault.json", "vault.json.previous"):
        (house.folder / "vault.json").write_bytes((house.folder / copy).read_bytes())
        with pytest.raises(WrongPassphrase):
            house.gate().unlock(HALE.user_name, HALE.passphrase)
    house.gate().unlock(HALE.user_name, GOOD[0])


def test_by_the_older_policy_it_is_replaced_every_90_days_and_ten_are_remembered(
    tmp_path: Path,
) -> None:
    house = found(tmp_path / "p", "cjis_5_9_5")
    gate, phrases = house.gate(), [HALE.passphrase, *GOOD]
    phone = house.enrol(HALE, gate)
    for old, new in pairwise(phrases):
        house.clock.at += timedelta(days=89, hours=23)
        with pytest.raises(EnterCode):
            gate.unlock(HALE.user_name, old)
        gate.steps.enter_code(phone.code())  # negative control: not yet
        gate.lock()
        house.clock.at += timedelta(hours=2)
        with pytest.raises(NewPassphrase) as asked:
            gate.unlock(HALE.user_name, old)
        assert (asked.value.why, asked.value.may_show) == (NewPassphrase.EXPIRED, False)
        for earlier in phrases[: phrases.index(new)]:
            with pytest.raises(PassphraseUsedBefore):
                gate.steps.choose_passphrase(earlier)
        gate.steps.choose_passphrase(new)
        gate.lock()


def test_by_the_usual_policy_it_does_not_age(house: House) -> None:
    gate = house.gate()
    phone = house.enrol(HALE, gate)
    house.clock.at += timedelta(days=80)
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    gate.steps.enter_code(phone.code())
    gate.lock()
    house.clock.at += timedelta(days=80)
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    gate.steps.enter_code(phone.code())
