"""A department's files made up at random: question names, offenses, terms, rules, plan, papers.

The shipped form and its papers serve as a mold: each question gets another name, wherever a file
names it. What code would know by name, it would not find.
"""

import random
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from intake_app.domain.form import FieldType, Force
from intake_app.domain.terms import Instrument
from intake_app.settings import resources

PATHWAY = "officer_intervention"
FORMS, RESOURCES = resources.path("forms"), resources.path("resources")
_TYPES = ("assessment", "treatment", "service_hours", "fee", "no_new_offense", "apology", "other")
_NAMING = re.compile(
    r"""(?m)^id\ =\ "\w+"$ | \b(?:show_when|check|when|ticked_when)\ =\ '[^']*'
      | \bfield\ =\ "[^"]*" | \bfields\ =\ \[[^\]]*\] | \{[a-z_0-9]+\}""",
    re.VERBOSE,
)
"""Where a file names a question: never in words that people read."""


@st.composite
def departments(draw: st.DrawFn) -> dict[str, Any]:
    """All that is left to chance."""
    report = draw(st.sampled_from(["report_hours", "report_business_days"]))
    complete = draw(st.sampled_from(["complete_days", "complete_months"]))
    return {
        "seed": draw(st.integers(0, 2**32)),
        "report": (report, draw(st.integers(1, 300))),
        "complete": (complete, draw(st.integers(1, 24))),
        "extensions": draw(st.sampled_from([(0, 0), (1, 30), (3, 14)])),
        "instrument": draw(st.sampled_from(list(Instrument))),
        "approval": draw(st.sampled_from(["none", "supervisor", "prosecutor"])),
        "admission": draw(st.sampled_from(["required", "no_contest", "not_asked"])),
        "victim": draw(st.sampled_from(["consent", "told", "not_asked"])),
        "limit": draw(st.integers(-1, 5)),
        "hours": draw(st.sampled_from(["", "09:00 16:00", "07:30 11:45", "10:00 18:30"])),
        "force": draw(st.sampled_from(list(Force))),
        "most": draw(st.integers(0, 10_000)),
        "offenses": draw(st.integers(1, 5)),
        "conditions": draw(st.lists(st.sampled_from(_TYPES), max_size=5)),
        "copies": draw(st.integers(1, 9)),
        "asked": draw(st.lists(st.tuples(st.sampled_from(list(FieldType)), st.booleans()),
                               min_size=1, max_size=4)),
    }  # fmt: skip


class Department:
    """Its files in a folder, written anew for each department.

    Attributes:
        program: Id of its program.
        extra: Id of a paper of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.forms, self.resources = folder / "forms", folder / "resources"
        # mappings of exports name shipped questions, and here each question has a name of its own
        shutil.copytree(RESOURCES, self.resources, ignore=shutil.ignore_patterns("exports"))
        self.program = self.extra = ""
        self._dice = random.Random(0)
        self._names = dict[str, str]()

    def write(self, made: Mapping[str, Any], rules: str = "") -> None:
        """Make up a department; `rules`: more rules of its program, with the shipped names."""
        self._dice, self._names = random.Random(made["seed"]), {}
        shutil.rmtree(self.forms, ignore_errors=True)
        text = (FORMS / f"{PATHWAY}.toml").read_text("utf-8")
        form = tomllib.loads(text)
        fields = [f for section in form["sections"] for f in section["fields"]]
        for field in fields:
            for one in (field, *field.get("columns", ())):
                self._names[one["id"]] = self._new()
        self._write(f"{PATHWAY}.toml", self._with_facts(self._renamed(text)))
        for paper in form["form"]["papers"]:
            self._write(f"papers/{paper}.toml", self._renamed(_paper(paper), "id"))
        self.program, self.extra = self._new(), self._new()
        self._write(f"papers/{self.extra}.toml", self._own_paper())
        offenses = [self._new() for _ in range(made["offenses"])]
        (self.resources / "offenses" / f"{self.program}.csv").write_text(_table(offenses), "utf-8")
        text = "\n".join([*self._head(made), *self._terms(made), *self._parts(made, offenses)])
        self._write(f"programs/{self.program}.toml", f"{text}\n{self._renamed(rules)}")

    def _write(self, name: str, text: str) -> None:
        place = self.forms / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    # --- names ----------------------------------------------------------------------------

    def _new(self) -> str:
        made = "".join(self._dice.choice(("ba", "ke", "lo", "nu", "zi", "qa")) for _ in range(4))
        return f"{made}{self._dice.randrange(10_000)}"

    def _words(self) -> str:
        return f'{{ en = "{self._new()} {self._new()}", es = "{self._new()}" }}'

    def _renamed(self, text: str, stays: str = "") -> str:
        """The text with other names for questions; the value of the key `stays` is none."""
        named = re.compile(rf"(?<!terms\.)\b({'|'.join(self._names)})\b")

        def inside(found: re.Match[str]) -> str:
            key, sep, value = found[0].partition(" = ")
            if not sep:
                return named.sub(self._of, found[0])
            if key == stays:
                return found[0]
            return f"{key} = {named.sub(self._of, value)}"

        return _NAMING.sub(inside, text)

    def _of(self, found: re.Match[str]) -> str:
        return self._names[found[1]]

    def _with_facts(self, text: str) -> str:
        head, facts, rest = re.split(r"(?m)^(?=\[facts\]|\[terms\])", text, maxsplit=2)
        given = re.sub(r'"(\w+)"', lambda m: f'"{self._names[m[1]]}"', facts)
        return head + given + rest

    # --- the program ----------------------------------------------------------------------

    def _head(self, made: Mapping[str, Any]) -> list[str]:
        instruments = '"citation", "referral_notice"'
        return [
            "[program]", f'id = "{self.program}"', f'pathway = "{PATHWAY}"', 'version = "7"',
            f"name = {self._words()}", 'starts = "2026-01-01"',
            f'papers = [{instruments}, "{self.extra}"]', f'hide = ["{self._names["school"]}"]',
            "[codes]", f'{self._names["offense"]} = "offenses/{self.program}"',
        ]  # fmt: skip

    def _terms(self, made: Mapping[str, Any]) -> list[str]:
        opens, _, closes = made["hours"].partition(" ")
        return [
            "[terms]", *(f"{key} = {count}" for key, count in (made["report"], made["complete"])),
            f"extensions = {made['extensions'][0]}", f"extension_days = {made['extensions'][1]}",
            f'instruments = ["{made["instrument"]}"]', f'approval = "{made["approval"]}"',
            f'admission = "{made["admission"]}"', f'victim = "{made["victim"]}"',
            f"participation_limit = {made['limit']}", f"place_name = {self._words()}",
            f'place_address = ["{self._new()}", "{self._new()}"]', 'place_phone = "(304) 555-0133"',
            f"bring = [{self._words()}]", "[terms.copies]", f"citation = {made['copies']}",
            f"{self.extra} = 3",
            *(["[[visit_hours]]", 'days = ["monday", "tuesday", "wednesday", "thursday", "friday"]',
               f'opens = "{opens}"', f'closes = "{closes}"'] if closes else []),
        ]  # fmt: skip

    def _parts(self, made: Mapping[str, Any], offenses: list[str]) -> list[str]:
        lines = list[str]()
        for n, kind in enumerate(made["conditions"]):
            lines += ["[[conditions]]", f'id = "c{n}"', f'type = "{kind}"']
            lines += [f"label = {self._words()}", "hours = 6" if kind == "service_hours" else ""]
        rows, cell, value = (self._names[n] for n in ("offenses", "offense", "property_value"))
        when = f'{rows}.exists(o, o.{cell} == "{offenses[0]}") && {value} > {made["most"]}'
        lines += ["[[rules]]", 'id = "by_chance"', f'force = "{made["force"]}"', f"when = '{when}'"]
        lines += [f"message = {self._words()}", f'authority = "{self._new()}"']
        lines += ["[[add_sections]]", f'id = "{self._new()}"', f"title = {self._words()}"]
        for kind, is_needed in made["asked"]:
            lines += self._question(kind, is_needed)
        return lines

    def _question(self, kind: FieldType, is_needed: bool) -> list[str]:
        more = {
            FieldType.NUMBER: 'units = ["kg", "lb"]', FieldType.STATEMENT: 'version = "1"',
            FieldType.ROWS: f'columns = [{{ id = "{self._new()}", type = "text", '
                            f"label = {self._words()} }}]",
        }  # fmt: skip
        if kind in {FieldType.CHOICE, FieldType.CHOICES, FieldType.RANKED}:
            more[kind] = f'choices = [{{ id = "x", label = {self._words()} }}]'
        return [
            "[[add_sections.fields]]", f'id = "{self._new()}"', f'type = "{kind}"',
            f"label = {self._words()}", f"required = {str(is_needed).lower()}", more.get(kind, ""),
        ]  # fmt: skip

    def _own_paper(self) -> str:
        cause, place = self._names["probable_cause"], self._names["offense_place"]
        return (
            f'[paper]\nid = "{self.extra}"\nversion = "1"\ntitle = {self._words()}\n'
            'audience = "participant"\ndefault = true\n'
            f'[[blocks]]\ntype = "facts"\nfields = ["{cause}", "{place}"]\n'
            '[[blocks]]\ntype = "paragraph"\ntext = { en = "Until {complete_by}: {full_name}" }\n'
        )


def _paper(ident: str) -> str:
    return (FORMS / "papers" / f"{ident}.toml").read_text("utf-8")


def _table(offenses: list[str]) -> str:
    rows = [f"{o},{o} en,{o} es,1-{n},M,23H,," for n, o in enumerate(offenses)]
    return "\n".join(["id,en,es,statute,degree,nibrs,active_from,active_to", *rows])
