"""Files and names of a profile: private, led by no link, and one name for one person."""

import hashlib
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from vault_world import PASSPHRASES, Department, set_up

from intake_app.disk.atomic import append_line, write_whole
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import BadEntry, IntakeError, StorageFailed, WrongPassphrase
from intake_app.domain.plain_json import canonical
from intake_app.domain.roles import Compartment, Role
from intake_app.settings.profile import (
    Told,
    TrainingPerson,
    keep_told,
    keep_training_people,
    read_told,
    retell,
)
from intake_app.vault import founding
from intake_app.vault.cards import CardPlan, Strip, new_cards, print_card, recovery_keys
from intake_app.vault.inside import new_inside
from intake_app.vault.keyfile import NAME, PREVIOUS, KeyFile, check_user_name
from intake_app.vault.slots import new_secrets
from intake_app.vault.vault import NewPerson

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights and links of POSIX")


@POSIX
def test_nobody_else_on_this_computer_can_look_into_the_folder(department: Department) -> None:
    before = os.umask(0)
    try:
        with pytest.raises(WrongPassphrase):
            department.vault().unlock("nobody", "wrong wrong wrong")
        file = KeyFile.load(department.folder)
        file.save(file.content)
    finally:
        os.umask(before)
    for path in (department.folder, *department.folder.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


@POSIX
@pytest.mark.parametrize("write", [write_whole, append_line])
def test_a_link_in_our_place_leads_nowhere(tmp_path: Path, write: object) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    (tmp_path / "log").symlink_to(precious)
    (tmp_path / "log.new").symlink_to(precious)
    with pytest.raises(StorageFailed):
        write(tmp_path / "log", b"theirs")  # pyright: ignore[reportCallIssue]
    assert precious.read_bytes() == b"mine"


@pytest.mark.parametrize("act", ["passphrase", "renewal", "revocation"])
def test_no_copy_beside_the_key_file_still_opens_with_what_was_taken_away(
    department: Department, act: str
) -> None:
    vault, who = department.vault(), "mhale.desk"
    admin, keys = department.sign_in("adele.quill", vault), department.sign_in(who, vault)
    old = KeyFile.load(department.folder).content["slots"][vault._file.slot_id(who)]
    if act == "passphrase":
        vault.change_passphrase(keys, PASSPHRASES[who], "button cloud fern")
    elif act == "renewal":
        vault.renew_person(admin, keys.user, "button cloud fern")
    else:
        vault.revoke(admin, keys.user)
    for name in (NAME, PREVIOUS):
        assert old["ct"] not in (department.folder / name).read_text("utf-8"), name


def test_other_changes_keep_the_copy_of_before(department: Department) -> None:
    """Negative control of the search above."""
    file = KeyFile.load(department.folder)
    content = file.content
    removed = content["slots"].pop(file.slot_id("mhale.desk"))
    file.save(content)
    assert removed["ct"] in (department.folder / PREVIOUS).read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["", " ", "m\0hale", "m\nhale", "m\u200bhale", "\u202eelahm", "\ud83d", "m\x7f"]
)
def test_a_user_name_that_hides_something_is_refused(name: str) -> None:
    with pytest.raises(BadEntry):
        check_user_name(name)


@pytest.mark.parametrize("name", ["mhale", "M. Hale", "josé", "李", "o'neil-2"])
def test_user_names_of_people_are_taken(name: str) -> None:
    """Negative control."""
    check_user_name(name)


@pytest.mark.parametrize("again", ["ADELE.QUILL ", "\uff21dele.quill"])
def test_one_person_is_not_founded_twice_under_a_name_that_is_the_same(
    tmp_path: Path, clock: FixedClock, again: str
) -> None:
    asked = set_up()
    twice = NewPerson(again, "A. Q.", "button cloud fern", frozenset({Role.OFFICER}))
    with pytest.raises(BadEntry):
        founding.found(tmp_path / "p", replace(asked, people=(*asked.people, twice)), clock)
    assert not (tmp_path / "p").exists()


BAD_PARTS = [
    ("slots", {"x": True}), ("grants", {"x": 5}), ("grants", {"x": {"care": []}}),
    ("recovery", {"x": "y"}), ("heads", [[]]), ("heads", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("part", "value"), BAD_PARTS)
def test_a_key_file_of_another_shape_is_refused_even_with_the_right_checksum(
    department: Department, part: str, value: object
) -> None:
    raw = json.loads((department.folder / NAME).read_bytes())
    del raw["sum"]
    _written_by_hand(department.folder, raw)
    department.vault()  # negative control: unchanged it is taken
    _written_by_hand(department.folder, {**raw, part: value})
    with pytest.raises(IntakeError):
        department.vault()


def _written_by_hand(folder: Path, raw: dict[str, object]) -> None:
    digest = hashlib.sha256(canonical(raw)).hexdigest()
    (folder / NAME).write_text(json.dumps({"sum": digest, **raw}), "utf-8")


@pytest.mark.parametrize("name", ["m\udcffhale", "m\0hale", "x" * 1_000_000])
def test_a_user_name_that_nobody_can_have_is_a_wrong_one(department: Department, name: str) -> None:
    with pytest.raises(WrongPassphrase):
        department.vault().unlock(name, "wrong \udcff wrong")


def test_what_holds_secrets_shows_none_to_a_programmer() -> None:
    secret, strips = next(iter(new_cards(CardPlan.EITHER)))
    held, inside = new_secrets("0" * 64), new_inside(Compartment.CASES)
    card, keys = print_card(CardPlan.EITHER, strips[0], "0" * 64), recovery_keys(secret, "a")
    shown = repr([held, inside, card, keys, Strip(1, secret)])
    for hidden in (held.draft, inside.tokens, *inside.generations.values(), keys.pin, secret):
        assert repr(hidden) not in shown
    assert card.words[0] not in shown
    assert "genesis" in shown  # negative control: it is the parts that are shown


@POSIX
def test_what_the_lock_screen_tells_is_private_too(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keep_told(tmp_path, Told("Pine Hollow", ("A. Quill",), is_training=True))
        keep_training_people(tmp_path, [TrainingPerson("mhale", "front_desk", "seven gray geese")])
    finally:
        os.umask(before)
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


@pytest.mark.parametrize("ruin", ["", "[]", "{}", "[" * 100_000])
def test_a_training_profile_whose_words_are_ruined_is_not_written_down_as_real(
    tmp_path: Path, ruin: str
) -> None:
    keep_told(tmp_path, Told("Pine Hollow", (), is_training=True))
    retell(tmp_path, "Fox Run", ("A. Pruitt",))
    assert read_told(tmp_path) == Told(
        "Fox Run", ("A. Pruitt",), is_training=True
    )  # negative control
    (tmp_path / "profile.json").write_text(ruin, "utf-8")
    retell(tmp_path, "Pine Hollow", ())
    assert (tmp_path / "profile.json").read_text("utf-8") == ruin
