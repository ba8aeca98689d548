"""The window asks a child about a store: the answer is one line, a failure is a name."""

import io
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from intake_app.domain.error_names import error_named
from intake_app.domain.exchange_errors import MarkerRefused
from intake_app.domain.store_errors import StoreFailing, StoreUnreachable, StoreVanished
from intake_app.exchange.store_trial import main
from intake_app.settings.stores import StoreEntry


def ask(entry: StoreEntry, **more: str) -> tuple[int, dict[str, object]]:
    told = io.StringIO()
    asked = {"entry": asdict(entry), "user": "", "password": "", **more}
    code = main(io.StringIO(json.dumps(asked) + "\n"), told)
    return code, json.loads(told.getvalue())


def test_an_empty_folder_takes_a_marker_once(tmp_path: Path) -> None:
    entry = StoreEntry("", "folder", str(tmp_path))
    assert ask(entry) == (0, {"marker": "", "is_empty": True})
    assert ask(entry, write="signed") == (0, {"marker": "signed"})
    assert ask(entry) == (0, {"marker": "signed"})
    assert ask(entry, write="another") == (1, {"error": "MarkerRefused"})
    assert (tmp_path / "hub.json").read_text() == "signed"


def test_a_folder_with_bundles_and_no_marker_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "front.abc.1").write_text("x")
    assert ask(StoreEntry("", "folder", str(tmp_path))) == (0, {"marker": "", "is_empty": False})


@pytest.mark.parametrize(("entry", "name"), [
    (StoreEntry("", "folder", "/nowhere/at/all"), "StoreVanished"),
    (StoreEntry("", "webdav", "http://127.0.0.1:9"), "StoreUnreachable"),
])  # fmt: skip
def test_what_cannot_be_used_is_said_by_name(entry: StoreEntry, name: str) -> None:
    assert ask(entry) == (1, {"error": name})


def test_nonsense_is_answered_and_shown_to_nobody() -> None:
    told = io.StringIO()
    assert main(io.StringIO("nonsense\n"), told) == 1
    assert json.loads(told.getvalue()) == {"error": "StoreFailing"}


def test_a_name_becomes_the_error_again() -> None:
    assert isinstance(error_named("StoreUnreachable"), StoreUnreachable)
    assert isinstance(error_named("StoreVanished"), StoreVanished)
    assert isinstance(error_named("MarkerRefused"), MarkerRefused)
    assert isinstance(error_named("os"), StoreFailing)
