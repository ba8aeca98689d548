"""What is packed: the checkout, or a commit; its version, and the time that files bear."""

import os
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / ".work" / "package"


@dataclass(frozen=True)
class Source:
    """A tree to be packed.

    Attributes:
        tree: Its folder.
        version: The program's version.
        moment: Seconds since 1970 that all files bear, so that a second build gives the same bytes.
    """

    tree: Path
    version: str
    moment: int

    @property
    def name(self) -> str:
        """How finished files begin."""
        return f"intake-app_{self.version}"

    @classmethod
    @contextmanager
    def take(cls, commit: str | None = None, version: str | None = None) -> Generator["Source"]:
        """The checkout, or a fresh copy of what was committed.

        Args:
            commit: Anything that git knows; None: the checkout as it lies here.
            version: Instead of the one in pyproject.toml.
        """
        moment = int(os.environ.get("SOURCE_DATE_EPOCH") or _committed_at(commit or "HEAD"))
        if commit is None:
            yield cls(ROOT, version or version_of(ROOT), moment)
            return
        WORK.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=WORK) as folder:
            tree = Path(folder)
            _unpack(commit, tree)
            yield cls(tree, version or version_of(tree), moment)


def version_of(tree: Path) -> str:
    """What pyproject.toml says: the one place where it is written."""
    return tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def _committed_at(commit: str) -> str:
    return _git("log", "-1", "--format=%ct", commit).decode().strip()


def _unpack(commit: str, tree: Path) -> None:
    packed = _git("archive", "--format=tar", commit, "intake_app", "forms", "resources", "docs",
                  "pyproject.toml", "LICENSE", "NOTICE", "CHANGELOG.md")  # fmt: skip
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(tree, filter="data")


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout
