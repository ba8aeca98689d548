"""All forms and papers of the department, read when they are asked for.

One broken or missing file never stops the others: what depends on it is missing, and `mistakes`
names why. A changed file is read again at the next call; drafts stay on the texts they have kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from intake_app.domain.control import Controls
from intake_app.domain.days import is_in_force
from intake_app.domain.errors import FormMissing, PaperMissing
from intake_app.domain.export import Export
from intake_app.domain.form import Answers, Choice, FormRef
from intake_app.domain.log_entry import AnswerTime
from intake_app.domain.measure import Cut, Family, Measure
from intake_app.domain.offense import Offense
from intake_app.domain.paper import Paper, Sheet
from intake_app.domain.retention import Schedule
from intake_app.domain.text import Text
from intake_app.rulebook.answer_times import ANSWER_TIMES_FILE, read_answer_times
from intake_app.rulebook.builder import PAPERS, PROGRAMS, Build, Texts, build_guide, digest_of
from intake_app.rulebook.check import check_all
from intake_app.rulebook.compose import Composer, Materials, known_of, scope_for
from intake_app.rulebook.controls_reader import CONTROLS_FILES, read_controls
from intake_app.rulebook.entry_node import EntryNode
from intake_app.rulebook.exports import FormsSeen, exports_on
from intake_app.rulebook.fixed_words import (
    PAPER_WORDS_FILE,
    WORDS_FILE,
    FixedWords,
    read_paper_words,
)
from intake_app.rulebook.form_reader import IS_ID, IS_TABLE
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.legal import LegalText, legal_file, read_legal
from intake_app.rulebook.measure_reader import MEASURES, Numbers, read_numbers
from intake_app.rulebook.mistake import Mistake, Mistaken, refuse
from intake_app.rulebook.nicknames import NICKNAMES_FILE, read_nicknames
from intake_app.rulebook.paper_ask import PaperFrame, PaperGuide
from intake_app.rulebook.paper_reader import PaperFile, read_paper
from intake_app.rulebook.retention_reader import RETENTION_FILES, read_retention
from intake_app.rulebook.screening_reader import PACKS, SCREENINGS, ScreeningTool, read_screening
from intake_app.rulebook.setting import Setting
from intake_app.rulebook.shelf import Shelf
from intake_app.rulebook.toml_source import TomlSource

OwnTexts = Callable[[], Mapping[str, str]]
"""A department's own texts of today, by name; they lie over the files."""


class FormLibrary:  # noqa: PLR0904 (it answers one protocol)
    """Forms and papers; see `services.desk.Library`.

    Args:
        forms: The folder of forms.
        resources: The folder of code tables, legal texts and words.
        setting: Agency and time.
        own: The department's own texts, which lie over the files of these folders.
    """

    def __init__(
        self, forms: Path, resources: Path, setting: Setting, own: OwnTexts | None = None
    ) -> None:
        shelf = Shelf(forms, resources)
        self._shelf = shelf.with_texts(own) if own else shelf
        self._setting = setting
        self._words = FixedWords.read(self._shelf.text(WORDS_FILE) or "")
        self._guides: dict[tuple[str, str, str], FormGuide] = {}
        self._papers: dict[str, PaperFile] = {}
        self._nicknames: Mapping[str, frozenset[str]] | None = None
        self._read_numbers: tuple[tuple[str, ...], Numbers] | None = None

    def _materials(self) -> Materials:
        """What papers are made with now: the department may have changed its words today."""
        return Materials(self._paper_words(), self._setting, self._legal)

    def _paper_words(self) -> FixedWords:
        try:
            text = self._shelf.text(PAPER_WORDS_FILE)
            own = read_paper_words(TomlSource(PAPER_WORDS_FILE, text or ""), [])
        except Mistaken:
            return self._words
        return self._words.but({name: said for name, said in own.items() if said})

    def guide(self, form_id: str) -> FormGuide:
        """The current version of a form (pathway code or program id).

        Raises:
            FormMissing: There is none, or its file has a mistake.
        """
        return self._guide(form_id, self._shelf.text)

    def guide_from(self, ref: FormRef, sources: Mapping[str, str]) -> FormGuide:
        """The version that a draft or record began with, from its kept texts.

        Raises:
            FormMissing: The texts do not make the form, or are not the ones it began with.
        """
        if digest_of(sources) != ref.digest:
            raise FormMissing(ref.id)
        key = (ref.id, ref.digest, self._setting.today().isoformat())
        return self._guides.get(key) or self._guide(ref.id, dict(sources).get)

    def _guide(self, form_id: str, texts: Texts) -> FormGuide:
        try:
            key = self._key_of(form_id, texts)
            if key not in self._guides:
                guide = build_guide(form_id, texts, self._paper_words(), self._setting)
                if guide is None:
                    raise FormMissing(form_id)
                key = (form_id, guide.form.ref.digest, key[2])
                self._guides[key] = guide
        except Mistaken as error:
            raise FormMissing(form_id) from error
        return self._guides[key]

    def _key_of(self, form_id: str, texts: Texts) -> tuple[str, str, str]:
        """The key of a guide that is made already of the same texts; else one without a digest."""
        today = self._setting.today().isoformat()
        made = ((key, guide) for key, guide in self._guides.items() if key[::2] == (form_id, today))
        for key, guide in made:  # each file is read anew: of this form alone
            same = all(texts(name) == text for name, text in guide.sources.items())
            if same and self._is_whole(guide, texts):
                return key
        return form_id, "", today

    def _is_whole(self, guide: FormGuide, texts: Texts) -> bool:
        """Whether no program of the same name has come beside a pathway's form since."""
        program = f"{PROGRAMS}/{guide.form.ref.id}.toml"
        return program in guide.sources or texts(program) is None

    def programs(self, pathway: str) -> tuple[tuple[str, Text], ...]:
        """The programs of a pathway that are in force today: id and name."""
        found = (self._program(name, pathway) for name in self._shelf.names(PROGRAMS))
        return tuple(program for program in found if program is not None)

    def _program(self, name: str, pathway: str) -> tuple[str, Text] | None:
        try:
            head = EntryNode.top(TomlSource(name, self._shelf.text(name) or ""), []).table(
                "program"
            )
        except Mistaken:
            return None
        ident, today = head.text("id"), self._setting.today().isoformat()
        starts, ends = str(head.value("starts") or ""), str(head.value("ends") or "")
        if head.text("pathway") != pathway or not is_in_force(starts, ends, today):
            return None
        return (ident, head.words("name")) if name == f"{PROGRAMS}/{ident}.toml" else None

    def codes(self, name: str) -> tuple[Choice, ...]:
        """The choices of a code table ("not_offered_reasons"); none where it is missing."""
        build = Build(self._shelf.text, self._setting.today())
        try:
            return (build.table(name) if IS_TABLE(name) else None) or ()
        except Mistaken:
            return ()

    def offense(self, form_id: str, ident: str) -> Offense | None:
        """An offense of a form's or program's state, as its table says it today."""
        try:
            return self.guide(form_id).offense(ident)
        except FormMissing:
            return None

    def papers(self, guide: PaperGuide, answers: Answers) -> tuple[Paper, ...]:
        """The papers that this form offers for these answers; a broken one is left out."""
        scope = scope_for(guide, known_of(guide, answers), self._setting)
        files = (self._paper(ident) for ident in guide.form.papers)
        return tuple(
            file.paper
            for file in files
            if file is not None
            and scope.holds([file.conditions[w] for w in (file.paper.show_when,) if w])
        )

    def paper(self, ident: str) -> Paper:
        """A paper, whatever forms offer it.

        Raises:
            PaperMissing: There is no such paper, or its file has a mistake.
        """
        file = self._paper(ident)
        if file is None:
            raise PaperMissing(ident)
        return file.paper

    def compose(self, paper: str, guide: PaperGuide, answers: Answers, frame: PaperFrame) -> Sheet:
        """Fill a paper's words.

        Raises:
            PaperMissing: There is no such paper, or its file has a mistake.
        """
        file = self._paper(paper)
        if file is None:
            raise PaperMissing(paper)
        return Composer(file, guide, answers, frame, self._materials()).sheet()

    def compose_whole(self, paper: str, guide: PaperGuide, frame: PaperFrame) -> Sheet:
        """The same with all parts, whatever they depend on: for a look at its words.

        Raises:
            PaperMissing: There is no such paper, or its file has a mistake.
        """
        file = self._paper(paper)
        if file is None:
            raise PaperMissing(paper)
        blocks = tuple(
            replace(b, show_when="", items=tuple(replace(i, show_when="") for i in b.items))
            for b in file.paper.blocks
        )
        whole = replace(file, paper=replace(file.paper, blocks=blocks))
        return Composer(whole, guide, {}, frame, self._materials()).sheet()

    def _paper(self, ident: str) -> PaperFile | None:
        name = f"{PAPERS}/{ident}.toml"
        try:
            text = self._shelf.text(name) if IS_ID(ident) else None
            if text is None:
                return None
            if text not in self._papers:
                mistakes: list[Mistake] = []
                file = read_paper(TomlSource(name, text), mistakes)
                refuse(mistakes)
                self._papers[text] = file
        except Mistaken:
            return None
        return self._papers[text]

    def _legal(self, name: str) -> LegalText | None:
        try:
            text = self._shelf.text(legal_file(name)) if IS_ID(name) else None
            if text is None:
                return None
            mistakes: list[Mistake] = []
            legal = read_legal(TomlSource(legal_file(name), text), mistakes)
            refuse(mistakes)
        except Mistaken:
            return None
        return legal

    def called(self, first_name: str) -> frozenset[str]:
        """The names that a first name is short or long for ("bob": "robert", "rob"), plain."""
        if self._nicknames is None:
            try:
                self._nicknames = read_nicknames(self._shelf.text(NICKNAMES_FILE) or "", [])
            except Mistaken:
                self._nicknames = {}
        return self._nicknames.get(first_name, frozenset())

    def no_arrest_texts(self) -> tuple[tuple[str, Text], ...]:
        """The texts that the chief and the prosecutor can sign: those of the name with a title."""
        names = (Path(name).stem for name in self._shelf.names("legal"))
        found = (self._legal(name) for name in names if name.startswith("no_arrest"))
        return tuple((one.name, one.title) for one in found if one is not None and one.title)

    def screenings(self) -> tuple[ScreeningTool, ...]:
        """The screening tools, packs last; a broken one is left out."""
        names = (*self._shelf.names(SCREENINGS), *self._shelf.names(PACKS))
        return tuple(tool for name in names if (tool := self._screening(name)) is not None)

    def _screening(self, name: str) -> ScreeningTool | None:
        try:
            return read_screening(TomlSource(name, self._shelf.text(name) or ""), [])
        except Mistaken:
            return None

    def answer_times(self) -> tuple[AnswerTime, ...]:
        """By when requests, complaints and breaches are answered.

        Raises:
            FormMissing: The file is gone or has a mistake.
        """
        mistakes: list[Mistake] = []
        try:
            text = self._shelf.text(ANSWER_TIMES_FILE) or ""
            found = read_answer_times(TomlSource(ANSWER_TIMES_FILE, text), mistakes)
            refuse(mistakes)
        except Mistaken as error:
            raise FormMissing("answer_times") from error
        return found

    def retention(self) -> Schedule:
        """How long records are kept: the agency's own file, or the one that ships.

        Raises:
            FormMissing: The file is gone, or has a mistake: nothing is ended by a guess.
        """
        for name in RETENTION_FILES:
            text = self._shelf.text(name)
            if text is None:
                continue
            try:
                mistakes: list[Mistake] = []
                found = read_retention(TomlSource(name, text), mistakes)
                refuse(mistakes)
            except Mistaken as error:
                raise FormMissing(name) from error
            return found
        raise FormMissing("retention")

    def controls(self) -> Controls:
        """What the auditor's report says of each control: the agency's own file, or ours.

        Raises:
            FormMissing: The file is gone, or has a mistake.
        """
        for name in CONTROLS_FILES:
            text = self._shelf.text(name)
            if text is None:
                continue
            try:
                mistakes: list[Mistake] = []
                found = read_controls(TomlSource(name, text), mistakes)
                refuse(mistakes)
            except Mistaken as error:
                raise FormMissing(name) from error
            return found
        raise FormMissing("cjis_controls")

    def measures(self) -> tuple[Measure, ...]:
        """The measures, in the order of their files; a broken one is left out."""
        return self._numbers().measures

    def cuts(self) -> tuple[Cut, ...]:
        """What tables of numbers may be cut by; a broken one is left out."""
        return self._numbers().cuts

    def families(self) -> tuple[Family, ...]:
        """The groups of measures, in the order of the page."""
        return self._numbers().families

    def _numbers(self) -> Numbers:
        texts = tuple(self._text_of(name) for name in self._shelf.names(MEASURES))
        if self._read_numbers is None or self._read_numbers[0] != texts:
            self._read_numbers = (texts, read_numbers(self._shelf, []))
        return self._read_numbers[1]

    def _text_of(self, name: str) -> str:
        try:
            return self._shelf.text(name) or ""
        except Mistaken:
            return ""

    def exports(self) -> tuple[Export, ...]:
        """The mappings of exports, by id; a broken one is left out."""
        seen = FormsSeen()
        for name in (*self._shelf.names(""), *self._shelf.names(PROGRAMS)):
            try:
                form = self.guide(Path(name).stem).form
            except FormMissing:
                continue
            seen.add(form.fields(), form.facts)
        numbers = self._numbers()
        known = seen.known(
            lambda name: {choice.id for choice in self.codes(name)},
            numbers.cuts, {one.id for one in numbers.measures},
        )  # fmt: skip
        found = exports_on(self._shelf, known, []).values()
        return tuple(sorted(found, key=lambda one: one.id))

    def mistakes(self) -> tuple[str, ...]:
        """What is wrong in the files: "file:line: reason"."""
        return tuple(str(mistake) for mistake in check_all(self._shelf, self._setting))
