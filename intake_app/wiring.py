"""Joins parts of different packages that belong to one thing; called by `app` when it is needed.

Like `app` and `makers` it may import inside functions, and has no rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.domain.clock import Clock
    from intake_app.services.ending import Ending
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys


def make_ending(folder: Path, keys: Keys, files: Mapping[str, File], clock: Clock) -> Ending:
    """What the end of records needs, of a profile whose files are open."""
    from intake_app.services.ending import Ending
    from intake_app.storage.copies import FOLDER, Copies
    from intake_app.storage.upkeep import Upkeep
    from intake_app.vault.page_reader import PageReader
    from intake_app.vault.purge_ledger import PurgeLedger
    from intake_app.vault.signer import Signer

    beside = folder / FOLDER / "ledger"
    places = [folder / "ledger", *([beside] if beside.parent.is_dir() else [])]
    return Ending(
        Signer(keys), PurgeLedger(places),
        {Compartment(name): Upkeep(file) for name, file in files.items()},
        PageReader(folder, keys), Copies(folder, keys.file_key, clock),
    )  # fmt: skip
