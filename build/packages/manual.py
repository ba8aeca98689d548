"""The manual page, made of the command line itself: `python -m packages.manual VERSION SECONDS`."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from intake_app.cli import _commands as commands  # pyright: ignore[reportPrivateUsage]

HEAD = """.TH INTAKE-APP 1 "{day}" "intake-app {version}" "User Commands"
.SH NAME
intake-app \\- offline intake for pre-arrest diversion
.SH SYNOPSIS
.B intake-app
[\\fB\\-\\-profile\\fR \\fIFOLDER\\fR] [\\fIFILE\\fR]
.br
.B intake-app
\\fICOMMAND\\fR [\\fIOPTIONS\\fR]
.SH DESCRIPTION
Without a command the window opens. With a file it says what that file is, and what can be done
with it.
.SH COMMANDS
Each command explains itself with \\fB\\-\\-help\\fR.
"""

TAIL = """.SH ENVIRONMENT
.TP
.B INTAKE_PROFILE
The folder of the profile, in place of the usual one.
.SH FILES
.TP
.I ~/.local/share/intake-app/department
The usual profile: the department's records, encrypted. No package of this program touches it,
neither when it is removed nor when it is purged.
.TP
.I /usr/lib/intake-app/lib/intake_app/_data/licenses
Licenses of all parts, and where their sources are.
.SH EXIT STATUS
0 if it was done, 1 if it was refused, 2 if the command was not understood.
"""


def page(version: str, moment: int) -> str:
    """The whole page, in the language of man."""
    day = datetime.fromtimestamp(moment, UTC).date().isoformat()
    lines = [HEAD.format(day=day, version=version)]
    for name, told in _all(commands(), ""):
        lines.append(f".TP\n\\fB{_plain(name)}\\fR\n{_plain(told)}\n")
    return "".join(lines) + TAIL


def _all(group: click.Group, before: str) -> Iterator[tuple[str, str]]:
    for name in sorted(group.commands):
        command = group.commands[name]
        if command.hidden:
            continue
        if isinstance(command, click.Group):
            yield from _all(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command.help or ""


def _plain(text: str) -> str:
    """Words of which man takes none for its own."""
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ").lstrip(".'")


if __name__ == "__main__":
    print(page(sys.argv[1], int(sys.argv[2])), end="")
