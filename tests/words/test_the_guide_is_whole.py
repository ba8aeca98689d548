"""The guide tells of every page, says the same in each language, and says it plainly."""

import ast
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
import translations

from intake_app.services.help.book import Book, Chapter, Section, read_book, read_chapter
from intake_app.services.help.finding import find_in
from intake_app.services.help.plain import plain
from intake_app.services.help.sheets import chapter_sheet
from intake_app.settings.resources import path
from intake_app.ui.folder.tabs import CARE_TABS, CASE_TABS, EVENT_TAB
from intake_app.ui.frame.places import PLACES
from intake_app.ui.help.topics import DIALOGS, ERRORS, TABS, TOPICS
from intake_app.ui.parts.pathway_words import PATHWAYS
from intake_app.words import LANGUAGES, Words

ROOT = Path(__file__).resolve().parents[2]
BOOKS = {language: read_book(language) for language in LANGUAGES}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
LINK = re.compile(r"\]\(([^)]+)\)")
HIGHEST_GRADE = 6.9
PROTOCOLS = {"GuidePage"}
"""The guide is not told of in the guide."""


def pages() -> set[str]:
    """The classes of all pages, from the code."""
    files = sorted((ROOT / "intake_app/ui/pages").glob("*.py"))
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    named = (node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    return {name for name in named if name.endswith("Page") and not name.startswith("_")}


def lost(book: Book, places: Sequence[str]) -> list[str]:
    """Places that are not in a book."""
    known = {f"{one.id}#{part.id}".rstrip("#") for one in book.chapters for part in one.sections}
    return [place for place in places if place not in known]


def test_every_page_is_told_of() -> None:
    assert sorted(pages() - PROTOCOLS - set(TOPICS)) == []
    assert {tab.id for tab in (*CARE_TABS, *CASE_TABS, EVENT_TAB)} == set(TABS)
    assert len(PLACES) < len(TOPICS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_that_a_page_leads_to_is_there(language: str) -> None:
    places = (TOPICS, TABS, DIALOGS, ERRORS)
    assert lost(BOOKS[language], [one for table in places for one in table.values()]) == []
    assert lost(BOOKS[language], ["home#nowhere"]) == ["home#nowhere"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_in_the_contents(language: str) -> None:
    files = {file.stem for file in path("docs", "guide", language).glob("*.md")}
    assert files == {one.id for one in BOOKS[language].chapters}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_picture_leads_somewhere_inside(language: str) -> None:
    folder = path("docs", "guide", language)
    for chapter in BOOKS[language].chapters:
        for target in LINK.findall(chapter.markdown()):
            name, _, section = target.partition("#")
            if name.endswith(".md"):
                place = name.removesuffix(".md") + (f"#{section}" if section else "")
                assert lost(BOOKS[language], [place]) == [], f"{chapter.id}: {target}"
            else:
                assert (folder / name).is_file(), f"{chapter.id}: {target}"


def shape(chapter: Chapter) -> list[tuple[str, int, int, int]]:
    """Headings by name, with how many quoted buttons and entries of lists stand under each."""
    return [
        (one.id, one.level, len(BOLD.findall(one.body)),
         len(re.findall(r"^(?:-|\d+\.) ", one.body, re.MULTILINE)))
        for one in chapter.sections
    ]  # fmt: skip


@pytest.mark.parametrize("chapter", [one.id for one in BOOKS["en"].chapters])
def test_all_languages_say_the_same(chapter: str) -> None:
    english, *others = (BOOKS[language].chapter(chapter) for language in LANGUAGES)
    assert english is not None
    if chapter == "glossary":
        return  # sorted by the English word
    for other in others:
        assert other is not None
        assert shape(other) == shape(english)


@cache
def messages() -> tuple[str, ...]:
    return tuple(one for one in translations.messages() if isinstance(one, str))


def said_in(language: str) -> set[str]:
    """All that stands on the screen in a language."""
    words = Words(language)
    return {words.text(message) for message in messages()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_stands_on_the_screen(language: str) -> None:
    known = said_in(language)
    missing = {
        f"{one.id}: {said}"
        for one in BOOKS[language].chapters
        for said in BOLD.findall(one.markdown())
        if said not in known
    }
    assert missing == set()
    assert "Format the disk" not in known


def syllables(word: str) -> int:
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, found - (word.lower().endswith("e") and not word.lower().endswith("le")))


def grade(text: str) -> float:
    """Flesch-Kincaid: the school grade that reads it."""
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    per_word = sum(map(syllables, words)) / max(1, len(words))
    return 0.39 * len(words) / sentences + 11.8 * per_word - 15.59


def whole(chapter: Chapter) -> str:
    return "\n".join(plain(one.body) for one in chapter.sections)


def test_the_guide_is_read_in_grade_six() -> None:
    told = {one.id: grade(whole(one)) for one in BOOKS["en"].chapters
            if one.id not in {"glossary", "index"}}  # fmt: skip
    assert {name: round(found, 1) for name, found in told.items() if found > HIGHEST_GRADE} == {}
    assert grade("Notwithstanding subsequent determinations, applicable confidentiality "
                 "considerations necessitate authorization") > HIGHEST_GRADE  # fmt: skip


def told_in_the_glossary() -> dict[str, str]:
    rows = (line.strip("|").split("|") for line in
            path("docs", "glossary.md").read_text("utf-8").splitlines()
            if line.startswith("|"))  # fmt: skip
    return {row[0].strip().lower(): row[1].strip() for row in rows}


def test_the_words_of_the_guide_have_one_source() -> None:
    source, english = told_in_the_glossary(), BOOKS["en"].chapter("glossary")
    assert english is not None
    assert len(english.sections) > 40
    for one in english.sections[1:]:
        assert one.body.rstrip(".").lower() == source[one.title.lower()].rstrip(".").lower()
    spanish = BOOKS["es"].chapter("glossary")
    assert spanish is not None
    assert [one.id for one in spanish.sections] == [one.id for one in english.sections]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ways_in_are_called_as_on_their_buttons(language: str) -> None:
    glossary, words = BOOKS[language].chapter("glossary"), Words(language)
    assert glossary is not None
    told = next(one.body for one in glossary.sections if one.id == "pathway").lower()
    names = [words.text(one.name).lower() for one in PATHWAYS.values()]
    assert [name for name in names if name not in told] == []
    assert "respuesta de la comunidad" not in told


def test_a_referral_is_called_in_spanish_as_the_window_calls_it() -> None:
    assert "emisión" in Words("es").text("Officer referral")
    for chapter in BOOKS["es"].chapters:
        told = " ".join(f"{one.title} {one.body}" for one in chapter.sections).lower()
        assert "derivaci" not in told, chapter.id


def test_search_finds_headings_first_and_minds_no_accents() -> None:
    hits = find_in(BOOKS["es"], "EVALUACION")
    assert hits[0].title == "Una carpeta: Evaluación breve"
    assert find_in(BOOKS["en"], "  ") == []
    assert find_in(BOOKS["en"], "xylophone") == []
    assert ("backups", "bring-back") in {
        (hit.chapter, hit.section) for hit in find_in(BOOKS["en"], "back department")
    }


def test_a_file_without_a_title_is_no_chapter(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_text("Words\n\n# Later\n", "utf-8")
    with pytest.raises(ValueError, match="title"):
        read_chapter(file)


def test_a_sheet_says_all_that_the_chapter_says() -> None:
    chapter = Chapter("x", (
        Section("", "Title", 1, "First **bold** and [a link](y.md).\n\n![not](z.png)"),
        Section("a", "Steps", 2, "1. One\n2. Two,\n   going on\n\nAfter\nwards."),
    ))  # fmt: skip
    sheet = chapter_sheet(chapter, "", Words("en"))
    assert [(part.text, part.bullets, part.style) for part in sheet.parts] == [
        ("First “bold” and a link.", (), "plain"),
        ("Steps", (), "plain"),
        ("", ("One", "Two, going on"), "numbered"),
        ("After wards.", (), "plain"),
    ]
