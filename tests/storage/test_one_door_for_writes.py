"""Everything enters through apply: record, list, search, log and audit line, or nothing."""

import hashlib
import random
from pathlib import Path

import pytest
from making import ANN, begun, edited, purged, signed
from real_parts import KEY, SAVE

from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import Epoch, StationId, new_record_id
from intake_app.domain.record import deletion
from intake_app.storage.compartment import Compartment


def test_what_was_written_is_read_listed_found_logged_and_audited(care: Compartment) -> None:
    change = begun(care, last="O'Brien", first="Ana", phone="+13045550142")
    assert care.apply([change], SAVE) == 1
    record = care.record(change.record)
    assert record is not None
    assert record.values["last"] == "O'Brien"
    (row,) = care.rows(care.order("intake"))
    assert (row.name, row.record) == ("O'Brien, Ana", change.record)
    assert [found.record for found in care.find("o'br an", "intake")] == [change.record]
    assert care.history(change.record) == [change]
    assert care.verify_audit() == 1


def test_applying_twice_changes_nothing(care: Compartment) -> None:
    change = begun(care, last="Boggs")
    assert care.apply([change, change], SAVE) == 1
    before = care.digest()
    assert care.apply([change], SAVE) == 0
    assert care.digest() == before


def test_a_changed_name_is_found_by_the_new_name_only(care: Compartment) -> None:
    change = begun(care, last="Boggs")
    care.apply([change], SAVE)
    care.apply([edited(care, change.record, last="Whitfield")], SAVE)
    assert care.find("boggs", "intake") == []
    assert len(care.find("whit", "intake")) == 1


def test_entered_in_error_leaves_lists_and_search_but_not_the_file(care: Compartment) -> None:
    change = begun(care, last="Boggs")
    care.apply([change], SAVE)
    record = care.record(change.record)
    assert record is not None
    care.apply([edited(care, change.record, **deletion(record, "typed twice"))], SAVE)
    assert list(care.order("intake")) == []
    assert care.find("boggs", "intake") == []
    assert care.record(change.record) is not None


def test_a_legal_act_is_written_once(care: Compartment) -> None:
    intake = begun(care, last="Boggs")
    act = signed(care, intake.record, purpose="care")
    care.apply([intake, act], SAVE)
    again = Change(care.stamp(), ANN, Action.WRITE, "consent", act.record, {"purpose": "court"})
    assert care.apply([again], SAVE) == 0
    (kept,) = care.about(intake.record, "consent")
    assert kept.values == {"purpose": "care"}
    assert care.set_aside() == 1


def test_one_bad_change_does_not_stop_the_others(care: Compartment) -> None:
    intake, other = begun(care, last="Boggs"), begun(care, last="Lowe")
    act = signed(care, intake.record, purpose="care")
    care.apply([intake, act], SAVE)
    bad = Change(care.stamp(), ANN, Action.FACT, "consent", act.record, {"purpose": "court"})
    assert care.apply([bad, other], SAVE) == 1
    assert care.record(other.record) is not None


def test_archived_bytes_must_match_their_hash(care: Compartment) -> None:
    body = b"%PDF-1.7"
    name = hashlib.sha256(body).hexdigest()
    care.apply([begun(care)], SAVE, {name: body})
    assert care.blob(name) == body
    assert care.blob("0" * 64) is None
    before = care.verify_audit()
    with pytest.raises(BadChange):
        care.apply([begun(care)], SAVE, {name: b"other"})
    assert care.verify_audit() == before
    assert len(care.order("intake")) == 1


def test_a_purged_record_leaves_nothing_but_its_id(care: Compartment) -> None:
    change = begun(care, last="Boggs")
    care.apply([change, edited(care, change.record, note="called")], SAVE)
    care.apply([purged(care, change.record)], SAVE)
    record = care.record(change.record)
    assert record is not None
    assert record.is_purged
    assert record.values == {}
    assert [c.action for c in care.history(change.record)] == [Action.PURGE]
    assert care.find("boggs", "intake") == []
    late = Change(care.stamp(), ANN, Action.WRITE, "intake", change.record, {"last": "Boggs"})
    care.apply([late], SAVE)
    assert care.find("boggs", "intake") == []
    assert [c.action for c in care.history(change.record)] == [Action.PURGE]


def test_two_files_that_get_the_same_changes_in_any_order_agree(
    care: Compartment, clock: FixedClock, tmp_path: Path
) -> None:
    changes = _typed_here(care)
    other = Compartment.create(
        tmp_path / "other.db", KEY, clock, StationId("annex"), Epoch("fedcba")
    )
    dice = random.Random(3)
    dice.shuffle(changes)
    for start in range(0, len(changes), 7):
        other.apply(changes[start : start + 7], SAVE)
        other.apply(changes[: start // 2], SAVE)
    assert other.digest() == care.digest()
    assert [row.name for row in other.rows(other.order("intake"))] == [
        row.name for row in care.rows(care.order("intake"))
    ]
    assert len(other.find("b", "intake")) == len(care.find("b", "intake"))
    other.close()


def _typed_here(care: Compartment) -> list[Change]:
    dice = random.Random(1)
    made: list[Change] = []
    for i in range(30):
        change = begun(care, last=dice.choice(["Boggs", "Lowe", "Bell"]), first=f"N{i}")
        made.append(change)
        care.apply([change], SAVE)
        for _ in range(dice.randint(0, 3)):
            edit = edited(care, change.record, last=f"B{dice.randrange(99)}")
            made.append(edit)
            care.apply([edit], SAVE)
    return made


def test_serial_numbers_count_up_and_are_never_given_twice(care: Compartment) -> None:
    assert [care.next_serial("receipt 2026") for _ in range(3)] == [1, 2, 3]
    assert care.next_serial("receipt 2027") == 1


def test_lists_come_by_name_or_newest_first_and_nameless_people_last(care: Compartment) -> None:
    for last, opened in (("Lowe", "09"), ("Boggs", "11"), ("", "10")):
        care.apply([begun(care, last=last, **{"~opened": f"2026-11-23T{opened}:00"})], SAVE)
    assert [r.name for r in care.rows(care.order("intake"))] == ["Boggs", "Lowe", ""]
    assert [r.opened[11:13] for r in care.rows(care.order("intake", "opened"))] == [
        "11",
        "10",
        "09",
    ]
    assert [r.opened[11:13] for r in care.newest("intake", since="2026-11-23T10")] == ["11", "10"]


def test_what_is_owed_comes_oldest_first_up_to_a_day(care: Compartment) -> None:
    for last, due in (("Lowe", "2026-11-25"), ("Boggs", "2026-11-20"), ("Bell", "")):
        care.apply([begun(care, last=last, **{"~due": due})], SAVE)
    assert [row.name for row in care.due("intake", "2026-11-23")] == ["Boggs"]
    assert [row.name for row in care.due("intake", "2026-12-31")] == ["Boggs", "Lowe"]


@pytest.mark.parametrize("typed", ['"', "*", "NEAR(", "a OR b", "-", "words:x", "'; DROP TABLE"])
def test_what_a_person_types_into_find_is_never_a_query_language(
    care: Compartment, typed: str
) -> None:
    care.apply([begun(care, last="Boggs")], SAVE)
    assert care.find(typed, "intake") == []


def test_an_id_that_does_not_exist_is_no_error(care: Compartment) -> None:
    assert care.record(new_record_id()) is None
    assert care.about(new_record_id()) == []
    assert care.find("   ", "intake") == []
