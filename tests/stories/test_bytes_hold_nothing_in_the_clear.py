"""After a whole day at the desk, no file of the program holds a name, an address or an answer."""

import base64
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from byte_search import ZSTD, found

DRILL = Path(__file__).parent / "drills" / "leave_traces.py"
PLANTED = {
    "first name": "Zyqvarra",
    "last name": "Ölverkrønsk",
    "preferred name": "Bixtwomple",
    "phone": "+13045550177",
    "address": "771 Wexfjord Hollow",
    "own words": "quorvexian tremors",
    "draft": "unfinished grivelnaut",
    "provider": "Plaxomere Clinic",
    "spoke to": "Nurse Yttrigane",
    "signed": "Zyqvarra Signedwell",
    "tag": "TAG-98417-XQ",
    "amended": "only at dawnhuddle",
    "reason": "misheard by Fribblecoat",
    "mistyped": "sevengraygeesefly",
    "wrong passphrase": "hollow vexing marble 77",
}


def files_under(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """All files that the day left, what it printed included; and the clerk's passphrase."""
    folder = tmp_path_factory.mktemp("day")
    for name in ("temp", "home"):
        (folder / name).mkdir()
    places = {"TMPDIR": "temp", "HOME": "home", "XDG_DATA_HOME": "home", "XDG_CACHE_HOME": "home"}
    done = subprocess.run(
        [sys.executable, str(DRILL), str(folder)],
        env={**os.environ, **{name: str(folder / at) for name, at in places.items()},
             "PYTHONPATH": str(DRILL.parents[3]), "PYTHONDONTWRITEBYTECODE": "1"},
        input=json.dumps(PLANTED).encode(), capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    return {**files_under(folder), "(errors)": done.stderr}, told["passphrase"]


def test_no_file_holds_a_planted_value(day: tuple[dict[str, bytes], str]) -> None:
    files, passphrase = day
    values = [*PLANTED.values(), passphrase]
    assert {name: hits for name, data in files.items() if (hits := found(data, values))} == {}
    assert [name for name, data in files.items() if ZSTD in data] == []


def test_no_file_is_named_after_anybody(day: tuple[dict[str, bytes], str]) -> None:
    names = "\n".join(day[0]).casefold()
    assert [value for value in PLANTED.values() if value.casefold() in names] == []


def test_the_day_left_what_it_should(day: tuple[dict[str, bytes], str]) -> None:
    """Or there would be nothing to search."""
    files = day[0]
    assert b"care inside" in files["said"]
    for name in ("care.db", "care.db-wal", "station.db", "station.db-wal", "prelogin.log"):
        assert len(files[f"profile/{name}"]) > 500, name
    assert not [name for name in files if name.startswith("temp")], "plaintext for a while"


# --- the search itself ----------------------------------------------------------------------

VALUE = PLANTED["last name"]


def plant(form: str) -> bytes:
    raw = VALUE.encode()
    pdf = b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>> stream\n" + zlib.compress(b"(" + raw + b")")
    deep = zlib.compress(b"archive" + zlib.compress(raw))
    return {
        "plain": raw,
        "lower case": VALUE.lower().encode(),
        "utf-16-le": VALUE.encode("utf-16-le"),
        "utf-16-be": VALUE.encode("utf-16-be"),
        "base64": base64.b64encode(raw),
        "base64 behind one": base64.b64encode(b"a" + raw + b"tail"),
        "base64 behind two": base64.b64encode(b"ab" + raw + b"tail"),
        "base64 for addresses": base64.urlsafe_b64encode(b"?>" + raw),
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "json": json.dumps(VALUE).encode(),
        "a stream of a PDF": pdf,
        "packed fast": zlib.compress(raw, 1),
        "packed well": zlib.compress(raw, 9),
        "packed twice": deep,
        "packed hex": zlib.compress(raw.hex().encode()),
    }[form]


FORMS = (
    "plain", "lower case", "utf-16-le", "utf-16-be", "base64", "base64 behind one",
    "base64 behind two", "base64 for addresses", "hex", "HEX", "json", "a stream of a PDF",
    "packed fast", "packed well", "packed twice", "packed hex",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_search_finds_what_is_planted(form: str) -> None:
    """Negative control."""
    noise = bytes(range(256)) * 20
    assert {value for value, _ in found(noise + plant(form) + noise, [VALUE])} == {VALUE}


def test_the_search_finds_nothing_in_noise() -> None:
    noise = os.urandom(300_000)
    assert found(noise, list(PLANTED.values())) == []
