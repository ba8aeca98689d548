"""When no sealed file is made: nothing is noted then, and nothing lies anywhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from held_cases import care_of
from outside import outsider, outsiders
from test_a_sealed_file_for_a_provider import INTAKE, NORTH
from walk_ins import taken

from intake_app.domain.act import Act
from intake_app.domain.consent import ConsentKind
from intake_app.domain.disclosure import RecipientKind
from intake_app.domain.disclosure_errors import BundleTooLarge, NotReadBack, SealedDisclosureMissing
from intake_app.domain.episode import STEP, Step
from intake_app.domain.errors import (
    CaseRefused,
    DiskFull,
    EnteredInError,
    RecordMissing,
    StorageFailed,
)
from intake_app.domain.ids import RecordId, UserId, new_record_id
from intake_app.exchange import disclosure as container
from intake_app.services.consents.disclosed import DISCLOSURE
from intake_app.services.desk import Desk
from intake_app.services.intakes.intakes import mark_entered_in_error
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.records.apart import linked
from intake_app.services.records.veil import veiled
from intake_app.services.records.writing import fact
from intake_app.services.sharing.sealed_bundles import (
    make_disclosure,
    recipients_for,
    save_disclosure,
    what_would_leave,
)

CLINIC = outsider(NORTH, RecipientKind.PROVIDER)


@pytest.fixture
def desk(coordinator: Desk) -> Desk:
    return replace(coordinator, outsiders=outsiders(CLINIC))


@pytest.fixture
def intake(desk: Desk) -> RecordId:
    return taken(desk, **INTAKE).record


def noted(desk: Desk, intake: RecordId) -> int:
    return len(care_of(desk).about(intake, DISCLOSURE))


def test_while_steps_contradict(desk: Desk, intake: RecordId) -> None:
    shown = what_would_leave(desk, intake, "r0")
    file, user = care_of(desk), desk.person.id
    at = desk.clock.local().isoformat()
    first = [one.id for one in file.about(intake, STEP)]
    for status in ("declined", "accepted"):
        step = Step(new_record_id(), status, at, at, user, saw=tuple(first))
        file.apply([fact(file, user, STEP, step.id, step.fields(), about=intake)], Act(user, "x"))
    for act in (
        lambda: what_would_leave(desk, intake, "r0"), lambda: make_disclosure(desk, shown, intake)
    ):  # fmt: skip
        with pytest.raises(CaseRefused):
            act()
    assert noted(desk, intake) == 0


def test_for_whom_the_person_is_kept_from(desk: Desk, intake: RecordId) -> None:
    shown = what_would_leave(desk, intake, "r0")
    other = replace(desk, person=replace(desk.person, id=UserId("u9")))
    set_conflict(other, intake, desk.person.id, on=True, note="cousins")
    kept_off = veiled(desk)
    for act in (
        lambda: recipients_for(kept_off, intake),
        lambda: what_would_leave(kept_off, intake, "r0"),
        lambda: make_disclosure(kept_off, shown, intake),
    ):
        with pytest.raises(RecordMissing):
            act()
    assert make_disclosure(desk, shown, intake)  # negative control: a colleague may


def test_of_what_was_entered_in_error(desk: Desk, intake: RecordId) -> None:
    mark_entered_in_error(desk, intake, "somebody else")
    with pytest.raises(EnteredInError):
        what_would_leave(desk, intake, "r0")


def test_where_it_cannot_be_noted(
    desk: Desk, intake: RecordId, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = what_would_leave(desk, intake, "r0")

    def full(*_: object, **__: object) -> int:
        raise DiskFull

    monkeypatch.setattr(type(care_of(desk)), "apply", full)
    with pytest.raises(DiskFull):
        make_disclosure(desk, shown, intake)
    monkeypatch.undo()
    assert noted(desk, intake) == 0


def test_without_the_keys_of_a_station(coordinator: Desk, intake: RecordId) -> None:
    with pytest.raises(SealedDisclosureMissing):
        what_would_leave(coordinator, intake, "r0")


def test_of_more_than_anybody_would_open(
    desk: Desk, intake: RecordId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "MOST_BLOCK", 1024)
    with pytest.raises(BundleTooLarge):
        make_disclosure(desk, what_would_leave(desk, intake, "r0"), intake)
    assert noted(desk, intake) == 0


def test_a_stick_that_lies_is_found_out(
    desk: Desk, intake: RecordId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes go to the next stick, without a second note."""
    made = make_disclosure(desk, what_would_leave(desk, intake, "r0"), intake)
    with pytest.raises(StorageFailed):
        save_disclosure(desk, made, tmp_path / "nowhere")

    def lies(path: Path, data: bytes) -> None:
        path.write_bytes(data[:-1] + b"x")

    monkeypatch.setattr(container, "write_whole", lies)
    with pytest.raises(NotReadBack):
        save_disclosure(desk, made, tmp_path)
    monkeypatch.undo()
    path = save_disclosure(desk, made, tmp_path)
    assert path.read_bytes() == made.file.data
    assert noted(desk, intake) == 1


def test_what_is_kept_apart_is_never_in_one(desk: Desk) -> None:
    """Contraband has no link to a person; nor has it here, were a consent as wide as can be."""
    answers = {**INTAKE, "contraband_class": ["needles"], "contraband_tag": "T-40417"}
    for name in ("consent_given", "consent_signature"):
        answers.pop(name)
    signed = {"how": "paper", "name": "", "strokes": [], "at": "2026-11-23"}
    all_care = {"tpo_given": "yes", "tpo_expires": "year", "tpo_signature": signed}
    intake = taken(desk, **answers, **all_care).record
    shown = what_would_leave(desk, intake, "r0")
    assert shown.under is not None
    assert shown.under.consent.kind is ConsentKind.ALL_CARE
    letter = CLINIC.open(make_disclosure(desk, shown, intake).file.data)
    said = {one["id"] for one in letter.documents[0]["answers"]}
    form = desk.library.guide("self_referral").form
    assert said <= linked(form, dict.fromkeys(said, "x")).keys()
    assert "T-40417" not in str(letter.documents[0])
    assert {"own_words", "phone", "wants"} <= said
