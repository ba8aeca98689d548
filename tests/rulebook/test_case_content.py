"""What the shipped form of officer intervention must keep to, whatever reads it."""

import csv
import re

import pytest
from content_files import FORMS, RESOURCES, Node, case_form, field_of, fields_of, read, tables

FORBIDDEN = re.compile(
    r"dealer|where (did you get|you buy)|immigration|citizen|gang|rap sheet|criminal history"
    r"|warrant number|migratori|ciudadan|pandilla|historial",
    re.IGNORECASE,
)
PROGRAMS = {
    "plain_diversion", "pembroke_pines", "pinellas_apad", "clackamas_lead", "madison_mari",
}  # fmt: skip
NIBRS = {
    "35A", "35B", "23A", "23C", "23D", "23E", "23F", "23G", "23H", "26A", "26B", "26C", "26F",
    "270", "280", "250", "290", "13B", "13C", "40A", "720", "90A", "90B", "90C", "90D", "90E",
    "90F", "90G", "90J", "90Z",
}  # fmt: skip


NOT_FROM_PAPER = 'transcribed == "no"'


def at_once(whole: Node) -> list[Node]:
    """What every officer is asked: neither later, nor opened by another answer."""
    return [
        f
        for s, f in fields_of(whole)
        if not s.get("later") and not f.get("later") and "show_when" not in s
        and f.get("show_when", NOT_FROM_PAPER) == NOT_FROM_PAPER
    ]  # fmt: skip


def test_keying_in_a_paper_asks_no_more_than_the_paper_says() -> None:
    """What the signature on the paper proves is not asked again; what happened is."""
    left_out = {f["id"] for _, f in fields_of(case_form()) if f.get("show_when") == NOT_FROM_PAPER}
    assert left_out == {"probable_cause", "attested", "explained_all"}
    assert field_of(case_form(), "transcribed")["who"] == "S"
    assert not field_of(case_form(), "reported_facts").get("required")


def words_of(whole: Node) -> list[tuple[str, str]]:
    columns = [c for _, f in fields_of(whole) for c in f.get("columns", [])]
    parts = [*(f for _, f in fields_of(whole)), *columns]
    return [(p["id"], f"{p['label']['en']} {p['label']['es']}") for p in parts]


def forbidden_in(whole: Node) -> list[str]:
    return [ident for ident, words in words_of(whole) if FORBIDDEN.search(words)]


def doubled(whole: Node) -> set[str]:
    columns = [c for _, f in fields_of(whole) for c in f.get("columns", [])]
    labels = [
        p["label"][k] for p in [*(f for _, f in fields_of(whole)), *columns] for k in p["label"]
    ]
    return {label for label in labels if labels.count(label) > 1}


def programs() -> dict[str, Node]:
    found = {p.stem: read(p) for p in (FORMS / "programs").glob("*.toml")}
    return {k: v for k, v in found.items() if v["program"]["pathway"] == "officer_intervention"}


def test_at_most_twelve_answers_are_required_at_once() -> None:
    required = [f["id"] for f in at_once(case_form()) if f.get("required")]
    assert len(required) <= 12, required
    assert {"case_number", "offenses", "probable_cause", "attested", "decision"} <= set(required)


def test_the_officer_works_in_five_steps_and_a_sixth_for_a_minor() -> None:
    steps = [s["id"] for s in case_form()["sections"] if not s.get("later")]
    assert steps == ["person", "incident", "others", "minor", "cause", "decide"]
    assert field_of(case_form(), "guardian_tries")["type"] == "rows"


def test_nothing_that_binds_the_person_is_prefilled() -> None:
    prefilled = {f["id"] for _, f in fields_of(case_form()) if "default" in f}
    assert prefilled == {"language", "interpreter", "prints_taken", "transcribed"}


def test_of_a_record_check_only_the_result_can_be_kept() -> None:
    whole = case_form()
    assert field_of(whole, "record_check")["codes"] == "record_check"
    assert [r["id"] for r in tables()["record_check"]] == ["meets", "does_not_meet", "not_done"]
    about = [f for _, f in fields_of(whole) if "check" in f["id"]]
    assert {f["id"] for f in about} == {"record_check", "checked_by", "checked_at"}


def test_one_answer_opens_the_four_of_safety() -> None:
    opened = [f for _, f in fields_of(case_form()) if f.get("show_when") == 'has_risk == "yes"']
    assert [f["id"] for f in opened] == ["injury", "weapon", "domestic", "minor_victim"]


def test_no_label_asks_what_must_not_be_recorded() -> None:
    assert forbidden_in(case_form()) == []
    assert doubled(case_form()) == set()


def test_a_forbidden_and_a_doubled_label_are_found() -> None:
    whole = case_form()
    field_of(whole, "school")["label"] = {"en": "Name of the dealer", "es": "Apellidos"}
    assert forbidden_in(whole) == ["school"]
    assert doubled(whole) == {"Apellidos"}


def test_names_and_contacts_are_hidden_until_asked_for() -> None:
    whole = case_form()
    for ident in ("last_name", "date_of_birth", "phone", "address", "victims", "guardian_name"):
        assert field_of(whole, ident)["sensitivity"] == "identity"


def test_how_often_the_person_was_here_is_counted_by_the_program() -> None:
    assert field_of(case_form(), "earlier_here")["who"] == "S"
    assert case_form()["facts"]["earlier_here"] == "earlier_here"


def test_every_program_names_its_law_and_asks_for_counsel() -> None:
    assert set(programs()) >= PROGRAMS
    for name, program in programs().items():
        text = (FORMS / "programs" / f"{name}.toml").read_text(encoding="utf-8")
        head = " ".join(line.strip("# ") for line in text.split("[program]")[0].splitlines())
        assert "counsel check" in head, name
        assert all(r["authority"] for r in program["rules"]), name
        assert {r["force"] for r in program["rules"]} == {"hard", "presumptive", "advisory"}


def test_no_program_turns_anybody_away_in_so_many_words() -> None:
    said = [r["message"]["en"] for p in programs().values() for r in p["rules"]]
    assert not [s for s in said if re.search(r"\b(denied|rejected|ineligible|not eligible)\b", s)]


def test_offenses_have_codes_that_are_reported() -> None:
    for state in ("wv", "fl", "or", "wi"):
        rows = offenses(state)
        assert rows
        assert {r["nibrs"] for r in rows} <= NIBRS
        assert all(r["en"] != r["es"] and r["es"] and r["statute"] and r["degree"] for r in rows)


def offenses(state: str) -> list[dict[str, str]]:
    with (RESOURCES / "offenses" / f"{state}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_florida_reasons_are_there_with_their_codes() -> None:
    rows = tables()["not_offered_reasons"]
    found = [r["standard"].removeprefix("FL 63F-13.002 code ") for r in rows]
    assert [c for c in found if c.isdigit()] == [str(n) for n in range(1, 10)]
    needs = {r["id"] for r in rows if r["needs_text"] == "yes"}
    assert needs == {"local_policy", "officer_decision"}


@pytest.mark.parametrize("table", ["declined_reasons", "not_enrolled_reasons", "close_reasons"])
def test_a_reason_that_is_another_asks_for_words(table: str) -> None:
    for row in tables()[table]:
        assert (row["id"] == "other") == (row.get("needs_text") == "yes")
