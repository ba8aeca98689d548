"""Deleting any one file of forms/ leaves the library working; the real files have no mistake."""

import shutil
from pathlib import Path

import pytest
from small_forms import SETTING

from intake_app.domain.errors import FormMissing
from intake_app.domain.paper import Letterhead
from intake_app.rulebook.answer_shape import sample_answer
from intake_app.rulebook.library import FormLibrary
from intake_app.services.needs.everyday import Frame, Library
from intake_app.settings.resources import path

FORMS, RESOURCES = path("forms"), path("resources")
FILES = sorted(str(p.relative_to(FORMS)) for p in FORMS.rglob("*.toml"))
PATHWAYS = ("self_referral", "officer_intervention")
FRAME = Frame("es", Letterhead("Pine Hollow Help Desk"), "PH-26-00017", "2026-11-23", "M. Hale")


def all_that_works(library: Library) -> tuple[list[str], int]:
    """The forms and programs that can be used, each filled, checked and printed; and the sheets."""
    works: list[str] = []
    sheets = 0
    programs = [ident for way in PATHWAYS for ident, _ in library.programs(way)]
    for ident in [*PATHWAYS, *programs]:
        try:
            guide = library.guide(ident)
        except FormMissing:
            continue
        answers = {f.id: sample_answer(f) for f in guide.form.fields()}
        guide.visible(answers)
        guide.problems(answers)
        guide.findings(answers, "2026-11-23")
        sheets += ident in PATHWAYS and sum(
            bool(library.compose(p.id, guide, a, FRAME))
            for a in (answers, {})
            for p in library.papers(guide, a)
        )
        works.append(ident)
    return works, sheets


def test_the_real_files_have_no_mistake() -> None:
    assert FormLibrary(FORMS, RESOURCES, SETTING).mistakes() == ()


@pytest.mark.parametrize("name", FILES)
def test_the_others_work_without_one_file(tmp_path: Path, name: str) -> None:
    shutil.copytree(FORMS, tmp_path / "forms")
    (tmp_path / "forms" / name).unlink()
    library = FormLibrary(tmp_path / "forms", RESOURCES, SETTING)
    works, _ = all_that_works(library)
    gone = Path(name).stem
    assert {p for p in PATHWAYS if p != gone} <= set(works)
    assert gone not in works
    if gone == "self_referral":
        assert "safe_passages" not in works
    if gone == "officer_intervention":
        assert "plain_diversion" not in works
    assert isinstance(library.mistakes(), tuple)


@pytest.mark.parametrize("name", FILES)
def test_the_others_work_beside_one_broken_file(tmp_path: Path, name: str) -> None:
    shutil.copytree(FORMS, tmp_path / "forms")
    (tmp_path / "forms" / name).write_bytes(b"\xff[[")
    library = FormLibrary(tmp_path / "forms", RESOURCES, SETTING)
    works, _ = all_that_works(library)
    gone = Path(name).stem
    assert {p for p in PATHWAYS if p != gone} <= set(works)
    assert gone not in works
    assert any(m.startswith(f"{name}:1: ") for m in library.mistakes())


def test_negative_control_with_all_files_more_works(tmp_path: Path) -> None:
    full, sheets = all_that_works(FormLibrary(FORMS, RESOURCES, SETTING))
    (tmp_path / "forms").mkdir()
    none, none_printed = all_that_works(FormLibrary(tmp_path / "forms", RESOURCES, SETTING))
    assert none == []
    assert none_printed == 0
    assert set(PATHWAYS) <= set(full)
    assert sheets > 0


TAKERS = ("active_outreach", "naloxone_plus", "officer_referral", "community_response")
"""Forms that take steps from the walk-in form: without it they are missing too, and named."""


def made(library: FormLibrary) -> set[str]:
    found: set[str] = set()
    for ident in TAKERS:
        try:
            found.add(library.guide(ident).form.ref.id)
        except FormMissing:
            continue
    return found


@pytest.mark.parametrize("name", TAKERS)
def test_a_form_that_takes_steps_of_another_may_be_gone_alone(tmp_path: Path, name: str) -> None:
    shutil.copytree(FORMS, tmp_path / "forms")
    (tmp_path / "forms" / f"{name}.toml").unlink()
    assert made(FormLibrary(tmp_path / "forms", RESOURCES, SETTING)) == set(TAKERS) - {name}


def test_without_the_form_that_they_take_steps_from_each_is_named(tmp_path: Path) -> None:
    shutil.copytree(FORMS, tmp_path / "forms")
    (tmp_path / "forms" / "self_referral.toml").unlink()
    library = FormLibrary(tmp_path / "forms", RESOURCES, SETTING)
    assert made(library) == set()
    for name in TAKERS:
        assert any(
            m.startswith(f"{name}.toml:") and "self_referral.toml" in m for m in library.mistakes()
        )
