"""A ReportLab canvas that writes tagged, accessible PDF (PDF/UA-1, ISO 14289-1).

ReportLab's open edition draws but does not tag. This canvas adds what is missing: every stroke is
either marked content that belongs to an element of the structure tree, or an artifact; the tree
with its ParentTree; language, title and the PDF/UA mark in the XMP metadata. Dates and the
document's id are fixed, so the same drawing gives the same bytes.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

from intake_app.pdf import fonts
from intake_app.pdf.legible import spoken
from intake_app.pdf.lines import Line
from intake_app.pdf.look import TextStyle
from intake_app.pdf.structure import Element, Mark
from intake_app.settings.resources import path

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>{archival}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_ARCHIVAL = """
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""Marks PDF/A-2a; the mark of PDF/UA is none that PDF/A knows, so it is described."""

_PRODUCER = "intake-app"
_COLORS = "sRGB.icc"
_MADE_AT = "2000-01-01T00:00:00+00:00"
"""The fixed date of ReportLab's invariant mode: a paper's own date stands on it."""

rl_config.useA85 = 0
"""ReportLab's own setting: streams stay binary. As ASCII they are a fifth longer and slower."""


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself, outside its pages.

    Attributes:
        title: Shown by the reader's window; never a name of a person.
        lang: BCP 47, for example "es-US".
        author: The office that gives it out.
        is_archival: It is made to last: PDF/A-2a (ISO 19005-2), with its colors described.
    """

    title: str
    lang: str
    author: str = ""
    is_archival: bool = False


class TaggedCanvas(Canvas):
    """Draws on pages; what is drawn under `mark` is content, under `artifact` decoration.

    Attributes:
        root: The "Document" element; elements of the sheet hang below it.
    """

    def __init__(self, about: About, size: tuple[float, float]) -> None:
        fonts.ready()
        super().__init__(
            BytesIO(),
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=fonts.REGULAR,  # else Helvetica is named, which is not embedded
            lang=about.lang,
        )
        self.root = Element("Document")
        self._about = about
        self._owners: list[Element] = []  # of the marks on the page that is being drawn
        self._pages: list[tuple[PDFPage, list[Element]]] = []
        self._is_open = False
        self._is_copy = False
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setSubject("")
        self.setCreator(_PRODUCER)
        self.setProducer(_PRODUCER)
        self.setViewerPreference("DisplayDocTitle", "true")

    # --- drawing --------------------------------------------------------------------------

    @contextmanager
    def mark(self, element: Element) -> Generator[None]:
        """What is drawn inside is content of this element; in a copy, decoration."""
        if self._is_copy:
            with self.artifact():
                yield
            return
        number = len(self._owners)
        self._owners.append(element)
        element.kids.append(Mark(len(self._pages), number))
        with self._marked(f"/{element.role} <</MCID {number}>> BDC"):
            yield

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Generator[None]:
        """What is drawn inside is decoration: "Layout", "Pagination" or "Background"."""
        with self._marked(f"/Artifact <</Type /{kind}>> BDC"):
            yield

    @contextmanager
    def copy(self) -> Generator[None]:
        """What is drawn inside stands elsewhere too and is told once: all of it is decoration."""
        self._is_copy = True
        yield
        self._is_copy = False

    @contextmanager
    def _marked(self, begin: str) -> Generator[None]:
        if self._is_open:
            raise ValueError("marked content does not nest")
        self._is_open = True
        self._code.append(begin)
        yield
        self._code.append("EMC")
        self._is_open = False

    def write(self, lines: tuple[Line, ...], style: TextStyle, x: float, top: float) -> None:
        """Draw lines of text from an upper left corner; `x` is the anchor that `align` names.

        The operators are written here and not by ReportLab's text object, because a stretch with
        another meaning than its drawing (ActualText) is marked in the middle of a line.
        """
        self.setFillColorRGB(*style.color)
        face = fonts.font(style.font)
        y = top - (style.leading + style.size * 0.66) / 2  # capitals stand in the middle
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[style.align]
        for line in lines:
            if line.segments:
                at = x - line.width * shift
                self._code.append(f"BT 1 0 0 1 {at:.2f} {y:.2f} Tm")
                for shown, meant in line.segments:
                    self._segment(face, style.size, shown, meant)
                self._code.append("ET")
            y -= style.leading

    def _segment(self, face: fonts.PaperFont, size: float, shown: str, meant: str) -> None:
        if meant:
            words = meant.encode("utf-16-be").hex()
            self._code.append(f"/Span <</ActualText <feff{words}>>> BDC")
        for subset, chunk in face.splitString(shown, self._doc):
            name = face.getSubsetInternalName(subset, self._doc)
            self._code.append(f"{name} {size:g} Tf ({self._escape(chunk)}) Tj")
        if meant:
            self._code.append("EMC")

    def picture(self, image: ImageReader, x: float, y: float, size: tuple[float, float]) -> None:
        """Draw an image with its lower left corner at a point."""
        self.drawImage(image, x, y, size[0], size[1], mask="auto")

    def entry(self, title: str) -> None:
        """A bookmark to the page that is begun."""
        key = f"page-{len(self._pages) + 1}"
        self.bookmarkPage(key)
        self.addOutlineEntry(spoken(title) or "-", key, 0)

    # --- the file -------------------------------------------------------------------------

    def showPage(self) -> None:
        """Finish a page."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = (*page.__NoDefault__, "StructParents", "Tabs")  # keys it may write
        page.StructParents = len(self._pages)
        page.Tabs = PDFName("S")
        self._pages.append((page, self._owners))
        self._owners = []

    def finished(self) -> bytes:
        """Close the document.

        Returns:
            The PDF file.
        """
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        pages = [self._doc.Reference(page) for page, _ in self._pages]
        tree = _TreeWriter(self, pages)
        root["K"] = tree.write(self.root, self._doc.Reference(root))
        numbers: list[object] = []
        for n, (_, owners) in enumerate(self._pages):
            numbers += [n, self.reference(PDFArray([tree.place_of(owner) for owner in owners]))]
        root["ParentTree"] = self.reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        root["ParentTreeNextKey"] = len(self._pages)
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = root
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = XMP(creator=self._metadata)
        if self._about.is_archival:
            catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
            catalog.OutputIntents = PDFArray([self._colors()])
        return self._doc.GetPDFData(self)

    def _colors(self) -> PDFDictionary:
        """What red, green and blue mean in this document: sRGB (ISO 19005-2, 6.2.3)."""
        profile = PDFStream(
            PDFDictionary({"N": 3}), path("resources", "colors", _COLORS).read_bytes()
        )
        return PDFDictionary(
            {
                "Type": PDFName("OutputIntent"),
                "S": PDFName("GTS_PDFA1"),
                "OutputConditionIdentifier": PDFString("sRGB"),
                "DestOutputProfile": self.reference(profile),
            }
        )

    def _metadata(self, _: object) -> bytes:
        about = self._about
        archival = ""
        if about.is_archival:
            archival = _ARCHIVAL.format(
                producer=_PRODUCER, author=escape(about.author), at=_MADE_AT
            )
        said = _XMP.format(
            title=escape(about.title), lang=escape(about.lang), producer=_PRODUCER,
            archival=archival,
        )  # fmt: skip
        return said.encode()

    def reference(self, thing: PDFObject) -> PDFObjectReference:
        """Put an object of its own into the file."""
        return self._doc.Reference(thing)


class _TreeWriter:
    """Writes elements as PDF dictionaries, each with its parent and its marks."""

    def __init__(self, canvas: TaggedCanvas, pages: list[PDFObjectReference]) -> None:
        self._canvas = canvas
        self._pages = pages
        self._places: dict[int, PDFObjectReference] = {}

    def place_of(self, element: Element) -> PDFObjectReference:
        """Where an element was written."""
        return self._places[id(element)]

    def write(self, element: Element, parent: PDFObjectReference) -> PDFObjectReference:
        """Write an element and all inside."""
        made = PDFDictionary(
            {"Type": PDFName("StructElem"), "S": PDFName(element.role), "P": parent}
        )
        place = self._canvas.reference(made)
        self._places[id(element)] = place
        for key, words in (
            ("Alt", element.alt),
            ("ActualText", element.actual),
            ("Lang", element.lang),
        ):
            if words:
                made[key] = PDFString(spoken(words))
        if element.attributes:
            made["A"] = PDFDictionary(dict(element.attributes))
        marks = element.marks()
        if marks:
            made["Pg"] = self._pages[marks[0].page]
        made["K"] = PDFArray([self._kid(kid, place, marks) for kid in element.kids])
        return place

    def _kid(self, kid: Element | Mark, place: PDFObjectReference, marks: list[Mark]) -> object:
        if isinstance(kid, Element):
            return self.write(kid, place)
        if kid.page == marks[0].page:
            return kid.number
        return PDFDictionary(
            {"Type": PDFName("MCR"), "Pg": self._pages[kid.page], "MCID": kid.number}
        )
