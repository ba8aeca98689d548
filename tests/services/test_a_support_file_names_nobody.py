"""Names are planted everywhere; the support file holds none of them, and still helps."""

import getpass
import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from fake_exchange import BACK, HERE, TWO, FakeExchange, station
from profiles import Desks, Profile
from trust_world import QUICK, on, parts
from walk_ins import audit, station_of, taken

from intake_app import cli
from intake_app.domain.errors import DiskFull, NotAllowed
from intake_app.domain.roles import MATRIX, May, Role
from intake_app.domain.trust import Check, Light
from intake_app.logs.program_log import ProgramLog
from intake_app.services.desk import Desk
from intake_app.services.trust import gathering
from intake_app.services.trust.support import (
    LOG,
    known_errors,
    magnitude,
    support_name,
    support_text,
    support_was_saved,
)
from intake_app.ui.parts.errors import note
from intake_app.wiring import trust as trust_wiring
from intake_app.words import Words

WORDS = Words()
PLANTED = "Quackenbush"
"""A name that no list of words has."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SLOWER", QUICK)


@pytest.fixture
def coordinator(desks: Desks) -> Desk:
    return desks(Role.COORDINATOR)


def planted_everywhere(desk: Desk, folder: Path) -> Desk:
    """A department in which every text that a person can type is the name."""
    agency = replace(
        desk.agency, name=PLANTED, address=(PLANTED,), phone=PLANTED, ori=PLANTED, prefix=PLANTED,
        neutral_name=PLANTED, second_factor="off", second_factor_reason=PLANTED,
        sign_in_policy=PLANTED, kind=PLANTED, program=PLANTED, region=PLANTED,
        printers=(PLANTED,), closed_days=(PLANTED,), deputy=PLANTED, logo_alt=PLANTED,
    )  # fmt: skip
    person = replace(desk.person, shown_name=PLANTED, user_name=PLANTED)
    heard = station(type(BACK)(PLANTED), seen_at="2026-11-01T09:30:00+00:00", program=PLANTED)
    state = replace(TWO, stations=(station(HERE), heard))
    home = folder / PLANTED
    home.mkdir()
    (home / LOG).write_text(
        f"2026-11-25 09:00:00,123 ERROR unexpected: {PLANTED} at {PLANTED}.py:3\n"
        f"2026-11-25 09:00:00,123 INFO told: {PLANTED}\n"
        f"2026-11-25 09:00:00,123 ERROR KeyError: {PLANTED}, Jordan\n"
        f"2026-11-25 09:00:01,123 INFO told: WrongPassphrase {PLANTED}\n"
        f"{PLANTED}\n\x00\xff",
        "latin-1",
    )
    return on(
        desk, agency=agency, person=person, colleagues=(person,), trust=parts(home),
        exchange=FakeExchange(state),
    )  # fmt: skip


def test_no_name_that_was_planted_is_in_it(
    coordinator: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_telling(_desk: Desk, _words: Words) -> Check:
        return Check(f"telling:{PLANTED}", Light.RED, PLANTED, PLANTED, PLANTED)

    def check_breaking(_desk: Desk, _words: Words) -> Check:
        raise KeyError(PLANTED)

    def check_placing(_desk: Desk, _words: Words) -> Check:
        return Check(f"{PLANTED}_here", Light.AMBER, PLANTED, PLANTED, PLANTED)

    looks = (*gathering.OF_THE_DEPARTMENT, check_telling, check_breaking, check_placing)
    monkeypatch.setattr(gathering, "OF_THE_DEPARTMENT", looks)
    desk = planted_everywhere(coordinator, tmp_path)
    text = support_text(desk, WORDS)
    assert PLANTED.casefold() not in text.casefold()
    assert "red    telling\n" in text
    assert "amber  breaking" in text
    assert "amber  ?" in text
    assert "lines were left out" in text


def test_the_planted_name_would_be_found(coordinator: Desk, tmp_path: Path) -> None:
    """Negative control: it is in what the trust page shows."""
    desk = planted_everywhere(coordinator, tmp_path)
    told = gathering.looked_at(desk, WORDS)
    assert any(PLANTED in f"{one.title} {one.found}" for one in told)


def texts_of(desk: Desk) -> set[str]:
    """Every word that somebody typed into any record that is open here."""
    found: set[str] = set()
    for file in (desk.station, desk.care_file, desk.cases_file):
        for kind in ("intake", "provider.service", "roster.entry", "consent", "paper", "follow_up"):
            for record in file.of_kind(kind):
                for value in record.values.values():
                    if isinstance(value, str):
                        found |= set(re.findall(r"[A-Z][a-z]{4,}|\d{3}-\d{4}", value))
    return found


def test_no_word_of_a_record_is_in_it(coordinator: Desk) -> None:
    text = support_text(coordinator, WORDS)
    ours = set(re.findall(r"\w+", support_text(on(coordinator, trust=None), WORDS)))
    typed = texts_of(coordinator)
    assert len(typed) > 50
    words = set(re.findall(r"[\w-]+", text))
    plain = {"Checks", "Files", "Settings", "Support", "Versions", "Errors", "Read"} | ours
    assert (typed & words) - plain == set()


def test_nothing_of_this_computer_or_its_people_is_in_it(
    coordinator: Desk, profile: Profile
) -> None:
    text = support_text(coordinator, WORDS).casefold()
    secret = [socket.gethostname(), str(profile.folder), str(Path.home())]
    secret += [name for person in coordinator.colleagues
               for name in (person.user_name, person.shown_name, person.id)]  # fmt: skip
    secret += [coordinator.agency.name, coordinator.agency.ori, coordinator.agency.phone]
    if len(getpass.getuser()) > 4:
        secret.append(getpass.getuser())
    assert [one for one in secret if one and one.casefold() in text] == []
    assert not re.search(r"\b[0-9a-f]{16,}\b", text), "no id, and no hash"


def test_it_says_what_helps(
    coordinator: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = ProgramLog(tmp_path)
    log.begin()
    for _ in range(3):
        note(DiskFull("care.db"))
    try:
        raise ValueError("Whitfield, Jordan")
    except ValueError as error:
        note(error)
    log.end()
    text = support_text(on(coordinator, trust=parts(tmp_path, version="7.8.9")), WORDS)
    assert re.search(r"\d{4}-\d\d-\d\d 3 x told DiskFull", text)
    assert re.search(r"\d{4}-\d\d-\d\d 1 x unexpected ValueError\n", text)
    assert "intake-app: 7.8.9" in text
    assert "second_factor: off" in text
    assert "Whitfield" not in text


def test_a_log_that_is_gone_or_huge_stops_nothing(coordinator: Desk, tmp_path: Path) -> None:
    assert "None." in support_text(on(coordinator, trust=parts(tmp_path)), WORDS)
    (tmp_path / LOG).write_bytes(b"x" * (2 * 1024 * 1024))
    assert "None." in support_text(on(coordinator, trust=parts(tmp_path)), WORDS)


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "fewer than 11"), (10, "fewer than 11"), (11, "fewer than 100"), (99, "fewer than 100"),
     (100, "fewer than 1,000"), (123_456, "fewer than 1,000,000")],
)  # fmt: skip
def test_counts_are_told_by_their_order_alone(count: int, said: str) -> None:
    assert magnitude(count, 11, WORDS) == said


def test_one_record_more_changes_nothing(desks: Desks) -> None:
    desk = desks(Role.COORDINATOR)
    before = support_text(desk, WORDS)
    taken(desk)
    assert support_text(desk, WORDS) == before


def test_errors_of_the_program_and_of_python_are_known_by_name() -> None:
    assert {"DiskFull", "WrongPassphrase", "KeyError", "OSError"} <= known_errors()
    assert PLANTED not in known_errors()


@pytest.mark.parametrize("role", Role)
def test_who_may_make_one(desks: Desks, role: Role) -> None:
    if May.MAKE_SUPPORT_FILE in MATRIX[role]:
        assert support_text(desks(role), WORDS)
        support_was_saved(desks(role))
        assert audit(station_of(desks(role)), "save support file")
    else:
        with pytest.raises(NotAllowed):
            support_text(desks(role), WORDS)
        with pytest.raises(NotAllowed):
            support_was_saved(desks(role))


def test_its_name_says_the_day(coordinator: Desk) -> None:
    assert re.fullmatch(r"intake-support-\d{4}-\d\d-\d\d\.txt", support_name(coordinator))


def test_the_command_prints_it_or_writes_a_new_file(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = profile.person(Role.ADMINISTRATOR)
    secret = tmp_path / "secret"
    secret.write_text(person.passphrase, "utf-8")
    given = ["support", "--profile", str(profile.folder), "--user", person.user_name,
             "--passphrase-file", str(secret)]  # fmt: skip
    assert cli.main(given) == 0
    printed = capsys.readouterr().out
    place = tmp_path / "support.txt"
    assert cli.main([*given, "--to", str(place)]) == 0
    capsys.readouterr()
    assert place.read_text("utf-8").splitlines()[0] == printed.splitlines()[0]
    before = place.read_bytes()
    assert cli.main([*given, "--to", str(place)]) == 1
    assert "exists" in capsys.readouterr().err
    assert place.read_bytes() == before


def test_a_kernel_that_somebody_named_is_told_by_its_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trust_wiring.platform, "release", lambda: f"6.8.0-31-{PLANTED}")
    assert trust_wiring.versions()["system"].endswith(" 6.8.0")
    assert PLANTED not in " ".join(trust_wiring.versions().values())
