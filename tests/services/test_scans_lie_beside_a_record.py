"""Scans and photos are archived bytes of the same encrypted file; none lies in the clear."""

from pathlib import Path
from typing import Any

import pytest
from profiles import Desks, Profile
from scans import MORE_THAN_PAGES, SECRET, gif, noise, pdf, photo, plain_png
from walk_ins import taken

from intake_app.domain.attachment import MEGABYTE, Kind
from intake_app.domain.care_errors import (
    FileHasMore,
    FileKeptAlready,
    FileKindUnknown,
    FileLocked,
    FileTooLarge,
)
from intake_app.domain.errors import (
    DiskFull,
    EnteredInError,
    NotAllowed,
    ReasonMissing,
    RecordMissing,
    UnknownCode,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.services.desk import Desk
from intake_app.services.intakes.attachments import (
    add_attachment,
    attachment_bytes,
    attachments_of,
    remove_attachment,
)
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.records.veil import unveiled
from intake_app.services.records.writing import write
from intake_app.services.signing.setting_up import AGENCY, THE_AGENCY


@pytest.fixture
def intake(desk: Desk) -> RecordId:
    return taken(desk).record


def acts(desk: Desk, record: RecordId) -> list[str]:
    return [line.act.what for line in desk.care_file.audit_of([record])]


def test_a_scan_is_kept_listed_and_opened(desk: Desk, intake: RecordId) -> None:
    ident = add_attachment(desk, intake, pdf(pages=2), "letter")
    (one,) = attachments_of(desk, intake).kept
    assert (one.record, one.kind, one.pages) == (ident, Kind.PDF, 2)
    assert one.label.said_in("es") == "Carta"
    data = attachment_bytes(desk, ident)
    assert data.startswith(b"%PDF")
    assert one.size == len(data)
    assert SECRET not in data
    assert acts(desk, ident) == ["add attachment", "read attachment"]


def test_the_limit_is_what_the_department_decided(desk: Desk, intake: RecordId) -> None:
    assert attachments_of(desk, intake).limit == 10 * MEGABYTE
    change = write(desk.station, desk.person.id, AGENCY, THE_AGENCY, {"attachment_mb": 1})
    desk.station.apply([change], desk.act("change settings"))
    assert attachments_of(desk, intake).limit == MEGABYTE
    with pytest.raises(FileTooLarge):
        add_attachment(desk, intake, plain_png() + b"\x00" * MEGABYTE, "photo")


def test_what_cannot_be_kept_is_refused_and_leaves_nothing(desk: Desk, intake: RecordId) -> None:
    refused = (
        (gif(), FileKindUnknown), (b"", FileKindUnknown), (photo(), FileHasMore),
        (plain_png() + b"more", FileHasMore), (pdf(password="x"), FileLocked),  # noqa: S106
        *((pdf(change), FileHasMore) for change in MORE_THAN_PAGES),
    )  # fmt: skip
    for data, error in refused:
        with pytest.raises(error):
            add_attachment(desk, intake, data, "photo")
    assert attachments_of(desk, intake).kept == ()


def test_the_same_scan_is_kept_once(desk: Desk, intake: RecordId) -> None:
    add_attachment(desk, intake, plain_png(), "photo")
    with pytest.raises(FileKeptAlready):
        add_attachment(desk, intake, plain_png(), "letter")
    add_attachment(desk, taken(desk).record, plain_png(), "photo")  # another person's


def test_one_is_taken_away_with_a_reason(desk: Desk, intake: RecordId) -> None:
    ident = add_attachment(desk, intake, plain_png(), "photo")
    with pytest.raises(ReasonMissing):
        remove_attachment(desk, ident, " ")
    remove_attachment(desk, ident, "another person's")
    assert attachments_of(desk, intake).kept == ()
    with pytest.raises(RecordMissing):
        attachment_bytes(desk, ident)


def test_a_label_that_is_not_offered_is_refused(desk: Desk, intake: RecordId) -> None:
    with pytest.raises(UnknownCode):
        add_attachment(desk, intake, plain_png(), "passport")


def test_an_intake_in_error_takes_none(desk: Desk, intake: RecordId) -> None:
    mark_entered_in_error(desk, intake, "wrong person")
    with pytest.raises(EnteredInError):
        add_attachment(desk, intake, plain_png(), "photo")
    assert not attachments_of(desk, intake).may_add


def test_care_and_cases_never_mix(desks: Desks) -> None:
    """A coordinator holds both keys; each scan lies in the file of its record alone."""
    officer, front, both = (
        desks(role) for role in (Role.OFFICER, Role.FRONT_DESK, Role.COORDINATOR)
    )
    intake = taken(front).record
    assert officer.cases is not None
    (case, *_) = officer.cases.newest("intake")
    mine = add_attachment(front, intake, plain_png(), "treatment_letter")
    theirs = add_attachment(officer, case.record, pdf(), "receipt")
    with pytest.raises(UnknownCode):
        add_attachment(officer, case.record, pdf(pages=2), "treatment_letter")
    for desk, foreign in ((front, theirs), (officer, mine)):
        with pytest.raises((RecordMissing, NotAllowed)):
            attachment_bytes(desk, foreign)
    assert attachment_bytes(both, mine)
    assert attachment_bytes(both, theirs)
    assert not attachments_of(both, case.record).may_add
    with pytest.raises((NotAllowed, RecordMissing)):
        add_attachment(both, case.record, pdf(pages=3), "receipt")


def test_a_full_disk_keeps_nothing_and_loses_nothing(desk: Desk, intake: RecordId) -> None:
    file: Any = unveiled(desk.care_file)
    used = file.database.conn.execute("PRAGMA page_count").fetchone()[0]
    file.database.conn.execute(f"PRAGMA max_page_count = {used + 2}").fetchone()
    large = noise()
    with pytest.raises(DiskFull):
        add_attachment(desk, intake, large, "photo")
    assert attachments_of(desk, intake).kept == ()
    file.database.conn.execute("PRAGMA max_page_count = 1000000").fetchone()
    assert add_attachment(desk, intake, large, "photo")


def test_no_bytes_of_it_lie_in_the_clear(desk: Desk, intake: RecordId, profile: Profile) -> None:
    data = noise()
    add_attachment(desk, intake, data, "photo")
    piece = data[1000:1064]
    assert piece in data
    files = [path for path in Path(profile.folder).rglob("*") if path.is_file()]
    assert files
    assert not any(piece in path.read_bytes() for path in files)
