"""By command and on the trust page: who signs in, whose keys wait, and where only one is left."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from staffed import Staffed

from intake_app.cli import main
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Role
from intake_app.domain.trust import Light
from intake_app.services.records.drafts import begin_draft, resume_draft, save_draft, unfinished
from intake_app.services.users.changing import add_user, change_roles, disable_user, user_left
from intake_app.services.users.checks import check_users
from intake_app.words import Words

ADMIN = Role.ADMINISTRATOR


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    folder = tmp_path_factory.mktemp("told") / "profile"
    return Staffed.made(folder, FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)))


@pytest.fixture
def staffed(first: Staffed, tmp_path: Path) -> Staffed:
    return first.copy_to(tmp_path / "profile")


def listed(
    staffed: Staffed, user: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, object]]]:
    secret = tmp_path / "phrase.txt"
    secret.write_text(staffed.phrases[user], "utf-8")
    code = main([
        "user", "list", "--json", "--profile", str(staffed.folder), "--user", user,
        "--passphrase-file", str(secret),
    ])  # fmt: skip
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_lists_people_for_administrators(
    staffed: Staffed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with staffed.at(ADMIN) as desk:
        add_user(desk, "nvega", "N. Vega", frozenset({Role.FRONT_DESK}))
        disable_user(desk, staffed.id_of(desk, "dreyes"))
    code, lines = listed(staffed, "apruitt", tmp_path, capsys)
    assert code == 0
    found = {line["user_name"]: line for line in lines}
    assert found["nvega"]["waits_for"] == ["care"]
    assert found["nvega"]["reads"] == []
    assert found["dreyes"]["state"] == "disabled"
    assert found["jlowe"]["reads"] == ["care", "cases"]
    assert listed(staffed, "mhale", tmp_path, capsys) == (1, [])  # not for others


def test_the_trust_page_says_where_only_one_is_left(staffed: Staffed) -> None:
    words = Words("en")
    with staffed.at(ADMIN) as desk:
        people, waiting = check_users(desk, words)
        assert people.light is Light.AMBER
        assert "Only one person: lets people in, reads sealed cases." in people.found
        assert waiting.light is Light.GREEN
        add_user(desk, "nvega", "N. Vega", frozenset({ADMIN, Role.PRIVACY_OFFICER}))
        people, waiting = check_users(desk, words)
        assert "Only one person: reads sealed cases." in people.found
        assert waiting.light is Light.AMBER
        assert "N. Vega (sealed cases)" in waiting.found


def test_the_trust_page_is_red_where_nobody_reads(staffed: Staffed) -> None:
    """Only a registry of somewhere else can bring that about; here the guards are gone round."""
    with staffed.at(ADMIN) as desk:
        assert desk.users is not None
        entries = desk.users.desk.leave(staffed.id_of(desk, "snorth"))
        assert entries
        people, _ = check_users(desk, Words("en"))
        assert people.light is Light.RED
        assert "Nobody: reads sealed cases." in people.found


def test_what_a_leaver_began_is_finished_by_a_colleague(staffed: Staffed) -> None:
    with staffed.at(Role.FRONT_DESK) as desk:
        draft = begin_draft(desk, "self_referral")
        draft.answers["first_name"] = "Jordan"
        save_draft(desk, draft)
    with staffed.at(ADMIN) as desk:
        user_left(desk, staffed.id_of(desk, "mhale"))
    with staffed.at("lbrandt") as desk:  # takes walk-ins too, and reads none
        assert unfinished(desk) == []
    with staffed.at(Role.COORDINATOR) as desk:
        [left] = unfinished(desk)
        assert (left.by, left.may_take) == ("M. Hale", True)
        assert resume_draft(desk, left.id).answers["first_name"] == "Jordan"


def test_who_lost_the_key_gets_their_draft_back_with_it(staffed: Staffed) -> None:
    """Negative control of the drafts: a colleague at work keeps theirs."""
    with staffed.at(Role.FRONT_DESK) as desk:
        save_draft(desk, begin_draft(desk, "self_referral"))
    with staffed.at(Role.COORDINATOR) as desk:
        assert [one.may_take for one in unfinished(desk)] == [False]
    with staffed.at(ADMIN) as desk:
        change_roles(desk, staffed.id_of(desk, "lbrandt"), frozenset({Role.FRONT_DESK}))
    with staffed.at(Role.COORDINATOR) as desk:
        assert [one.may_take for one in unfinished(desk)] == [False]
