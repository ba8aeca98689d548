"""A card of a role is one page for the wall: tagged, whole, in both languages; so is the guide."""

from pathlib import Path

import pytest
from reading import expected_text, page_texts, refusals, squeezed, structure_text

from intake_app.cli import main
from intake_app.pdf.press import Press
from intake_app.services.help.book import read_book
from intake_app.services.help.sheets import chapter_sheet
from intake_app.words import LANGUAGES, Words

BOOKS = {language: read_book(language) for language in LANGUAGES}
ROLES = ("front-desk", "officer", "supervisor", "coordinator", "administrator", "privacy-officer")


def test_there_is_a_card_for_each_role() -> None:
    for book in BOOKS.values():
        assert {one.id for one in book.cards()} == {f"card-{role}" for role in ROLES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_card_is_one_accessible_page(role: str, language: str) -> None:
    chapter = BOOKS[language].chapter(f"card-{role}")
    assert chapter is not None
    sheet = chapter_sheet(chapter, "Pine Hollow Police Department", Words(language))
    data = Press().print(sheet)
    assert len(page_texts(data)) == 1
    assert refusals(data) == []
    assert squeezed(structure_text(data)) == expected_text(sheet)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_prints(language: str) -> None:
    for chapter in BOOKS[language].chapters:
        if not chapter.is_card:
            data = Press().print(chapter_sheet(chapter, "", Words(language)))
            assert refusals(data) == [], chapter.id


def test_a_card_too_long_would_be_seen() -> None:
    chapter = BOOKS["en"].chapter("card-officer")
    assert chapter is not None
    twice = type(chapter)(chapter.id, (*chapter.sections, *chapter.sections[1:]))
    assert len(page_texts(Press().print(chapter_sheet(twice, "", Words())))) > 1


def test_the_command_reads_searches_and_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "card.pdf"
    place = ["--profile", str(tmp_path / "none")]
    assert main(["guide", "card", "officer", "--language", "es", "--to", str(file), *place]) == 0
    assert "Tarjeta: agente" in page_texts(file.read_bytes())[0]
    assert main(["guide", "card", "officer", "--to", str(file), *place]) == 1
    assert main(["guide", "card", "mayor", "--to", str(tmp_path / "x.pdf"), *place]) == 1
    capsys.readouterr()
    assert main(["guide", "find", "voicemail", *place]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "follow-up#calls  Follow-ups: A call or visit"
    assert main(["guide", "find", "xylophone", *place]) == 1
    assert main(["guide", "show", "trouble", *place]) == 0
    assert capsys.readouterr().out.startswith("# When something happens")
