"""The packet for a prosecutor: one document, one structure, PDF/A-2a and PDF/UA-1."""

from io import BytesIO

import page
import pikepdf
import pytest
from case_papers import case_sheet, packet_sheets
from reading import elements, fonts_of, page_texts, refusals, squeezed, structure_text

from intake_app.pdf.press import Press

PACKET = Press().packet(*packet_sheets())


def lasting_refusals(data: bytes) -> list[str]:
    """What the PDF/A-2a validator has against a file; empty: nothing."""
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_A_2A)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_a_packet_is_accessible_and_lasts() -> None:
    assert refusals(PACKET) == []
    assert lasting_refusals(PACKET) == []


def test_a_paper_by_itself_does_not_claim_to_last() -> None:
    assert lasting_refusals(Press().print(case_sheet("compliance_log")))


@pytest.mark.parametrize("gone", ["OutputIntents", "Metadata"])
def test_a_packet_without_its_colors_or_its_marks_is_refused(gone: str) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(PACKET)) as document:
        del document.Root[f"/{gone}"]
        document.save(out)
    assert lasting_refusals(out.getvalue())


def test_a_packet_without_its_structure_is_refused() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(PACKET)) as document:
        del document.Root["/StructTreeRoot"]
        document.save(out)
    assert refusals(out.getvalue())


def test_pages_are_numbered_through_and_the_contents_name_them() -> None:
    pages = page_texts(PACKET)
    ends = {"es": "página {} de {}", "en": "page {} of {}"}
    for n, text in enumerate(pages, 1):
        assert any(end.format(n, len(pages)) in text for end in ends.values())
    cover, sheets = packet_sheets()
    for sheet in sheets:
        first = next(n for n, text in enumerate(pages[1:], 2) if sheet.title in text)
        assert squeezed(f"{sheet.title}{first}") in squeezed(pages[0])
    assert cover.title in pages[0]


def test_each_paper_is_a_bookmark_and_a_part_of_one_tree() -> None:
    cover, sheets = packet_sheets()
    titles = [sheet.title for sheet in (cover, *sheets)]
    with pikepdf.open(BytesIO(PACKET)) as document:
        with document.open_outline() as outline:
            assert [entry.title for entry in outline.root] == titles
        parts = document.Root.StructTreeRoot.K.K
        assert [str(part.S) for part in parts] == ["/Part"] * len(titles)
    assert [role for role, _ in elements(PACKET)].count("/H1") == len(titles) + 1  # and a back
    told = structure_text(PACKET)
    assert [told.index(title) for title in titles] == sorted(told.index(t) for t in titles)


def test_of_treatment_a_packet_says_the_status_word_only() -> None:
    told = structure_text(PACKET)
    assert "Of any treatment this paper says only whether it was met." in told
    assert "Seen on the camera" not in told


def test_a_long_packet_counts_its_pages() -> None:
    cover, sheets = packet_sheets()
    pages = page_texts(Press().packet(cover, [*sheets] * 3))
    assert len(pages) > 20
    assert f"page 1 of {len(pages)}" in pages[0]


def test_all_fonts_are_embedded_and_the_same_packet_is_the_same_bytes() -> None:
    assert all(fonts_of(PACKET).values())
    assert Press().packet(*packet_sheets()) == PACKET
    cover, sheets = packet_sheets()
    assert Press().packet(cover, sheets[:-1]) != PACKET
