"""Wrong tries lock a sign-in for good only where somebody else can release it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import LockedOut
from intake_app.domain.sign_in_errors import WaitAWhile
from intake_app.settings.profile import Told, keep_told
from intake_app.settings.sign_in_policy import read_policy
from intake_app.vault import lockout as module
from intake_app.vault.lockout import LIMIT, NAME, Lockout

MINUTES = timedelta(minutes=1)


@pytest.fixture
def lockout(tmp_path: Path, clock: FixedClock) -> Lockout:
    return Lockout.create(tmp_path, clock)


def fail(lockout: Lockout, who: str, times: int = LIMIT) -> None:
    for _ in range(times):
        lockout.begin(who)


def test_the_only_one_who_may_release_waits_and_is_not_locked(
    lockout: Lockout, clock: FixedClock
) -> None:
    lockout.note_releasers(["boss"])
    fail(lockout, "boss")
    assert not lockout.is_locked("boss")
    for _ in range(3):  # asking again does not make it longer
        with pytest.raises(WaitAWhile):
            lockout.begin("boss")
        clock.at += 4 * MINUTES
    clock.at += 4 * MINUTES
    lockout.begin("boss")


def test_everybody_else_is_locked_as_ever(lockout: Lockout) -> None:
    lockout.note_releasers(["boss"])
    fail(lockout, "clerk")
    with pytest.raises(LockedOut):
        lockout.begin("clerk")


def test_one_of_two_is_locked_and_the_other_is_not(lockout: Lockout) -> None:
    lockout.note_releasers(["boss", "chief"])
    fail(lockout, "boss")
    assert lockout.is_locked("boss")
    fail(lockout, "chief")
    assert not lockout.is_locked("chief")
    with pytest.raises(WaitAWhile):
        lockout.begin("chief")
    lockout.clear("boss")  # the chief released the boss
    lockout.clear("chief")
    fail(lockout, "chief")
    assert lockout.is_locked("chief")  # negative control: now the boss can help


def test_another_process_knows_it_too(lockout: Lockout, clock: FixedClock, tmp_path: Path) -> None:
    other = Lockout(tmp_path, clock)
    lockout.note_releasers(["boss"])
    fail(other, "boss")
    assert not other.is_locked("boss")


def test_where_nothing_is_known_it_is_as_strict_as_ever(
    lockout: Lockout, clock: FixedClock, tmp_path: Path
) -> None:
    lockout.note_releasers(["boss"])
    (tmp_path / NAME).unlink()
    again = Lockout(tmp_path, clock)
    again.begin("boss")
    assert again.is_locked("boss")


@pytest.mark.parametrize("bad", ['["boss", 3]', '"boss"', '{"boss": 1}', "null"])
def test_a_list_of_releasers_that_makes_no_sense_eases_nothing(
    tmp_path: Path, clock: FixedClock, bad: str
) -> None:
    head = '{"before":0,"latest":0,"users":{},"v":1,"releasers":'
    (tmp_path / NAME).write_text(f'{head}["boss"]}}', "utf-8")
    assert not _is_suspect(Lockout(tmp_path, clock))  # negative control
    (tmp_path / NAME).write_text(f"{head}{bad}}}", "utf-8")
    assert _is_suspect(Lockout(tmp_path, clock))


def _is_suspect(lockout: Lockout) -> bool:
    lockout.begin("somebody")
    return lockout.is_locked("somebody")


def test_a_right_passphrase_before_a_code_takes_back_only_itself(lockout: Lockout) -> None:
    fail(lockout, "m", 3)
    lockout.begin("m")
    lockout.take_back("m")
    fail(lockout, "m", 1)
    assert not lockout.is_locked("m")
    lockout.begin("m")
    assert lockout.is_locked("m")


@pytest.mark.parametrize(("tries", "locks_at"), [(3, 3), (5, 5), (50, 5)])
def test_a_policy_may_be_stricter_and_never_weaker(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, tries: int, locks_at: int
) -> None:
    policy = replace(read_policy(""), tries=tries)
    monkeypatch.setattr(module, "read_policy", _only(policy))
    keep_told(tmp_path, Told("Pine Hollow", (), policy="ours"))
    lockout = Lockout.create(tmp_path, clock)
    fail(lockout, "m", locks_at - 1)
    assert not lockout.is_locked("m")
    lockout.begin("m")
    assert lockout.is_locked("m")


def _only(found: object) -> Callable[[str], object]:
    return lambda _id: found
