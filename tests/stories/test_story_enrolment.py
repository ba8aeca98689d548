"""A new computer joins the department: asked, compared, signed, and every colleague follows."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from two_computers import NAME, TwoComputers

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.enrolment_errors import (
    BadAnswer,
    BadRequest,
    EnrolledAlready,
    NoAnswerYet,
    NotThisStation,
    WordsDiffer,
)
from intake_app.domain.errors import BadEntry, DiskFull, WrongPassphrase
from intake_app.domain.exchange_state import Trouble
from intake_app.domain.ids import StationId
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.exchanging.stations import (
    Asking,
    enrol,
    rename,
    requests,
    stations,
    strike,
)
from intake_app.services.training.training import fictional_department
from intake_app.storage.compartment import Compartment as File
from intake_app.vault import founding, identity
from intake_app.vault.entry import EntryType, Said
from intake_app.vault.jose import PrivateKey, PublicKey, base
from intake_app.vault.registry import Registry
from intake_app.vault.staff import Staff

CLERK = Role.RECEPTION
WRONG = "not the passphrase"


@pytest.fixture
def joined(two: TwoComputers) -> TwoComputers:
    two.enrolled()
    return two


def test_the_administrator_signs_in_at_the_new_computer_at_once(two: TwoComputers) -> None:
    joined = two.enrolled()
    assert joined.letter == "B"
    assert not two.join.is_begun()
    for _ in range(2):  # with the keys that came, then with a slot of this computer
        with two.at(two.back, Role.ADMINISTRATOR) as desk:
            assert desk.agency.name == joined.department
            assert desk.station_letter == "B"
            assert desk.care is None
            assert [one.name for one in stations(desk)] == ["", NAME]
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        assert desk.station_letter == "A"


def test_every_colleague_follows_with_the_passphrase_they_always_had(
    joined: TwoComputers,
) -> None:
    with pytest.raises(WrongPassphrase), joined.at(joined.back, CLERK):
        pass
    for role in Role:
        with joined.at(joined.front, role):
            pass
    joined.sync(joined.front)
    joined.sync(joined.back)
    for role in Role:
        with joined.at(joined.back, role) as desk:
            opened = {c for c in Compartment if desk.open_file(c) is not None}
        with joined.at(joined.front, role) as desk:
            assert opened == {c for c in Compartment if desk.open_file(c) is not None}


def test_a_coordinators_sign_in_makes_the_file_there_and_a_clerks_does_not(
    joined: TwoComputers,
) -> None:
    for role in (CLERK, Role.COORDINATOR):
        with joined.at(joined.front, role):
            pass
    joined.sync(joined.front)
    joined.sync(joined.back)
    care = joined.back / f"{Compartment.CARE}.db"
    with joined.at(joined.back, CLERK) as desk:
        assert desk.care is None
    assert not care.exists()
    with joined.at(joined.back, Role.COORDINATOR) as desk:
        assert desk.care is not None
    assert care.exists()
    with joined.at(joined.back, CLERK) as desk:
        assert desk.care is None


def test_a_card_opens_the_new_computer_too(joined: TwoComputers) -> None:
    content = json.loads((joined.back / "vault.json").read_bytes())
    cards = set(content["recovery"])
    assert cards == set(json.loads((joined.front / "vault.json").read_bytes())["recovery"])
    assert cards <= set(content["grants"])


def test_nothing_is_left_on_the_stick(joined: TwoComputers) -> None:
    assert not [path for path in joined.stick.rglob("*") if path.is_file()]


def test_who_wears_another_hat_makes_no_file_that_it_does_not_open(
    tmp_path: Path, clock: FixedClock
) -> None:
    asked = fictional_department(1)
    both = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})
    who = replace(next(p for p in asked.people if Role.ADMINISTRATOR in p.roles), roles=both)
    alone = replace(asked, people=(who,), read_walk_ins=(who.user_name,))
    ProfileGate(tmp_path / "front", clock).found(alone, use_keyring=False)
    stick = tmp_path / "stick"
    stick.mkdir()
    two = TwoComputers(tmp_path / "front", tmp_path / "back", stick, clock, {who.user_name: who})
    two.hat = Role.ADMINISTRATOR
    two.enrolled()
    two.hat = Role.COORDINATOR
    two.sync(two.front, Role.COORDINATOR)  # holds care, and hands it to who comes there
    two.sync(two.back, Role.COORDINATOR)
    two.hat = Role.ADMINISTRATOR
    with two.at(two.back, Role.ADMINISTRATOR) as desk:
        assert desk.care is None
    assert not (two.back / "care.db").exists()
    two.hat = Role.COORDINATOR
    with two.at(two.back, Role.COORDINATOR) as desk:
        assert desk.care is not None


def test_a_full_disk_keeps_nobody_from_the_files_that_are_there(
    joined: TwoComputers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with joined.at(joined.front, Role.COORDINATOR):
        pass
    joined.sync(joined.front)
    joined.sync(joined.back)

    def full(*_said: object) -> None:
        raise DiskFull

    with monkeypatch.context() as disk:
        disk.setattr(Staff, "share", full)
        with joined.at(joined.back, Role.COORDINATOR) as desk:
            assert desk.care is None
    with joined.at(joined.back, Role.COORDINATOR) as desk:
        assert desk.care is not None


def test_stores_carry_requests_and_answers_too(two: TwoComputers) -> None:
    two.words = two.join.ask(None)
    shutil.copytree(two.back / "out" / "q", two.front / "in" / "q")
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        [asking] = requests(desk)  # shown without looking anywhere
        enrol(desk, replace(two.decided(asking), place=None))
        assert requests(desk) == []  # it was answered
    with pytest.raises(NoAnswerYet):
        two.join.read_answer(None)
    shutil.copytree(two.front / "out" / "a", two.back / "in" / "a")
    assert two.join.read_answer(None).letter == "B"
    two.sync(two.back)
    two.sync(two.front)
    with two.at(two.front, Role.ADMINISTRATOR):
        pass
    assert not list((two.front / "out" / "a").iterdir())
    assert not list((two.front / "in" / "q").iterdir())


def test_one_letter_given_twice_is_seen(joined: TwoComputers, tmp_path: Path) -> None:
    _third(joined, tmp_path).enrolled()
    other = tmp_path / "other"
    other.mkdir()
    apart = replace(_third(joined, other), front=joined.back)
    assert apart.enrolled().letter == "C"
    joined.sync(joined.back)
    joined.sync(joined.front)
    with joined.at(joined.front, Role.ADMINISTRATOR) as desk:
        found = stations(desk)
    assert [(one.letter, one.has_twin) for one in found] == [
        ("A", False), ("B", False), ("C", True), ("C", True),
    ]  # fmt: skip


# --- what is refused ------------------------------------------------------------------------


def test_a_swapped_request_has_other_words(two: TwoComputers, tmp_path: Path) -> None:
    two.ask()
    [name] = (two.stick / "q").iterdir()
    other = TwoComputers(
        two.front, tmp_path / "evil", tmp_path / "evil stick", two.clock, two.staff
    )
    other.stick.mkdir()
    other.ask()
    [swapped] = (other.stick / "q").iterdir()
    name.write_bytes(swapped.read_bytes())
    with pytest.raises(WordsDiffer):
        two.answer()
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        assert len(stations(desk)) == 1


def test_without_comparing_nobody_is_let_in(two: TwoComputers) -> None:
    two.ask()
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        [asking] = requests(desk, two.stick)
        good = two.decided(asking)
        first, second = asking.places
        for words in (
            {},
            {first: two.words[first - 1]},
            {first: "x", second: "y"},
            {9: "x", 10: "y"},
        ):
            with pytest.raises(WordsDiffer):
                enrol(desk, replace(good, words=words))
        with pytest.raises(WrongPassphrase):
            enrol(desk, replace(good, passphrase=WRONG))
        with pytest.raises(BadEntry):
            enrol(desk, replace(good, name="  "))
        with pytest.raises(BadRequest):
            enrol(desk, replace(good, data=b"x"))
        assert len(stations(desk)) == 1
        assert enrol(desk, good).letter == "B"


def test_without_an_answer_or_with_another_ones_nothing_is_made(
    two: TwoComputers, tmp_path: Path
) -> None:
    two.ask()
    with pytest.raises(NoAnswerYet):
        two.join.read_answer(two.stick)
    two.answer()
    [good] = (two.stick / "a").iterdir()
    data = good.read_bytes()
    other = TwoComputers(two.front, tmp_path / "other", two.stick, two.clock, two.staff)
    other.ask()
    (two.stick / "a" / other.join._joining().request("").station).write_bytes(data)
    with pytest.raises(BadAnswer):
        other.join.read_answer(two.stick)
    assert not (other.back / "vault.json").exists()
    assert not ProfileGate(other.back, two.clock).has_department()
    two.join.give_up()
    two.ask()
    (two.stick / "a" / two.join._joining().request("").station).write_bytes(data)
    with pytest.raises(BadAnswer):  # an old answer does not let a new request in
        two.join.read_answer(two.stick)


def test_nothing_secret_lies_in_the_clear_on_the_way(two: TwoComputers) -> None:
    two.ask()
    two.answer()
    begun = two.join._joining()._begun()
    answer = two.join._joining().read(next((two.stick / "a").iterdir()).read_bytes())
    inside = json.loads(answer.inside)
    secrets = [
        begun.opener.secret["d"], begun.sign.secret["d"], base(answer.file_key),
        inside["seal"]["d"], *inside["generations"].values(),
        *(p.passphrase for p in two.staff.values()),
    ]  # fmt: skip
    names = [p.user_name for p in two.staff.values()] + [answer.told.department]
    everywhere = [p for p in two.stick.rglob("*") if p.is_file()]
    everywhere += [p for p in (two.front / "out").rglob("*") if p.is_file()]
    assert len(everywhere) >= 3
    for path in everywhere:
        raw = path.read_bytes()
        assert not [word for word in secrets + names if word.encode() in raw], path.name
    mine = (two.back / "joining.json").read_bytes()
    assert not [word for word in secrets[2:] + names if word.encode() in mine]
    two.join.read_answer(two.stick)
    left = b"".join(p.read_bytes() for p in two.back.rglob("*") if p.is_file())
    told = [answer.told.department]  # the lock screen shows it
    assert not [word for word in secrets + names if word not in told and word.encode() in left]


# --- striking -------------------------------------------------------------------------------


def test_a_lost_computer_is_struck_and_told_when_it_comes_back(
    joined: TwoComputers, tmp_path: Path
) -> None:
    _third(joined, tmp_path).enrolled()  # it has not heard yet: what was sent is kept
    joined.sync(joined.back)
    joined.sync(joined.front)
    passphrase = joined.person(Role.ADMINISTRATOR).passphrase
    with joined.at(joined.front, Role.ADMINISTRATOR) as desk:
        here, lost = (next(s for s in stations(desk) if s.letter == one) for one in "AB")
        with pytest.raises(NotThisStation):
            strike(desk, here.id, passphrase)
        with pytest.raises(WrongPassphrase):
            strike(desk, lost.id, WRONG)
        assert strike(desk, lost.id, passphrase).is_struck
        [marks] = _registry(desk).stations.struck().values()
        assert list(marks.values()) == [1]  # what it sent before it was lost counts
    joined.sync(joined.front)
    with joined.at(joined.back, Role.ADMINISTRATOR) as desk:
        rename(desk, here.id, "Renamed by a thief")
    joined.sync(joined.back)
    joined.sync(joined.front)
    with joined.at(joined.front, Role.ADMINISTRATOR) as desk:
        assert [one.name for one in stations(desk)] == ["", NAME, NAME]
        assert requests(desk, joined.stick) == []  # its old request is not even offered
    with joined.at(joined.back, Role.ADMINISTRATOR) as desk:
        assert desk.exchange is not None
        assert desk.exchange.state().stopped is Trouble.STRUCK


def test_new_keys_begin_without_the_lost_computer(joined: TwoComputers) -> None:
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        with joined.at(joined.front, role):
            pass
    with joined.at(joined.front, Role.ADMINISTRATOR) as desk:
        before = _generation(desk, Compartment.STATION)
        strike(desk, stations(desk)[1].id, joined.person(Role.ADMINISTRATOR).passphrase)
        assert _generation(desk, Compartment.STATION) > before
    with joined.at(joined.front, Role.COORDINATOR) as desk:  # the next sign-in of a holder
        turned = _generation(desk, Compartment.CARE)
        assert turned > 1
    with joined.at(joined.front, Role.COORDINATOR) as desk:
        assert _generation(desk, Compartment.CARE) == turned  # once


def _third(two: TwoComputers, folder: Path) -> TwoComputers:
    stick = folder / "third stick"
    stick.mkdir()
    return TwoComputers(two.front, folder / "third", stick, two.clock, two.staff)


def _registry(desk: Desk) -> Registry:
    parts: Any = desk.stations
    return parts.generations._keys.registry


def _generation(desk: Desk, compartment: Compartment) -> int:
    parts: Any = desk.stations
    return int(parts.generations._keys.opened(compartment).newest)


def test_a_struck_computer_is_enrolled_anew_under_another_id(two: TwoComputers) -> None:
    two.ask()
    [name] = (two.stick / "q").iterdir()
    asked = name.read_bytes()
    two.answer()
    two.join.read_answer(two.stick)
    joined = two
    with joined.at(joined.front, Role.ADMINISTRATOR) as desk:
        lost = stations(desk)[1]
        strike(desk, lost.id, joined.person(Role.ADMINISTRATOR).passphrase)
        [old] = [joined.decided(a) for a in [_asking(desk, asked)]]
        with pytest.raises(EnrolledAlready):
            enrol(desk, old)
    shutil.rmtree(joined.back)
    again = joined.enrolled()
    assert again.letter == "C"


def _asking(desk: Desk, data: bytes) -> Asking:
    assert desk.stations is not None
    request = desk.stations.desk.read_request(data)
    return Asking(request.station, request.program, (1, 2), data, is_enrolled=True)


# --- kills ----------------------------------------------------------------------------------


class Killed(BaseException):
    """The program ends here; nothing after this line happens."""


Kill = Callable[[int], None]


@pytest.fixture
def kill_after(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kill]:
    """Let so many durable steps happen, and none after."""
    left = [-1]

    def count(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: object, **more: object) -> object:
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return real(*args, **more)

        return step

    for where, name in ((os, "replace"), (os, "rename"), (File, "apply"), (File, "set_meta")):
        monkeypatch.setattr(where, name, count(getattr(where, name)))
    monkeypatch.setattr(Path, "unlink", count(Path.unlink))

    def begin(steps: int) -> None:
        left[0] = steps

    yield begin
    left[0] = -1


def test_joining_is_done_again_or_done_wherever_it_is_killed(
    two: TwoComputers, kill_after: Kill
) -> None:
    two.ask()
    two.answer()
    steps = 0
    for steps in range(40):
        kill_after(steps)
        with suppress(Killed):
            two.join.read_answer(two.stick)
            break
        kill_after(-1)
        if ProfileGate(two.back, two.clock).has_department():
            break
        assert two.join.is_begun()
    kill_after(-1)
    assert steps > 5
    with two.at(two.back, Role.ADMINISTRATOR) as desk:
        assert desk.station_letter == "B"
    assert not (two.back / "joining.json").exists()
    assert not list((two.back / "out" / "q").iterdir())


def test_letting_in_is_done_again_or_done_wherever_it_is_killed(
    two: TwoComputers, kill_after: Kill
) -> None:
    two.ask()
    steps = 0
    for steps in range(40):
        try:
            with two.at(two.front, Role.ADMINISTRATOR) as desk:
                found = requests(desk, two.stick)
                kill_after(steps)
                enrol(desk, two.decided(found[0]))
            break
        except Killed:
            kill_after(-1)
    kill_after(-1)
    assert steps > 3
    assert two.join.read_answer(two.stick).letter == "B"
    with two.at(two.back, Role.ADMINISTRATOR) as desk:
        assert [one.letter for one in stations(desk)] == ["A", "B"]


def test_a_file_is_made_whole_or_not_at_all(joined: TwoComputers, kill_after: Kill) -> None:
    with joined.at(joined.front, Role.COORDINATOR):
        pass
    joined.sync(joined.front)
    joined.sync(joined.back)
    steps = 0
    for steps in range(40):
        kill_after(steps)
        try:
            with joined.at(joined.back, Role.COORDINATOR) as desk:
                assert desk.care is not None
            break
        except Killed:
            kill_after(-1)
    kill_after(-1)
    assert steps > 3
    with joined.at(joined.back, Role.COORDINATOR) as desk:
        assert desk.care is not None
        assert desk.cases is not None
    assert not list(joined.back.glob("*.new"))


# --- profiles of the first program ----------------------------------------------------------


def test_an_old_profile_opens_and_gets_its_seal_key(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, asked = tmp_path / "old", fictional_department(1)
    _as_the_first_program_did(monkeypatch)
    ProfileGate(folder, clock).found(asked, use_keyring=False)
    monkeypatch.undo()
    raw = json.loads((folder / "identity.json").read_bytes())
    kept = {"agency", "profile", "station", "epoch", "letter", "key"}
    (folder / "identity.json").write_text(json.dumps({**{n: raw[n] for n in kept}, "v": 1}))
    staff = {p.user_name: p for p in asked.people}
    stick = tmp_path / "stick"
    stick.mkdir()
    two = TwoComputers(folder, tmp_path / "back", stick, clock, staff)
    with two.at(two.front, CLERK) as desk:
        assert _seal_key(desk) is None
    with two.at(two.front, Role.ADMINISTRATOR) as desk:
        assert _seal_key(desk) is not None
    two.enrolled()
    two.sync(two.back)
    with two.at(two.back, Role.ADMINISTRATOR) as desk:
        assert len(stations(desk)) == 2


def _seal_key(desk: Desk) -> object:
    parts: Any = desk.stations
    return parts.desk.all()[0].seal


def _as_the_first_program_did(monkeypatch: pytest.MonkeyPatch) -> None:
    real = identity.seal_station_key

    def said(
        kind: EntryType, subject: str, keys: Mapping[str, PublicKey] | None = None,
        roles: frozenset[Role] = frozenset(), facts: Mapping[str, object] | None = None,
    ) -> Said:  # fmt: skip
        known = {use: key for use, key in (keys or {}).items() if use == "sign" or
                 kind is not EntryType.STATION}  # fmt: skip
        return Said(kind, subject, known, roles, facts or {})

    def sealed(
        key: PrivateKey, station: StationId, to: PublicKey, _opens: PrivateKey | None = None
    ) -> str:
        return real(key, station, to)

    monkeypatch.setattr(founding, "Said", said)
    monkeypatch.setattr(identity, "seal_station_key", sealed)
