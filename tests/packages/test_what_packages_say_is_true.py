"""What packages say of themselves is true: version, kinds of files, needs, licenses, workflows."""

import configparser
import hashlib
import plistlib
import re
import subprocess
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from packages import checksums, deb, third_party
from packages.source import HERE, ROOT, Source, version_of
from packages.third_party import PARTS, TEXTS, Shipped
from system_packages import WINDOW

from intake_app.cli import main
from intake_app.domain.disclosure import ENDING as SEALED
from intake_app.domain.outside_file import PACK_ENDING as PACK
from intake_app.domain.update import ENDING as UPDATE
from intake_app.settings import shipped
from intake_app.settings.version import version

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
NOT_YET = "not yet run"


def locked() -> list[str]:
    text = (ROOT / "requirements" / "run.lock").read_text("utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)


def installed(name: str) -> bool:
    try:
        distribution(name)
    except ModuleNotFoundError:
        return False
    return True


# --- version ----------------------------------------------------------------------------------


def test_the_version_is_written_in_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert (version(), version_of(ROOT)) == (said, said)
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip().endswith(said)


# --- kinds of files ---------------------------------------------------------------------------


def test_kinds_of_files_are_the_same_for_every_system() -> None:
    kinds = ET.parse(HERE / "debian" / "intake-app.xml").getroot()  # noqa: S314 (our own file)
    globs = {kind.get("type"): kind.findall(f"{MIME}glob") for kind in kinds}
    endings = {str(one.get("pattern"))[1:] for found in globs.values() for one in found}
    assert endings == {SEALED, PACK, UPDATE}
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(HERE / "debian" / "intake-app.desktop", "utf-8")
    assert set(entry["Desktop Entry"]["MimeType"].strip(";").split(";")) == set(globs)
    news = ET.parse(HERE / "debian" / "intake-app.metainfo.xml")  # noqa: S314 (our own file)
    assert {one.text for one in news.iter("mediatype")} == set(globs)
    inno = (HERE / "windows" / "intake.iss").read_text("utf-8")
    assert all(rf'Subkey: "Software\Classes\{ending}"' in inno for ending in endings)
    spec = (HERE / "intake.spec").read_text("utf-8")
    assert all(f'"CFBundleTypeExtensions": ["{ending[1:]}"]' in spec for ending in endings)


# --- needs ------------------------------------------------------------------------------------


def test_the_deb_asks_for_all_that_the_window_needs(tmp_path: Path) -> None:
    asked = list(deb.depends(tmp_path))
    forms = {name for one in asked for name in one.split(" | ")}
    assert forms >= {form for name in WINDOW for form in name.split("|")}
    assert asked[0] == "libc6 (>= 2.34)"


def test_the_newest_glibc_that_a_library_names_is_asked_for(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(Path("/bin/sh").read_bytes())
    major, minor = map(int, deb.newest_glibc(tmp_path).split("."))
    assert (major, minor) >= (2, 34)


# --- licenses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in locked() if installed(name)])
def test_every_library_has_a_license_and_its_text(name: str) -> None:
    one = third_party._package(distribution(name))
    assert one.license
    assert third_party.without_text([one]) == []


def test_a_library_without_a_license_text_is_named() -> None:
    bare = Shipped("bare", "1", "MIT", texts=(" \n",))
    whole = Shipped("whole", "1", "MIT", texts=("Permission is hereby granted",))
    assert third_party.without_text([bare, whole]) == ["bare"]


def test_what_libraries_hold_inside_has_a_version_a_text_and_a_source() -> None:
    names = {name.casefold().replace("_", "-").replace(".", "-") for name in locked()}
    for part in PARTS["inside"]:
        assert part["of"] in names
        assert all((TEXTS / text).is_file() for text in part["texts"])
        one = third_party._inside(part)
        assert re.match(r"\d+\.\d+", one.version)
        assert one.source


def test_libraries_that_lie_beside_a_package_are_listed_too(tmp_path: Path) -> None:
    names = ("pillow.libs/libjpeg-6dc8d115.so.62.4.0", "pikepdf.libs/libqpdf-781b0270.so.30.4.2",
             "pikepdf.libs/libjpeg-e87d2658.so.62.2.0", "PySide6/Qt/lib/libicuuc.so.73",
             "strange.libs/libx.so.1", "pillow.libs/readme.so")  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "pillow.libs" / "libjpeg.so.62").symlink_to("libjpeg-6dc8d115.so.62.4.0")
    found = [third_party._package(distribution(one)) for one in ("pillow", "pikepdf")]
    found += [third_party._inside(one) for one in PARTS["inside"] if one["name"] in {"Qt", "qpdf"}]
    beside = third_party._beside(tmp_path, found)
    assert {(one.name, one.version, one.of) for one in beside} == {
        ("libjpeg (of pillow)", "62.4.0", "pillow"),
        ("libjpeg (of pikepdf)", "62.2.0", "pikepdf"),
        ("libicuuc (of Qt)", "73", "pyside6-essentials"),
    }
    assert third_party.without_text(beside) == []


def test_the_list_that_is_packed_can_be_read_by_the_page_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lib" / "intake_app"
    (folder / "_data").mkdir(parents=True)
    packed = [third_party._package(distribution("click"))]
    packed += [third_party._package(distribution("PySide6-Essentials"))]
    packed += [third_party._inside(part) for part in PARTS["inside"] if part["name"] == "Qt"]
    assert third_party.write(tmp_path, packed, Source(ROOT, "9.9.9", 0)) == []

    def path(*parts: str) -> Path:
        return folder.joinpath("_data", *parts)

    monkeypatch.setattr(shipped, "path", path)
    read = {one.name: one for one in shipped.libraries()}
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in read["Qt"].read_texts()
    assert "Copyright" in read["click"].read_texts()
    assert "Written offer" in shipped.own_text("SOURCES")


# --- sums -------------------------------------------------------------------------------------


def test_sums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    (tmp_path / "b.deb").write_bytes(b"b")
    (tmp_path / "a.json").write_bytes(b"a")
    checksums.write(tmp_path)
    checksums.write(tmp_path)
    lines = (tmp_path / "SHA256SUMS").read_text().splitlines()
    assert lines == [
        f"{hashlib.sha256(b'a').hexdigest()}  a.json",
        f"{hashlib.sha256(b'b').hexdigest()}  b.deb",
    ]


# --- other systems ----------------------------------------------------------------------------


def steps() -> list[tuple[str, dict[str, Any]]]:
    read = [(path.name, yaml.safe_load(path.read_text("utf-8"))) for path in WORKFLOWS]
    return [(name, step) for name, told in read for job in told["jobs"].values()
            for step in job["steps"]]  # fmt: skip


def test_workflows_pin_what_they_use_and_may_only_read() -> None:
    for path in WORKFLOWS:
        told = yaml.safe_load(path.read_text("utf-8"))
        assert told["permissions"] == {"contents": "read"}
        wanted = {"runs-on", "timeout-minutes", "steps"}
        assert all(wanted <= set(job) for job in told["jobs"].values())
    used = [step["uses"] for _, step in steps() if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in used)


def test_commands_of_workflows_are_there() -> None:
    told = "\n".join(step.get("run", "") for _, step in steps())
    named = set(re.findall(r"(?:\./)?(build/[\w./-]+|tests/[\w./-]+)", told))
    assert {"build/test", "build/package"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_packages_are_built_and_tests_run_on_three_systems() -> None:
    told = yaml.safe_load((ROOT / ".github/workflows/packages.yml").read_text("utf-8"))
    systems = {str(job["runs-on"]).split("-")[0] for job in told["jobs"].values()}
    assert {"ubuntu", "windows", "macos"} <= systems
    rows = told["jobs"]["test"]["strategy"]["matrix"]["include"]
    tested = {row["system"].split("-")[0] for row in rows}
    assert tested == {"ubuntu", "windows", "macos"}


@pytest.mark.parametrize(
    "name",
    [*(f"windows/{name}" for name in ("build.ps1", "try.ps1", "intake.iss")), "macos/build.sh"],
)
def test_what_was_never_run_says_so(name: str) -> None:
    assert NOT_YET in (HERE / name).read_text("utf-8").casefold()


def test_scripts_for_the_mac_are_well_formed() -> None:
    subprocess.run(["bash", "-n", HERE / "macos" / "build.sh"], check=True)
    rights = plistlib.loads((HERE / "macos" / "entitlements.plist").read_bytes())
    assert "com.apple.security.cs.disable-library-validation" in rights


def test_scripts_name_files_that_are_there() -> None:
    names = ("windows/build.ps1", "windows/intake.iss", "macos/build.sh")
    scripts = [HERE / name for name in names]
    told = "\n".join(script.read_text("utf-8") for script in scripts).replace("\\", "/")
    named = set(re.findall(r"build/packages/[\w./-]+\w|build/package\b", told))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
