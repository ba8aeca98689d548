"""The command that says what a file from outside is, and where it is used; it needs no profile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from intake_app.commands.options import JSON, PATH
from intake_app.commands.speech import say

if TYPE_CHECKING:
    from pathlib import Path


def add_to(group: click.Group) -> None:
    """Add `open`."""

    @group.command("open", help="Say what a file from outside is, and where it is used.")
    @click.argument("file", type=PATH)
    @JSON
    def open_file(file: Path, as_json: bool) -> int:
        return _open(file, as_json=as_json)

    _ = open_file


def _open(file: Path, *, as_json: bool) -> int:
    from intake_app.domain.outside_file import OutsideFile
    from intake_app.services.help.outside_files import ADVICE, look_at

    kind = look_at(file)
    if as_json:
        print(json.dumps({"kind": str(kind)}))
    else:
        print(*map(say, ADVICE[kind]), sep="\n")
    return 1 if kind is OutsideFile.UNKNOWN else 0
