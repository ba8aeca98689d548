"""A code that a department retired stays readable where it was chosen, and is not chosen anew."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from held_cases import House

from intake_app.domain.errors import UnknownCode
from intake_app.domain.form import Choice
from intake_app.domain.roles import Role
from intake_app.domain.text import Text
from intake_app.services.desk import Desk
from intake_app.services.records.choices import choices_of, require_choice

if TYPE_CHECKING:
    from intake_app.services.needs.everyday import Library

OLD = Choice("fax", Text({"en": "Fax"}), is_retired=True)
NOW = Choice("call", Text({"en": "Call"}))


class Tables:
    """A library that holds one table."""

    def codes(self, name: str) -> tuple[Choice, ...]:
        return (OLD, NOW) if name == "means" else ()


@pytest.fixture
def desk(house: House) -> Desk:
    return replace(house.desk(Role.COORDINATOR), library=cast("Library", Tables()))


def test_what_is_not_retired_is_offered_and_chosen(desk: Desk) -> None:
    assert choices_of(desk, "means") == (NOW,)
    assert require_choice(desk, "means", "call") is NOW


@pytest.mark.parametrize(("table", "code"), [("means", "fax"), ("means", "owl"), ("gone", "call")])
def test_a_code_that_is_retired_or_on_no_list_is_refused(desk: Desk, table: str, code: str) -> None:
    with pytest.raises(UnknownCode):
        require_choice(desk, table, code)
