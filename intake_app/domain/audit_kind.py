"""What kind of act a line of the audit trail tells of (CJIS Security Policy, AU-2).

A line names its act by a short verb that whoever writes it chooses. Kinds are found by how the
verb begins, the longest beginning first; what is in no list changed a record.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final


class ActKind(StrEnum):
    """What a line is counted as."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    SIGN_IN_FAILED = "failed sign-in"
    ACCOUNT = "account"  # people, roles, passphrases, second factors, released lockouts
    KEYS = "keys"  # grants, cards, generations, stations
    READ = "read"
    WRITE = "write"
    PRINT = "print"
    EXPORT = "export"  # what leaves the program: files, sealed files, bundles on a stick
    CONSENT = "consent"
    OVERRIDE = "override"
    END = "end of records"  # purges, holds, sealing
    POLICY = "policy"  # settings, forms, code tables
    AUDIT = "audit"  # the trail itself: looked at, signed off, exported, archived
    BACKUP = "backup"
    VEIL = "kept apart"
    CLOCK = "clock"
    SYSTEM = "system"  # what the program does by itself


_BEGINNINGS: Final[Mapping[ActKind, tuple[str, ...]]] = {
    ActKind.SIGN_IN: ("sign in as", "accept notice", "second factor passed", "unlock"),
    ActKind.SIGN_OUT: ("sign out", "lock"),
    ActKind.SIGN_IN_FAILED: (
        "wrong passphrase", "wrong code", "wrong card", "locked,", "locked out", "unreadable",
        "failed sign-in", "used code",
    ),
    ActKind.ACCOUNT: (
        "release sign-in", "release a locked", "add user", "change role", "change roles",
        "disable user", "enable user", "revoke user", "remove user", "leaver", "renew user",
        "one-time passphrase", "change passphrase", "set passphrase", "new passphrase",
        "set up code", "set up second factor", "new code sheet", "print code sheet",
        "manage users", "user ", "role ", "passphrase ", "second factor", "hand over drafts",
        "idle user",
    ),
    ActKind.KEYS: (
        "grant", "give keys", "refuse key", "refuse grant", "propose grant", "ask for key",
        "destroy old keys", "recover with card", "renew keys", "new keys", "new cards", "rekey",
        "re-key", "drill", "card", "check card", "check a recovery card", "keep the recovery",
        "revoke card", "keys ", "enrol", "strike", "turn page", "turn the page", "name station",
        "set up department", "join department", "recipient", "confirm recipient", "add recipient",
        "remove recipient", "keep the recipients",
    ),
    ActKind.READ: (
        "read", "look at", "look for", "compare", "show names", "list ", "count ", "find", "see ",
        "ask for earlier", "copy identity", "copy event", "same incident", "resume draft",
    ),
    ActKind.PRINT: ("print", "draw pad", "on an arrivals sheet"),
    ActKind.EXPORT: (
        "save", "export", "make sealed file", "seal file", "note disclosure", "disclose",
        "carry", "note counts for evaluation", "make a support file", "support file",
    ),
    ActKind.CONSENT: (
        "take consent", "keep a consent", "note end of consent", "revoke consent",
        "tell of revoked consent", "note report-back consent", "note consent of referral",
        "set consent",
    ),
    ActKind.OVERRIDE: (
        "confirm override", "refuse override", "override", "ask override", "approve",
        "waive condition",
    ),
    ActKind.END: (
        "approve purge", "propose purge", "withdraw purge", "carry out purge", "purge",
        "hide or show for purge", "look over purged", "place hold", "lift hold", "seal case",
        "begin sealing", "continue sealing", "hold records", "print purge certificate",
        "find expired tokens", "clear drop box",
    ),
    ActKind.POLICY: (
        "change settings", "setting", "undo setting", "import form", "form pack", "keep form",
        "import pack", "take pack", "add code", "retire code", "relabel code", "change words",
        "switch screening tool", "add store", "remove store", "pause store", "resume store",
        "renew password of a store", "keep roster", "keep the stores", "set printers",
    ),
    ActKind.AUDIT: (
        "read audit", "review audit", "review the audit", "sign off audit", "export audit",
        "export the audit", "archive audit", "seal audit", "audit ", "audit chain", "audit lines",
    ),
    ActKind.BACKUP: ("back up", "backup", "restore", "verify backup", "keep the backups"),
    ActKind.VEIL: ("keep a person from", "end veil", "veil"),
    ActKind.CLOCK: ("clock", "begin epoch", "put back"),
    ActKind.SYSTEM: (
        "settle", "take in bundles", "take in own bundles", "fill from snapshot", "fold",
        "make follow-ups", "stock given", "aid crossed", "treatment crossed",
    ),
}  # fmt: skip

_KIND_OF: Final = sorted(
    ((beginning, kind) for kind, some in _BEGINNINGS.items() for beginning in some),
    key=lambda pair: -len(pair[0]),
)

LOOKS: Final = frozenset({ActKind.READ, ActKind.PRINT, ActKind.EXPORT})
"""What shows somebody's record to who does it."""


@lru_cache(maxsize=2000)
def kind_of(what: str) -> ActKind:
    """The kind of an act, by its verb."""
    return next((kind for start, kind in _KIND_OF if what.startswith(start)), ActKind.WRITE)
