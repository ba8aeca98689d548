"""Journeys for stories: brought up and read back, and what they would be from scratch."""

from dataclasses import replace

from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey, Subject
from intake_app.domain.roles import Compartment
from intake_app.services.desk import Desk
from intake_app.services.measures.journeys import bring_up
from intake_app.services.needs.measures import JourneyFile

ALL_DAYS = ("0000-00-00", "9999-99-99")


def file_of(desk: Desk, room: Compartment = Compartment.CARE) -> JourneyFile:
    assert desk.measures is not None
    return desk.measures.files[room]


def journeys(desk: Desk, room: Compartment = Compartment.CARE) -> list[Journey]:
    """All journeys of a file, after they were brought in step."""
    assert bring_up(desk, 10**6) == 0
    return list(file_of(desk, room).each(*ALL_DAYS))


def journey(desk: Desk, record: RecordId, room: Compartment = Compartment.CARE) -> Journey:
    """The journey of one record."""
    (found,) = (one for one in journeys(desk, room) if one.record == record)
    return found


def referrals(desk: Desk) -> list[Journey]:
    return [one for one in journeys(desk) if one.subject is Subject.REFERRAL]


def from_scratch(desk: Desk, room: Compartment = Compartment.CARE) -> list[Journey]:
    """What all of it would be, made anew."""
    file = file_of(desk, room)
    made_with, _ = file.made_with()
    file.forget(made_with)
    return in_order(journeys(desk, room))


def in_order(found: list[Journey]) -> list[Journey]:
    """Journeys in an order of their own, to compare."""
    plain = [replace(one, traits=dict(sorted(one.traits.items()))) for one in found]
    return sorted(plain, key=lambda one: one.record)
