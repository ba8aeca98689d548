"""After a lock no file of the profile is open, and no key, passphrase or name can be reached.

It looks in a process of its own: through all objects that Python can reach there. What Python
cannot promise (copies that were freed and not overwritten) is in docs/threat-model.md.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was open and reachable before and after."""
    profile = tmp_path_factory.mktemp("left behind") / "profile"
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(HERE / "left_behind" / "look.py"), str(profile)],
        env=around, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_file_of_the_profile_is_open(told: dict[str, Any]) -> None:
    assert {"care.db", "station.db"} <= set(told["before"]["files"])  # control: it can see them
    assert told["after"]["files"] == []


def test_no_key_and_no_name_can_be_reached(told: dict[str, Any]) -> None:
    seen = set(told["before"]["secrets"])  # control: all of them are found while one works
    assert {"a name", "draft key", "file key of care", "file key of station",
            "private key that signs", "private key of care"} <= seen  # fmt: skip
    assert told["after"]["secrets"] == []


def test_the_passphrase_is_not_there_either(told: dict[str, Any]) -> None:
    assert told["after"]["passphrases"] == 0


def test_no_field_or_label_holds_the_name(told: dict[str, Any]) -> None:
    assert told["before"]["shown"] == ["a name"]
    assert told["after"]["shown"] == []
