"""Whatever somebody types comes out: as it is, as its nearest form, or as a box that remembers."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import expected_text, page_texts, refusals, squeezed, structure_text
from sheets import consent, every_sheet, provider_letter

from intake_app.domain.errors import PaperTooLong
from intake_app.domain.paper import BlockType as B
from intake_app.domain.paper import Letterhead, Part, Sheet, SignatureLine
from intake_app.pdf.legible import Legible, Span, legible, spoken
from intake_app.pdf.press import Press

MARKUP = "<b>bold</b> &amp; </para><img src='x'/> {name} %s (a\\b) <font color=red>"


def _one(part: Part, title: str = "Title") -> Sheet:
    return Sheet(title=title, language="en", letterhead=Letterhead("Office"), parts=(part,))


def _told(text: str) -> str:
    return structure_text(Press().print(_one(Part(B.PARAGRAPH, text))))


@pytest.mark.parametrize(
    "part",
    [
        Part(B.PARAGRAPH, MARKUP),
        Part(B.FACTS, rows=((MARKUP, MARKUP),)),
        Part(B.BULLETS, bullets=(MARKUP,)),
        Part(B.CHOICES, boxes=((MARKUP, True),)),
        Part(B.SIGNATURES, signatures=(SignatureLine(MARKUP, MARKUP, at=MARKUP),)),
        Part(B.TABLE, header=(MARKUP,), rows=((MARKUP,),)),
        Part(B.STUB, MARKUP),
        Part(B.LEGAL, MARKUP),
    ],
    ids=lambda part: part.type.value,
)
def test_markup_in_an_answer_is_printed_letter_by_letter(part: Part) -> None:
    data = Press().print(_one(part, MARKUP))
    assert refusals(data) == []
    assert squeezed(structure_text(data)).count(squeezed(MARKUP)) >= 2


@pytest.mark.parametrize(
    ("typed", "shown", "meant"),
    [
        ("a\U0001d41bc", "abc", "\U0001d41b"),  # comes apart into a plain letter
        ("漢字", "□□", "漢字"),
        ("ok 👍🏽!", "ok □!", "👍🏽"),  # one sign, one box
        ("👨‍👩‍👧", "□", "👨‍👩‍👧"),
        ("مرحبا", "□□□□□", "مرحبا"),
        ("b\u20dd", "b", "b\u20dd"),  # an enclosing mark goes with its letter
        ("\U0001d41b\u20dd", "b", "\U0001d41b\u20dd"),
        (" \u20dd", " □", "\u20dd"),
        ("\U0001fae8", "□", "\U0001fae8"),  # newer than this Python's tables
    ],
)
def test_what_the_typeface_lacks_keeps_its_meaning(typed: str, shown: str, meant: str) -> None:
    drawn = legible(typed)
    assert drawn.shown == shown
    assert [span.meant for span in drawn.spans] == [meant]
    data = Press().print(_one(Part(B.PARAGRAPH, typed)))
    assert refusals(data) == []
    assert typed.strip() in structure_text(data)


def test_a_viewers_search_finds_what_was_meant() -> None:
    assert "漢字" in page_texts(Press().print(_one(Part(B.PARAGRAPH, "ab 漢字 cd"))))[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00\x07b\x7f\x9f", "ab"),
        ("a\r\nb\rc\td", "a\nb\nc d"),
        ("a\u202eb\u200bc\ufeff\u00ad", "abc"),
        ("a\u2003b\u202fc\u00a0d", "a\u2003b\u202fc\u00a0d"),
        ("a\u2028b", "a\nb"),
        ("a\ud800b\ufdd0\uffff", "ab"),
        ("e\u0301", "é"),
    ],
)
def test_what_nobody_sees_is_left_out(typed: str, shown: str) -> None:
    drawn = legible(typed)
    assert drawn.spans == ()
    assert drawn.shown.replace("\u00a0", " ").split() == shown.replace("\u00a0", " ").split()


def test_plain_text_stays_as_it_is() -> None:
    assert legible("Señora, ¿qué? Łódź Đặng Жук") == Legible("Señora, ¿qué? Łódź Đặng Жук")
    assert legible("plain\ntext") == Legible("plain\ntext")


def test_words_for_metadata_are_one_clean_line() -> None:
    assert spoken(" a\n\tb\x00\ud800c \uffff") == "a bc"


@pytest.mark.parametrize("length", [40, 300, 3000])
def test_a_long_word_is_broken_and_lost_nowhere(length: int) -> None:
    word = "".join(chr(97 + i % 26) for i in range(length))
    for kind in (Part(B.PARAGRAPH, word), Part(B.FACTS, rows=((word, word),))):
        data = Press().print(_one(kind))
        assert refusals(data) == []
        assert word in squeezed(structure_text(data))
        assert all(squeezed(text) for text in page_texts(data))


def test_a_long_word_is_broken_after_a_sign_where_it_has_one_and_never_inside_a_box() -> None:
    address = "https://example.org/" + "a" * 70 + "/" + "漢" * 90
    data = Press().print(_one(Part(B.TABLE, header=("x",) * 6, rows=((address,) * 6,))))
    assert refusals(data) == []
    assert squeezed(structure_text(data)).count(address) == 6


def test_a_long_answer_goes_over_pages_without_a_lonely_line() -> None:
    answer = " ".join(f"word{n}" for n in range(3000))
    data = Press().print(_one(Part(B.FACTS, rows=(("What happened", answer),))))
    assert refusals(data) == []
    assert squeezed(answer) in squeezed(structure_text(data))
    assert all(text.count("word") >= 10 for text in page_texts(data))


def _doubled(part: Part) -> Part:
    return replace(
        part,
        text=f"{part.text} {part.text}" if part.type is not B.HEADING else part.text,
        rows=tuple(tuple(f"{cell} {cell}" for cell in row) for row in part.rows),
        bullets=tuple(f"{text} {text}" for text in part.bullets),
        boxes=tuple((f"{text} {text}", is_ticked) for text, is_ticked in part.boxes),
    )


@pytest.mark.parametrize("name", [name for name in every_sheet() if "card" not in name])
def test_answers_of_twice_the_length_still_make_a_sound_paper(name: str) -> None:
    sheet = every_sheet()[name]
    sheet = replace(sheet, parts=tuple(_doubled(part) for part in sheet.parts))
    data = Press().print(sheet)
    assert refusals(data) == []
    assert squeezed(structure_text(data)) == expected_text(sheet)


def test_a_name_in_another_script_is_signed_and_printed() -> None:
    sheet = replace(consent(), letterhead=Letterhead("مرحبا", ("\u202e漢字",)))
    sheet = replace(sheet, title="同意书", language="zh")
    assert refusals(Press().print(sheet)) == []


@pytest.mark.parametrize(
    "part",
    [
        Part(B.PARAGRAPH, "a long line in a dark box " * 12, style="callout"),
        Part(B.LEGAL, "A title\n\nwords to be read at once", style="notice"),
        Part(B.STUB, "\nno first line", ("one",), (("a", "b"),)),
        Part(B.STUB, "first line only"),
    ],
)
def test_parts_of_unusual_length_say_all_their_words(part: Part) -> None:
    sheet = _one(part)
    data = Press().print(sheet)
    assert refusals(data) == []
    assert squeezed(structure_text(data)) == expected_text(sheet)


@pytest.mark.parametrize("kind", list(B))
def test_a_part_without_words_leaves_no_trace(kind: B) -> None:
    data = Press().print(_one(Part(kind)))
    assert refusals(data) == []
    assert squeezed(structure_text(data)) == "OfficeTitle"


# --- random sheets ---------------------------------------------------------------------------

_PLAIN = st.text(
    st.characters(exclude_categories=("C",), exclude_characters="\u2028\u2029"), max_size=60
).map(lambda text: unicodedata.normalize("NFC", text))
_ROUGH = st.text(st.characters(exclude_categories=()), max_size=80)


def _parts(text: st.SearchStrategy[str]) -> st.SearchStrategy[Part]:
    few = st.lists(text, max_size=4).map(tuple)
    spot = st.floats(allow_nan=True, allow_infinity=True)
    signature = st.builds(
        SignatureLine,
        text,
        text,
        st.lists(st.lists(st.tuples(spot, spot), max_size=4).map(tuple), max_size=2).map(tuple),
        text,
    )
    return st.one_of(
        st.builds(Part, st.just(B.HEADING), text, level=st.integers(-1, 5)),
        st.builds(
            Part,
            st.just(B.PARAGRAPH),
            text,
            style=st.sampled_from(("plain", "lead", "notice", "callout", "odd")),
        ),
        st.builds(Part, st.just(B.BULLETS), text, bullets=few),
        st.builds(Part, st.just(B.FACTS), text, rows=st.lists(few, max_size=4).map(tuple)),
        st.builds(
            Part,
            st.just(B.CHOICES),
            text,
            boxes=st.lists(st.tuples(text, st.booleans()), max_size=9).map(tuple),
        ),
        st.builds(
            Part,
            st.just(B.SIGNATURES),
            text,
            signatures=st.lists(signature, max_size=3).map(tuple),
        ),
        st.builds(
            Part,
            st.just(B.TABLE),
            text,
            header=few,
            rows=st.lists(few, max_size=5).map(tuple),
            lines=st.integers(0, 3),
        ),
        st.builds(
            Part, st.just(B.STUB), text, bullets=few, rows=st.lists(few, max_size=2).map(tuple)
        ),
        st.builds(Part, st.just(B.LEGAL), text, style=st.sampled_from(("plain", "notice"))),
        st.builds(Part, st.just(B.SPACE), text, lines=st.integers(0, 4)),
    )


def _sheets(text: st.SearchStrategy[str]) -> st.SearchStrategy[Sheet]:
    return st.builds(
        Sheet,
        title=text.map(lambda words: f"Paper {words}"),
        language=st.sampled_from(("en", "es", "so")),
        letterhead=st.builds(Letterhead, text, st.lists(text, max_size=3).map(tuple)),
        parts=st.lists(_parts(text), max_size=8).map(tuple),
        number=st.sampled_from(("", "PH-2026-000147", "número")),
        form_note=text,
        has_barcode=st.booleans(),
        sample_words=st.sampled_from(("", "SAMPLE")),
    )


@settings(max_examples=40, deadline=None)
@given(_sheets(_PLAIN))
def test_every_word_of_any_sheet_comes_out_in_order(sheet: Sheet) -> None:
    told = squeezed(structure_text(Press().print(sheet)))
    assert told == squeezed(unicodedata.normalize("NFC", expected_text(sheet)))


@settings(max_examples=15, deadline=None)
@given(_sheets(_ROUGH))
def test_any_sheet_at_all_is_accessible(sheet: Sheet) -> None:
    assert refusals(Press().print(sheet)) == []


@settings(max_examples=15, deadline=None)
@given(_sheets(_ROUGH))
def test_any_card_is_accessible_or_too_long(sheet: Sheet) -> None:
    try:
        data = Press().print(replace(sheet, size="card"))
    except PaperTooLong:
        return
    assert refusals(data) == []


def test_the_comparison_of_words_notices_a_lost_one() -> None:
    sheet = provider_letter()
    told = squeezed(structure_text(Press().print(replace(sheet, parts=sheet.parts[:-1]))))
    assert told != expected_text(sheet)


def test_spans_are_told_apart() -> None:
    assert legible("漢a字").spans == (Span(0, 1, "漢"), Span(2, 3, "字"))


def test_text_of_a_paragraph_is_told_as_typed() -> None:
    assert squeezed(_told("one\n\ntwo\n \nthree")) == "OfficeTitleonetwothree"
