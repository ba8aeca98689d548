"""The audit of a real profile: people come, do something, and leave after a quiet minute."""

from collections.abc import Generator
from contextlib import contextmanager

from profiles import Profile

from intake_app.domain.audit_trail import BEGINNING, Place, link
from intake_app.domain.roles import Compartment, Role
from intake_app.services.chores import do_chores
from intake_app.services.desk import Desk
from intake_app.services.records.veil import unveiled
from intake_app.storage.audit import lines_after
from intake_app.storage.compartment import Compartment as File


@contextmanager
def working(profile: Profile, role: Role, *, chores: bool = True) -> Generator[Desk]:
    """Somebody of a role signs in, works, and leaves after a quiet minute."""
    gate = profile.gate()
    try:
        desk = profile.unlock(gate, role)
        yield desk
        if chores:
            assert do_chores(desk, lambda: False)
    finally:
        gate.lock()


def file_of(desk: Desk, name: Compartment) -> File:
    """The real file below the desk."""
    found = desk.open_file(name)
    assert found is not None
    file = unveiled(found)
    assert isinstance(file, File)
    return file


def write_anew(file: File, n: int, **to: str) -> None:
    """What somebody with the file's key and their own tools can do: change a line, and rebind all.

    The chain fits again, and so do the notes of the file itself.
    """
    conn = file.database.conn
    for column, value in to.items():
        conn.execute(f"UPDATE audit SET {column}=? WHERE n=?", (value, n))
    before, places = BEGINNING, {0: BEGINNING}
    for line in lines_after(file.database, 0):
        here = Place(line.n, link(before.chain, line))
        conn.execute("UPDATE audit SET chain=? WHERE n=?", (here.chain, here.n))
        before = places[line.n] = here
    for note in ("audit verified", "audit sealed"):
        if known := Place.of_text(file.meta(note)).n:
            file.set_meta(note, places[known].text)


def acts(file: File) -> list[tuple[str, str]]:
    """(act, outcome) of all lines."""
    return [(line.act.what, line.act.outcome) for line in lines_after(file.database, 0)]


def station_acts(desk: Desk) -> list[tuple[str, str]]:
    """The same of `station`."""
    return acts(file_of(desk, Compartment.STATION))
