"""What is done at one computer is reviewed at another: lines travel sealed."""

from datetime import timedelta

from two_computers import TwoComputers

from intake_app.domain.audit_trail import week_of
from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Compartment, Role
from intake_app.services.audit.batches import batches
from intake_app.services.audit.parts import parts_of
from intake_app.services.audit.review import lines_of_week, sign_off, waiting
from intake_app.services.chores import do_chores
from intake_app.services.exchanging.exchanging import exchange_round
from intake_app.services.intakes.people import find_people, show_names


def test_a_look_at_the_back_office_is_seen_at_the_front(
    two: TwoComputers, clock: FixedClock
) -> None:
    two.enrolled()
    for role in (Role.FRONT_DESK, Role.COORDINATOR):
        two.sync(two.front, role)
        two.sync(two.back)
    with two.at(two.back, Role.FRONT_DESK) as hale:
        here = parts_of(hale).trails[Compartment.STATION].station
        find_people(hale, "Whitfield")
        show_names(hale)
        assert do_chores(hale, lambda: False)
        exchange_round(hale, cut_now=True)
    two.sync(two.back)
    two.sync(two.front)
    week = week_of(clock.at.date())
    with two.at(two.front, Role.PRIVACY_OFFICER) as north:
        lines = [line for line in lines_of_week(north, week) if line.station == here]
        told = {(line.file, line.line.act.what) for line in lines}
        assert {(Compartment.CARE, what) for what in ("find people", "show names")} <= told
        assert (Compartment.STATION, "sign in as front_desk") in told
        clock.at += timedelta(days=7)
        sign_off(north, week)
        assert waiting(north).weeks == 0
        assert {one.station for one in batches(north)} > {here}  # her own were sealed now
