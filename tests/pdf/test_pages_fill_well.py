"""Pages are filled from the top; nothing runs off them, and what belongs together stays so."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import elements, figure_boxes, page_texts, refusals, squeezed, structure_text
from sheets import STROKES, consent, participant_letter, point_and_tick, tonight_card, wallet_card

from intake_app.domain.errors import PaperTooLong
from intake_app.domain.paper import BlockType as B
from intake_app.domain.paper import Letterhead, Part, Sheet, SignatureLine
from intake_app.pdf.flow import Item, Page, Rooms, fill
from intake_app.pdf.look import LETTER
from intake_app.pdf.pieces import Boxed, Piece, Row, Stack, empty, prose
from intake_app.pdf.press import Press

ROOMS = Rooms(300, 400)


def _sheet(*parts: Part) -> Sheet:
    return Sheet(
        title="Paper", language="en", letterhead=Letterhead("Office"), parts=parts, number="N-1"
    )


def test_a_table_of_200_rows_repeats_its_head_and_says_each_row_once() -> None:
    rows = tuple((str(n), f"entry {n} of the list", "") for n in range(200))
    sheet = replace(
        _sheet(Part(B.TABLE, header=("No.", "What was done", "By"), rows=rows)),
        page_words="page {page} of {pages}",
    )
    data = Press().print(sheet)
    pages = page_texts(data)
    assert refusals(data) == []
    assert len(pages) > 5
    assert all("What was done" in text for text in pages)
    assert all(f"page {n} of {len(pages)}" in text for n, text in enumerate(pages, 1))
    told = structure_text(data)
    assert told.count("What was done") == 1
    assert [told.count(f"entry {n} of") for n in range(200)] == [1] * 200
    roles = [role for role, _ in elements(data)]
    assert roles.count("/TR") == 201
    assert roles.count("/TH") == 3


def test_a_paragraph_over_two_pages_is_one_element() -> None:
    text = " ".join(["word"] * 1500)
    data = Press().print(_sheet(Part(B.PARAGRAPH, text), Part(B.LEGAL, text)))
    assert len(page_texts(data)) > 2
    assert [role for role, _ in elements(data)].count("/P") == 4  # name, number, and these two
    assert squeezed(structure_text(data)).endswith(squeezed(text) * 2)


@pytest.mark.parametrize("count", range(20, 30))
def test_a_heading_is_never_the_last_line_of_a_page(count: int) -> None:
    parts = [Part(B.PARAGRAPH, f"line {n}") for n in range(count)]
    data = Press().print(
        _sheet(*parts, Part(B.HEADING, "Heading"), Part(B.BULLETS, "Lead-in", ("one", "two")))
    )
    page = next(text for text in page_texts(data) if "Heading" in text)
    assert "Lead-in" in page
    assert "one" in page


def test_skipped_levels_of_headings_are_put_right() -> None:
    levels = (3, 9, 1, 3, 2)
    data = Press().print(_sheet(*(Part(B.HEADING, "H", level=n) for n in levels)))
    found = [role for role, _ in elements(data) if role.startswith("/H")]
    assert found == ["/H1", "/H2", "/H3", "/H1", "/H2", "/H2"]
    assert refusals(data) == []


# --- the filling itself ------------------------------------------------------------------------


def _text(count: int) -> Piece:
    return prose(None, "\n".join(["line"] * count), LETTER.body, 200)


_PIECES = st.one_of(
    st.floats(1, 250).map(empty),
    st.integers(1, 60).map(_text),
    st.lists(st.integers(1, 30), min_size=1, max_size=3).map(
        lambda counts: Stack(tuple(_text(n) for n in counts), 4)
    ),
    st.lists(st.integers(1, 30), min_size=1, max_size=3).map(
        lambda counts: Row(tuple((70.0 * i, _text(n)) for i, n in enumerate(counts)), 3, 3)
    ),
    st.integers(1, 60).map(lambda n: Boxed(_text(n), 250, (1, 1, 1))),
)
_ITEMS = st.builds(Item, _PIECES, st.floats(0, 20), st.booleans(), st.booleans(), st.booleans())


def _overfull(pages: list[Page]) -> bool:
    rooms = [ROOMS.first, *[ROOMS.later] * (len(pages) - 1)]
    return any(
        y + piece.height > room + 0.02
        for page, room in zip(pages, rooms, strict=True)
        for y, piece in page
    )


def _overlapping(page: Page) -> bool:
    return any(a + p.height > b + 0.02 for (a, p), (b, _) in pairwise(page))


def _lines(piece: Piece) -> float:
    """How much text a piece holds, however it was parted."""
    match piece:
        case Stack(pieces=pieces):
            return sum(_lines(p) for p in pieces)
        case Row(cells=cells):
            return sum(_lines(p) for _, p in cells)
        case Boxed(inner=inner):
            return _lines(inner)
        case _:
            return piece.height


@settings(max_examples=150, deadline=None)
@given(st.lists(_ITEMS, max_size=12))
def test_nothing_runs_off_a_page_overlaps_or_is_lost(items: list[Item]) -> None:
    pages = fill(items, ROOMS)
    assert not _overfull(pages)
    assert not any(_overlapping(page) for page in pages)
    laid = sum(_lines(piece) for page in pages for _, piece in page)
    assert laid == pytest.approx(sum(_lines(item.piece) for item in items))


def test_those_looks_notice_a_bad_page() -> None:
    assert _overfull([[(290, empty(20))]])
    assert _overlapping([(0, empty(20)), (10, empty(5))])


def test_something_in_one_piece_and_taller_than_a_page_stands_alone() -> None:
    pages = fill([Item(empty(50)), Item(empty(900)), Item(empty(50))], ROOMS)
    assert [len(page) for page in pages] == [1, 1, 1]


def test_a_head_is_repeated_and_not_left_alone() -> None:
    head = empty(20)
    rows = [Item(head, keeps_next=True), *(Item(empty(190), head=head) for _ in range(4))]
    pages = fill([*rows, Item(empty(900), head=head)], ROOMS)
    assert [[piece.height for _, piece in page] for page in pages] == [
        [20, 190],
        [20, 190, 190],
        [20, 190],
        [20, 900],
    ]


def test_a_piece_that_sinks_stands_at_the_foot() -> None:
    pages = fill([Item(empty(50)), Item(empty(40), sinks=True)], ROOMS)
    assert pages[0][-1][0] == pytest.approx(260)
    notice = Item(empty(30), before=10, sinks=True)
    pages = fill([Item(empty(50)), Item(empty(40), sinks=True), notice], ROOMS)
    assert [y for y, _ in pages[0]] == pytest.approx([0, 220, 270])


def test_a_stack_and_a_row_without_anything_take_no_room() -> None:
    assert (Stack(()).height, Stack(()).least, Row(()).height, Row(()).least) == (0, 0, 0, 0)
    assert Stack((_text(2),)).split(500) is None
    assert Stack((empty(50),)).split(20) is None
    assert Row(((0, _text(30)),)).split(900) is None
    assert Row(((0, empty(50)),)).split(20) is None


# --- cards, stub, watermark, signatures --------------------------------------------------------


def _image(data: bytes, page: int = 0, scale: float = 2.0) -> list[list[int]]:
    """Gray values of a page, from the top."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        picture = sheet.render(scale=scale, grayscale=True).to_numpy()
        sheet.close()
        return picture[:, :, 0].tolist() if picture.ndim == 3 else picture.tolist()


@pytest.mark.parametrize("make", [wallet_card, tonight_card])
def test_a_card_is_drawn_four_times_and_told_once(make: Callable[[str], Sheet]) -> None:
    sheet = make("en")
    data = Press().print(sheet)
    assert page_texts(data)[0].count(sheet.number) == 4
    assert [role for role, _ in elements(data)].count("/H1") == 1
    picture = _image(data, scale=1)
    left = [row[54:306] for row in picture]
    right = [row[306:558] for row in picture]
    middle = slice(60, 140)
    assert left[middle] == right[middle]


def test_a_card_that_does_not_hold_its_text_is_refused() -> None:
    sheet = replace(wallet_card(), parts=(Part(B.PARAGRAPH, "too many words " * 80),))
    with pytest.raises(PaperTooLong):
        Press().print(sheet)


def test_a_card_with_choices_taller_than_its_panels_is_refused() -> None:
    parts = (Part(B.CHOICES, boxes=(("a tall choice " * 60, False),)),)
    with pytest.raises(PaperTooLong):
        Press().print(replace(wallet_card(), parts=(*parts, *parts)))


def test_a_sample_says_so_on_paper_but_not_in_between_the_words() -> None:
    data = Press().print(point_and_tick("es"))
    assert "MUESTRA" in squeezed(page_texts(data)[0])
    assert "MUESTRA" not in structure_text(data)
    card = Press().print(replace(wallet_card(), sample_words="SAMPLE"))
    assert squeezed(page_texts(card)[0]).count("SAMPLE") == 4
    assert refusals(card) == []
    real = Press().print(replace(point_and_tick("es"), sample_words=""))
    assert "MUESTRA" not in squeezed(page_texts(real)[0])


def _ink(data: bytes, box: list[float], page: int) -> int:
    """How many dark points there are in a box given in PDF points."""
    picture = _image(data, page)
    left, bottom, right, top = box
    rows = picture[int((792 - top) * 2) : int((792 - bottom) * 2)]
    return sum(value < 120 for row in rows for value in row[int(left * 2) : int(right * 2)])


def test_a_drawn_signature_is_there_to_see_and_to_hear_of() -> None:
    data = Press().print(consent("en"))
    alt = "Signature: Signature of the person"
    assert ("/Figure", alt) in elements(data)
    (box,) = figure_boxes(data, alt)
    assert _ink(data, box, 1) > 200
    without = SignatureLine("Signature of the person")
    bare = replace(
        consent("en"), parts=(*consent("en").parts[:-1], Part(B.SIGNATURES, signatures=(without,)))
    )
    assert not figure_boxes(Press().print(bare), alt)


@pytest.mark.parametrize(
    "strokes",
    [(((0.5, 0.5),),), ((),), (((float("nan"), 0.0), (9.0, -9.0), (float("inf"), 0.0)),), STROKES],
)
def test_odd_strokes_do_no_harm(strokes: tuple[tuple[tuple[float, float], ...], ...]) -> None:
    part = Part(B.SIGNATURES, signatures=(SignatureLine("Who \ud800\x00", strokes=strokes),))
    assert refusals(Press().print(_sheet(part))) == []


def test_the_part_to_tear_off_is_at_the_foot_of_the_page() -> None:
    data = Press().print(participant_letter("en"))
    (box,) = figure_boxes(data, "Square code")
    assert box[1] < 130


def test_the_page_is_letter_size() -> None:
    with pikepdf.open(BytesIO(Press().print(wallet_card()))) as document:
        assert [float(side) for side in document.pages[0].MediaBox] == [0, 0, 612, 792]
