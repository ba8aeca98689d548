"""The lock screen is painted before anything heavy is loaded: held by names, not by a clock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from house_source import ROOT

HEAVY = (
    "sqlcipher3", "sqlite_utils", "cryptography", "joserfc", "keyring", "reportlab", "pikepdf",
    "pypdfium2", "PIL", "babel", "click", "cel", "tree_sitter", "holidays", "numpy",
    "PySide6.QtNetwork", "PySide6.QtPrintSupport",
    "intake_app.services.desk", "intake_app.services.case.labels", "intake_app.ui.frame.workplace",
    "intake_app.ui.pages.first_start_page", "intake_app.services.exchanging.exchanging",
    "intake_app.ui.exchange.rounds", "intake_app.ui.exchange.child", "intake_app.exchange",
)  # fmt: skip
"""What nobody needs to read a notice and type a passphrase."""

PAINT = """
import sys
from pathlib import Path
from intake_app.cli import main
code = main(["--profile", sys.argv[1], "--paint-and-exit"])
print(*sys.modules)
sys.exit(code)
"""


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The modules that a program has loaded when it ends; it prints them."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=surroundings, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def heavy_in(modules: set[str]) -> list[str]:
    return [name for name in HEAVY if name in modules]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """To the lock screen, a folder with a key file is a department."""
    made = tmp_path / "profile"
    made.mkdir()
    (made / "vault.json").write_text("{}")
    return made


def test_the_lock_screen_stands_before_anything_heavy_is_loaded(profile: Path) -> None:
    loaded = loaded_by(PAINT, str(profile))
    assert "intake_app.ui.pages.lock_page" in loaded
    assert heavy_in(loaded) == []


def test_a_heavy_start_is_seen(profile: Path) -> None:
    loaded = loaded_by("import intake_app.storage.compartment\n" + PAINT, str(profile))
    assert {"sqlcipher3", "sqlite_utils", "click"} <= set(heavy_in(loaded))


def test_what_was_put_off_is_there_when_somebody_signs_in() -> None:
    preload = (
        "from intake_app import makers\nmakers.window_makers().preload()\n"
        "import sys\nprint(*sys.modules)"
    )
    loaded = loaded_by(preload)
    assert {"sqlcipher3", "cryptography", "cel"} <= loaded
    assert "intake_app.ui.frame.workplace" not in loaded, "pages are loaded where they are drawn"


def test_the_network_stays_in_the_child_that_carries() -> None:
    """OpenDAL is forty megabytes that no sign-in needs."""
    signed_in = (
        "from intake_app import app, wiring\nfrom intake_app.exchange import post_room\n"
        "from intake_app.services.exchanging import exchanging, sticks, stores\n"
        "from intake_app.ui.running import warm_up\nfrom importlib import import_module\n"
        "for part in warm_up.PARTS: import_module(part)\n"
        "import sys\nprint(*sys.modules)"
    )
    assert "opendal" not in loaded_by(signed_in)
    assert "opendal" in loaded_by(
        "from intake_app.commands import carry\nimport sys\nprint(*sys.modules)"
    )
