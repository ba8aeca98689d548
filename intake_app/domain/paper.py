"""A paper as data: what an agency writes in `forms/papers/`, and the sheet that comes of it.

A `Sheet` is finished: one language, all words filled in, nothing left to decide. Drawing it is a
pure function in `pdf`, so the same sheet gives the same bytes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from intake_app.domain.chart import Chart
from intake_app.domain.text import NOTHING, Text


class Audience(StrEnum):
    """Who a paper is for."""

    PARTICIPANT = "participant"
    PROVIDER = "provider"
    DEPARTMENT = "department"


class BlockType(StrEnum):
    """What an agency can put on a paper."""

    HEADING = "heading"  # text
    PARAGRAPH = "paragraph"  # text; style "plain", "lead", "notice", "callout"
    BULLETS = "bullets"  # items
    FACTS = "facts"  # fields: label and answer in rows; items: with other labels, further lines
    CHOICES = "choices"  # items, each with an empty or ticked box
    SIGNATURES = "signatures"  # items: a line to sign on, or a signature given on screen
    TABLE = "table"  # fields of rows, or items as empty columns to fill in by hand
    STUB = "stub"  # a part to tear off or fold: text and fields
    LEGAL = "legal"  # words of resources/legal/, by name and version
    SPACE = "space"  # room to write by hand: `lines` ruled lines
    FIGURES = "figures"  # charts and tables of numbers: `source` names those of the frame
    CHART = "chart"  # one chart; only made, never written in a file


class Layout(StrEnum):
    """How the parts of a paper stand on its pages."""

    FLOW = "flow"  # below one another, as many pages as it takes
    CITATION = "citation"  # one page, each part in a place of its own, a stub to tear off


class Place(StrEnum):
    """Where a part stands in the layout "citation"."""

    SUBTITLE = "subtitle"  # below the title
    HEAD_FACTS = "head_facts"  # the bar: number, day, officer
    PERSON = "person"  # left card
    OFFENSE = "offense"  # right card
    WHERE = "where"  # dark box, left
    REPORT_BY = "report_by"  # dark box, right: weekday, date and time, large
    DUTIES = "duties"  # left column; bullets are numbered
    RIGHTS = "rights"  # right column, tinted
    NOTICE = "notice"  # small words over the whole width
    RECEIPT = "receipt"  # what is signed: statement, boxes, interpreter
    GUARDIAN = "guardian"  # box for a parent or guardian
    SIGNATURES = "signatures"
    STUB = "stub"  # torn off: without name, offense or program
    COPIES = "copies"  # bullets: who gets a copy; a pad prints one of them on each page


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, a row of boxes, or a line to sign on.

    Attributes:
        text: Its words.
        field: The field whose answer or signature it shows, or empty.
        ticked_when: CEL; for choices: ticked when true.
        show_when: CEL; shown when true. Empty: always.
    """

    text: Text
    field: str = ""
    ticked_when: str = ""
    show_when: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a paper, as its file says it.

    Attributes:
        type: What it is.
        text: Words; {field_id} stands for an answer.
        items: Entries.
        fields: Field ids to show.
        legal: Name of the legal text.
        show_when: CEL; shown when true. Empty: always.
        style: How a paragraph looks; facts stand side by side in all styles but "plain".
        lines: Ruled lines to write on.
        level: Of a heading: 1 to 3.
        place: Where it stands in the layout "citation"; None in a flow.
        source: Rows that are no answers: a table of the frame, by name; for bullets and tables.
    """

    type: BlockType
    text: Text = NOTHING
    items: tuple[Item, ...] = ()
    fields: tuple[str, ...] = ()
    legal: str = ""
    show_when: str = ""
    style: str = "plain"
    lines: int = 0
    level: int = 2
    place: Place | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper file.

    Attributes:
        id: Stable name, for example "referral_letter_provider".
        version: The file's own version; printed in the footer.
        title: Name of the paper.
        audience: Who it is for.
        blocks: Its parts in order.
        is_neutral: Letterhead and return address without police or program name.
        discloses: Handing it over discloses under a consent: notice and copy go with it.
        is_mailed: It may go by mail, where the safe-contact plan allows mail.
        show_when: CEL; offered when true.
        is_default: Ticked on the review page.
        size: "letter", "large" or "small" (the same in other type), or "card" (wallet card, four
            to a sheet).
        is_numbered: It carries a number; one that is destroyed after use carries none.
        layout: How its parts stand.
    """

    id: str
    version: str
    title: Text
    audience: Audience
    blocks: tuple[Block, ...]
    is_neutral: bool = True
    discloses: bool = False
    is_mailed: bool = False
    show_when: str = ""
    is_default: bool = False
    size: str = "letter"
    is_numbered: bool = True
    layout: Layout = Layout.FLOW


# --- the finished sheet -------------------------------------------------------------------

Stroke: TypeAlias = tuple[tuple[float, float], ...]
"""One line of a drawn signature; x and y from 0 to 1, origin at the upper left."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A place to sign, or a signature that was given.

    Attributes:
        label: Who signs.
        name: The typed name or the note ("signed on paper"), or empty.
        strokes: The drawn signature, or empty.
        at: Date in words, or empty: a line for the date is drawn.
        note: How it was given, where that is not seen: "typed name", "made a mark".
    """

    label: str
    name: str = ""
    strokes: tuple[Stroke, ...] = ()
    at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One finished part of a sheet.

    Attributes:
        type: What it is.
        text: Words.
        bullets: For bullets and the stub.
        rows: For facts: (label, answer). For a table: the cells of each row.
        header: For a table: its column heads.
        boxes: For choices: (words, ticked).
        signatures: For signatures.
        style: How a paragraph looks; facts stand side by side in all styles but "plain"; a table
            of style "figures" has heads of rows, and numbers at the right; bullets of style
            "numbered" are steps.
        lines: Ruled lines to write on.
        level: Of a heading.
        place: Where it stands in the layout "citation".
        chart: What a chart shows.
    """

    type: BlockType
    text: str = ""
    bullets: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    header: tuple[str, ...] = ()
    boxes: tuple[tuple[str, bool], ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    style: str = "plain"
    lines: int = 0
    level: int = 2
    place: Place | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on top of a sheet.

    Attributes:
        name: Of the department, or its neutral name.
        lines: Address and phone.
        logo: PNG or JPEG bytes, or empty.
        logo_alt: What the logo shows, for a screen reader.
    """

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    logo_alt: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished paper: facts and words, in one language.

    Attributes:
        title: Heading and document title; never a name.
        language: ISO 639 code, for example "es".
        letterhead: What stands on top.
        parts: What follows.
        number: Receipt number; printed, and as barcode where `has_barcode`.
        form_note: Paper id and version, for the footer.
        page_words: "page {page} of {pages}" in this language.
        replaces: "Replaces no. …", or empty.
        sample_words: "SAMPLE" in a training profile, or empty.
        kept_words: "Not for release": on each page, and in the title of the file; or empty.
        has_barcode: Print the number as Code 128 too.
        size: "letter", "large", "small" or "card".
        layout: How its parts stand. In the layout "citation" a fact without an answer is a line
            to write on.
        back: The same in a second language, printed on the back, or None.
        answers: The questions whose answers it tells: what leaves with it.
    """

    title: str
    language: str
    letterhead: Letterhead
    parts: tuple[Part, ...]
    number: str = ""
    form_note: str = ""
    page_words: str = "page {page} of {pages}"
    replaces: str = ""
    sample_words: str = ""
    kept_words: str = ""
    has_barcode: bool = False
    size: str = "letter"
    layout: Layout = Layout.FLOW
    back: "Sheet | None" = None
    answers: frozenset[str] = frozenset()
