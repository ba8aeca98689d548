"""Which extracts a merge takes, and what a name is before it becomes a token."""

import pytest

from intake_app.domain.county import Came, Manifest, code, county_name, read_manifest, taken
from intake_app.domain.county_errors import (
    BadExtract,
    CountyKeysDiffer,
    ExtractsMissing,
    ScopesDiffer,
)
from intake_app.domain.ids import RecordId
from intake_app.domain.journey import Journey
from intake_app.domain.token import Named
from intake_app.services.exports.county_rows import told_codes

BOTH = ("care", "cases")
Q1, Q2 = ("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")


def came(
    agency: str, days: tuple[str, str], at: str = "2026-07-03T09:00:00+0000",
    generation: str = "one", files: tuple[str, ...] = BOTH,
) -> Came:  # fmt: skip
    said = Manifest(generation, *days, at[:10], files)
    return Came(agency, agency.upper(), at, said, b"")


def test_the_newest_of_a_period_takes_the_place_of_the_older() -> None:
    old, new = came("a", Q1, "2026-04-02T09:00:00+0000"), came("a", Q1, "2026-04-09T09:00:00+0000")
    found = taken([new, old, came("b", Q1), new], *Q1)
    assert [one.at for one in found.extracts if one.agency == "a"] == [new.at]
    assert (found.replaced, found.departments) == (1, ("A", "B"))
    assert found.today == "2026-04-09"  # what the earliest of them knows


def test_quarters_are_merged_to_a_half_year_where_no_day_is_left_out() -> None:
    found = taken([came("a", Q1), came("a", Q2), came("b", (Q1[0], Q2[1]))], Q1[0], Q2[1])
    assert len(found.extracts) == 3
    with pytest.raises(ExtractsMissing) as error:
        taken([came("a", Q1), came("b", (Q1[0], Q2[1]))], Q1[0], Q2[1])
    assert error.value.args == ("A",)
    with pytest.raises(ExtractsMissing):
        taken([came("a", ("2026-01-01", "2026-03-30")), came("a", Q2)], Q1[0], Q2[1])
    with pytest.raises(ExtractsMissing):
        taken([], *Q1)


def test_tokens_of_different_keys_are_never_compared() -> None:
    with pytest.raises(CountyKeysDiffer):
        taken([came("a", Q1), came("b", Q1, generation="two")], *Q1)


def test_an_agency_counts_the_same_files_in_each_of_its_extracts() -> None:
    with pytest.raises(ScopesDiffer):
        taken([came("a", Q1), came("a", Q2, files=("cases",))], Q1[0], Q2[1])


def test_a_manifest_is_read_as_it_was_written_and_nothing_else_is() -> None:
    said = Manifest("one", *Q1, "2026-04-02", BOTH, ("race",), 3, 2, 1,
                    {"booking_cents": 1, "jail_day_cents": 0, "jail_days_tenths": 0,
                     "arrest_minutes": 0}, "m")  # fmt: skip
    good = said.said()
    assert read_manifest(good) == said
    for name, bad in (
        ("since", "2026-02-30"), ("until", "2025-01-01"), ("rows", -1), ("rows", True),
        ("files", ["station"]), ("files", []), ("cuts", ["'; DROP"]), ("cuts", ["a", "a"]),
        ("numbers", []), ("v", 2), ("generation", 5), ("rows", 10**9),
    ):  # fmt: skip
        with pytest.raises(BadExtract):
            read_manifest({**good, name: bad})
    with pytest.raises(BadExtract):
        read_manifest({**good, "more": 1})


@pytest.mark.parametrize(
    ("last", "first"),
    [("O'Brien", "José"), ("OBRIEN", "Jose"), ("Ó Brien", "JOSE\u0301"), ("O-Brien", " jose "),
     ("O\u2019Brien Jr.", "José"), ("O'BRIEN III", "Jose")],
)  # fmt: skip
def test_one_name_is_written_in_one_way(last: str, first: str) -> None:
    assert county_name(Named(last, first, "1990-04-02")) == "OBRIEN|JOSE|1990-04-02"


def test_what_is_not_whole_makes_no_token() -> None:
    born = "1990-04-02"
    for last, first, day in (
        ("", "Jo", born), ("Day", "", born), ("Day", "Jo", ""), ("Day", "Jo", "1990"),
        ("?", "!", born),
    ):  # fmt: skip
        assert county_name(Named(last, first, day)) == ""


def test_what_stands_in_no_code_table_leaves_as_other() -> None:
    one = Journey(RecordId("x"), traits={"race": ("black", "smith"), "zone": ("mill_street",)})
    allowed = {"race": frozenset({"black", "white"}), "housing": frozenset({"housed"})}
    assert told_codes(one, allowed) == {"race": ["black", "other"], "housing": []}


def test_a_name_typed_into_the_wrong_question_does_not_leave() -> None:
    assert code("in_person") == "in_person"
    assert code("90Z") == "90Z"
    for words in ("Jordan Whitfield", "x" * 61, "=1+1", "Müller", "a\nb"):
        assert code(words) == "other"
