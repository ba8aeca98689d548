"""Reads a PDF back, by its structure tree, the way a screen reader does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import page
import pikepdf
import pypdfium2

from intake_app.domain.paper import BlockType as B
from intake_app.domain.paper import Part, Sheet
from intake_app.words import Words


def refusals(data: bytes) -> list[str]:
    """What the PDF/UA-1 validator has against a file; empty: nothing."""
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    found = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    assert report.is_compliant == (not found)
    return found


def squeezed(text: str) -> str:
    """A text without white space: where lines end does not matter."""
    return "".join(text.split())


def page_texts(data: bytes) -> list[str]:
    """Everything drawn on each page, decoration too, as a viewer's search sees it."""
    with pypdfium2.PdfDocument(data) as document:
        texts: list[str] = []
        for sheet in document:
            view = sheet.get_textpage()
            texts.append(view.get_text_range())
            view.close()
            sheet.close()
        return texts


def structure_text(data: bytes) -> str:
    """The words of all elements in the order of the structure tree, without decoration."""
    with pikepdf.open(BytesIO(data)) as document:
        drawn = {
            (n, mark): words
            for n, sheet in enumerate(document.pages)
            for mark, words in _marked(sheet).items()
        }
        numbers = {sheet.obj.objgen: n for n, sheet in enumerate(document.pages)}
        root = document.Root.StructTreeRoot.K
        return " ".join(drawn[key] for key in _marks(root, numbers))


def elements(data: bytes) -> list[tuple[str, str]]:
    """Role and alternative words of every element, in order."""
    with pikepdf.open(BytesIO(data)) as document:
        return list(_elements(document.Root.StructTreeRoot.K))


def figure_boxes(data: bytes, words: str) -> list[list[float]]:
    """Where the figures stand whose alternative words contain something."""
    with pikepdf.open(BytesIO(data)) as document:
        return [
            [float(side) for side in item.A.BBox]
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary)
            and item.get("/S") == "/Figure"
            and words in str(item.get("/Alt", ""))
        ]


def fonts_of(data: bytes) -> dict[str, bool]:
    """Every font that a file names, and whether it is embedded."""
    with pikepdf.open(BytesIO(data)) as document:
        return {
            str(item.BaseFont): "/FontFile2" in item.get("/FontDescriptor", {})
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        }


def _elements(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
    yield str(element.S), str(element.get("/Alt", ""))
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def _marks(
    element: pikepdf.Object, numbers: dict[tuple[int, int], int]
) -> Iterator[tuple[int, int]]:
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary):
            if "/MCID" in kid:
                yield numbers[kid.Pg.objgen], int(kid.MCID)
            else:
                yield from _marks(kid, numbers)
        else:
            yield numbers[element.Pg.objgen], int(kid)


def _marked(sheet: pikepdf.Page) -> dict[int, str]:
    """The words of each mark of a page; no text is drawn outside a mark or an artifact."""
    reader = _PageReader(sheet)
    for operands, operator in pikepdf.parse_content_stream(sheet):
        reader.read(str(operator), list(operands))
    assert not reader.open_marks
    return reader.found


class _PageReader:
    """Follows the operators of a page's content."""

    def __init__(self, sheet: pikepdf.Page) -> None:
        self._maps = {name: _unicode_map(font) for name, font in sheet.Resources.Font.items()}
        self._letters: dict[int, str] = {}
        self.found: dict[int, str] = {}
        self.open_marks: list[_Mark] = []

    def read(self, operator: str, operands: list[pikepdf.Object]) -> None:
        match operator:
            case "BDC":
                self._open(operands[1])
            case "EMC":
                meant = self.open_marks.pop().meant
                self._add(meant or "")
            case "Tf":
                self._letters = self._maps[str(operands[0])]
            case "Tj":
                assert self.open_marks, "text outside of all marks"
                if not any(mark.meant for mark in self.open_marks):
                    self._add("".join(self._letters[code] for code in bytes(operands[0])))
            case _:
                pass

    def _open(self, facts: pikepdf.Object) -> None:
        number = int(facts.MCID) if "/MCID" in facts else None
        self.open_marks.append(_Mark(number, str(facts.get("/ActualText", ""))))
        self._add("")

    def _add(self, words: str) -> None:
        for mark in self.open_marks:
            if mark.number is not None:
                self.found[mark.number] = self.found.get(mark.number, "") + words


@dataclass(frozen=True)
class _Mark:
    number: int | None
    meant: str


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n", bytes(font.ToUnicode.read_bytes()))
    return {int(code, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for code, to in pairs}


# --- what should be there -----------------------------------------------------------------


def expected_text(sheet: Sheet) -> str:
    """The words of a sheet in reading order, without white space."""
    words = [text for part in sheet.parts for text in _words_of(part, sheet.language)]
    if sheet.size == "card":
        is_headed = any(part.type is B.HEADING for part in sheet.parts)
        title = "" if is_headed else sheet.title
        number = "" if any(sheet.number in word for word in words) else sheet.number
        return squeezed("".join((title, *words, number, sheet.replaces)))
    head = (sheet.letterhead.name, *sheet.letterhead.lines, sheet.title)
    return squeezed("".join((*head, sheet.number, sheet.replaces, *words)))


def _words_of(part: Part, language: str) -> Iterator[str]:
    yield part.text
    match part.type:
        case B.BULLETS | B.STUB:
            is_numbered = part.style == "numbered"
            for n, text in enumerate(part.bullets, 1):
                yield f"{n}.{text}" if is_numbered else f"•{text}"
        case B.CHOICES:
            yield from (text for text, _ in part.boxes)
        case B.SIGNATURES:
            date = Words(language).text("Date")
            for line in part.signatures:
                yield from (line.label, line.note, line.name, date, line.at)
        case B.TABLE:
            yield from part.header
        case _:
            pass
    if part.type in {B.FACTS, B.TABLE, B.STUB}:
        yield from (cell for row in part.rows for cell in row)
