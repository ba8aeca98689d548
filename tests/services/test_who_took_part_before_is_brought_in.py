"""A list of who took part before, from the records system: only tokens of it are kept, in cases."""

from dataclasses import replace
from pathlib import Path

import pytest
from ending_world import file_of, in_the_clear, left
from profiles import Desks, Profile

from intake_app.domain.errors import NoGrant, NotAllowed
from intake_app.domain.import_errors import ListTooLong, MappingMissing, NoTokensKept
from intake_app.domain.import_mapping import ImportMapping
from intake_app.domain.roles import Compartment, Role
from intake_app.services.desk import Desk
from intake_app.services.imports import earlier_list
from intake_app.services.imports.earlier_list import (
    EarlierList,
    TokenWork,
    read_list,
    suggested_list,
)
from intake_app.services.imports.importing import past_imports, read_table
from intake_app.services.imports.made import Stage
from intake_app.services.imports.undoing import UndoWork
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.sealing.tokens import PARTICIPATION, Participation, earlier

PROGRAM = "plain_diversion"
NAMES = ("Quillfeather", "Wrenna", "Oakhollow", "1991-04-07", "4/7/1991")
LIST = """Last name,First name,DOB,Date,Status,AKA
Quillfeather,Wrenna,4/7/1991,8/3/2026,Completed,Wren Quill
Oakhollow,Bram,12/24/1985,8/9/2026,Failed,
Longago,Lee,1/2/1970,1/2/2019,Completed,
,Nobody,1/2/1970,8/9/2026,Completed,
Short,Sam,1/2/70,8/9/2026,Completed,
Later,Lou,1/2/1970,8/9/2027,Completed,
"""


class QuickTokens:
    """Tokens that cost nothing; what they cost, and that they are kept, `tests/vault` proves."""

    def made_of(self, text: str) -> str:
        return f"t{hash(text)}"


def listed(desk: Desk, tmp_path: Path, text: str = LIST, program: str = PROGRAM) -> EarlierList:
    place = tmp_path / "list.csv"
    place.write_text(text)
    table = read_table(desk, place)
    return read_list(desk, table, suggested_list(desk, table, program))


def made(desk: Desk, people: EarlierList) -> TokenWork:
    work = TokenWork(desk, people)
    while not work.step():
        pass
    return work


def asked(desk: Desk, *who: str) -> tuple[Participation, ...]:
    draft = begin_draft(desk, PROGRAM)
    save_draft(desk, draft)
    return earlier(desk, draft, *who).by


def test_who_is_on_the_list_is_known_and_nobody_can_read_the_list(
    desks: Desks, tmp_path: Path, profile: Profile
) -> None:
    supervisor, officer = desks(Role.SUPERVISOR), desks(Role.OFFICER)
    assert supervisor.care is None  # care could not even be asked
    people = listed(supervisor, tmp_path)
    assert (people.total, people.expired) == (2, 1)
    assert {one.row for one in people.faults} == {5, 6, 7}
    made(supervisor, people)
    assert people.people == []
    once = (Participation(PROGRAM, "2026-08", exact=1),)
    assert asked(officer, "QUILLFEATHER", "Wrenna", "1991-04-07") == once
    maybe = (Participation(PROGRAM, "2026-08", possible=1),)
    assert asked(officer, "Quill", "Wren", "1991-04-07") == maybe
    assert asked(officer, "Quillfeather", "Wrenna", "1991-04-08") == ()
    file_of(supervisor, Compartment.CASES).database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for compartment in (Compartment.CASES, Compartment.CARE, Compartment.STATION):
        assert left(in_the_clear(profile, compartment), NAMES) == []


def test_a_token_of_the_list_says_what_one_of_a_sealed_case_says(
    desks: Desks, tmp_path: Path
) -> None:
    desk = replace(desks(Role.SUPERVISOR), tokens=QuickTokens())
    made(desk, listed(desk, tmp_path))
    kept = sorted(desk.cases_file.of_kind(PARTICIPATION), key=lambda one: one.values["outcome"])
    assert [one.values["outcome"] for one in kept] == ["completed", "not_completed"]
    assert kept[0].values["~due"] == "2028-08-03"  # 24 months, by the program's terms
    assert set(kept[0].values) == {
        "v", "exact", "possible", "program", "month", "outcome", "~due",
    }  # fmt: skip


def test_a_list_is_undone_and_stopped_like_an_import(desks: Desks, tmp_path: Path) -> None:
    desk = replace(desks(Role.SUPERVISOR), tokens=QuickTokens())
    work = made(desk, listed(desk, tmp_path))
    [one] = past_imports(desk)
    assert (one.is_of_tokens, one.stage, one.sha256) == (True, Stage.DONE, "")
    undo = UndoWork(desk, work.ident)
    while not undo.step():
        pass
    assert desk.cases_file.of_kind(PARTICIPATION) == []
    stopped = TokenWork(desk, listed(desk, tmp_path))
    stopped.step(1)
    stopped.stop()
    assert len(desk.cases_file.of_kind(PARTICIPATION)) == 1
    assert stopped.done == 1


def test_what_cannot_be_done_is_said_before_it_is_begun(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks(Role.SUPERVISOR)
    with pytest.raises(NoTokensKept):
        listed(desk, tmp_path, program="officer_intervention")
    with pytest.raises(MappingMissing):
        listed(desk, tmp_path, "Last name,First name,Date\nRoe,Jan,8/3/2026\n")
    with pytest.raises(MappingMissing):
        TokenWork(desk, listed(desk, tmp_path, "Last name,First name,DOB,Date\n,,,\nx,,,\n"))
    monkeypatch.setattr(earlier_list, "MOST_PEOPLE", 2)
    with pytest.raises(ListTooLong):
        listed(desk, tmp_path)


def test_others_bring_no_list(desks: Desks, tmp_path: Path) -> None:
    table = read_table(desks(Role.SUPERVISOR), _written(tmp_path))
    for role in (Role.OFFICER, Role.FRONT_DESK, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        with pytest.raises((NotAllowed, NoGrant)):
            read_list(desks(role), table, ImportMapping(PROGRAM))


def _written(folder: Path) -> Path:
    place = folder / "list.csv"
    place.write_text(LIST)
    return place
