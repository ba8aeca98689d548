"""A draft keeps the texts that it began with; retired choices stay readable."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from small_forms import AGENCY, HEAD, SHED, form, library_in, question, write_all

from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import FormMissing
from intake_app.rulebook.builder import digest_of
from intake_app.rulebook.codes import read_codes
from intake_app.rulebook.setting import Setting

ONE = form(question("a") + question("color", "choice", 'codes = "shed"'))
TWO = form(question("b")).replace('version = "1"', 'version = "2"')
PROGRAM = (
    '[program]\nid = "prog"\npathway = "walk"\nversion = "7"\n'
    'name = { en = "Prog" }\nhide = ["a"]\n'
)


def test_a_draft_on_version_one_stays_on_it_after_version_two_replaces_the_file(
    tmp_path: Path,
) -> None:
    first = library_in(tmp_path, {"walk.toml": ONE, "codes/shed.csv": SHED})
    begun = first.guide("walk")
    write_all(tmp_path, {"walk.toml": TWO, "codes/shed.csv": "id,en\nother,Other\n"})
    for library in (first, library_in(tmp_path, {})):  # while it runs, and after a new start
        assert library.guide("walk").form.ref.version == "2"
        again = library.guide_from(begun.form.ref, begun.sources)
        assert again.form == begun.form
        assert again.shown("color", "red", "es") == "Rojo"
    assert set(begun.sources) == {"walk.toml", "codes/shed.csv"}


def test_a_draft_of_a_program_keeps_all_three_texts(tmp_path: Path) -> None:
    texts = {"walk.toml": ONE, "codes/shed.csv": SHED, "programs/prog.toml": PROGRAM}
    library = library_in(tmp_path, texts)
    begun = library.guide("prog")
    for name in ("forms/programs/prog.toml", "forms/walk.toml", "resources/codes/shed.csv"):
        (tmp_path / name).unlink()
    after = library_in(tmp_path, {})
    assert after.guide_from(begun.form.ref, begun.sources).form == begun.form
    with pytest.raises(FormMissing):
        after.guide("prog")


def test_negative_control_other_texts_than_those_it_began_with_are_refused(
    tmp_path: Path,
) -> None:
    library = library_in(tmp_path, {"walk.toml": ONE, "codes/shed.csv": SHED})
    begun = library.guide("walk")
    with pytest.raises(FormMissing):
        library.guide_from(begun.form.ref, {**begun.sources, "walk.toml": TWO})
    broken = {"walk.toml": "["}
    with pytest.raises(FormMissing):
        library.guide_from(replace(begun.form.ref, digest=digest_of(broken)), broken)


def test_a_guide_is_made_once_and_again_when_a_file_has_changed(tmp_path: Path) -> None:
    library = library_in(tmp_path, {"walk.toml": ONE, "codes/shed.csv": SHED})
    first = library.guide("walk")
    assert library.guide("walk") is first
    assert library.guide_from(first.form.ref, first.sources) is first
    write_all(tmp_path, {"codes/shed.csv": SHED.replace("Rojo", "Colorado")})
    second = library.guide("walk")
    assert second is not first
    assert second.form.ref.digest != first.form.ref.digest
    assert second.shown("color", "red", "es") == "Colorado"


def test_a_program_that_comes_later_under_the_name_of_a_form_is_seen(tmp_path: Path) -> None:
    texts = {"walk.toml": ONE, "codes/shed.csv": SHED}
    library = library_in(tmp_path, texts)
    assert not library.guide("walk").form.program
    write_all(tmp_path, {"programs/walk.toml": PROGRAM.replace('"prog"', '"walk"')})
    assert library.guide("walk").form.program


def test_retired_choices_can_be_read_and_are_marked(tmp_path: Path) -> None:
    guide = library_in(tmp_path, {"walk.toml": ONE, "codes/shed.csv": SHED}).guide("walk")
    field = guide.form.field("color")
    assert field
    assert {c.id: c.is_retired for c in field.choices} == {
        "red": False, "blue": True, "green": True,
    }  # fmt: skip
    assert guide.shown("color", "blue", "es") == "Azul"
    assert not [p for p in guide.problems({"color": "blue"}) if p.field == "color"]


def test_a_choice_retires_on_its_day() -> None:
    for day, retired in ((date(2026, 1, 31), False), (date(2026, 2, 1), True)):
        choices = {c.id: c for c in read_codes("shed.csv", SHED, day, [])}
        assert choices["blue"].is_retired is retired
    assert choices["green"].label.said_in("en") == "Green, and more"


def test_a_program_that_runs_over_midnight_takes_the_new_day(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    texts = {"walk.toml": ONE, "codes/shed.csv": SHED}
    library = library_in(tmp_path, texts, Setting.of(AGENCY, clock))
    before = library.guide("walk")
    clock.at = datetime(2026, 2, 1, 0, 1, tzinfo=UTC)
    after = library.guide_from(before.form.ref, before.sources)
    for guide, is_retired in ((before, False), (after, True)):
        field = guide.form.field("color")
        assert field
        assert field.choices[1].is_retired is is_retired


def test_the_digest_depends_on_names_and_texts() -> None:
    assert digest_of({"a": "bc"}) != digest_of({"ab": "c"})
    assert digest_of({"a": "1", "b": "2"}) == digest_of({"b": "2", "a": "1"})
    assert len(digest_of({"x": HEAD})) == 64
