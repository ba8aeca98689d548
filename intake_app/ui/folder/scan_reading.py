"""Reads a scan or photo that somebody chose, and makes it safe to keep; on the worker, in memory.

A picture is drawn anew: what comes out has the same pixels and nothing else, so that where and with
which camera it was taken is gone. A PDF goes on as it is; the service cleans it.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from intake_app.domain.attachment import Kind, is_whole, kind_of
from intake_app.domain.care_errors import (
    FileBroken,
    FileHasManyPages,
    FileKindUnknown,
    FileTooLarge,
)

QUALITY: Final = 88
"""Of a JPEG, from 0 to 100: small letters of a scan stay sharp."""

_TAKEN: Final = frozenset({b"png", b"jpeg", b"tiff"})
_DOTS_PER_METER: Final = 5906
"""150 dots to an inch, where a picture does not say how large it is on paper."""


def read_scan(path: Path, limit: int) -> bytes:
    """The bytes to keep.

    Args:
        path: The file that was chosen; its name is not looked at.
        limit: Bytes that it may have.

    Raises:
        FileTooLarge, FileKindUnknown, FileBroken, FileHasManyPages: It cannot be kept; the
            sentence says why.
    """
    try:
        if path.stat().st_size > limit:
            raise FileTooLarge
        data = path.read_bytes()
    except OSError:
        raise FileBroken from None  # the cause would carry the name
    if kind_of(data) is Kind.PDF:
        return data
    if not is_whole(data):
        raise FileBroken
    return _drawn_anew(data, limit)


def _drawn_anew(data: bytes, limit: int) -> bytes:
    source = QBuffer()
    source.setData(QByteArray(data))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    form, seen = _seen(source)
    if seen.isNull():
        raise FileBroken
    clean = _copied(seen)
    if form == b"jpeg":
        return _encoded(clean, b"JPEG", limit)
    try:
        return _encoded(clean, b"PNG", limit)
    except FileTooLarge:
        return _encoded(clean, b"JPEG", limit)


def _seen(source: QBuffer) -> tuple[bytes, QImage]:
    """The format by content, and the picture; a null one where it cannot be read.

    The reader goes before the buffer does: that of TIFF crashes the other way round.
    """
    reader = QImageReader(source)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    form = bytes(reader.format().data())
    if form not in _TAKEN:
        raise FileKindUnknown
    if form == b"tiff" and reader.imageCount() > 1:
        raise FileHasManyPages
    return form, reader.read()


def _copied(seen: QImage) -> QImage:
    """The pixels on white, and nothing of what the file said of itself."""
    clean = QImage(seen.size(), QImage.Format.Format_RGB32)
    clean.fill(Qt.GlobalColor.white)
    clean.setDotsPerMeterX(_DOTS_PER_METER)
    clean.setDotsPerMeterY(_DOTS_PER_METER)
    painter = QPainter(clean)
    painter.drawImage(clean.rect(), seen, seen.rect())
    painter.end()
    return clean


def _encoded(clean: QImage, form: bytes, limit: int) -> bytes:
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(out, form)
    if form == b"JPEG":
        writer.setQuality(QUALITY)
    if not writer.write(clean):
        raise FileBroken
    made = bytes(out.data().data())
    if len(made) > limit:
        raise FileTooLarge
    return made
