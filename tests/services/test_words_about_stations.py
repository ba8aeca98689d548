"""Of each station it is said when it was heard of, what is missing by number, and what to do."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fake_exchange import BACK, HERE, TWO, station

from intake_app.domain.exchange_state import Trouble
from intake_app.services.exchanging.exchanging import ExchangeTold
from intake_app.services.exchanging.words import (
    STANDING_STILL,
    STATION_TROUBLES,
    say_missing,
    say_station,
)
from intake_app.words import Words

EN = Words("en")
TOLD = ExchangeTold(TWO, {HERE: "Front Desk", BACK: "Back Office"},
                    datetime(2026, 11, 23, 15, 0, tzinfo=UTC))  # fmt: skip
SEEN = "2026-11-23T14:41:09+00:00"


@pytest.mark.parametrize(("missing", "said"), [
    ((), ""),
    (((5, 5),), "Bundle 5 has not come. A stick that carries it may be lost. It goes again with "
     "the next stick or visit to a store."),
    (((5, 7),), "Bundles 5 to 7 have not come. A stick that carries them may be lost. They go "
     "again with the next stick or visit to a store."),
    (((2, 2), (5, 7), (9, 9)), "Bundles 2, 5 to 7 and 9 have not come. A stick that carries "
     "them may be lost. They go again with the next stick or visit to a store."),
])  # fmt: skip
def test_what_is_missing_is_said_by_number(missing: tuple[tuple[int, int], ...], said: str) -> None:
    assert say_missing(station(BACK, missing=missing), EN) == said


def test_confirmed_is_said_with_time_and_number() -> None:
    one = station(BACK, seen_at=SEEN, confirmed=12)
    assert say_station(one, TOLD, EN) == ["Confirmed 2:41 PM: it has your bundles up to number 12."]
    assert say_station(replace(one, confirmed=0), TOLD, EN) == [
        "Heard of 2:41 PM. It has none of your bundles yet."
    ]
    assert say_station(station(BACK, has_spoken=False), TOLD, EN) == [
        "Nothing was heard of it yet."
    ]


def test_a_silent_station_is_asked_about_and_never_struck_by_itself() -> None:
    old = station(BACK, seen_at="2026-10-20T09:00:00+00:00", confirmed=3)
    assert "administrator can strike it" in say_station(old, TOLD, EN)[-1]
    assert len(say_station(replace(old, seen_at=SEEN), TOLD, EN)) == 1, "negative control"


def test_changes_set_aside_and_trouble_are_told_with_what_to_do() -> None:
    one = station(BACK, seen_at=SEEN, confirmed=3, aside=2, trouble=Trouble.CHAIN)
    _, trouble, aside = say_station(one, TOLD, EN)
    assert "Nothing more is taken from it." in trouble
    assert aside == "It has set 2 changes aside: it could not use them."


def test_of_a_struck_station_nothing_else_is_said() -> None:
    one = station(BACK, is_struck=True, missing=((1, 3),), trouble=Trouble.CHAIN)
    assert say_station(one, TOLD, EN) == ["Struck. What it sent afterwards is set aside."]


def test_every_trouble_has_a_sentence_for_both_sides() -> None:
    assert set(STATION_TROUBLES) == set(Trouble) == set(STANDING_STILL)
