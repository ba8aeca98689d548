"""What somebody types is words and stays words: in SQL, search, rules, files, papers and names."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from intake_app.domain.draft import Draft
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import Role
from intake_app.exchange.boxes import Box
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.intakes.people import find_people
from intake_app.services.providers.providers import ProviderQuery, search_providers
from intake_app.services.records.drafts import begin_draft, guide_of, save_draft
from intake_app.tables.csv_lines import CsvLines
from intake_app.ui.papers.printing import file_name

READ = {"read": True, "version": "2026-11-1", "at": "2026-11-23"}
WALK_IN: dict[str, Any] = {
    "who_for": "self", "safety_now": "no", "no_arrest": READ, "wants": ["detox"],
    "may_contact": "no", "language": "en", "interpreter": "none", "placed": "today",
    "decision": "accepted", "explained": ["explained", "voluntary"],
}  # fmt: skip

EVIL = {
    "sql": "x'); DROP TABLE record;--",
    "sql_quote": "O'Brien\" OR 1=1 --",
    "search": 'NEAR("a" OR *) -b:c AND (',
    "rule": "true || size(fields) > 0 ? 'a' : 1/0",
    "toml": 'x"\n[[sections]]\nid = "y"\n"""',
    "formula": '=HYPERLINK("http://example.org","x")',
    "markup": "</para><img src='file:///etc/passwd'/><b>&{x}%s",
    "path": "../../../../tmp/evil\x00.pdf",
    "html": "<script>alert(1)</script>",
    "direction": "Jordan\u202etxt.exe",
    "terminal": "\x1b[2J\x1b]0;x\x07",
    "json": '"}],"roles":["administrator"],"x":[{"',
}

evil = pytest.mark.parametrize("typed", EVIL.values(), ids=EVIL.keys())


def taken(desk: Desk, **answers: str) -> tuple[Draft, RecordId]:
    draft = begin_draft(desk, "self_referral")
    draft.answers |= {**WALK_IN, "first_name": "Jordan", "last_name": "Whitfield", **answers}
    save_draft(desk, draft)
    return draft, finish_intake(desk, draft).record


@evil
def test_a_name_is_kept_letter_by_letter_and_harms_nobody(
    desks: dict[Role, Desk], typed: str
) -> None:
    desk = desks[Role.FRONT_DESK]
    _, record = taken(desk, last_name=typed)
    _, neighbor = taken(desk, last_name="Whitfield")
    kept = desk.care_file.record(record)
    assert kept is not None
    assert kept.values["last_name"] == typed
    assert read_intake(desk, record).number
    assert [row.record for row in find_people(desk, "whitfield", limit=1000)].count(neighbor) == 1


@evil
def test_a_search_finds_words_or_nothing(desks: dict[Role, Desk], typed: str) -> None:
    desk = desks[Role.FRONT_DESK]
    _, plain = taken(desk, last_name="Quimby")
    found = [row.record for row in find_people(desk, typed, limit=1000)]
    assert plain not in found
    assert isinstance(search_providers(desk, ProviderQuery(text=typed)), list)


@evil
def test_no_cell_of_a_saved_list_begins_a_formula(typed: str) -> None:
    whole = CsvLines().lines([["name"], [typed], [f" {typed}"], [f"\u00a0{typed}"]]).decode()
    for [cell] in csv.reader(StringIO(whole)):
        assert not cell.strip("\ufeff\u00a0 ").startswith(("=", "+", "-", "@"))


@evil
def test_a_tray_keeps_to_its_own_folder(tmp_path: Path, typed: str) -> None:
    """Names of objects come from other stations and from stores."""
    box = Box(tmp_path / "in")
    for name in (typed, f"s/{typed}/1", f"../{typed}", "s/../../x", "/etc/x", "s//1", "s/./1"):
        with pytest.raises(ValueError, match="no name of an object"):
            box.put(name, b"x")
    outside = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert outside == []


@evil
def test_a_file_name_is_made_of_a_number_only(typed: str) -> None:
    name = file_name(typed)
    assert "/" not in name
    assert "\x00" not in name
    assert ".." not in name


@evil
def test_a_rule_reads_an_answer_and_never_runs_it(desks: dict[Role, Desk], typed: str) -> None:
    """Rules are expressions of the form file; what is typed into a field is their data."""
    desk = desks[Role.FRONT_DESK]
    plain = guide_of(desk, begin_draft(desk, "self_referral"))
    answers = {**WALK_IN, "first_name": "Jordan", "last_name": "Whitfield"}
    strange = {**answers, "first_name": typed, "last_name": typed}
    assert plain.problems(strange) == plain.problems(answers)
    assert plain.findings(strange, "2026-11-23") == plain.findings(answers, "2026-11-23")
