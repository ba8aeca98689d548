"""The log says what kind of error came where, and nothing of anybody."""

from pathlib import Path

import pytest

from intake_app.domain.errors import DiskFull
from intake_app.logs.program_log import LARGEST, ProgramLog
from intake_app.ui.parts.errors import note


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 (the story is about any error)
        return caught


def test_an_unexpected_error_leaves_its_kind_and_place_but_not_its_text(tmp_path: Path) -> None:
    log = ProgramLog(tmp_path)
    log.begin()
    note(raised(ValueError("Whitfield, Jordan")))
    note(raised(DiskFull("care.db")))
    log.end()
    written = (tmp_path / "program.log").read_text("utf-8")
    assert "ValueError at test_the_program_log.py:" in written
    assert "DiskFull" in written
    assert "Whitfield" not in written


def test_after_the_end_nothing_is_written(tmp_path: Path) -> None:
    log = ProgramLog(tmp_path)
    log.begin()
    log.end()
    note(raised(ValueError("x")))
    assert not (tmp_path / "program.log").exists()


def test_a_large_log_makes_room(tmp_path: Path) -> None:
    (tmp_path / "program.log").write_bytes(b"x" * (LARGEST + 1))
    log = ProgramLog(tmp_path)
    log.begin()
    note(raised(ValueError("x")))
    log.end()
    assert (tmp_path / "program.log").stat().st_size < LARGEST
    assert (tmp_path / "program.log.previous").is_file()


@pytest.mark.parametrize("place", ["gone", "profile/program.log"])
def test_where_it_cannot_be_written_the_program_goes_on(tmp_path: Path, place: str) -> None:
    (tmp_path / "profile").mkdir()
    if place != "gone":
        (tmp_path / place).mkdir()
    log = ProgramLog(tmp_path / ("gone" if place == "gone" else "profile"))
    log.begin()
    log.end()
    assert not (tmp_path / "gone").exists()
