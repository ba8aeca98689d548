from collections.abc import Callable, Mapping, Sequence

class PDFObject: ...
class PDFObjectReference(PDFObject): ...
class PDFName_(PDFObject): ...

def PDFName(data: str) -> PDFName_: ...

class PDFString(PDFObject):
    def __init__(self, s: str) -> None: ...

class PDFArray(PDFObject):
    def __init__(self, sequence: Sequence[object]) -> None: ...

class PDFDictionary(PDFObject):
    def __init__(self, dict: Mapping[str, object] | None = None) -> None: ...
    def __setitem__(self, name: str, value: object) -> None: ...
    def __getitem__(self, name: str) -> object: ...

class PDFStream(PDFObject):
    content: str | bytes
    def __init__(
        self, dictionary: PDFDictionary | None = None, content: str | bytes | None = None
    ) -> None: ...

class XMP(PDFStream):
    def __init__(
        self, path: str | None = None, creator: Callable[[object], bytes] | None = None
    ) -> None: ...

class PDFCatalog(PDFObject):
    __NoDefault__: Sequence[str]
    OutputIntents: PDFObject
    StructTreeRoot: PDFObject
    MarkInfo: PDFObject
    Metadata: PDFObject

class PDFPage(PDFCatalog):
    StructParents: int
    Tabs: PDFObject

class PDFPages(PDFCatalog):
    pages: list[PDFPage]

class PDFDocument(PDFObject):
    idToObject: dict[str, PDFStream]
    Catalog: PDFCatalog
    Pages: PDFPages
    def Reference(self, obj: PDFObject, name: str | None = None) -> PDFObjectReference: ...
    def GetPDFData(self, canvas: object) -> bytes: ...
