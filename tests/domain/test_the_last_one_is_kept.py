"""Whatever is taken from whom: an administrator stays, and a reader of each file."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.errors import IntakeError
from intake_app.domain.ids import UserId
from intake_app.domain.roles import KEYS, RECORDS, Compartment, Role
from intake_app.domain.staffing import Colleague, require_others, require_renewable
from intake_app.domain.user_errors import LastReaderOfCare, RenewWithCard

ROLES = st.frozensets(st.sampled_from(list(Role)), min_size=1)
ACTS = st.tuples(st.integers(0, 5), st.sampled_from(["off", "roles", "renew"]), ROLES)


def person(n: int, roles: frozenset[Role]) -> Colleague:
    held = frozenset(c for role in roles for c in KEYS[role])
    return Colleague(UserId(f"u{n}"), f"u{n}", f"U. {n}", roles, holds=held, opens=held)


def whole(people: list[Colleague]) -> set[object]:
    """What is done by somebody."""
    working = [one for one in people if one.is_working]
    found: set[object] = {c for one in working for c in one.opens if c in RECORDS}
    return found | {Role.ADMINISTRATOR for one in working if one.is_administrator}


def after(one: Colleague, act: str, roles: frozenset[Role]) -> Colleague:
    if act == "off":
        return replace(one, is_disabled=True, holds=frozenset(), opens=frozenset())
    if act == "renew":
        kept = frozenset({Compartment.STATION})
        return replace(one, holds=kept, opens=kept)
    left = frozenset(c for role in roles for c in KEYS[role])
    return replace(one, roles=roles, holds=one.holds & left, opens=one.opens & left)


@given(st.lists(ROLES, min_size=1, max_size=6), st.lists(ACTS, max_size=12))
def test_nothing_that_was_done_by_somebody_is_left_to_nobody(
    staff: list[frozenset[Role]], acts: list[tuple[int, str, frozenset[Role]]]
) -> None:
    people = [person(n, roles) for n, roles in enumerate(staff)]
    for n, act, roles in acts:
        if n >= len(people):
            continue
        before, one = whole(people), people[n]
        with suppress(IntakeError):
            if act == "renew":
                require_renewable(people, one.id)
            else:
                require_others(people, one.id, roles, keeps_keys=act == "roles")
            people[n] = after(one, act, roles)
        assert whole(people) >= before


def test_without_the_guard_it_would_be_seen() -> None:
    """Negative control."""
    people = [person(1, frozenset({Role.COORDINATOR}))]
    assert not whole([after(people[0], "off", frozenset())]) >= whole(people)


def test_a_holder_elsewhere_does_not_help_where_the_file_is_here() -> None:
    lowe, hale = (person(n, frozenset({Role.FRONT_DESK})) for n in (1, 2))
    away = replace(hale, opens=frozenset({Compartment.STATION}))
    with pytest.raises(LastReaderOfCare):
        require_others([lowe, away], lowe.id)
    require_others([lowe, hale], lowe.id)
    with pytest.raises(RenewWithCard):
        require_renewable([lowe, away], lowe.id)


def test_who_is_shut_out_already_can_always_leave() -> None:
    one = replace(person(1, frozenset({Role.ADMINISTRATOR})), is_disabled=True)
    require_others([one], one.id)
