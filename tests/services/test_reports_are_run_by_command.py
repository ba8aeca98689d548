"""`report list` and `report run`: told figures, and small ones only where somebody says so."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from profiles import Profile
from walk_ins import audit, station_of, taken

from intake_app.cli import main
from intake_app.domain.figure import ALL_OF
from intake_app.domain.roles import Role

DAYS = ("--from", "2026-01-01", "--to", "2026-12-31")
Run = Callable[..., int]


@pytest.fixture(scope="module")
def worked(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """Twelve people came, three of one group."""
    made = template.copy_to(tmp_path_factory.mktemp("reports") / "profile")
    gate = made.gate()
    desk = made.unlock(gate, Role.COORDINATOR)
    for n in range(12):
        taken(desk, race=["asian" if n < 3 else "white"], gender=["woman"])
    gate.lock()
    return made


@pytest.fixture
def run(worked: Profile, tmp_path: Path) -> Run:
    def command(*words: str, role: Role = Role.COORDINATOR) -> int:
        who, secret = worked.person(role), tmp_path / "secret"
        secret.write_text(who.passphrase)
        return main([
            "report", *words, "--profile", str(worked.folder), "--user", who.user_name,
            "--passphrase-file", str(secret),
        ])  # fmt: skip

    return command


def test_measures_and_their_cuts_are_listed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"met", "completed", "rearrest_12"} <= {one["measure"] for one in listed}
    assert run("list", "--cuts", "met", "--json") == 0
    cuts = {json.loads(line)["cut"] for line in capsys.readouterr().out.splitlines()}
    assert {"race", "month"} <= cuts
    assert "by" not in cuts


def facts(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return json.loads(capsys.readouterr().out)


def row(told: dict[str, Any], *place: str) -> dict[str, Any]:
    return next(one for one in told["rows"] if one["place"] == list(place))


def test_small_numbers_are_not_in_what_is_told(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "met", *DAYS, "--by", "race", "--json") == 0
    told = facts(capsys)
    assert not told["not_for_release"]
    assert told["least_told"] == 11
    by_race = {tuple(one["place"]): one["number"] for one in told["rows"]}
    assert by_race["asian",] is None
    assert 3 not in by_race.values()
    assert row(told, "white")["labels"] == ["White"]


def test_the_words_of_sums_are_in_the_language_that_was_asked(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    by = ("--by", "race", "--by", "gender")
    assert run("run", "met", *DAYS, *by, "--json", "--language", "es") == 0
    told = facts(capsys)
    assert row(told, "white", ALL_OF)["labels"] == ["Blanco", "Todo"]


def test_the_internal_view_is_asked_for_marked_and_logged(
    run: Run, worked: Profile, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "met", *DAYS, "--by", "race", "--json", "--not-for-release") == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["not_for_release"]
    assert row(told, "asian")["number"] == 3
    assert "Not for release" in said.err
    gate = worked.gate()
    station = station_of(worked.unlock(gate, Role.COORDINATOR))
    assert len(audit(station, "see numbers, not for release: met")) == 1
    gate.lock()


def test_csv_and_text_say_the_same_as_the_page(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "met", *DAYS, "--by", "race", "--csv", "--out", str(tmp_path / "m.csv")) == 0
    data = (tmp_path / "m.csv").read_bytes().decode("utf-8-sig")
    cells = {line[0]: line[1:] for line in csv.reader(io.StringIO(data)) if len(line) > 1}
    assert cells["Asian"] == ["not shown"]
    assert run("run", "met", *DAYS, "--by", "race", "--language", "es") == 0
    assert "Asiático" in capsys.readouterr().out


def test_a_paper_needs_a_file_and_is_never_written_over(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "met", *DAYS, "--pdf") == 2
    out = str(tmp_path / "met.pdf")
    assert run("run", "met", *DAYS, "--pdf", "--out", out) == 0
    assert (tmp_path / "met.pdf").read_bytes().startswith(b"%PDF-")
    assert run("run", "met", *DAYS, "--pdf", "--out", out) == 2
    assert "Choose a new one" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("invented", *DAYS), 1, "no such measure"),
        (("met", *DAYS, "--by", "by"), 1, "only somebody else may"),
        (("met", *DAYS, "--by", "race", "--by", "race"), 1, "two things at most"),
        (("met", "--from", "2026-12-31", "--to", "2026-01-01"), 1, "ends before it begins"),
        (("met", "--from", "2026-12-31"), 2, "Name both days"),
        (("met", *DAYS, "--csv", "--json"), 2, "Choose one"),
    ],
)
def test_a_wrong_question_is_refused_in_words(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert run("run", *words) == code
    assert said in capsys.readouterr().err


def test_who_sees_no_numbers_is_told_so(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for role in (Role.FRONT_DESK, Role.ADMINISTRATOR):
        assert run("run", "met", *DAYS, role=role) == 1
        assert capsys.readouterr().out == ""


def test_without_days_it_is_the_last_full_quarter(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", "met", "--json") == 0
    told = facts(capsys)
    days = (told["from"], told["to"])
    assert days[0][5:] in {"01-01", "04-01", "07-01", "10-01"}
    assert days[1][5:] in {"03-31", "06-30", "09-30", "12-31"}
