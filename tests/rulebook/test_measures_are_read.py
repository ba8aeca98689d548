"""Measures and cuts are files: each mistake has its line, a department's own lie over ours."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_forms import SETTING

from intake_app.domain.measure import Cut, Kind, bridged
from intake_app.domain.roles import Compartment
from intake_app.domain.text import Text
from intake_app.rulebook.check import check_all, check_path
from intake_app.rulebook.department_files import DepartmentFiles
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.measure_reader import Numbers, read_numbers
from intake_app.rulebook.mistake import Mistake
from intake_app.rulebook.own_texts import OwnTexts
from intake_app.rulebook.pack_reader import is_own_name, read_pack
from intake_app.rulebook.shelf import Shelf
from intake_app.settings.resources import path

FORMS, RESOURCES = path("forms"), path("resources")
HEAD = """[[families]]
id = "funnel"
label = { en = "Funnel" }

[[cuts]]
id = "race"
label = { en = "Race" }
fields = ["race"]
"""
MEASURE = """
[[measures]]
id = "yes"
family = "funnel"
kind = "rate"
title = { en = "Yes" }
how = { en = "How many." }
source = "Us"
version = "1"
where = [{ column = "outcome", in = ["completed"] }]
"""


def read(*texts: str) -> tuple[Numbers, list[Mistake]]:
    """Files of these texts, the last ones a department's own."""
    names = ["measures/some.toml", "measures/agency_some.toml", "measures/agency_two.toml"]
    own = dict(zip(names, texts, strict=False))
    mistakes: list[Mistake] = []
    shelf = Shelf(Path("nowhere"), Path("nowhere")).with_texts(lambda: own)
    return read_numbers(shelf, mistakes), mistakes


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_what_ships_has_no_mistake_and_says_itself_in_both_languages() -> None:
    mistakes: list[Mistake] = []
    shelf = Shelf(FORMS, RESOURCES)
    found = read_numbers(shelf, mistakes, lambda name: shelf.has(f"codes/{name}.csv"))
    assert [str(one) for one in mistakes] == []
    assert len(found.measures) >= 50
    for one in found.measures:
        for said in (one.title, one.how, *(e.label for e in one.exclusions)):
            assert said.by_language.keys() == {"en", "es"}, one.id
        assert re.fullmatch(r"20\d\d-\d\d-\d+", one.version), one.id
    for one in (*found.cuts, *found.families):
        assert one.label.by_language.keys() == {"en", "es"}, one.id


BROKEN = [
    ('in = ["completed"]', 'in = ["complete"]', 'did you mean "completed"?'),
    ('column = "outcome"', 'column = "outcom"', 'did you mean "outcome"?'),
    ('column = "outcome"', 'column = "outcome); DROP TABLE journey"', "there is no column"),
    ('column = "outcome"', 'trait = "rase"', 'did you mean "race"?'),
    ('column = "outcome", in = ["completed"]', 'column = "outcome"', "exactly one of"),
    ('column = "outcome", in = ["completed"]', 'in = ["completed"]', 'a "column" or a "trait"'),
    ('in = ["completed"]', 'in = ["completed"], known = true', "exactly one of"),
    ('in = ["completed"]', "in = []", "at least one code"),
    ('in = ["completed"]', "least = 3", '"least" cannot be asked of the column "outcome"'),
    ('column = "outcome", in = ["completed"]', 'column = "engaged_on", within = 30',
     '"since" is missing'),
    ('column = "outcome", in = ["completed"]',
     'column = "engaged_on", within = 30, since = "kits"', "must name a column"),
    ('column = "outcome", in = ["completed"]',
     'column = "engaged_on", within = -3, since = "opened_on"', "must be a whole number"),
    ('where = [{ column = "outcome", in = ["completed"] }]', "where = 3", "must be a list"),
    ('where = [{ column = "outcome", in = ["completed"] }]', "where = [[3]]",
     "a condition is a list"),
    ('where = [{ column = "outcome", in = ["completed"] }]', "", "a rate needs"),
    ('kind = "rate"', 'kind = "count"', 'only a rate has "where"'),
    ('kind = "rate"', 'kind = "rat"', 'did you mean "rate"?'),
    ('family = "funnel"', 'family = "funel"', 'there is no family "funel"'),
    ('version = "1"\n', "", '"version" is missing'),
    ('source = "Us"\n', "", '"source" is missing'),
    ('title = { en = "Yes" }', 'title = "Yes"', "must give its words by language"),
    ('id = "yes"', 'id = "Yes!"', '"Yes!" is no id'),
    ('version = "1"', 'version = "1"\nwindow = 30', '"window" is not known here'),
    ('version = "1"', 'version = "1"\nfiles = ["sealed"]', '"files" cannot be "sealed"'),
    ('version = "1"', 'version = "1"\nsubjects = ["person"]', '"subjects" cannot be "person"'),
    ('version = "1"', 'version = "1"\ndate = "kits"', '"date" cannot be "kits"'),
    ('version = "1"', 'version = "1"\ntimes = ["name"]', '"times" cannot be "name"'),
    ('version = "1"', 'version = "1"\ntimes = ["booking_cents"]', 'only a sum has "times"'),
    ('version = "1"', 'version = "1"\ncodes = ["../x"]', "is no name of a code table"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "reason"), BROKEN)
def test_a_mistake_is_named_with_its_line(old: str, new: str, reason: str) -> None:
    text = HEAD + MEASURE
    broken = text.replace(old, new, 1) if old in HEAD else HEAD + MEASURE.replace(old, new, 1)
    assert broken != text
    found, mistakes = read(broken)
    assert [m for m in mistakes if reason in m.reason], mistakes
    assert all(m.file == "measures/some.toml" and m.line > 1 for m in mistakes)
    first = next(m for m in mistakes if reason in m.reason)
    if new and not new.startswith(("\n", "version")):
        changed = [n for n, line in enumerate(broken.split("\n"), 1)
                   if new.split("\n")[0] in line]  # fmt: skip
        table = line_of(broken, "[[measures]]")
        assert first.line in {*changed, table}
    if not reason.startswith("there is no family"):
        assert found.measures == ()  # it is left out; the rest stays
    assert found.cuts


def test_kinds_need_what_they_are_made_of() -> None:
    def kind(kind: str, more: str) -> list[str]:
        rate = 'kind = "rate"'
        text = MEASURE.replace('where = [{ column = "outcome", in = ["completed"] }]\n', more)
        return [m.reason for m in read(HEAD + text.replace(rate, f'kind = "{kind}"'))[1]]

    assert kind("parts", 'column = "outcome"\n') == []
    assert "parts need" in kind("parts", 'column = "kits"\n')[0]
    assert kind("spread", 'column = "wait_days"\n') == []
    assert kind("spread", 'column = "engaged_on"\nsince = "opened_on"\n') == []
    assert "a spread needs" in kind("spread", 'column = "engaged_on"\n')[0]
    assert kind("sum", 'column = "kits"\n') == []
    assert "a sum needs" in kind("sum", "")[0]
    assert kind("ratio", 'column = "attended"\nover = "scheduled"\n') == []
    assert "a ratio needs" in kind("ratio", 'column = "attended"\n')[0]
    assert "count a person once" in kind("sum", 'column = "kits"\nunit = "person"\n')[0]


def test_a_departments_own_goes_before_ours_and_may_add() -> None:
    own = MEASURE.replace('en = "Yes"', 'en = "Said yes"') + MEASURE.replace('"yes"', '"more"')
    found, mistakes = read(HEAD + MEASURE, own)
    assert mistakes == []
    assert [(one.id, one.title.said_in("en")) for one in found.measures] == [
        ("yes", "Said yes"), ("more", "Yes"),
    ]  # fmt: skip


def test_two_of_one_id_are_a_mistake_where_neither_is_a_departments_own() -> None:
    found, mistakes = read(HEAD + MEASURE + MEASURE)
    assert ["stands in measures/some.toml already" in m.reason for m in mistakes] == [True]
    assert len(found.measures) == 1


def test_a_broken_own_file_leaves_ours(tmp_path: Path) -> None:
    for broken in ("[[measures]\n", MEASURE.replace('"rate"', '"x"')):
        found, mistakes = read(HEAD + MEASURE, broken)
        assert [one.id for one in found.measures] == ["yes"]
        assert mistakes[0].file == "measures/agency_some.toml"


def test_cuts_are_made_of_one_thing() -> None:
    cut = '[[cuts]]\nid = "x"\nlabel = { en = "X" }\n'
    for more, reason in (
        ("", "exactly one of"),
        ('column = "pathway"\nfields = ["a"]\n', "exactly one of"),
        ('column = "kits"\n', "no column of codes"),
        ('grain = "week"\n', '"grain" cannot be "week"'),
        ('of = "race"\n', "needs [cuts.bridge]"),
        ('of = "rase"\nnone_as = "U"\nseveral_as = "S"\n[cuts.bridge]\na = "A"\n',
         'there is no cut "rase"'),
        ('column = "by"\nwithin = ["boss"]\n', '"within" cannot be "boss"'),
    ):  # fmt: skip
        found, mistakes = read(HEAD + cut + more)
        assert any(reason in m.reason for m in mistakes), (more, mistakes)
        assert [one.id for one in found.cuts] == ["race"]


def test_a_table_that_is_missing_is_named() -> None:
    mistakes: list[Mistake] = []
    text = HEAD.replace('fields = ["race"]', 'fields = ["race"]\ncodes = ["races"]')
    shelf = Shelf(Path("x"), Path("x")).with_texts(lambda: {"measures/some.toml": text})
    read_numbers(shelf, mistakes, lambda name: False)
    assert [str(one) for one in mistakes] == [
        'measures/some.toml:9: there is no code table "races" (resources/codes/races.csv)'
    ]


VALUES = (
    "3", "-1", "true", '"x"', "[]", "{}", "[[]]", "[{}]", "[[{}]]", '""', "1.5", "2026-01-01",
    '["a", 3]', "{ en = 3 }", "[{ column = 3 }]", "[[{ trait = [] }]]", "nan",
)  # fmt: skip
SHIPPED = {
    f"measures/{p.name}": p.read_text("utf-8") for p in path("resources", "measures").glob("*")
}


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_there_is_read_or_named(dice: Random) -> None:
    name = dice.choice(sorted(SHIPPED))
    lines = SHIPPED[name].split("\n")
    at = dice.randrange(len(lines))
    said = re.match(r"(\w+) = ", lines[at])
    if said:
        lines[at] = f"{said[1]} = {dice.choice(VALUES)}"
    else:
        lines[at] = lines[at][1:] + dice.choice('"[]{}=,#\n\x00é')
    own, mistakes = {**SHIPPED, name: "\n".join(lines)}, list[Mistake]()
    shelf = Shelf(Path("x"), Path("x")).with_texts(lambda: own)
    found = read_numbers(shelf, mistakes, lambda _: True)
    assert all(one.line >= 1 and one.file in SHIPPED for one in mistakes)
    assert len(found.cuts) + len(found.measures) > 30  # one broken file takes itself along


# --- where a department's own comes from ------------------------------------------------------


def copied(tmp_path: Path) -> tuple[Path, Path]:
    for place in (FORMS, RESOURCES):
        shutil.copytree(place, tmp_path / place.name)
    return tmp_path / "forms", tmp_path / "resources"


def test_forms_check_names_a_mistake_in_a_file_of_measures(tmp_path: Path) -> None:
    forms, resources = copied(tmp_path)
    mine = resources / "measures" / "agency_ours.toml"
    mine.write_text(MEASURE.replace("completed", "complete"), "utf-8")
    found = check_all(Shelf(forms, resources), SETTING)
    assert [one.file for one in found if not one.is_doubt] == ["measures/agency_ours.toml"]
    elsewhere = tmp_path / "agency_ours.toml"
    shutil.move(mine, elsewhere)
    found = check_path(elsewhere, Shelf(forms, resources), SETTING)
    assert ["did you mean" in one.reason for one in found] == [True]


def test_a_pack_brings_measures(tmp_path: Path) -> None:
    (tmp_path / "pack" / "measures").mkdir(parents=True)
    own = tmp_path / "pack" / "measures" / "agency_ours.toml"
    own.write_text(MEASURE, "utf-8")
    texts = read_pack(tmp_path / "pack")
    assert texts == {"measures/agency_ours.toml": MEASURE}
    assert is_own_name("measures/agency_ours.toml")
    files = DepartmentFiles(FORMS, RESOURCES, SETTING, OwnTexts(SETTING.today))
    assert files.mistakes({}, texts) == ()
    assert "measures/funnel.toml" in files.names()
    wrong = {name: text.replace("completed", "complete") for name, text in texts.items()}
    assert len(files.mistakes({}, wrong)) == 1
    library = files.library(texts)
    assert library.measures()[-1].id == "yes"
    assert library.measures()[-1].kind is Kind.RATE


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    forms, resources = copied(tmp_path)
    library = FormLibrary(forms, resources, SETTING)
    before = len(library.measures())
    (resources / "measures" / "agency_ours.toml").write_text(MEASURE, "utf-8")
    assert len(library.measures()) == before + 1
    assert library.families()[0].id == "funnel"


# --- bridges ----------------------------------------------------------------------------------


def shipped_cut(ident: str) -> Cut:
    found = read_numbers(Shelf(FORMS, RESOURCES), []).cuts
    return next(one for one in found if one.id == ident)


@pytest.mark.parametrize(
    ("said", "race", "ethnicity"),
    [
        (["white"], "W", "N"),
        (["hispanic"], "U", "H"),  # of race nothing was said
        (["hispanic", "white"], "W", "H"),
        (["mena"], "W", "N"),  # White, as the standard of 1997 has it
        (["mena", "white"], "W", "N"),
        (["black", "white"], "several", "N"),  # nobody guesses which
        (["black", "white", "hispanic"], "several", "H"),
        (["black", "unknown"], "B", "N"),
        (["unknown"], "U", "U"),
        (["declined"], "U", "U"),
        ([], "U", "U"),
        (["invented"], "U", "U"),
    ],
)
def test_several_races_are_never_guessed_into_one(
    said: Iterable[str], race: str, ethnicity: str
) -> None:
    assert bridged(shipped_cut("nibrs_race"), said) == race
    assert bridged(shipped_cut("nibrs_ethnicity"), said) == ethnicity


def test_what_was_observed_is_another_cut() -> None:
    assert shipped_cut("nibrs_race").of == "race"
    assert shipped_cut("nibrs_race_seen").of == "race_seen"
    assert shipped_cut("race").fields == ("race",)
    assert shipped_cut("race_seen").fields == ("race_seen",)


def test_families_and_files_are_what_they_say() -> None:
    found = read_numbers(Shelf(FORMS, RESOURCES), [])
    assert {one.family for one in found.measures} <= {one.id for one in found.families}
    assert all(isinstance(one.label, Text) for one in found.families)
    assert all(set(one.files) <= {Compartment.CARE, Compartment.CASES} for one in found.measures)
