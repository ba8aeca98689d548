"""The pocket card: what qualifies is asked of the program's rules, the days of the clock."""

from dataclasses import replace
from datetime import UTC, datetime, time

import page
import pypdfium2
import pytest
from held_cases import House

from intake_app.domain.business_time import report_by
from intake_app.domain.errors import FormMissing, NotAllowed
from intake_app.domain.roles import Role
from intake_app.services.case.held import terms_of
from intake_app.services.citing.pocket_card import (
    exclusions,
    print_pocket_card,
    qualifying_offenses,
)
from intake_app.services.desk import Desk
from intake_app.storage.compartment import Compartment
from intake_app.words.dates import short_day

PROGRAMS = ("plain_diversion", "pembroke_pines", "pinellas_apad", "clackamas_lead", "madison_mari")
DAY = "2026-11-23"


@pytest.fixture
def desk(house: House) -> Desk:
    desk = house.desk(Role.OFFICER)
    return replace(desk, agency=replace(desk.agency, case_programs=PROGRAMS))


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(p.get_textpage().get_text_bounded().split()) for p in document)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_has_its_card(desk: Desk, program: str, language: str) -> None:
    data = print_pocket_card(desk, program, "2026-11", language)
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    assert list(report.failures) == []
    said, guide = text_of(data), desk.library.guide(program)
    assert {"en": "November 2026", "es": "noviembre"}[language] in said
    terms = terms_of(guide)
    assert terms.place_phone in said
    listed = list(qualifying_offenses(guide, DAY))
    assert listed
    for one in listed:
        assert one.offense.label.said_in(language).split()[0] in said
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    due = report_by(noon, terms, desk.calendar, UTC).moment
    assert short_day(due.date(), language) in said


def test_what_a_rule_excludes_is_not_on_it(desk: Desk) -> None:
    guide = desk.library.guide("pembroke_pines")
    found = {one.offense.id: [r.id for r in one.notes] for one in qualifying_offenses(guide, DAY)}
    assert {"domestic_battery", "dui", "stalking"}.isdisjoint(found)
    assert "cannabis_over_20_g" in found["cannabis_20g"]
    assert "victim_must_consent" in found["petit_theft_2"]
    assert found["loitering"] == []
    against = {rule.id for rule in exclusions(guide, DAY)}
    assert {"adults_only", "domestic_violence", "weapon_was_there"} <= against
    assert "over_the_limit_here" in against
    assert "offense_not_listed" not in against
    open_to_all = {rule.id for rule in exclusions(desk.library.guide("clackamas_lead"), DAY)}
    assert "over_the_limit_here" not in open_to_all  # it sets no limit


def test_it_is_logged_and_leaves_no_record(desk: Desk, house: House) -> None:
    print_pocket_card(desk, "plain_diversion", "2027-02")
    station = desk.station
    assert isinstance(station, Compartment)
    acts = station.database.conn.execute("SELECT act, record FROM audit ORDER BY n DESC").fetchone()
    assert acts == ("print pocket card", "")
    assert desk.cases_file.of_kind("paper") == []


def test_only_who_keeps_pads(house: House, desk: Desk) -> None:
    for role in (Role.FRONT_DESK, Role.COORDINATOR):
        with pytest.raises(NotAllowed):
            print_pocket_card(house.desk(role), "plain_diversion", "2026-11")
    with pytest.raises(FormMissing):
        print_pocket_card(desk, "safe_passages", "2026-11")


def test_the_calendar_is_the_clocks_own_count(desk: Desk) -> None:
    """Hours or business days: the same day at any hour of handing over, or both days."""
    guide = desk.library.guide("plain_diversion")
    said = text_of(print_pocket_card(desk, "plain_diversion", "2026-12"))
    for day in (1, 23, 24, 31):
        at = datetime.combine(datetime(2026, 12, day, tzinfo=UTC), time(15), UTC)
        due = report_by(at, terms_of(guide), desk.calendar, UTC).moment
        assert f"{short_day(at.date(), 'en')} {short_day(due.date(), 'en')}, 4:00 PM" in said
