"""What is said of each station and of what stands still: what is so, and what to do about it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from intake_app.domain.exchange_state import StationState, Trouble
from intake_app.services.exchanging.exchanging import ExchangeTold, time_or_moment
from intake_app.words import Words, mark

SILENT: Final = timedelta(days=30)
"""After so long a station is asked about: only a person strikes it."""

STATION_TROUBLES: Final[Mapping[Trouble, str]] = {
    Trouble.OLD_COPY: mark(
        "It works with an older copy of its own records. Somebody there must open Exchange and "
        "confirm it."
    ),
    Trouble.CHAIN: mark(
        "A bundle of it does not follow the one before. Nothing more is taken from it. Ask there "
        "whether its records were put back from a copy, and tell your administrator."
    ),
    Trouble.TWO_HASHES: mark(
        "It wrote two different bundles under one number. Nothing more is taken from it. It may "
        "run on two computers at once: stop one of them, and enroll it anew."
    ),
    Trouble.DIGEST: mark(
        "It holds other records than this station, though it took the same bundles. Nothing is "
        "lost here. Tell your administrator; do not delete anything."
    ),
    Trouble.ALTERED: mark(
        "A bundle of it is damaged or was altered. It was not used. Press “Exchange now”. If it "
        "stays so, carry it on another stick."
    ),
    Trouble.SAYS_LESS: mark(
        "It takes back what it had received. Its records may have been put back from a copy. "
        "Somebody there must open Exchange."
    ),
    Trouble.TOO_NEW: mark(
        "A newer program wrote its bundles. They are kept here. Update this program, and they are "
        "taken in."
    ),
    Trouble.COPIED: mark(
        "Two computers work with one copy of it. Nothing more is taken from it. One of them must "
        "be enrolled as a station of its own."
    ),
    Trouble.STRUCK: mark("It was struck. What it sent afterwards is set aside."),
}
"""Of another station, by what was found."""

STANDING_STILL: Final[Mapping[Trouble, str]] = {
    **STATION_TROUBLES,
    Trouble.OLD_COPY: mark(
        "This computer's records were put back from an older copy, so its bundles get a count of "
        "their own from now on: nothing is lost, and nothing is sent twice."
    ),
    Trouble.TOO_NEW: mark("A newer program wrote the bundles. Update this program to go on."),
    Trouble.COPIED: mark(
        "Another computer works with a copy of this profile. Keep one of the two, and enroll the "
        "other as a station of its own."
    ),
    Trouble.STRUCK: mark(
        "This station was struck. What is entered here reaches nobody. Ask your administrator to "
        "enroll it anew."
    ),
}
"""Of this station, where all stands still."""


def say_station(one: StationState, told: ExchangeTold, words: Words) -> list[str]:
    """All that is said of another station: heard of when, what is missing, what to do."""
    if one.is_struck:
        return [words.text("Struck. What it sent afterwards is set aside.")]
    lines = [_heard(one, told, words)]
    if missing := say_missing(one, words):
        lines.append(missing)
    if one.trouble is not None:
        lines.append(words.text(STATION_TROUBLES[one.trouble]))
    if one.aside:
        lines.append(words.plural(
            "It has set {n} change aside: it could not use it.",
            "It has set {n} changes aside: it could not use them.", one.aside,
        ))  # fmt: skip
    if _is_silent(one, told.now):
        lines.append(words.text(
            "Nothing was heard of it for more than 30 days. If it is lost or given up, an "
            "administrator can strike it."
        ))  # fmt: skip
    return lines


def say_missing(one: StationState, words: Words) -> str:
    """Which bundles of a station have not come, by number; empty: none."""
    if not one.missing:
        return ""
    runs = [_run(first, last, words) for first, last in one.missing]
    count = sum(last - first + 1 for first, last in one.missing)
    what = runs[0] if len(runs) == 1 else words.text("{runs} and {last_run}",
        runs=", ".join(runs[:-1]), last_run=runs[-1])  # fmt: skip
    return words.plural(
        "Bundle {what} has not come. A stick that carries it may be lost. It goes again with the "
        "next stick or visit to a store.",
        "Bundles {what} have not come. A stick that carries them may be lost. They go again with "
        "the next stick or visit to a store.",
        count, what=what,
    )  # fmt: skip


def _run(first: int, last: int, words: Words) -> str:
    if first == last:
        return str(first)
    return words.text("{first} to {last}", first=first, last=last)


def _heard(one: StationState, told: ExchangeTold, words: Words) -> str:
    if not one.has_spoken:
        return words.text("Nothing was heard of it yet.")
    when = time_or_moment(one.seen_at, told.now, words) if one.seen_at else ""
    if one.confirmed and when:
        return words.text(
            "Confirmed {time}: it has your bundles up to number {n}.", time=when, n=one.confirmed
        )
    if when and not told.state.unconfirmed and told.state.confirmed_by == one.station:
        return words.text("Confirmed {time}: it has all your bundles.", time=when)
    if one.confirmed:
        return words.text("It has your bundles up to number {n}.", n=one.confirmed)
    if when:
        return words.text("Heard of {time}. It has none of your bundles yet.", time=when)
    return words.text("It has none of your bundles yet.")


def _is_silent(one: StationState, now: datetime) -> bool:
    return bool(one.seen_at) and now - datetime.fromisoformat(one.seen_at) > SILENT
