"""Reception hands a walk-in in and keeps a copy for the shift; a coordinator takes it in."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from profiles import Desks, Profile
from walk_ins import CONSENT, GIVEN_UP, audit, begun, care_of, seen, station_of, taken

from intake_app.domain import facts
from intake_app.domain.change import Action, Change
from intake_app.domain.errors import (
    BadChange,
    FactIsFinal,
    NoGrant,
    NotAllowed,
    ReasonMissing,
    RecordMissing,
)
from intake_app.domain.ids import ChangeId, RecordId, UserId, new_record_id
from intake_app.domain.record import Record, deletion
from intake_app.domain.roles import Compartment, Role
from intake_app.services.decisions.department import change_agency
from intake_app.services.desk import Desk
from intake_app.services.intakes.handed_in import (
    add_note,
    agreed,
    handed_in,
    read_handed_in,
    settle_handed_in,
)
from intake_app.services.intakes.intakes import finish_intake, read_intake
from intake_app.services.needs.everyday import DraftStore
from intake_app.services.needs.files import Records
from intake_app.services.papers.papers import (
    draft_papers,
    issued_papers,
    make_papers,
    note_printed,
    paper_bytes,
)
from intake_app.services.people.conflicts import set_conflict
from intake_app.services.records import drop_box
from intake_app.services.records.apart import APART
from intake_app.services.records.drafts import (
    discard_draft,
    hand_over_draft,
    resume_draft,
    save_draft,
    unfinished,
)
from intake_app.services.records.drop_box import (
    SET_ASIDE,
    SUBMISSION,
    TAKEN_IN,
    HandIn,
    Taken,
    Waiting,
    submit,
    take_in,
    waiting,
)
from intake_app.services.records.writing import create, fact

LETTER, CARE = "referral_letter_participant", Compartment.CARE


@pytest.fixture
def profile(template: Profile, tmp_path: Path) -> Profile:
    return template.copy_to(tmp_path / "profile").with_running_clock()


@pytest.fixture
def brandt(desks: Desks) -> Desk:
    """L. Brandt at reception: holds no key of care."""
    return desks(Role.RECEPTION)


@pytest.fixture
def lowe(desks: Desks) -> Desk:
    """J. Lowe, coordinator."""
    return desks(Role.COORDINATOR)


def reopened(profile: Profile, role: Role) -> Desk:
    """The desk at the next sign-in; what settles by itself has settled."""
    return profile.unlock(profile.gate(), role)


# --- from reception to the coordinator --------------------------------------------------------


def test_it_is_handed_in_and_becomes_the_same_record(brandt: Desk, lowe: Desk) -> None:
    answers = {**CONSENT, "appointment": "2026-11-25T10:00:00-05:00"}
    draft = begun(brandt, **answers)
    (paper,) = make_papers(brandt, draft, [LETTER])
    done = finish_intake(brandt, draft)
    assert done.is_handed_in
    assert done.number.startswith("PH-26-A")
    assert waiting(lowe) == Waiting(1, 0, may_take=True)
    assert take_in(lowe) == Taken(1)
    view = seen(lowe, draft.id)
    assert view.number == done.number
    assert view.owed == done.owed
    assert view.by == brandt.person.id
    assert view.answers["last_name"] == "Whitfield"
    assert view.answers["consent_name"] == "Jordan Whitfield"
    assert [p.sha256 for p in view.papers] == [paper.sha256]
    assert paper_bytes(lowe, view.papers[0]).startswith(b"%PDF")
    assert waiting(lowe) == Waiting(0, 0, may_take=True)


def test_it_is_as_if_a_holder_had_finished_it(brandt: Desk, lowe: Desk, desk: Desk) -> None:
    own = taken(desk)
    other = finish_intake(brandt, begun(brandt))
    take_in(lowe)
    mine, theirs = (care_of(lowe).record(one.record) for one in (own, other))
    assert mine
    assert theirs
    differ = {name for name in mine.values if mine.values[name] != theirs.values[name]}
    assert differ <= {facts.NUMBER, facts.BY, facts.OPENED, facts.OWED}


def test_what_is_given_up_is_kept_apart_without_care(brandt: Desk, lowe: Desk) -> None:
    done = finish_intake(brandt, begun(brandt, **GIVEN_UP))
    (kept,) = brandt.station.of_kind(APART)
    assert kept.values["contraband_tag"] == "T-40417"
    take_in(lowe)
    assert "contraband_tag" not in seen(lowe, done.record).answers


def test_nothing_of_it_lies_open_in_the_station_file(brandt: Desk) -> None:
    done = finish_intake(brandt, begun(brandt, own_words="the red barn"))
    submission = brandt.station.record(done.record)
    assert submission
    assert submission.kind == SUBMISSION
    assert set(submission.values) == {"to", "sealed", "quiet", facts.OPENED, facts.BY}
    sealed = brandt.station.blob(submission.values["sealed"])
    assert sealed
    for words in (b"Whitfield", b"red barn", done.number.encode(), b"detox"):
        assert words not in sealed
    assert brandt.drop_box
    with pytest.raises(NoGrant):
        brandt.drop_box.open(CARE, done.record, sealed)


def test_it_goes_in_by_itself_when_a_holder_signs_in(brandt: Desk, profile: Profile) -> None:
    done = finish_intake(brandt, begun(brandt))
    officer = reopened(profile, Role.OFFICER)  # takes in for cases; this is none of it
    assert waiting(officer) == Waiting(0, 0, may_take=True)
    lowe = reopened(profile, Role.COORDINATOR)
    assert seen(lowe, done.record).number == done.number
    assert len(audit(care_of(lowe), "take in submission")) == 1


def test_taking_in_twice_or_at_two_stations_makes_one_record(
    brandt: Desk, lowe: Desk, desk: Desk
) -> None:
    """Each of the two still sees it wait: it is taken in by both."""
    done = finish_intake(brandt, begun(brandt))
    hidden = replace(desk, station=cast("Records", _Forgetful(desk.station)))
    assert take_in(lowe) == Taken(1)
    before = care_of(lowe).digest()
    assert take_in(lowe) == Taken()
    assert take_in(hidden) == Taken(1)
    assert care_of(lowe).digest() == before
    assert len(lowe.station.of_kind(TAKEN_IN)) == 2
    assert seen(lowe, done.record)
    assert care_of(lowe).set_aside() == 0


class _Forgetful:
    """A `station` file that has not heard what was taken in elsewhere."""

    def __init__(self, real: Records) -> None:
        self._real = real

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def of_kind(self, kind: str) -> list[Record]:
        return [] if kind == TAKEN_IN else self._real.of_kind(kind)


def test_ids_made_without_the_file_never_meet_those_of_the_file(
    brandt: Desk, lowe: Desk, desk: Desk, profile: Profile
) -> None:
    """The clock stands still, and goes back: the hardest times for ids."""
    for days in (0, 2, -4):
        profile.clock.at += timedelta(days=days)
        for one in (desk, brandt):
            taken(one)
        assert take_in(lowe).count == 1
    assert care_of(lowe).set_aside() == 0
    assert len(care_of(lowe).of_kind("intake")) == 6 + 2  # and two of the training profile


# --- who sees that something waits ------------------------------------------------------------


def test_home_says_how_many_wait_and_how_long(
    brandt: Desk, lowe: Desk, desks: Desks, profile: Profile
) -> None:
    for _ in range(2):
        finish_intake(brandt, begun(brandt))
        profile.clock.at += timedelta(hours=13, minutes=20)
    assert waiting(lowe) == Waiting(2, 26, may_take=True)
    for role in (Role.RECEPTION, Role.OFFICER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        assert waiting(desks(role)).count == 0


def test_after_a_day_the_named_deputy_is_told(brandt: Desk, desks: Desks, profile: Profile) -> None:
    okafor, admin = desks(Role.SUPERVISOR), desks(Role.ADMINISTRATOR)
    change_agency(admin, replace(admin.agency, deputy=okafor.person.id, deputy_hours=24))
    finish_intake(brandt, begun(brandt))
    profile.clock.at += timedelta(hours=23)
    assert waiting(reopened(profile, Role.SUPERVISOR)).count == 0
    profile.clock.at += timedelta(hours=2)
    assert waiting(reopened(profile, Role.SUPERVISOR)) == Waiting(1, 25, may_take=False)
    assert waiting(reopened(profile, Role.OFFICER)).count == 0


# --- the sender's copy ------------------------------------------------------------------------


def test_the_sender_sees_it_until_the_shift_is_over(brandt: Desk, profile: Profile) -> None:
    draft = begun(brandt, appointment="2026-11-25T10:00:00-05:00")
    done = finish_intake(brandt, draft)
    assert unfinished(brandt) == []
    (kept,) = handed_in(brandt)
    assert (kept.record, kept.number) == (done.record, done.number)
    copy = read_handed_in(brandt, done.record)
    assert copy.answers["last_name"] == "Whitfield"
    told = {one.label.said_in("en"): one.words for one in agreed(brandt, copy, "en")}
    assert any("10:00" in words for words in told.values())
    profile.clock.at += timedelta(hours=11)
    assert handed_in(reopened(profile, Role.RECEPTION))
    profile.clock.at += timedelta(hours=2)
    assert handed_in(brandt) == []
    with pytest.raises(RecordMissing):
        read_handed_in(brandt, done.record)
    assert brandt.drafts.get(done.record) is not None
    later = reopened(profile, Role.RECEPTION)
    assert later.drafts.get(done.record) is None
    assert later.drafts.papers(done.record) == []
    assert waiting(reopened(profile, Role.FRONT_DESK)).count == 0  # it went in at this sign-in


def test_once_taken_in_the_copy_is_gone(brandt: Desk, lowe: Desk) -> None:
    done = finish_intake(brandt, begun(brandt))
    take_in(lowe)
    assert handed_in(brandt) == []
    assert brandt.drafts.get(done.record) is None


def test_nobody_else_reads_the_copy(brandt: Desk, desks: Desks) -> None:
    done = finish_intake(brandt, begun(brandt))
    officer = desks(Role.OFFICER)
    assert handed_in(officer) == []
    with pytest.raises(NotAllowed):
        read_handed_in(officer, done.record)
    with pytest.raises(NotAllowed):
        read_handed_in(desks(Role.ADMINISTRATOR), done.record)


def test_what_was_handed_in_cannot_be_gone_on_with(
    brandt: Desk, lowe: Desk, desk: Desk, profile: Profile
) -> None:
    draft = begun(brandt)
    finish_intake(brandt, draft)
    profile.clock.at += timedelta(hours=13)
    for act in (
        lambda: resume_draft(brandt, draft.id),
        lambda: resume_draft(lowe, draft.id),  # who may take over what was left long ago
        lambda: hand_over_draft(brandt, draft.id, desk.person.id),
        lambda: discard_draft(brandt, draft.id, "why"),
    ):
        with pytest.raises(RecordMissing):
            act()
    for act in (lambda: save_draft(brandt, draft), lambda: finish_intake(brandt, draft)):
        with pytest.raises(FactIsFinal):
            act()
    assert len(brandt.station.of_kind(SUBMISSION)) == 1


def test_a_paper_is_printed_again_and_counted(brandt: Desk, lowe: Desk) -> None:
    draft = begun(brandt)
    (paper,) = make_papers(brandt, draft, [LETTER])
    note_printed(brandt, paper, "Front desk")  # before Finish
    finish_intake(brandt, draft)
    copy = read_handed_in(brandt, draft.id)
    (again,) = draft_papers(brandt, copy)
    assert paper_bytes(brandt, again, copy) == paper_bytes(brandt, paper, copy)
    note_printed(brandt, again, "Front desk")
    assert waiting(lowe).count == 1  # a counted copy waits for nobody
    assert take_in(lowe) == Taken(3)
    assert [p.copies for p in issued_papers(lowe, draft.id)] == [2]


def test_a_note_follows(brandt: Desk, lowe: Desk) -> None:
    done = finish_intake(brandt, begun(brandt))
    with pytest.raises(ReasonMissing):
        add_note(brandt, done.record, "  ")
    add_note(brandt, done.record, "Their sister called: they are on the way.")
    assert waiting(lowe).count == 2
    assert take_in(lowe) == Taken(2)
    (note,) = care_of(lowe).about(done.record, "note")
    assert note.values["text"] == "Their sister called: they are on the way."
    assert note.values[facts.BY] == brandt.person.id
    assert [n.text for n in read_intake(lowe, done.record).notes] == [note.values["text"]]
    with pytest.raises(RecordMissing):
        add_note(brandt, done.record, "and more")


def test_a_note_to_somebody_elses_intake_cannot_be_handed_in(brandt: Desk, desks: Desks) -> None:
    done = finish_intake(brandt, begun(brandt))
    with pytest.raises(NotAllowed):
        add_note(desks(Role.OFFICER), done.record, "x")


def test_a_second_try_after_a_power_cut_makes_no_second_submission(brandt: Desk) -> None:
    draft = begun(brandt, **GIVEN_UP)
    stopped = replace(brandt, drafts=cast("DraftStore", _Stopped(brandt.drafts)))
    with pytest.raises(RuntimeError):
        finish_intake(stopped, draft)
    assert len(brandt.station.of_kind(SUBMISSION)) == 1
    finish_intake(brandt, resume_draft(brandt, draft.id))
    assert len(brandt.station.of_kind(SUBMISSION)) == 1
    assert len(brandt.station.of_kind(APART)) == 1
    assert settle_handed_in(brandt) == 0
    assert handed_in(brandt)


class _Stopped:
    """A store of drafts whose computer dies when it should mark one."""

    def __init__(self, real: DraftStore) -> None:
        self._real = real

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def mark_submitted(self, ident: RecordId, at: str) -> None:
        raise RuntimeError


# --- what is refused --------------------------------------------------------------------------


def forged(
    desk: Desk, *changes: Change, blobs: dict[str, bytes] | None = None, to: Compartment = CARE
) -> RecordId:
    """Hand in whatever one likes, past the checks of `submit`."""
    ident = new_record_id()
    assert desk.drop_box
    sealed = desk.drop_box.seal(to, ident, drop_box.written(changes, blobs or {}))
    name = hashlib.sha256(sealed).hexdigest()
    told = {
        "to": to, "sealed": name, "quiet": False, facts.OPENED: "2026-11-23T09:30:00.00+0000",
        facts.BY: desk.person.id,
    }  # fmt: skip
    change = fact(desk.station, desk.person.id, SUBMISSION, ident, told)
    desk.station.apply([change], desk.act("hand in"), {name: sealed})
    return ident


def new(desk: Desk, record: str = "", about: str = "", user: str = "", **more: object) -> Change:
    said = {"words": "yes"} if about else {facts.PATHWAY: "self_referral"}
    make, kind = (fact, "consent") if about else (create, "intake")
    made = make(
        desk.stamps_for(CARE), UserId(user) or desk.person.id, kind,
        RecordId(record) or new_record_id(), said, RecordId(about),
    )  # fmt: skip
    return replace(made, **more)  # pyright: ignore[reportArgumentType]


def refused(lowe: Desk, ident: RecordId) -> str:
    """Why a submission was set aside; nothing of it is in the file."""
    before = care_of(lowe).digest()
    assert take_in(lowe) == Taken(set_aside=1)
    assert care_of(lowe).digest() == before
    (told,) = lowe.station.about(ident, SET_ASIDE)
    assert waiting(lowe).count == 0
    assert take_in(lowe) == Taken()
    return str(told.values[facts.REASON])


def test_a_creation_alone_is_taken_in(brandt: Desk, lowe: Desk) -> None:
    """Negative control of all that follows."""
    forged(brandt, new(brandt))
    assert take_in(lowe) == Taken(1)


def test_in_somebody_elses_name_is_set_aside(brandt: Desk, lowe: Desk) -> None:
    ident = forged(brandt, new(brandt), new(brandt, user=lowe.person.id))
    assert refused(lowe, ident) == "no creation"


def test_a_change_to_what_stands_is_set_aside(brandt: Desk, lowe: Desk, desk: Desk) -> None:
    ident = taken(desk).record
    record = care_of(lowe).record(ident)
    assert record
    write: dict[str, Any] = {
        "action": Action.WRITE,
        "kind": "intake",
        "fields": {"first_name": "Mallory"},
    }
    assert refused(lowe, forged(brandt, new(brandt, ident, **write))) == "exists"
    over: dict[str, list[ChangeId]] = {"first_name": [record.base]}
    for change in (
        new(brandt, ident, **write, over=over),
        new(brandt, ident, action=Action.WRITE, kind="intake", fields=deletion(record, "gone")),
        new(brandt, ident, action=Action.PURGE, kind="intake", fields={}),
    ):
        assert refused(lowe, forged(brandt, change)) == "no creation"
    assert seen(lowe, ident).answers["first_name"] == "Jordan"


def test_an_addition_to_somebody_elses_intake_is_set_aside(
    brandt: Desk, lowe: Desk, desk: Desk
) -> None:
    """An officer who learned an id cannot hang a consent on it."""
    done = taken(desk)
    assert refused(lowe, forged(brandt, new(brandt, about=done.record))) == "about"


def test_an_addition_to_what_is_not_here_yet_waits(brandt: Desk, lowe: Desk) -> None:
    later = new_record_id()
    forged(brandt, new(brandt, about=later, kind="note"))
    assert take_in(lowe) == Taken(later=1)
    assert waiting(lowe).count == 1
    forged(brandt, new(brandt, record=later))
    assert take_in(lowe) == Taken(1, later=1)
    assert take_in(lowe) == Taken(1)


def test_the_id_of_another_change_is_set_aside(brandt: Desk, lowe: Desk, desk: Desk) -> None:
    record = care_of(lowe).record(taken(desk).record)
    assert record
    twin = new(brandt, id=record.base)
    ident = forged(brandt, twin)
    assert take_in(lowe) == Taken(set_aside=1)
    assert lowe.station.about(ident, SET_ASIDE)
    assert care_of(lowe).record(twin.record) is None


@pytest.mark.parametrize("kind", ["number", "number.void", "participation", "pad", "consent"])
def test_what_stands_alone_and_is_no_intake_is_set_aside(
    brandt: Desk, lowe: Desk, kind: str
) -> None:
    """Or whoever works here could void a number, or say that somebody took part before."""
    assert refused(lowe, forged(brandt, new(brandt, kind=kind))) == "stands alone"


def test_an_intake_of_the_other_room_is_set_aside(brandt: Desk, lowe: Desk) -> None:
    of_a_case = new(brandt, fields={facts.PATHWAY: "officer_intervention"})
    for change in (of_a_case, new(brandt, action=Action.FACT)):
        assert refused(lowe, forged(brandt, change)) == "stands alone"


def test_no_word_of_treatment_and_none_in_anothers_name_is_handed_in(
    brandt: Desk, lowe: Desk
) -> None:
    """A word that crosses over to `cases` would be written there by the coordinator."""
    owed = {"condition": "0" * 32, "word": "met", "sent": "1" * 32, facts.DUE: "2026-11-23"}
    for kind, said in (
        ("treatment.crossing", owed),
        ("treatment", {"word": "met"}),
        ("note", {facts.BY: lowe.person.id}),
    ):
        intake = new(brandt)
        added = new(brandt, about=intake.record, kind=kind, fields=said)
        assert refused(lowe, forged(brandt, intake, added)) == "in another's name"


@pytest.mark.parametrize(
    "kind",
    ["person.conflict", "person.flag", "person.merge", "consent", "consent.revoked", "referral",
     "disclosure", "attachment", "amendment", "statistic"],
)  # fmt: skip
def test_to_what_was_handed_in_before_only_words_are_added(
    brandt: Desk, lowe: Desk, kind: str
) -> None:
    """Or reception could hide the record from a coordinator, or say that the person died."""
    done = finish_intake(brandt, begun(brandt))
    take_in(lowe)
    said = {"user": lowe.person.id, "flag": "deceased", "on": True, **brandt.entered()}
    told = new(brandt, about=done.record, kind=kind, fields=said)
    assert refused(lowe, forged(brandt, told)) in {"in another's name", "not theirs to add"}
    assert seen(lowe, done.record)
    words = new(brandt, about=done.record, kind="note", fields={"text": "x", **brandt.entered()})
    forged(brandt, words)  # control
    assert take_in(lowe) == Taken(1)


def test_nobody_hands_in_who_may_see_whom_or_whose_an_intake_is(brandt: Desk, lowe: Desk) -> None:
    intake = new(brandt)
    veil = new(brandt, about=intake.record, kind="person.conflict", fields={"on": True})
    assert refused(lowe, forged(brandt, intake, veil)) == "in another's name"
    of_another = {facts.PATHWAY: "self_referral", facts.PERSON: "0" * 32}
    assert refused(lowe, forged(brandt, new(brandt, fields=of_another))) == "not theirs to add"


def test_a_copy_of_a_paper_about_who_is_kept_from_one_is_taken_in_all_the_same(
    brandt: Desk, lowe: Desk, desks: Desks
) -> None:
    draft = begun(brandt)
    (paper,) = make_papers(brandt, draft, [LETTER])
    finish_intake(brandt, draft)
    desk = desks(Role.FRONT_DESK)
    take_in(desk)
    copy = new(brandt, about=paper.record, kind="paper.use", fields=brandt.entered())
    forged(brandt, copy)
    set_conflict(lowe, draft.id, desk.person.id, on=True, note="Their cousin.")
    with pytest.raises(RecordMissing):
        read_intake(desk, draft.id)
    assert take_in(desk) == Taken(1)
    assert [p.copies for p in issued_papers(lowe, draft.id)] == [1]


def test_who_does_not_take_such_intakes_hands_nothing_in(
    brandt: Desk, lowe: Desk, desks: Desks
) -> None:
    admin, *takers = map(desks, (Role.ADMINISTRATOR, Role.OFFICER, Role.PRIVACY_OFFICER))
    assert refused(lowe, forged(admin, new(admin))) == "role"
    for to in (Compartment.CASES, Compartment.SEALED):
        forged(brandt, new(brandt, fields={facts.PATHWAY: "officer_intervention"}), to=to)
    assert [take_in(desk) for desk in takers] == [Taken(set_aside=1)] * 2


def test_archived_bytes_that_are_not_what_they_say_are_set_aside(brandt: Desk, lowe: Desk) -> None:
    ident = forged(brandt, new(brandt), blobs={"0" * 64: b"%PDF"})
    assert refused(lowe, ident) == "archived bytes"


def test_a_submission_in_anothers_name_outside_is_set_aside(
    brandt: Desk, lowe: Desk, desks: Desks
) -> None:
    officer = desks(Role.OFFICER)
    as_officer = replace(brandt, person=officer.person)
    change = new(as_officer, user=brandt.person.id)
    assert refused(lowe, forged(as_officer, change)) == "author"


def test_damaged_bytes_are_set_aside_and_missing_ones_wait(brandt: Desk, lowe: Desk) -> None:
    for sealed in (b"no jwe at all", b""):
        name = hashlib.sha256(sealed).hexdigest()
        told = {"to": CARE, "sealed": name, facts.BY: brandt.person.id,
                facts.OPENED: "2026-11-23T09:30:00.00+0000"}  # fmt: skip
        ident = new_record_id()
        change = fact(brandt.station, brandt.person.id, SUBMISSION, ident, told)
        brandt.station.apply([change], brandt.act("hand in"))
        assert take_in(lowe) == Taken(later=1)
        brandt.station.apply([], brandt.act("hand in"), {name: sealed})
        assert take_in(lowe) == Taken(set_aside=1)


def test_submit_itself_refuses_what_creates_nothing(brandt: Desk, lowe: Desk) -> None:
    change = new(brandt)
    for bad in ([], [new(brandt, user=lowe.person.id)], [replace(change, over={"words": []})][:0]):
        with pytest.raises(BadChange):
            submit(brandt, HandIn(CARE, bad, {}, new_record_id()))
    with pytest.raises(NoGrant):
        submit(replace(brandt, drop_box=None), HandIn(CARE, [change], {}, new_record_id()))
    assert brandt.station.of_kind(SUBMISSION) == []


def test_who_holds_the_key_but_not_the_role_takes_nothing_in(brandt: Desk, lowe: Desk) -> None:
    finish_intake(brandt, begun(brandt))
    nobody = replace(lowe, person=replace(lowe.person, roles=frozenset({Role.RECEPTION})))
    with pytest.raises(NotAllowed):
        take_in(nobody)


def test_an_officer_takes_a_walk_in_and_cannot_open_it_after_the_shift(
    desks: Desks, profile: Profile
) -> None:
    officer = desks(Role.OFFICER)
    draft = begun(officer)
    done = finish_intake(officer, draft)
    assert done.is_handed_in
    assert len(handed_in(officer)) == 1
    profile.clock.at += timedelta(hours=13)
    again = reopened(profile, Role.OFFICER)
    assert handed_in(again) == []
    assert again.drafts.get(done.record) is None
    with pytest.raises(RecordMissing):
        read_intake(again, done.record)
    submission = again.station.record(done.record)
    assert submission
    sealed = again.station.blob(submission.values["sealed"])
    assert sealed
    assert again.drop_box
    with pytest.raises(NoGrant):
        again.drop_box.open(CARE, done.record, sealed)
    assert station_of(again).set_aside() == 0
