"""A command asks for the second proof too: from a file or typed, never as an argument."""

from pathlib import Path

import pytest
from second_proof import AMES, HALE, House, Phone, found

from intake_app.cli import main
from intake_app.domain.clock import SystemClock
from intake_app.domain.sign_in_errors import CodeUsed, SetUpCode, WrongCode


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Phone]:
    house = found(tmp_path_factory.mktemp("commands") / "profile")
    return house, house.enrol(AMES)


@pytest.fixture
def house(enrolled: tuple[House, Phone], tmp_path: Path) -> House:
    return enrolled[0].copy_to(tmp_path / "profile")


@pytest.fixture
def phone(enrolled: tuple[House, Phone]) -> Phone:
    """Its clock is that of the computer, as the commands' is."""
    return Phone(enrolled[1].secret, SystemClock())  # pyright: ignore[reportArgumentType]


def listed(house: House, tmp_path: Path, user: str, phrase: str, code: str) -> int:
    (tmp_path / "phrase").write_text(phrase + "\n", "utf-8")
    (tmp_path / "code").write_text(code + "\n", "utf-8")
    return main([
        "user", "list", "--profile", str(house.folder), "--user", user,
        "--passphrase-file", str(tmp_path / "phrase"), "--code-file", str(tmp_path / "code"),
    ])  # fmt: skip


def test_a_right_code_lets_a_command_in_once_a_shift(
    house: House, phone: Phone, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(house, tmp_path, AMES.user_name, AMES.passphrase, "000000") == 1
    assert WrongCode.sentence() in capsys.readouterr().err
    assert listed(house, tmp_path, AMES.user_name, AMES.passphrase, phone.code()) == 0
    assert HALE.user_name in capsys.readouterr().out
    assert listed(house, tmp_path, AMES.user_name, AMES.passphrase, "") == 0  # not asked again


def test_who_has_set_nothing_up_is_sent_to_the_window(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(house, tmp_path, HALE.user_name, HALE.passphrase, "000000") == 1
    said = capsys.readouterr().err
    assert SetUpCode.sentence() in said
    assert "Sign in once in the window." in said
    assert CodeUsed.sentence() not in said
