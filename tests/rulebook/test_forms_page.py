"""The page that explains form files: its examples are real ones."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from intake_app.domain.clock import FixedClock
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources

PAGE = Path(__file__).resolve().parents[2] / "docs" / "forms.md"


def lay_out(page: str, place: Path) -> FormLibrary:
    for text in re.findall(r"```(?:toml|csv)\n(.*?)```", page, re.DOTALL):
        name, body = text.split("\n", 1)
        path = place / name.removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body if path.suffix == ".csv" else text, encoding="utf-8")
    for table in ("condition_types.csv", "toll_reasons.csv"):
        (place / "resources" / "codes").mkdir(parents=True, exist_ok=True)
        shutil.copy(resources.path("resources", "codes", table), place / "resources" / "codes")
    setting = Setting(FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC)))
    shutil.copytree(resources.path("resources", "words"), place / "resources" / "words")
    return FormLibrary(place / "forms", place / "resources", setting)


def test_the_examples_on_the_page_are_a_form_a_program_and_a_paper(tmp_path: Path) -> None:
    library = lay_out(PAGE.read_text(encoding="utf-8"), tmp_path)
    assert library.mistakes() == ()
    guide = library.guide("night_door")
    assert [f.id for f in guide.form.fields()] == ["who", "name", "warm_drink", "come_back"]
    assert [p.id for p in library.papers(guide, {"who": "self"})] == ["front_door_card"]


def test_the_form_on_the_page_takes_a_step_of_another(tmp_path: Path) -> None:
    guide = lay_out(PAGE.read_text(encoding="utf-8"), tmp_path).guide("back_door")
    assert [f.id for f in guide.form.fields()] == ["who", "name"]
    assert guide.form.sections[0].title.said_in("en") == "Hello again"
    assert [(d.attempts, d.window) for d in guide.form.deadlines] == [(3, 14)]


def test_the_program_on_the_page_holds_a_charge(tmp_path: Path) -> None:
    guide = lay_out(PAGE.read_text(encoding="utf-8"), tmp_path).guide("river_town")
    assert guide.form.terms is not None
    assert (guide.form.terms.report_hours, guide.form.terms.complete_days) == (48, 90)
    answers: dict[str, object] = {"offenses": [{"offense": "theft_1"}], "loss": 30_100}
    assert [f.holds for f in guide.findings(answers, "2026-11-23")] == [True]
    assert [p.column for p in guide.problems(answers)] == ["offense"]


def test_the_screening_tool_on_the_page_scores(tmp_path: Path) -> None:
    (tool,) = lay_out(PAGE.read_text(encoding="utf-8"), tmp_path).screenings()
    assert tool.judge({"morning": "yes", "evening": "yes"}).outcome == "positive"
    assert tool.judge({"morning": "yes", "evening": "no"}).score == 1


def test_a_wrong_example_would_be_found(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8").replace('type = "date"', 'type = "day"')
    assert len(lay_out(page, tmp_path).mistakes()) >= 1
