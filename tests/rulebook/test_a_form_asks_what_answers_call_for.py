"""What is asked, what is missing, what is owed: a guide over a small form."""

import pytest
from small_forms import form, guide_of, question

from intake_app.domain.entry import BORN_LATER, HOW_DATE
from intake_app.domain.form import Force

CHOICES = (
    'choices = [{ id = "x", label = { en = "X", es = "Equis" } }, '
    '{ id = "y", label = { en = "Y" } }]'
)
GUIDE = guide_of(
    form(
        question("who", "choice", f"{CHOICES}\nrequired = true")
        + question("name", "text", 'required = true\nshow_when = \'who == "x"\'')
        + question("nick", "text", "show_when = 'name != \"\"'")
        + question("born", "date")
        + question("guardian", "person", "required = true\nshow_when = 'age < 18'")
        + question("share", "yes_no")
        + question("weight", "number", 'units = ["g"]\ncheck = "weight.amount <= 20.0"\n'
                   'message = { en = "At most 20 g." }')
        + question("paid", "money", "check = 'paid > 5'")
        + question("calls", "rows", 'columns = [\n'
                   '{ id = "to", type = "text", label = { en = "To" }, required = true },\n'
                   '{ id = "why", type = "text", label = { en = "Why" }, required = true, '
                   "show_when = 'to == \"police\" && who == \"x\"' },\n"
                   '{ id = "bed", type = "yes_no", label = { en = "Bed" }, '
                   'check = \'bed != "no"\', '
                   'message = { en = "Look on." } },\n]')
        + '[[sections]]\nid = "two"\ntitle = { en = "Two" }\nshow_when = \'share == "yes"\'\n'
        + question("with", "provider", "required = true")
        + question("seen", "statement", 'version = "1"\nrequired = true')
        + question("stays", "choice", CHOICES
                   + "\nshow_when = 'agency.warrant_policy == \"never\"'")
        + question("started", "date_time", 'default = "now"')
        + question("on_day", "date", 'default = "today"')
        + question("lang", "text", 'default = "en"')
        + "[[rules]]\nid = 'heavy'\nforce = 'presumptive'\nwhen = 'weight.amount > 6.0'\n"
        "message = { en = 'Over 6 g.' }\n"
        "[[rules]]\nid = 'young'\nforce = 'hard'\nwhen = 'age < 18 && share == \"no\"'\n"
        "message = { en = 'Under 18.' }\nends = 2027-01-31\n"
        "[[rules]]\nid = 'odd'\nforce = 'advisory'\nwhen = 'who > 3'\nmessage = { en = 'Odd.' }\n"
        "[[deadlines]]\nid = 'call'\nlabel = { en = 'Call' }\nhours = 72\n"
        "[[deadlines]]\nid = 'report'\nlabel = { en = 'Report' }\ndays = 3\nbusiness = true\n"
        "[[deadlines]]\nid = 'month'\nlabel = { en = 'Month' }\ndays = 30\n"
        "when = 'share == \"yes\"'\n",
        "quick_exit = 'who == \"y\"'\n[facts]\nborn = \"born\"\n",
    )
)  # fmt: skip


def told(answers: dict[str, object], section: str = "") -> dict[str, str]:
    return {
        f"{p.field}.{p.row}.{p.column}" if p.column else p.field: p.message.said_in("en")
        for p in GUIDE.problems(answers, section)
    }


def test_a_question_is_asked_only_when_its_condition_is_true() -> None:
    assert "name" not in GUIDE.visible({})
    assert "name" not in GUIDE.visible({"who": "y"})
    assert "name" in GUIDE.visible({"who": "x"})
    assert {"two", "with"}.isdisjoint(GUIDE.visible({"share": "unknown"}))
    assert {"two", "with", "stays"} <= GUIDE.visible({"share": "yes"})


def test_an_answer_counts_only_while_its_question_is_asked() -> None:
    answers = {"who": "x", "name": "N", "nick": "M", "share": "", "lang": "en"}
    assert "nick" in GUIDE.visible(answers)
    changed = answers | {"who": "y"}
    assert "nick" not in GUIDE.visible(changed)
    assert GUIDE.kept(changed) == {"who": "y"}


def test_the_age_is_worked_out_from_the_birth_date_on_the_day() -> None:
    assert "guardian" not in GUIDE.visible({})
    assert "guardian" in GUIDE.visible({"born": "2008-11-24"})
    assert "guardian" not in GUIDE.visible({"born": "2008-11-23"})
    assert "guardian" not in GUIDE.visible({"born": "no date"})
    assert "guardian" not in GUIDE.visible({"born": 7})


def test_what_is_missing_is_told_with_what_to_do() -> None:
    assert told({}) == {"who": "Choose one answer."}
    assert told({"who": "x", "name": "  "}) == {"name": "Answer this question."}
    assert told({"share": "yes", "seen": {"read": False}}, "two") == {
        "with": "Choose a provider.",
        "seen": "Read this aloud, then tick it.",
    }
    assert told({"share": "yes"}, "one") == {"who": "Choose one answer."}


def test_what_is_wrong_is_told_with_what_to_do() -> None:
    assert told({"who": "z"})["who"].startswith("This answer is not on the list")
    assert told({"who": "y", "born": "1/2/1991"}) == {"born": HOW_DATE.said_in("en")}
    assert told({"who": "y", "born": "2027-01-01"})["born"] == BORN_LATER.said_in("en")
    assert told({"who": "y", "weight": {"amount": 20.5, "unit": "g"}}) == {
        "weight": "At most 20 g."
    }
    assert told({"who": "y", "weight": {"amount": 3, "unit": "lb"}})["weight"].startswith("Add the")
    assert told({"who": "y", "paid": 3}) == {"paid": "Check this answer."}
    assert told({"who": "y", "paid": "3"})["paid"].startswith("Enter dollars")


def test_a_check_that_cannot_tell_passes() -> None:
    guide = guide_of(form(question("a") + question("b") + question("c", more="check = 'a == b'")))
    assert guide.problems({"c": "x"}) == ()
    assert guide.problems({"c": "x", "a": "1", "b": "2"}) != ()  # negative control


def test_rows_are_checked_cell_by_cell() -> None:
    rows = [{"~row": "r1", "to": "police"}, {"~row": "r2", "bed": "no"}, {"to": "x", "bed": "yes"}]
    assert told({"who": "x", "name": "N", "calls": rows}) == {
        "calls.0.why": "Answer this question.",
        "calls.1.to": "Answer this question.",
        "calls.1.bed": "Look on.",
    }
    assert told({"who": "y", "calls": rows[:1]}) == {}
    assert told({"who": "y", "calls": ["x"]}) == {
        "calls": "This answer cannot be read. Enter it again."
    }


def test_cells_that_are_not_asked_are_not_kept() -> None:
    row = {"~row": "r1", "to": "police", "why": "W"}
    kept = GUIDE.kept({"who": "x", "name": "N", "calls": [row, "odd"]})
    assert kept["calls"] == [row]
    assert GUIDE.kept({"who": "y", "calls": [row]})["calls"] == [{"~row": "r1", "to": "police"}]


def test_rules_say_what_they_lack_and_never_deny() -> None:
    found = {f.rule.id: f for f in GUIDE.findings({}, "2026-11-23")}
    assert (found["heavy"].holds, found["heavy"].missing) == (None, ("weight",))
    assert (found["young"].holds, found["young"].missing) == (None, ("born", "share"))
    assert (found["odd"].holds, found["odd"].missing) == (None, ("who",))
    answers = {
        "who": "x",
        "weight": {"amount": 7, "unit": "g"},
        "born": "2010-01-01",
        "share": "no",
    }
    found = {f.rule.id: f for f in GUIDE.findings(answers, "2026-11-23")}
    assert found["heavy"].holds is True
    assert found["heavy"].rule.force is Force.PRESUMPTIVE
    assert found["young"].holds is True
    assert (found["odd"].holds, found["odd"].missing) == (None, ())  # a rule that cannot work


def test_a_rule_is_in_force_on_its_days_only() -> None:
    assert "young" in {f.rule.id for f in GUIDE.findings({}, "2027-01-31")}
    assert "young" not in {f.rule.id for f in GUIDE.findings({}, "2027-02-01")}


def test_what_is_owed_comes_earliest_first() -> None:
    owed = GUIDE.owed({"share": "yes"}, "2026-11-23T14:40:00-05:00")
    assert [(d.id, on) for d, on in owed] == [
        ("call", "2026-11-26T19:40+00:00"),  # as the wall clock of this test says it
        ("report", "2026-11-30"),  # Thanksgiving and the Friday after it, in West Virginia
        ("month", "2026-12-23"),
    ]
    assert [d.id for d, _ in GUIDE.owed({}, "2026-11-23T14:40:00-05:00")] == ["call", "report"]


def test_information_only_may_finish_now() -> None:
    assert GUIDE.may_finish_now({"who": "y"})
    assert not GUIDE.may_finish_now({"who": "x"})
    assert not GUIDE.may_finish_now({})
    assert not guide_of(form(question("a"))).may_finish_now({})


def test_defaults_are_there_at_the_start() -> None:
    assert GUIDE.defaults() == {
        "started": "2026-11-23T14:40+00:00", "on_day": "2026-11-23", "lang": "en",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "en", "es"),
    [
        ("who", "x", "X", "Equis"),
        ("who", "gone", "gone", "gone"),
        ("share", "declined", "Would rather not say", "Prefiere no decir"),
        ("born", "2026-11-24", "Tuesday, November 24, 2026", "martes, 24 de noviembre de 2026"),
        ("weight", {"amount": 12.5, "unit": "g"}, "12.5 g", "12.5 g"),
        ("paid", 125050, "$1,250.50", "$1,250.50"),
        ("guardian", {"name": "A B", "role": "aunt", "phone": "+13045550142"},
         "A B, aunt, (304) 555-0142", "A B, aunt, (304) 555-0142"),
        ("with", {"id": "p", "name": "Clinic"}, "Clinic", "Clinic"),
        ("seen", {"read": True, "at": ""}, "Read aloud", "Leído en voz alta"),
        ("seen", {"read": True, "at": "2026-11-23T14:40:00-05:00"},
         "Read aloud, Monday, November 23, 2026, 2:40 PM",
         "Leído en voz alta, lunes, 23 de noviembre de 2026, 2:40 p. m."),
        ("started", "2026-11-23T14:40:00-05:00", "Monday, November 23, 2026, 2:40 PM",
         "lunes, 23 de noviembre de 2026, 2:40 p. m."),
        ("calls", [{"to": "A", "bed": "yes"}, {"to": "B"}], "To: A; Bed: Yes\nTo: B",
         "To: A; Bed: Sí\nTo: B"),
        ("calls.bed", "no", "No", "No"),
        ("name", " N ", "N", "N"),
        ("name", "", "", ""),
        ("born", "soon", "soon", "soon"),
        ("weight", [3], "", ""),
        ("no_such_question", "x", "", ""),
    ],
)  # fmt: skip
def test_answers_are_shown_in_words(field: str, value: object, en: str, es: str) -> None:
    assert GUIDE.shown(field, value, "en") == en
    assert GUIDE.shown(field, value, "es") == es


def test_ranked_choices_and_signatures_are_shown_in_words() -> None:
    guide = guide_of(form(
        question("wants", "ranked", CHOICES) + question("many", "choices", CHOICES)
        + question("signed", "signature") + question("tel", "phone")
        + question("ask", more="").replace('"The ask"', '"Why?"')
        + question("rows", "rows",
                   'columns = [{ id = "q", type = "text", label = { en = "Why?" } }]')
    ))  # fmt: skip
    assert guide.shown("wants", ["y", "x"], "en") == "1. Y, 2. X"
    assert guide.shown("many", ["y", "x"], "en") == "Y, X"
    assert guide.shown("tel", "+13045550142", "en") == "(304) 555-0142"
    assert guide.shown("rows", [{"q": "So."}], "en") == "Why? So."
    how = {"paper": "signed on paper", "mark": "made a mark", "refused": "not signed",
           "drawn": "signed on screen", "": "Signed", "odd": "Signed"}  # fmt: skip
    for way, words in how.items():
        assert guide.shown("signed", {"how": way or "", "name": ""}, "en") == (words if way else "")
    assert guide.shown("signed", {"how": "typed", "name": "A B"}, "en") == "A B"


SHAPES = [
    ("text", "a", 3), ("long_text", "a", ["a"]), ("choice", "x", "z"),
    ("choices", ["x"], ["x", "x"]), ("choices", ["x"], "x"), ("ranked", ["y", "x"], ["z"]),
    ("date", "2026-11-23", "2026-11-31"),
    ("date", "2026-11-23", "20261123"),
    ("date_time", "2026-11-23T14:40:00-05:00", "2026-11-23T14:40"),
    ("date_time", "2026-11-23T14:40:00-05:00", 5), ("number", {"amount": 1, "unit": ""}, 1),
    ("number", {"amount": 0}, {"amount": True}),
    ("number", {"amount": 1}, {"amount": float("nan")}),
    ("number", {"amount": 1}, {"amount": 1, "unit": "g"}), ("money", 5, 5.5), ("money", 5, -5),
    ("money", 5, True), ("phone", "+13045550142", "304-555-0142"), ("yes_no", "unknown", "maybe"),
    ("person", {"name": "A"}, {"name": 3}), ("provider", {"id": "a", "name": "A"}, "a"),
    ("signature", {"how": "paper"}, {"how": 3}), ("statement", {"read": True}, {"read": "yes"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "good", "bad"), SHAPES)
def test_each_type_takes_its_shape_and_refuses_another(
    kind: str, good: object, bad: object
) -> None:
    more = {"choice": CHOICES, "choices": CHOICES, "ranked": CHOICES, "statement": 'version = "1"'}
    guide = guide_of(form(question("a", kind, more.get(kind, ""))))
    assert guide.problems({"a": good}) == ()
    assert [p.field for p in guide.problems({"a": bad})] == ["a"]
    assert isinstance(guide.shown("a", bad, "en"), str)
