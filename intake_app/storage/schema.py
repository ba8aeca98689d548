"""Numbered migrations of an encrypted file. Each stands alone, is one transaction, and has a test.

A migration imports nothing of the program, because the program will change and it must not.
"""

from contextlib import closing
from functools import cache

from intake_app.domain.errors import StoreTooNew
from intake_app.storage.driver import Database, Migrations, translated

migrations = Migrations("compartment")


@migrations()
def m001_start(db: Database) -> None:
    """Records with their facts and search, the log, what was archived, audit, drafts."""
    for statement in (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        # base: the change that wrote every field which `register` does not name
        "CREATE TABLE record (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
        " about TEXT NOT NULL, state INTEGER NOT NULL, is_fact INTEGER NOT NULL,"
        " base TEXT NOT NULL, fields TEXT NOT NULL, register TEXT)",
        "CREATE INDEX record_about ON record (about, kind, n) WHERE about <> ''",
        "CREATE INDEX record_kind ON record (kind, n)",
        "CREATE TABLE facts (n INTEGER PRIMARY KEY, state INTEGER NOT NULL, kind TEXT NOT NULL,"
        " about TEXT NOT NULL, number TEXT NOT NULL, sort_name TEXT NOT NULL, name TEXT NOT NULL,"
        " born TEXT NOT NULL, opened TEXT NOT NULL, pathway TEXT NOT NULL, program TEXT NOT NULL,"
        " status TEXT NOT NULL, language TEXT NOT NULL, due TEXT NOT NULL, by TEXT NOT NULL)",
        "CREATE INDEX facts_name ON facts (kind, state, sort_name, n)",
        "CREATE INDEX facts_opened ON facts (kind, state, opened, n)",
        "CREATE INDEX facts_due ON facts (kind, state, due, n) WHERE due <> ''",
        # stream and bundle: which numbered bundle brought a change, or takes it away (0: it waits)
        "CREATE TABLE change (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL,"
        " do TEXT NOT NULL, stream TEXT NOT NULL, bundle INTEGER NOT NULL, body BLOB)",
        "CREATE INDEX change_record ON change (record, n)",
        "CREATE INDEX outbox ON change (n) WHERE bundle = 0",
        "CREATE TABLE early (id TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (id, field))"
        " WITHOUT ROWID",
        "CREATE TABLE quarantine (n INTEGER PRIMARY KEY, why TEXT NOT NULL, body BLOB NOT NULL)",
        "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL)",
        "CREATE TABLE audit (n INTEGER PRIMARY KEY, at TEXT NOT NULL, user TEXT NOT NULL,"
        " act TEXT NOT NULL, record TEXT NOT NULL, outcome TEXT NOT NULL, chain TEXT NOT NULL)",
        "CREATE TABLE serial (series TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE draft (id TEXT PRIMARY KEY, author TEXT NOT NULL, pathway TEXT NOT NULL,"
        " started TEXT NOT NULL, saved TEXT NOT NULL, keys TEXT NOT NULL, body BLOB NOT NULL)",
        "CREATE TABLE draft_paper (id TEXT PRIMARY KEY, draft TEXT NOT NULL REFERENCES draft (id)"
        " ON DELETE CASCADE, body BLOB NOT NULL)",
        "CREATE VIRTUAL TABLE search USING fts5"
        ' (words, tokenize = "unicode61 remove_diacritics 2")',
        # without it, FTS5 keeps deleted words in its index even after VACUUM (measured)
        "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    ):
        db.conn.execute(statement)


@migrations()
def m002_drafts_are_handed_in(db: Database) -> None:
    """When a draft was handed in to who holds the key of its records; empty before."""
    db.conn.execute("ALTER TABLE draft ADD COLUMN submitted TEXT NOT NULL DEFAULT ''")


@migrations()
def m003_intakes_of_one_person(db: Database) -> None:
    """Whose intake it is, and what is owed by whom."""
    for statement in (
        "ALTER TABLE facts ADD COLUMN person TEXT NOT NULL DEFAULT ''",
        "UPDATE facts SET person = (SELECT id FROM record r WHERE r.n = facts.n)"
        " WHERE pathway <> ''",
        "CREATE INDEX facts_person ON facts (person, kind, n) WHERE person <> ''",
        "CREATE INDEX facts_owner ON facts (kind, state, by, due, n) WHERE due <> ''",
    ):
        db.conn.execute(statement)


@migrations()
def m004_who_may_be_the_same(db: Database) -> None:
    """Keys by which entries about one person are found; they are filled when a file is opened."""
    for statement in (
        # keys are only asked for, never shown: where they stand in a line is not kept
        "CREATE VIRTUAL TABLE likeness USING fts5"
        " (keys, identity UNINDEXED, detail=none, columnsize=0)",
        "INSERT INTO likeness (likeness, rank) VALUES ('secure-delete', 1)",
    ):
        db.conn.execute(statement)


@migrations()
def m005_streams_of_bundles(db: Database) -> None:
    """How far the bundles of each station went, what is being sent, what is set aside and why."""
    for statement in (
        # sealed: the last own bundle that lies in the tray
        "CREATE TABLE stream (name TEXT PRIMARY KEY, applied INTEGER NOT NULL,"
        " sealed INTEGER NOT NULL) WITHOUT ROWID",
        # changes that have an own bundle's number, and that bundle does not lie in the tray yet
        "CREATE TABLE cut (change INTEGER PRIMARY KEY, bundle INTEGER NOT NULL)",
        # id: of the change; where none can be read, a hash of the line
        "ALTER TABLE quarantine ADD COLUMN id TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE quarantine ADD COLUMN stream TEXT NOT NULL DEFAULT 'local/0'",
        "ALTER TABLE quarantine ADD COLUMN bundle INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX quarantine_id ON quarantine (id)",
    ):
        db.conn.execute(statement)


@migrations()
def m006_where_people_differ(db: Database) -> None:
    """Finds what several people wrote in one place, acts that contradict, and numbers given twice.

    What was written so far was written here: there is nothing in it to look at again.
    """
    for statement in (
        # the words of the first must be those of `differing`, or it is not used
        "CREATE INDEX record_rivals ON record (n) WHERE state=0 AND register IS NOT NULL"
        " AND (substr(register,-4)<>',{}]' OR instr(fields,'\"~deleted\":{')>0)",
        "CREATE INDEX facts_conflict ON facts (n) WHERE status='conflict' AND state=0",
        "CREATE INDEX facts_number ON facts (number)"
        " WHERE kind='intake' AND state=0 AND number<>''",
        "INSERT INTO meta SELECT 'folded', coalesce(max(n), 0) FROM change",
    ):
        db.conn.execute(statement)


@migrations()
def m007_journeys(db: Database) -> None:
    """What measures read, derived from records: one row an intake, and what it is cut by."""
    texts = (
        "record", "subject", "intake", "person", "pathway", "program", "by", "status",
        "opened_on", "eligible", "why_not_eligible", "offered_on", "why_not_offered",
        "accepted_on", "declined_on", "why_declined", "tried_on", "contact_on", "engaged_on",
        "plan_on", "closed_on", "outcome", "why_closed", "notice_on", "report_by", "reported_at",
        "complete_by", "charge", "handoff", "wanted_place", "placed", "provider", "answer",
        "why_refused", "came_on", "visit_on", "rearrest_asked_on", "rearrested_on", "overdose_on",
        "overdose_again_on", "overdose_fatal_on", "next_due",
    )  # fmt: skip
    numbers = (
        "contact_business_days", "handoff_minutes", "wait_days", "scheduled", "attended", "tries",
        "kits", "officer_minutes", "arrested_before", "drive_minutes",
    )  # fmt: skip
    columns = [f'"{name}" TEXT NOT NULL' for name in texts]
    columns += [f'"{name}" INTEGER' for name in numbers]
    for statement in (
        f"CREATE TABLE journey (n INTEGER PRIMARY KEY, {', '.join(columns)})",
        "CREATE UNIQUE INDEX journey_record ON journey (record)",
        "CREATE INDEX journey_intake ON journey (intake)",
        "CREATE INDEX journey_opened ON journey (subject, opened_on)",
        # journey: its n; a cut has several codes where somebody said several
        "CREATE TABLE trait (cut TEXT NOT NULL, journey INTEGER NOT NULL, code TEXT NOT NULL,"
        " PRIMARY KEY (cut, journey, code)) WITHOUT ROWID",
        "CREATE INDEX trait_journey ON trait (journey)",
        "CREATE INDEX journey_person ON journey (person)",
        "CREATE INDEX journey_visit ON journey (visit_on) WHERE visit_on <> ''",
        # to be made anew although nothing was written: a purge took what it was partly made of
        "CREATE TABLE journey_owed (record TEXT PRIMARY KEY) WITHOUT ROWID",
        "INSERT INTO meta VALUES ('journeyed', '0')",
    ):
        db.conn.execute(statement)


def migrate(db: Database) -> None:
    """Bring a file up to date.

    Raises:
        StoreTooNew: A newer program has written it.
    """
    with translated():
        if {migration.name for migration in migrations.applied(db)} - _known():
            raise StoreTooNew
        migrations.apply(db)


def newest() -> int:
    """Number of the last migration: files that have it are not read by a program without it."""
    return len(_known())


@cache
def _known() -> frozenset[str]:
    """The names of all migrations: those that an empty file waits for."""
    with closing(Database(memory=True)) as empty:
        return frozenset(migration.name for migration in migrations.pending(empty))
