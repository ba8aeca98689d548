"""For mkdocs: links to files beside `docs/`, such as code, become their plain names.

The pages lie on a stick or a server without the tree; whether such a file exists is checked by
`tests/house/test_house_links.py`.
"""

import re
from pathlib import PurePosixPath
from typing import Any, Final

_LINK: Final = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")


def on_page_markdown(markdown: str, *, page: Any, **_rest: object) -> str:  # noqa: ANN401
    """Called by mkdocs for each page."""
    return without_outside(markdown, PurePosixPath(page.file.src_uri))


def without_outside(markdown: str, page: PurePosixPath) -> str:
    """The text, in which links that lead out of the folder of documents are plain words.

    Args:
        markdown: Of a page.
        page: Its place in the folder.
    """
    depth = len(page.parent.parts)

    def plain(link: re.Match[str]) -> str:
        parts = PurePosixPath(link[2].partition("#")[0]).parts
        return link[1] if parts.count("..") > depth else link[0]

    return _LINK.sub(plain, markdown)
