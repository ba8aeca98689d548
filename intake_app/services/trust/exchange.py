"""How the exchange stands, a line for each station: when it last confirmed, what is missing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.exchange_state import ExchangeState, StationState
from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.services.exchanging.exchanging import (
    STOPPED,
    ExchangeTold,
    exchange_state,
    others,
    time_or_moment,
)
from intake_app.services.exchanging.words import SILENT, STANDING_STILL, say_station
from intake_app.words import Words

QUIET: Final = timedelta(days=7)
"""A station that was not heard of for so long is amber; after `SILENT` it is red."""


def check_exchange(desk: Desk, words: Words) -> Sequence[Check]:
    """One line for what waits here, and one for each other station that is not struck."""
    told = exchange_state(desk)
    if told is None or told.state.is_alone:
        return [_alone(words)]
    stations = [one for one in others(told.state) if not one.is_struck]
    return [_here(told, words), *(_station(one, told, words) for one in stations)]


def _alone(words: Words) -> Check:
    found = words.text("This is the department's only computer. Nothing is exchanged.")
    return Check("exchange", Light.GREEN, words.text("Exchange"), found)


def _here(told: ExchangeTold, words: Words) -> Check:
    state, title = told.state, words.text("Exchange")
    if state.stopped is not None:
        found = words.text("stopped: {why}", why=words.text(STOPPED[state.stopped]))
        to_do = words.text(STANDING_STILL[state.stopped])
        return Check("exchange", Light.RED, title, _capital(found), to_do)
    if state.aside:
        found = words.plural(
            "{n} change that came was set aside: it could not be used.",
            "{n} changes that came were set aside: they could not be used.", state.aside,
        )  # fmt: skip
        return Check("exchange", Light.AMBER, title, found, _ask_helper(words))
    return _what_waits(told, words)


def _what_waits(told: ExchangeTold, words: Words) -> Check:
    state, title = told.state, words.text("Exchange")
    open_work = state.waits + state.unconfirmed
    if not open_work:
        found = words.text("All that was entered here is at another station.")
        return Check("exchange", Light.GREEN, title, _with_last(found, told, words))
    found = words.plural(
        "{n} change or bundle from here is not confirmed yet.",
        "{n} changes or bundles from here are not confirmed yet.", open_work,
    )  # fmt: skip
    age = _age(state.confirmed_at, told.now)
    light = _light(age, is_known=_has_spoken(state))
    to_do = words.text(
        "Open Exchange. See whether a store can be reached, or carry a stick to another station."
    )
    return Check(
        "exchange", light, title, _with_last(found, told, words), to_do if light.is_bad else ""
    )


def _station(one: StationState, told: ExchangeTold, words: Words) -> Check:
    name = told.name_of(one.station, words)
    said = say_station(one, told, words)
    title = words.text("Exchange with {name}", name=name)
    ident = f"exchange:{one.station}"
    if one.trouble is not None:
        return Check(ident, Light.RED, title, said[0], said[-1])
    light = _light(_age(one.seen_at, told.now), is_known=one.has_spoken)
    if light is Light.GREEN and (one.missing or one.aside):
        light = Light.AMBER
    to_do = words.text(
        "Start the program there and let it exchange, or carry a stick. If that computer is lost "
        "or given up, strike it under Stations."
    )
    return Check(ident, light, title, " ".join(said), to_do if light.is_bad else "")


def _with_last(found: str, told: ExchangeTold, words: Words) -> str:
    state = told.state
    if not state.confirmed_at:
        return found
    last = words.text(
        "Last confirmed {time} by {station}.",
        time=time_or_moment(state.confirmed_at, told.now, words),
        station=told.name_of(state.confirmed_by, words),
    )
    return f"{found} {last}"


def _ask_helper(words: Words) -> str:
    return words.text("Make a support file and send it to whoever looks after the program.")


def _has_spoken(state: ExchangeState) -> bool:
    return any(one.has_spoken for one in others(state))


def _light(age: timedelta | None, *, is_known: bool) -> Light:
    """What an age means; without one it is amber: it may be new, or it may never come."""
    if not is_known or age is None:
        return Light.AMBER
    return Light.RED if age > SILENT else Light.AMBER if age > QUIET else Light.GREEN


def _age(at: str, now: datetime) -> timedelta | None:
    return now - datetime.fromisoformat(at) if at else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
