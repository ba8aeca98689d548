"""When something was last written in a file."""

from intake_app.storage.driver import Database


def newest_line(db: Database) -> str:
    """The moment of the last line of the log (`stamp`); empty where there is none."""
    found = db.conn.execute("SELECT at FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    return str(found[0]) if found else ""
