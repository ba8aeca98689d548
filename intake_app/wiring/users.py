"""Joins what keeping people and their keys needs; called by `entrance` when somebody signs in.

Like `wiring` it may import inside functions, and has no rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.roles import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.clock import Clock
    from intake_app.domain.ids import UserId
    from intake_app.services.desk import Person
    from intake_app.services.needs.files import Records
    from intake_app.services.needs.users import UserParts
    from intake_app.settings.agency import Agency
    from intake_app.storage.compartment import Compartment as File
    from intake_app.vault.keys import Keys
    from intake_app.vault.registry import Registry
    from intake_app.vault.vault import Vault


def make_users(
    vault: Vault, keys: Keys, files: Mapping[str, File], agency: Agency, clock: Clock
) -> UserParts:  # fmt: skip
    """What keeping people needs, of a profile whose files are open."""
    from intake_app.services.needs.users import UserParts
    from intake_app.settings.sign_in_policy import read_policy
    from intake_app.storage.sign_ins import SignIns
    from intake_app.vault.user_desk import UserDesk

    others = tuple(file for name, file in files.items() if name != Compartment.STATION)
    sign_ins = SignIns(files[Compartment.STATION], others)
    idle_days = read_policy(agency.sign_in_policy).idle_days
    return UserParts(UserDesk(vault, keys, clock), sign_ins, idle_days)


def people_of(registry: Registry) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Who works here now; and who left, or is shut out for now."""
    from intake_app.services.desk import Person

    working, former = list[Person](), list[Person]()
    for one in registry.people:
        is_off = one.is_revoked or one.is_disabled
        person = Person(one.id, one.user_name, one.shown_name, one.roles)
        (former if is_off else working).append(person)
    return tuple(working), tuple(former)


def refuse_idle(station: Records, users: UserParts, user: UserId, clock: Clock) -> None:
    """Refuse who was away too long; that they tried is logged.

    Raises:
        IdleTooLong: They were.
    """
    from intake_app.domain.act import Act
    from intake_app.domain.user_errors import IdleTooLong
    from intake_app.services.users import away

    try:
        away.refuse_idle(station, users, user, clock)
    except IdleTooLong:
        station.note(Act(user, "sign in after absence", outcome="refused"))
        raise
