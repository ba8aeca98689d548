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
    SYSTEM = "system"  # what the program does by itself


_BEGINNINGS: Final[Mapping[ActKind, tuple[str, ...]]] = {
    ActKind.SIGN_IN: ("sign in as", "read notice"),
    ActKind.SIGN_OUT: ("sign out",),
    ActKind.SIGN_IN_FAILED: (
        "wrong passphrase", "wrong code", "wrong card", "locked,", "unreadable,",
    ),
    ActKind.ACCOUNT: (
        "release sign-in", "release a locked", "add user", "give one-time passphrase",
        "disable user", "user left", "let user back", "change role", "sign in after absence",
        "manage users", "print one-time passphrase", "change second proof", "set up second proof",
        "change passphrase", "use printed code",
    ),
    ActKind.KEYS: (
        "grant", "give key of", "refuse key", "ask again for key", "destroy old keys",
        "recover with card", "renew file key", "new recovery cards", "begin new recovery cards",
        "check recovery card", "check a recovery", "name holder of recovery card",
        "report recovery card", "keep the recovery", "enrol", "strike", "turn the page",
        "make county key", "take county key", "give county key", "confirm sender of county",
        "name station", "set up department", "join department", "enter recipient",
        "take recipient back", "recipient not confirmed", "keep the recipients",
    ),
    ActKind.READ: (
        "read", "look at", "look for", "compare", "show names", "list ", "count ", "find", "see ",
        "merge departments", "ask for earlier", "copy identity", "copy event", "same incident",
    ),
    ActKind.PRINT: ("print", "draw pad", "draw auditor's report", "on an arrivals sheet"),
    ActKind.EXPORT: (
        "save", "export", "note disclosure", "disclose", "carry", "note counts for evaluation",
        "release numbers",
        "make a support file",
    ),
    ActKind.CONSENT: (
        "take consent", "keep a consent", "note end of consent", "revoke consent",
        "tell of revoked consent", "note report-back consent", "note consent of referral",
    ),
    ActKind.OVERRIDE: (
        "confirm override", "refuse override", "override", "approve", "waive condition",
    ),
    ActKind.END: (
        "approve a purge", "approve purge", "propose a purge", "propose purge", "withdraw purge",
        "carry out purge", "purge", "hide or show for purge", "look over purged", "place hold",
        "lift hold", "hold records", "seal a case", "seal case", "begin sealing",
        "continue sealing", "print purge certificate", "find expired tokens", "clear drop box",
        "undo import of past cases",
    ),
    ActKind.POLICY: (
        "change settings", "approve settings", "approve how long", "undo", "try a form pack",
        "end the trial of a form pack", "switch screening tool", "add store", "remove store",
        "pause store", "resume store", "renew password of a store", "keep the stores",
        "take over printers", "change ",
    ),
    ActKind.AUDIT: (
        "read audit", "review the audit", "sign off audit", "export audit",
        "export the audit", "archive audit", "seal audit", "audit chain", "audit lines",
    ),
    ActKind.BACKUP: (
        "make backup", "test backups", "add place for backups", "remove place for backups",
        "backup", "keep the backups", "bring back backup",
    ),
    ActKind.VEIL: ("keep a person from",),
    ActKind.WRITE: ("change condition", "settle a difference", "undo merge of providers"),
    ActKind.SYSTEM: (
        "settle", "take in bundles", "take in own bundles", "fill from snapshot", "sum up",
        "make follow-ups", "keep form version", "stock given", "aid crossed", "treatment crossed",
        "give keys", "add seal key", "tell that one works", "update program", "prepare update",
        "update the program",
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
