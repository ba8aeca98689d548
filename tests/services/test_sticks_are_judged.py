"""A stick is judged before anything is written to it, and what became of it is said calmly."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_exchange import BACK, HERE, FakeExchange
from fake_stores import Keyring, Readers
from profiles import Desks

from intake_app.domain.errors import NotAllowed
from intake_app.domain.exchange import Marker
from intake_app.domain.exchange_errors import MarkerOld, MarkerRefused
from intake_app.domain.roles import Role
from intake_app.domain.store_errors import StickTooSmall, StoreFailing, StoreVanished
from intake_app.services.desk import Desk
from intake_app.services.exchanging.carrying import Way, carrier_log
from intake_app.services.exchanging.sticks import (
    ROOT,
    StickErrand,
    asked_of_stick,
    look_at_stick,
    note_stick,
    prepare_stick,
    stick_command,
    stick_question,
)
from intake_app.services.needs.stores import StoreParts
from intake_app.settings.stores import StoreEntry, read_stores
from intake_app.ui.exchange.stick_words import say_moved, say_stick, say_stick_error
from intake_app.words import Words

EN, HUB = Words("en"), "3f2a91" + "0" * 26
ERRAND = StickErrand(StoreEntry(HUB, "stick", "/media/PINE", root=ROOT))
WENT = {"bundles": 12, "receipts": 3, "size": 48_000, "stations": [HERE]}
CAME = {"bundles": 1, "receipts": 2, "size": 900, "stations": [BACK]}
NONE: dict[str, object] = {"bundles": 0, "receipts": 0, "size": 0, "stations": []}
NAMES = {HERE: "Front Desk", BACK: "Back Office"}


def end(**said: object) -> dict[str, Any]:
    """The carrier's last line."""
    return {"in": NONE, "out": NONE, "trouble": "", "is_safe": True, **said}


@pytest.fixture
def admin(desks: Desks, tmp_path: Path) -> Desk:
    parts = StoreParts(tmp_path, Keyring(), Readers())
    return replace(desks(Role.ADMINISTRATOR), exchange=FakeExchange(), stores=parts)


def test_an_empty_stick_is_made_ready_by_an_administrator_alone(
    admin: Desk, desks: Desks, tmp_path: Path
) -> None:
    stick = tmp_path / "PINE"
    stick.mkdir()
    empty = {"marker": "", "is_empty": True}
    errand = stick_question(admin, stick)
    assert look_at_stick(admin, errand, empty).may_prepare
    coordinator = replace(desks(Role.COORDINATOR), exchange=FakeExchange(), stores=admin.stores)
    looked = look_at_stick(coordinator, errand, empty)
    assert not looked.may_prepare
    assert "Ask an administrator" in say_stick(looked, EN)
    with pytest.raises(NotAllowed):
        prepare_stick(coordinator, stick)
    made, marker = prepare_stick(admin, stick)
    assert (stick / ROOT).is_dir()
    assert marker == f"stick {made.entry.hub}"


def test_a_stick_that_is_ours_says_what_is_needed_and_free(admin: Desk, tmp_path: Path) -> None:
    said = {"marker": f"stick {HUB}", "needs": 12_400_000, "free": 7_200_000_000}
    looked = look_at_stick(admin, ERRAND, said)
    assert looked.is_ready
    assert say_stick(looked, EN) == (
        "Stick 3F2A91 is your department's. About 13 MB are to go on it; 7200 MB are free."
    )
    (kept,) = read_stores(tmp_path)
    assert (kept.hub, kept.kind, kept.marker) == (HUB, "stick", f"stick {HUB}")


@pytest.mark.parametrize("said", [
    {"marker": "another department's"},
    {"marker": f"folder {HUB}"},
    {"marker": "", "is_empty": False},
])  # fmt: skip
def test_a_stick_that_is_not_ours_is_left_alone(
    admin: Desk, tmp_path: Path, said: dict[str, object]
) -> None:
    looked = look_at_stick(admin, ERRAND, said)
    assert isinstance(looked.why, MarkerRefused)
    assert not looked.is_ready
    assert not looked.may_prepare
    assert read_stores(tmp_path) == ()


def test_a_stick_that_was_put_back_is_told_in_one_line(admin: Desk) -> None:
    class Older(Readers):
        """Its marker is older than the one that was known."""

        def read(self, text: str, known: Marker | None = None) -> Marker:
            if known is not None:
                raise MarkerOld
            return super().read(text)

    assert admin.stores is not None
    look_at_stick(admin, ERRAND, {"marker": f"stick {HUB}"})
    again = replace(admin, stores=replace(admin.stores, markers=Older()))
    looked = look_at_stick(again, ERRAND, {"marker": f"stick {HUB}"})
    assert say_stick(looked, EN) == MarkerOld.sentence()


def test_what_moved_is_said_and_written_into_the_log(admin: Desk) -> None:
    told = note_stick(admin, ERRAND, [end(**{"in": CAME}), end(out=WENT)])
    assert say_moved(told, (BACK,), NAMES, EN) == [
        "It brought 1 bundle and 2 receipts of Back Office.",
        "12 bundles and 3 receipts went on it for Back Office.",
    ]
    assert told.is_safe
    assert {line.carried.way for line in carrier_log(admin)} == {Way.IN, Way.OUT}


def test_an_old_or_copied_stick_is_one_calm_line_and_no_line_of_the_log(admin: Desk) -> None:
    told = note_stick(admin, ERRAND, [end()])
    (said,) = say_moved(told, (BACK,), NAMES, EN)
    assert said.endswith("an old or copied stick does no harm.")
    assert carrier_log(admin) == []


def test_too_little_room_is_said_in_numbers(admin: Desk) -> None:
    room = [12_300_000, 3_900_000, 8_000_000]
    told = note_stick(admin, ERRAND, [end(trouble="StickTooSmall", room=room, is_safe=False)])
    assert isinstance(told.error, StickTooSmall)
    assert say_stick_error(told.error, EN) == (
        "There is too little room on this stick: 13 MB are needed, 3 MB are free. Nothing was "
        "written to it. 8 MB lie in its trash: empty that."
    )


@pytest.mark.parametrize(("passes", "error"), [
    ([end(trouble="StoreVanished", is_safe=False)], StoreVanished),
    ([{}], StoreFailing),
    ([], StoreFailing),
])  # fmt: skip
def test_a_stick_that_was_pulled_is_never_safe(
    admin: Desk, passes: list[dict[str, Any]], error: type[Exception]
) -> None:
    told = note_stick(admin, ERRAND, passes)
    assert isinstance(told.error, error)
    assert not told.is_safe


def test_named_stations_are_told_to_the_carrier(admin: Desk) -> None:
    assert "--to" not in stick_command(admin, ERRAND)
    named = replace(ERRAND, to=(BACK,))
    assert stick_command(admin, named)[-2:] == ["--to", BACK]
    assert asked_of_stick(admin, named)["to"] == [BACK]
    assert asked_of_stick(admin, named)["station"] == HERE


def test_who_carries_nothing_may_do_none_of_it(desks: Desks, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        stick_question(desks(Role.FRONT_DESK), tmp_path)
    with pytest.raises(NotAllowed):
        note_stick(desks(Role.FRONT_DESK), ERRAND, [])
