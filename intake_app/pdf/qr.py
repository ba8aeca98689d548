"""A square code (QR, ISO/IEC 18004) as rows, for the window, which draws it itself."""

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel


def modules(text: str) -> tuple[str, ...]:
    """Dark ("#") and light (".") of a text; the quiet margin is not in it."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple("".join("#" if dark else "." for dark in row) for row in code.modules)
