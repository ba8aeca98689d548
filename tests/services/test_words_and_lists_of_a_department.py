"""Own words on papers, own choices in lists, own times in the schedule: checked, dated, undone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import pypdfium2 as pdfium
import pytest
from english_left import english_in
from profiles import Desks, Profile

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.decision_errors import (
    BadSetting,
    CodeTaken,
    LaterChangeWaits,
    OneChoiceLeft,
    TextHasMistakes,
    UndoneAlready,
)
from intake_app.domain.ending_errors import AnotherMustApprove
from intake_app.domain.errors import NotAllowed, PaperMissing, ReasonMissing, UnknownCode
from intake_app.domain.roles import Role
from intake_app.domain.trust import Light
from intake_app.services.decisions.checks import check_settings
from intake_app.services.decisions.code_lists import add_code, code_lists, rename_code, retire_code
from intake_app.services.decisions.department import change_agency
from intake_app.services.decisions.history import approve, history, undo
from intake_app.services.decisions.open_days import offices_in
from intake_app.services.decisions.printers import keep_printers, printers_here
from intake_app.services.decisions.schedule import propose_times, schedule_now
from intake_app.services.decisions.texts import renew, texts_behind
from intake_app.services.decisions.wording import (
    keep_words,
    preview_words,
    use_shipped_words,
    worded_texts,
    wording,
)
from intake_app.services.desk import Desk
from intake_app.services.needs.decisions import Files
from intake_app.services.signing.setting_up import read_agency
from intake_app.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

CARD, PROMISE = "papers/tonight_card.toml", "legal/no_arrest.toml"
LEAD = "blocks/0/text"


@pytest.fixture
def admin(desks: Desks) -> Desk:
    return desks(Role.ADMINISTRATOR)


def words_of(data: bytes) -> str:
    pages = pdfium.PdfDocument(data)
    return " ".join(page.get_textpage().get_text_bounded() for page in pages)


def as_of(profile: Profile, role: Role, days: int) -> tuple[ProfileGate, Desk]:
    gate = ProfileGate(profile.folder, FixedClock(profile.clock.at + timedelta(days=days)))
    return gate, profile.unlock(gate, role)


# --- words ----------------------------------------------------------------------------------


def test_a_paper_says_the_departments_own_words(admin: Desk) -> None:
    new = {LEAD: {"en": "We are glad that you came to the Elm Street door."}}
    before = wording(admin, CARD)
    data = preview_words(admin, CARD, new, "en")
    assert "Elm Street door" in words_of(data)
    assert "SAMPLE" in words_of(data).upper()
    assert wording(admin, CARD) == before, "a look keeps nothing"
    keep_words(admin, CARD, new, why="The new door")
    after = wording(admin, CARD)
    assert after.version == "2026-11-1+2026-11-23"
    assert dict(after.spoken[1].words)["es"] == dict(before.spoken[1].words)["es"]
    assert after.shipped[LEAD] == before.spoken[1].words
    assert admin.library.paper("tonight_card").version == after.version
    assert {one.name for one in worded_texts(admin) if one.is_own} == {CARD}
    (line,) = history(admin)
    assert (line.decision.label, line.decision.why) == ("Tonight", "The new door")
    undo(admin, line.decision.id)
    assert wording(admin, CARD) == before


def test_words_are_said_per_language_and_again(admin: Desk) -> None:
    keep_words(admin, CARD, {LEAD: {"es": "Nos alegra que haya venido."}})
    keep_words(admin, CARD, {LEAD: {"en": 'They said: "come in" \\ {number}'}})
    assert dict(wording(admin, CARD).spoken[1].words) == {
        "en": 'They said: "come in" \\ {number}', "es": "Nos alegra que haya venido.",
    }  # fmt: skip
    assert wording(admin, CARD).version == "2026-11-1+2026-11-23/2"
    assert keep_words(admin, CARD, {LEAD: {"es": "Nos alegra que haya venido."}}) is None
    use_shipped_words(admin, CARD)
    assert wording(admin, CARD).version == "2026-11-1"
    assert use_shipped_words(admin, CARD) is None


def test_words_are_in_force_from_their_day(profile: Profile, admin: Desk) -> None:
    keep_words(admin, CARD, {LEAD: {"en": "From December on."}}, starts="2026-12-01")
    with pytest.raises(LaterChangeWaits):
        keep_words(admin, CARD, {LEAD: {"en": "Now."}})
    for days, version in ((7, "2026-11-1"), (8, "2026-11-1+2026-12-01")):
        gate, clerk = as_of(profile, Role.FRONT_DESK, days)
        assert clerk.library.paper("tonight_card").version == version
        gate.lock()


def test_a_legal_text_names_who_has_checked_it(admin: Desk) -> None:
    said = {"text": {"en": "You will not be arrested here.\n\nThere are limits.\n"}}
    with pytest.raises(ReasonMissing):
        keep_words(admin, PROMISE, said, checked_by="  ")
    assert "will not be arrested here" in words_of(preview_words(admin, PROMISE, said, "en"))
    keep_words(admin, PROMISE, said, checked_by="County counsel, November 20, 2026")
    assert admin.decisions is not None
    text = admin.decisions.files.text(PROMISE) or ""
    assert "County counsel" in text
    assert "have counsel check" not in text


@pytest.mark.parametrize("said", ["A brace { alone", "Call {nobody_knows_this}", ""])
def test_words_that_cannot_be_read_are_named_and_not_kept(admin: Desk, said: str) -> None:
    new = {LEAD: {"en": said}}
    acts: tuple[Callable[[], object], ...] = (
        lambda: keep_words(admin, CARD, new), lambda: preview_words(admin, CARD, new, "en"),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(TextHasMistakes) as caught:
            act()
        assert caught.value.mistakes
    assert history(admin) == []


def test_only_words_can_be_changed_and_only_by_an_administrator(desks: Desks, admin: Desk) -> None:
    for name in ("legal/retention.toml", "self_referral.toml", "../x", "papers/none.toml"):
        with pytest.raises(PaperMissing):
            keep_words(admin, name, {LEAD: {"en": "x"}}, checked_by="x")
    with pytest.raises(PaperMissing):
        keep_words(admin, CARD, {"paper/id": {"en": "x"}})
    acts: tuple[Callable[[Desk], object], ...] = (
        worded_texts, code_lists, lambda desk: keep_words(desk, CARD, {}),
        lambda desk: preview_words(desk, CARD, {}, "en"),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(NotAllowed):
            act(desks(Role.COORDINATOR))


def test_each_paper_and_text_can_be_looked_at_in_both_languages(admin: Desk) -> None:
    names = [one.name for one in worded_texts(admin)]
    assert len(names) > 60
    for name in names[::17]:
        for language in ("en", "es"):
            assert preview_words(admin, name, {}, language).startswith(b"%PDF"), name


def test_lists_and_texts_are_called_in_the_language_of_the_window(admin: Desk) -> None:
    lists = [one.title for one in code_lists(admin)]
    assert len(lists) > 90
    assert [one.said_in("en") for one in lists if one.said_in("es") == one.said_in("en")] == []
    texts = {one.name: one.title for one in worded_texts(admin, "es")}
    assert texts[CARD] == "Esta noche"
    bilingual = {name for name, title in texts.items() if english_in(title)}
    assert bilingual <= {"papers/point_and_tick.toml", "legal/no_arrest_short.toml"}


class _Renewed:
    """The files of a later version of the program."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def __getattr__(self, name: str) -> object:
        return getattr(self._files, name)

    def shipped(self, name: str) -> str:
        return f"{self._files.shipped(name)}# a new version"


def test_a_text_that_ships_anew_is_told(admin: Desk) -> None:
    keep_words(admin, CARD, {LEAD: {"en": "Ours."}})
    assert texts_behind(admin) == ()
    assert admin.decisions is not None
    files = admin.decisions.files
    renewed = cast("Files", _Renewed(files))
    later = replace(admin, decisions=replace(admin.decisions, files=renewed))
    assert texts_behind(later) == (CARD,)
    assert check_settings(admin, Words()).light is Light.GREEN
    told = check_settings(later, Words())
    assert (told.light, told.found) == (
        Light.AMBER, "The program ships a newer version of 1 text that you changed.",
    )  # fmt: skip


# --- lists ----------------------------------------------------------------------------------


def choices(desk: Desk, name: str) -> dict[str, str]:
    found = desk.library.codes(name)
    return {one.id: one.label.said_in("en") for one in found if not one.is_retired}


def test_a_choice_is_added_from_a_day_on(profile: Profile, admin: Desk) -> None:
    add_code(admin, "housing", {"en": "Tiny house,  village ", "es": "Casita"}, "2026-12-01")
    assert "tiny_house_village" not in choices(admin, "housing")
    gate, clerk = as_of(profile, Role.FRONT_DESK, 8)
    assert choices(clerk, "housing")["tiny_house_village"] == "Tiny house, village"
    gate.lock()
    with pytest.raises(CodeTaken):
        add_code(admin, "housing", {"en": "tiny house, village"})
    with pytest.raises(ReasonMissing):
        add_code(admin, "housing", {"en": " ", "es": "x"})
    with pytest.raises(UnknownCode):
        add_code(admin, "../../etc/passwd", {"en": "x"})


def test_a_choice_is_retired_and_comes_back(admin: Desk) -> None:
    retire_code(admin, "housing", "safe_haven", "2026-11-22")
    assert "safe_haven" not in choices(admin, "housing")
    assert "safe_haven" in {one.id for one in admin.library.codes("housing")}, "old answers"
    undo(admin, history(admin)[0].decision.id)
    assert "safe_haven" in choices(admin, "housing")


def test_the_last_choice_stays(admin: Desk) -> None:
    *others, last = [one.id for one in admin.library.codes("wants_to_talk")]
    for code in others:
        retire_code(admin, "wants_to_talk", code, "2026-11-22")
    with pytest.raises(OneChoiceLeft):
        retire_code(admin, "wants_to_talk", last, "2026-11-22")
    assert list(choices(admin, "wants_to_talk")) == [last]


def test_a_choice_is_called_otherwise_from_a_day_on(profile: Profile, admin: Desk) -> None:
    rename_code(admin, "housing", "safe_haven", {"en": "Haven House"}, "2026-12-01")
    assert choices(admin, "housing")["safe_haven"] == "Safe haven"
    gate, clerk = as_of(profile, Role.FRONT_DESK, 8)
    assert choices(clerk, "housing")["safe_haven"] == "Haven House"
    gate.lock()
    with pytest.raises(UnknownCode):
        rename_code(admin, "housing", "no_such", {"en": "x"})
    own = next(one for one in code_lists(admin) if one.name == "housing")
    assert not own.is_own


# --- days -----------------------------------------------------------------------------------


def test_holidays_are_listed_and_an_open_one_counts(profile: Profile, admin: Desk) -> None:
    change_agency(admin, replace(admin.agency, closed_days=("2026-12-28",)))
    told = {one.day: one for one in offices_in(admin, 2026)}
    assert told[date(2026, 11, 26)].name == "Thanksgiving Day"
    assert told[date(2026, 12, 28)].is_own
    gate, clerk = as_of(profile, Role.FRONT_DESK, 0)
    assert not clerk.calendar.is_business_day(date(2026, 11, 26))
    assert not clerk.calendar.is_business_day(date(2026, 12, 28))
    gate.lock()
    now = read_agency(admin.station)
    change_agency(admin, replace(now, open_days=("2026-11-26", "2026-11-28")))
    assert {one.day: one for one in offices_in(admin, 2026)}[date(2026, 11, 26)].is_open
    gate, clerk = as_of(profile, Role.FRONT_DESK, 0)
    assert clerk.calendar.is_business_day(date(2026, 11, 26))
    assert clerk.calendar.name_of(date(2026, 11, 26)) == ""
    assert not clerk.calendar.is_business_day(date(2026, 11, 28)), "a Saturday"
    gate.lock()


# --- how long records are kept --------------------------------------------------------------


def test_how_long_is_in_force_once_two_agree(profile: Profile, desks: Desks, admin: Desk) -> None:
    privacy = desks(Role.PRIVACY_OFFICER)
    made = propose_times(
        admin, {"care_episode": (0, 24), "case_completed": (45, 0)}, "State rule 7"
    )
    assert made is not None
    times = {rule.id: (rule.days, rule.months) for rule in schedule_now(admin).rules}
    assert (times["care_episode"], times["case_completed"]) == ((0, 12), (30, 0))
    with pytest.raises(LaterChangeWaits):
        propose_times(admin, {"care_episode": (0, 36)}, "Again")
    with pytest.raises(NotAllowed):
        approve(admin, made)
    with pytest.raises(NotAllowed):
        approve(desks(Role.SUPERVISOR), made)
    assert history(privacy, "retention")[0].may_approve
    profile.clock.at += timedelta(minutes=1)
    approve(privacy, made)
    for desk in (admin, privacy):
        times = {rule.id: (rule.days, rule.months) for rule in _anew(desk).rules}
        assert (times["care_episode"], times["case_completed"]) == ((0, 24), (45, 0))
        assert times["consents_and_disclosures"] == (0, 72)
    with pytest.raises(UndoneAlready):
        approve(privacy, made)


def _anew(desk: Desk):  # noqa: ANN202 (a schedule)
    """As the desk reads it once it knows what others decided."""
    assert desk.decisions is not None
    renew(desk)
    return schedule_now(desk)


def test_taking_a_schedule_back_needs_two_as_well(
    profile: Profile, desks: Desks, admin: Desk
) -> None:
    privacy = desks(Role.PRIVACY_OFFICER)
    made = propose_times(admin, {"care_episode": (0, 24)}, "State rule 7")
    assert made is not None
    profile.clock.at += timedelta(minutes=1)
    approve(privacy, made)
    profile.clock.at += timedelta(minutes=1)
    undo(admin, made)
    assert _months(admin) == 24, "until somebody else agrees"
    profile.clock.at += timedelta(minutes=1)
    approve(privacy, history(privacy)[0].decision.id)
    assert _months(admin) == 12


def test_a_proposal_is_withdrawn_by_its_author_at_once(desks: Desks, admin: Desk) -> None:
    made = propose_times(admin, {"care_episode": (0, 24)}, "State rule 7")
    assert made is not None
    told = check_settings(admin, Words())
    assert (told.light, told.found) == (
        Light.AMBER, "1 change of the schedule waits for a privacy officer.",
    )  # fmt: skip
    undo(admin, made)
    assert check_settings(admin, Words()).light is Light.GREEN
    with pytest.raises(UndoneAlready):
        approve(desks(Role.PRIVACY_OFFICER), made)
    assert _months(admin) == 12


@pytest.mark.parametrize(
    "times", [{"care_episode": (0, 0)}, {"care_episode": (-1, 3)}, {"nothing": (1, 0)},
              {"care_episode": (0, 5000)}],
)  # fmt: skip
def test_a_time_that_makes_no_sense_is_refused(
    admin: Desk, times: dict[str, tuple[int, int]]
) -> None:
    with pytest.raises(BadSetting):
        propose_times(admin, times, "x")


def test_nobody_approves_their_own(admin: Desk) -> None:
    made = propose_times(admin, {"care_episode": (0, 24)}, "State rule 7")
    assert made is not None
    both = replace(admin, person=replace(
        admin.person, roles=frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
    ))  # fmt: skip
    with pytest.raises(AnotherMustApprove):
        approve(both, made)


def _months(desk: Desk) -> int:
    return next(rule.months for rule in _anew(desk).rules if rule.id == "care_episode")


# --- printers -------------------------------------------------------------------------------


def test_each_station_has_printers_of_its_own(profile: Profile, admin: Desk) -> None:
    assert admin.decisions is not None
    other = replace(admin, decisions=replace(admin.decisions, station="back-office"))
    keep_printers(admin, ["Lobby"])
    keep_printers(other, ["Sergeant"])
    assert (printers_here(admin), printers_here(other)) == (("Lobby",), ("Sergeant",))
    gate, clerk = as_of(profile, Role.FRONT_DESK, 0)
    assert clerk.agency.printers == ("Lobby",)
    with pytest.raises(NotAllowed):
        keep_printers(clerk, [])
    gate.lock()
    profile.clock.at += timedelta(minutes=1)
    undo(admin, history(admin)[1].decision.id)
    assert (printers_here(admin), printers_here(other)) == ((), ("Sergeant",))


def test_an_old_list_for_all_stations_becomes_the_stations_own(
    profile: Profile, admin: Desk
) -> None:
    change_agency(admin, replace(read_agency(admin.station), printers=("Front desk",)))
    profile.clock.at += timedelta(minutes=1)
    gate, clerk = as_of(profile, Role.FRONT_DESK, 0)
    assert clerk.agency.printers == ("Front desk",)
    gate.lock()
    profile.clock.at += timedelta(minutes=1)
    change_agency(admin, replace(read_agency(admin.station), printers=()))
    gate, clerk = as_of(profile, Role.FRONT_DESK, 0)
    assert clerk.agency.printers == ("Front desk",), "it is this station's own since"
    gate.lock()
