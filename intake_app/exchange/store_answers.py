"""What OpenDAL and operating systems refuse, as errors of ours.

OpenDAL's errors say what happened in their text only (a web server's status, the system's number),
in up to a kilobyte with addresses. The text is looked at here and goes no further.
"""

import os
import re
from typing import Final

from intake_app.domain.store_errors import (
    StoreError,
    StoreFailing,
    StoreFull,
    StoreReadOnly,
    StoreRefused,
    StoreUnreachable,
    StoreVanished,
)

_STATUS: Final = re.compile(r"response: Parts \{ status: (\d{3})")
_NUMBER: Final = re.compile(r"\(os error (\d{1,5})\)")
_BY_STATUS: Final[dict[int, type[StoreError]]] = {
    401: StoreRefused, 403: StoreRefused, 407: StoreRefused,
    413: StoreFull, 507: StoreFull,
    408: StoreUnreachable, 429: StoreUnreachable, 502: StoreUnreachable, 503: StoreUnreachable,
    504: StoreUnreachable,
}  # fmt: skip
_ON_POSIX: Final[dict[int, type[StoreError]]] = {
    27: StoreFull, 28: StoreFull, 122: StoreFull, 69: StoreFull,  # EFBIG ENOSPC EDQUOT (macOS)
    1: StoreReadOnly, 13: StoreReadOnly, 30: StoreReadOnly,  # EPERM EACCES EROFS
    5: StoreVanished, 6: StoreVanished, 19: StoreVanished, 20: StoreVanished,  # EIO ENXIO ENODEV
    107: StoreVanished, 112: StoreVanished, 116: StoreVanished, 121: StoreVanished,  # shares
}  # fmt: skip
_ON_WINDOWS: Final[dict[int, type[StoreError]]] = {
    39: StoreFull, 112: StoreFull, 1295: StoreFull,
    5: StoreReadOnly, 19: StoreReadOnly,
    3: StoreVanished, 21: StoreVanished, 53: StoreVanished, 55: StoreVanished, 64: StoreVanished,
    67: StoreVanished, 433: StoreVanished, 1117: StoreVanished, 1167: StoreVanished,
}  # fmt: skip
_BY_NUMBER: Final = _ON_WINDOWS if os.name == "nt" else _ON_POSIX


def is_absence(error: Exception) -> bool:
    """Whether the store only says that there is no such object."""
    return str(error).startswith("NotFound (")


def may_pass(error: Exception) -> bool:
    """Whether to try again at once is worth it: the connection broke, or the server is busy.

    A server that is silent is not asked again in the same round: the next one comes anyway.
    """
    text = str(error)
    return "(temporary)" in text[:60] and "timeout reached" not in text


def refusal(error: Exception, *, is_folder: bool) -> StoreError:
    """The error of ours that this is; it holds a number at most.

    Args:
        error: Of OpenDAL, or of the system.
        is_folder: The store is a folder of this computer, so numbers are the system's.
    """
    text = str(error)
    if status := _STATUS.search(text):
        return _BY_STATUS.get(int(status[1]), StoreFailing)(status[1])
    if is_folder:
        number = _NUMBER.search(text)
        code = int(number[1]) if number else getattr(error, "errno", None) or 0
        return _BY_NUMBER.get(code, StoreVanished)(str(code or ""))
    if text.startswith("PermissionDenied"):
        return StoreRefused()
    is_silent = "(temporary)" in text[:60] or "timeout reached" in text or "http request" in text
    return StoreUnreachable() if is_silent else StoreFailing()
