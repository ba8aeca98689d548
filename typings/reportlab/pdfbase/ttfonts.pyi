from collections.abc import MutableMapping

from reportlab.pdfbase.pdfdoc import PDFDocument

def SUBSETN(n: int) -> bytes: ...

class TTFontFace:
    name: bytes
    subfontNameX: bytes
    charWidths: dict[int, float]
    charToGlyph: dict[int, int]
    defaultWidth: float

class TTFont:
    class State:
        subsets: list[list[int]]

    fontName: str
    face: TTFontFace
    state: MutableMapping[PDFDocument, State]
    def __init__(
        self,
        name: str,
        filename: str,
        validate: bool = ...,
        subfontIndex: int = ...,
        asciiReadable: bool | None = ...,
        shapable: bool = ...,
    ) -> None: ...
    def splitString(self, text: str, doc: PDFDocument) -> list[tuple[int, bytes]]: ...
    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str: ...
    def addObjects(self, doc: PDFDocument) -> None: ...

def makeToUnicodeCMap(fontname: str, subset: list[int]) -> str: ...
