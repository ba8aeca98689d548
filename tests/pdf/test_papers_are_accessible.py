"""Every paper is PDF/UA-1, and the validator that says so refuses broken ones."""

from collections.abc import Callable

import pytest
from reading import elements, expected_text, page_texts, refusals, squeezed, structure_text
from reportlab.pdfbase import ttfonts
from sheets import every_sheet, provider_letter

from intake_app.pdf import fonts
from intake_app.pdf.look import LETTER
from intake_app.pdf.pieces import prose
from intake_app.pdf.press import Press
from intake_app.pdf.tagged_canvas import About, TaggedCanvas

SHEETS = every_sheet()


@pytest.mark.parametrize("name", SHEETS)
def test_each_paper_is_accessible_and_says_all_its_words_in_order(name: str) -> None:
    sheet = SHEETS[name]
    data = Press().print(sheet)
    assert refusals(data) == []
    assert squeezed(structure_text(data)) == expected_text(sheet)


def test_a_viewer_that_knows_no_tags_finds_the_same_words() -> None:
    sheet = provider_letter("es")
    drawn = squeezed(page_texts(Press().print(sheet))[0])
    for part in sheet.parts:
        assert squeezed(part.text.replace("\n\n", "")) in drawn


def test_words_of_two_lines_are_not_run_together() -> None:
    told = structure_text(Press().print(provider_letter("en")))
    assert "Pine Hollow, WV 26298 (304) 555-0100" in told
    assert "New River Recovery Center, intake desk 45 Court Square, Suite 2" in told
    assert "no charge was filed because of this visit." in told


def test_the_two_page_consent_has_two_pages_and_signatures_stay_together() -> None:
    pages = page_texts(Press().print(SHEETS["consent-en"]))
    assert len(pages) == 2
    assert "Signature of the person" in pages[1]
    assert "Interpreter" in pages[1]
    assert "9. Signatures" in pages[1]


def test_pictures_boxes_and_codes_say_what_they_are() -> None:
    found = [
        alt for role, alt in elements(Press().print(provider_letter("en"))) if role == "/Figure"
    ]
    assert found[0].startswith("Emblem of the Pine Hollow")
    assert found[1] == "Bar code of the number PH-2026-000147"
    assert found[2:] == ["not ticked"] * 4


# --- negative controls: what the validator must refuse ---------------------------------------


def _document(draw: Callable[[TaggedCanvas], None]) -> bytes:
    canvas = TaggedCanvas(About("Control", "en-US", "Office"), (612, 792))
    _say(canvas, "H1", "Control", 700)
    draw(canvas)
    canvas.showPage()
    return canvas.finished()


def _say(canvas: TaggedCanvas, role: str, text: str, top: float) -> None:
    prose(canvas.root.add(role), text, LETTER.body, 400).draw(canvas, 72, top)


def _square(canvas: TaggedCanvas) -> None:
    canvas.rect(72, 400, 40, 40)


def _figure(canvas: TaggedCanvas, alt: str) -> None:
    with canvas.mark(canvas.root.add("Figure", alt=alt)):
        _square(canvas)


def test_a_sound_document_of_the_same_make_passes() -> None:
    assert refusals(_document(lambda canvas: _figure(canvas, "a square"))) == []
    assert refusals(_document(lambda canvas: _say(canvas, "H2", "Below", 600))) == []


def test_a_figure_without_words_is_refused() -> None:
    assert refusals(_document(lambda canvas: _figure(canvas, "")))


def test_a_skipped_level_of_heading_is_refused() -> None:
    assert refusals(_document(lambda canvas: _say(canvas, "H3", "Too deep", 600)))


def test_a_line_that_is_neither_content_nor_artifact_is_refused() -> None:
    assert refusals(_document(_square))


def test_reportlabs_own_map_to_unicode_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "unicode_map", ttfonts.makeToUnicodeCMap)
    assert refusals(_document(lambda _canvas: None))


def test_marks_do_not_nest() -> None:
    canvas = TaggedCanvas(About("Control", "en-US"), (612, 792))
    with canvas.artifact(), pytest.raises(ValueError, match="nest"), canvas.artifact():
        pass


def test_an_element_may_speak_another_language_and_stand_for_other_words() -> None:
    def draw(canvas: TaggedCanvas) -> None:
        element = canvas.root.add("P", lang="es-US", actual="hola")
        prose(element, "h o l a", LETTER.body, 400).draw(canvas, 72, 600)

    data = _document(draw)
    assert refusals(data) == []
    assert b"/Lang (es-US)" in data
    assert b"/ActualText (hola)" in data
