"""An export is one signed file that anybody checks with eight words, and that nobody can change."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from audit_world import acts, file_of, station_acts, working
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from profiles import Profile
from walk_ins import seen, taken

from intake_app.app import ProfileGate
from intake_app.domain.audit_errors import BadExport
from intake_app.domain.errors import NotAllowed, StorageFailed
from intake_app.domain.roles import Compartment, Role
from intake_app.services.audit.export_file import Checked, check_export, lines_in
from intake_app.services.audit.exporting import export_trail, save_trail
from intake_app.vault.audit_proof import prove


@pytest.fixture(scope="module")
def worked(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A morning at the front desk; made once."""
    made = template.copy_to(tmp_path_factory.mktemp("exported") / "profile")
    with working(made, Role.FRONT_DESK) as desk:
        seen(desk, taken(desk).record)
    return made


@pytest.fixture(scope="module")
def exported(worked: Profile) -> bytes:
    """What the privacy officer saved."""
    with working(worked, Role.PRIVACY_OFFICER) as north:
        return export_trail(north)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory, worked: Profile) -> bytes:
    """The export of another department."""
    folder = tmp_path_factory.mktemp("foreign") / "profile"
    people = ProfileGate(folder, worked.clock).make_training(folder, people=0, seed=2)
    with working(Profile(folder, worked.clock, people), Role.PRIVACY_OFFICER) as other:
        return export_trail(other)


def check(data: bytes) -> Checked:
    return check_export(data, prove)


def test_it_is_checked_without_a_profile(exported: bytes) -> None:
    checked = check(exported)
    assert checked.department == "Pine Hollow Police Department"
    assert checked.by == "S. North"
    assert len(checked.words) == 8
    files = {name for _, name, *_ in checked.runs}
    assert {"station", "care"} <= files
    assert "read intake" in {line.line.act.what for line in lines_in(exported)}


def test_it_holds_no_word_of_a_record(exported: bytes) -> None:
    for secret in (b"Whitfield", b"Jordan", b"detox"):
        assert secret not in exported
    head = json.loads(exported.splitlines()[0])
    assert head["marking"] == "CUI"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), to=st.integers(0, 255))
def test_a_single_byte_that_differs_is_noticed(exported: bytes, place: int, to: int) -> None:
    place %= len(exported)
    changed = exported[:place] + bytes([to]) + exported[place + 1 :]
    if changed == exported:
        check(changed)
        return
    with pytest.raises(BadExport):
        check(changed)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    junk=st.one_of(
        st.binary(max_size=400),
        st.lists(
            st.dictionaries(
                st.sampled_from(["v", "type", "runs", "run", "registry", "signature", "n"]),
                st.recursive(
                    st.none() | st.integers() | st.text(max_size=9), st.lists, max_leaves=5
                ),
            ),
            max_size=5,
        ).map(lambda rows: b"".join(json.dumps(r).encode() + b"\n" for r in rows)),
    )
)
def test_what_is_no_export_is_refused_in_one_way(junk: bytes) -> None:
    with pytest.raises(BadExport):
        check(junk)


def test_a_line_cannot_be_taken_out_or_put_twice(exported: bytes) -> None:
    rows = exported.splitlines(keepends=True)
    n = next(n for n, row in enumerate(rows) if b'"run":' in row and b"read intake" in row)
    for changed in ([*rows[:n], *rows[n + 1 :]], [*rows[:n], rows[n], *rows[n:]], rows[:-1]):
        with pytest.raises(BadExport):
            check(b"".join(changed))


def test_another_department_cannot_sign_in_ones_name(exported: bytes, foreign: bytes) -> None:
    """A file that another department signed is whole, and says its own eight words."""
    assert check(foreign).words != check(exported).words
    ours, theirs = exported.splitlines(keepends=True), foreign.splitlines(keepends=True)
    with pytest.raises(BadExport):
        check(b"".join([*ours[:-1], theirs[-1]]))
    registry = [row for row in theirs if row.startswith(b'{"registry"')]
    own = [row for row in ours if not row.startswith(b'{"registry"')]
    with pytest.raises(BadExport):
        check(b"".join([*own[:-1], *registry, own[-1]]))


def test_some_days_only(worked: Profile) -> None:
    today = worked.clock.at.date()
    with working(worked, Role.PRIVACY_OFFICER) as north:
        all_of_it = check(export_trail(north))
        assert check(export_trail(north, first=today)).lines > all_of_it.lines > 10
        later = today + timedelta(days=1)
        assert check(export_trail(north, first=later)).lines == 0
        worked.clock.at += timedelta(days=1)
        north.station.note(north.act("read audit trail"))
        some = check(export_trail(north, first=later))
        worked.clock.at -= timedelta(days=1)
    assert 0 < some.lines < all_of_it.lines
    (run,) = some.runs
    assert run[2] > 1  # it begins in the middle of a chain, and holds all the same


def test_an_administrator_exports_what_their_own_file_holds(worked: Profile) -> None:
    with working(worked, Role.ADMINISTRATOR) as pruitt:
        checked = check(export_trail(pruitt))
    assert {name for _, name, *_ in checked.runs} == {"station"}


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.SUPERVISOR, Role.COORDINATOR])
def test_nobody_else_exports(worked: Profile, role: Role) -> None:
    with working(worked, role) as desk:
        with pytest.raises(NotAllowed):
            export_trail(desk)
        assert ("export the audit trail", "refused") in station_acts(desk)


def test_that_it_left_is_written_before_it_leaves(worked: Profile, tmp_path: Path) -> None:
    with working(worked, Role.ADMINISTRATOR) as pruitt:
        file = file_of(pruitt, Compartment.STATION)
        file.database.conn.execute(
            "CREATE TRIGGER full BEFORE INSERT ON audit WHEN NEW.act LIKE 'save%'"
            " BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        target = tmp_path / "trail.jsonl"
        with pytest.raises(StorageFailed):
            save_trail(pruitt, target)
        assert not target.exists()
        file.database.conn.execute("DROP TRIGGER full")
        words = save_trail(pruitt, target)
        assert check(target.read_bytes()).words == words
        assert ("save audit trail outside", "done") in acts(file)
