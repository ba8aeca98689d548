"""stores.json says to which stores a computer goes; it holds no password and is whole or old."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.settings.stores import (
    StoreEntry,
    forget_store,
    keep_store,
    keep_stores,
    read_stores,
)

SHARE = StoreEntry("hub-1", "folder", "/srv/share", name="Share", marker="m1", issue=1)
DAV = StoreEntry("hub-2", "webdav", "https://files.example.org", root="dept", is_paused=True)


def test_what_was_kept_is_read_in_its_order(tmp_path: Path) -> None:
    assert read_stores(tmp_path) == ()
    keep_store(tmp_path, SHARE)
    keep_store(tmp_path, DAV)
    keep_store(tmp_path, replace(SHARE, is_paused=True))
    assert read_stores(tmp_path) == (replace(SHARE, is_paused=True), DAV)
    forget_store(tmp_path, "hub-1")
    assert read_stores(tmp_path) == (DAV,)


def test_nobody_else_on_this_computer_reads_it(tmp_path: Path) -> None:
    keep_stores(tmp_path, [SHARE])
    assert (tmp_path / "stores.json").stat().st_mode & 0o077 == 0


def test_a_write_that_was_killed_leaves_the_old_list(tmp_path: Path) -> None:
    keep_stores(tmp_path, [SHARE])
    (tmp_path / "stores.json.new").write_text('{"half')
    assert read_stores(tmp_path) == (SHARE,)
    keep_stores(tmp_path, [DAV])
    assert read_stores(tmp_path) == (DAV,)


WRONG = [
    "", "{", "[]", "{}", '{"stores": {}}', '{"stores": [7]}', '{"stores": [{}]}', "[" * 5000,
    *(json.dumps({"stores": [{"hub": "h", "kind": "folder", "place": "/x", **more}]})
      for more in ({"kind": "ftp"}, {"hub": ""}, {"hub": "../x"}, {"place": ""}, {"issue": "1"},
                   {"issue": True}, {"is_paused": 1}, {"name": None})),
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_list_that_makes_no_sense_is_not_read_as_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "stores.json").write_text(text)
    with pytest.raises(ValueError):  # noqa: PT011
        read_stores(tmp_path)
