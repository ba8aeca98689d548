"""The records in memory and the encrypted file do the same with the same changes."""

from collections.abc import Sequence
from typing import Any

import pytest
from memory_records import MemoryRecords

from intake_app.domain import facts
from intake_app.domain.act import Act
from intake_app.domain.change import Action, Change
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadChange
from intake_app.domain.ids import ChangeId, RecordId, UserId
from intake_app.domain.likeness import Identity, kept_keys
from intake_app.domain.listing import NOBODY
from intake_app.domain.record import deletion
from intake_app.services.needs.files import Records
from intake_app.storage.compartment import Compartment

USER = UserId("u1")
SAVE = Act(USER, "save")
A, B, C, D = (RecordId(name) for name in ("a", "b", "c", "d"))


def change(
    n: int,
    record: RecordId,
    fields: dict[str, Any],
    over: dict[str, Sequence[ChangeId]] | None = None,
    action: Action = Action.WRITE,
) -> Change:
    about = A if record == D else RecordId("")
    kind = "call" if record == D else "intake"
    return Change(stamp(n), USER, action, kind, record, fields, over or {}, about)


def stamp(n: int) -> ChangeId:
    return ChangeId(f"{n:016x}.front.abcdef")


def intake(last: str, first: str, opened: str, due: str = "") -> dict[str, Any]:
    return {
        "last": last, "first": first, "tel": "304-555-0142",
        facts.FACTS: {"last_name": "last", "first_name": "first", "phone": "tel"},
        facts.OPENED: opened, facts.NUMBER: f"PH-{opened[-2:]}", facts.DUE: due,
        facts.PATHWAY: "self_referral", facts.BY: "u1",
        facts.PERSON: A if last == "Peñalosa" else "",
    }  # fmt: skip


def told(records: Records) -> list[object]:
    """All that can be asked of a file."""
    idents = (A, B, C, D)
    standing = [records.record(i) for i in idents]
    return [
        [r and (r.canonical(), r.is_fact, r.is_deleted) for r in standing],
        [[c.line for c in records.history(i)] for i in idents],
        [r.id for kind in ("intake", "call") for r in records.of_kind(kind)],
        [[r.id for r in records.about(A, kind)] for kind in ("", "call", "other")],
        [[r.id for r in records.whole(i)] for i in idents],
        [list(records.order("intake", by)) for by in ("name", "opened")],
        records.rows([3, 1, 99]),
        [records.of_person(i, "intake") for i in (A, B, "")],
        [records.of_person(i, "intake", or_hidden=True) for i in (A, B, "")],
        records.lines([A, D, "none"]),
        [records.newest("intake"), records.newest("intake", 1), records.newest("intake", 9, "02")],
        [records.due("intake", "2026-12-01"), records.due("intake", "2026-12-09", 1)],
        [records.without("intake", kinds, "02") for kinds in (["call"], ["x"], [])],
        [records.without("intake", ["call"], "")],
        records.counts(["intake", "call", "none"]),
        [records.due("intake", "2026-12-09", by=who) for who in ("u1", "u2", NOBODY)],
        [records.kinds_about(some) for some in ([A, B], [])],
        [records.next_due(some, kind) for some in ([A, B], []) for kind in ("call", "other")],
        [records.find(text, "intake", 2) for text in SEARCHES],
        [records.alike(keys, "intake", 2) for keys in LIKE],
        records.alike(LIKE[0], "call"),
        [r.id for r in records.differing()],
        [records.taken_elsewhere("intake", here, "02", 2) for here in ("front", "back", "fro")],
        [records.highest_number(some) for some in ("PH-", "PH-2", "none", "")],
        [[row.record for row in rows] for rows in records.numbers_twice()],
        sorted(records.unfolded(["call"])[0]),
        records.blob("0" * 64),
    ]


SEARCHES = (
    "",
    "wh",
    "WHITF jor",
    "penalosa",
    "peña",
    "555-01",
    "555-0142",
    "0142 304",
    "zz",
    "o'n",
)
LIKE = (
    {key for last in ("oneal", "witfeld") for key in kept_keys(Identity(last, "kit"))},
    kept_keys(Identity("whitfield", "jordan")) | {"p3045550142"},
    {"b19900405"},
    set[str](),
)
FIRST = [
    change(3, C, intake("O'Neil", "Kit", "03", "2026-12-01")),
    change(1, A, intake("Whitfield", "Jordan", "01", "2026-12-05")),
    change(2, B, intake("Peñalosa", "", "02")),
    change(4, D, {"result": "reached", facts.DUE: "2026-12-03"}, action=Action.FACT),
]
SECOND = [
    change(6, A, {"first": "Jo"}, {"first": [stamp(1)]}),
    change(7, A, {"first": "Jordy"}, {"first": [stamp(1)]}),
    change(8, D, {"result": "forged"}),
    change(10, B, {"first": "Eva"}, {"first": [stamp(9)]}),
    change(9, B, {"first": "Ana"}, {"first": [stamp(2)]}),
]


@pytest.fixture
def both(care: Compartment, clock: FixedClock) -> tuple[Records, Records]:
    return MemoryRecords(clock, care.station, care.epoch), care


def test_the_fake_and_the_file_tell_the_same(both: tuple[Records, Records]) -> None:
    for batch in ([], FIRST, FIRST, SECOND, [change(12, B, {}, action=Action.PURGE)]):
        new = [records.apply(batch, SAVE) for records in both]
        assert new[0] == new[1]
        fake, real = (told(records) for records in both)
        assert fake == real
    for records in both:
        record = records.record(C)
        assert record
        records.apply([change(13, C, deletion(record, "mistake"))], SAVE)
    fake, real = (told(records) for records in both)
    assert fake == real


def test_the_fake_and_the_file_let_go_of_what_belongs_to_a_purged_record(
    both: tuple[Records, Records],
) -> None:
    late = change(31, D, {"result": "late"}, action=Action.FACT)
    for records in both:
        records.apply(FIRST, SAVE)
        records.apply([change(30, A, {}, action=Action.PURGE), late], SAVE)
        assert (part := records.record(D))
        assert part.is_purged
        assert records.whole(A) == []
    fake, real = (told(records) for records in both)
    assert fake == real


def test_the_fake_and_the_file_number_and_stamp_alike(both: tuple[Records, Records]) -> None:
    fake, real = both
    assert [fake.stamp(), fake.stamp()] == [real.stamp(), real.stamp()]
    for count, above in ((1, 0), (3, 0), (1, 2), (2, 40), (1, 0)):
        assert fake.next_serial("PH", count, above) == real.next_serial("PH", count, above)
    assert fake.next_serial("X") == real.next_serial("X")


def test_the_fake_and_the_file_archive_alike(both: tuple[Records, Records]) -> None:
    good = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    for records in both:
        records.apply([], SAVE, {good: b"abc"})
        assert records.blob(good) == b"abc"
        with pytest.raises(BadChange):
            records.apply(FIRST, SAVE, {good: b"abd"})
        assert records.record(A) is None
        records.note(SAVE)


def test_the_fake_and_the_file_forget_bytes_with_the_last_record_that_names_them(
    both: tuple[Records, Records],
) -> None:
    body = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    for records in both:
        papers = [change(20, A, {"sha256": body}), change(21, B, {"of": [{"sha256": body}]})]
        records.apply(papers, SAVE, {body: b"abc"})
        records.apply([change(22, A, {}, action=Action.PURGE)], SAVE)
        assert records.blob(body) == b"abc"
        records.apply([change(23, B, {}, action=Action.PURGE)], SAVE)
        assert records.blob(body) is None


def test_the_fake_and_the_file_tell_the_same_acts(both: tuple[Records, Records]) -> None:
    for records in both:
        records.apply(FIRST, Act(USER, "save", A))
        records.note(Act(USER, "read", B))
        records.note(Act(USER, "sign in"))
        records.note(Act(USER, "read", A, "refused"))
    fake, real = ([(line.n, line.act) for line in r.audit_of([A, RecordId("")])] for r in both)
    assert fake == real
    assert [act.what for _, act in real] == ["save", "read"]


class Forgetful(MemoryRecords):
    """Forgets what was replaced before it arrived."""

    def _take(self, change: Change) -> bool:
        self._early.clear()
        return super()._take(change)


@pytest.mark.parametrize(("fake", "is_faithful"), [(MemoryRecords, True), (Forgetful, False)])
def test_the_exam_notices_a_fake_that_forgets_what_was_replaced(
    care: Compartment, clock: FixedClock, fake: type[MemoryRecords], *, is_faithful: bool
) -> None:
    made = fake(clock, care.station, care.epoch)
    for records in (made, care):
        records.apply(FIRST, SAVE)
        for one in SECOND:  # what replaces comes before what it replaces
            records.apply([one], SAVE)
    assert (told(made) == told(care)) is is_faithful
