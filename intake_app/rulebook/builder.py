"""Makes a guide out of texts: from the folder of forms, or from the texts that a draft has kept."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from intake_app.domain.form import Choice, Form, FormRef
from intake_app.domain.offense import is_table_of_offenses
from intake_app.rulebook.codes import read_codes
from intake_app.rulebook.conditions import Conditions, compile_conditions
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.fixed_words import FixedWords
from intake_app.rulebook.form_reader import IS_ID, FormParts, read_form
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.mistake import Mistake, Mistaken, refuse
from intake_app.rulebook.offenses import choices_of, read_offenses
from intake_app.rulebook.overlay import lay_over
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.toml_source import TomlSource

Texts = Callable[[str], str | None]
"""Finds a text by its name: "self_referral.toml", "programs/x.toml", "codes/housing.csv"."""

Tables = dict[str, tuple[Choice, ...] | None]
"""The choices of code tables by file; none where there is no such file."""

PROGRAMS, PAPERS, CODES = "programs", "papers", "codes"


def form_file(ident: str) -> str:
    """Name of a pathway's file."""
    return f"{ident}.toml"


def program_file(ident: str) -> str:
    """Name of a program's file."""
    return f"{PROGRAMS}/{ident}.toml"


def table_file(name: str) -> str:
    """Name of a table's file: of "housing" and of "offenses/fl"."""
    return f"{name}.csv" if is_table_of_offenses(name) else f"{CODES}/{name}.csv"


@dataclass(slots=True)
class Build:
    """A form being made: what was read, and what is wrong.

    Attributes:
        texts: Where texts come from.
        today: For codes that are retired.
        used: The texts that were used, by name.
        mistakes: What is wrong.
        tables: The code tables that were read, by file; builds of one day may share them.
    """

    texts: Texts
    today: date
    used: dict[str, str] = field(default_factory=dict[str, str])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    tables: Tables = field(default_factory=Tables)

    def parts(self, ident: str) -> tuple[FormParts, Conditions] | None:
        """Read a form by the id of its program or pathway; None where there is no such file.

        Raises:
            Mistaken: A file is no TOML.
        """
        if not IS_ID(ident):
            return None
        program = self._source(program_file(ident))
        pathway = ident
        if program is not None:
            said = EntryNode.top(program, []).table("program").text("pathway")
            pathway = said if IS_ID(said) else ""
        base = self._source(form_file(pathway)) if pathway else None
        if base is None:
            if program is not None:
                line = program.line_of(("program", "pathway"))
                reason = f"there is no form for its pathway (forms/{pathway or '…'}.toml)"
                self.mistakes.append(Mistake(program.name, line, reason))
            return None
        parts = read_form(EntryNode.top(base, self.mistakes), self.table, self._other_form)
        self._name_must_fit(parts, "form", pathway)
        if program is not None:
            parts = lay_over(parts, EntryNode.top(program, self.mistakes), self.table)
            self._name_must_fit(parts, "program", ident)
        return parts, compile_conditions(parts)

    def _source(self, name: str) -> TomlSource | None:
        text = self.texts(name)
        if text is None:
            return None
        self.used[name] = text
        return TomlSource(name, text)

    def _other_form(self, name: str) -> EntryNode | None:
        """The file of a form whose steps another form uses."""
        source = self._source(form_file(name)) if IS_ID(name) else None
        return EntryNode.top(source, self.mistakes) if source else None

    def _name_must_fit(self, parts: FormParts, place: str, ident: str) -> None:
        if parts.id and parts.id != ident:
            parts.places[place].wrong(f'the id must be the name of the file: "{ident}"', "id")
        elif place == "form" and parts.pathway and parts.pathway != ident:
            reason = f'the pathway must be the name of the file: "{ident}"'
            parts.places[place].wrong(reason, "pathway")

    def table(self, name: str) -> tuple[Choice, ...] | None:
        """The choices of a code table, or of a state's offenses; each is read once."""
        file = table_file(name)
        if file not in self.tables:
            text = self.texts(file)
            if text is not None:
                self.used[file] = text
            self.tables[file] = None if text is None else self._read_table(file, text)
        return self.tables[file]

    def _read_table(self, file: str, text: str) -> tuple[Choice, ...]:
        if is_table_of_offenses(file):
            return choices_of(read_offenses(file, text, self.mistakes))
        return read_codes(file, text, self.today, self.mistakes)


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256 in hex of all texts with their names."""
    whole = hashlib.sha256()
    for name, text in sorted(texts.items()):
        for part in (name, text):
            data = part.encode(errors="surrogatepass")
            whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def build_guide(ident: str, texts: Texts, words: FixedWords, setting: Setting) -> FormGuide | None:
    """The guide of a form; None where there is no such file.

    Raises:
        Mistaken: A file that it needs has a mistake.
    """
    build = Build(texts, setting.today())
    read = build.parts(ident)
    refuse(build.mistakes)
    if read is None:
        return None
    parts, conditions = read
    form = Form(
        ref=FormRef(ident, parts.version, digest_of(build.used)),
        pathway=parts.pathway,
        title=parts.title,
        sections=tuple(parts.sections),
        rules=tuple(parts.rules),
        deadlines=tuple(parts.deadlines),
        papers=parts.papers,
        facts=parts.facts,
        program=parts.program,
        quick_exit=parts.quick_exit,
        event_only=parts.event_only,
        terms=parts.terms.made(),
        starts=parts.starts,
        ends=parts.ends,
        statuses=tuple(parts.statuses),
    )
    return FormGuide(form, build.used, conditions, words, setting)


__all__ = ["Build", "Mistaken", "Texts", "build_guide", "digest_of", "form_file", "program_file"]
