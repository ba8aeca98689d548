"""Keys of likeness follow the record: made with it, gone with it, and filled into older files."""

from pathlib import Path
from typing import Any

import pytest
from real_parts import KEY, SAVE

from intake_app.domain import facts
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import Epoch, RecordId, StationId, UserId
from intake_app.domain.likeness import Identity, kept_keys
from intake_app.domain.record import deletion
from intake_app.storage.compartment import Compartment
from intake_app.storage.finding import keep_likeness

WHO = Identity("keene", "wren", born="1990-04-05")
NAMED = {"last_name": "last", "first_name": "first", "born": "born"}


def intake(file: Compartment, ident: str, **answers: str) -> Change:
    fields: dict[str, Any] = {
        "last": "Keene", "first": "Wren", "born": "1990-04-05", facts.FACTS: NAMED,
        facts.PATHWAY: "self_referral", **answers,
    }  # fmt: skip
    return Change(
        file.stamp(), UserId("u1"), Action.WRITE, "intake", RecordId(ident), fields
    )  # fmt: skip


def found(file: Compartment) -> list[str]:
    return [ident for ident, _ in file.alike(kept_keys(WHO), "intake")]


def stored(file: Compartment) -> str:
    """All bytes of the index and its content, as text."""
    rows = [
        row
        for table in ("likeness_data", "likeness_content")
        for row in file.database.conn.execute(f"SELECT * FROM {table}")
    ]
    return repr(rows)


def test_a_hidden_record_leaves_and_comes_back(care: Compartment) -> None:
    care.apply([intake(care, "a")], SAVE)
    assert found(care) == ["a"]
    record = care.record(RecordId("a"))
    assert record
    gone = Change(
        care.stamp(), UserId("u1"), Action.WRITE, "intake", record.id, deletion(record, "x")
    )  # fmt: skip
    care.apply([gone], SAVE)
    assert found(care) == []
    back = Change(
        care.stamp(), UserId("u1"), Action.WRITE, "intake", record.id, {"~deleted": None},
        {"~deleted": [gone.id]},
    )  # fmt: skip
    care.apply([back], SAVE)
    assert found(care) == ["a"]
    assert [row.record for row in care.find("keene", "intake")] == ["a"]


def test_a_name_that_is_amended_is_found_by_the_new_one_alone(care: Compartment) -> None:
    first = intake(care, "a")
    care.apply([first], SAVE)
    new = Change(
        care.stamp(), UserId("u1"), Action.WRITE, "intake", RecordId("a"),
        {"last": "Quickwater", "born": "1971-11-30"}, {"last": [first.id], "born": [first.id]},
    )  # fmt: skip
    care.apply([new], SAVE)
    assert found(care) == []
    assert care.alike(kept_keys(Identity("quickwater", "wren")), "intake")
    assert "keene" not in stored(care)


def test_a_purged_record_leaves_no_key_and_no_name(care: Compartment) -> None:
    care.apply([intake(care, "a"), intake(care, "b", last="Boggs")], SAVE)
    assert "keene" in stored(care)
    purge = Change(care.stamp(), UserId("u1"), Action.PURGE, "intake", RecordId("a"), {})
    care.apply([purge], SAVE)
    assert found(care) == ["b"]  # the same birth date
    assert "keene" not in stored(care)
    assert all(key not in stored(care) for key in kept_keys(WHO) - kept_keys(
        Identity("boggs", "wren", born="1990-04-05")))  # fmt: skip


def test_an_older_file_is_filled_when_it_is_opened(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "old.db"
    file = Compartment.create(path, KEY, clock, StationId("s"), Epoch("abcdef"))
    file.apply([intake(file, "a"), intake(file, "b", last="Boggs", born="")], SAVE)
    conn = file.database.conn
    conn.execute("DROP TABLE likeness")
    conn.execute("DELETE FROM meta WHERE name='likeness'")
    conn.execute("DELETE FROM _sqlite_migrations WHERE name='m004_who_may_be_the_same'")
    file.close()
    again = Compartment.open(path, KEY, clock)
    assert found(again) == ["a"]
    assert again.meta("likeness")
    again.close()


@pytest.mark.parametrize(("version", "is_filled"), [("0", True), ("", False)])
def test_only_keys_of_another_version_are_made_anew(
    care: Compartment, version: str, *, is_filled: bool
) -> None:
    care.apply([intake(care, "a")], SAVE)
    care.database.conn.execute("DELETE FROM likeness")
    if version:
        care.set_meta("likeness", version)
    keep_likeness(care.database)
    assert bool(found(care)) is is_filled
