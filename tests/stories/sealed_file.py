"""What stories of sealed files share: the recipient's side, and dialogs of the system."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from clerk import Clerk
from department import OpenWindow, Staff
from PySide6.QtWidgets import QFileDialog, QLineEdit

from intake_app.cli import main

PHRASE = "copper lantern quiet meadow"


class Recipient:
    """Somebody outside, on a computer of their own, with the command line.

    Attributes:
        card: What they hand to the department.
        words: The eight words on their screen, to be read aloud.
    """

    def __init__(self, folder: Path, name: str, kind: str) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "phrase").write_text(PHRASE)
        screen = io.StringIO()
        with contextlib.redirect_stdout(screen):
            self.run("recipient", name, "--kind", kind, "--to", folder / "own")
        self.card = folder / "own" / "recipient-card.json"
        self.words = screen.getvalue().strip().splitlines()[-1].split()

    def run(self, *words: object) -> int:
        """A command; its passphrase comes from a file."""
        given = [*map(str, words), "--passphrase-file", str(self.folder / "phrase")]
        return main(["bundle", *given])

    def open(self, file: Path, sender: str, to: str = "out") -> int:
        """Open a file and write all of it."""
        key = self.folder / "own" / "recipient.key"
        return self.run("open", file, "--key", key, "--sender", sender, "--to", self.folder / to)

    def content(self, to: str = "out") -> dict[str, Any]:
        """What was in it."""
        text = (self.folder / to / "content.json").read_text("utf-8")
        return json.loads(text)["content"]


class Dialogs:
    """Dialogs of the system, which offscreen cannot be driven: what somebody chooses there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.file, self.folder = "", ""
        pick = staticmethod(lambda *_: (self.file, ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", pick)
        monkeypatch.setattr(
            QFileDialog, "getExistingDirectory", staticmethod(lambda *_: self.folder)
        )


def enter(open_window: OpenWindow, staff: Staff, dialogs: Dialogs, who: Recipient, *,
          by_tab: bool = False) -> str:  # fmt: skip
    """An administrator enters a recipient, and leaves.

    Returns:
        The words of this station, as they are read aloud.
    """
    administrator = open_window(by_tab=by_tab)
    administrator.sign_in(staff["apruitt"])
    told = _entered(administrator, dialogs, who)
    administrator.conductor.window.close()
    return told


def _entered(clerk: Clerk, dialogs: Dialogs, who: Recipient) -> str:
    clerk.press("Recipients")
    clerk.settle()
    dialogs.file = str(who.card)
    clerk.press("Enter a recipient…")
    clerk.until_reads("Is it really them?")
    asked = [name for name in clerk.names() if name.startswith("Word ")]
    for name in asked:
        clerk.write(name, "zebra")
    clerk.press("Enter this recipient")
    clerk.until_reads("These are not the words of this card.")
    for name in asked:
        clerk.write(name, who.words[int(name.removeprefix("Word ")) - 1])
    field = clerk.find(asked[-1])
    assert isinstance(field, QLineEdit)
    clerk.press("Enter this recipient")
    clerk.until_reads("The recipient is entered.")
    told = next(said for said in clerk.page() if "They know this station by them: " in said)
    return told.partition("They know this station by them: ")[2]
