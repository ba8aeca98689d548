"""A pack of forms comes from anywhere: paths, links, bombs and strangers are refused, all of it."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.decision_errors import (
    BadPack,
    PackHasStrangers,
    PackPointsOutside,
    PackTooLarge,
)
from intake_app.rulebook.pack_reader import MOST_BYTES, MOST_FILES, read_pack

PROGRAM = '[program]\nid = "x"\n'


def zipped(file: Path, parts: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return file


def laid_out(folder: Path, parts: dict[str, bytes | str]) -> Path:
    for name, data in parts.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


GOOD: dict[str, bytes | str] = {
    "programs/elm.toml": PROGRAM, "papers/note.toml": "a = 1\r\n", "codes/wants.csv": "id,en\n",
    "legal/no_arrest.toml": b"\xef\xbb\xbfb = 2\n", "README.md": "how", ".DS_Store": b"\x00",
}  # fmt: skip
READ = {
    "programs/elm.toml": PROGRAM, "papers/note.toml": "a = 1\n", "codes/wants.csv": "id,en\n",
    "legal/no_arrest.toml": "b = 2\n",
}  # fmt: skip


@pytest.mark.parametrize("top", ["", "elm-2026/", "forms/", "resources/"])
def test_a_folder_and_a_zip_file_say_the_same(tmp_path: Path, top: str) -> None:
    parts = {f"{top}{name}": data for name, data in GOOD.items()}
    assert read_pack(zipped(tmp_path / "elm.zip", parts)) == READ
    if top != "elm-2026/":
        assert read_pack(laid_out(tmp_path / "elm", parts)) == READ
    else:
        assert read_pack(laid_out(tmp_path / "elm", parts)) == READ


@pytest.mark.parametrize(
    "name",
    [
        "../programs/x.toml", "programs/../../x.toml", "/etc/x.toml", "C:/x.toml",
        "programs\\..\\x.toml", "~/x.toml", "\\\\host\\x.toml", "programs/..",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_refuses_the_whole_pack(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackPointsOutside):
        read_pack(zipped(tmp_path / "x.zip", {"programs/elm.toml": PROGRAM, name: PROGRAM}))
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"], "nothing is unpacked"


@pytest.mark.parametrize(
    "name",
    [
        "programs/x.py", "x.sh", "programs/deep/x.toml", "words/rulebook.toml", "papers/X Y.toml",
        "legal/retention.toml", "legal/retention_agency.toml", "legal/system_use_banner.toml",
        "codes/x.toml", "programs/x.csv", "pack.toml", "papers/.toml", "codes/con.csv.exe",
    ],
)  # fmt: skip
def test_what_is_no_text_of_forms_refuses_the_whole_pack(tmp_path: Path, name: str) -> None:
    parts: dict[str, bytes | str] = {"programs/elm.toml": PROGRAM, name: PROGRAM}
    with pytest.raises(PackHasStrangers):
        read_pack(zipped(tmp_path / "x.zip", parts))
    with pytest.raises(PackHasStrangers):
        read_pack(laid_out(tmp_path / "x", parts))


def test_two_files_of_one_name_refuse_the_pack(tmp_path: Path) -> None:
    with pytest.raises(PackHasStrangers):
        read_pack(zipped(tmp_path / "x.zip", {"forms/programs/x.toml": "", "programs/x.toml": ""}))


def test_a_link_in_a_folder_or_a_zip_file_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text("a = 1")
    for target in (secret, tmp_path):
        folder = laid_out(tmp_path / f"pack-{target.name}", {"programs/elm.toml": PROGRAM})
        os.symlink(target, folder / "programs" / "x.toml")
        with pytest.raises(PackPointsOutside):
            read_pack(folder)
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w") as packed:
        link = zipfile.ZipInfo("programs/x.toml")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, str(secret))
    with pytest.raises(PackPointsOutside):
        read_pack(file)


def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "pack", {"programs/elm.toml": PROGRAM})
    os.mkfifo(folder / "programs" / "x.toml")
    with pytest.raises(PackPointsOutside):
        read_pack(folder)


def bomb(file: Path) -> Path:
    return zipped(file, {"programs/x.toml": b"a" * (MOST_BYTES * 40)})


def lying_bomb(file: Path) -> Path:
    """It says of itself that it is small."""
    bomb(file)
    data = bytearray(file.read_bytes())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(mark) + at
        data[start : start + 4] = struct.pack("<I", 10)
    file.write_bytes(bytes(data))
    return file


def many_at_once(file: Path) -> Path:
    """Each is small enough; all together are not."""
    return zipped(file, {f"programs/x{n}.toml": b"a" * MOST_BYTES for n in range(20)})


def crowd(file: Path) -> Path:
    return zipped(file, {f"programs/x{n}.toml": "" for n in range(MOST_FILES + 1)})


@pytest.mark.parametrize("made", [bomb, lying_bomb, many_at_once, crowd])
def test_a_bomb_is_read_no_further_than_a_pack_can_be(
    tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    with pytest.raises(BadPack) as caught:
        read_pack(made(tmp_path / "x.zip"))
    assert made is lying_bomb or isinstance(caught.value, PackTooLarge)


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"no zip at all", b"\xff" * 100])
def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(BadPack):
        read_pack(tmp_path / "x.zip")


def test_an_empty_folder_a_missing_file_and_wrong_letters_are_no_pack(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere.zip"):
        with pytest.raises(BadPack):
            read_pack(place)
    with pytest.raises(BadPack):
        read_pack(zipped(tmp_path / "x.zip", {"programs/x.toml": b"\xff\xfe"}))


@given(st.integers(0, 400), st.integers(0, 255), st.integers(0, 400))
def test_a_spoiled_zip_file_never_crashes(at: int, byte: int, cut: int) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in GOOD.items():
            packed.writestr(name, data)
    data = bytearray(whole.getvalue())
    data[at % len(data)] = byte
    file = Path(os.environ["PYTEST_TMP_PACK"]) / "spoiled.zip"
    file.write_bytes(bytes(data[: len(data) - cut % 50]))
    try:
        read_pack(file)
    except BadPack:
        return


@pytest.fixture(autouse=True, scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["PYTEST_TMP_PACK"] = str(tmp_path_factory.mktemp("packs"))
