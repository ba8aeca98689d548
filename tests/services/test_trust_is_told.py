"""Who is told what: the page for those who keep things going, one sentence for everybody else."""

import json
from pathlib import Path

import pytest
from profiles import Desks, Profile
from trust_world import BAD_FILE, QUICK, on, parts

from intake_app import cli
from intake_app.commands.options import _hat_among
from intake_app.domain.errors import NoGrant, NotAllowed
from intake_app.domain.roles import MATRIX, Compartment, May, Role
from intake_app.domain.trust import Check, Light
from intake_app.services.decisions.checks import check_settings
from intake_app.services.desk import Desk
from intake_app.services.trust import gathering
from intake_app.services.trust.gathering import TrustTold, looked_at, trust, trust_line
from intake_app.words import Words

WORDS = Words()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SLOWER", QUICK)


def a_real_one(desk: Desk) -> Desk:
    """The desk as if its department were none for training."""
    return on(desk, is_training=False)


def only(monkeypatch: pytest.MonkeyPatch, *lights: Light) -> None:
    """All that is looked at has these lights."""

    def looking(light: Light) -> gathering.Look:
        return lambda _desk, _words: Check(light, light, "Title", "Found")

    monkeypatch.setattr(gathering, "OF_THE_DEPARTMENT", tuple(map(looking, lights)))


@pytest.mark.parametrize("role", Role)
def test_who_keeps_things_going_sees_the_page(desks: Desks, role: Role) -> None:
    if May.SEE_TRUST in MATRIX[role]:
        assert trust(desks(role), WORDS).checks
    else:
        with pytest.raises(NotAllowed):
            trust(desks(role), WORDS)


@pytest.mark.parametrize("role", Role)
def test_everybody_is_told_in_one_sentence_where_something_is_red(
    desks: Desks, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_real_one(desks(role))
    only(monkeypatch, Light.GREEN, Light.AMBER)
    assert trust_line(desk, WORDS) == ""
    only(monkeypatch, Light.GREEN, Light.RED, Light.AMBER)
    said = trust_line(desk, WORDS)
    sees = May.SEE_TRUST in MATRIX[role]
    assert ("1 thing needs you now" in said) == sees
    assert ("tell your administrator" in said) != sees
    assert "Found" not in said


def test_of_training_nothing_is_told(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, Light.RED)
    assert trust_line(desks(Role.FRONT_DESK), WORDS) == ""


def test_a_check_that_breaks_is_a_line_and_hides_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_refusing(_desk: Desk, _words: Words) -> Check:
        raise NoGrant("care")

    def check_breaking(_desk: Desk, _words: Words) -> Check:
        raise KeyError("Whitfield, Jordan")

    def check_well(_desk: Desk, _words: Words) -> Check:
        return Check("well", Light.GREEN, "Well", "Fine")

    looks = (check_refusing, check_breaking, check_well)
    monkeypatch.setattr(gathering, "OF_THE_DEPARTMENT", looks)
    monkeypatch.setattr(gathering, "SLOWER", ())
    refusing, breaking, well = looked_at(desk, WORDS)
    assert (refusing.id, refusing.light) == ("refusing", Light.AMBER)
    assert NoGrant.sentence() in refusing.found
    assert (breaking.id, breaking.light) == ("breaking", Light.AMBER)
    assert "KeyError" in breaking.found
    assert "Whitfield" not in breaking.found
    assert well.light is Light.GREEN


def test_no_check_of_a_real_department_breaks(desks: Desks) -> None:
    for role in Role:
        found = looked_at(desks(role), WORDS)
        assert [one.id for one in found if one.title == "A check that failed"] == []
    assert check_settings(desks(Role.ADMINISTRATOR), WORDS).light is Light.GREEN


def test_lines_have_ids_of_their_own_words_and_something_to_do(desks: Desks) -> None:
    for language in ("en", "es"):
        found = trust(desks(Role.ADMINISTRATOR), Words(language)).checks
        assert len({one.id for one in found}) == len(found)
        assert all(one.title and one.found for one in found)
        assert [one.id for one in found if one.light is Light.RED and not one.to_do] == []


def test_looking_anew_looks_over_files_and_computer(desks: Desks, tmp_path: Path) -> None:
    desk = desks(Role.COORDINATOR)
    known = parts(tmp_path, files={Compartment.CARE: BAD_FILE})
    told = trust(on(desk, trust=known), WORDS, anew=True)
    assert next(one for one in told.checks if one.id == "integrity").light is Light.RED
    assert told.light is Light.RED
    assert told.count(Light.RED) >= 1


def test_nothing_looked_at_is_green(desk: Desk) -> None:
    assert TrustTold((), desk.clock.local()).light is Light.GREEN


# --- the command line -------------------------------------------------------------------------


@pytest.fixture
def signed_in(profile: Profile, tmp_path: Path) -> list[str]:
    person = profile.person(Role.ADMINISTRATOR)
    secret = tmp_path / "secret"
    secret.write_text(person.passphrase, "utf-8")
    return ["--profile", str(profile.folder), "--user", person.user_name,
            "--passphrase-file", str(secret)]  # fmt: skip


def test_the_command_says_each_line_and_fails_where_one_is_red(
    signed_in: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "SLOWER", ())
    for lights, code in (((Light.GREEN, Light.AMBER), 0), ((Light.GREEN, Light.RED), 1)):
        only(monkeypatch, *lights)
        assert cli.main(["trust", "--json", *signed_in]) == code
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [one["light"] for one in told] == list(lights)
        assert all(set(one) == {"id", "light", "title", "found", "to_do"} for one in told)
    assert cli.main(["trust", *signed_in]) == 1
    assert "RED    Title: Found" in capsys.readouterr().out


def test_doctor_has_the_same_lines_for_who_may_see_them(
    signed_in: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["trust", "--json", *signed_in])
    trusted = {json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()}
    cli.main(["doctor", "--json", *signed_in])
    examined = {json.loads(line)["what"] for line in capsys.readouterr().out.splitlines()}
    assert trusted <= examined


def test_who_may_not_see_it_is_refused_in_a_sentence(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = profile.person(Role.FRONT_DESK)
    secret = tmp_path / "secret"
    secret.write_text(person.passphrase, "utf-8")
    given = ["--profile", str(profile.folder), "--user", person.user_name]
    for command in ("trust", "support"):
        assert cli.main([command, *given, "--passphrase-file", str(secret)]) == 1
        out, err = capsys.readouterr()
        assert (out, len(err.splitlines())) == ("", 1)


def test_who_has_several_roles_works_in_the_one_that_may() -> None:
    both = [Role.OFFICER, Role.ADMINISTRATOR]
    assert _hat_among(both, None) is Role.OFFICER, "it opens most"
    assert _hat_among(both, May.SEE_TRUST) is Role.ADMINISTRATOR
    assert _hat_among(both, Role.ADMINISTRATOR) is Role.ADMINISTRATOR
    assert _hat_among(both, May.READ_SEALED) is Role.OFFICER, "neither may: it is refused later"
