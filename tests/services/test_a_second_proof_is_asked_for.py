"""A code of a phone or of a sheet, once a shift: what is asked, what is refused, what is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from second_proof import AMES, BOTH, HALE, House, Phone, found, lines

from intake_app.domain.errors import ChooseHat, LockedOut, WrongPassphrase
from intake_app.domain.roles import Role
from intake_app.domain.sign_in_errors import (
    BeginAgain,
    ClockWrong,
    CodeUsed,
    EnterCode,
    SetUpCode,
    WrongCode,
)
from intake_app.services.signing import own
from intake_app.services.users.lockouts import locked_users, release_user
from intake_app.settings.sign_in_policy import read_policy
from intake_app.vault import printed_codes
from intake_app.wiring import signing as signing_wiring
from intake_app.wiring.signing import OwnWayIn

SHIFT = timedelta(hours=13)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> House:
    return found(tmp_path_factory.mktemp("proof") / "profile")


@pytest.fixture(scope="module")
def enrolled(template: House, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, str]:
    """M. Hale has set up a phone."""
    house = template.copy_to(tmp_path_factory.mktemp("enrolled") / "profile")
    return house, house.enrol(HALE).secret


@pytest.fixture
def house(enrolled: tuple[House, str], tmp_path: Path) -> House:
    made = enrolled[0].copy_to(tmp_path / "profile")
    made.clock.at += SHIFT
    return made


@pytest.fixture
def phone(enrolled: tuple[House, str], house: House) -> Phone:
    return Phone(enrolled[1], house.clock)


def _each(found: object) -> Callable[[object], object]:
    return lambda _asked: found


def test_at_the_first_sign_in_a_phone_is_set_up_and_nothing_opens_before(
    template: House, tmp_path: Path
) -> None:
    house = template.copy_to(tmp_path / "p")
    gate = house.gate()
    with pytest.raises(SetUpCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(SetUpCode):
        gate.wear(Role.FRONT_DESK)  # no way leads past a step
    assert [name for name, *_ in gate.health()] == ["station"]
    with pytest.raises(BeginAgain):
        gate.steps.confirm_code("123456")  # nothing was offered yet
    offer = gate.steps.offer_phone()
    assert len("".join(offer.groups)) == 32  # 160 bits
    assert len(offer.modules) == len(offer.modules[0])
    phone = Phone("".join(offer.groups), house.clock)
    with pytest.raises(WrongCode):
        gate.steps.confirm_code(phone.code(later=5))
    desk = gate.steps.confirm_code(phone.code())
    assert desk.person.user_name == HALE.user_name
    assert desk.care is not None
    assert lines(desk, "set up second proof")[-1][1] == "done"
    gate.lock()
    with pytest.raises(BeginAgain):
        _ = gate.steps


def test_a_code_is_asked_for_once_a_shift(house: House, phone: Phone) -> None:
    gate = house.gate()
    with pytest.raises(EnterCode) as asked:
        gate.unlock(HALE.user_name, HALE.passphrase)
    assert asked.value.has_phone
    with pytest.raises(EnterCode):
        gate.wear(Role.FRONT_DESK)
    with pytest.raises(EnterCode):
        gate.steps.choose_passphrase("four plain warm words")  # not asked for now
    assert gate.steps.enter_code(f" {phone.code()[:3]} {phone.code()[3:]} ").care is not None
    gate.lock()
    house.clock.at += timedelta(hours=11)
    gate.unlock(HALE.user_name, HALE.passphrase)
    house.gate().unlock(HALE.user_name, HALE.passphrase)  # a new process, the same shift
    gate.lock()
    house.clock.at += timedelta(hours=2)
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)


def test_the_shift_of_one_is_not_the_shift_of_another(house: House, phone: Phone) -> None:
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    gate.steps.enter_code(phone.code())
    gate.lock()
    with pytest.raises(SetUpCode):
        gate.unlock(AMES.user_name, AMES.passphrase)


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_phone_may_be_half_a_minute_off(house: House, phone: Phone, later: int) -> None:
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    assert gate.steps.enter_code(phone.code(later))


@pytest.mark.parametrize("later", [-3, -2, 2, 3])
def test_and_not_more(house: House, phone: Phone, later: int) -> None:
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(WrongCode):
        gate.steps.enter_code(phone.code(later))


def test_a_code_is_good_once_also_in_another_process_and_from_an_older_key_file(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    each_time = replace(read_policy("cjis_6_0"), shift_hours=0)
    monkeypatch.setattr(signing_wiring, "read_policy", _each(each_time))
    before = (house.folder / "vault.json").read_bytes()
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    gate.steps._way.use(phone.code())  # used up, and then the program is killed
    del gate
    (house.folder / "vault.json").write_bytes(before)
    again = house.gate()
    with pytest.raises(EnterCode):
        again.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(CodeUsed):
        again.steps.enter_code(phone.code())
    with pytest.raises(CodeUsed):
        again.steps.enter_code(phone.code(-1))  # an older one that was never used is too late
    house.clock.at += timedelta(seconds=30)
    assert again.steps.enter_code(phone.code())  # negative control: the next one is good


def test_wrong_codes_lock_like_wrong_passphrases(house: House, phone: Phone) -> None:
    gate = house.gate()
    for _ in range(4):  # the right passphrase in between takes nothing back
        with pytest.raises(EnterCode):
            gate.unlock(HALE.user_name, HALE.passphrase)
        with pytest.raises(WrongCode):
            gate.steps.enter_code("000000")
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(LockedOut):
        gate.steps.enter_code("000000")
    with pytest.raises(BeginAgain):
        _ = gate.steps  # the keys went with it
    with pytest.raises(LockedOut):
        gate.unlock(HALE.user_name, HALE.passphrase)
    boss = house.gate()
    ames = house.enrol(AMES, boss)
    house.clock.at += timedelta(minutes=1)
    desk = boss.unlock(AMES.user_name, AMES.passphrase)
    assert len([one for one in lines_like(desk, "wrong code") if one == "refused"]) == 4
    assert ames.secret != phone.secret
    release_user(desk, next(one.id for one in locked_users(desk)))
    boss.lock()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    assert gate.steps.enter_code(phone.code())


def lines_like(desk: object, what: str) -> list[str]:
    rows = desk.station.database.conn.execute(  # pyright: ignore[reportAttributeAccessIssue]
        "SELECT outcome FROM audit WHERE act LIKE ? ORDER BY n", (f"{what}%",)
    )
    return [str(outcome) for (outcome,) in rows]


def test_a_right_code_forgives_the_wrong_ones_before(house: House, phone: Phone) -> None:
    gate = house.gate()
    for _ in range(2):
        with pytest.raises(EnterCode):
            gate.unlock(HALE.user_name, HALE.passphrase)
        for _ in range(4):
            with pytest.raises(WrongCode):
                gate.steps.enter_code("12345")
        assert gate.steps.enter_code(phone.code())
        gate.lock()
        house.clock.at += SHIFT
        house.clock.at -= timedelta(hours=1) - timedelta(minutes=1)


def test_where_phones_are_banned_a_sheet_is_printed_and_each_code_is_good_once(
    template: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, seen = template.copy_to(tmp_path / "p"), list[tuple[str, ...]]()
    real = printed_codes.new_codes

    def new_codes(count: int) -> tuple[str, ...]:
        seen.append(real(count))
        return seen[-1]

    monkeypatch.setattr(printed_codes, "new_codes", new_codes)
    gate = house.gate()
    with pytest.raises(SetUpCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    sheet = gate.steps.offer_sheet("en")
    assert sheet.count == 10
    assert sheet.paper.startswith(b"%PDF")
    (codes,) = seen
    desk = gate.steps.confirm_code(codes[0].lower())
    assert own.sign_in_state(desk).codes_left == 9
    assert not own.sign_in_state(desk).has_phone
    gate.lock()
    for n, code in ((1, codes[1].replace("-", " ")), (2, codes[2])):
        house.clock.at += SHIFT
        with pytest.raises(EnterCode) as asked:
            gate.unlock(HALE.user_name, HALE.passphrase)
        assert not asked.value.has_phone
        with pytest.raises(CodeUsed):
            gate.steps.enter_code(codes[n - 1])
        with pytest.raises(WrongCode):
            gate.steps.enter_code("2222-2222")
        assert own.sign_in_state(gate.steps.enter_code(code)).codes_left == 9 - n
        gate.lock()
    folder = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
    assert not [code for code in codes if printed_codes.plain(code).encode() in folder]


def test_with_the_last_printed_code_a_new_sheet_is_asked_for(
    template: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, sheet = template.copy_to(tmp_path / "p"), printed_codes.new_codes(2)
    monkeypatch.setattr(printed_codes, "new_codes", _each(sheet))
    gate = house.gate()
    with pytest.raises(SetUpCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    gate.steps.offer_sheet("en")
    assert gate.steps.confirm_code(sheet[0])
    gate.lock()
    house.clock.at += SHIFT
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(SetUpCode):
        gate.steps.enter_code(sheet[1])
    fresh = ("3333-3333", "4444-4444")
    monkeypatch.setattr(printed_codes, "new_codes", _each(fresh))
    gate.steps.offer_sheet("en")
    assert gate.steps.confirm_code(fresh[0]).care is not None


def test_where_the_clock_is_wrong_a_printed_code_is_taken_and_nothing_is_counted(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = printed_codes.new_codes(10)
    monkeypatch.setattr(printed_codes, "new_codes", _each(sheet))
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    desk = gate.steps.enter_code(phone.code())
    own.offer_sheet(desk, "en")
    own.keep_proof(desk, HALE.passphrase, sheet[0])
    assert own.sign_in_state(desk).has_phone
    gate.lock()
    right, house.clock.at = house.clock.at, house.clock.at - timedelta(days=400)
    before = (house.folder / "attempts.json").read_bytes()
    with pytest.raises(EnterCode) as asked:  # within the shift by the wrong clock, and yet asked
        gate.unlock(HALE.user_name, HALE.passphrase)
    assert asked.value.is_clock_wrong
    assert asked.value.shown_at.startswith("2025-10-")
    for _ in range(3):
        with pytest.raises(ClockWrong):
            gate.steps.enter_code(phone.code())
    with pytest.raises(WrongCode):
        gate.steps.enter_code("2222-2222")
    assert gate.steps.enter_code(sheet[1]).care is not None
    gate.lock()
    assert b'"locked":true' not in (house.folder / "attempts.json").read_bytes()
    assert before.count(b'"locked":true') == 0
    house.clock.at = right + SHIFT
    with pytest.raises(EnterCode) as asked:
        gate.unlock(HALE.user_name, HALE.passphrase)
    assert not asked.value.is_clock_wrong
    assert gate.steps.enter_code(phone.code())


def test_with_a_wrong_clock_nobody_guesses_without_the_slow_passphrase(
    house: House, phone: Phone
) -> None:
    gate = house.gate()
    house.clock.at -= timedelta(days=2)
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    for _ in range(5):
        with pytest.raises(WrongCode):
            gate.steps.enter_code("2222-2222")
    with pytest.raises(BeginAgain):
        gate.steps.enter_code("2222-2222")
    with pytest.raises(BeginAgain):
        _ = gate.steps
    _ = phone


def test_a_new_phone_takes_the_place_of_the_old_one(house: House, phone: Phone) -> None:
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    desk = gate.steps.enter_code(phone.code())
    new = Phone("".join(own.offer_phone(desk).groups), house.clock)
    with pytest.raises(WrongPassphrase):
        own.keep_proof(desk, "not the passphrase", new.code())
    with pytest.raises(WrongCode):
        own.keep_proof(desk, HALE.passphrase, phone.code())  # of the old one
    own.keep_proof(desk, HALE.passphrase, new.code())
    with pytest.raises(BeginAgain):
        own.keep_proof(desk, HALE.passphrase, new.code())
    outcomes = [outcome for _, outcome in lines(desk, "change second proof")]
    assert outcomes == ["refused", "refused", "done", "refused"]
    gate.lock()
    house.clock.at += SHIFT
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(WrongCode):
        gate.steps.enter_code(phone.code())
    assert gate.steps.enter_code(new.code())


def test_after_the_code_comes_the_hat_and_no_passphrase_stays_behind(
    template: House, tmp_path: Path
) -> None:
    house = template.copy_to(tmp_path / "p")
    phone = house.enrol(BOTH)
    house.clock.at += SHIFT
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(BOTH.user_name, BOTH.passphrase)
    with pytest.raises(ChooseHat):
        gate.steps.enter_code(phone.code())
    assert gate.steps._who.passphrase == ""
    assert gate.wear(Role.COORDINATOR).person.roles == {Role.COORDINATOR}
    gate.lock()
    with pytest.raises(BeginAgain):
        _ = gate.steps


def test_secrets_of_a_phone_lie_nowhere_in_the_clear(house: House, phone: Phone) -> None:
    for path in house.folder.rglob("*"):
        if path.is_file():
            assert phone.secret.encode() not in path.read_bytes(), path.name


def test_a_way_in_says_nothing_secret_to_a_programmer(house: House, phone: Phone) -> None:
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    steps = gate.steps
    shown = repr([steps, steps._who, vars(steps), steps._way.held])
    assert isinstance(steps._way, OwnWayIn)
    assert HALE.passphrase not in shown
    assert phone.secret not in shown
