"""5,000 generated intakes, counted by SQL and by a second program that shares nothing with it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from journey_files import filled, question, shipped
from made_journeys import Maker
from second_count import SecondCount

from intake_app.domain.errors import DiskFull
from intake_app.domain.journey import Journey
from intake_app.domain.measure import Question
from intake_app.storage import measuring
from intake_app.storage.journeys import Journeys

ALL = ("2024-01-01", "2026-12-31")
SOME = ("2025-02-10", "2025-11-03")
CUTS: Sequence[tuple[str, ...]] = (
    ("race",), ("nibrs_race",), ("pathway", "gender"), ("race", "fiscal_year"),
    ("services", "nibrs_ethnicity"), ("quarter", "age_band"), ("by", "month"),
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> list[Journey]:
    return list(Maker(5).many(5000))


@pytest.fixture(scope="module")
def file(made: list[Journey], tmp_path_factory: pytest.TempPathFactory) -> Journeys:
    return filled(tmp_path_factory.mktemp("made"), made)


@pytest.mark.parametrize("period", [ALL, SOME])
def test_every_measure(file: Journeys, made: list[Journey], period: tuple[str, str]) -> None:
    asked = [question(one, (), period) for one in shipped().measures]
    for one, figure in zip(asked, file.ask_all(asked), strict=True):
        second = SecondCount(one, made)
        assert figure.whole == second.whole(), one.measure.id
        left = second.left_out()
        assert figure.running == left["running"]
        assert figure.excluded == {e.id: left[f"not {e.id}"] for e in one.measure.exclusions}
        assert file.ask(one) == figure


def test_every_measure_cut(file: Journeys, made: list[Journey]) -> None:
    for n, one in enumerate(shipped().measures):
        asked = question(one, CUTS[n % len(CUTS)], SOME if n % 2 else ALL)
        second = SecondCount(asked, made)
        figure = file.ask(asked)
        assert figure.rows == second.rows(), (one.id, asked.cuts)
        assert figure.whole == second.whole(), one.id


def test_tables_of_a_report_are_asked_of_a_copy_that_is_gone_afterwards(
    file: Journeys, made: list[Journey], monkeypatch: pytest.MonkeyPatch
) -> None:
    idents = ("offered", "rearrest_12", "engaged_30_days", "no_room", "lost_declined")
    asked = [question(one, cuts, SOME) for one in idents for cuts in CUTS[:4]]
    for one, figure in zip(asked, file.ask_all(asked), strict=True):
        second = SecondCount(one, made)
        assert (figure.whole, figure.rows) == (second.whole(), second.rows()), one.measure.id

    def temporary() -> list[str]:
        return file._db.conn.execute("SELECT name FROM sqlite_temp_master").fetchall()

    assert temporary() == []

    def fail(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(measuring, "figure_of", fail)
    with pytest.raises(DiskFull):
        file.ask_all(asked)
    assert temporary() == []


def test_some_codes_only(file: Journeys, made: list[Journey]) -> None:
    for only in (
        [("race", ("black", "hispanic"))], [("race", ("",))], [("nibrs_race", ("several", "U"))],
        [("pathway", ("self_referral",)), ("gender", ("woman", "non_binary"))],
        [("quarter", ("2025-Q2",))],
    ):  # fmt: skip
        for ident in ("completed", "rearrest_12", "days_to_contact", "attendance", "no_room"):
            asked = question(ident, ("age_band",), ALL, only=only)
            second = SecondCount(asked, made)
            assert file.ask(asked).rows == second.rows(), (ident, only)


def test_fiscal_years_begin_when_the_department_says(file: Journeys, made: list[Journey]) -> None:
    for month in (1, 7, 10):
        asked = replace(question("met", ("fiscal_year",), ALL), fiscal_month=month)
        assert file.ask(asked).rows == SecondCount(asked, made).rows()


def test_the_records_behind_a_number_are_those_that_were_counted(
    file: Journeys, made: list[Journey]
) -> None:
    for ident, place in (("completed", ("black",)), ("offered", ("white",)), ("no_room", ("",))):
        asked = question(ident, ("race",), ALL)
        pairs = SecondCount(asked, made).places(asked.cuts)[place]
        looked = {one.intake for sort, one in pairs if sort in ("base", "hit")}
        assert set(file.behind(asked, place, 100_000)) == looked
        hits = {one.intake for sort, one in pairs if sort == "hit"}
        assert file.in_numerator(asked, looked) & looked == hits


def test_the_newest_come_first_and_no_more_than_were_asked(
    file: Journeys, made: list[Journey]
) -> None:
    days = {one.record: one.opened_on for one in made}
    found = file.behind(question("met", (), ALL), (), 50)
    assert len(found) == 50
    assert [days[one] for one in found] == sorted((days[one] for one in found), reverse=True)
    assert days[found[0]] == max(one.opened_on for one in made if one.subject != "referral")


class Forgetful(SecondCount):
    """A control: it leaves nobody out, and counts whose time has not run."""

    def _sort(self, one: Journey) -> str | None:
        sort = super()._sort(one)
        return None if sort is None else sort if sort in ("base", "hit") else "base"


def test_a_count_that_leaves_nobody_out_is_caught(file: Journeys, made: list[Journey]) -> None:
    def differs(asked: Question) -> bool:
        return file.ask(asked).whole != Forgetful(asked, made).whole()

    for ident in ("completed", "rearrest_6", "rearrest_12", "engaged_30_days", "eligible"):
        assert differs(question(ident, (), ALL)), ident
