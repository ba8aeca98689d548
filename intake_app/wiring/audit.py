"""Joins what the audit of the trail needs; called by `entrance` when a desk is made. No rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from intake_app.exchange.post_room import PostRoom
    from intake_app.services.needs.audit import AuditParts
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys

SHELF = "audit"
"""Folder of the profile in which archived lines lie, sealed."""


def make_audit(
    folder: Path, keys: Keys, files: Mapping[str, File], exchange: PostRoom
) -> AuditParts:
    """What the audit of the trail needs, of a profile whose files are open."""
    from intake_app.exchange.boxes import Box
    from intake_app.services.needs.audit import AuditParts
    from intake_app.storage.trail import Trail
    from intake_app.vault.audit_proof import AuditProof
    from intake_app.vault.oversight import Oversight
    from intake_app.vault.signer import Signer

    return AuditParts(
        {Compartment(name): Trail(file) for name, file in files.items()}, Oversight(keys),
        AuditProof(keys), Signer(keys), Box(folder / SHELF), exchange.lost_heads,
    )  # fmt: skip
