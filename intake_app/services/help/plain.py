"""Markdown of the guide as plain words, for paper and search."""

import re
from typing import Final

_PICTURE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SIGNS: Final = re.compile(r"\*\*|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")


def plain(markdown: str) -> str:
    """Without pictures, marks and addresses of links."""
    return _SIGNS.sub("", _LINK.sub(r"\1", _PICTURE.sub("", markdown)))
