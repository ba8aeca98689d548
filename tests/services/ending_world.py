"""People whose records end: values that nobody else has, who proposes, who approves."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from profiles import Desks, Profile
from walk_ins import CONSENT, taken

from intake_app.domain.ids import RecordId
from intake_app.domain.purge import Way
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.papers.papers import issue_papers
from intake_app.services.purging.purging import Wanted, approve_purge, propose_purge
from intake_app.services.records.veil import unveiled
from intake_app.storage.compartment import Compartment as File
from intake_app.vault.page_reader import pieces

if TYPE_CHECKING:
    from intake_app.domain.clock import FixedClock

PLANTED: dict[str, Any] = {
    "first_name": "Wrenna",
    "last_name": "Quillfeather",
    "date_of_birth": "1991-04-07",
    "own_words": "Hopes to paint the vermilion silo again.",
}
VALUES = ("Quillfeather", "Wrenna", "vermilion", "1991-04-07")


def planted(desk: Desk, **answers: object) -> RecordId:
    """A walk-in with a consent and a paper, of somebody whose values nobody else has."""
    consent = {**CONSENT, "consent_name": "Wrenna Quillfeather"}
    ident = taken(desk, **PLANTED, **consent, **answers).record
    issue_papers(desk, ident, ["referral_letter_participant"])
    return ident


def ordered(
    desks: Desks, *records: RecordId, basis: str = "request", way: Way = Way.PURGE,
    compartment: Compartment = Compartment.CARE,
) -> RecordId:  # fmt: skip
    """Proposed by the coordinator, approved by the supervisor a second later."""
    coordinator, supervisor = desks(Role.COORDINATOR), desks(Role.SUPERVISOR)
    tick(coordinator)
    order = propose_purge(coordinator, Wanted(compartment, records, basis, way))
    tick(supervisor)
    approve_purge(supervisor, order)
    return order


def tick(desk: Desk, **span: float) -> None:
    """A second goes by: two desks at one file in one process would give the same ids to changes."""
    cast("FixedClock", desk.clock).at += timedelta(**span or {"seconds": 1})


def file_of(desk: Desk, compartment: Compartment = Compartment.CARE) -> File:
    """The file itself."""
    found = desk.open_file(compartment)
    assert found
    return cast("File", unveiled(found))


def later(profile: Profile, **span: float) -> None:
    """The clock goes on, for everybody."""
    profile.clock.at += timedelta(**span)


def in_the_clear(profile: Profile, compartment: Compartment) -> bytes:
    """All pages of a file in the clear, as a thief with the key would read them."""
    gate = profile.gate()
    role = Role.PRIVACY_OFFICER if compartment is Compartment.SEALED else Role.COORDINATOR
    profile.unlock(gate, role)
    assert gate._keys
    key = gate._keys.file_key(compartment)
    gate.lock()
    return b"".join(pieces(profile.folder / f"{compartment}.db", key))


def left(data: bytes, values: tuple[str, ...] = VALUES) -> list[str]:
    """Which values are still there, whatever their capitals."""
    small = data.lower()
    return [value for value in values if value.lower().encode() in small]


def put_back(copy: Path, profile: Profile) -> None:
    """An older copy of a file comes back in place of the newer one."""
    target = profile.folder / copy.name
    for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
        (profile.folder / name).unlink(missing_ok=True)
    shutil.copy(copy, target)
