"""Names each mistake in forms, papers, code tables and legal texts: `intake-app forms check`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from intake_app.domain.form import FieldType
from intake_app.domain.offense import OFFENSES
from intake_app.domain.provider import PAPER_WORDS as PROVIDER_WORDS
from intake_app.rulebook.answer_times import ANSWER_TIMES_FILE, read_answer_times
from intake_app.rulebook.builder import CODES, PAPERS, PROGRAMS, Build, Tables
from intake_app.rulebook.codes import read_codes
from intake_app.rulebook.controls_reader import CONTROLS_FILES, read_controls
from intake_app.rulebook.export_reader import EXPORTS
from intake_app.rulebook.exports import FormsSeen, exports_on
from intake_app.rulebook.fixed_words import PAPER_WORDS_FILE, read_paper_words
from intake_app.rulebook.form_reader import FormParts
from intake_app.rulebook.import_reader import IMPORTS, read_mapping
from intake_app.rulebook.legal import legal_file, read_legal
from intake_app.rulebook.measure_reader import MEASURES, read_numbers
from intake_app.rulebook.mistake import Mistake, Mistaken
from intake_app.rulebook.nicknames import NICKNAMES_FILE, read_nicknames
from intake_app.rulebook.offenses import is_offense_table, read_offenses
from intake_app.rulebook.paper_reader import read_paper
from intake_app.rulebook.paper_words import EXTRAS
from intake_app.rulebook.retention_reader import RETENTION_FILES, read_retention
from intake_app.rulebook.screening_reader import PACKS, SCREENINGS, read_screening
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource

LEGAL = "legal"
KNOWN = frozenset({"age", "today", "agency", "answered", "terms", "blank", "instrument", "stage"})
"""What conditions of papers know besides answers."""

_IS_HEAD = re.compile(
    r"^\s*\[(?:(form|program|paper|screening|export|import)\]|\[(measures|cuts|families)\]\])",
    re.MULTILINE,
)


def check_all(shelf: Shelf, setting: Setting) -> tuple[Mistake, ...]:
    """All mistakes, by file and line."""
    check = Check(shelf, setting)
    forms = [name.removesuffix(".toml") for name in shelf.names("")]
    programs = [Path(name).stem for name in shelf.names(PROGRAMS)]
    for ident in [*forms, *programs]:
        check.form(ident)
    for name in shelf.names(PAPERS):
        check.paper(name)
    for name in (*shelf.names(SCREENINGS), *shelf.names(PACKS)):
        check.screening(name)
    for name in shelf.names(CODES, ".csv"):
        check.codes(name)
    for name in shelf.names(OFFENSES, ".csv"):
        check.offenses(name)
    for name in shelf.names(LEGAL):
        check.legal(name)
    check.nicknames()
    check.exports()
    check.imports()
    check.measures()
    return tuple(sorted(set(check.mistakes)))


def check_path(path: Path, shelf: Shelf, setting: Setting) -> tuple[Mistake, ...]:
    """The mistakes of one file or of all files in a folder.

    A folder from elsewhere is a folder of forms of its own. A file from elsewhere is checked as if
    it lay among the shelf's own files.

    Raises:
        OSError: There is no such file or folder, or it cannot be read.
    """
    wanted = path.resolve(strict=True)
    own = [folder.resolve() for folder in shelf.folders()]
    if not any(_lies_in(wanted, folder) or _lies_in(folder, wanted) for folder in own):
        shelf = shelf.with_forms(wanted) if wanted.is_dir() else _with_file(shelf, wanted)
    if wanted.is_dir() and not any(wanted.rglob("*.toml")) and not any(wanted.rglob("*.csv")):
        return (Mistake(str(path), 1, "there is no form file in this folder"),)
    return tuple(m for m in check_all(shelf, setting) if _lies_in(shelf.path(m.file), wanted))


def _with_file(shelf: Shelf, file: Path) -> Shelf:
    """What kind of file it is stands in its first lines, and can be seen even in a broken one."""
    found = _IS_HEAD.search(file.read_bytes().decode("utf-8", "replace"))
    kind = found[1] or found[2] if found else file.suffix
    if kind == ".csv" and is_offense_table(file.read_bytes().decode("utf-8", "replace")):
        kind = OFFENSES
    folder = {
        "form": "",
        "program": PROGRAMS,
        "paper": PAPERS,
        "screening": SCREENINGS,
        "export": EXPORTS,
        "import": IMPORTS,
        "measures": MEASURES,
        "cuts": MEASURES,
        "families": MEASURES,
        ".csv": CODES,
        OFFENSES: OFFENSES,
    }.get(kind, LEGAL)
    return shelf.with_file(f"{folder}/{file.name}".lstrip("/"), file)


def _lies_in(file: Path, wanted: Path) -> bool:
    file = file.resolve()
    return file == wanted or wanted in file.parents


@dataclass(slots=True)
class Check:
    """A check of all files, one after another.

    Attributes:
        shelf: Where they lie.
        setting: For the day.
        mistakes: What is wrong.
        names: What papers may name: all questions of all forms, and columns as "rows.column".
        has_forms: Whether a form could be read.
        forms_seen: The questions of all forms.
        tables: Code tables that forms named; each is read, and its mistakes are told, once.
    """

    shelf: Shelf
    setting: Setting
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    names: set[str] = field(default_factory=lambda: {*EXTRAS, *KNOWN})
    has_forms: bool = False
    forms_seen: FormsSeen = field(default_factory=FormsSeen)
    tables: Tables = field(default_factory=Tables)

    def form(self, ident: str) -> None:
        """Check a form, or a program with the form below it."""
        build = Build(self.shelf.text, self.setting.today(), tables=self.tables)
        try:
            read = build.parts(ident)
        except Mistaken as error:
            self.mistakes += error.mistakes
            return
        finally:
            self.mistakes += build.mistakes
        if read is not None:
            self.has_forms = True
            self.names.update(_names_of(read[0]))
            questions = (f for s in read[0].sections for f in s.fields)
            self.forms_seen.add(questions, read[0].facts)
            self._papers_exist(read[0])

    def _papers_exist(self, parts: FormParts) -> None:
        head = parts.places.get("program", parts.places["form"])
        head = head if head.has("papers") else parts.places["form"]
        for n, ident in enumerate(parts.papers):
            if self.shelf.has(f"{PAPERS}/{ident}.toml"):
                continue
            line = head.source.line_of((*head.path, "papers", n))
            reason = f'there is no paper "{ident}" (forms/papers/{ident}.toml)'
            self.mistakes.append(Mistake(head.source.name, line, reason))
        self._letters_exist(parts)

    def _letters_exist(self, parts: FormParts) -> None:
        node = parts.terms.node
        if node is None:
            return
        line = node.source.line_of(node.path)
        for ident in sorted({one.paper for one in parts.terms.said.get("reminders", ())} - {""}):
            if not self.shelf.has(f"{PAPERS}/{ident}.toml"):
                reason = f'a reminder names "{ident}": there is no forms/papers/{ident}.toml'
                self.mistakes.append(Mistake(node.source.name, line, reason))

    def paper(self, name: str) -> None:
        """Check a paper, also against the questions of all forms."""
        source = self._source(name)
        if source is None:
            return
        file = read_paper(source, self.mistakes)
        known = self.names
        for use in file.uses:
            if use.is_legal:
                if not self.shelf.has(legal_file(use.name)):
                    use.node.wrong(f'there is no legal text "{use.name}"', use.key)
            elif use.name not in known and self.has_forms:
                use.node.wrong(f'names "{use.name}", which is no question', use.key)

    def screening(self, name: str) -> None:
        """Check a screening tool; it knows no question of a form, and no form knows it."""
        source = self._source(name)
        if source is not None:
            read_screening(source, self.mistakes)

    def exports(self) -> None:
        """Check the mappings of exports against the questions of all forms."""
        build = Build(self.shelf.text, self.setting.today(), tables=self.tables)
        numbers = read_numbers(self.shelf, [])  # what is wrong with them is named for themselves
        known = self.forms_seen.known(
            lambda name: {c.id for c in build.table(name) or ()},
            numbers.cuts, {one.id for one in numbers.measures},
        )  # fmt: skip
        if self.has_forms:
            exports_on(self.shelf, known, self.mistakes)

    def measures(self) -> None:
        """Check measures, and that the code tables which they name are there."""
        read_numbers(self.shelf, self.mistakes, lambda name: self.shelf.has(f"{CODES}/{name}.csv"))

    def imports(self) -> None:
        """Check the mappings of imports."""
        for name in self.shelf.names(IMPORTS):
            source = self._source(name)
            if source is not None:
                read_mapping(source, self.mistakes)

    def nicknames(self) -> None:
        """Check the families of names."""
        try:
            text = self.shelf.text(NICKNAMES_FILE)
        except Mistaken as error:
            self.mistakes += error.mistakes
        else:
            read_nicknames(text or "", self.mistakes)

    def codes(self, name: str) -> None:
        """Check a code table."""
        try:
            text = self.shelf.text(name)
        except Mistaken as error:
            self.mistakes += error.mistakes
        else:
            read_codes(name, text or "", self.setting.today(), self.mistakes)

    def offenses(self, name: str) -> None:
        """Check a state's table of offenses."""
        try:
            text = self.shelf.text(name)
        except Mistaken as error:
            self.mistakes += error.mistakes
        else:
            read_offenses(name, text or "", self.mistakes)

    def legal(self, name: str) -> None:
        """Check a legal text."""
        source = self._source(name)
        if source is None:
            return
        if name == PAPER_WORDS_FILE:
            read_paper_words(source, self.mistakes)
        elif name in RETENTION_FILES:
            read_retention(source, self.mistakes)
        elif name == ANSWER_TIMES_FILE:
            read_answer_times(source, self.mistakes)
        elif name in CONTROLS_FILES:
            read_controls(source, self.mistakes)
        else:
            read_legal(source, self.mistakes)

    def _source(self, name: str) -> TomlSource | None:
        try:
            return TomlSource(name, self.shelf.text(name) or "")
        except Mistaken as error:
            self.mistakes += error.mistakes
            return None


def _names_of(parts: FormParts) -> Iterator[str]:
    for question in (f for s in parts.sections for f in s.fields):
        yield question.id
        if question.type is FieldType.PROVIDER:
            yield from (f"{question.id}_{word}" for word in PROVIDER_WORDS)
        if question.type is FieldType.DATE_TIME:
            yield from (f"{question.id}_{part}" for part in ("day", "time", "at"))
        yield from (f"{question.id}.{column.id}" for column in question.columns)
