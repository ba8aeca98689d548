"""A form, program and papers made at random, with invented names, are read, shown and filled.

Nothing in the code may know a question, a program or a paper by name.
"""

import random
from pathlib import Path

import pytest
from small_forms import SHED, library_in

from intake_app.domain.form import FieldType
from intake_app.domain.paper import BlockType, Letterhead
from intake_app.rulebook.answer_shape import sample_answer
from intake_app.services.needs.everyday import Frame

CHOSEN = {FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED}


class Inventor:
    """Invents a pathway, a program and papers."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._used: set[str] = set()
        self.questions: list[tuple[str, FieldType]] = []

    def name(self) -> str:
        """A name that was not used before."""
        while True:
            made = "".join(self._dice.choice(("ba", "ke", "lo", "nu", "zi")) for _ in range(4))
            made += str(self._dice.randrange(10))
            if made not in self._used:
                self._used.add(made)
                return made

    def words(self) -> str:
        """Words in two languages."""
        return f'{{ en = "{self.name()}", es = "{self.name()}" }}'

    def question(self, head: str, more: str = "") -> str:
        """A question of any type, which may depend on one before it."""
        ident, kind = self.name(), self._dice.choice(list(FieldType))
        text = f'{head}\nid = "{ident}"\ntype = "{kind}"\nlabel = {self.words()}\n{more}'
        if kind in CHOSEN:
            text += f'choices = [{{ id = "x", label = {self.words()} }}]\n'
        if kind is FieldType.NUMBER:
            text += 'units = ["kg", "lb"]\n'
        if kind is FieldType.STATEMENT:
            text += 'version = "1"\n'
        if kind is FieldType.ROWS:
            text += (
                f'columns = [{{ id = "{self.name()}", type = "text", label = {self.words()} }}]\n'
            )
        earlier = [i for i, k in self.questions if k is FieldType.YES_NO]
        if earlier and self._dice.random() < 0.5:
            text += f"show_when = '{self._dice.choice(earlier)} != \"no\"'\n"
        if self._dice.random() < 0.5:
            text += "required = true\n"
        self.questions.append((ident, kind))
        return text

    def pathway(self, ident: str, papers: list[str]) -> str:
        """A form of four sections."""
        text = (
            f'[form]\nid = "{ident}"\npathway = "{ident}"\nversion = "1"\ntitle = {self.words()}\n'
        )
        text += f"papers = {papers!r}\n"
        for _ in range(4):
            text += f'[[sections]]\nid = "{self.name()}"\ntitle = {self.words()}\n'
            text += "".join(self.question("[[sections.fields]]") for _ in range(6))
        return text

    def program(self, ident: str, pathway: str) -> str:
        """A program that adds, relabels, requires and has a rule and a deadline."""
        some = self._dice.choice(self.questions)[0]
        section = self.name()
        text = f'[program]\nid = "{ident}"\npathway = "{pathway}"\nversion = "1"\n'
        text += f"name = {self.words()}\n"
        text += f'required = ["{some}"]\n[relabel.{some}]\nlabel = {self.words()}\n'
        text += f'[[add_sections]]\nid = "{section}"\ntitle = {self.words()}\n'
        text += "".join(self.question("[[add_sections.fields]]") for _ in range(3))
        text += self.question("[[add_fields]]", f'section = "{section}"\n')
        text += f"[[rules]]\nid = '{self.name()}'\nforce = 'advisory'\nmessage = {self.words()}\n"
        text += f"when = 'has({some}.x) || true'\n"
        return text + f"[[deadlines]]\nid = '{self.name()}'\nlabel = {self.words()}\nhours = 24\n"

    def paper(self, ident: str) -> str:
        """A paper with a block of each type."""
        text = f'[paper]\nid = "{ident}"\nversion = "1"\naudience = "provider"\n'
        text += f"title = {self.words()}\n"
        for kind in BlockType:
            if kind in {BlockType.LEGAL, BlockType.FIGURES, BlockType.CHART}:
                continue
            some = [self._dice.choice(self.questions)[0] for _ in range(3)]
            text += f'[[blocks]]\ntype = "{kind}"\nlines = 2\n'
            text += f'text = {{ en = "See {{{some[0]}}} and {{{some[1]}}}" }}\nfields = {some!r}\n'
            text += f"items = [{{ text = {self.words()} }}]\n"
        return text


def invented(seed: int) -> tuple[dict[str, str], str, list[str]]:
    """Texts of a pathway, a program and two papers; id of the program; ids of the papers."""
    inventor = Inventor(seed)
    pathway, program = inventor.name(), inventor.name()
    papers = [inventor.name(), inventor.name()]
    texts = {f"{pathway}.toml": inventor.pathway(pathway, papers)}
    texts[f"programs/{program}.toml"] = inventor.program(program, pathway)
    texts |= {f"papers/{p}.toml": inventor.paper(p) for p in papers}
    return texts | {"codes/shed.csv": SHED}, program, papers


@pytest.mark.parametrize("seed", range(12))
def test_it_is_read_shown_checked_and_filled(tmp_path: Path, seed: int) -> None:
    texts, program, papers = invented(seed)
    library = library_in(tmp_path, texts)
    assert [m for m in library.mistakes() if "do not fit" not in m] == []
    guide = library.guide(program)
    answers = {f.id: sample_answer(f) for f in guide.form.fields()}
    assert guide.visible(answers) >= {f.id for f in guide.form.fields()}
    assert guide.problems(answers) == ()
    assert guide.kept(answers) == answers
    assert [f.holds for f in guide.findings(answers, "2026-11-23")] == [True]
    assert len(guide.owed(answers, "2026-11-23T14:40:00-05:00")) == 1
    assert [p.id for p in library.papers(guide, answers)] == papers
    frame = Frame("en", Letterhead("X"), "N-1", "2026-11-23", "M. Hale")
    for paper in papers:
        sheet = library.compose(paper, guide, answers, frame)
        assert sheet.parts
        assert "{" not in repr(sheet.parts)
    assert library.guide_from(guide.form.ref, guide.sources).form == guide.form


def test_negative_control_an_answer_of_the_wrong_shape_is_a_problem(tmp_path: Path) -> None:
    texts, program, _ = invented(1)
    guide = library_in(tmp_path, texts).guide(program)
    answers = {f.id: sample_answer(f) for f in guide.form.fields()}
    ident = next(f.id for f in guide.form.fields())
    assert [p.field for p in guide.problems({**answers, ident: object()})] == [ident]
