"""The program is killed for good while a code is used up: nobody uses it again."""

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from second_proof import HALE, House, Phone, found

from intake_app.domain.sign_in_errors import CodeUsed, EnterCode, SetUpCode
from intake_app.settings.sign_in_policy import read_policy
from intake_app.vault import printed_codes
from intake_app.wiring import signing as signing_wiring

DRILL = Path(__file__).parent / "drills" / "kill_code.py"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> House:
    return found(tmp_path_factory.mktemp("killed") / "profile")


@pytest.fixture
def house(template: House, tmp_path: Path) -> House:
    return template.copy_to(tmp_path / "profile")


def killed(house: House, code: str, where: str) -> None:
    at = house.clock.now().isoformat()
    done = subprocess.run(
        [sys.executable, str(DRILL), str(house.folder), at, HALE.user_name, HALE.passphrase,
         code, where],
        env={"PYTHONPATH": str(ROOT), "PATH": ""}, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def _each(found: object) -> Callable[[object], object]:
    return lambda _asked: found


@pytest.mark.parametrize("where", ["before the shift", "after it"])
def test_a_printed_code(house: House, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    each_time = replace(read_policy(""), shift_hours=0)
    monkeypatch.setattr(signing_wiring, "read_policy", _each(each_time))
    sheet = printed_codes.new_codes(10)
    monkeypatch.setattr(printed_codes, "new_codes", _each(sheet))
    gate = house.gate()
    with pytest.raises(SetUpCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    gate.steps.offer_sheet("en")
    gate.steps.confirm_code(sheet[0])
    gate.lock()
    house.clock.at += timedelta(hours=13)
    killed(house, sheet[1], where)
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(CodeUsed):
        gate.steps.enter_code(sheet[1])
    assert gate.steps.enter_code(sheet[2])  # negative control


def test_a_code_of_a_phone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    each_time = replace(read_policy(""), shift_hours=0)
    monkeypatch.setattr(signing_wiring, "read_policy", _each(each_time))
    phone: Phone = house.enrol(HALE)
    house.clock.at += timedelta(hours=13)
    killed(house, phone.code(), "after it")
    gate = house.gate()
    with pytest.raises(EnterCode):
        gate.unlock(HALE.user_name, HALE.passphrase)
    with pytest.raises(CodeUsed):
        gate.steps.enter_code(phone.code())
    assert gate.steps.enter_code(phone.code(1))  # negative control: the next one


def test_killed_before_it_was_used_up_a_phone_code_is_still_good(house: House) -> None:
    phone = house.enrol(HALE)
    house.clock.at += timedelta(hours=13)
    killed(house, phone.code(), "before the shift")
    gate = house.gate()
    with pytest.raises(EnterCode):  # and nothing was opened by it
        gate.unlock(HALE.user_name, HALE.passphrase)
    assert gate.steps.enter_code(phone.code())
