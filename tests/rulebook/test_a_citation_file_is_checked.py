"""What an agency may write in a citation: each block has a place, and the stub tells nothing."""

from collections.abc import Mapping

import pytest

from intake_app.domain.paper import Layout, Paper, Place
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.paper_reader import read_paper
from intake_app.rulebook.toml_source import TomlSource
from intake_app.settings.resources import path

HEAD = """[paper]
id = "slip"
version = "1"
title = { en = "Slip" }
audience = "participant"
"""
CITATION = HEAD + 'layout = "citation"\n'


def _block(more: str, kind: str = "paragraph") -> str:
    return f'[[blocks]]\ntype = "{kind}"\n{more}\n'


def _read(text: str) -> tuple[Paper, list[str]]:
    mistakes = list[Mistake]()
    paper = read_paper(TomlSource("papers/slip.toml", text), mistakes).paper
    return paper, [f"{m.line}: {m.reason}" for m in mistakes]


def test_each_block_of_a_citation_has_its_place() -> None:
    paper, mistakes = _read(CITATION + _block('place = "duties"\ntext = { en = "Go." }'))
    assert mistakes == []
    assert paper.layout is Layout.CITATION
    assert paper.blocks[0].place is Place.DUTIES


def test_a_letter_needs_no_place() -> None:
    paper, mistakes = _read(HEAD + _block('text = { en = "Go." }'))
    assert (paper.layout, paper.blocks[0].place, mistakes) == (Layout.FLOW, None, [])


GO = 'text = { en = "Go." }'
BROKEN: Mapping[str, tuple[str, str]] = {
    "no place": (CITATION + _block(GO), '7: "place" is missing'),
    "a place nowhere": (CITATION + _block('place = "dutys"\n' + GO), 'did you mean "duties"?'),
    "a place in a letter": (
        HEAD + _block('place = "stub"\n' + GO), '8: a "place" needs layout = "citation"'
    ),
    "an unknown layout": (HEAD + 'layout = "poster"\n' + _block(GO), 'cannot be "poster"'),
    "a source of nothing": (
        HEAD + _block('source = "gossip"', "bullets"), '"source" cannot be "gossip"'
    ),
    "a source in prose": (HEAD + _block('source = "bring"\n' + GO), 'has no "source"'),
    "a name on the stub": (
        CITATION + _block('place = "stub"\ntext = { en = "Hello {full_name}" }'),
        'the stub may not hold "full_name": it must tell nothing',
    ),
    "a program on the stub": (
        CITATION + _block('place = "stub"\nitems = [{ text = { en = "At" }, '
                          'field = "place_name" }]', "facts"),
        'the stub may not hold "place_name"',
    ),
    "an answer on the stub": (
        CITATION + _block('place = "stub"\nfields = ["offense_place"]', "facts"),
        'the stub may not hold "offense_place"',
    ),
    "a telling condition on the stub": (
        CITATION + _block("place = \"stub\"\nshow_when = 'has_victim == \"yes\"'\n" + GO),
        'the stub may not hold "has_victim"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_in_a_citation_is_named(name: str) -> None:
    text, reason = BROKEN[name]
    _, mistakes = _read(text)
    assert len(mistakes) == 1
    assert reason in mistakes[0]


def test_rows_that_are_no_answers_need_no_items() -> None:
    _, mistakes = _read(HEAD + _block('source = "bring"', "bullets"))
    assert mistakes == []


def test_the_shipped_citation_is_such_a_file() -> None:
    text = path("forms", "papers", "citation.toml").read_text("utf-8")
    mistakes = list[Mistake]()
    paper = read_paper(TomlSource("papers/citation.toml", text), mistakes).paper
    assert not mistakes
    assert {block.place for block in paper.blocks} == set(Place)
