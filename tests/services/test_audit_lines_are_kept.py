"""Lines are kept three years, then archived and cut off; the chain goes on, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from audit_world import file_of, working
from profiles import Profile
from walk_ins import seen, taken

from intake_app.domain.audit_trail import BEGINNING, Standing
from intake_app.domain.errors import AuditBroken, CannotOpen, NoGrant, StorageFailed
from intake_app.domain.roles import Compartment, Role
from intake_app.services.audit import keeping
from intake_app.services.audit.checking import verify_trails
from intake_app.services.audit.export_file import check_export, lines_in
from intake_app.services.audit.exporting import export_trail
from intake_app.services.audit.keeping import archive_old_lines, archives, open_archive
from intake_app.services.audit.parts import parts_of
from intake_app.services.desk import Desk
from intake_app.vault.audit_proof import prove

CARE = Compartment.CARE
THREE_YEARS = timedelta(days=3 * 366)


@pytest.fixture(scope="module")
def years_ago(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """Somebody worked here in 2026; now it is three years later. Made once."""
    made = template.copy_to(tmp_path_factory.mktemp("years ago") / "profile")
    with working(made, Role.FRONT_DESK) as desk:
        for _ in range(3):
            seen(desk, taken(desk).record)
    made.clock.at += THREE_YEARS
    return made


@pytest.fixture
def old(years_ago: Profile, tmp_path: Path) -> Profile:
    """A copy for each test."""
    return years_ago.copy_to(tmp_path / "old")


def length(desk: Desk) -> int:
    found = file_of(desk, CARE).database.conn.execute("SELECT count(*) FROM audit")
    return int(found.fetchone()[0])


def test_old_lines_go_and_the_chain_goes_on(old: Profile) -> None:
    with working(old, Role.FRONT_DESK, chores=False) as desk:
        before = length(desk)
        seen(desk, taken(desk).record)
        assert archive_old_lines(desk, lambda: False)
        assert length(desk) < before
        assert parts_of(desk).trails[CARE].anchor() != BEGINNING
        assert file_of(desk, CARE).verify_audit() > before
        assert verify_trails(desk)[CARE].standing is Standing.WHOLE
    with working(old, Role.FRONT_DESK) as desk:
        assert parts_of(desk).looked[CARE].standing is Standing.WHOLE


def test_the_privacy_officer_opens_what_was_archived(old: Profile) -> None:
    with working(old, Role.FRONT_DESK):
        pass
    with working(old, Role.PRIVACY_OFFICER) as north:
        (archive,) = [one for one in archives(north) if one.file is CARE]
        data = open_archive(north, archive.name)
        checked = check_export(data, prove)
        assert checked.runs[0][1:4] == ("care", 1, archive.end.n)
        assert "read intake" in {line.line.act.what for line in lines_in(data)}
        every = check_export(export_trail(north), prove)  # batches still hold all of it
        assert [run[2] for run in every.runs if run[1] == "care"] == [1]
    with working(old, Role.ADMINISTRATOR) as pruitt, pytest.raises(NoGrant):
        open_archive(pruitt, archive.name)


def test_on_disk_it_is_sealed(old: Profile) -> None:
    with working(old, Role.FRONT_DESK):
        pass
    files = list((old.folder / "audit").iterdir())
    assert files
    assert not any(b"read intake" in file.read_bytes() for file in files)


def test_an_archive_that_was_altered_is_refused(old: Profile) -> None:
    with working(old, Role.FRONT_DESK):
        pass
    with working(old, Role.PRIVACY_OFFICER) as north:
        (archive,) = [one for one in archives(north) if one.file is CARE]
        path = old.folder / "audit" / archive.name
        path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(CannotOpen):
            open_archive(north, archive.name)


def test_nothing_goes_that_is_younger_than_the_department_keeps(old: Profile) -> None:
    with working(old, Role.FRONT_DESK, chores=False) as desk:
        before = length(desk)
        longer = replace(desk, agency=replace(desk.agency, audit_years=6))
        assert archive_old_lines(longer, lambda: False)
        assert length(desk) == before


def test_a_year_is_the_least(old: Profile) -> None:
    old.clock.at -= THREE_YEARS - timedelta(days=300)
    with working(old, Role.FRONT_DESK, chores=False) as desk:
        before = length(desk)
        shorter = replace(desk, agency=replace(desk.agency, audit_years=0))
        assert archive_old_lines(shorter, lambda: False)
        assert length(desk) == before


class Stop(Exception):
    """The power goes."""


@pytest.mark.parametrize("step", ["shelf", "fact", "cut"])
def test_a_kill_at_any_step_loses_nothing(
    old: Profile, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Stop

    with working(old, Role.FRONT_DESK, chores=False) as desk:
        before = length(desk)
        target = {
            "shelf": (type(parts_of(desk).shelf), "put"), "fact": (keeping, "signed_fact"),
            "cut": (type(parts_of(desk).trails[CARE]), "cut"),
        }[step]  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(*target, fail)
            with pytest.raises(Stop):
                archive_old_lines(desk, lambda: False)
        assert length(desk) == before
        assert verify_trails(desk)[CARE].standing is Standing.WHOLE
    with working(old, Role.FRONT_DESK) as desk:
        assert archive_old_lines(desk, lambda: False)
        assert length(desk) < before
        assert verify_trails(desk)[CARE].standing is Standing.WHOLE
        names = [one.name for one in archives(desk) if one.file is CARE]
        assert len(set(names)) == 1


def test_a_full_disk_keeps_the_lines(old: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StorageFailed

    with working(old, Role.FRONT_DESK, chores=False) as desk:
        before = length(desk)
        with monkeypatch.context() as patch:
            patch.setattr(type(parts_of(desk).shelf), "put", full)
            assert archive_old_lines(desk, lambda: False)  # it waits, and says nothing
        assert length(desk) == before


def test_who_cuts_a_chain_without_an_archive_is_found(old: Profile) -> None:
    with working(old, Role.COORDINATOR, chores=False) as desk:
        trail = parts_of(desk).trails[CARE]
        place = trail.place(2)
        assert place is not None
        trail.cut(place, desk.act("archive audit lines"))
    with working(old, Role.FRONT_DESK, chores=False) as desk:
        assert parts_of(desk).looked[CARE].standing is Standing.BROKEN


def test_a_place_that_is_not_there_is_never_cut(old: Profile) -> None:
    with working(old, Role.FRONT_DESK, chores=False) as desk:
        trail = parts_of(desk).trails[CARE]
        head = trail.head()
        for place in (BEGINNING, replace(head, n=1), replace(head, n=head.n + 1)):
            with pytest.raises(AuditBroken):
                trail.cut(place, desk.act("archive audit lines"))
