"""The rail says how far work has gone: waits, sent, confirmed; with one station nothing of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_exchange import ALONE, BACK, HERE, TWO, station

from intake_app.domain.exchange_state import ExchangeState, Trouble
from intake_app.services.exchanging.exchanging import STOPPED, ExchangeTold, say_state
from intake_app.settings.sent import is_all_sent, keep_sent, sealed_bundles
from intake_app.words import Words

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
NAMES = {HERE: "Back Office", BACK: "Front Desk"}
AT = "2026-11-23T14:41:09+00:00"
CONFIRMED = replace(TWO, confirmed_at=AT, confirmed_by=BACK)


def said(state: ExchangeState, language: str = "en") -> str:
    return say_state(ExchangeTold(state, NAMES, NOW), Words(language))


@pytest.mark.parametrize(("state", "words"), [
    (replace(CONFIRMED, waits=3, unconfirmed=2), "3 changes wait"),
    (replace(CONFIRMED, waits=1), "1 change waits"),
    (replace(CONFIRMED, unconfirmed=2), "sent, not yet confirmed"),
    (CONFIRMED, "confirmed 2:41 PM by Front Desk"),
    (replace(CONFIRMED, confirmed_at="2026-11-20T09:05:00+00:00"),
     "confirmed Fri, Nov 20, 9:05 AM by Front Desk"),
    (replace(CONFIRMED, stopped=Trouble.OLD_COPY, waits=9),
     "stopped: this is an older copy of this station"),
    (TWO, "nothing waits"),
])  # fmt: skip
def test_the_rail_says_how_far_work_has_gone(state: ExchangeState, words: str) -> None:
    assert said(state) == words


def test_what_no_carrier_has_taken_yet_was_not_sent(tmp_path: Path) -> None:
    told = ExchangeTold(replace(CONFIRMED, unconfirmed=2), NAMES, NOW, is_sent=False)
    assert say_state(told, Words("en")) == "sealed, not yet sent"
    run = tmp_path / "out" / "s" / "abc"
    run.mkdir(parents=True)
    assert is_all_sent(tmp_path), "nothing lies ready"
    (run / "9").write_bytes(b"")
    (run / "10").write_bytes(b"")
    sealed = sealed_bundles(tmp_path)
    assert not is_all_sent(tmp_path)
    (run / "11").write_bytes(b"")
    keep_sent(tmp_path, sealed)
    assert not is_all_sent(tmp_path), "11 came while the carrier was on its way"
    keep_sent(tmp_path, sealed_bundles(tmp_path))
    assert is_all_sent(tmp_path)


def test_with_one_station_there_is_no_word_of_it() -> None:
    assert said(replace(ALONE, waits=3)) == ""
    struck = replace(TWO, stations=(station(HERE), station(BACK, is_struck=True)), waits=3)
    assert said(struck) == "", "the other one was struck"


def test_a_station_without_a_known_name_is_another_station() -> None:
    told = ExchangeTold(CONFIRMED, {}, NOW)
    assert say_state(told, Words("en")) == "confirmed 2:41 PM by another station"


def test_every_trouble_has_a_sentence() -> None:
    assert set(STOPPED) == set(Trouble)
