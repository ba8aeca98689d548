"""A kill at any durable write: an exception that nothing in the program catches, at the n-th."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from intake_app.disk import atomic
from intake_app.storage.compartment import Compartment


class Killed(BaseException):
    """The process is gone, at this very moment."""


class Fuse:
    """Burns at each durable write; at the end of it the process dies, before or after the write."""

    def __init__(self) -> None:
        self.left = 0
        self.is_after = False

    def set(self, writes: int, *, is_after: bool) -> None:
        self.left, self.is_after = writes, is_after

    @contextmanager
    def write(self) -> Generator[None]:
        """Around one durable write."""
        is_last = self.left == 1
        self.left = max(0, self.left - 1)
        if is_last and not self.is_after:
            raise Killed
        yield
        if is_last:
            raise Killed


FUSE: Final = Fuse()


class Fused:
    """A connection whose commits burn the fuse."""

    def __init__(self, conn: Any) -> None:  # noqa: ANN401 (SQLCipher's connection has no type)
        self._conn = conn

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._conn, name)

    def execute(self, sql: str, *args: object) -> Any:  # noqa: ANN401
        if sql != "COMMIT":
            return self._conn.execute(sql, *args)
        with FUSE.write():
            return self._conn.execute(sql)


def fused(file: Compartment) -> Compartment:
    """The same file; its commits burn the fuse."""
    file.database.conn = Fused(file.database.conn)  # pyright: ignore[reportAttributeAccessIssue]
    return file


def fuse_files(patch: pytest.MonkeyPatch) -> None:
    """Whole files that are written burn the fuse too; what is slow and safe here is left out."""
    replace = os.replace

    def burning(*args: Path) -> None:
        with FUSE.write():
            replace(*args)

    patch.setattr(atomic.os, "replace", burning)
    patch.setattr(atomic.os, "fsync", _stay_up)


def _stay_up(_: int) -> None:
    """The machine does not lose power here: this is about the program alone."""
