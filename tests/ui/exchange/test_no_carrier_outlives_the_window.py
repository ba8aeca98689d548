"""The window may be killed: the carrier that it started hears it, and ends as well."""

import json
import os
import subprocess
import sys
from pathlib import Path

from intake_app.settings.stores import StoreEntry, keep_stores


def test_a_carrier_ends_with_who_started_it(tmp_path: Path) -> None:
    """Its store is a pipe that nobody writes into: it would wait for ever."""
    told = {"agency": "a", "profile": "p", "station": "front"}
    (tmp_path / "identity.json").write_text(json.dumps(told))
    store = tmp_path / "store"
    store.mkdir()
    os.mkfifo(store / "hub.json")
    keep_stores(tmp_path, [StoreEntry("h", "folder", str(store), marker="m", issue=1)])
    words = ["carry", "--profile", str(tmp_path), "--store", "h", "--attached"]
    with subprocess.Popen(
        [sys.executable, "-m", "intake_app", *words], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdin is not None
        assert b"whole" in child.stdout.readline(), "it has begun"
        assert child.poll() is None, "it waits"
        child.stdin.close()
        assert child.wait(20) == 3
