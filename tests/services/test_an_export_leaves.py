"""An export: prepared and shown, noted, and only then written; all its files or none."""

import csv
import errno
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from held_cases import House, audit, case_taken
from overdoses import NOBODY, told
from walk_ins import CONSENT, taken

from intake_app.disk import new_files
from intake_app.domain.audit_kind import ActKind, kind_of
from intake_app.domain.consent import Consent, ConsentKind, Held, Party, State
from intake_app.domain.errors import BadEntry, DiskFull, NotAllowed
from intake_app.domain.export import Reach
from intake_app.domain.export_errors import (
    AgreementNeeded,
    ChangedSince,
    ExportMissing,
    ExportStopped,
    FileIsThere,
    NothingToExport,
    ReasonNeeded,
)
from intake_app.domain.form import Choice, Field, FieldType
from intake_app.domain.ids import RecordId, UserId
from intake_app.domain.roles import Compartment, May, Role
from intake_app.domain.text import Text
from intake_app.services.case.offers import add_demographics, note_declined, note_not_offered
from intake_app.services.consents.consents import read_consents
from intake_app.services.consents.disclosed import disclosures_about
from intake_app.services.desk import Desk
from intake_app.services.exports.agreements import agreements, end_agreement, enter_agreement
from intake_app.services.exports.ask import (
    KEPT_APART,
    NO_CONSENT,
    NOT_BY_THIS,
    ExportAsk,
    LeftOut,
    Prepared,
    prepared_at_once,
)
from intake_app.services.exports.exporting import (
    exported,
    exports_of,
    file_name,
    prepare_export,
    save_export,
)
from intake_app.services.exports.lines import standing_consent
from intake_app.services.exports.reasons import all_reasons
from intake_app.services.exports.values import texts_of
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.measures.released_before import EXPORT
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.records.veil import veiled
from intake_app.services.sharing.revoking import Revoking, revoke

DAYS = ("2026-11-01", "2026-11-30")
YOUNG: dict[str, Any] = {
    "date_of_birth": "2010-05-01",
    "guardian_tries": [{"try_at": "2026-11-23T08:20:00+00:00", "try_answer": "agrees"}],
    "guardian_consent": "agrees",
}


@pytest.fixture
def both(house: House) -> Desk:
    """The coordinator, after two walk-ins and a case."""
    for name in ("Jordan", "Casey"):
        taken(house.desk(Role.FRONT_DESK), first_name=name, race=["black", "white"])
    case_taken(house.desk(Role.OFFICER))
    return house.desk(Role.COORDINATOR)


@pytest.fixture
def agreement(both: Desk) -> str:
    return enter_agreement(both, "State University", "MOU 2026-14", "2026-01-01", "2027-12-31")


def ready(desk: Desk, kind: str, agreement: str = "", **more: object) -> Prepared:
    ask = ExportAsk(kind, *DAYS, agreement, **more)  # type: ignore[arg-type]
    return prepared_at_once(prepare_export(desk, ask))


def outside(folder: Path) -> list[str]:
    """What lies there, besides the files of the department."""
    return sorted(one.name for one in folder.glob("out*"))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def kept_from(both: Desk) -> Desk:
    """The same files as a colleague sees them from whom one of the people is kept."""
    row = both.care_file.newest("intake", 1)[0]
    set_conflict(both, RecordId(row.record), UserId("u4"), on=True, note="knows them")
    return veiled(replace(both, person=replace(both.person, id=UserId("u4"))))


def cases_only(desk: Desk) -> Desk:
    return replace(desk, care=None)


def test_all_intakes_leave_as_codes_and_years(both: Desk, agreement: str, tmp_path: Path) -> None:
    found = ready(both, "intakes_coded", agreement, is_coarse=True)
    assert (found.rows, found.people, found.reach) == (3, 3, Reach.CODED)
    paths = save_export(both, found, tmp_path / "out.csv")
    names = ["out.csv", "out-codebook.csv", "out-codebook.json"]
    assert [path.name for path in paths] == names
    assert outside(tmp_path) == sorted(names)
    rows = rows_of(paths[0].read_bytes())
    assert sorted(row["pathway"] for row in rows) == [
        "officer_intervention", "self_referral", "self_referral",
    ]  # fmt: skip
    assert {row["opened_on"] for row in rows} == {"2026"}
    assert {row["race"] for row in rows} == {"black;white", ""}
    whole = b"".join(path.read_bytes() for path in paths)
    assert not re.search(rb"Whitfield|Jordan|Quillfeather|1991|Mill Street", whole)
    assert not re.search(rb"2026-11-23", paths[0].read_bytes())
    book = json.loads((tmp_path / "out-codebook.json").read_text("utf-8"))
    assert book["version"] == "2026-11-1"
    said = {row["column"] for row in rows_of((tmp_path / "out-codebook.csv").read_bytes())}
    assert said == set(rows[0])


def test_ids_are_the_same_each_time_and_tell_nobody(both: Desk, agreement: str) -> None:
    other = enter_agreement(both, "County", "MOU 9", "2026-01-01")
    first, again, theirs = (
        {row["intake_id"] for row in rows_of(ready(both, "intakes_coded", to, is_coarse=True)
                                             .files[0].data)}
        for to in (agreement, agreement, other)
    )  # fmt: skip
    assert first == again
    assert not first & theirs  # two who receive cannot join what they have
    records = {str(row.record) for row in both.care_file.newest("intake", -1)}
    assert len(first) == 3
    assert not any(ident in record or record in ident for ident in first for record in records)


# --- what it needs ----------------------------------------------------------------------------


def test_lines_about_people_need_an_agreement_in_force(both: Desk) -> None:
    with pytest.raises(AgreementNeeded):
        ready(both, "intakes_coded", is_coarse=True)
    over = enter_agreement(both, "State University", "MOU 1", "2025-01-01", "2025-12-31")
    later = enter_agreement(both, "State University", "MOU 2", "2027-01-01")
    for ident in (over, later, "f" * 32):
        with pytest.raises(AgreementNeeded):
            ready(both, "intakes_coded", ident, is_coarse=True)


def test_days_need_a_reason(both: Desk, agreement: str) -> None:
    for reason in ("", "emergency", "nonsense", "overdose_map_"):
        with pytest.raises(ReasonNeeded):
            ready(both, "intakes_coded", agreement, reason=reason)
    found = ready(both, "intakes_coded", agreement, reason="audit")
    assert (found.rows, found.reach) == (3, Reach.DATED)
    assert {row["opened_on"] for row in rows_of(found.files[0].data)} == {"2026-11-23"}


def test_care_never_leaves_because_a_states_law_asks(both: Desk, agreement: str) -> None:
    found = ready(both, "intakes_coded", agreement, reason="mandated_report")
    assert (found.rows, set(found.parts)) == (1, {Compartment.CASES})
    assert found.left_out == (LeftOut(NOT_BY_THIS, 2),)
    assert {row["pathway"] for row in rows_of(found.files[0].data)} == {"officer_intervention"}


def test_a_consent_lets_go_what_it_covers_to_whom_it_names(both: Desk, house: House) -> None:
    who = {"consent_recipient": {"id": "", "name": "New River Recovery Center"}}
    taken(house.desk(Role.FRONT_DESK), first_name="Ash", wants=["detox"], **CONSENT | who)
    named = enter_agreement(both, "New  River recovery center", "BAA 3", "2026-01-01")
    other = enter_agreement(both, "State University", "MOU 3", "2026-01-01")
    found = ready(both, "intakes_coded", named, reason="consent")
    # the case is not of care, and two walk-ins name nobody
    assert found.rows == 1
    assert set(found.left_out) == {LeftOut(NO_CONSENT, 2), LeftOut(NOT_BY_THIS, 1)}
    (row,) = rows_of(found.files[0].data)
    assert row["intake_id"]
    assert row["race"] == row["outcome"] == row["opened_on"] == ""  # not in what may be shared
    (notice,) = (one.data.decode("utf-8-sig") for one in found.files if "notice" in one.ending)
    assert "42 CFR part 2" in notice
    assert "names New River recovery center" in notice
    none = ready(both, "intakes_coded", other, reason="consent")
    assert none.rows == 0
    with pytest.raises(NothingToExport):
        save_export(both, none, Path("nowhere.csv"))


def test_one_for_all_care_is_not_for_an_office(both: Desk, house: House) -> None:
    held = [Held(Consent(RecordId("c"), ConsentKind.ALL_CARE, "2026-11-23T09:00:00+00:00",
                         information=None), State.STANDING)]  # fmt: skip
    assert standing_consent(held, Party("State University")) is None
    _ = both, house


def test_who_holds_one_file_exports_of_it_alone(both: Desk, agreement: str) -> None:
    found = ready(cases_only(both), "intakes_coded", agreement, is_coarse=True)
    assert (found.rows, set(found.parts)) == (1, {Compartment.CASES})


def test_who_may_not_is_refused_and_logged(house: House) -> None:
    for role in (Role.FRONT_DESK, Role.OFFICER):
        desk = house.desk(role)
        for act in (exports_of, agreements, exported, all_reasons):
            with pytest.raises(NotAllowed):
                act(desk)
    tried = audit(house.files[Compartment.STATION], str(May.EXPORT_RECORDS))
    assert {outcome for *_, outcome in tried} == {"refused"}


def test_somebody_who_is_kept_from_me_is_left_out(both: Desk, agreement: str) -> None:
    found = ready(kept_from(both), "intakes_coded", agreement, is_coarse=True)
    assert found.rows == 2
    assert found.left_out == (LeftOut(KEPT_APART, 1),)


# --- noted ------------------------------------------------------------------------------------


def test_it_is_noted_in_each_file_that_it_is_of(
    both: Desk, agreement: str, tmp_path: Path, house: House
) -> None:
    found = ready(both, "intakes_coded", agreement, reason="research")
    save_export(both, found, tmp_path / "out.csv")
    left = {one.file: one for one in exported(both)}
    assert {file: one.rows for file, one in left.items()} == {
        Compartment.CARE: 2, Compartment.CASES: 1,
    }  # fmt: skip
    one = left[Compartment.CARE]
    assert (one.to, one.paper, one.kind, one.by) == (
        "State University", "MOU 2026-14", "intakes_coded", "J. Lowe",
    )  # fmt: skip
    for name in (Compartment.CARE, Compartment.CASES):
        assert len(audit(house.files[name], "export records")) == 1
        (kept,) = house.files[name].of_kind(EXPORT)
        assert kept.values["sha256"] == found.files[0].sha256
        assert kept.values["reason"] == "research"
    assert kind_of("export records") is ActKind.EXPORT
    assert not house.files[Compartment.STATION].of_kind(EXPORT)  # who has no key counts no lines


def test_names_are_noted_with_each_person(
    house: House, both: Desk, agreement: str, tmp_path: Path
) -> None:
    case = case_taken(house.desk(Role.OFFICER), guardian_name="Ines Quillfeather", **YOUNG)
    found = ready(both, "florida_63f_13_002", agreement, reason="mandated_report")
    assert (found.rows, found.reach) == (1, Reach.NAMED)  # the grown-up is not in it
    assert disclosures_about(both.cases_file, [case]) == []
    save_export(both, found, tmp_path / "out.csv")
    (row,) = rows_of((tmp_path / "out.csv").read_bytes())
    assert (row["last_name"], row["date_of_birth"]) == ("Quillfeather", "05/01/2010")
    assert row["offense"]
    (said,) = (one.said for one in disclosures_about(both.cases_file, [case]))
    assert (said.recipient, said.exception, said.how) == (
        "State University", "mandated_report", "export",
    )  # fmt: skip
    assert said.sha256 == found.files[0].sha256
    assert "Quillfeather" not in file_name(found)


def test_florida_hears_of_young_people_who_were_not_diverted(
    house: House, agreement: str, both: Desk
) -> None:
    officer = house.desk(Role.OFFICER)
    young = note_not_offered(officer, "weapon")
    add_demographics(officer, young.id, {"age_band": "under_18", "race_self": ["black"]})
    for reason in ("guardian_declined", "cost"):
        said_no = note_declined(officer, reason)
        add_demographics(officer, said_no.id, {"age_band": "under_18"})
    grown_up = note_declined(officer, "cost")
    add_demographics(officer, grown_up.id, {"age_band": "25_34"})
    found = ready(both, "florida_63f_13_002", agreement, reason="mandated_report")
    rows = rows_of(found.files[0].data)
    said = sorted((row["reason_not_offered"], row["declined_by"], row["race"]) for row in rows)
    assert said == [("", "parent", "Unknown"), ("", "youth", "Unknown"), ("4", "", "Black")]
    assert found.incomplete == len(rows)  # nobody knows their names: somebody has to look


def test_a_name_with_a_formula_is_words(house: House, agreement: str, both: Desk) -> None:
    case_taken(house.desk(Role.OFFICER), last_name="=cmd|' /C calc'!A0", **YOUNG)
    found = ready(both, "florida_63f_13_002", agreement, reason="mandated_report")
    (row,) = rows_of(found.files[0].data)
    assert row["last_name"] == "'=cmd|' /C calc'!A0"


def test_what_changed_since_is_prepared_again(
    both: Desk, agreement: str, tmp_path: Path, house: House
) -> None:
    found = ready(both, "intakes_coded", agreement, is_coarse=True)
    end_agreement(both, RecordId(agreement))
    with pytest.raises(AgreementNeeded):
        save_export(both, found, tmp_path / "out.csv")
    again = enter_agreement(both, "State University", "MOU 2026-15", "2026-01-01")
    found = ready(both, "intakes_coded", again, is_coarse=True)
    colleague = kept_from(both)
    with pytest.raises(ChangedSince):
        save_export(colleague, found, tmp_path / "out.csv")
    assert outside(tmp_path) == []
    assert exported(both) == []
    _ = house


def test_a_consent_that_was_taken_back_meanwhile_stops_it(both: Desk, house: House, tmp_path: Path
) -> None:  # fmt: skip
    intake = taken(house.desk(Role.FRONT_DESK), first_name="Ash", **CONSENT).record
    named = enter_agreement(both, "New River Recovery Center", "BAA 3", "2026-01-01")
    found = ready(both, "intakes_coded", named, reason="consent")
    (held,) = read_consents(both, intake)
    assert dict(found.parts[Compartment.CARE].consents) == {intake: held.consent.id}
    revoke(both, held.consent.id, Revoking("letter"))
    with pytest.raises(ChangedSince):
        save_export(both, found, tmp_path / "out.csv")
    assert outside(tmp_path) == []


def test_what_was_entered_in_error_meanwhile_does_not_leave(
    both: Desk, agreement: str, tmp_path: Path
) -> None:
    found = ready(both, "intakes_coded", agreement, is_coarse=True)
    row = both.care_file.newest("intake", 1)[0]
    mark_entered_in_error(both, RecordId(row.record), "another person")
    with pytest.raises(ChangedSince):
        save_export(both, found, tmp_path / "out.csv")
    assert outside(tmp_path) == []


def test_a_name_where_a_code_belongs_goes_nowhere() -> None:
    asked = Field("wants", FieldType.CHOICES, Text({"en": "?"}),
                  choices=(Choice("detox", Text({"en": "Detox"})),))  # fmt: skip
    assert texts_of(asked, ["detox", "Whitfield", 3, None]) == ["detox"]
    assert texts_of(replace(asked, type=FieldType.YES_NO), "Whitfield") == []
    assert texts_of(replace(asked, type=FieldType.YES_NO), "yes") == ["yes"]
    assert texts_of(replace(asked, type=FieldType.MONEY), 1250) == ["12.50"]
    assert texts_of(replace(asked, type=FieldType.NUMBER), {"amount": 2.5, "unit": "g"}) == [
        "2.5 g"
    ]


# --- written ----------------------------------------------------------------------------------


def test_a_full_disk_leaves_no_half_file(
    both: Desk, agreement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ready(both, "intakes_coded", agreement, is_coarse=True)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(new_files.os, "fsync", full)
        with pytest.raises(DiskFull):
            save_export(both, found, tmp_path / "out.csv")
    assert outside(tmp_path) == []
    assert len(exported(both)) == 2  # that it was about to leave stays noted; one can try again
    save_export(both, found, tmp_path / "out.csv")


def test_who_stops_it_leaves_nothing(both: Desk, agreement: str, tmp_path: Path) -> None:
    steps = prepare_export(both, ExportAsk("intakes_coded", *DAYS, agreement, is_coarse=True))
    next(steps)
    steps.close()
    assert exported(both) == []
    found = ready(both, "intakes_coded", agreement, is_coarse=True)
    with pytest.raises(ExportStopped):
        save_export(both, found, tmp_path / "out.csv", lambda: True)
    assert outside(tmp_path) == []


def test_a_file_that_is_there_is_not_replaced(both: Desk, agreement: str, tmp_path: Path) -> None:
    found = ready(both, "intakes_coded", agreement, is_coarse=True)
    (tmp_path / "out-codebook.json").write_text("theirs")
    with pytest.raises(FileIsThere):
        save_export(both, found, tmp_path / "out.csv")
    assert outside(tmp_path) == ["out-codebook.json"]
    assert exported(both) == []


# --- shapes -----------------------------------------------------------------------------------


def test_redcap_can_import_it(both: Desk, agreement: str) -> None:
    found = ready(both, "oregon_redcap", agreement, reason="audit")
    rows = rows_of(found.files[0].data)
    assert not found.files[0].data.startswith(b"\xef\xbb\xbf")
    names = [*rows[0]]
    assert names[0] == "record_id"
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    boxes = [name for name in names if "___" in name]
    assert {row[name] for row in rows for name in boxes} <= {"0", "1"}
    assert rows[0]["referral_date"] == "2026-11-23"
    assert rows[0]["exit_status"] == "4"  # it goes on
    (dictionary,) = (one for one in found.files if one.ending == "-dictionary.csv")
    fields = rows_of(dictionary.data)
    assert next(row["Variable / Field Name"] for row in fields) == "record_id"
    kinds = {row["Variable / Field Name"]: row["Field Type"] for row in fields}
    assert (kinds["race"], kinds["exit_status"], kinds["exit_date"]) == (
        "checkbox", "dropdown", "text",
    )  # fmt: skip
    named = {name.partition("___")[0] for name in names}
    assert named == set(kinds)
    (race,) = (row for row in fields if row["Variable / Field Name"] == "race")
    codes = {part.split(",")[0].strip() for part in race["Choices, Calculations, OR Slider Labels"]
             .split("|")}  # fmt: skip
    assert codes == {name.partition("___")[2] for name in boxes if name.startswith("race___")}


def test_odmap_has_four_facts_and_no_id(both: Desk, house: House, agreement: str) -> None:
    told(house.desk(Role.FRONT_DESK), **NOBODY)
    with pytest.raises(ReasonNeeded):
        ready(both, "odmap_events", agreement)
    found = ready(both, "odmap_events", agreement, reason="overdose_map")
    (row,) = rows_of(found.files[0].data)
    assert row == {
        "overdose_at": "11/23/2026 02:10", "place": "400 block of River Street",
        "fatal": "Not fatal: the person lived", "naloxone": "Yes",
    }  # fmt: skip
    assert found.people == 0
    none = ready(both, "odmap_events", agreement, reason="mandated_report")
    assert (none.rows, none.left_out) == (0, (LeftOut(NOT_BY_THIS, 1),))


def test_odmap_goes_by_the_day_of_the_overdose(both: Desk, house: House, agreement: str) -> None:
    told(house.desk(Role.FRONT_DESK), **NOBODY, overdose_at="2026-10-31T23:50:00-04:00")
    with pytest.raises(NothingToExport):  # it was noted in November
        ready(both, "odmap_events", agreement, reason="overdose_map")
    ask = ExportAsk("odmap_events", "2026-10-31", "2026-10-31", agreement, reason="overdose_map")
    assert prepared_at_once(prepare_export(both, ask)).rows == 1


def test_days_are_kept_to(both: Desk, agreement: str) -> None:
    ask = ExportAsk("intakes_coded", "2026-11-24", "2026-11-30", agreement, is_coarse=True)
    with pytest.raises(NothingToExport):
        prepared_at_once(prepare_export(both, ask))
    for since, until in (("2026-11-30", "2026-11-01"), ("11/1/2026", "2026-11-30"), ("", "")):
        with pytest.raises(BadEntry):
            prepare_export(both, ExportAsk("intakes_coded", since, until, agreement))
    with pytest.raises(ExportMissing):
        prepare_export(both, ExportAsk("no_such", *DAYS, agreement))


def test_an_agreement_says_with_whom_and_until_when(both: Desk) -> None:
    good = ("State University", "MOU 1", "2026-01-01", "2026-12-31")
    for at, bad in ((0, " "), (1, ""), (2, ""), (2, "soon"), (3, "2025-01-01"), (0, "x" * 300)):
        with pytest.raises(BadEntry):
            enter_agreement(both, *(bad if n == at else one for n, one in enumerate(good)))
    enter_agreement(both, *good)
    assert [(one.to, one.paper) for one in agreements(both)] == [("State University", "MOU 1")]
