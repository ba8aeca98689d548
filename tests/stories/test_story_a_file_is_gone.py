"""Somebody deletes a file of the forms folder: the program starts, and home opens."""

import shutil
import tomllib
from pathlib import Path

import pytest
from department import OpenWindow, Staff

from intake_app.settings import resources

FILES = sorted(
    file.relative_to(resources.path("forms")).as_posix()
    for file in resources.path("forms").rglob("*.toml")
)
SHIPPED = resources.path

WALK_IN = tomllib.loads(SHIPPED("forms", "self_referral.toml").read_text("utf-8"))
PRINTS = {f"papers/{paper}.toml" for paper in WALK_IN["form"]["papers"]}
"""Papers of the form that is opened here."""


def of_each_kind(name: str) -> object:
    """Papers of other forms are taken away here in a long run only.

    Without them the library works, see `test_any_one_file_of_forms_may_be_gone`.
    """
    is_far = name.startswith("papers/") and name not in PRINTS
    return pytest.param(name, marks=pytest.mark.long) if is_far else name


@pytest.fixture
def own_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of forms of one's own."""
    forms = tmp_path / "forms"
    shutil.copytree(SHIPPED("forms"), forms)

    def path(*parts: str) -> Path:
        return tmp_path.joinpath(*parts) if parts[0] == "forms" else SHIPPED(*parts)

    monkeypatch.setattr(resources, "path", path)
    return forms


@pytest.mark.parametrize("gone", [of_each_kind(name) for name in FILES])
def test_home_opens_without_any_one_file(
    own_forms: Path, open_window: OpenWindow, staff: Staff, gone: str
) -> None:
    (own_forms / gone).unlink()
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    assert clerk.sees("Walk-in self-referral")
    clerk.press("Walk-in self-referral")
    if gone == "self_referral.toml":
        assert clerk.conductor.errors.shown
    else:
        assert clerk.reads("Who is this for?")
