"""What a file that somebody double-clicked is, and where in this program it is used."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from intake_app.domain.outside_file import HEAD, OutsideFile, kind_of
from intake_app.words import mark

ADVICE: Final[Mapping[OutsideFile, tuple[str, str]]] = {
    OutsideFile.SEALED: (
        mark("This is a sealed file."),
        mark("Only whom it was sealed for can open it, with their key file, by the command "
             "“intake-app bundle open”. Counts of departments for a county are opened on the page "
             "of the county, under Numbers."),
    ),
    OutsideFile.PACK: (
        mark("This is a form pack."),
        mark("An administrator looks at it and tries it under Settings, Programs and forms."),
    ),
    OutsideFile.UPDATE: (
        mark("This is an update of this program."),
        mark("An administrator checks and installs it: under Trust, choose the folder in which it "
             "lies. Nothing is installed by opening it here."),
    ),
    OutsideFile.CARD: (
        mark("This is the card of somebody outside."),
        mark("An administrator enters it under Recipients, after calling that person."),
    ),
    OutsideFile.UNKNOWN: (
        mark("This is no file that this program opens."),
        mark("It opens sealed files, form packs, updates, and cards of people outside."),
    ),
}  # fmt: skip
"""What to tell: what it is, and what can be done with it."""


def look_at(file: Path) -> OutsideFile:
    """What a file seems to be; no more than its first bytes are read.

    Raises:
        OSError: It cannot be read, or is no file.
    """
    if not file.is_file():  # a pipe would never end
        raise FileNotFoundError(2, "No such file")
    with file.open("rb") as opened:
        return kind_of(file.name, opened.read(HEAD))
