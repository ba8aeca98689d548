"""Somebody is in a backup, and is purged afterwards."""

from datetime import timedelta

from lost_computer import LostComputer

from intake_app.domain.purge import Way
from intake_app.domain.roles import Compartment, Role
from intake_app.services.intakes.people import find_people, people_order, people_rows
from intake_app.services.purging.purging import Wanted, approve_purge, propose_purge
from intake_app.services.training.training import take_fictional_intakes


def purged_after(lost: LostComputer) -> tuple[str, str]:
    """A family name that nobody else has, and the backup that still has it on a stick away."""
    with lost.at(lost.old, Role.COORDINATOR) as desk:
        take_fictional_intakes(desk, 20, 7, "self_referral")
        rows = people_rows(desk, people_order(desk))
        found = [(row.name.split(",")[0], row.record) for row in rows if row.name]
        name, record = next(one for one in found if len(find_people(desk, one[0])) == 1)
    moment = lost.back_up()
    drawer = lost.stick.with_name("drawer")
    lost.stick.rename(drawer)
    with lost.at(lost.old, Role.COORDINATOR) as desk:
        order = propose_purge(desk, Wanted(Compartment.CARE, (record,), "request", Way.PURGE))
    lost.clock.at += timedelta(seconds=1)
    with lost.at(lost.old, Role.SUPERVISOR) as desk:
        approve_purge(desk, order)
    lost.clock.at += timedelta(hours=73)
    with lost.at(lost.old, Role.COORDINATOR):
        pass
    drawer.rename(lost.stick)
    ledger = lost.old / "ledger" / "purged.jsonl"
    beside = next(lost.stick.glob("*/ledger"))
    (beside / "purged.jsonl").write_bytes(ledger.read_bytes())  # a newer backup was refused
    return name, moment
