"""What waits for people: submissions that nobody took in, providers that nobody called lately."""

from datetime import timedelta
from typing import Final

from intake_app.domain.provider import MERGED_INTO, SERVICE, Provider
from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.services.records.drop_box import QUIET, SET_ASIDE, SUBMISSION, TAKEN_IN, age_of
from intake_app.words import Words

LATE: Final = timedelta(days=7)
"""A submission that waits so long is red; amber begins where the deputy is told."""

REMEMBERED: Final = timedelta(days=30)
"""So long one that was refused is told of."""

_MANY_STALE: Final = 0.5
"""With more than this share of old entries the directory is not to be relied on."""


def check_submissions(desk: Desk, words: Words) -> Check:
    """How long the oldest submission has waited for somebody who can read it."""
    title, now = words.text("Handed in, and not taken in"), desk.clock.now()
    done = {one.about for kind in (TAKEN_IN, SET_ASIDE) for one in desk.station.of_kind(kind)}
    waits = [
        one
        for one in desk.station.of_kind(SUBMISSION)
        if one.id not in done and not one.values.get(QUIET)
    ]
    aside = sum(age_of(one, now) < REMEMBERED for one in desk.station.of_kind(SET_ASIDE))
    if not waits:
        if aside:
            return _aside(title, aside, words)
        return Check("submissions", Light.GREEN, title, words.text("Nothing waits."))
    oldest = max(age_of(one, now) for one in waits)
    found = words.plural(
        "{n} submission waits. The oldest came {hours} hours ago.",
        "{n} submissions wait. The oldest came {hours} hours ago.",
        len(waits), hours=max(oldest // timedelta(hours=1), 0),
    )  # fmt: skip
    light = _light(desk, oldest)
    to_do = words.text(
        "Ask the coordinator, or whoever reads these records, to sign in and take them in."
    )
    return Check("submissions", light, title, found, to_do if light.is_bad else "")


def _aside(title: str, count: int, words: Words) -> Check:
    found = words.plural(
        "{n} submission was set aside: it could not be used.",
        "{n} submissions were set aside: they could not be used.", count,
    )  # fmt: skip
    to_do = words.text("Ask those who handed in lately whether an intake of theirs is missing.")
    return Check("submissions", Light.AMBER, title, found, to_do)


def _light(desk: Desk, age: timedelta) -> Light:
    if age >= LATE:
        return Light.RED
    return Light.AMBER if age >= timedelta(hours=desk.agency.deputy_hours) else Light.GREEN


def check_directory(desk: Desk, words: Words) -> Check:
    """How much of the directory nobody has vouched for lately."""
    title, today = words.text("Directory of providers"), desk.clock.local().date()
    entries = [Provider(one.id, one.values) for one in desk.station.of_kind(SERVICE)]
    live = [one for one in entries if not one.is_closed and not one.text(MERGED_INTO)]
    if not live:
        found = words.text("There is no provider in it.")
        to_do = words.text("Bring in a directory under Providers, or add those you work with.")
        return Check("directory", Light.AMBER, title, found, to_do)
    old = sum(one.is_stale(today, desk.agency.stale_days) for one in live)
    if not old:
        found = words.plural("{n} entry, checked lately.", "{n} entries, all checked lately.",
                             len(live))  # fmt: skip
        return Check("directory", Light.GREEN, title, found)
    found = words.plural(
        "{n} of {all} entries was not checked for more than {days} days.",
        "{n} of {all} entries were not checked for more than {days} days.",
        old, all=len(live), days=desk.agency.stale_days,
    )  # fmt: skip
    light = Light.AMBER if old > _MANY_STALE * len(live) else Light.GREEN
    to_do = words.text("Call them, and press “We called: all still right” under Providers.")
    return Check("directory", light, title, found, to_do if light.is_bad else "")
