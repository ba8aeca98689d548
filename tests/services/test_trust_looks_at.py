"""What each line of the trust page says: green, amber or red, with what to do where it is not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fake_exchange import ALONE, BACK, HERE, TWO, FakeExchange, station
from profiles import Desks, Profile
from trust_world import SAFE, FakeFile, Notes, on, parts

from intake_app.disk.machine import MachineFacts
from intake_app.domain import facts
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import Damaged, DiskFull
from intake_app.domain.exchange_state import ExchangeState, Trouble
from intake_app.domain.ids import new_record_id
from intake_app.domain.roles import Compartment, Role
from intake_app.domain.trust import Check, Light, worst
from intake_app.services.desk import Desk
from intake_app.services.providers.providers import all_providers, verify_provider
from intake_app.services.records.drop_box import QUIET, SET_ASIDE, SUBMISSION, TAKEN_IN
from intake_app.services.records.writing import fact
from intake_app.services.trust.exchange import check_exchange
from intake_app.services.trust.files import (
    check_files,
    check_integrity,
    look_over_files,
    look_over_now,
)
from intake_app.services.trust.machine import (
    check_encryption,
    check_folder,
    check_memory,
    check_program,
    check_spooler,
)
from intake_app.services.trust.waiting import check_directory, check_submissions
from intake_app.words import Words

EN, ES = Words("en"), Words("es")


@pytest.fixture(scope="module")
def desk(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """M. Hale, once for all tests that write nothing into the files."""
    profile = template.copy_to(tmp_path_factory.mktemp("trust") / "profile")
    gate = profile.gate()
    yield profile.unlock(gate, Role.FRONT_DESK)
    gate.lock()


@pytest.fixture
def fresh(desks: Desks) -> Desk:
    """The same, for a test that writes."""
    return desks(Role.FRONT_DESK)


def is_told_what_to_do(check: Check) -> bool:
    return bool(check.to_do) == check.light.is_bad


# --- exchange -----------------------------------------------------------------------------------


def lines(desk: Desk, state: ExchangeState) -> dict[str, Check]:
    found = check_exchange(on(desk, exchange=FakeExchange(state)), EN)
    assert all(is_told_what_to_do(one) for one in found)
    return {one.id: one for one in found}


def ago(desk: Desk, **how: float) -> str:
    return (desk.clock.local() - timedelta(**how)).isoformat()


def test_one_station_exchanges_nothing_and_that_is_green(desk: Desk) -> None:
    for alone in (on(desk, exchange=None), on(desk, exchange=FakeExchange(ALONE))):
        (line,) = check_exchange(alone, EN)
        assert (line.id, line.light) == ("exchange", Light.GREEN)
        assert "only computer" in line.found


@pytest.mark.parametrize(("days", "light"), [(1, Light.GREEN), (8, Light.AMBER), (31, Light.RED)])
def test_each_station_says_when_it_last_confirmed(desk: Desk, days: int, light: Light) -> None:
    heard = station(BACK, seen_at=ago(desk, days=days), confirmed=12)
    state = replace(TWO, stations=(station(HERE), heard), unconfirmed=1,
                    confirmed_at=ago(desk, days=days), confirmed_by=BACK)  # fmt: skip
    found = lines(desk, state)
    assert found[f"exchange:{BACK}"].light is light
    assert "number 12" in found[f"exchange:{BACK}"].found
    assert found["exchange"].light is light
    assert "Last confirmed" in found["exchange"].found


def test_a_station_that_was_never_heard_of_is_amber(desk: Desk) -> None:
    silent = station(BACK, has_spoken=False)
    found = lines(desk, replace(TWO, stations=(station(HERE), silent), waits=3))
    assert found[f"exchange:{BACK}"].light is Light.AMBER
    assert found["exchange"].light is Light.AMBER


def test_bundles_that_are_missing_are_amber_and_trouble_is_red(desk: Desk) -> None:
    now = ago(desk, hours=1)
    lost = station(BACK, seen_at=now, missing=((5, 7),))
    found = lines(desk, replace(TWO, stations=(station(HERE), lost)))
    assert found[f"exchange:{BACK}"].light is Light.AMBER
    assert "5 to 7" in found[f"exchange:{BACK}"].found
    forged = station(BACK, seen_at=now, trouble=Trouble.ALTERED)
    found = lines(desk, replace(TWO, stations=(station(HERE), forged)))
    assert found[f"exchange:{BACK}"].light is Light.RED


@pytest.mark.parametrize("why", Trouble)
def test_all_that_stands_still_is_red_and_says_what_to_do(desk: Desk, why: Trouble) -> None:
    found = lines(desk, replace(TWO, stopped=why))
    assert found["exchange"].light is Light.RED


def test_a_struck_station_is_no_line(desk: Desk) -> None:
    struck = station(BACK, is_struck=True)
    third = station(type(BACK)("third"), seen_at=ago(desk, days=1))
    found = lines(desk, replace(TWO, stations=(station(HERE), struck, third)))
    assert set(found) == {"exchange", "exchange:third"}
    assert found["exchange"].light is Light.GREEN


def test_changes_that_were_set_aside_are_amber(desk: Desk) -> None:
    assert lines(desk, replace(TWO, aside=2))["exchange"].light is Light.AMBER


# --- files --------------------------------------------------------------------------------------


def test_sound_files_are_green_and_each_fault_from_outside_is_red(
    desk: Desk, tmp_path: Path
) -> None:
    assert check_files(desk, EN).light is Light.GREEN
    for name in ("vault.json", "identity.json"):
        (tmp_path / name).write_text("{}")
    for name in ("station", "care", "cases"):
        (tmp_path / f"{name}.db").write_bytes(bytes(4096))
    (tmp_path / "sealed.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
    plain = check_files(on(desk, trust=parts(tmp_path)), EN)
    assert plain.light is Light.RED
    assert "sealed.db: It is not encrypted." in plain.found
    (tmp_path / "care.db").unlink()
    assert "care.db: It is missing" in check_files(on(desk, trust=parts(tmp_path)), EN).found


def test_files_are_looked_over_once_a_week_in_spare_time(desk: Desk, tmp_path: Path) -> None:
    care, clock = FakeFile(), FixedClock(desk.clock.now())
    desk = on(desk, trust=parts(tmp_path, files={Compartment.CARE: care}), clock=clock)
    assert check_integrity(desk, EN).light is Light.GREEN
    assert not look_over_files(desk, lambda: True), "somebody waits"
    assert care.asked == 0
    for days, asked in ((0, 1), (6, 1), (2, 2)):
        clock.at += timedelta(days=days)
        assert look_over_files(desk, lambda: False)
        assert care.asked == asked
    clock.at -= timedelta(days=400)
    assert look_over_files(desk, lambda: False)
    assert care.asked == 3, "a clock that went back puts nothing off"
    found = check_integrity(desk, EN)
    assert found.light is Light.GREEN
    assert "sound, looked over" in found.found


def test_who_is_interrupted_goes_on_later(desk: Desk, tmp_path: Path) -> None:
    care = FakeFile(faults=None)
    desk = on(desk, trust=parts(tmp_path, files={Compartment.CARE: care}))
    assert not look_over_files(desk, lambda: False)
    care.faults = []
    assert look_over_files(desk, lambda: False)


@pytest.mark.parametrize(
    ("file", "light"),
    [
        (FakeFile(faults=["row 3 missing"]), Light.RED), (FakeFile(error=Damaged()), Light.RED),
        (FakeFile(aside=1), Light.AMBER), (FakeFile(), Light.GREEN),
    ],
)  # fmt: skip
def test_what_was_found_is_remembered_on_this_computer(
    desk: Desk, tmp_path: Path, file: FakeFile, light: Light
) -> None:
    desk = on(desk, trust=parts(tmp_path, files={Compartment.CASES: file}))
    look_over_files(desk, lambda: False)
    closed = on(desk, trust=replace(desk.trust or parts(tmp_path), files={}))
    found = check_integrity(closed, EN)
    assert found.light is light
    assert is_told_what_to_do(found)


def test_a_damaged_file_is_looked_at_again_each_hour(desk: Desk, tmp_path: Path) -> None:
    file, clock = FakeFile(faults=["row 3 missing"]), FixedClock(desk.clock.now())
    desk = on(desk, trust=parts(tmp_path, files={Compartment.CARE: file}), clock=clock)
    look_over_files(desk, lambda: False)
    file.faults = []
    look_over_files(desk, lambda: False)
    assert check_integrity(desk, EN).light is Light.RED, "not all the time"
    clock.at += timedelta(hours=1)
    look_over_files(desk, lambda: False)
    assert check_integrity(desk, EN).light is Light.GREEN


def test_where_nothing_can_be_noted_the_chore_ends_all_the_same(desk: Desk, tmp_path: Path) -> None:
    class Full(Notes):
        def set_meta(self, name: str, value: str) -> None:
            raise DiskFull(name)

    known = replace(parts(tmp_path, files={Compartment.CARE: FakeFile()}), notes=Full())
    assert look_over_files(on(desk, trust=known), lambda: False)


def test_a_file_that_nobody_looked_over_for_a_month_is_amber(desk: Desk, tmp_path: Path) -> None:
    clock = FixedClock(desk.clock.now())
    desk = on(desk, trust=parts(tmp_path, files={Compartment.SEALED: FakeFile()}), clock=clock)
    look_over_files(desk, lambda: False)
    clock.at += timedelta(days=31)
    assert check_integrity(desk, EN).light is Light.AMBER


JUNK = (
    "", "{", "[]", '{"care": 1}', '{"nowhere": {}}',
    '{"care": {"at": "2026-11-23", "faults": 0, "aside": 0}}',
)  # fmt: skip


@pytest.mark.parametrize("junk", JUNK)
def test_a_note_that_is_no_note_is_forgotten(desk: Desk, tmp_path: Path, junk: str) -> None:
    known = replace(parts(tmp_path), notes=Notes({"looked over": junk}))
    assert check_integrity(on(desk, trust=known), EN).light is Light.GREEN


def test_real_files_are_found_sound_and_a_damaged_page_is_found(
    fresh: Desk, profile: Profile
) -> None:
    look_over_files(fresh, lambda: False)
    assert fresh.trust is not None
    told = json.loads(fresh.trust.notes.meta("looked over"))
    assert set(told) == {"station", "care"}
    assert all(one["faults"] == 0 for one in told.values())
    with (profile.folder / "care.db").open("r+b") as file:
        file.seek(-2048, 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    look_over_now(fresh)
    found = check_integrity(fresh, EN)
    assert found.light is Light.RED
    assert "care records: damaged" in found.found


# --- what waits ---------------------------------------------------------------------------------


def put_submission(desk: Desk, hours: float, *, quiet: bool = False) -> str:
    at = (desk.clock.local() - timedelta(hours=hours)).isoformat()
    told = {facts.OPENED: at, facts.BY: desk.person.id, QUIET: quiet, "to": "care", "sealed": ""}
    ident = new_record_id()
    change = fact(desk.station, desk.person.id, SUBMISSION, ident, told)
    desk.station.apply([change], desk.act("hand in", ident))
    return ident


def settle(desk: Desk, submission: str, kind: str, days: float = 0) -> None:
    told = {facts.OPENED: (desk.clock.local() - timedelta(days=days)).isoformat(),
            facts.BY: desk.person.id}  # fmt: skip
    change = fact(desk.station, desk.person.id, kind, new_record_id(), told,
                  about=type(new_record_id())(submission))  # fmt: skip
    desk.station.apply([change], desk.act("take in"))


@pytest.mark.parametrize(
    ("hours", "light"), [(2, Light.GREEN), (25, Light.AMBER), (24 * 8, Light.RED)]
)
def test_a_submission_that_waits_too_long_is_said(fresh: Desk, hours: int, light: Light) -> None:
    assert check_submissions(fresh, EN).light is Light.GREEN
    ident = put_submission(fresh, hours)
    found = check_submissions(fresh, EN)
    assert found.light is light
    assert f"{hours} hours" in found.found
    assert is_told_what_to_do(found)
    settle(fresh, ident, TAKEN_IN)
    assert check_submissions(fresh, EN).light is Light.GREEN


def test_copies_that_wait_for_nobody_do_not_count(fresh: Desk) -> None:
    put_submission(fresh, 999, quiet=True)
    assert check_submissions(fresh, EN).light is Light.GREEN


def test_a_submission_that_was_refused_is_told_for_a_month(fresh: Desk) -> None:
    settle(fresh, put_submission(fresh, 2), SET_ASIDE, days=40)
    assert check_submissions(fresh, EN).light is Light.GREEN
    settle(fresh, put_submission(fresh, 2), SET_ASIDE, days=1)
    found = check_submissions(fresh, EN)
    assert found.light is Light.AMBER
    assert is_told_what_to_do(found)


def test_a_directory_that_is_mostly_old_is_amber(fresh: Desk) -> None:
    later = FixedClock(fresh.clock.now() + timedelta(days=400))
    stale = check_directory(on(fresh, clock=later), EN)
    assert stale.light is Light.AMBER
    assert is_told_what_to_do(stale)
    for row in all_providers(fresh):
        if not row.is_closed:
            verify_provider(fresh, row.record)
    called = check_directory(fresh, EN)
    assert called.light is Light.GREEN
    assert "checked lately" in called.found


# --- the machine --------------------------------------------------------------------------------

UNSEEN = MachineFacts(None, None, None, None, is_carried_off=False)
BAD = MachineFacts(
    is_encrypted=False, is_memory_safe=False, keeps_pages=True, is_private=False,
    is_carried_off=False,
)  # fmt: skip
OF_THE_MACHINE = (check_encryption, check_memory, check_spooler, check_folder)


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
def test_a_computer_as_it_should_be_is_green(desk: Desk, tmp_path: Path, words: Words) -> None:
    safe = on(desk, trust=parts(tmp_path, SAFE))
    assert worst(look(safe, words) for look in OF_THE_MACHINE) is Light.GREEN


def test_what_is_wrong_around_the_program_is_amber_and_says_what_to_do(
    desk: Desk, tmp_path: Path
) -> None:
    for look in OF_THE_MACHINE:
        found = look(on(desk, trust=parts(tmp_path, BAD)), EN)
        assert found.light is Light.AMBER
        assert is_told_what_to_do(found)


def test_what_cannot_be_seen_is_said_and_never_called_good(desk: Desk, tmp_path: Path) -> None:
    for look in (check_encryption, check_memory, check_spooler):
        found = look(on(desk, trust=parts(tmp_path, UNSEEN)), EN)
        assert found.light is Light.AMBER
        assert "cannot be seen" in found.found
    on_windows = check_folder(on(desk, trust=parts(tmp_path, UNSEEN)), EN)
    assert on_windows.light is Light.GREEN


def test_a_folder_that_a_service_carries_away_is_red(desk: Desk, tmp_path: Path) -> None:
    carried = replace(SAFE, is_carried_off=True)
    assert check_folder(on(desk, trust=parts(tmp_path, carried)), EN).light is Light.RED


@pytest.mark.parametrize(
    ("own", "theirs", "light"),
    [("0.9.0", "0.10.0", Light.AMBER), ("0.10.0", "0.9.0", Light.GREEN),
     ("0.9.0", "0.9.0", Light.GREEN), ("0.9.0", "", Light.GREEN), ("", "0.9.0", Light.GREEN)],
)  # fmt: skip
def test_a_newer_program_at_another_station_is_said(
    desk: Desk, tmp_path: Path, own: str, theirs: str, light: Light
) -> None:
    state = replace(TWO, stations=(station(HERE, program="9.9"), station(BACK, program=theirs)))
    known = parts(tmp_path, version=own)
    found = check_program(on(desk, trust=known, exchange=FakeExchange(state)), EN)
    assert found.light is light


def test_the_machine_is_not_asked_where_there_is_none(desk: Desk) -> None:
    in_memory = on(desk, trust=None)
    for look in (*OF_THE_MACHINE, check_files, check_integrity, check_program):
        assert look(in_memory, EN).light is Light.GREEN
