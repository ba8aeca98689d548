"""What a person is given stands in care, and leaves the shelf exactly once, whatever happens."""

from collections.abc import Callable
from typing import Any

import pytest
from profiles import Desks, Profile
from walk_ins import begun, taken

from intake_app.domain.care_errors import CountWrong, LotExpired, LotMissing
from intake_app.domain.clock import stamp
from intake_app.domain.errors import DiskFull, NotAllowed, ReasonMissing, RecordMissing, UnknownCode
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.roles import Role
from intake_app.domain.stock import Lot
from intake_app.services.aid import aid as aids
from intake_app.services.aid import stock as stocks
from intake_app.services.aid.aid import (
    aid_of,
    aid_offers,
    aid_waits,
    count_shelf,
    give_aid,
    settle_aid,
    settle_aid_rest,
    take_back_aid,
)
from intake_app.services.aid.stock import (
    NOTE,
    NewLot,
    count_lot,
    discard,
    give_without_name,
    month_costs,
    move,
    receive,
    stock,
)
from intake_app.services.aid.stock_sheet import print_stock_sheet
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.aid_changes import CROSSING
from intake_app.services.records.drop_box import take_in
from intake_app.services.records.writing import create

KIT = "naloxone_kit"
A12 = NewLot(KIT, 20, "A12", "2027-06-30", 4500)
SOON = NewLot(KIT, 3, "S1", "2026-12-01", 4500)


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """M. Hale at the desk, with two lots of kits and some bus passes."""
    empty(desk)
    for lot in (A12, SOON, NewLot("bus_pass", 6)):
        receive(desk, lot)
    return desk


def kits_of_november(desk: Desk) -> tuple[int, int]:
    """How many left, and what they cost; training has given some already."""
    found = [one for one in month_costs(desk) if (one.month, one.item.id) == ("2026-11", KIT)]
    return sum(one.count for one in found), sum(one.cost for one in found)


def empty(desk: Desk) -> None:
    """Nothing lies on the shelf."""
    for one in stock(desk):
        for lot in one.lots:
            count_lot(desk, lot.item, lot.lot, 0)


def left(desk: Desk, item: str = KIT) -> dict[str, int]:
    (found,) = (one for one in stock(desk) if one.item.id == item)
    return {lot.lot: lot.left for lot in found.lots}


def test_what_expires_first_is_offered_first(shelf: Desk) -> None:
    (kits,) = (offer for offer in aid_offers(shelf) if offer.item.id == KIT)
    assert [lot.lot for lot in kits.lots] == ["S1", "A12"]
    assert kits.left == 23


def test_given_aid_stands_in_care_and_is_off_the_shelf(shelf: Desk) -> None:
    intake = taken(shelf).record
    assert give_aid(shelf, intake, KIT, 2, "A12") == 18
    (given,) = aid_of(shelf, intake)
    assert (given.item, given.count, given.lot, given.cost) == (KIT, 2, "A12", 9000)
    assert left(shelf) == {"S1": 3, "A12": 18}
    assert settle_aid(shelf) == 0


def test_the_shelf_names_nobody(shelf: Desk) -> None:
    intake = taken(shelf).record
    give_aid(shelf, intake, KIT, 1, "A12")
    (given,) = aid_of(shelf, intake)
    for note in shelf.station.of_kind(NOTE):
        said = "".join(change.line.decode() for change in shelf.station.history(note.id))
        assert intake not in said
        assert given.record not in said
        assert not note.about


def test_a_power_cut_between_the_files_loses_nothing_and_counts_once(
    shelf: Desk, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = taken(shelf).record

    def cut(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(aids, "_cross", cut)
        with pytest.raises(DiskFull):
            give_aid(shelf, intake, KIT, 2, "A12")
    assert [given.count for given in aid_of(shelf, intake)] == [2]
    assert left(shelf) == {"S1": 3, "A12": 20}
    gate = profile.gate()
    later = profile.unlock(gate, Role.FRONT_DESK)  # signing in settles
    assert left(later) == {"S1": 3, "A12": 18}
    assert settle_aid(later) == 0
    gate.lock()


def test_a_cut_after_the_shelf_was_told_does_not_tell_it_twice(
    shelf: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = taken(shelf).record

    def cut(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(aids, "write", cut)  # the last step: "it crossed"
        with pytest.raises(DiskFull):
            give_aid(shelf, intake, KIT, 2, "A12")
    assert left(shelf) == {"S1": 3, "A12": 18}
    assert settle_aid(shelf) == 1
    assert left(shelf) == {"S1": 3, "A12": 18}


def test_a_note_that_cannot_be_read_stops_nobody(shelf: Desk) -> None:
    """It may come from anywhere: the next sign-in goes on, and the shelf stays as it is."""
    care, user = shelf.care_file, shelf.person.id
    rubbish: tuple[dict[str, Any], ...] = (
        {"sent": "x" * 32},
        {"note": {"do": "given"}, "sent": "y" * 32},
        {"note": {"do": "explode", "item": KIT, "count": 1, "at": ""}, "sent": "z" * 32},
        {"note": {"do": "given", "item": KIT, "count": "many", "at": ""}, "sent": "w" * 32},
    )
    intake = taken(shelf).record
    changes = [
        create(care, user, CROSSING, new_record_id(), {**one, "~due": "2026-11-23"}, about=intake)
        for one in rubbish
    ]
    care.apply(changes, shelf.act("test"))
    assert settle_aid(shelf) == len(rubbish)
    assert settle_aid(shelf) == 0
    assert left(shelf) == {"S1": 3, "A12": 20}


def test_what_a_sign_in_leaves_is_told_in_a_pause_and_nobody_waits_for_it(shelf: Desk) -> None:
    """A first fill brings the notes of years."""
    care, user, intake = shelf.care_file, shelf.person.id, taken(shelf).record
    note = {"do": "given", "item": KIT, "count": 1, "at": stamp(shelf.clock), "lot": "A12"}
    owed = [
        create(care, user, CROSSING, new_record_id(),
               {"sent": new_record_id(), "note": note, "~due": "2026-11-23"}, about=intake)
        for _ in range(120)
    ]  # fmt: skip
    care.apply(owed, shelf.act("test"))
    assert 0 < settle_aid(shelf) < 100, "a sign-in is not held up"
    assert not settle_aid_rest(shelf, lambda: True), "somebody waits for the worker"
    assert left(shelf)["A12"] > 20 - 120
    assert settle_aid_rest(shelf, lambda: False)
    assert left(shelf)["A12"] == 20 - 120
    assert settle_aid(shelf) == 0


def test_what_has_crossed_waits_no_longer(shelf: Desk) -> None:
    intake = taken(shelf).record
    before = {one.id for one in shelf.care_file.of_kind(CROSSING)}
    give_aid(shelf, intake, KIT, 1, "A12")
    (crossing,) = (one for one in shelf.care_file.of_kind(CROSSING) if one.id not in before)
    assert crossing.values["~due"] == ""


def test_a_kit_of_the_intake_form_counts_when_it_finishes(shelf: Desk) -> None:
    intake = taken(shelf, naloxone_given="given").record
    assert [(given.item, given.count, given.lot) for given in aid_of(shelf, intake)] == [
        (KIT, 1, "")
    ]
    assert left(shelf) == {"S1": 3, "A12": 20, "": -1}
    again = taken(shelf, naloxone_given="has_one").record
    assert aid_of(shelf, again) == []


def test_a_kit_given_by_reception_counts_when_the_intake_is_taken_in(desks: Desks) -> None:
    reception, front = desks(Role.RECEPTION), desks(Role.FRONT_DESK)
    empty(front)
    receive(front, A12)
    draft = begun(reception, naloxone_given="given")
    assert finish_intake(reception, draft).is_handed_in
    assert left(front) == {"A12": 20}
    assert take_in(front).count == 1
    settle_aid(front)
    assert left(front) == {"A12": 20, "": -1}
    assert settle_aid(front) == 0


def test_noted_by_mistake_it_comes_back_to_the_shelf(shelf: Desk) -> None:
    intake, before = taken(shelf).record, kits_of_november(shelf)
    give_aid(shelf, intake, KIT, 2, "A12")
    assert kits_of_november(shelf) != before
    (given,) = aid_of(shelf, intake)
    with pytest.raises(ReasonMissing):
        take_back_aid(shelf, given.record, "")
    take_back_aid(shelf, given.record, "another person")
    assert aid_of(shelf, intake) == []
    assert left(shelf) == {"S1": 3, "A12": 20}
    with pytest.raises(RecordMissing):
        take_back_aid(shelf, given.record, "again")
    assert kits_of_november(shelf) == before


def test_more_than_the_books_say_can_be_given_and_it_is_said(shelf: Desk) -> None:
    intake = taken(shelf).record
    assert give_aid(shelf, intake, KIT, 5, "S1") == -2
    assert left(shelf) == {"S1": -2, "A12": 20}


def test_a_count_mends_the_books(shelf: Desk) -> None:
    assert count_lot(shelf, KIT, "A12", 18) == -2
    assert count_lot(shelf, KIT, "A12", 18) == 0
    assert left(shelf)["A12"] == 18


def test_discarded_and_moved_leave_the_shelf(shelf: Desk) -> None:
    discard(shelf, KIT, "S1", 1, "damaged")
    move(shelf, KIT, "A12", 5, "Car 12")
    assert left(shelf) == {"S1": 2, "A12": 15}


REFUSED: dict[str, tuple[Callable[[Desk], object], type[Exception]]] = {
    "more is discarded than there is": (lambda d: discard(d, KIT, "S1", 4, "lost"), CountWrong),
    "no reason of the list": (lambda d: discard(d, KIT, "S1", 1, "x"), UnknownCode),
    "more is moved than there is": (lambda d: move(d, KIT, "S1", 4, "Car 12"), CountWrong),
    "moved to nowhere": (lambda d: move(d, KIT, "S1", 1, " "), ReasonMissing),
    "nothing arrived": (lambda d: receive(d, NewLot(KIT, 0, "B")), CountWrong),
    "no lot": (lambda d: receive(d, NewLot(KIT, 1)), LotMissing),
    "below no cost": (lambda d: receive(d, NewLot(KIT, 1, "B", cost=-1)), CountWrong),
    "no such item": (lambda d: receive(d, NewLot("boat", 1)), UnknownCode),
    "miles have no shelf": (lambda d: receive(d, NewLot("miles", 1)), UnknownCode),
    "counted below nothing": (lambda d: count_lot(d, KIT, "A12", -1), CountWrong),
    "given to nobody known": (lambda d: give_without_name(d, KIT, "A12", 1, "x"), UnknownCode),
}


def test_what_cannot_be_is_refused_and_changes_nothing(shelf: Desk) -> None:
    for act, error in REFUSED.values():
        with pytest.raises(error):
            act(shelf)
    assert left(shelf) == {"S1": 3, "A12": 20}


def test_an_expired_lot_is_not_given(shelf: Desk) -> None:
    receive(shelf, NewLot(KIT, 9, "OLD", "2026-11-22"))
    intake = taken(shelf).record
    with pytest.raises(LotExpired):
        give_aid(shelf, intake, KIT, 1, "OLD")
    (kits,) = (offer for offer in aid_offers(shelf) if offer.item.id == KIT)
    assert "OLD" not in {lot.lot for lot in kits.lots}
    assert left(shelf)["OLD"] == 9


def test_low_and_ending_stock_is_told(shelf: Desk) -> None:
    by_item = {one.item.id: one for one in stock(shelf)}
    kits, phones = by_item[KIT], by_item["phone"]
    today = shelf.clock.local().date()
    assert [kits.is_ending(lot, today) for lot in kits.lots] == [True, False]
    assert (kits.is_low, phones.is_low) == (False, True)


def test_a_leave_behind_needs_no_record_and_no_key(desks: Desks) -> None:
    administrator = desks(Role.ADMINISTRATOR)
    receive(administrator, A12)
    before = kits_of_november(administrator)
    assert give_without_name(administrator, KIT, "A12", 3, "outreach") == 17
    count, cost = kits_of_november(administrator)
    assert (count - before[0], cost - before[1]) == (3, 13500)
    with pytest.raises(NotAllowed):
        give_aid(administrator, RecordId("0" * 32), KIT, 1)


def test_miles_cost_and_leave_no_shelf(shelf: Desk) -> None:
    intake = taken(shelf).record
    give_aid(shelf, intake, "miles", 24)
    assert "miles" not in {one.item.id for one in stock(shelf)}
    assert ("miles", 24) in [(one.item.id, one.count) for one in month_costs(shelf)]


def test_reception_keeps_no_shelf(desks: Desks) -> None:
    """Who may what is proved for all roles in `test_roles_hold_in_every_service`."""
    with pytest.raises(NotAllowed):
        stock(desks(Role.RECEPTION))


def test_a_case_is_given_no_aid(desks: Desks) -> None:
    coordinator = desks(Role.COORDINATOR)
    assert coordinator.cases is not None
    (case, *_) = coordinator.cases.newest("intake")
    with pytest.raises(RecordMissing):
        give_aid(coordinator, case.record, KIT, 1)


def test_the_sheet_for_counting_lists_every_lot(shelf: Desk) -> None:
    assert print_stock_sheet(shelf).startswith(b"%PDF")
    assert stocks.lots_of(stocks.entries(shelf))[KIT, "A12"] == Lot(
        KIT, "A12", "2027-06-30", 20, 4500
    )


def test_who_counts_before_all_is_told_does_not_take_it_off_twice(shelf: Desk) -> None:
    care, user, intake = shelf.care_file, shelf.person.id, taken(shelf).record
    note = {"do": "given", "item": KIT, "count": 1, "at": stamp(shelf.clock), "lot": "A12"}
    owed = [
        create(care, user, CROSSING, new_record_id(),
               {"sent": new_record_id(), "note": note, "~due": "2026-11-23"}, about=intake)
        for _ in range(6)
    ]  # fmt: skip
    care.apply(owed, shelf.act("test"))
    assert aid_waits(shelf)
    assert left(shelf)["A12"] == 20  # six of them are gone already
    assert count_shelf(shelf, KIT, "A12", 14) == 0, "the books were right, once they knew"
    assert not aid_waits(shelf)
    assert settle_aid_rest(shelf, lambda: False)
    assert left(shelf)["A12"] == 14
