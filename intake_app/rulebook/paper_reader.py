"""Reads a paper: TOML becomes blocks; each key is checked, and each mistake has its line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.domain.paper import Audience, Block, BlockType, Item, Layout, Paper, Place
from intake_app.domain.text import Text
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.expression import FUNCTIONS, BadExpression, Condition
from intake_app.rulebook.form_reader import IS_ID
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.paper_words import (
    FIGURES,
    SOURCES,
    STUB_WORDS,
    has_stray_braces,
    places_of,
)
from intake_app.rulebook.toml_source import TomlSource

STYLES = ("plain", "lead", "notice", "callout")
SIZES = ("letter", "large", "small", "card")
_WRITTEN = tuple(kind for kind in BlockType if kind is not BlockType.CHART)
_WITH_ITEMS = {BlockType.BULLETS}
_WITH_SOURCE = {BlockType.BULLETS, BlockType.TABLE, BlockType.FIGURES}
_WITH_ENTRIES = {BlockType.CHOICES, BlockType.SIGNATURES, BlockType.TABLE}
_WITH_WORDS = {BlockType.HEADING, BlockType.PARAGRAPH}


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a paper uses: a question, or one of the extra words.

    Attributes:
        node: Where.
        key: Under which key.
        name: The name; a column of rows is "rows.column".
        is_legal: It is a legal text.
    """

    node: EntryNode
    key: str
    name: str
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper with its conditions compiled.

    Attributes:
        paper: The paper.
        conditions: Compiled, by their text.
        uses: All names in it.
    """

    paper: Paper
    conditions: Mapping[str, Condition]
    uses: tuple[Use, ...] = field(repr=False)


def read_paper(source: TomlSource, mistakes: list[Mistake]) -> PaperFile:
    """Read a paper file; what is wrong is added to `mistakes`."""
    top = EntryNode.top(source, mistakes)
    reader = PaperReader()
    paper = reader.paper(top)
    return PaperFile(paper, reader.conditions, tuple(reader.uses))


class PaperReader:
    """Reads one paper and collects what it uses.

    Attributes:
        conditions: Compiled, by their text.
        uses: All names.
    """

    def __init__(self) -> None:
        self.conditions: dict[str, Condition] = {}
        self.uses: list[Use] = []

    def paper(self, top: EntryNode) -> Paper:
        """The whole file."""
        head = top.table("paper", is_needed=True)
        ident = head.text("id", is_needed=True)
        if ident and not IS_ID(ident):
            head.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
        elif ident and top.source.name != f"papers/{ident}.toml":
            head.wrong("the id must be the name of the file", "id")
        blocks = top.tables("blocks")
        if not blocks:
            top.wrong("the paper has no [[blocks]]")
        layout = Layout(head.one_of("layout", tuple(Layout), Layout.FLOW))
        paper = Paper(
            id=ident,
            version=head.text("version", is_needed=True),
            title=self._words(head, "title", is_needed=True),
            audience=Audience(head.one_of("audience", tuple(Audience))),
            blocks=tuple(self.block(node, layout) for node in blocks),
            is_neutral=head.flag("neutral", default=True),
            discloses=head.flag("discloses"),
            is_mailed=head.flag("mailed"),
            show_when=self._condition(head, "show_when"),
            is_default=head.flag("default"),
            size=head.one_of("size", SIZES, SIZES[0]),
            is_numbered=head.flag("numbered", default=True),
            layout=layout,
        )
        head.finish()
        top.finish()
        return paper

    def block(self, node: EntryNode, layout: Layout) -> Block:
        """One part."""
        first_use = len(self.uses)
        kind = BlockType(node.one_of("type", _WRITTEN))
        block = Block(
            type=kind,
            text=self._words(node, "text", is_needed=kind in _WITH_WORDS),
            items=tuple(self.item(entry) for entry in node.tables("items")),
            fields=node.texts("fields"),
            legal=node.text("legal", is_needed=kind is BlockType.LEGAL),
            show_when=self._condition(node, "show_when"),
            style=node.one_of("style", STYLES, STYLES[0]),
            lines=node.count("lines", most=60),
            level=node.count("level", 2, most=3) or 1,
            place=_place(node, layout),
            source=node.one_of("source", (*SOURCES, *FIGURES)) if node.has("source") else "",
        )
        node.finish()
        self.uses += [Use(node, "fields", name) for name in block.fields]
        self.uses += [Use(node, "legal", block.legal, is_legal=True)] if block.legal else []
        _name_oddities(node, block)
        if block.place is Place.STUB:
            _name_what_tells(self.uses[first_use:])
        return block

    def item(self, node: EntryNode) -> Item:
        """One entry of a block."""
        item = Item(
            text=self._words(node, "text"),
            field=node.text("field"),
            ticked_when=self._condition(node, "ticked_when"),
            show_when=self._condition(node, "show_when"),
        )
        node.finish()
        self.uses += [Use(node, "field", item.field)] if item.field else []
        if not item.text and not item.field:
            node.wrong('an item needs a "text" or a "field"')
        return item

    def _words(self, node: EntryNode, key: str, *, is_needed: bool = False) -> Text:
        words = node.words(key, is_needed=is_needed)
        for language, said in words.by_language.items():
            if has_stray_braces(said):
                node.wrong(f'a brace in "{key}" holds no name: write {{name}}', key, language)
            self.uses += [Use(node, key, name) for name in places_of(said)]
        return words

    def _condition(self, node: EntryNode, key: str) -> str:
        text = node.text(key)
        if not text:
            return ""
        try:
            condition = Condition.read(text)
        except BadExpression as error:
            node.wrong(f'the condition "{key}" cannot be read: {error}', key)
            return ""
        for name in sorted(condition.functions - FUNCTIONS):
            node.wrong(f'the condition "{key}" calls "{name}", which is not known', key)
        self.conditions[text] = condition
        self.uses += [Use(node, key, name) for name in sorted(condition.names)]
        return text


def _place(node: EntryNode, layout: Layout) -> Place | None:
    """The place of a block; each block of a citation has one."""
    if layout is Layout.FLOW:
        if node.has("place"):
            node.wrong('a "place" needs layout = "citation" in [paper]', "place")
        node.value("place")
        return None
    return Place(node.one_of("place", tuple(Place)))


def _name_what_tells(uses: list[Use]) -> None:
    """The stub lies about: it holds no name, no offense, no telling program name."""
    for use in uses:
        if use.name not in STUB_WORDS | {"blank"}:
            use.node.wrong(f'the stub may not hold "{use.name}": it must tell nothing', use.key)


def _name_odd_source(node: EntryNode, block: Block) -> None:
    if block.type is BlockType.FIGURES and block.source not in FIGURES:
        node.wrong(f'a block of type "figures" needs "source": {", ".join(FIGURES)}')
    elif block.source in FIGURES and block.type is not BlockType.FIGURES:
        node.wrong(f'"{block.source}" needs a block of type "figures"', "source")
    if block.source and block.type not in _WITH_SOURCE:
        node.wrong(f'a block of type "{block.type}" has no "source"', "source")


def _name_oddities(node: EntryNode, block: Block) -> None:
    if block.type is BlockType.FACTS and not block.fields and not block.items:
        node.wrong('a block of type "facts" needs "fields" or "items"')
    _name_odd_source(node, block)
    if block.type in _WITH_ITEMS and not block.items and not block.source:
        node.wrong(f'a block of type "{block.type}" needs "items"')
    if block.type in _WITH_ENTRIES and not (block.items or block.fields or block.source):
        node.wrong(f'a block of type "{block.type}" needs "items" or "fields"')
    if block.type is BlockType.SPACE and not block.lines:
        node.wrong('a block of type "space" needs "lines"')
