"""Versions of what packages hold inside, asked of the parts themselves."""

# pyright: basic, reportAttributeAccessIssue=false
# lxml does not say of which types its versions are.

from collections.abc import Callable, Mapping

import pikepdf
import pypdfium2.version
from cryptography.hazmat.backends.openssl import backend
from lxml import etree
from PySide6.QtCore import qVersion
from sqlcipher3 import dbapi2


def _of_sqlcipher(question: str) -> str:
    connection = dbapi2.connect(":memory:")
    try:
        connection.execute("PRAGMA key = 'only to be asked'")
        [[answer]] = connection.execute(question)
    finally:
        connection.close()
    return str(answer)


def _number(text: str) -> str:
    """The first word with a digit: of "OpenSSL 4.0.3 29 Sep 2026" it is "4.0.3"."""
    return next(word for word in text.split() if word[0].isdigit())


ASKED: Mapping[str, Callable[[], str]] = {
    "Qt": qVersion,
    "SQLCipher": lambda: _number(_of_sqlcipher("PRAGMA cipher_version")),
    "SQLite": lambda: _of_sqlcipher("SELECT sqlite_version()"),
    "OpenSSL (of SQLCipher)": lambda: _number(_of_sqlcipher("PRAGMA cipher_provider_version")),
    "OpenSSL (of cryptography)": lambda: _number(backend.openssl_version_text()),
    "libxml2": lambda: ".".join(map(str, etree.LIBXML_COMPILED_VERSION)),
    "libxslt": lambda: ".".join(map(str, etree.LIBXSLT_COMPILED_VERSION)),
    "qpdf": lambda: pikepdf.__libqpdf_version__,
    "PDFium": lambda: str(pypdfium2.version.PDFIUM_INFO).partition("@")[0],
}
