"""A pack is looked at, tried in training, and in force from its day; what was begun stays on it."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from profiles import Desks, Profile
from two_stations import BACK, FRONT, Stations

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.decision_errors import (
    BadPack,
    LaterChangeWaits,
    StartsInThePast,
    TextHasMistakes,
)
from intake_app.domain.errors import FormMissing, NotAllowed
from intake_app.domain.form_change import Kind
from intake_app.domain.roles import Role
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.services.decisions.history import history, undo
from intake_app.services.decisions.keeping import PACK, Made, keep
from intake_app.services.decisions.packs import (
    accept_pack,
    end_trial,
    look_at_pack,
    trial_now,
    try_pack,
)
from intake_app.services.decisions.telling import history_told
from intake_app.services.desk import Desk
from intake_app.services.records.drafts import begin_draft, guide_of, resume_draft, save_draft
from intake_app.services.training.training import fictional_department
from intake_app.settings import resources
from intake_app.settings.profile import training_folder
from intake_app.wiring.decisions import take_decisions
from intake_app.words import Words

DOG = """
[[add_fields]]
id = "dog"
section = "start"
type = "yes_no"
label = { en = "Does a dog come along?", es = "¿Viene un perro con usted?" }
"""
WALK_IN = "self_referral"


def program(ident: str = "elm_harbor", extra: str = "") -> str:
    text = resources.path("forms", "programs", "safe_passages.toml").read_text("utf-8")
    return text.replace('id = "safe_passages"', f'id = "{ident}"', 1) + extra


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A program of its own, and a list with a choice more."""
    folder = tmp_path / "Elm Harbor 2027"
    (folder / "programs").mkdir(parents=True)
    (folder / "codes").mkdir()
    (folder / "programs" / "elm_harbor.toml").write_text(program(extra=DOG), "utf-8")
    wants = resources.path("resources", "codes", "wants.csv").read_text("utf-8")
    row = ",".join(["a_dog_walk", "Somebody for the dog", "Alguien para el perro"])
    (folder / "codes" / "wants.csv").write_text(f"{wants.rstrip()}\n{row}\n", "utf-8")
    return folder


@pytest.fixture
def admin(desks: Desks) -> Desk:
    return desks(Role.ADMINISTRATOR)


@contextmanager
def at_desk(profile: Profile, role: Role, days: int = 0) -> Generator[Desk]:
    gate = ProfileGate(profile.folder, FixedClock(profile.clock.at + timedelta(days=days)))
    try:
        yield profile.unlock(gate, role)
    finally:
        gate.lock()


def has_program(desk: Desk) -> bool:
    return "elm_harbor" in {ident for ident, _ in desk.library.programs(WALK_IN)}


def test_a_look_tells_what_would_change_and_changes_nothing(admin: Desk, pack: Path) -> None:
    look = look_at_pack(admin, pack)
    assert (look.label, look.mistakes) == ("Elm Harbor 2027", ())
    told = {one.name: one for one in look.changes}
    assert told["programs/elm_harbor.toml"].is_new
    assert [(one.kind, one.part) for one in told["codes/wants.csv"].parts] == [
        (Kind.ADDED, "Somebody for the dog")
    ]
    assert not has_program(admin)
    assert history(admin) == []


def test_a_look_and_what_was_changed_are_told_in_the_language_of_the_window(
    admin: Desk, pack: Path, tmp_path: Path
) -> None:
    look = look_at_pack(admin, pack, "es")
    told = {one.name: [part.part for part in one.parts] for one in look.changes}
    assert told["codes/wants.csv"] == ["Alguien para el perro"]
    accept_pack(admin, look)
    more = tmp_path / "More" / "programs" / "elm_harbor.toml"
    more.parent.mkdir(parents=True)
    more.write_text(program(extra=DOG.replace('"yes_no"', '"yes_no"\nrequired = true')), "utf-8")
    later = look_at_pack(admin, more.parents[1], "es")
    [change] = later.changes
    assert [part.part for part in change.parts] == [
        "add_fields: ¿Viene un perro con usted?: required"
    ]
    accept_pack(admin, later)
    newest, *_ = history_told(admin, Words("es"))
    assert "¿Viene un perro con usted?" in newest.parts[0]
    assert "Does a dog come along?" not in " ".join(newest.parts)


def test_it_is_in_force_from_its_day_for_everybody(
    profile: Profile, admin: Desk, pack: Path
) -> None:
    accept_pack(admin, look_at_pack(admin, pack), "2026-12-01", "County contract")
    assert not has_program(admin)
    with at_desk(profile, Role.FRONT_DESK, days=7) as before:
        assert not has_program(before)
    with at_desk(profile, Role.FRONT_DESK, days=8) as after:
        assert has_program(after)
        guide = after.library.guide("elm_harbor")
        assert "dog" in {field.id for field in guide.form.fields()}
        assert "a_dog_walk" in {one.id for one in after.library.codes("wants")}
    (line,) = history(admin)
    assert (line.decision.label, line.decision.starts, line.decision.why, line.who) == (
        "Elm Harbor 2027", "2026-12-01", "County contract", "A. Pruitt",
    )  # fmt: skip


def test_it_is_in_force_at_once_where_no_day_is_said_and_undone_again(
    profile: Profile, admin: Desk, pack: Path
) -> None:
    made = accept_pack(admin, look_at_pack(admin, pack))
    assert has_program(admin), "at this desk, without signing in again"
    undo(admin, made, "Wrong county")
    assert not has_program(admin)
    with at_desk(profile, Role.FRONT_DESK) as later:
        assert not has_program(later)
        with pytest.raises(FormMissing):
            later.library.guide("elm_harbor")
    undo(admin, history(admin)[0].decision.id)
    assert has_program(admin)


def test_a_draft_stays_on_the_version_that_it_was_begun_with(
    profile: Profile, admin: Desk, tmp_path: Path
) -> None:
    old = tmp_path / "one"
    new = tmp_path / "two"
    for folder, extra in ((old, ""), (new, DOG)):
        (folder / "programs").mkdir(parents=True)
        (folder / "programs" / "elm_harbor.toml").write_text(program(extra=extra), "utf-8")
    accept_pack(admin, look_at_pack(admin, old))
    with at_desk(profile, Role.FRONT_DESK) as clerk:
        begun = begin_draft(clerk, "elm_harbor")
        begun.answers["first_name"] = "Robin"
        save_draft(clerk, begun)
    profile.clock.at += timedelta(hours=1)
    accept_pack(admin, look_at_pack(admin, new))
    with at_desk(profile, Role.FRONT_DESK) as clerk:
        resumed = guide_of(clerk, resume_draft(clerk, begun.id))
        assert "dog" not in {field.id for field in resumed.form.fields()}
        assert "dog" in {field.id for field in clerk.library.guide("elm_harbor").form.fields()}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("programs/elm_harbor.toml", program("oak"), "the id must be the name of the file"),
        ("programs/elm_harbor.toml", "[program\n", "this is not TOML"),
        ("papers/tonight_card.toml", "[paper]\nid = 'tonight_card'\n", "missing"),
        ("codes/wants.csv", "id,en\n../x,Words\n", "is no id"),
    ],
)  # fmt: skip
def test_a_pack_with_mistakes_is_named_by_line_and_never_in_force(
    admin: Desk, tmp_path: Path, name: str, text: str, said: str
) -> None:
    place = tmp_path / "pack" / name
    place.parent.mkdir(parents=True)
    place.write_text(text, "utf-8")
    look = look_at_pack(admin, tmp_path / "pack")
    assert any(said in one and one.startswith(f"{name}:") for one in look.mistakes), look.mistakes
    for act in (try_pack, accept_pack):
        with pytest.raises(TextHasMistakes):
            act(admin, look)
    assert (history(admin), trial_now(admin)) == ([], "")


def test_what_breaks_a_form_that_works_today_is_refused(admin: Desk, tmp_path: Path) -> None:
    """The list itself is sound; a rule of another file asks for a code that it has no more."""
    form = resources.path("forms", "self_referral.toml").read_text("utf-8")
    place = tmp_path / "pack" / "self_referral.toml"
    place.parent.mkdir()
    first = form[form.index("[[sections]]") :]
    place.write_text(form.replace(first[first.index('id = "') :][:12], 'id = "anew_', 1), "utf-8")
    look = look_at_pack(admin, tmp_path / "pack")
    assert look.mistakes
    with pytest.raises(TextHasMistakes):
        accept_pack(admin, look)


def test_the_past_stays_as_it_was_and_what_waits_is_not_passed_by(admin: Desk, pack: Path) -> None:
    look = look_at_pack(admin, pack)
    with pytest.raises(StartsInThePast):
        accept_pack(admin, look, "2026-11-22")
    made = accept_pack(admin, look, "2026-12-01")
    changed = {name: text + "\n" for name, text in look.texts.items()}
    with pytest.raises(LaterChangeWaits):
        accept_pack(admin, replace(look, texts=changed))
    undo(admin, made)
    accept_pack(admin, replace(look, texts=changed))
    with pytest.raises(BadPack):
        accept_pack(admin, replace(look, texts=changed))


def test_only_an_administrator_may(desks: Desks, admin: Desk, pack: Path) -> None:
    look = look_at_pack(admin, pack)
    acts: tuple[Callable[[Desk], object], ...] = (
        lambda desk: look_at_pack(desk, pack), lambda desk: try_pack(desk, look),
        lambda desk: accept_pack(desk, look), end_trial, trial_now,
    )  # fmt: skip
    for role in (Role.FRONT_DESK, Role.COORDINATOR, Role.SUPERVISOR, Role.PRIVACY_OFFICER):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(desks(role))


def test_a_pack_travels_to_the_other_station(
    stations: Stations, pack: Path, tmp_path: Path
) -> None:
    def there(name: str) -> tuple[Desk, FormLibrary]:
        """The desk, as a sign-in there would make it now."""
        desk = stations.desk(name, Role.ADMINISTRATOR)
        made = take_decisions(tmp_path, desk.station, desk.clock, name, is_training=False)
        places = resources.path("forms"), resources.path("resources")
        setting = Setting.of(made.agency, desk.clock)
        return replace(desk, decisions=made.parts), FormLibrary(*places, setting, made.own)

    front, _ = there(FRONT)
    accept_pack(front, look_at_pack(front, pack))
    assert "elm_harbor" not in {ident for ident, _ in there(BACK)[1].programs(WALK_IN)}
    stations.meet()
    back, library = there(BACK)
    assert [line.decision.label for line in history(back)] == ["Elm Harbor 2027"]
    assert "elm_harbor" in {ident for ident, _ in library.programs(WALK_IN)}


# --- training beside the real profile -----------------------------------------------------


@pytest.fixture
def real(tmp_path: Path) -> Profile:
    """A real department with a training profile beside it."""
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    folder = tmp_path / "department"
    department = fictional_department(1)
    asked = replace(department, agency=replace(department.agency, second_factor="off"))
    ProfileGate(folder, clock).found(asked, use_keyring=False)
    return Profile(folder, clock, asked.people)


def test_a_trial_is_seen_in_training_and_never_in_the_real_profile(
    real: Profile, pack: Path
) -> None:
    gate = real.gate()
    admin = real.unlock(gate, Role.ADMINISTRATOR)
    try_pack(admin, look_at_pack(admin, pack))
    assert trial_now(admin) == "Elm Harbor 2027"
    assert not has_program(admin)
    gate.lock()
    training = Profile(training_folder(real.folder), real.clock, ())
    people = ProfileGate(training.folder, real.clock).make_training(training.folder, 0, 1)
    training = replace(training, people=people)
    with at_desk(training, Role.FRONT_DESK) as trainee:
        assert trainee.is_training
        assert has_program(trainee)
    with at_desk(real, Role.FRONT_DESK) as clerk:
        assert not clerk.is_training
        assert not has_program(clerk)
    with at_desk(real, Role.ADMINISTRATOR) as again:
        end_trial(again)
    with at_desk(training, Role.FRONT_DESK) as trainee:
        assert not has_program(trainee)


def test_what_training_decides_stays_in_training(real: Profile, pack: Path) -> None:
    folder = training_folder(real.folder)
    people = ProfileGate(folder, real.clock).make_training(folder, 0, 1)
    training = Profile(folder, real.clock, people)
    before = {one.name: one.read_bytes() for one in real.folder.iterdir() if one.is_file()}
    with at_desk(training, Role.ADMINISTRATOR) as trainer:
        try_pack(trainer, look_at_pack(trainer, pack))
        accept_pack(trainer, look_at_pack(trainer, pack))
        assert has_program(trainer)
        end_trial(trainer)
    after = {one.name: one.read_bytes() for one in real.folder.iterdir() if one.is_file()}
    assert after == before, "not a byte of the real profile is touched"
    with at_desk(real, Role.ADMINISTRATOR) as admin:
        assert history(admin) == []
        assert not has_program(admin)


def test_a_spoiled_trial_file_stops_nobody(real: Profile) -> None:
    folder = training_folder(real.folder)
    people = ProfileGate(folder, real.clock).make_training(folder, 0, 1)
    training = Profile(folder, real.clock, people)
    for said in ("no json", "[]", json.dumps({"texts": [1]}), json.dumps({"texts": {"x.toml": 1}}),
                 json.dumps({"texts": {"self_referral.toml": "broken ["}})):  # fmt: skip
        real.folder.with_name(f"{real.folder.name}-trial.json").write_text(said, "utf-8")
        with at_desk(training, Role.FRONT_DESK) as trainee:
            assert trainee.is_training
        with at_desk(real, Role.FRONT_DESK) as clerk:
            assert clerk.library.guide(WALK_IN)


def test_a_forged_text_from_elsewhere_stops_no_sign_in(profile: Profile, admin: Desk) -> None:
    """Whoever writes raw facts may spoil a form; the program's own words and paths are beyond."""
    forged = {
        "words/rulebook.toml": "broken [", "legal/paper_words.toml": "broken [",
        "../../vault.json": "{}", "self_referral.toml": "broken [", "legal/no_arrest.toml": "x",
        "codes/wants.csv": "\x00", "": "x",
    }  # fmt: skip
    schedule = {"legal/retention_agency.toml": "[purge]"}
    keep(admin, Made(PACK, texts=schedule, label="x", starts="2026-11-23"))
    keep(admin, Made(PACK, texts=forged, label="x", starts="2026-11-23"))
    with at_desk(profile, Role.FRONT_DESK) as clerk:
        with pytest.raises(FormMissing):
            clerk.library.guide(WALK_IN)
        assert clerk.library.paper("tonight_card")
        assert clerk.library.retention().version == "2026-11-1", "nobody has agreed to another"
    profile.clock.at += timedelta(minutes=1)
    undo(admin, history(admin)[0].decision.id)
    assert admin.library.guide(WALK_IN)
