"""A draft stays on the form that it began with, in this process and in the next."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from profiles import Desks, Profile
from walk_ins import begun, seen, station_of

from intake_app.domain.errors import FormMissing
from intake_app.domain.form import FormRef
from intake_app.domain.roles import Role
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.drafts import guide_of, resume_draft
from intake_app.services.records.form_versions import guide_for
from intake_app.settings import resources

OLD, NEW = "What do you want today?", "What brings you here?"


def desk_with(desk: Desk, forms: Path) -> Desk:
    setting = Setting.of(desk.agency, desk.clock)
    return replace(desk, library=FormLibrary(forms, resources.path("resources"), setting))


def label(desk: Desk, ref: FormRef) -> str:
    field = guide_for(desk, ref).form.field("wants")
    return field.label.said_in("en") if field else ""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    shutil.copytree(resources.path("forms"), tmp_path / "forms")
    return tmp_path / "forms"


def replace_form(forms: Path) -> None:
    file = forms / "self_referral.toml"
    file.write_text(file.read_text("utf-8").replace(OLD, NEW), "utf-8")


def test_a_draft_and_its_record_stay_on_the_version_that_they_began_with(
    profile: Profile, desks: Desks, desk: Desk, forms: Path
) -> None:
    here = desk_with(desk, forms)
    draft = begun(here)
    replace_form(forms)
    assert label(here, begun(here).form) == NEW
    next_process = desk_with(profile.unlock(profile.gate(), Role.FRONT_DESK), forms)
    again = resume_draft(next_process, draft.id)
    assert label(next_process, again.form) == OLD
    done = finish_intake(next_process, again)
    (forms / "self_referral.toml").unlink()
    view = seen(next_process, done.record)
    assert view.guide.form.ref == draft.form
    asked = view.guide.form.field("wants")
    assert asked is not None
    assert asked.label.said_in("en") == OLD


def test_each_version_is_kept_once(desk: Desk, forms: Path) -> None:
    here = desk_with(desk, forms)
    before = len(station_of(desk).of_kind("form_text"))
    begun(here)
    begun(here)
    assert len(station_of(desk).of_kind("form_text")) == before
    replace_form(forms)
    begun(here)
    begun(here)
    assert len(station_of(desk).of_kind("form_text")) == before + 1


def test_a_version_that_nobody_kept_is_said_to_be_missing(desk: Desk) -> None:
    draft = begun(desk)
    with pytest.raises(FormMissing):
        guide_for(desk, replace(draft.form, digest="0" * 64))
    assert guide_of(desk, draft).form.ref == draft.form
