"""The page of the exchange: the state on top, each station below, and the card of a hard stop."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_exchange import ALONE, BACK, HERE, TWO, FakeExchange, station
from fakes import PEOPLE, desk_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from intake_app.domain.exchange_state import ExchangeState, Trouble
from intake_app.domain.roles import May, may
from intake_app.ui.exchange.line import Carried, ExchangeLine
from intake_app.ui.frame.places import places_of
from intake_app.ui.pages.exchange_page import ExchangePage
from intake_app.ui.parts.background import Background
from intake_app.ui.parts.theme import Theme
from intake_app.words import Words

Open = Callable[..., ExchangePage]


@pytest.fixture
def exchange() -> FakeExchange:
    return FakeExchange()


@pytest.fixture
def line(qapp: object) -> ExchangeLine:
    return ExchangeLine()


@pytest.fixture
def open_page(
    qtbot: QtBot, background: Background, words: Words, theme: Theme, exchange: FakeExchange,
    line: ExchangeLine,
) -> Open:  # fmt: skip
    def opened(state: ExchangeState = TWO, user: str = "rlowe") -> ExchangePage:
        exchange.told = state
        desk = replace(desk_of(user), exchange=exchange)
        page = ExchangePage(desk, background, words, theme, line)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        with qtbot.waitSignal(page.refreshed):
            page.refresh()
        qtbot.waitUntil(lambda: not background.is_busy)
        return page

    return opened


def test_it_says_how_far_work_has_gone_and_when_the_next_bundle_goes(open_page: Open) -> None:
    page = open_page(replace(TWO, waits=3, next_cut="2026-11-23T14:55:00-05:00"))
    assert page.state.said == "3 changes wait"
    assert page.state._meaning.text().endswith("The next one: 2:55 PM.")


def test_alone_it_says_so(open_page: Open) -> None:
    page = open_page(ALONE)
    assert page.state.said == "One station"
    assert "keep your backups" in page.state._meaning.text()


def test_each_other_station_is_told_of(open_page: Open) -> None:
    stations = (station(HERE), station(BACK, seen_at="2026-11-23T14:40:00-05:00", confirmed=4,
                                       missing=((5, 7),)))  # fmt: skip
    page = open_page(replace(TWO, stations=stations))
    assert page.stations.said == {BACK: [
        "Confirmed 2:40 PM: it has your bundles up to number 4.",
        "Bundles 5 to 7 have not come. A stick that carries them may be lost. They go again with "
        "the next stick or visit to a store.",
    ]}  # fmt: skip


def test_sync_now_and_pause_are_asked_of_the_background(
    qtbot: QtBot, open_page: Open, line: ExchangeLine
) -> None:
    page = open_page()
    with qtbot.waitSignal(line.sync_asked):
        page.state.sync.click()
    with qtbot.waitSignal(line.pause_asked) as asked:
        page.state.pause.click()
    assert asked.args == [True]
    assert not page.state._paused.isVisible()
    line.pause(True)
    assert page.state.pause.text() == "Go on by itself"
    assert page.state._paused.isVisible(), "nobody forgets a pause that stands there"


def test_carrying_shows_how_far_it_is(open_page: Open, line: ExchangeLine) -> None:
    page = open_page()
    line.move(Carried(is_running=True, done=3, whole=12))
    assert page.state._carrier.text() == "Carrying bundles: 3 of 12."
    assert page.state._bar.isVisible()
    line.move(Carried(at="2026-11-23T14:41:00-05:00"))
    assert page.state._carrier.text() == "All stores were visited at 2:41 PM."
    assert not page.state._bar.isVisible()


def test_an_older_copy_is_a_hard_stop_with_one_sentence_and_one_button(
    qtbot: QtBot, open_page: Open, exchange: FakeExchange, line: ExchangeLine
) -> None:
    page = open_page(replace(TWO, stopped=Trouble.OLD_COPY))
    assert page.stop.why.count(".") == 1
    assert page.stop.go_on.isVisible()
    with qtbot.waitSignal(line.sync_asked):
        page.stop.go_on.click()
    assert exchange.acts == ["begin anew"]
    assert page.stop.why == ""
    assert page.good.text.startswith("A new count has begun.")


@pytest.mark.parametrize("trouble", sorted(set(Trouble) - {Trouble.OLD_COPY}))
def test_other_stops_say_what_to_do_and_have_no_button(open_page: Open, trouble: Trouble) -> None:
    page = open_page(replace(TWO, stopped=trouble))
    assert page.stop.why
    assert not page.stop.go_on.isVisible()


def test_turning_the_page_says_whom_it_waits_for(
    qtbot: QtBot, open_page: Open, exchange: FakeExchange, line: ExchangeLine
) -> None:
    page = open_page(replace(TWO, is_page_due=True))
    assert page.page is not None
    assert page.page.said == "Records were ended since it was done last: it is due."
    exchange.told = replace(TWO, page_waits_for=(BACK,))
    with qtbot.waitSignal(line.sync_asked):
        page.page.turn.click()
    assert exchange.acts == ["turn page"]
    assert page.page.said.endswith("have taken in everything: another station.")
    assert not page.page.turn.isEnabled()


def test_only_who_may_turn_the_page_is_offered_it(open_page: Open) -> None:
    assert open_page(TWO, "admin").page is None
    page = open_page(ALONE, "rlowe")
    assert page.page is not None
    assert not page.page.isVisible()


def test_a_station_that_is_being_filled_says_how_far_it_is(open_page: Open) -> None:
    page = open_page(replace(TWO, filling=(3, 12)))
    assert page.state._filling.text() == "This station is being filled: part 3 of 12."
    assert page.state._filling.isVisible()


def test_a_person_says_that_one_station_is_the_only_source(
    open_page: Open, exchange: FakeExchange, qtbot: QtBot
) -> None:
    assert open_page(TWO).source.why == ""
    page = open_page(replace(TWO, only_from=BACK))
    assert page.source.why.startswith("another station offers its records")
    exchange.told = TWO
    qtbot.keyClick(page.source.trust, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.source.why == "")
    assert exchange.acts == ["trust snapshot"]
    assert page.good.text == "Its records are being taken in. You can work meanwhile."


def test_a_backup_that_was_put_back_is_told_until_another_station_has_confirmed(
    open_page: Open, line: ExchangeLine
) -> None:
    page = open_page(replace(TWO, is_put_back=True))
    assert page.state._put_back.isVisible()
    assert page.state._put_back.text().startswith("A backup was put back on this computer")
    assert line.last_told is not None
    heard = replace(TWO, is_put_back=True, stations=(station(HERE), station(BACK, confirmed=1)))
    line.tell(replace(line.last_told, state=heard))
    assert not page.state._put_back.isVisible()


def test_who_confirmed_all_before_the_count_began_anew_lacks_nothing(open_page: Open) -> None:
    seen = "2026-11-23T14:40:00-05:00"
    both = (station(HERE), station(BACK, seen_at=seen))
    page = open_page(replace(TWO, stations=both, confirmed_at=seen, confirmed_by=BACK))
    assert page.stations.said[BACK] == ["Confirmed 2:40 PM: it has all your bundles."]
    page = open_page(replace(TWO, stations=both, unconfirmed=1, confirmed_by=BACK))
    assert page.stations.said[BACK] == ["Heard of 2:40 PM. It has none of your bundles yet."]


def test_the_time_of_the_last_visit_is_said_as_people_say_it(
    open_page: Open, line: ExchangeLine
) -> None:
    line.move(Carried(at="2026-11-23T14:41:00-05:00"))  # before anything else is known
    assert open_page().state._carrier.text() == "All stores were visited at 2:41 PM."


def test_it_is_a_place_for_who_keeps_stores_or_carries(
    exchange: FakeExchange, words: Words
) -> None:
    for user, person in PEOPLE.items():
        desk = replace(desk_of(user), exchange=exchange)
        is_there = "exchange" in [place.id for place in places_of(desk, words)]
        acts = (May.KEEP_STORES, May.CARRY_BUNDLES)
        assert is_there == any(may(person.roles, act) for act in acts), user
        assert "exchange" not in [place.id for place in places_of(desk_of(user), words)]
