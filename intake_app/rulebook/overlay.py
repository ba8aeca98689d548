"""Lays a program over its pathway's form: hides, orders, renames, adds and moves.

The pathway's file stays as it is; what a program says is checked against it, with lines.
"""

from dataclasses import replace

from intake_app.domain.form import Choice, Field, Section
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.form_reader import (
    CodeTable,
    FormParts,
    PartReader,
    add_rules_and_deadlines,
    add_statuses,
    day,
)
from intake_app.rulebook.terms_reader import read_terms

_FIELD_WORDS = ("label", "hint", "message")
_SECTION_WORDS = ("title", "help")


def lay_over(base: FormParts, top: EntryNode, codes: CodeTable) -> FormParts:
    """The form with a program over it; mistakes are collected in the node."""
    overlay = Overlay(base, PartReader(base.places, codes))
    head = top.table("program", is_needed=True)
    overlay.take_head(head)
    overlay.hide(head)
    for node in top.tables("add_sections"):
        overlay.add_section(node)
    for node in top.tables("add_fields"):
        overlay.add_field(node)
    moves = top.table("move")
    for ident in moves.data:
        overlay.move(moves.table(ident), ident)
    renames = top.table("relabel")
    for ident in renames.data:
        overlay.rename(renames.table(ident), ident)
    tables = top.table("codes")
    for ident in tables.data:
        overlay.swap_table(tables, ident)
    overlay.set_required(head, "required", is_required=True)
    overlay.set_required(head, "optional", is_required=False)
    overlay.put_in_order(head)
    head.finish()
    add_rules_and_deadlines(top, base, overlay.reader)
    add_statuses(top, base, overlay.reader)
    base.terms = base.terms.lay_over(read_terms(top, codes))
    base.terms.check()
    top.finish()
    base.sections = overlay.sections()
    return base


class Overlay:
    """A form that is being changed by a program.

    Attributes:
        reader: Reads new parts, and knows all ids so far.
    """

    def __init__(self, base: FormParts, reader: PartReader) -> None:
        self.reader, self._parts = reader, base
        self._sections = {s.id: s for s in base.sections}
        self._fields = {s.id: list(s.fields) for s in base.sections}

    def sections(self) -> list[Section]:
        """The steps as they are now."""
        return [
            replace(s, fields=tuple(replace(f, section=s.id) for f in self._fields[s.id]))
            for s in self._sections.values()
        ]

    def take_head(self, head: EntryNode) -> None:
        """Id, name, version, days and papers of the program."""
        parts = self._parts
        parts.id = head.text("id", is_needed=True)
        _ = head.text("pathway", is_needed=True)  # it has led to the form already
        parts.version = f"{parts.version}+{head.text('version', is_needed=True)}"
        parts.program = head.words("name", is_needed=True)
        parts.starts, parts.ends = day(head, "starts"), day(head, "ends")
        if head.has("papers"):
            parts.papers = head.texts("papers")
        parts.places["program"] = head

    def hide(self, head: EntryNode) -> None:
        """Take steps and questions out."""
        for n, ident in enumerate(head.texts("hide")):
            if ident in self._sections:
                gone = self._fields.pop(ident)
                del self._sections[ident]
                self._parts.hidden.update({f.id: f for f in gone})
            elif (found := self._take_out(ident)) is not None:
                self._parts.hidden[ident] = found
            else:
                head.wrong(f'there is no section or question "{ident}" to hide', "hide", n)

    def add_section(self, node: EntryNode) -> None:
        """Add a step after another, or at the end."""
        after = node.text("after")
        section = self.reader.section(node, "after")
        if section is None:
            return
        if after and after not in self._sections:
            node.wrong(f'there is no section "{after}"', "after")
        self._fields[section.id] = list(section.fields)
        order = list(self._sections)
        order.insert(order.index(after) + 1 if after in order else len(order), section.id)
        self._sections[section.id] = section
        self._sections = {ident: self._sections[ident] for ident in order}

    def add_field(self, node: EntryNode) -> None:
        """Add a question to a step, after another or at the end."""
        section, after = node.text("section", is_needed=True), node.text("after")
        read = self.reader.field(node, section, "section", "after")
        if read is not None:
            self._put_in(read, section, after, node)

    def move(self, node: EntryNode, ident: str) -> None:
        """Move a question to another step or place."""
        section, after = node.text("section"), node.text("after")
        node.finish()
        found = self._take_out(ident)
        if found is None:
            node.wrong(f'there is no question "{ident}" to move')
            return
        self._put_in(found, section or self._section_of(after) or found.section, after, node)

    def rename(self, node: EntryNode, ident: str) -> None:
        """Other words for a question or a step."""
        field_words = {k: node.words(k) for k in _FIELD_WORDS if node.has(k)}
        section_words = {k: node.words(k) for k in _SECTION_WORDS if node.has(k)}
        node.finish()
        if ident in self._sections and not field_words:
            self._sections[ident] = replace(self._sections[ident], **section_words)
        elif (place := self._place_of(ident)) is not None and not section_words:
            section, n = place
            self._fields[section][n] = replace(self._fields[section][n], **field_words)
        elif ident in self._sections or place is not None:
            node.wrong('a section has "title" and "help", a question "label", "hint", "message"')
        else:
            node.wrong(f'there is no section or question "{ident}" to relabel')

    def swap_table(self, node: EntryNode, ident: str) -> None:
        """Take the choices of a question, or of a column of rows, from another code table."""
        name = node.text(ident, is_needed=True)
        place = self._place_of(ident) or self._place_of_column(ident)
        if place is None:
            node.wrong(f'there is no question "{ident}" with choices', ident)
            return
        section, n = place
        old = self._fields[section][n]
        choices = self.reader.table(node, ident, name) if name else ()
        if not _codes_of(old, ident):
            node.wrong(f'the question "{ident}" has no code table to change', ident)
        self._fields[section][n] = _with_table(old, ident, name, choices)

    def _place_of_column(self, ident: str) -> tuple[str, int] | None:
        for section, fields in self._fields.items():
            for n, question in enumerate(fields):
                if any(ident in _names_of(question, c) for c in question.columns):
                    return section, n
        return None

    def set_required(self, head: EntryNode, key: str, *, is_required: bool) -> None:
        """Make questions required, or not; what is required is asked at once, not later."""
        for n, ident in enumerate(head.texts(key)):
            place = self._place_of(ident)
            if place is None:
                head.wrong(f'there is no question "{ident}"', key, n)
                continue
            section, at = place
            old = self._fields[section][at]
            later = old.is_later and not is_required
            self._fields[section][at] = replace(old, is_required=is_required, is_later=later)

    def put_in_order(self, head: EntryNode) -> None:
        """Put the named steps first, in this order."""
        named = head.texts("order")
        for n, ident in enumerate(named):
            if ident not in self._sections:
                head.wrong(f'there is no section "{ident}"', "order", n)
        first = dict.fromkeys(i for i in named if i in self._sections)
        self._sections = {i: self._sections[i] for i in [*first, *self._sections]}

    def _place_of(self, ident: str) -> tuple[str, int] | None:
        for section, fields in self._fields.items():
            for n, field in enumerate(fields):
                if field.id == ident:
                    return section, n
        return None

    def _section_of(self, ident: str) -> str:
        place = self._place_of(ident)
        return place[0] if place else ""

    def _take_out(self, ident: str) -> Field | None:
        place = self._place_of(ident)
        return self._fields[place[0]].pop(place[1]) if place else None

    def _put_in(self, field: Field, section: str, after: str, node: EntryNode) -> None:
        if section not in self._sections:
            node.wrong(f'there is no section "{section}"', "section")
            return
        fields = self._fields[section]
        places = [n for n, other in enumerate(fields) if other.id == after]
        if after and not places:
            node.wrong(f'there is no question "{after}" in the section "{section}"', "after")
        fields.insert(places[0] + 1 if places else len(fields), field)


def _names_of(question: Field, column: Field) -> tuple[str, str]:
    return column.id, f"{question.id}.{column.id}"


def _codes_of(question: Field, ident: str) -> str:
    columns = (c.codes for c in question.columns if ident in _names_of(question, c))
    return question.codes if question.id == ident else next(columns, "")


def _with_table(question: Field, ident: str, name: str, choices: tuple[Choice, ...]) -> Field:
    """The question, or its column of this name, with other choices."""
    if question.id == ident:
        return replace(question, codes=name, choices=choices) if question.codes else question
    columns = tuple(
        replace(c, codes=name, choices=choices)
        if c.codes and ident in _names_of(question, c)
        else c
        for c in question.columns
    )
    return replace(question, columns=columns)
