"""Charts on paper: each number in words, and of what is not told neither ink nor words."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from reading import elements, figure_boxes, page_texts, refusals
from sheets import provider_letter

from intake_app.domain.chart import Bar, Chart, ChartKind, axis_number, chart, rounded_up
from intake_app.domain.paper import BlockType, Part, Sheet
from intake_app.pdf.press import Press

FUNNEL = chart(ChartKind.FUNNEL, "From offer to completion", (
    Bar("Could have been offered diversion", "926", 926),
    Bar("Offered", "800", 800),
    Bar("Accepted", "723", 723),
    Bar("Completed", "88", 88),
))  # fmt: skip
RACE = chart(ChartKind.INTERVALS, "Completed, by race", (
    Bar("American Indian or Alaska Native", "fewer than 11"),
    Bar("Black or African American", "52% (47 to 57)", 52, 47, 57),
    Bar("White", "61% (58 to 64)", 61, 58, 64),
), axis="%")  # fmt: skip
MONTHS = chart(ChartKind.LINE, "Intakes by month", tuple(
    Bar(label, shown, value) for label, shown, value in (
        ("Jul 2026", "34", 34.0), ("Aug 2026", "41", 41.0), ("Sep 2026", "<11", None),
        ("Oct 2026", "29", 29.0), ("Nov 2026", "0", 0.0),
    )
))  # fmt: skip
LONG = chart(ChartKind.BARS, "By program", (Bar(f"Program {n}", str(n), n) for n in range(11, 71)))
TABLE = Part(
    BlockType.TABLE,
    header=("Race", "Completed", "Finished"),
    rows=(("Black or African American", "120", "231"), ("White", "fewer than 11", "305")),
    style="figures",
)


def sheet(*made: Chart, language: str = "en") -> Sheet:
    parts = [Part(BlockType.CHART, one.title, chart=one) for one in made]
    return replace(provider_letter(language), title="Quarterly report", parts=(*parts, TABLE))


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_is_a_figure_that_says_all_its_numbers(kind: ChartKind) -> None:
    data = Press().print(sheet(*(replace(one, kind=kind) for one in (FUNNEL, RACE, MONTHS))))
    assert refusals(data) == []
    said = [alt for role, alt in elements(data) if role == "/Figure"]
    assert (
        "From offer to completion. Could have been offered diversion: 926; Offered: 800;"
        " Accepted: 723; Completed: 88." in said
    )
    assert any("American Indian or Alaska Native: fewer than 11;" in one for one in said)
    for n in (926, 723):
        assert str(n) in page_texts(data)[0]


def test_a_long_chart_goes_on_in_a_second_figure_and_says_each_bar_once() -> None:
    data = Press().print(sheet(LONG))
    assert refusals(data) == []
    said = [alt for role, alt in elements(data) if role == "/Figure" and "By program" in alt]
    assert len(said) == 3
    assert [sum(f"Program {n}: {n}" in one for one in said) for n in range(11, 71)] == [1] * 60
    boxes = figure_boxes(data, "By program")
    assert all(box[1] > 40 and box[3] < 792 for box in boxes)


def test_what_is_not_told_is_drawn_alike_whatever_it_hides() -> None:
    """The same chart of 1, of 10 and of nothing known: the same bytes, for nothing is there."""
    hidden = chart(ChartKind.BARS, "Kits", (Bar("A", "<11"), Bar("B", "40", 40)))
    assert hidden.bars[0].value is None
    assert Press().print(sheet(hidden)) == Press().print(sheet(replace(hidden)))


def test_a_bar_that_is_told_is_as_long_as_its_number_says() -> None:
    """The negative control of the test above: lengths do tell numbers."""
    two = chart(ChartKind.BARS, "Kits", (Bar("A", "20", 20), Bar("B", "40", 40)))
    wide = [w for _, _, w, h in rectangles(Press().print(sheet(two))) if abs(h - 12) < 0.01]
    assert wide[1] == pytest.approx(2 * wide[0], abs=0.1)


def test_heads_of_rows_are_told_as_such() -> None:
    roles = [role for role, _ in elements(Press().print(sheet()))]
    assert roles.count("/TH") == 3 + 2
    assert roles.count("/TD") == 4


def test_an_axis_ends_where_people_expect_it() -> None:
    assert [rounded_up(n) for n in (0, 1, 7, 11, 87, 210, 926, 3228)] == [
        1, 1, 10, 20, 100, 250, 1000, 5000,
    ]  # fmt: skip
    assert all(a <= b for a, b in pairwise(rounded_up(n) for n in range(2000)))
    assert all(n <= rounded_up(n) <= max(2.5 * n, 1) for n in range(2000))


def test_an_axis_of_money_is_in_dollars_like_its_points() -> None:
    assert [axis_number(n, "cents") for n in (0, 500_000)] == ["$0", "$5,000"]
    assert (axis_number(50, "%"), axis_number(2500, "days")) == ("50%", "2,500")
    bars = (Bar("July", "$3,250", 325_000.0), Bar("August", "$2,500", 250_000.0))
    money = chart(ChartKind.BARS, "Cost of bookings avoided", bars, "cents")
    (page,) = page_texts(Press().print(sheet(money)))
    assert "$5,000" in page
    assert "500,000" not in page


def test_not_for_release_stands_on_each_page_and_in_the_title_of_the_file() -> None:
    data = Press().print(replace(sheet(LONG), kept_words="Not for release", sample_words="SAMPLE"))
    assert refusals(data) == []
    pages = page_texts(data)
    assert len(pages) > 1
    assert all("Not for release" in page and "SAMPLE" in page for page in pages)
    with pikepdf.open(BytesIO(data)) as document:
        assert "Not for release" in str(document.docinfo.Title)
    free = Press().print(sheet(LONG))
    assert not any("Not for release" in page for page in page_texts(free))


def rectangles(data: bytes) -> list[tuple[float, float, float, float]]:
    """All that are drawn on the first page: left, bottom, width, height."""
    with pikepdf.open(BytesIO(data)) as document:
        found = pikepdf.parse_content_stream(document.pages[0])
        return [
            (float(operands[0]), float(operands[1]), float(operands[2]), float(operands[3]))
            for operands, operator in found
            if str(operator) == "re"
        ]
