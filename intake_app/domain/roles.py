"""Roles, and what each may do: one table, denied unless it is written here (domain facts 3.5)."""

from enum import StrEnum
from typing import Final

from intake_app.domain.errors import NotAllowed


class Role(StrEnum):
    """A hat that a person wears; one person may have several, and chooses one at sign-in."""

    FRONT_DESK = "front_desk"  # named by the department: reads walk-ins
    RECEPTION = "reception"  # takes walk-ins and hands them in; reads none
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"


class Compartment(StrEnum):
    """An encrypted file with a key of its own."""

    STATION = "station"
    CARE = "care"
    CASES = "cases"
    SEALED = "sealed"


class May(StrEnum):
    """Something that a service does, and that a role may or may not do."""

    TAKE_WALK_IN = "take a walk-in"
    FIND_PEOPLE = "find people"
    READ_INTAKE = "read an intake"
    AMEND_INTAKE = "amend an intake"
    ISSUE_PAPER = "issue a paper"
    SEE_PROVIDERS = "see providers"
    IMPORT_PROVIDERS = "import providers"
    LOG_CALL = "log a call"
    KEEP_ROSTER = "keep the roster"
    MANAGE_USERS = "manage users"
    CHANGE_SETTINGS = "change settings"
    RELEASE_LOCKOUT = "release a locked sign-in"
    TAKE_IN = "take in what was handed in"
    CHECK_ELIGIBILITY = "check eligibility"
    TAKE_CASE = "take an officer intervention"
    FIND_CASES = "find cases"
    READ_CASE = "read a case"
    AMEND_CASE = "amend a case"
    ISSUE_CASE_PAPER = "issue a paper of a case"
    NOTE_OFFER = "note an offer"
    KEEP_PADS = "keep citation pads"
    RECORD_PROGRESS = "record progress"
    RECORD_TREATMENT = "record treatment"
    EXTEND_CASE = "extend or stop the clock of a case"
    CLOSE_CASE = "close a case"
    SEAL_CASE = "seal a case"
    OVERRIDE = "override a rule"
    APPROVE = "approve"
    SETTLE_CONFLICT = "settle a conflict"
    SEE_CASELOAD = "see the caseload"
    READ_SEALED = "read a sealed case"
    FLAG_PERSON = "flag a person"
    MERGE_PEOPLE = "merge people"
    KEEP_APART = "keep a person from a colleague"
    FOLLOW_UP = "follow up"
    MAKE_REFERRAL = "make a referral"
    EDIT_PROVIDERS = "edit providers"
    KEEP_CONSENT = "keep a consent"
    DISCLOSE = "disclose"
    SCREEN = "screen"
    GIVE_AID = "give aid"
    KEEP_STOCK = "keep the stock of aid"
    PROPOSE_PURGE = "propose a purge"
    APPROVE_PURGE = "approve a purge"
    HOLD_RECORDS = "hold records"
    KEEP_LOGS = "keep the logs of requests, complaints and breaches"
    ENROL_STATION = "enrol or strike a station"
    KEEP_STORES = "keep the stores of bundles"
    CARRY_BUNDLES = "carry bundles on a stick"
    KEEP_RECIPIENTS = "keep the recipients of disclosures"
    SETTLE_NAMES = "settle names that differ"
    TURN_PAGE = "turn the page"
    GRANT_KEYS = "grant keys"
    DRILL_CARD = "check a recovery card"
    KEEP_CARDS = "keep the recovery cards"
    KEEP_BACKUPS = "keep the backups"
    UPDATE_PROGRAM = "update the program"
    SEE_TRUST = "see the trust page"
    REVIEW_AUDIT = "review the audit trail"
    EXPORT_AUDIT = "export the audit trail"
    MAKE_SUPPORT_FILE = "make a support file"
    APPROVE_RETENTION = "approve how long records are kept"
    SEE_NUMBERS = "see the numbers of the files that one reads"
    RELEASE_NUMBERS = "release numbers"
    SEE_RELEASED = "see released numbers"
    NOTE_REARREST = "note whether somebody was arrested again"
    GIVE_STATUS_LIST = "give the status list to the prosecutor"
    EXPORT_RECORDS = "export records for a state, a funder or an evaluator"
    IMPORT_PAST = "import past cases"
    MERGE_DEPARTMENTS = "merge extracts of several departments"


_RECEPTION: Final = frozenset({
    May.TAKE_WALK_IN, May.ISSUE_PAPER, May.SEE_PROVIDERS, May.LOG_CALL, May.CHECK_ELIGIBILITY,
})  # fmt: skip
_DESK: Final = _RECEPTION | {
    May.FIND_PEOPLE, May.READ_INTAKE, May.AMEND_INTAKE, May.TAKE_IN, May.FLAG_PERSON,
    May.FOLLOW_UP, May.MAKE_REFERRAL, May.KEEP_CONSENT, May.GIVE_AID, May.KEEP_STOCK,
    May.GRANT_KEYS,
}  # fmt: skip
_FOLLOW: Final = frozenset({
    May.FIND_CASES, May.READ_CASE, May.ISSUE_CASE_PAPER, May.RECORD_PROGRESS,
    May.CHECK_ELIGIBILITY,
})  # fmt: skip
_OFFICER: Final = _RECEPTION | _FOLLOW | {
    May.TAKE_CASE, May.AMEND_CASE, May.NOTE_OFFER, May.KEEP_PADS, May.TAKE_IN, May.GRANT_KEYS,
}  # fmt: skip

MATRIX: Final = {
    Role.FRONT_DESK: _DESK,
    Role.RECEPTION: _RECEPTION,
    Role.COORDINATOR: _DESK | _FOLLOW | {
        May.IMPORT_PROVIDERS, May.KEEP_ROSTER, May.RECORD_TREATMENT, May.EXTEND_CASE,
        May.CLOSE_CASE, May.SEAL_CASE, May.MERGE_PEOPLE, May.KEEP_APART, May.EDIT_PROVIDERS,
        May.DISCLOSE, May.SCREEN, May.PROPOSE_PURGE, May.HOLD_RECORDS, May.CARRY_BUNDLES,
        May.SETTLE_NAMES, May.TURN_PAGE, May.DRILL_CARD, May.KEEP_BACKUPS, May.SEE_TRUST,
        May.MAKE_SUPPORT_FILE, May.SEE_NUMBERS, May.RELEASE_NUMBERS, May.SEE_RELEASED,
        May.NOTE_REARREST, May.GIVE_STATUS_LIST, May.EXPORT_RECORDS, May.IMPORT_PAST,
        May.MERGE_DEPARTMENTS,
    },
    Role.OFFICER: _OFFICER,
    Role.SUPERVISOR: _OFFICER | {
        May.KEEP_ROSTER, May.RELEASE_LOCKOUT, May.EXTEND_CASE, May.CLOSE_CASE, May.SEAL_CASE,
        May.OVERRIDE, May.APPROVE, May.SETTLE_CONFLICT, May.SEE_CASELOAD, May.PROPOSE_PURGE,
        May.APPROVE_PURGE, May.HOLD_RECORDS, May.KEEP_APART, May.CARRY_BUNDLES, May.TURN_PAGE,
        May.DRILL_CARD, May.KEEP_BACKUPS, May.SEE_TRUST, May.MAKE_SUPPORT_FILE,
        May.SEE_NUMBERS, May.RELEASE_NUMBERS, May.SEE_RELEASED, May.NOTE_REARREST,
        May.GIVE_STATUS_LIST, May.EXPORT_RECORDS, May.IMPORT_PAST,
    },
    Role.ADMINISTRATOR: frozenset({
        May.SEE_PROVIDERS, May.IMPORT_PROVIDERS, May.KEEP_ROSTER, May.MANAGE_USERS,
        May.CHANGE_SETTINGS, May.RELEASE_LOCKOUT, May.EDIT_PROVIDERS, May.KEEP_STOCK,
        May.ENROL_STATION, May.KEEP_STORES, May.CARRY_BUNDLES, May.KEEP_RECIPIENTS,
        May.DRILL_CARD, May.KEEP_CARDS, May.KEEP_BACKUPS, May.SEE_TRUST, May.EXPORT_AUDIT,
        May.MAKE_SUPPORT_FILE, May.SEE_RELEASED, May.MERGE_DEPARTMENTS, May.UPDATE_PROGRAM,
    }),
    Role.PRIVACY_OFFICER: frozenset({
        May.TAKE_IN, May.READ_SEALED, May.PROPOSE_PURGE, May.APPROVE_PURGE, May.HOLD_RECORDS,
        May.KEEP_LOGS, May.TURN_PAGE, May.GRANT_KEYS, May.SEE_TRUST, May.REVIEW_AUDIT,
        May.EXPORT_AUDIT, May.APPROVE_RETENTION, May.SEE_RELEASED,
    }),
}  # fmt: skip

KEYS: Final = {
    Role.FRONT_DESK: frozenset({Compartment.STATION, Compartment.CARE}),
    Role.RECEPTION: frozenset({Compartment.STATION}),
    Role.COORDINATOR: frozenset({Compartment.STATION, Compartment.CARE, Compartment.CASES}),
    Role.OFFICER: frozenset({Compartment.STATION, Compartment.CASES}),
    Role.SUPERVISOR: frozenset({Compartment.STATION, Compartment.CASES}),
    Role.ADMINISTRATOR: frozenset({Compartment.STATION}),
    Role.PRIVACY_OFFICER: frozenset({Compartment.STATION, Compartment.SEALED}),
}
"""Which keys a role is granted. Who takes an intake without its key hands it in (drop box)."""

RECORDS: Final = (Compartment.CARE, Compartment.CASES, Compartment.SEALED)
"""The files of people: their keys are given by holders, never by administrators."""

READS: Final = {
    Compartment.STATION: None,  # everybody who works here
    Compartment.CARE: May.READ_INTAKE,
    Compartment.CASES: May.READ_CASE,
    Compartment.SEALED: May.READ_SEALED,
}
"""What only the roles with the key of a file include: only they can say something of the file."""

HANDS_IN: Final = {
    Compartment.CARE: May.TAKE_WALK_IN,
    Compartment.CASES: May.TAKE_CASE,
    Compartment.SEALED: May.SEAL_CASE,
}
"""What a role must include to hand in to a file."""


def may(roles: frozenset[Role], act: May) -> bool:
    """Whether any of these roles includes an act."""
    return any(act in MATRIX[role] for role in roles)


def require(roles: frozenset[Role], act: May) -> None:
    """Refuse unless one of these roles includes the act.

    Raises:
        NotAllowed: None does.
    """
    if not may(roles, act):
        raise NotAllowed(act)
