"""The log of a file holds together: nobody can change, drop or slip in a line unseen."""

import pytest
from making import ANN, begun
from real_parts import SAVE

from intake_app.domain.act import Act
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import AuditBroken, StorageFailed
from intake_app.domain.ids import RecordId
from intake_app.storage.compartment import Compartment


@pytest.fixture
def written(care: Compartment) -> Compartment:
    """A file with ten lines."""
    for _ in range(9):
        care.apply([begun(care, last="Boggs")], SAVE)
    care.note(Act(ANN, "read intake", RecordId("r1")))
    return care


def test_a_line_says_who_what_when_which_and_how_it_ended(
    written: Compartment, clock: FixedClock
) -> None:
    last = written.database.conn.execute(
        "SELECT at, user, act, record, outcome FROM audit ORDER BY n DESC LIMIT 1"
    ).fetchone()
    assert last == ("2026-11-23T14:40:00.00+0000", ANN, "read intake", "r1", "done")


def test_an_untouched_chain_holds(written: Compartment) -> None:
    assert written.verify_audit() == 10


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET user='other' WHERE n=4",
        "UPDATE audit SET at='2020' WHERE n=1",
        "UPDATE audit SET outcome='refused' WHERE n=10",
        "DELETE FROM audit WHERE n=5",
        "INSERT INTO audit SELECT 11, at, user, act, record, outcome, chain FROM audit WHERE n=10",
        "UPDATE audit SET n=20 WHERE n=10",
    ],
)
def test_tampering_is_found(written: Compartment, tampering: str) -> None:
    written.database.conn.execute(tampering)
    with pytest.raises(AuditBroken):
        written.verify_audit()


def test_if_the_line_cannot_be_written_the_act_does_not_happen(care: Compartment) -> None:
    care.database.conn.execute(
        "CREATE TRIGGER no_log BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(StorageFailed):
        care.apply([begun(care, last="Boggs")], SAVE)
    assert list(care.order("intake")) == []
    with pytest.raises(StorageFailed):
        care.note(Act(ANN, "read intake"))
