"""Blank forms on paper for a power cut: all that a form asks on its short path, to fill in by hand.

They are made of the form itself, so that paper and window never differ. They belong to nobody and
carry no number; what was written is keyed in later (`paper_intakes`), and the paper destroyed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from intake_app.domain.form import Field, FieldType, Form, Section
from intake_app.domain.paper import BlockType, Part, Sheet, SignatureLine
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.records.frames import frame_for
from intake_app.services.records.ways_in import ways_in
from intake_app.words import Words, mark

COVER: Final = "blank_form"
"""The paper file that says how such a sheet looks: its letterhead and its words around."""

_CHOSEN: Final = {FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED}
_YES_NO: Final = (mark("Yes"), mark("No"), mark("Not known"), mark("Would rather not say"))
_LINES: Final = 3  # to write a long answer on
_ROWS: Final = 3  # of a table
_ABREAST: Final = 2  # short answers side by side


@dataclass(frozen=True, slots=True)
class BlankForm:
    """One blank form.

    Attributes:
        form: Form id.
        title: Its name, in the language asked for.
        data: The PDF.
    """

    form: str
    title: str
    data: bytes


def blank_forms(desk: Desk, language: str) -> list[BlankForm]:
    """A blank form for each way in that this person takes; held charges have pads of their own.

    Args:
        desk: Whose.
        language: Of the paper (ISO 639).

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.ISSUE_PAPER)
    made = [_blank(desk, form, language) for form in paper_ways(desk)]
    desk.station.note(desk.act("print blank forms"))
    return made


def paper_ways(desk: Desk) -> list[Form]:
    """The forms that can be filled in on paper: those of the ways into care that are on."""
    return [desk.library.guide(way.form).form for way in ways_in(desk)]


def _blank(desk: Desk, form: Form, language: str) -> BlankForm:
    guide = desk.library.guide(form.ref.id)
    paper = desk.library.paper(COVER)
    frame = frame_for(desk, paper, language, "", "")
    sheet = desk.library.compose(COVER, guide, {}, frame)
    name = (form.program or form.title).said_in(language)
    title = f"{sheet.title}: {name}"
    parts = (*sheet.parts, *_parts(form, Words(language)))
    return BlankForm(form.ref.id, name, desk.press.print(_titled(sheet, title, parts)))


def _titled(sheet: Sheet, title: str, parts: tuple[Part, ...]) -> Sheet:
    return Sheet(
        title=title, language=sheet.language, letterhead=sheet.letterhead, parts=parts,
        form_note=sheet.form_note, page_words=sheet.page_words, sample_words=sheet.sample_words,
        size=sheet.size,
    )  # fmt: skip


def _parts(form: Form, words: Words) -> Iterator[Part]:
    """All steps of the short path, numbered as on the screen."""
    steps = [section for section in form.sections if not section.is_later]
    for n, section in enumerate(steps, 1):
        asked = [field for field in section.fields if not field.is_later]
        if asked:
            yield from _step(n, section, asked, words)


def _step(n: int, section: Section, asked: list[Field], words: Words) -> Iterator[Part]:
    yield Part(BlockType.HEADING, f"{n}  {section.title.said_in(words.language)}")
    if told := section.help.said_in(words.language):
        yield Part(BlockType.PARAGRAPH, told)
    for is_line, fields in groupby(asked, _is_line):
        if is_line:
            yield from _lines([field.label.said_in(words.language) for field in fields])
        else:
            for field in fields:
                yield from _question(field, words)


def _lines(labels: list[str]) -> Iterator[Part]:
    """Short answers side by side, with room to write below their questions."""
    for n in range(0, len(labels), _ABREAST):
        head = tuple(labels[n : n + _ABREAST])
        yield Part(BlockType.TABLE, rows=(("",) * len(head),), header=head)


def _is_line(field: Field) -> bool:
    """Whether a line is enough for the answer."""
    apart = {*_CHOSEN, FieldType.YES_NO, FieldType.LONG_TEXT, FieldType.ROWS}
    return field.type not in {*apart, FieldType.SIGNATURE, FieldType.STATEMENT}


def _question(field: Field, words: Words) -> Iterator[Part]:
    language = words.language
    label = field.label.said_in(language)
    yield Part(BlockType.HEADING, label, level=3)
    if field.type is FieldType.STATEMENT:
        for paragraph in filter(None, field.hint.said_in(language).split("\n\n")):
            yield Part(BlockType.PARAGRAPH, paragraph.strip())
        yield _boxes([words.text("Read out")])
    elif field.type in _CHOSEN:
        yield _boxes([c.label.said_in(language) for c in field.choices if not c.is_retired])
    elif field.type is FieldType.YES_NO:
        yield _boxes([words.text(one) for one in _YES_NO])
    elif field.type is FieldType.ROWS:
        heads = tuple(column.label.said_in(language) for column in field.columns)
        yield Part(BlockType.TABLE, rows=(("",) * len(heads),) * _ROWS, header=heads)
    elif field.type is FieldType.SIGNATURE:
        yield Part(BlockType.SIGNATURES, signatures=(SignatureLine(label),))
    else:
        yield Part(BlockType.SPACE, lines=_LINES)


def _boxes(said: list[str]) -> Part:
    return Part(BlockType.CHOICES, boxes=tuple((one, False) for one in said))
