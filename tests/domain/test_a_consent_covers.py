"""No field leaves without a standing consent that covers it, for that recipient, on that day.

The oracle is a second, slower model: it walks the acts one by one, as a person would with a pen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake_app.domain import consent as rules
from intake_app.domain.consent import (
    ALWAYS,
    Consent,
    ConsentKind,
    Element,
    Held,
    Known,
    Limits,
    Party,
    Revocation,
    Side,
    State,
    coverage,
    held_on,
)
from intake_app.domain.ids import RecordId

DAY = date(2026, 11, 23)
LIMITS = Limits({"days_90": 90, "first_visit": 90}, soon=30)
SCOPE = {"phone": "name_contact", "wants": "wants", "drugs": "substance_use", "to": ALWAYS}
FIELDS = [*SCOPE, "nobody_said_what_this_is"]
NORTH, SOUTH = Party("North Center", "p1"), Party("South House", "p2")
OFFICE = Party("County Attorney", side=Side.AUTHORITY)
COURT = Party("County Court", side=Side.PROCEEDING)
HOW = st.sampled_from(["letter", "oral"])
SIDES = {
    ConsentKind.HAND_OFF: (NORTH, SOUTH),
    ConsentKind.REPORT_BACK: (OFFICE,),
    ConsentKind.PROCEEDINGS: (COURT,),
}


def whole(**other: object) -> Consent:
    """A consent to North with every element, from which others are made."""
    base = Consent(
        id=RecordId("c1"), kind=ConsentKind.HAND_OFF, entered="2026-11-23T09:30:00-05:00",
        name="Jordan Whitfield", disclosers=("desk",), information=frozenset({"name_contact"}),
        recipient=NORTH, purpose="referral", is_told=True, ends="days_90", signed="paper",
        signed_on="2026-11-23",
    )  # fmt: skip
    return replace(base, **other)  # pyright: ignore[reportArgumentType]


def state_of(consent: Consent, day: str = "2026-11-23", *back: Revocation) -> State:
    return held_on(Known((consent,), back), day, LIMITS)[0].state


# --- single cases -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "without"),
    [
        (Element.NAME, {"name": ""}),
        (Element.DISCLOSER, {"disclosers": ()}),
        (Element.INFORMATION, {"information": frozenset[str]()}),
        (Element.RECIPIENT, {"recipient": Party("")}),
        (Element.PURPOSE, {"purpose": ""}),
        (Element.REVOKE, {"is_told": False}),
        (Element.END, {"ends": ""}),
        (Element.END, {"ends": "date", "ends_on": ""}),
        (Element.SIGNATURE, {"signed": "refused"}),
        (Element.DATE, {"signed_on": ""}),
    ],
)
def test_a_consent_that_lacks_an_element_is_none(
    element: Element, without: dict[str, object]
) -> None:
    lacking = whole(**without)
    assert lacking.missing() == (element,)
    assert state_of(lacking) is State.UNSIGNED
    assert whole().missing() == ()


def test_it_holds_through_its_last_day_and_is_watched_before() -> None:
    assert state_of(whole()) is State.STANDING
    assert state_of(whole(), "2027-01-22") is State.SOON
    assert state_of(whole(), "2027-02-21") is State.SOON
    assert state_of(whole(), "2027-02-22") is State.EXPIRED
    assert state_of(whole(ends="none"), "2040-01-01") is State.STANDING
    ended = Known((whole(ends="none"),), ended={RecordId("c1"): "2026-12-01"})
    assert held_on(ended, "2026-12-02", LIMITS)[0].state is State.EXPIRED


@pytest.mark.parametrize("how", ["letter", "oral"])
def test_aloud_blocks_as_in_writing(how: str) -> None:
    back = Revocation(RecordId("c1"), "2026-11-23", how, is_confirmed=how == "letter")
    assert state_of(whole(), "2026-11-23", back) is State.REVOKED
    (held,) = held_on(Known((whole(),), (back,)), "2026-11-23", LIMITS)
    assert held.is_confirmed is (how == "letter")


def test_a_yes_aloud_waits_for_the_pen_and_one_who_cannot_decide_is_asked_again() -> None:
    assert state_of(whole(signed="verbal")) is State.UNSIGNED
    assert state_of(whole(signed="", signed_on="", is_deferred=True)) is State.DEFERRED
    assert state_of(whole(is_given=False)) is State.REFUSED


def test_what_is_taken_back_does_not_come_back_with_an_older_one() -> None:
    old, new = whole(), whole(id=RecordId("c2"), entered="2026-11-24T09:30:00-05:00")
    back = Revocation(RecordId("c2"), "2026-11-25", "letter", is_confirmed=True)
    newest, oldest = held_on(Known((old, new), (back,)), "2026-11-25", LIMITS)
    assert (newest.state, oldest.state) == (State.REVOKED, State.REPLACED)


def test_a_recipient_is_known_by_record_or_else_by_name() -> None:
    assert NORTH.is_same(Party("  north   CENTER "))
    assert not NORTH.is_same(Party("North Center", "p9"))
    assert not Party("").is_same(Party(""))
    assert not OFFICE.is_same(Party(OFFICE.name))


# --- any acts, in any order -------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """Consents and what was taken back, and a question."""

    known: Known
    day: str
    to: Party


@st.composite
def consents(draw: st.DrawFn, n: int) -> Consent:
    kind = draw(st.sampled_from(list(ConsentKind)))
    hour = draw(st.integers(0, 23))
    signed = DAY + timedelta(days=draw(st.integers(0, 120)))
    groups = st.frozensets(st.sampled_from(["name_contact", "wants", "substance_use"]))
    return whole(
        id=RecordId(f"c{n}"),
        kind=kind,
        entered=f"{signed}T{hour:02}:{n:02}:00-05:00",
        is_given=draw(st.integers(0, 9)) > 0,
        information=None if kind is ConsentKind.ALL_CARE else draw(groups),
        recipient=draw(st.sampled_from(SIDES.get(kind, (Party(""),)))),
        recipient_class="all" if kind is ConsentKind.ALL_CARE else "",
        is_told=draw(st.integers(0, 9)) > 0,
        ends=draw(st.sampled_from(["days_90", "none", "date"])),
        ends_on=str(signed + timedelta(days=draw(st.integers(0, 60)))),
        signed=draw(st.sampled_from(["paper", "drawn", "typed", "mark", "verbal", "refused", ""])),
        signed_on=str(signed),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    found = tuple(draw(consents(n)) for n in range(draw(st.integers(0, 5))))
    back = tuple(
        Revocation(one.id, one.signed_on, draw(HOW), is_confirmed=draw(st.booleans()))
        for one in found
        if draw(st.integers(0, 3)) == 0
    )  # fmt: skip
    ended = {one.id: one.signed_on for one in found if draw(st.integers(0, 7)) == 0}
    day = str(DAY + timedelta(days=draw(st.integers(0, 220))))
    to = draw(st.sampled_from([NORTH, SOUTH, OFFICE, COURT, Party("Somebody else")]))
    return World(Known(found, back, ended), day, to)


REACH = {"consent.report_back": Side.AUTHORITY, "consent.proceedings": Side.PROCEEDING}


def by_pen(world: World, field: str) -> bool:
    """The slow model: is there one consent that nothing speaks against?"""
    group = SCOPE.get(field)
    return any(
        not against(one, world)
        and (group == ALWAYS or one.information is None or group in one.information)
        for one in world.known.consents
        if group is not None
    )


def against(one: Consent, world: World) -> bool:
    if not one.is_given or one.missing():
        return True
    if one.id in {back.consent for back in world.known.revocations}:
        return True
    if any(date.fromisoformat(world.day) > last for last in lasts(one, world)):
        return True
    later = [o for o in world.known.consents if o.kind == one.kind and o.entered > one.entered]
    same = [o for o in later if o.recipient == one.recipient]
    if any(not o.is_given for o in later) or any(not o.missing() or less(o, one) for o in same):
        return True
    if REACH.get(one.kind.value, Side.PROVIDER) != world.to.side:
        return True
    return one.kind.value != "consent_tpo" and one.recipient.name != world.to.name


def less(later: Consent, one: Consent) -> bool:
    """Something that the earlier one names is not in the later one, signed or not."""
    named = later.information
    return named is not None and any(group not in named for group in one.information or ())


def lasts(one: Consent, world: World) -> list[date]:
    found = [date.fromisoformat(on) for i, on in world.known.ended.items() if i == one.id]
    if one.ends == "days_90":
        found.append(date.fromisoformat(one.signed_on) + timedelta(days=90))
    if one.ends == "date":
        found.append(date.fromisoformat(one.ends_on))
    return found


def disagrees(world: World, told: Callable[[World], dict[str, RecordId | None]]) -> list[str]:
    return [name for name, by in told(world).items() if (by is not None) != by_pen(world, name)]


def asked(world: World) -> dict[str, RecordId | None]:
    return coverage(held_on(world.known, world.day, LIMITS), FIELDS, SCOPE, world.to)


LATER_TELLS_LESS = World(
    Known((
        whole(id=RecordId("c0"), information=frozenset({"name_contact"})),
        whole(id=RecordId("c1"), information=frozenset[str](), entered="2026-11-24T09:30:00-05:00"),
    )),
    "2026-11-24", NORTH,
)  # fmt: skip
"""It is not signed yet, and what the first one names is no longer wanted."""


@given(worlds())
@example(LATER_TELLS_LESS)
def test_no_field_leaves_without_a_standing_consent_that_covers_it(world: World) -> None:
    assert disagrees(world, asked) == []


@given(worlds(), st.randoms(use_true_random=False), st.data())
def test_a_revocation_blocks_from_then_on_in_any_order_of_arrival(
    world: World, order: object, data: st.DataObject
) -> None:
    acts: list[Consent | Revocation] = [*world.known.consents, *world.known.revocations]
    mixed = data.draw(st.permutations(acts))
    again = Known(
        tuple(act for act in mixed if isinstance(act, Consent)),
        tuple(act for act in mixed if isinstance(act, Revocation)),
        world.known.ended,
    )
    assert held_on(again, world.day, LIMITS) == held_on(world.known, world.day, LIMITS)
    for by in asked(replace(world, known=again)).values():
        assert by not in {back.consent for back in world.known.revocations}


@given(worlds())
def test_taking_back_all_of_them_leaves_nothing(world: World) -> None:
    back = [
        Revocation(one.id, world.day, "oral", is_confirmed=False) for one in world.known.consents
    ]
    none = replace(world, known=replace(world.known, revocations=tuple(back)))
    assert set(asked(none).values()) == {None}


@given(worlds())
def test_use_in_a_proceeding_is_never_part_of_another_consent(world: World) -> None:
    kinds = {one.id: one.kind for one in world.known.consents}
    for to, kind in ((COURT, ConsentKind.PROCEEDINGS), (OFFICE, ConsentKind.REPORT_BACK)):
        covering = {by for by in asked(replace(world, to=to)).values() if by}
        assert {kinds[by] for by in covering} <= {kind}


# --- negative controls: what the oracle must catch --------------------------------------------


def spoiled(held: Sequence[Held]) -> Callable[[World], dict[str, RecordId | None]]:
    return lambda world: coverage(held, FIELDS, SCOPE, world.to)


def test_the_pen_catches_one_who_forgets_a_revocation() -> None:
    back = Revocation(RecordId("c1"), "2026-11-23", "oral", is_confirmed=False)
    world = World(Known((whole(),), (back,)), "2026-11-24", NORTH)
    forgets = held_on(replace(world.known, revocations=()), world.day, LIMITS)
    assert disagrees(world, asked) == []
    assert disagrees(world, spoiled(forgets)) == ["phone", "to"]


def test_the_pen_catches_one_who_does_not_look_at_the_recipient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(Known((whole(),)), "2026-11-24", SOUTH)
    assert disagrees(world, asked) == []

    def anybody(_mine: Party, _theirs: Party) -> bool:
        return True

    monkeypatch.setattr(rules.Party, "is_same", anybody)
    assert disagrees(world, asked) == ["phone", "to"]


def test_the_pen_catches_one_who_lets_unknown_fields_through() -> None:
    world = World(Known((whole(),)), "2026-11-24", NORTH)
    held = held_on(world.known, world.day, LIMITS)
    open_scope = {**SCOPE, "nobody_said_what_this_is": ALWAYS}
    assert disagrees(world, lambda w: coverage(held, FIELDS, open_scope, w.to)) == [
        "nobody_said_what_this_is"
    ]
