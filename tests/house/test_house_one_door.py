"""Nothing but `storage/apply.py` writes records; read from the syntax trees, not believed.

Two rooms of the door have tables of their own, and only the door may enter them.
Two ways to write are looked for: SQL in a text that is not a docstring, and the writing methods of
sqlite-utils on a table. A table that stands in neither list below is an offense of its own, so a
new table has to be put where it belongs.
"""

import ast
import re

import pytest
from house_source import Source, docstrings, sources

DOOR = "intake_app/storage/apply.py"
MIGRATIONS = "intake_app/storage/schema.py"
MIGRATED = {"facts"}
"""What a migration may fill anew: rows that are made of records, not records."""

STORAGE = "intake_app/storage/"
TABLES = "intake_app/tables/"
"""Its SQL is DuckDB's, in memory: an import contract keeps SQLite, and so all records, from it."""

BEHIND_THE_DOOR = {
    "record", "facts", "change", "search", "likeness", "early", "blob", "quarantine",
}  # fmt: skip
ROOMS = {
    "intake_app/storage/finding.py": {"search", "likeness"},
    "intake_app/storage/change_log.py": {"change", "quarantine"},
    "intake_app/storage/early.py": {"early"},
}
"""Parts of the door, each with its own tables."""

ENTER = {
    "finding": {"apply", "compartment"},  # who fills likeness when a file is opened
    "change_log": {"apply", "lines", "streams"},
    "early": {"apply"},
}
"""Who may import a room: modules of storage."""

BESIDE_IT = {
    "draft", "draft_paper", "meta", "serial", "audit", "stream", "cut",
    "journey", "trait", "journey_owed",  # derived from records, and made anew at any time
}  # fmt: skip
COPIES = {"temp"}
"""The schema of copies in memory, which are gone after a question (`storage.measuring`)."""

NAME = r"[\"'`\[]?([\w{}]+)[\"'`\]]?"
WRITING_SQL = re.compile(
    rf"\b(?:(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO\s+{NAME}"
    rf"|UPDATE\s+(?:OR\s+\w+\s+)?{NAME}\s+SET\b"
    rf"|DELETE\s+FROM\s+{NAME}"
    rf"|DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?{NAME})",
    re.IGNORECASE,
)
MAKING_SQL = re.compile(
    rf"\bCREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{NAME}", re.IGNORECASE
)
SEARCH_SETTING = re.compile(r"INSERT\s+INTO\s+(\w+)\s*\(\s*\1\s*,", re.IGNORECASE)
"""How FTS5 is told a setting; it writes no record."""

FILE_NAMES = {"db", "_db", "database", "_database"}
WRITING_CALLS = {
    "insert", "insert_all", "upsert", "upsert_all", "update", "delete", "delete_where", "lookup",
    "m2m", "drop", "transform",
}  # fmt: skip


def texts(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    """Texts that run, with `{}` where something is filled in, and neighbors joined by +."""
    told = docstrings(tree)
    inside = {id(part) for node in ast.walk(tree) for part in _parts(node)}
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(tree):
        if id(node) not in told and id(node) not in inside:
            text = _text(node)
            if text:
                found.append((node, text))
    return found


def _parts(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and _text(node)):
        return [each for each in ast.walk(node) if each is not node]
    return []


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
        left, right = _text(node.left), _text(node.right)
        return (left or "{}") + (right or "{}") if left or right else ""
    return ""


def written_tables(source: Source) -> list[tuple[ast.AST, str]]:
    """Each place that writes to a table, with the table's name ("{}" if only known at run time)."""
    tree = source.tree
    found: list[tuple[ast.AST, str]] = []
    for node, text in texts(tree):
        for match in WRITING_SQL.finditer(text):
            if not SEARCH_SETTING.match(text, match.start()):
                found.append((node, next(filter(None, match.groups()))))
    return found + _written_by_calls(tree)


def _written_by_calls(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    bound = {
        ast.unparse(target): _table_of(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if _table_of(node.value)
    }
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        receiver = node.func.value
        table = _table_of(receiver) or bound.get(ast.unparse(receiver), "")
        if table and node.func.attr in WRITING_CALLS:
            found.append((node, table))
    return found


def _table_of(node: ast.AST) -> str:
    """The table that `db.table("x")` or `db["x"]` stands for."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        return (_text(node.args[0]) or "{}") if node.func.attr == "table" else ""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).split(".")[-1] in FILE_NAMES:
        return _text(node.slice) or "{}"
    return ""


def offenses(source: Source) -> list[str]:
    if source.name == DOOR:
        allowed = BEHIND_THE_DOOR | BESIDE_IT
    else:
        allowed = BESIDE_IT | COPIES if source.name.startswith(STORAGE) else set[str]()
        allowed = allowed | (MIGRATED if source.name == MIGRATIONS else set[str]())
        allowed = allowed | ROOMS.get(source.name, set())
    return [
        source.at(node, f"writes to {table}")
        for node, table in written_tables(source)
        if table.lower() not in allowed
    ]


def test_only_apply_writes_records() -> None:
    assert [
        each
        for source in sources("intake_app")
        if not source.name.startswith(TABLES)
        for each in offenses(source)
    ] == []


def test_apply_is_really_seen_writing_every_table_behind_the_door() -> None:
    door = [each for each in sources("intake_app") if each.name == DOOR or each.name in ROOMS]
    assert {table for each in door for _, table in written_tables(each)} >= BEHIND_THE_DOOR


@pytest.mark.parametrize("room", ENTER)
def test_only_the_door_enters_its_rooms(room: str) -> None:
    entering = {
        source.name.removeprefix(STORAGE).removesuffix(".py")
        for source in sources("intake_app")
        if re.search(rf"\bstorage import [^\n]*\b{room}\b|\bstorage\.{room}\b", source.text)
    }
    assert entering == ENTER[room]


def test_every_table_that_is_made_has_its_place() -> None:
    made = {
        match[1]
        for source in sources("intake_app")
        if source.name.startswith(STORAGE)
        for _, text in texts(source.tree)
        for match in MAKING_SQL.finditer(text)
    }
    assert made == BEHIND_THE_DOOR | BESIDE_IT


@pytest.mark.parametrize(
    "line",
    [
        'db.execute("INSERT INTO record VALUES (1)")',
        'db.execute("insert or ignore into facts(n) values (1)")',
        'db.execute("REPLACE INTO change VALUES (1)")',
        'db.execute("UPDATE record SET kind = 1")',
        "db.execute('UPDATE OR IGNORE \"record\" SET kind = 1')",
        'db.execute("DELETE FROM early")',
        'db.execute(f"DELETE FROM search WHERE rowid={n}")',
        'db.execute(f"DELETE FROM {table}")',
        'db.execute("DELETE FROM " + table)',
        'db.execute("DELETE " + "FROM record")',
        'SQL = "INSERT INTO blob " "VALUES (?)"',
        'db.table("record").insert({})',
        "db.table(name).upsert_all([])",
        'self.db["facts"].delete_where()',
        't = db.table("change")\nt.insert_all([])',
        'self._t = db.table("record")\nself._t.update(1, {})',
        'db.execute("INSERT INTO brand_new VALUES (1)")',
        'db.execute("DROP TABLE record")',
    ],
)
def test_an_offender_is_found(line: str) -> None:
    assert len(offenses(Source("intake_app/storage/lists.py", line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        'db.execute("SELECT * FROM record")',
        'db.execute("INSERT INTO draft VALUES (1) ON CONFLICT (id) DO UPDATE SET body = 1")',
        'db.table("meta").insert({})',
        '"""Whoever may DELETE FROM record reads this."""',
        "db.execute(\"INSERT INTO search (search, rank) VALUES ('secure-delete', 1)\")",
        'words["record"].update({})',
    ],
)
def test_what_is_allowed_is_not_found(line: str) -> None:
    assert offenses(Source("intake_app/storage/lists.py", line)) == []


def test_outside_storage_not_even_a_draft_is_written() -> None:
    line = 'db.execute("INSERT INTO draft VALUES (1)")'
    assert len(offenses(Source("intake_app/services/records/drafts.py", line))) == 1
