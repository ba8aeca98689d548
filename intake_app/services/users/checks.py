"""What the trust page says of people and their keys: names of colleagues, none of those served."""

from collections.abc import Sequence
from typing import Final

from intake_app.domain.pathway import Pathway
from intake_app.domain.roles import RECORDS, Compartment, Role
from intake_app.domain.trust import Check, Light
from intake_app.services.desk import Desk
from intake_app.services.users.granting import waiting_keys
from intake_app.services.users.listing import Standing, User, users_of
from intake_app.services.users.words import reads
from intake_app.words import Words, mark

_OFF: Final = {
    Standing.LOCKED: mark("{names}: locked after wrong tries."),
    Standing.AWAY: mark("{names}: turned off, away too long."),
    Standing.DISABLED: mark("{names}: disabled."),
}


def check_users(desk: Desk, words: Words) -> Sequence[Check]:
    """Whether there are enough people who can do what must be done, and whose keys wait."""
    if desk.users is None:
        return []
    people = [one for one in users_of(desk) if one.standing is not Standing.LEFT]
    return [_check_people(desk, people, words), _check_waiting(desk, words)]


def _check_people(desk: Desk, people: Sequence[User], words: Words) -> Check:
    say, title = words.text, words.text("People and roles")
    working = [one for one in people if one.standing is Standing.WORKING]
    found = [words.plural("{n} person can sign in.", "{n} people can sign in.", len(working))]
    for standing, told in _OFF.items():
        names = ", ".join(one.shown_name for one in people if one.standing is standing)
        if names:
            found.append(say(told, names=names))
    nobody, single = _scarce(desk, working, words)
    light, to_do = Light.GREEN, ""
    if single:
        light = Light.AMBER
        found.append(say("Only one person: {what}.", what=", ".join(single)))
        to_do = say("Give a second person each of these roles: one may be ill, or forget a "
                    "passphrase. Until then only a recovery card helps.")  # fmt: skip
    if nobody:
        light = Light.RED
        found.append(say("Nobody: {what}.", what=", ".join(nobody)))
        to_do = say("Give somebody the role, and have a holder or a recovery card give the key.")
    return Check("users", light, title, " ".join(found), to_do)


def _check_waiting(desk: Desk, words: Words) -> Check:
    say, title = words.text, words.text("Keys that wait for a yes")
    asked = waiting_keys(desk)
    if not asked:
        return Check("users.waiting", Light.GREEN, title, say("None."))
    names = ", ".join(
        say("{name} ({what})", name=one.name, what=reads(one.asked.compartment, words))
        for one in asked
    )  # fmt: skip
    to_do = say("Somebody who reads these records answers on their home page. Where all said no, "
                "take the role back.")  # fmt: skip
    return Check("users.waiting", Light.AMBER, title, names + ".", to_do)


def _scarce(desk: Desk, working: Sequence[User], words: Words) -> tuple[list[str], list[str]]:
    """What nobody does, and what only one person does; in words."""
    lets_in = sum(1 for one in working if Role.ADMINISTRATOR in one.roles)
    counted = [(words.text("lets people in"), lets_in)]
    has_cases = Pathway.OFFICER_INTERVENTION in desk.pathways
    for file in RECORDS if has_cases else (Compartment.CARE,):
        told = words.text("reads {what}", what=reads(file, words))
        counted.append((told, sum(1 for one in working if file in one.opens)))
    return [told for told, n in counted if n == 0], [told for told, n in counted if n == 1]
