"""A sealed batch from anywhere is opened whole and where it belongs, or refused in one way."""

from collections.abc import Iterator

import pytest
from audit_world import working
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from profiles import Profile
from walk_ins import taken

from intake_app.domain.errors import BadChange, CannotOpen
from intake_app.domain.roles import Compartment, Role
from intake_app.services.audit.parts import parts_of
from intake_app.services.desk import Desk
from intake_app.services.needs.audit import Oversight

CARE, PLACE = Compartment.CARE, "front.1 0  3 abc"
BODY = b'{"lines":[],"near":{}}'


@pytest.fixture(scope="module")
def worked(template: Profile, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    made = template.copy_to(tmp_path_factory.mktemp("attacked") / "profile")
    with working(made, Role.FRONT_DESK) as desk:
        taken(desk)
    return made


def seal(desk: Desk, file: Compartment = CARE, body: bytes = BODY) -> bytes:
    return parts_of(desk).oversight.seal(file, PLACE, body)


@pytest.fixture(scope="module")
def sealed(worked: Profile) -> dict[str, bytes]:
    """A genuine one, and some that should not be."""
    with working(worked, Role.FRONT_DESK) as hale:
        found = {
            "genuine": seal(hale),
            "other": seal(hale, body=BODY * 9),
            "bomb": seal(hale, body=bytes(65 * 1024 * 1024)),
        }
        with pytest.raises(BadChange):
            seal(hale, body=b"".join(n.to_bytes(4, "big") for n in range(2_000_000)))
    with working(worked, Role.RECEPTION) as brandt:
        found["by nobody who may"] = seal(brandt)
        found["of another file"] = seal(brandt, Compartment.STATION)
    return found


@pytest.fixture(scope="module")
def oversight(worked: Profile) -> Iterator[Oversight]:
    with working(worked, Role.PRIVACY_OFFICER) as north:
        yield parts_of(north).oversight


def test_the_genuine_one_opens(oversight: Oversight, sealed: dict[str, bytes]) -> None:
    author, body = oversight.open(CARE, PLACE, sealed["genuine"])
    assert body == BODY
    assert author
    assert oversight.open(Compartment.STATION, PLACE, sealed["of another file"])[1] == BODY


@pytest.mark.parametrize("name", ["bomb", "by nobody who may", "of another file"])
def test_the_others_do_not(oversight: Oversight, sealed: dict[str, bytes], name: str) -> None:
    with pytest.raises(CannotOpen):
        oversight.open(CARE, PLACE, sealed[name])


def test_it_opens_nowhere_else(oversight: Oversight, sealed: dict[str, bytes]) -> None:
    for file, place in ((Compartment.CASES, PLACE), (CARE, PLACE + "0"), (CARE, "")):
        with pytest.raises(CannotOpen):
            oversight.open(file, place, sealed["genuine"])


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=300), at=st.integers(0, 10_000))
def test_garbage_is_refused(
    oversight: Oversight, sealed: dict[str, bytes], junk: bytes, at: int
) -> None:
    genuine = sealed["genuine"]
    at %= len(genuine)
    for data in (junk, genuine[:at], genuine[:at] + b"!" + genuine[at + 1 :], genuine + junk):
        if data != genuine:
            with pytest.raises(CannotOpen):
                oversight.open(CARE, PLACE, data)


def test_it_tells_no_more_than_a_rounded_length(sealed: dict[str, bytes]) -> None:
    assert len(sealed["genuine"]) == len(sealed["other"])
    assert b"lines" not in sealed["genuine"]
