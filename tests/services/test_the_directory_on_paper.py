"""The directory is printed by need in two languages, and says of each entry how old it is."""

import pypdfium2 as pdfium
from walk_ins import audit, station_of

from intake_app.services.desk import Desk
from intake_app.services.providers.providers import all_providers, verify_provider
from intake_app.services.referrals.directory_sheet import print_directory


def words_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


def test_all_needs_in_english(desk: Desk) -> None:
    said = words_of(print_directory(desk, "en"))
    assert "Who helps with what" in said
    assert "Detox (getting through withdrawal safely)" in said
    for row in all_providers(desk):
        if not row.is_closed and row.types:
            assert " ".join(row.name.split()) in said
    assert len(audit(station_of(desk), "print directory")) == 1


def test_one_need_in_spanish(desk: Desk) -> None:
    said = words_of(print_directory(desk, "es", "detox"))
    assert "Quién ayuda con qué" in said
    assert "Desintoxicación" in said
    assert "Vivienda de recuperación" not in said


def test_what_nobody_checked_lately_is_marked(desk: Desk) -> None:
    stale = [row for row in all_providers(desk) if row.is_stale and not row.is_closed]
    before = words_of(print_directory(desk, "en")).count("call first")
    assert stale  # the sample has some: nobody vouched for them lately
    verify_provider(desk, stale[0].record)
    assert words_of(print_directory(desk, "en")).count("call first") < before
