"""The report for an auditor: each control, who does what, and what was found; it names nobody."""

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2 as pdfium
import pytest
from profiles import Desks
from trust_world import QUICK
from walk_ins import audit, station_of

from intake_app.domain.errors import NotAllowed
from intake_app.domain.roles import Role
from intake_app.domain.trust import Check, Light
from intake_app.rulebook.controls_reader import CONTROLS_FILES, read_controls
from intake_app.rulebook.toml_source import TomlSource
from intake_app.services.desk import Desk
from intake_app.services.trust import gathering
from intake_app.services.trust.gathering import looked_at
from intake_app.services.trust.report import auditor_report, report_was_used
from intake_app.settings import resources
from intake_app.words import Words

if TYPE_CHECKING:
    from intake_app.rulebook.mistake import Mistake

SHIPPED = resources.path("resources", *CONTROLS_FILES[1].split("/"))


def words_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SLOWER", QUICK)


@pytest.fixture
def administrator(desks: Desks) -> Desk:
    return desks(Role.ADMINISTRATOR)


def test_it_maps_every_control_and_says_what_is_not_validated(administrator: Desk) -> None:
    said = words_of(auditor_report(administrator))
    for control in administrator.library.controls().controls:
        assert control.id.split(",")[0] in said
        assert control.title in said
    for must in (
        "Security report for an auditor", "FBI CJIS Security Policy 6.0", "approved algorithms",
        "No validated module is used", "Disk encryption",
    ):  # fmt: skip
        assert must in said
    assert len(audit(station_of(administrator), "draw auditor's report")) == 1


def test_it_is_a_tagged_document_in_english(administrator: Desk) -> None:
    with pikepdf.open(BytesIO(auditor_report(administrator))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith("en")
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]) == "Security report for an auditor"


def test_each_control_is_shown_by_lines_that_there_are(desks: Desks) -> None:
    """Or a control would say that no check shows it, although one does."""
    found = looked_at(desks(Role.ADMINISTRATOR), Words())
    for control in desks(Role.ADMINISTRATOR).library.controls().controls:
        for subject in control.evidence:
            assert any(one.belongs_to(subject) for one in found), (control.id, subject)


def test_a_red_line_shows_at_its_control(
    administrator: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_cards(_desk: Desk, _words: Words) -> Check:
        return Check("cards", Light.RED, "Cards of a test", "All are lost.", "Make new ones.")

    monkeypatch.setattr(gathering, "OF_THE_DEPARTMENT", (check_cards,))
    said = words_of(auditor_report(administrator))
    assert "Red: Cards of a test" in said
    assert "All are lost." in said


def test_it_names_nobody_who_was_served(administrator: Desk, desks: Desks) -> None:
    coordinator = desks(Role.COORDINATOR)
    care = coordinator.care_file
    names = {str(row.name) for row in care.rows(care.order("intake")) if row.name}
    said = words_of(auditor_report(administrator))
    assert names
    for name in names:
        assert not any(part in said for part in re.split(r"[, ]+", name) if len(part) > 3)


def test_printing_and_saving_it_are_logged(administrator: Desk) -> None:
    report_was_used(administrator, "save")
    assert len(audit(station_of(administrator), "save auditor's report")) == 1


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.OFFICER, Role.RECEPTION])
def test_who_does_not_see_trust_draws_no_report(desks: Desks, role: Role) -> None:
    with pytest.raises(NotAllowed):
        auditor_report(desks(role))


# --- the file ---------------------------------------------------------------------------------


def mistakes_in(text: str) -> list[str]:
    found = list["Mistake"]()
    read_controls(TomlSource(CONTROLS_FILES[1], text), found)
    return [str(one) for one in found]


def test_the_file_that_ships_has_no_mistake() -> None:
    assert mistakes_in(SHIPPED.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('status = "have', 'statu = "have', '"status" is missing'),
        ('date = "2026-11-26"', 'date = "soon"', "must be a date"),
        ('evidence = ["users"]', 'evidence = ["the users"]', "is no id of a check"),
        ('title = "Account management"', "", '"title" is missing'),
        ('id = "AC-3"', 'id = "AC-2"', "two of [[controls]] have the same id"),
        ('evidence = ["users"]', 'evidenc = ["users"]', "is not known here"),
    ],
)
def test_each_mistake_is_named_with_its_line(right: str, wrong: str, told: str) -> None:
    broken = SHIPPED.read_text("utf-8").replace(right, wrong, 1)
    found = mistakes_in(broken)
    assert any(told in one and re.match(r"legal/cjis_controls\.toml:\d+:", one) for one in found)
