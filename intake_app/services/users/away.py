"""Sign-ins that nobody has used for a long time are turned off; see `domain.idle`.

Nothing is written for it: whoever was away too long is refused at sign-in, until an administrator
lets them in again. What they began waits. Where the department has several computers, each day on
which somebody signs in is told to the others about once a week.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from intake_app.domain.clock import Clock
from intake_app.domain.idle import idle_people
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.domain.user_errors import IdleTooLong
from intake_app.services.desk import Desk
from intake_app.services.needs.files import Records
from intake_app.services.needs.users import UserParts
from intake_app.services.records.writing import fact

SEEN: Final = "user.seen"
"""Kind of a fact: a day on which somebody signed in anywhere, or was let in again."""

DAY: Final = "day"
_TELL_AFTER: Final = timedelta(days=7)
_BACK: Final = timedelta(days=400)


def refuse_idle(station: Records, parts: UserParts, user: UserId, clock: Clock) -> None:
    """Refuse who was away too long.

    Raises:
        IdleTooLong: They were; an administrator lets them in again.
    """
    if user in idle_users(station, parts, clock):
        raise IdleTooLong


def idle_users(station: Records, parts: UserParts, clock: Clock) -> frozenset[UserId]:
    """Everybody whose sign-in is off for being away too long."""
    people, today = parts.desk.people(), clock.local().date()
    noted = parts.sign_ins.days((today - _BACK).isoformat())
    days = {day for _, text in noted if (day := _day(text))}
    days |= {day for text in parts.sign_ins.newest() if (day := _day(text))}
    days |= {day for day in _told(station).values()}
    return idle_people(people, last_seen(station, parts, clock), days, today, parts.idle_days)


def last_seen(station: Records, parts: UserParts, clock: Clock) -> dict[UserId, date]:
    """When each person last signed in, as far as is known here; or got the keys they have."""
    since = (clock.local().date() - _BACK).isoformat()
    found = {one.id: day for one in parts.desk.people() if (day := _day(one.since))}
    here = ((user, _day(text)) for user, text in parts.sign_ins.days(since))
    for user, day in (*here, *_told(station).items()):
        if day and (user not in found or found[user] < day):
            found[user] = day
    return found


def tell_others(desk: Desk) -> None:
    """Tell the other computers that this person works; about once a week."""
    if desk.users is None or desk.users.desk.stations < 2:
        return
    today, told = desk.clock.local().date(), _told(desk.station).get(desk.person.id)
    if told is None or not timedelta(0) <= today - told < _TELL_AFTER:
        note_seen(desk, desk.person.id, "tell that one works")


def note_seen(desk: Desk, user: UserId, what: str) -> None:
    """Count somebody's absence from today on."""
    told = {"user": user, DAY: desk.clock.local().date().isoformat()}
    change = fact(desk.station, desk.person.id, SEEN, new_record_id(), told)
    desk.station.apply([change], replace(desk.act(what), record=RecordId(user)))


def _told(station: Records) -> dict[UserId, date]:
    found = dict[UserId, date]()
    for record in station.of_kind(SEEN):
        day, user = (
            _day(str(record.values.get(DAY, ""))),
            UserId(str(record.values.get("user", ""))),
        )
        if day:
            found[user] = max(day, found.get(user, day))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
