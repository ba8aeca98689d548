"""The wheel, installed far from the checkout, still finds its forms and resources."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from house_source import ROOT

LOOK = """
import json, sys
import intake_app
from intake_app.settings import resources
path = resources.path
shown = {name: path(*name.split("/")).is_dir() for name in sys.argv[1].split(",")}
print(json.dumps([intake_app.__file__, str(path("forms")), shown]))
"""
FOLDERS = ["forms", "forms/papers", "resources/fonts", "resources/codes", "resources/legal",
           "docs/guide/en", "docs/guide/es"]  # fmt: skip


def call(*command: str, folder: Path, variables: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    call("-m", "hatchling", "build", "-t", "wheel", "-d", str(place), folder=ROOT)
    [made] = place.glob("*.whl")
    return made


def installed(wheel: Path, place: Path) -> Path:
    options = ["--no-deps", "--no-index", "--no-compile", "--quiet", "--target", str(place)]
    call("-m", "pip", "install", *options, str(wheel), folder=place.parent)
    return place


def look(place: Path, elsewhere: Path) -> list[object]:
    """What the installed program says, started where no checkout is."""
    variables = {"PYTHONPATH": str(place), "PATH": ""}
    said = call("-P", "-c", LOOK, ",".join(FOLDERS), folder=elsewhere, variables=variables)
    return json.loads(said)


def test_the_installed_wheel_finds_its_files(wheel: Path, tmp_path: Path) -> None:
    place = installed(wheel, tmp_path / "target")
    program, forms, shown = look(place, tmp_path)
    assert Path(str(program)).is_relative_to(place)
    assert Path(str(forms)).is_relative_to(place)
    assert shown == dict.fromkeys(FOLDERS, True)


def test_every_shipped_file_is_in_the_wheel(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if "/_data/" in name}
    shipped = {
        f"intake_app/_data/{path.relative_to(ROOT).as_posix()}"
        for top in ("forms", "resources", "docs/guide")
        for path in (ROOT / top).rglob("*")
        if path.is_file() and not path.name.startswith(".") and "__pycache__" not in path.parts
    }
    pages = (page.read_text("utf-8") for page in (ROOT / "docs" / "guide").rglob("*.md"))
    named = {name for page in pages for name in re.findall(r"pictures/[a-z_]+\.png", page)}
    assert len(named) > 5
    shipped |= {f"intake_app/_data/docs/{name}" for name in named}
    assert shipped - inside == set()


def test_the_wheel_carries_license_and_notices(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_a_wheel_without_its_files_is_noticed(wheel: Path, tmp_path: Path) -> None:
    bare = tmp_path / wheel.name
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(bare, "w") as less:
        for name in whole.namelist():
            if "/_data/" not in name:
                less.writestr(name, whole.read(name))
    place = tmp_path / "target"
    with zipfile.ZipFile(bare) as archive:
        archive.extractall(place)
    _program, _forms, shown = look(place, tmp_path)
    assert shown == dict.fromkeys(FOLDERS, False)
