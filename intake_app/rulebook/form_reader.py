"""Reads a pathway's form: TOML becomes sections, questions, rules and deadlines.

Each key is checked, and each mistake is named with its line. Conditions are compiled later, when a
program has been laid over the form (`conditions`), so this keeps the place of every part.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from intake_app.domain.form import (
    COUNTED,
    Choice,
    Deadline,
    Field,
    FieldType,
    Force,
    Rule,
    Section,
    Sensitivity,
    Status,
)
from intake_app.domain.offense import is_table_of_offenses
from intake_app.domain.text import NOTHING, Text
from intake_app.rulebook.answer_shape import NOW, TODAY, is_well_shaped
from intake_app.rulebook.codes import is_day_or_empty
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.expression import RESERVED
from intake_app.rulebook.paper_words import EXTRAS
from intake_app.rulebook.terms_reader import TermsParts, read_terms

IS_ID = re.compile(r"[a-z][a-z0-9_]{0,59}").fullmatch
IS_TABLE = re.compile(r"(?:offenses/)?[a-z][a-z0-9_]{0,59}").fullmatch
WHO = ("D", "O", "P", "C", "S")
_CHOSEN = {FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED}

CodeTable = Callable[[str], tuple[Choice, ...] | None]
"""Finds a code table by name; None where there is none."""

OtherForm = Callable[[str], EntryNode | None]
"""Finds the file of another form, whose steps this one may use; None where there is none."""


@dataclass(slots=True)
class FormParts:
    """A form while it is read and overlaid.

    Attributes:
        id: Pathway code, or the program's id.
        pathway: Pathway code.
        version: Of the file (and of the program, after "+").
        title: Name.
        sections: Steps in order.
        rules: Eligibility rules.
        deadlines: What is owed.
        papers: Paper ids.
        facts: Field by list column.
        quick_exit: CEL.
        event_only: CEL.
        program: Name of the program.
        starts: First day of the program.
        ends: Last day of the program.
        terms: How a charge is held.
        statuses: How far it can come.
        places: Where each part stands, by id; rules as "rule:id", columns as "rows.column".
        hidden: Questions that a program took out; conditions may still name them.
    """

    id: str
    pathway: str
    version: str
    title: Text
    sections: list[Section] = field(default_factory=list[Section])
    rules: list[Rule] = field(default_factory=list[Rule])
    deadlines: list[Deadline] = field(default_factory=list[Deadline])
    papers: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict[str, str])
    quick_exit: str = ""
    event_only: str = ""
    program: Text = NOTHING
    starts: str = ""
    ends: str = ""
    terms: TermsParts = field(default_factory=TermsParts)
    statuses: list[Status] = field(default_factory=list[Status])
    places: dict[str, EntryNode] = field(default_factory=dict[str, EntryNode])
    hidden: dict[str, Field] = field(default_factory=dict[str, Field])


def read_form(top: EntryNode, codes: CodeTable, other_form: OtherForm) -> FormParts:
    """Read a whole form file; mistakes are collected in the node."""
    head = top.table("form", is_needed=True)
    parts = FormParts(
        id=head.text("id", is_needed=True),
        pathway=head.text("pathway", is_needed=True),
        version=head.text("version", is_needed=True),
        title=head.words("title", is_needed=True),
        papers=head.texts("papers"),
        quick_exit=head.text("quick_exit"),
        event_only=head.text("event_only"),
    )
    parts.places["form"] = head
    head.finish()
    facts = top.table("facts")
    parts.places["facts"] = facts
    parts.facts = {key: facts.text(key, is_needed=True) for key in facts.data}
    reader = PartReader(parts.places, codes, other_form)
    sections = top.tables("sections")
    if not sections:
        top.wrong("the form has no [[sections]]")
    parts.sections = [s for node in sections if (s := reader.section(node)) is not None]
    add_rules_and_deadlines(top, parts, reader)
    add_statuses(top, parts, reader)
    parts.terms = read_terms(top, codes)
    parts.terms.check()
    top.finish()
    return parts


def add_rules_and_deadlines(top: EntryNode, parts: FormParts, reader: "PartReader") -> None:
    """Read the rules and deadlines of a form or a program."""
    parts.rules += [r for node in top.tables("rules") if (r := reader.rule(node)) is not None]
    parts.deadlines += [
        d for node in top.tables("deadlines") if (d := reader.deadline(node)) is not None
    ]


def add_statuses(top: EntryNode, parts: FormParts, reader: "PartReader") -> None:
    """Read the statuses of a form; those of a program stand in their place."""
    nodes = top.tables("statuses")
    for status in parts.statuses if nodes else ():
        del parts.places[f"status:{status.id}"]  # the program may use its name again
    read = [status for node in nodes if (status := reader.status(node)) is not None]
    if not read:
        return
    parts.statuses = read
    known = {status.id for status in read}
    for node, status in zip(nodes, read, strict=False):
        for n, before in enumerate(status.after):
            if before not in known:
                node.wrong(f'there is no status "{before}"', "after", n)
    if all(status.after for status in read):
        nodes[0].wrong('no status is the first: leave "after" out there')


class PartReader:
    """Reads the parts of a form and remembers where each stands."""

    def __init__(
        self,
        places: dict[str, EntryNode],
        codes: CodeTable,
        other_form: OtherForm = lambda _: None,
    ) -> None:
        self._places, self._codes, self._other_form = places, codes, other_form

    def section(self, node: EntryNode, *more_keys: str) -> Section | None:
        """One step with its questions; None where it has no name of its own."""
        ident = self._id(node)
        shared = self._as_in(node, ident)
        read = (self.field(inside, ident) for inside in self._fields_of(node, shared))

        def said(key: str) -> EntryNode:
            return node if node.has(key) else shared

        section = Section(
            id=ident,
            title=said("title").words("title", is_needed=True),
            fields=tuple(f for f in read if f is not None),
            help=said("help").words("help"),
            show_when=node.text("show_when"),
            is_later=said("later").flag("later"),
            fact=said("fact").text("fact"),
            is_event=node.flag("event"),
        )
        _ = [node.has(key) for key in more_keys]
        node.finish()
        return section if ident else None

    def _as_in(self, node: EntryNode, ident: str) -> EntryNode:
        """The step of another form that this one uses; the step itself where it uses none."""
        name = node.text("as_in")
        if not name:
            return node
        other = self._other_form(name)
        steps = other.tables("sections") if other else []
        found = next((s for s in steps if s.data.get("id") == ident), None)
        if found is None:
            node.wrong(f'there is no step "{ident}" in forms/{name}.toml', "as_in")
        elif "as_in" in found.data:
            node.wrong(f"forms/{name}.toml has this step from another form itself", "as_in")
        return found or node

    def _fields_of(self, node: EntryNode, shared: EntryNode) -> list[EntryNode]:
        """The questions of a step; of a shared one without those that it leaves out."""
        if shared is node:
            return node.tables("fields")
        fields, without = shared.tables("fields"), node.texts("without")
        known = {str(field.data.get("id")) for field in fields}
        for n, gone in enumerate(without):
            if gone not in known:
                node.wrong(f'there is no question "{gone}" to leave out', "without", n)
        kept = [field for field in fields if field.data.get("id") not in without]
        return kept + node.tables("fields")

    def field(self, node: EntryNode, section: str, *more_keys: str, rows: str = "") -> Field | None:
        """One question, or one column of `rows`; None where it has no name of its own."""
        ident = self._id(node, rows)
        kind = FieldType(node.one_of("type", tuple(FieldType)))
        read = Field(
            id=ident,
            type=kind,
            label=node.words("label", is_needed=True),
            hint=node.words("hint"),
            is_required=node.flag("required"),
            show_when=node.text("show_when"),
            check=node.text("check"),
            message=node.words("message"),
            who=node.one_of("who", WHO, "D"),
            choices=self._choices(node, kind),
            codes=node.text("codes"),
            columns=self._columns(node, kind, section, rows),
            units=node.texts("units"),
            unit_words=_unit_words(node),
            sensitivity=Sensitivity(
                node.one_of("sensitivity", tuple(Sensitivity), Sensitivity.ORDINARY)
            ),
            is_later=node.flag("later"),
            is_apart=node.flag("apart"),
            version=node.text("version"),
            default=node.value("default"),
            section=section,
        )
        _ = [node.has(key) for key in more_keys]
        node.finish()
        _name_oddities(node, read)
        return read if ident else None

    def rule(self, node: EntryNode) -> Rule | None:
        """One eligibility rule."""
        ident = self._id(node, kind="rule")
        rule = Rule(
            id=ident,
            force=Force(node.one_of("force", tuple(Force))),
            when=node.text("when", is_needed=True),
            message=node.words("message", is_needed=True),
            authority=node.words_or_text("authority"),
            starts=day(node, "starts"),
            ends=day(node, "ends"),
        )
        node.finish()
        return rule if ident else None

    def deadline(self, node: EntryNode) -> Deadline | None:
        """One thing owed."""
        ident = self._id(node, kind="deadline")
        deadline = Deadline(
            id=ident,
            label=node.words("label", is_needed=True),
            hours=node.count("hours"),
            days=node.count("days"),
            is_business=node.flag("business"),
            when=node.text("when"),
            attempts=node.count("attempts"),
            window=node.count("window"),
        )
        node.finish()
        if bool(deadline.hours) == bool(deadline.days):
            node.wrong('a deadline needs either "hours" or "days"')
        elif deadline.hours and deadline.is_business:
            node.wrong('"business" goes with "days", not with "hours"', "business")
        return deadline if ident else None

    def status(self, node: EntryNode) -> Status | None:
        """One step of the way."""
        ident = self._id(node, kind="status")
        status = Status(
            id=ident,
            label=node.words("label", is_needed=True),
            after=node.texts("after"),
            reasons=node.text("reasons"),
            begins=node.text("begins"),
            closes=node.flag("closes"),
            counts_as=node.text("counts_as"),
        )
        if status.counts_as and status.counts_as not in COUNTED:
            node.wrong(f'"counts_as" is one of {", ".join(COUNTED)}', "counts_as")
        elif ident and status.closes and not (status.counts_as or ident in COUNTED):
            node.wrong('it closes, and numbers must know how: say "counts_as"', "closes")
        if status.reasons:
            self.table(node, "reasons", status.reasons)
        node.finish()
        return status if ident else None

    def _id(self, node: EntryNode, rows: str = "", kind: str = "") -> str:
        ident = node.text("id", is_needed=True)
        if not ident:
            return ""
        place = f"{kind}:{ident}" if kind else f"{rows}.{ident}" if rows else ident
        if not IS_ID(ident):
            node.wrong(f'"{ident}" is no id: small letters, digits and _ only', "id")
        elif not kind and ident in RESERVED | EXTRAS:
            node.wrong(f'the id "{ident}" is taken: it has a meaning in conditions or papers', "id")
        elif place in self._places:
            first = self._places[place]
            line = first.source.line_of((*first.path, "id"))
            where = f"{first.source.name}, line {line}"
            node.wrong(f'the id "{ident}" is used twice: first in {where}', "id")
        else:
            self._places[place] = node
            return ident
        return ""

    def table(self, node: EntryNode, key: str, name: str) -> tuple[Choice, ...]:
        """The choices of a code table that a key names."""
        choices = self._codes(name) if IS_TABLE(name) else None
        if choices is None:
            file = name if is_table_of_offenses(name) else f"codes/{name}"
            node.wrong(f'there is no code table "{name}" (resources/{file}.csv)', key)
        return choices or ()

    def _choices(self, node: EntryNode, kind: FieldType) -> tuple[Choice, ...]:
        table, written = node.text("codes"), node.tables("choices")
        if kind not in _CHOSEN:
            if table or written:
                node.wrong(f'a question of type "{kind}" has no choices')
            return ()
        if table and not written:
            return self.table(node, "codes", table)
        if table or not written:
            node.wrong('give either "codes" or "choices"')
        return tuple(c for entry in written if (c := _choice(entry, written)) is not None)

    def _columns(
        self, node: EntryNode, kind: FieldType, section: str, rows: str
    ) -> tuple[Field, ...]:
        columns = node.tables("columns")
        if kind is not FieldType.ROWS:
            if columns:
                node.wrong('only a question of type "rows" has columns', "columns")
            return ()
        if rows:
            node.wrong('a column cannot be of type "rows"', "type")
            return ()
        if not columns:
            node.wrong('a question of type "rows" needs [[sections.fields.columns]]')
        ident = node.text("id")
        read = (self.field(column, section, rows=ident) for column in columns)
        return tuple(c for c in read if c is not None)


def _choice(node: EntryNode, all_nodes: list[EntryNode]) -> Choice | None:
    ident = node.text("id", is_needed=True)
    choice = Choice(ident, node.words("label", is_needed=True), node.flag("retired"))
    node.finish()
    if ident and next(n for n in all_nodes if n.data.get("id") == node.data["id"]) is not node:
        node.wrong(f'the choice "{ident}" is there twice', "id")
        return None
    return choice if ident else None


def _unit_words(node: EntryNode) -> dict[str, Text]:
    inside, units = node.table("unit_words"), node.texts("units")
    for name in inside.data:
        if name not in units:
            inside.wrong(f'"{name}" is none of the "units"', name)
    return {name: inside.words(name) for name in inside.data}


def _name_oddities(node: EntryNode, read: Field) -> None:
    if read.units and read.type is not FieldType.NUMBER:
        node.wrong('only a question of type "number" has units', "units")
    if read.type is FieldType.STATEMENT and not read.version:
        node.wrong('a statement needs the "version" of its words')
    if read.message and not read.check:
        node.wrong('there is a "message" but no "check"', "message")
    if read.is_required and read.is_later:
        node.wrong('"required" and "later" exclude each other', "later", is_doubt=True)
    if read.default is not None and not _is_default(read):
        node.wrong(f'the "default" is no answer of type "{read.type}"', "default")


def _is_default(read: Field) -> bool:
    if read.type is FieldType.DATE and read.default == TODAY:
        return True
    if read.type is FieldType.DATE_TIME and read.default == NOW:
        return True
    return is_well_shaped(read, read.default)


def day(node: EntryNode, key: str) -> str:
    """A day as YYYY-MM-DD, in quotes or not, or nothing."""
    value = node.value(key)
    text = str(value) if value is not None else ""
    if is_day_or_empty(text):
        return text
    node.wrong(f'"{key}" must be a date like 2026-11-01', key)
    return ""
