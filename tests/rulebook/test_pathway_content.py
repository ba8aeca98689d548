"""What the other four pathways must keep to: nothing forbidden is asked, each comes to an end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from content_files import MAY_BE_EQUAL, legal_texts, tables
from small_forms import SETTING, WORDS
from test_walk_in_path import library

from intake_app.domain.form import Field, FieldType, Force, Form, Section, Sensitivity, Status
from intake_app.domain.pathway import Pathway
from intake_app.domain.text import Text
from intake_app.rulebook.builder import build_guide
from intake_app.rulebook.guide import FormGuide

CARE = ("active_outreach", "naloxone_plus", "officer_referral", "community_response")
NEVER = re.compile(
    r"circumstance|narrative|dealer|where (did you get|you got|you buy)|immigration|citizen|gang\b"
    r"|fingerprint|booking|case number|circunstancia|migratori|pandilla|huella",
    re.IGNORECASE,
)
OF_CHARGES = re.compile(
    r"charge|offense|citation|statute|probable cause|prosecutor|arrest|warrant|evidence|abeyance"
    r"|cargo|delito|citatorio|fiscal|arresto|orden judicial",
    re.IGNORECASE,
)
OF_USE = re.compile(
    r"substance|drug|use\b|opioid|overdose|sustancia|droga|sobredosis", re.IGNORECASE
)
DRUG_CODES = {"substances", "suspected_drugs", "substance_route", "substance_frequency"}
DAY = "2026-11-26T10:00:00-05:00"


def guide(name: str) -> FormGuide:
    return library().guide(name)


def form(name: str) -> Form:
    return guide(name).form


def words_of(form: Form) -> Iterator[tuple[str, Text]]:
    """All labels, by where they stand."""
    for section in form.sections:
        yield section.id, section.title
        for field in section.fields:
            yield from _words_in(field)
            for column in field.columns:
                yield from _words_in(column)
    yield from ((d.id, d.label) for d in form.deadlines)
    yield from ((s.id, s.label) for s in form.statuses)
    yield from ((r.id, r.message) for r in form.rules)


def _words_in(field: Field) -> Iterator[tuple[str, Text]]:
    yield field.id, field.label
    yield from ((f"{field.id}.{c.id}", c.label) for c in field.choices)


def untranslated(form: Form) -> list[str]:
    return [
        place
        for place, text in words_of(form)
        if not text.by_language.get("es")
        or (text.said_in("en") == text.said_in("es") and text.said_in("en") not in EQUAL)
    ]


EQUAL = MAY_BE_EQUAL | {"Chamorro", "PCP"}


def found_in(form: Form, pattern: re.Pattern[str]) -> list[str]:
    """The questions whose label, in any language, says what must not be asked."""
    fields = [f for top in form.fields() for f in (top, *top.columns)]
    return [f.id for f in fields if any(map(pattern.search, f.label.by_language.values()))]


def dead_ends(statuses: Iterable[Status]) -> list[str]:
    """Statuses that cannot be reached, that lead to no end, or that go on after the end."""
    known = {one.id: one for one in statuses}
    after = {ident: [s.id for s in known.values() if ident in s.after] for ident in known}
    reached = _reach([s.id for s in known.values() if not s.after], after)
    lost = [ident for ident in known if ident not in reached]
    stuck = [
        ident for ident in known if not any(known[end].closes for end in _reach([ident], after))
    ]
    return lost + stuck + [ident for ident in known if known[ident].closes and after[ident]]


def _reach(first: list[str], after: dict[str, list[str]]) -> set[str]:
    seen, waiting = set[str](), list(first)
    while waiting:
        ident = waiting.pop()
        if ident not in seen:
            seen.add(ident)
            waiting += after[ident]
    return seen


# --- the shortest ways ----------------------------------------------------------------------------

HEARD = {"read": True, "version": "2026-11-1", "at": DAY}
MET: dict[str, Any] = {
    "wants_to_talk": "yes", "safety_now": "no", "outreach_promise": HEARD,
    "wants": ["talk"], "may_contact": "no", "decision": "thinking",
    "explained": ["explained", "voluntary"],
}  # fmt: skip
LEAD: dict[str, Any] = {
    "outreach_source": "family_request", "legal_basis": "family_request",
    "risk_reason": "family_worry", "preferred_name": "Sam", "clear_to_go": "clear",
}  # fmt: skip
EVENT: dict[str, Any] = {
    "overdose_at": DAY, "overdose_place": "Main and 2nd", "overdose_result": "nonfatal",
    "overdose_naloxone": "yes",
}  # fmt: skip
CALL: dict[str, Any] = {"crisis_source": "call_911", "acuity": "soon", "safety_now": "no"}
ROADSIDE: dict[str, Any] = {
    "call_type": "welfare_check", "prompted_by": "asked",
    **{name: MET[name] for name in MET if name != "wants"},
}  # fmt: skip
SAID_NO: dict[str, Any] = {"wants_to_talk": "stop", "safety_now": "no"}
NOT_NOW: dict[str, Any] = {
    "call_type": "welfare_check", "prompted_by": "asked", "safety_now": "no",
    "wants_to_talk": "not_now",
}  # fmt: skip
FAMILY_ONLY: dict[str, Any] = {
    **EVENT, "next_step": "visited", "who_was_met": "family_only",
    "family_wants": ["family_support"], "family_support": "accepted",
}  # fmt: skip
SHORTEST: list[tuple[str, dict[str, Any]]] = [
    ("active_outreach", {**LEAD, "contact_so_far": "met", **MET}),
    ("active_outreach", {**LEAD, "contact_so_far": "family", "family_wants": ["own_safety"]}),
    ("naloxone_plus", {**EVENT, "next_step": "visited", "who_was_met": "survivor", **MET}),
    ("naloxone_plus", {**EVENT, "next_step": "visited", "who_was_met": "nobody"}),
    ("naloxone_plus", FAMILY_ONLY),
    ("officer_referral", {**ROADSIDE, "referral_given": "warm_in_person"}),
    ("officer_referral", {**ROADSIDE, "decision": "declined", "referral_given": "card_only"}),
    ("officer_referral", {**NOT_NOW, "referral_given": "card_only"}),
    ("active_outreach", {**LEAD, "contact_so_far": "met", **SAID_NO}),
    ("naloxone_plus", {**EVENT, "next_step": "visited", "who_was_met": "survivor", **SAID_NO}),
    ("community_response", {**CALL, "disposition": "conflict_mediated", "more_help": "no"}),
    ("community_response", {**CALL, "disposition": "home_with_plan", "more_help": "yes", **MET}),
]
AT_ONCE: list[tuple[str, dict[str, Any]]] = [
    ("active_outreach", {**LEAD, "contact_so_far": "not_yet"}),
    ("active_outreach", {**LEAD, "contact_so_far": "not_reached"}),
    ("naloxone_plus", {**EVENT, "next_step": "planned"}),
    ("naloxone_plus", {**EVENT, "overdose_result": "fatal", "next_step": "event_only"}),
    ("officer_referral", {"safety_now": "yes", "safety_next": "medical_transfer"}),
    ("community_response", {**CALL, "disposition": "not_found"}),
]


@pytest.mark.parametrize(("name", "answers"), SHORTEST)
def test_each_form_finishes_on_its_shortest_path(name: str, answers: dict[str, Any]) -> None:
    problems = guide(name).problems({**guide(name).defaults(), **answers})
    assert [p.field for p in problems] == []


def test_an_answer_too_few_is_found() -> None:
    name, answers = SHORTEST[0]
    without = {k: v for k, v in answers.items() if k != "outreach_promise"}
    assert [p.field for p in guide(name).problems(without)] == ["outreach_promise"]


@pytest.mark.parametrize(("name", "answers"), AT_ONCE)
def test_where_nobody_was_met_the_form_ends_at_once(name: str, answers: dict[str, Any]) -> None:
    assert guide(name).may_finish_now(answers)
    assert guide(name).problems(answers) == () or answers.get("safety_next")


@pytest.mark.parametrize(("name", "answers"), SHORTEST)
def test_a_person_or_family_who_was_met_is_not_left_at_once(
    name: str, answers: dict[str, Any]
) -> None:
    assert not guide(name).may_finish_now(answers)


@pytest.mark.parametrize("name", CARE)
def test_at_most_fourteen_answers_are_required_at_once(name: str) -> None:
    for form_name, answers in SHORTEST:
        if form_name == name:
            shown = guide(name).visible(answers)
            required = [f.id for f in form(name).fields() if f.id in shown and f.is_required]
            assert len(required) <= 14, required


@pytest.mark.parametrize("said", ["not_now", "stop"])
@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("active_outreach", {**LEAD, "contact_so_far": "met"}),
        ("naloxone_plus", {**EVENT, "next_step": "visited", "who_was_met": "survivor"}),
        ("officer_referral", NOT_NOW),
    ],
)
def test_who_does_not_want_to_talk_is_asked_nothing_more(
    name: str, answers: dict[str, Any], said: str
) -> None:
    shown = guide(name).visible({**answers, **MET, "wants_to_talk": said})
    assert not {"promise", "want", "contact", "letter", "health", "consents"} & shown
    assert "safety" in shown
    assert guide(name).begins({**answers, "wants_to_talk": said}) == "declined"


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CARE)
def test_every_word_has_its_spanish(name: str) -> None:
    assert untranslated(form(name)) == []


def test_a_label_without_spanish_is_found() -> None:
    whole = form("officer_referral")
    status = replace(whole.statuses[0], label=Text({"en": "Lead"}))
    assert untranslated(replace(whole, statuses=(status,))) == ["lead"]


@pytest.mark.parametrize("name", CARE)
def test_nothing_is_asked_that_must_not_be_recorded(name: str) -> None:
    assert found_in(form(name), NEVER) == []
    long_texts = [f.id for f in form(name).fields() if f.type is FieldType.LONG_TEXT]
    assert long_texts == ["mail_address"]


@pytest.mark.parametrize("name", CARE)
def test_no_pathway_of_care_asks_for_a_charge(name: str) -> None:
    assert found_in(form(name), OF_CHARGES) == []
    assert form(name).terms is None


def test_a_forbidden_question_is_found() -> None:
    asked = Field("x", FieldType.TEXT, Text({"en": "Possible charge", "es": "Posible cargo"}))
    told = Field("y", FieldType.TEXT, Text({"en": "Circumstances", "es": "Qué pasó"}))
    whole = replace(
        form("officer_referral"), sections=(Section("s", Text({"en": "S"}), (asked, told)),)
    )
    assert (found_in(whole, OF_CHARGES), found_in(whole, NEVER)) == (["x"], ["y"])


@pytest.mark.parametrize("name", CARE)
def test_no_two_questions_have_the_same_label(name: str) -> None:
    labels = [f.label.said_in(k) for f in form(name).fields() for k in ("en", "es")]
    both = {words for words in labels if words in MAY_BE_EQUAL}
    assert sorted({w for w in labels if labels.count(w) > 1} - both) == []


@pytest.mark.parametrize("name", CARE)
def test_names_and_places_are_hidden_until_asked_for(name: str) -> None:
    hidden = {f.id for f in form(name).fields() if f.sensitivity is Sensitivity.IDENTITY}
    telling = {"first_name", "last_name", "lead_where", "lead_phone", "phone", "family_contact"}
    assert telling & {f.id for f in form(name).fields()} <= hidden


def test_what_is_said_to_third_parties_holds_nothing_about_substance_use() -> None:
    said = tables()["said_to_others"]
    assert [r["id"] for r in said if OF_USE.search(f"{r['en']} {r['es']}")] == []
    for name in ("active_outreach", "naloxone_plus"):
        field = form(name).field("said_to_others")
        assert field
        assert field.type is FieldType.CHOICES


@pytest.mark.parametrize("name", CARE)
def test_statements_say_the_words_of_the_legal_texts(name: str) -> None:
    texts, source = legal_texts(), {"triage_words": "no_arrest_short"}
    spoken = [f for f in form(name).fields() if f.type is FieldType.STATEMENT]
    assert {"outreach_promise", "triage_words"} <= {f.id for f in spoken}
    for field in spoken:
        legal = texts[source.get(field.id, field.id)]
        said = {k: v.strip() for k, v in field.hint.by_language.items()}
        assert said == {k: v.strip() for k, v in legal["text"].items()}
        assert field.version == legal["version"]


# --- police and drugs -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", CARE)
def test_the_promise_comes_before_what_the_person_says_of_drugs(name: str) -> None:
    heard: set[str] = set()
    for section in form(name).sections:
        for field in section.fields:
            heard |= {field.id} if field.type is FieldType.STATEMENT else set()
            of_person = field.sensitivity is Sensitivity.TREATMENT and not section.is_event
            if of_person and field.id != "risk_reason":
                needed = "triage_words" if section.id == "safety" else "outreach_promise"
                assert needed in heard, field.id


@pytest.mark.parametrize("name", CARE)
def test_no_officer_asks_about_drugs(name: str) -> None:
    assert [f.id for f in form(name).fields() if f.who == "O" and f.codes in DRUG_CODES] == []
    for section in form(name).sections:
        if not section.is_event:
            asked = [f for top in section.fields for f in (top, *top.columns)]
            of_drugs = [f.id for f in asked if f.codes in DRUG_CODES]
            assert section.is_later or not of_drugs, of_drugs


def test_at_the_roadside_nobody_is_asked_about_drugs_without_a_consent() -> None:
    answers = {**ROADSIDE, "referral_given": "warm_call"}
    way = guide("officer_referral")
    assert not {"health", "substances", "overdose_ever"} & way.visible(answers)
    assert not {"health", "substances"} & way.visible({**answers, "consent_given": "no"})
    assert {"health", "substances"} <= way.visible({**answers, "consent_given": "yes"})
    at_once = [f for s in way.form.sections if not s.is_later for f in s.fields if not f.is_later]
    treatment = {f.id for f in at_once if f.sensitivity is Sensitivity.TREATMENT}
    assert all(ident.startswith("triage_") for ident in treatment), treatment


def test_a_card_alone_is_counted_apart_and_owes_nothing() -> None:
    way = guide("officer_referral")
    answers = {**ROADSIDE, "may_contact": "yes", "contact_ways": ["call"], "phone": "+13045550142"}
    for given, is_referral in (("card_only", False), ("warm_in_person", True), ("call_back", True)):
        told = {**answers, "referral_given": given}
        assert bool(way.owed(told, DAY)) == is_referral
        papers = {p.id for p in library().papers(way, told)}
        assert ("handoff_slip" in papers) == is_referral


# --- the event and the person ---------------------------------------------------------------------


def event_faults(form: Form) -> list[str]:
    """Questions of an event that name a person or wait for what is known of one."""
    inside = {f.id for s in form.sections if s.is_event for f in s.fields}
    outside = {f.id for f in form.fields()} - inside
    found: list[str] = []
    for field in (f for s in form.sections if s.is_event for f in s.fields):
        named = set(re.findall(r"[a-z_]+", f"{field.show_when} {field.check}"))
        is_personal = field.type in {FieldType.PERSON, FieldType.PHONE, FieldType.SIGNATURE}
        if is_personal or field.sensitivity is Sensitivity.IDENTITY or named & outside:
            found.append(field.id)
    return found + [c for c, ident in form.facts.items() if ident in inside]


def test_the_event_names_nobody_and_waits_for_nobody() -> None:
    whole = form("naloxone_plus")
    assert [s.id for s in whole.sections if s.is_event] == ["overdose", "overdose_more"]
    assert event_faults(whole) == []


def test_a_name_in_an_event_is_found() -> None:
    whole = form("naloxone_plus")
    first = replace(whole.sections[0], fields=whole.sections[2].fields)
    assert "first_name" in event_faults(replace(whole, sections=(first, *whole.sections[1:])))


def test_family_contact_alone_is_an_outcome() -> None:
    way = guide("naloxone_plus")
    shown = way.visible(FAMILY_ONLY)
    assert not {"safety", "promise", "want", "contact", "letter"} & shown
    owed = [d.id for d, _ in way.owed(FAMILY_ONLY, DAY)]
    assert "family_follow_up" in owed
    assert "family_support_sheet" in {p.id for p in library().papers(way, FAMILY_ONLY)}
    ends = {s.id: s for s in way.form.statuses}
    assert "lead" in ends["completed"].after
    assert "family_supported" in {c.id for c in library().codes(ends["completed"].reasons)}


def test_conflict_mediation_and_daily_help_are_outcomes() -> None:
    table = {row["id"] for row in tables()["dispositions_community"]}
    assert {"conflict_mediated", "quality_of_life", "resolved_on_scene"} <= table
    ends = {row["id"] for row in tables()["outcomes_care"]}
    assert {"conflict_settled", "daily_life_better", "plan_in_place"} <= ends


# --- exclusions, statuses, follow-up --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "answers", "rule"),
    [
        ("active_outreach", {"clear_to_go": "stop", "not_to_go": "said_stop"}, "said_stop"),
        ("active_outreach", {"clear_to_go": "stop", "not_to_go": "deceased"}, "died"),
        ("active_outreach", {"clear_to_go": "stop", "not_to_go": "warrant_apart"}, "warrant_apart"),
        ("active_outreach", {"contact_so_far": "met", "wants_to_talk": "stop"}, "asked_to_stop"),
        ("naloxone_plus", {"next_step": "planned", "survivor_reachable": "died"}, "died"),
        ("officer_referral", {"wants_to_talk": "stop"}, "asked_to_stop"),
        ("community_response", {"disposition": "deceased"}, "died"),
    ],
)
def test_who_said_stop_and_who_died_is_excluded(
    name: str, answers: dict[str, Any], rule: str
) -> None:
    base = {**(LEAD if name == "active_outreach" else {}), **answers}
    held = {f.rule.id: f.rule.force for f in guide(name).findings(base, "2026-11-26") if f.holds}
    assert held.get(rule) is Force.HARD
    calm = {f.rule.id for f in guide(name).findings(LEAD, "2026-11-26") if f.holds}
    assert rule not in calm


@pytest.mark.parametrize("name", CARE)
def test_rules_have_an_authority_and_turn_nobody_away_in_so_many_words(name: str) -> None:
    for rule in form(name).rules:
        assert rule.authority
        assert not re.search(r"\b(denied|rejected|ineligible)\b", rule.message.said_in("en"))


@pytest.mark.parametrize("name", [*CARE, "self_referral", "post_overdose_outreach"])
def test_every_status_leads_to_an_end(name: str) -> None:
    statuses = form(name).statuses
    assert dead_ends(statuses) == []
    closing = {s.id for s in statuses if s.closes}
    assert {
        "ineligible", "declined", "completed", "withdrew", "transferred", "unable_to_contact",
        "deceased", "entered_in_error",
    } == closing  # fmt: skip


def test_a_status_that_nothing_leads_to_and_one_without_an_end_are_found() -> None:
    words = Text({"en": "x"})
    first, stuck = Status("first", words), Status("stuck", words, after=("first",))
    end, lost = (
        Status("end", words, after=("first",), closes=True),
        Status("lost", words, ("lost",)),
    )
    assert dead_ends([first, stuck, end, lost]) == ["lost", "stuck", "lost"]


@pytest.mark.parametrize("name", [*CARE, "self_referral"])
def test_no_status_or_reason_blames(name: str) -> None:
    said = [s.label.said_in("en") for s in form(name).statuses]
    for status in form(name).statuses:
        codes = library().codes(status.reasons) if status.reasons else ()
        said += [code.label.said_in("en") for code in codes]
    blame = re.compile(r"fail|refus|noncomplian|not complian|drop(ped)? out|resist", re.IGNORECASE)
    assert [words for words in said if blame.search(words)] == []


FIRST_TRY = {
    "active_outreach": ("outreach_first_try", {**LEAD, "contact_so_far": "not_yet"}),
    "naloxone_plus": ("first_visit", {**EVENT, "next_step": "planned"}),
    "post_overdose_outreach": ("first_visit", {**EVENT, "next_step": "planned"}),
    "officer_referral": (
        "program_calls",
        {**ROADSIDE, "referral_given": "call_back", "may_contact": "yes"},
    ),
}


@pytest.mark.parametrize("name", FIRST_TRY)
def test_outreach_tries_three_times_in_fourteen_days(name: str) -> None:
    ident, answers = FIRST_TRY[name]
    owed = {d.id: (d, at) for d, at in guide(name).owed(answers, DAY)}
    deadline, at = owed[ident]
    assert (deadline.hours, deadline.attempts, deadline.window) == (72, 3, 14)
    assert at.startswith("2026-11-29")


@pytest.mark.parametrize("name", CARE)
def test_follow_ups_come_at_the_points_of_the_field(name: str) -> None:
    own = [d for d in form(name).deadlines if d.id.startswith(("follow_up", "program_calls"))]
    assert [d.hours or d.days for d in own] == [72, 7, 14, 30, 60, 90, 182, 365]
    assert all('may_contact == "yes"' in d.when for d in own)


def test_a_team_is_recorded_by_role() -> None:
    roles = {row["id"] for row in tables()["team_roles"]}
    assert roles == {
        "officer", "firefighter", "ems", "behavioral_health", "peer", "case_manager", "medical",
        "credible_messenger",
    }  # fmt: skip
    for name in CARE:
        team = form(name).field("team")
        assert team
        assert [c.id for c in team.columns] == ["team_role", "team_name", "team_agency"]


def test_each_pathway_has_its_form() -> None:
    assert {p.value for p in Pathway} == {form(p).pathway for p in Pathway}


HOLD_BY_STATE = """[program]
id = "florida_team"
pathway = "community_response"
version = "1"
name = { en = "Florida team" }

[codes]
held_kind = "hold_kinds_fl"

[relabel.held]
label = { en = "Was the person held under the Baker Act or the Marchman Act?" }
"""


def test_a_program_may_use_the_words_of_its_state_for_a_hold() -> None:
    texts = dict(guide("community_response").sources) | {
        "programs/florida_team.toml": HOLD_BY_STATE,
        "codes/hold_kinds_fl.csv": "id,en,standard,active_from,active_to\nbaker,Baker Act,FL,,\n",
    }
    own = build_guide("florida_team", texts.get, WORDS, SETTING)
    assert own
    kind, held = own.question("held_kind"), own.question("held")
    assert kind
    assert held
    assert [c.id for c in kind.choices] == ["baker"]
    assert "Baker Act" in held.label.said_in("en")


# --- the program of post-overdose outreach --------------------------------------------------------


def test_post_overdose_outreach_asks_for_a_team_and_counts_the_family() -> None:
    way = guide("post_overdose_outreach")
    missing = [p.field for p in way.problems(FAMILY_ONLY)]
    assert missing == ["visited_at", "team", "left_behind"]
    visited = {
        **FAMILY_ONLY, "visited_at": DAY, "left_behind": ["naloxone"],
        "team": [{"~row": "1", "team_role": "peer"}],
    }  # fmt: skip
    assert way.problems(visited) == ()
    held = {f.rule.id for f in way.findings(visited, "2026-11-26") if f.holds}
    assert not {"no_kit_left", "no_peer_on_the_team"} & held
    alone = {**visited, "left_behind": ["card"], "team": [{"~row": "1", "team_role": "officer"}]}
    held = {f.rule.id for f in way.findings(alone, "2026-11-26") if f.holds}
    assert {"no_kit_left", "no_peer_on_the_team"} <= held
    assert [d.id for d, _ in way.owed({**EVENT, "next_step": "planned"}, DAY)] == [
        "first_visit", "tries_review",
    ]  # fmt: skip


# --- the walk-in program of a town in Ohio --------------------------------------------------------

WALK_IN: dict[str, Any] = {"who_for": "self", "decision": "accepted"}


def test_safe_passages_logs_officer_guide_and_dispatch() -> None:
    steps = {s.id: s for s in form("safe_passages").sections}
    team = [f.id for f in steps["welcome_team"].fields]
    assert team == [
        "assigned_by", "intake_officer", "dispatch_told_at", "guide", "guide_called_at",
        "guide_arrived_at",
    ]  # fmt: skip
    called = form("safe_passages").field("roster_calls")
    assert called  # who was called from the list and did not come is kept, too
    assert "roster_answered" in {c.id for c in called.columns}


def test_safe_passages_knows_a_person_by_other_means_and_asks_about_probation() -> None:
    way = guide("safe_passages")
    with_id = way.visible({**WALK_IN, "papers_seen": ["photo_id"]})
    without = way.visible({**WALK_IN, "papers_seen": ["none"]})
    assert "identity_other_means" in without - with_id
    assert {"on_probation", "dast_done", "papers_read_with"} <= without


def test_of_the_eligibility_check_only_the_result_is_kept() -> None:
    whole = form("safe_passages")
    result = whole.field("eligibility_result")
    assert result
    assert [c.id for c in result.choices] == ["meets", "does_not_meet", "not_done"]
    about = {f.id: f.type for f in whole.fields() if f.id.startswith("eligibility")}
    assert set(about.values()) == {FieldType.CHOICE, FieldType.PERSON, FieldType.DATE_TIME}
