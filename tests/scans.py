"""Scans and photos as people bring them: with hidden data, broken, locked, with programs inside."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = b"SECRET"
"""Stands in all that a picture or PDF says of itself; it may be found nowhere."""

_RED, _ORIENTATION, _MAKE, _GPS = (180, 30, 40), 0x0112, 0x010F, 0x8825


def _picture(size: tuple[int, int]) -> Image.Image:
    return Image.new("RGB", size, _RED)


def photo(size: tuple[int, int] = (60, 40)) -> bytes:
    """A JPEG of a phone: where it was taken, with what, and lying on its side."""
    exif = Image.Exif()
    exif[_MAKE], exif[_ORIENTATION] = SECRET.decode(), 6
    exif.get_ifd(_GPS)[1] = "N"
    exif.get_ifd(_GPS)[2] = (38.0, 1.0, 2.0)
    out = BytesIO()
    _picture(size).save(out, "JPEG", exif=exif, comment=SECRET)
    return out.getvalue()


def drawing() -> bytes:
    """A PNG that says who made it."""
    told = PngInfo()
    told.add_text("Author", SECRET.decode())
    out = BytesIO()
    _picture((60, 40)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def plain_png(size: tuple[int, int] = (60, 40)) -> bytes:
    """A PNG that says nothing of itself."""
    out = BytesIO()
    _picture(size).save(out, "PNG")
    return out.getvalue()


def noise() -> bytes:
    """A PNG of many bytes: noise cannot be squeezed."""
    out = BytesIO()
    Image.effect_noise((400, 400), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def fax(pages: int = 1) -> bytes:
    """A TIFF of a scanner."""
    out = BytesIO()
    more = [_picture((60, 40)) for _ in range(pages - 1)]
    _picture((60, 40)).save(
        out, "TIFF", save_all=pages > 1, append_images=more, description=SECRET.decode()
    )
    return out.getvalue()


def gif() -> bytes:
    """A picture of a kind that is not kept."""
    out = BytesIO()
    _picture((60, 40)).save(out, "GIF")
    return out.getvalue()


def pdf(
    change: Callable[[pikepdf.Pdf], object] | None = None, pages: int = 1, password: str = ""
) -> bytes:
    """A PDF that says who made it, changed before it is saved."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    document.docinfo["/Author"] = SECRET.decode()
    with document.open_metadata() as told:
        told["dc:creator"] = [SECRET.decode()]
    if change is not None:
        change(document)
    out = BytesIO()
    lock = pikepdf.Encryption(owner=password, user=password) if password else False
    document.save(out, encryption=lock)
    return out.getvalue()


def with_program(document: pikepdf.Pdf) -> None:
    """It runs something when it is opened."""
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def with_program_in_a_name_tree(document: pikepdf.Pdf) -> None:
    """The same, where readers look later."""
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    tree = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), action]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=document.make_indirect(tree))


def with_file(document: pikepdf.Pdf) -> None:
    """Another file lies in it."""
    document.attachments["letter.exe"] = b"MZ"


def with_launch(document: pikepdf.Pdf) -> None:
    """A click on a page starts a program."""
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
    )
    document.pages[0].obj.Annots = pikepdf.Array([link])


def with_page_action(document: pikepdf.Pdf) -> None:
    """A page does something when it is turned to."""
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://x"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def with_photo(document: pikepdf.Pdf) -> None:
    """A page shows a photo of a phone, and says so itself."""
    picture = document.make_stream(
        photo(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        Metadata=pikepdf.Stream(document, SECRET),
    )  # fmt: skip
    page = document.pages[0]
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    page.obj.Contents = document.make_stream(b"q 60 0 0 40 10 10 cm /I Do Q")
    document.trailer["/Zz"] = pikepdf.String(SECRET.decode())


def with_huge_page(document: pikepdf.Pdf) -> None:
    """A page of 200 inches."""
    document.pages[0].obj.MediaBox = [0, 0, 14400, 14400]


MORE_THAN_PAGES = (
    with_program, with_program_in_a_name_tree, with_file, with_launch, with_page_action,
)  # fmt: skip
