"""Two real computers: the trust page of each says when the other last confirmed, or has not."""

from datetime import timedelta
from pathlib import Path

from two_computers import NAME, TwoComputers

from intake_app.domain.roles import Role
from intake_app.domain.trust import Check, Light
from intake_app.services.trust.gathering import trust
from intake_app.words import Words


def exchange_at(two: TwoComputers, folder: Path) -> list[Check]:
    with two.at(folder, Role.ADMINISTRATOR) as desk:
        checks = trust(desk, Words()).checks
    return [one for one in checks if one.belongs_to("exchange")]


def test_each_says_how_long_ago_the_other_was_heard_of(two: TwoComputers) -> None:
    (alone,) = exchange_at(two, two.front)
    assert alone.light is Light.GREEN
    two.enrolled()
    here, other = exchange_at(two, two.front)
    assert NAME in other.title
    assert other.light is Light.AMBER, "it was never heard of"
    for _ in range(3):
        for folder in (two.front, two.back):
            two.clock.at += timedelta(minutes=16)
            two.sync(folder)
    here, other = exchange_at(two, two.front)
    assert (here.light, other.light) == (Light.GREEN, Light.GREEN)
    assert "Confirmed" in other.found
    two.clock.at += timedelta(days=40)
    here, other = exchange_at(two, two.front)
    assert other.light is Light.RED
    assert "Stations" in other.to_do
