"""A program invented at random is read with its terms, and its rules judge what it says."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_forms import SETTING, WORDS

from intake_app.domain.form import FieldType, Force
from intake_app.domain.terms import Instrument
from intake_app.rulebook.answer_shape import sample_answer
from intake_app.rulebook.builder import build_guide
from intake_app.rulebook.guide import FormGuide
from intake_app.settings import resources

FORMS, RESOURCES = resources.path("forms"), resources.path("resources")
NAMES = st.text(alphabet="bcdfgaeiou", min_size=4, max_size=12).filter(
    lambda name: not (FORMS / f"{name}.toml").exists()
)
WORDS_OF = st.text(alphabet="abc deé", min_size=1, max_size=20).filter(str.strip)
TYPES = ("assessment", "treatment", "service_hours", "fee", "no_new_offense", "other")


@st.composite
def invented(draw: st.DrawFn) -> dict[str, Any]:
    """The facts of a program, all of them by chance."""
    report = draw(st.sampled_from(["report_hours", "report_business_days"]))
    complete = draw(st.sampled_from(["complete_days", "complete_months"]))
    return {
        "id": draw(NAMES),
        "name": draw(WORDS_OF),
        "report": (report, draw(st.integers(1, 500))),
        "complete": (complete, draw(st.integers(1, 700))),
        "extensions": draw(st.sampled_from([(0, 0), (1, 30), (2, 90)])),
        "instrument": draw(st.sampled_from(list(Instrument))),
        "approval": draw(st.sampled_from(["none", "supervisor", "prosecutor"])),
        "limit": draw(st.integers(-1, 5)),
        "most": draw(st.integers(0, 10_000)) * 100,
        "force": draw(st.sampled_from(list(Force))),
        "offenses": draw(st.lists(NAMES, min_size=1, max_size=5, unique=True)),
        "conditions": draw(st.lists(st.tuples(NAMES, st.sampled_from(TYPES)), max_size=5,
                                    unique_by=lambda pair: pair[0])),
    }  # fmt: skip


def text_of(made: dict[str, Any]) -> dict[str, str]:
    """Its files."""
    words = f'{{ en = "{made["name"]}", es = "{made["name"]}x" }}'
    lines = [
        "[program]", f'id = "{made["id"]}"', 'pathway = "officer_intervention"', 'version = "7"',
        f"name = {words}", "[codes]", f'offense = "offenses/{made["id"]}"', "[terms]",
        f"{made['report'][0]} = {made['report'][1]}",
        f"{made['complete'][0]} = {made['complete'][1]}",
        f"extensions = {made['extensions'][0]}", f"extension_days = {made['extensions'][1]}",
        f'instruments = ["{made["instrument"]}"]', f'approval = "{made["approval"]}"',
        f"participation_limit = {made['limit']}", "toll_reasons = []",
    ]  # fmt: skip
    for ident, kind in made["conditions"]:
        lines += ["[[conditions]]", f'id = "{ident}"', f'type = "{kind}"', f"label = {words}"]
    when = f'offenses.exists(o, o.offense == "{made["offenses"][0]}") && property_value > '
    lines += [
        "[[rules]]", 'id = "by_chance"', f'force = "{made["force"]}"', f"message = {words}",
        f"when = '{when}{made['most']}'", 'authority = "Chance"',
    ]  # fmt: skip
    rows = [f"{o},{o} en,{o} es,1-{n},M,23H,," for n, o in enumerate(made["offenses"])]
    table = "\n".join(["id,en,es,statute,degree,nibrs,active_from,active_to", *rows])
    return {f"programs/{made['id']}.toml": "\n".join(lines), f"offenses/{made['id']}.csv": table}


def guide_of(made: dict[str, Any]) -> FormGuide:
    own = text_of(made)

    def text(name: str) -> str | None:
        if name in own:
            return own[name]
        room = RESOURCES if name.split("/")[0] in {"codes", "offenses"} else FORMS
        return (room / name).read_text("utf-8") if (room / name).is_file() else None

    guide = build_guide(made["id"], text, WORDS, SETTING)
    assert guide is not None
    return guide


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(invented(), st.integers(0, 2_000_000), st.integers(0, 6))
def test_it_is_read_and_judges(made: dict[str, Any], value: int, earlier: int) -> None:
    guide = guide_of(made)
    terms = guide.form.terms
    assert terms is not None
    assert getattr(terms, made["report"][0]) == made["report"][1]
    assert getattr(terms, made["complete"][0]) == made["complete"][1]
    assert (terms.extensions, terms.extension_days) == made["extensions"]
    assert terms.instruments == (made["instrument"],)
    assert (terms.approval, terms.participation_limit) == (made["approval"], made["limit"])
    assert [(c.id, c.type) for c in terms.conditions] == made["conditions"]
    assert [o.id for o in guide.offenses()] == made["offenses"]
    chosen = made["offenses"][-1]
    answers: dict[str, Any] = {"offenses": [{"offense": chosen}]}
    is_named = chosen == made["offenses"][0]
    assert outcome(guide, answers) == ((None, ("property_value",)) if is_named else (False, ()))
    answers["property_value"] = value
    assert outcome(guide, answers) == (is_named and value > made["most"], ())
    answers["earlier_here"] = {"amount": earlier, "unit": ""}
    over = next(f for f in guide.findings(answers, "2026-11-23") if f.rule.id.endswith("_here"))
    assert over.holds is (0 <= made["limit"] < earlier)


def outcome(guide: FormGuide, answers: dict[str, Any]) -> tuple[bool | None, tuple[str, ...]]:
    found = guide.findings(answers, "2026-11-23")
    one = next(f for f in found if f.rule.id == "by_chance")
    return one.holds, one.missing


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(invented(), st.data())
def test_any_part_of_the_answers_can_be_judged(made: dict[str, Any], data: st.DataObject) -> None:
    guide = guide_of(made)
    all_of_them = {f.id: sample_answer(f) for f in guide.form.fields()}
    kept = data.draw(st.sets(st.sampled_from(sorted(all_of_them))))
    for finding in guide.findings({k: all_of_them[k] for k in kept}, "2026-11-23"):
        assert (finding.holds is None) == bool(finding.missing), finding.rule.id


def test_negative_control_a_rule_against_everything_would_be_seen() -> None:
    made = {
        "id": "wrong", "name": "w", "report": ("report_hours", 1), "complete": ("complete_days", 1),
        "extensions": (0, 0), "instrument": Instrument.CITATION, "approval": "none", "limit": -1,
        "most": -1, "force": Force.HARD, "offenses": ["tree"], "conditions": [],
    }  # fmt: skip
    guide = guide_of(made)
    answers = {"offenses": [{"offense": "tree"}], "property_value": 0}
    assert outcome(guide, answers) == (True, ())
    assert {f.type for f in guide.form.fields()} >= {FieldType.ROWS, FieldType.SIGNATURE}
