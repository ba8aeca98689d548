"""The documents are built as pages; a dead link, anchor or picture stops that."""

import re
from pathlib import Path, PurePosixPath

import pytest
from documents.links_outside import without_outside
from house_source import ROOT
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

WHOLE = "# One {#one}\n\n[two](two.md#second) and [code](../intake_app/app.py)\n"


def built(folder: Path, first: str) -> None:
    docs = folder / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(first, "utf-8")
    (docs / "two.md").write_text("# Two\n\n## The second {#second}\n\nText.\n", "utf-8")
    config = load_config(
        str(ROOT / "build" / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(folder / "site"),
        not_in_nav="",
    )  # fmt: skip
    build(config)


def test_whole_documents_are_built_and_code_is_no_link(tmp_path: Path) -> None:
    built(tmp_path, WHOLE)
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "code" in page
    assert "app.py" not in page
    assert not re.search(r"""(?:src|<link[^>]*href)=["'](?:https?:)?//""", page)  # opens offline


@pytest.mark.parametrize("dead", ["(gone.md)", "(two.md#third)"])
def test_a_dead_link_stops_it(tmp_path: Path, dead: str) -> None:
    with pytest.raises(Abort):
        built(tmp_path, WHOLE + f"\n[dead]{dead}\n")


def test_only_links_that_lead_out_become_words() -> None:
    text = "[a](../x.py) ![p](../p.png) [b](../one.md) [c](https://example.org)"
    said = without_outside(text, PurePosixPath("adr/0001.md"))
    assert said == text
    assert without_outside(text, PurePosixPath("page.md")).startswith("a ![p](../p.png) b ")
