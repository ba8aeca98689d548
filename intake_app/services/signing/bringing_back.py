"""Bringing records back from a backup: what the first start asks of `wiring.restore`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from intake_app.domain.roles import Compartment


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A backup that lies in a place, as it claims; nothing of it is believed yet.

    Attributes:
        root: The folder that holds the backups of its profile.
        moment: Its name.
        made: Local time with offset.
        size: In bytes.
        words: Eight words that stand for its department; the recovery cards show them too.
        is_tested: Whether it says that all of it was opened and found good.
    """

    root: Path
    moment: str
    made: str
    size: int
    words: tuple[str, ...]
    is_tested: bool


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens a backup: the words of a card, or a sign-in of somebody who worked there.

    Attributes:
        card_words: All words in order; where two cards are needed, both.
        user_name: Where there are none: who.
        passphrase: Theirs of that day.
    """

    card_words: str = field(default="", repr=False)
    user_name: str = ""
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FileFound:
    """One file of records of a backup.

    Attributes:
        compartment: Which.
        is_opened: Whether it was opened and looked through; else it is as it was copied.
        records: How many records it holds.
        audit: How many lines its audit trail has; the chain holds.
    """

    compartment: Compartment
    is_opened: bool
    records: int = 0
    audit: int = 0


@dataclass(frozen=True, slots=True)
class Brought:
    """What was found in a backup, and brought back.

    Attributes:
        department: Its name.
        made: When the backup was made.
        files: Its files of records.
        shut_out: How many people left, or have other keys since: theirs of that day open nothing.
        purged: How many orders of the ledger are looked for before a record is shown.
        seconds: How long it took.
        aside: Where the files that were here lie now; empty: there were none.
    """

    department: str
    made: str
    files: tuple[FileFound, ...]
    shut_out: int = 0
    purged: int = 0
    seconds: float = 0.0
    aside: str = ""


class BringBackGate(Protocol):
    """Brings a profile back; on the worker thread. `wiring.restore.BringBack`."""

    def look(self, place: Path) -> Sequence[FoundBackup]:
        """The backups in a folder that a person chose, the newest first.

        Raises:
            NoBackupHere: There is none.
        """
        ...

    def verify(self, found: FoundBackup, opener: Opener) -> Brought:
        """Copy, open and look through all of it, and put nothing back.

        Raises:
            BackupBroken: It is not whole, or was changed.
            BadRecoveryCard: A word is wrong, or the card is another department's.
            WrongPassphrase: It does not open; counted like a sign-in here.
            LockedOut: Too many tries.
            DeviceSecretMissing: A passphrase opens only on the computer where it was set.
            NotAllowed: Who left since, or a card that was replaced, opens nothing here.
            DiskFull: There is no room for it here.
        """
        ...

    def bring_back(self, found: FoundBackup, opener: Opener, *, is_over: bool = False) -> Brought:
        """The same, and put it back: killed at any moment, it is done whole or not at all.

        Args:
            found: Which.
            opener: What opens it.
            is_over: Records that are here are put aside; nothing of them is deleted.

        Raises:
            RecordsHere: There are some, and nobody said that they may be put aside.
            CardNeeded: They do not open, so that only a card puts them aside.
            NotAllowed: Who opens it does not keep the backups here today, or left.
        """
        ...
