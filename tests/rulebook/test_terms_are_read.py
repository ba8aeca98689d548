"""How a program holds a charge is read from its file, key by key over its pathway's."""

from pathlib import Path

import pytest
from small_forms import form, guide_of, library_in, question

from intake_app.domain.errors import FormMissing
from intake_app.domain.terms import ConditionTerm, Instrument, Terms, VisitHours
from intake_app.domain.text import Text

TABLES = {
    "codes/toll_reasons.csv": "id,en\nhospital,Hospital\njail,Jail\n",
    "codes/condition_types.csv": (
        "id,en,measure\nserve,Serve,hours\nfee,Fee,money\nvisit,Visit,\nbad,Bad,\n"
    ),
}
TERMS = """[terms]
report_business_days = 3
report_by_time = "16:30"
complete_days = 90
extensions = 1
extension_days = 30
toll_reasons = ["hospital", "jail"]
instruments = ["referral", "citation"]
admission = "required"
victim = "consent"
approval = "supervisor"
participation_limit = 2
place_name = { en = "Door", es = "Puerta" }
place_address = ["1 Elm Street", "Town"]
place_phone = "(304) 555-0170"
bring = [
  { en = "This paper", es = "Este papel" },
]
[terms.copies]
citation = 4
card = 1
"""
HOURS = '[[visit_hours]]\ndays = ["monday", "friday"]\nopens = "09:00"\ncloses = "16:00"\n'
CONDITION = '[[conditions]]\nid = "hours"\ntype = "serve"\nlabel = { en = "Serve" }\nhours = 10\n'
BASE = form(question("a"))
PROGRAM = '[program]\nid = "prog"\npathway = "walk"\nversion = "2"\nname = { en = "Prog" }\n'


def terms_of(text: str, program: str = "") -> Terms | None:
    more = dict(TABLES)
    if program:
        more["programs/prog.toml"] = PROGRAM + program
    return guide_of(text, more, "prog" if program else "walk").form.terms


def test_a_form_without_terms_holds_no_charge() -> None:
    assert terms_of(BASE) is None


def test_each_key_becomes_what_it_says() -> None:
    fee = (
        '[[conditions]]\nid = "fee"\ntype = "fee"\nlabel = { en = "Pay" }\ndollars = 12.50\n'
        "due_days = 30\nwaivable = true\n"
    )
    assert terms_of(BASE + TERMS + HOURS + CONDITION + fee) == Terms(
        report_business_days=3,
        report_by_time="16:30",
        complete_days=90,
        extensions=1,
        extension_days=30,
        toll_reasons=("hospital", "jail"),
        instruments=(Instrument.REFERRAL, Instrument.CITATION),
        admission="required",
        victim="consent",
        approval="supervisor",
        participation_limit=2,
        place_name=Text({"en": "Door", "es": "Puerta"}),
        place_address=("1 Elm Street", "Town"),
        place_phone="(304) 555-0170",
        hours=(VisitHours(0, "09:00", "16:00"), VisitHours(4, "09:00", "16:00")),
        bring=(Text({"en": "This paper", "es": "Este papel"}),),
        copies=(("citation", 4), ("card", 1)),
        conditions=(
            ConditionTerm("hours", "serve", Text({"en": "Serve"}), amount=10),
            ConditionTerm("fee", "fee", Text({"en": "Pay"}), 30, 1250, is_waivable=True),
        ),
    )


def test_a_program_replaces_what_it_names_and_nothing_else() -> None:
    over = (
        "[terms]\nreport_hours = 48\nparticipation_limit = -1\n[terms.copies]\ncard = 2\nslip = 1\n"
    )
    terms = terms_of(BASE + TERMS + HOURS + CONDITION, over)
    assert terms is not None
    assert (terms.report_hours, terms.report_business_days) == (48, 0)
    assert terms.participation_limit == -1
    assert terms.copies == (("citation", 4), ("card", 2), ("slip", 1))
    assert (terms.complete_days, terms.admission, len(terms.conditions)) == (90, "required", 1)
    assert len(terms.hours) == 2


def test_a_program_replaces_hours_and_conditions_as_whole_lists() -> None:
    other = CONDITION.replace('"hours"', '"visit"').replace('"serve"', '"visit"')
    over = other.replace("hours = 10\n", "") + HOURS.replace('"monday", "friday"', '"sunday"')
    terms = terms_of(BASE + TERMS + HOURS + CONDITION, over)
    assert terms is not None
    assert [c.id for c in terms.conditions] == ["visit"]
    assert terms.hours == (VisitHours(6, "09:00", "16:00"),)


def test_a_program_may_hold_a_charge_where_its_pathway_does_not() -> None:
    terms = terms_of(BASE, "[terms]\nreport_hours = 48\ncomplete_months = 6\n")
    assert terms is not None
    assert (terms.report_hours, terms.complete_months) == (48, 6)


def test_the_days_of_a_program_are_in_its_form() -> None:
    more = {"programs/prog.toml": PROGRAM + 'starts = "2026-01-01"\nends = "2026-12-31"\n'}
    guide = guide_of(BASE, more, "prog")
    assert (guide.form.starts, guide.form.ends) == ("2026-01-01", "2026-12-31")


def test_conditions_of_questions_may_ask_for_the_terms() -> None:
    asks = form(question("a", more="show_when = 'terms.admission != \"not_asked\"'"))
    lines = "[terms]\nreport_hours = 1\ncomplete_days = 1\n"
    assert "a" in guide_of(asks + lines + 'admission = "required"\n', TABLES).visible({})
    assert "a" not in guide_of(asks + lines, TABLES).visible({})
    assert "a" not in guide_of(asks).visible({})


SHORT = "[terms]\nreport_hours = 48\ncomplete_days = 90\n"
FIRST = BASE.count("\n")
BROKEN = [  # lines counted from [terms]
    ("[terms]\ncomplete_days = 90\n", 1, 'needs either "report_hours" or "report_business_days"'),
    ("[terms]\nreport_hours = 48\n", 1, 'needs either "complete_days" or "complete_months"'),
    (SHORT + "report_business_days = 3\n", 4, "not both"),
    (SHORT + "complete_months = 3\n", 4, "not both"),
    (SHORT + "grace_hours = -1\n", 4, '"grace_hours" must be a whole number'),
    (SHORT + 'grace_hours = "a day"\n', 4, '"grace_hours" must be a whole number'),
    (SHORT + "extensions = 1\n", 1, "go together"),
    (SHORT + 'report_by_time = "4 pm"\n', 4, '"report_by_time" must be a time like "16:00"'),
    (SHORT + 'report_by_time = "24:00"\n', 4, '"report_by_time" must be a time like "16:00"'),
    (SHORT + 'instruments = [\n"ticket",\n]\n', 5, '"ticket" is no instrument; known: citation'),
    (SHORT + "instruments = []\n", 4, '"instruments" needs one of: citation, referral'),
    (SHORT + 'approval = "judge"\n', 4, '"approval" cannot be "judge"; known: none'),
    (SHORT + 'admission = "yes"\n', 4, '"admission" cannot be "yes"'),
    (SHORT + 'victim = "maybe"\n', 4, '"victim" cannot be "maybe"'),
    (SHORT + "participation_limit = -2\n", 4, "from 0, or -1 for no limit"),
    (SHORT + 'toll_reasons = ["hospital",\n"weather"]\n', 5, '"weather" is no code of'),
    (SHORT + "bring = 3\n", 4, '"bring" must be a list of words'),
    (SHORT + 'bring = [\n{ es = "ID" },\n]\n', 5, '"bring" has no English words'),
    (SHORT + "colour = 3\n", 4, '"colour" is not known here'),
    (SHORT + "[terms.copies]\ncitation = -1\n", 5, '"citation" must be a whole number'),
    (SHORT + '[terms.copies]\n"No!" = 1\n', 5, '"No!" is no id of a paper'),
    (SHORT + HOURS.replace('"monday"', '"moonday"'), 5, '"moonday" is no day of the week'),
    (SHORT + HOURS.replace("16:00", "08:00"), 7, '"closes" must be later than "opens"'),
    (SHORT + HOURS.replace('"09:00"', "9"), 6, '"opens" must be a text'),
    (SHORT + '[[visit_hours]]\nopens = "09:00"\ncloses = "16:00"\n', 4, '"days" must name days'),
    (SHORT + CONDITION.replace('"serve"', '"prayer"'), 6, '"prayer" is no code of'),
    (SHORT + CONDITION.replace("= 10", "= -10"), 8, '"hours" must be a whole number'),
    (SHORT + CONDITION.replace("hours = 10", "dollars = -5"), 8, '"dollars" must be an amount'),
    (SHORT + CONDITION.replace("hours = 10", "dollars = 5"), 8, 'type "serve" has no "dollars"'),
    (SHORT + CONDITION.replace("hours = 10", "due_days = -1"), 8, '"due_days" must be a whole'),
    (SHORT + CONDITION + CONDITION, 10, 'the condition "hours" is there twice'),
    (CONDITION, 1, "[[conditions]] needs [terms]"),
    ("terms = 3\n", 1, '"terms" is not known here'),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN)
def test_a_mistake_in_terms_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    library = library_in(tmp_path, {**TABLES, "walk.toml": BASE + text, "ok.toml": BASE})
    said = [m for m in library.mistakes() if m.startswith("walk.toml")]
    assert any(m.startswith(f"walk.toml:{FIRST + line}: ") and reason in m for m in said), said
    with pytest.raises(FormMissing):
        library.guide("walk")


def test_negative_control_good_terms_have_no_mistake(tmp_path: Path) -> None:
    for text in (TERMS + HOURS + CONDITION, SHORT, ""):
        assert library_in(tmp_path, {**TABLES, "walk.toml": BASE + text}).mistakes() == ()


def test_a_table_that_is_gone_is_named(tmp_path: Path) -> None:
    said = library_in(tmp_path, {"walk.toml": BASE + TERMS}).mistakes()
    assert any('there is no code table "toll_reasons"' in m for m in said)


@pytest.mark.parametrize(
    "text", ["terms.mood == 1", 'terms.admission == "required" && terms.moon == 2']
)
def test_a_word_that_terms_do_not_have_is_named(tmp_path: Path, text: str) -> None:
    asks = form(question("a", more=f"show_when = '{text}'"))
    assert any(
        "asks for terms.moo" in m for m in library_in(tmp_path, {"walk.toml": asks}).mistakes()
    )


def test_an_expired_program_is_still_read_and_no_longer_offered(tmp_path: Path) -> None:
    texts = {"walk.toml": BASE, "programs/prog.toml": PROGRAM + 'ends = "2026-11-22"\n'}
    library = library_in(tmp_path, texts)
    assert library.programs("walk") == ()
    assert library.guide("prog").form.ends == "2026-11-22"
