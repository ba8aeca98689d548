"""Errors of screenings, attachments and aid; see `errors` for what they must say.

The first line of each docstring is what a person is told.
"""

from intake_app.domain.errors import IntakeError


class ScreeningOff(IntakeError):
    """This screening tool is switched off. Switch it on first."""


class FileTooLarge(IntakeError):
    """This file is larger than the limit. Scan it at a lower quality, or in several parts."""


class FileKindUnknown(IntakeError):
    """This kind of file cannot be opened here. Use a PDF, or a picture (PNG, JPEG, TIFF)."""


class FileBroken(IntakeError):
    """This file is damaged and cannot be opened. Scan it again."""


class FileLocked(IntakeError):
    """This PDF asks for a password. Save it without one, or print it and scan the paper."""


class FileHasMore(IntakeError):
    """This PDF holds more than pages: programs or other files. Print it and scan the paper."""


class FileHasManyPages(IntakeError):
    """This picture file holds several pages. Save it as a PDF, or each page by itself."""


class FileKeptAlready(IntakeError):
    """This file is here already."""


class LotExpired(IntakeError):
    """This lot has expired. Take another one, and note this one as discarded."""


class CountWrong(IntakeError):
    """This number cannot be right. Check it."""


class LotMissing(IntakeError):
    """This item is kept by lot. Enter the lot number on the box."""
