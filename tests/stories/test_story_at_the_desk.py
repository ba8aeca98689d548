"""Small things of a day: finding somebody, the roster, providers, a locked sign-in."""

from pathlib import Path

import pytest
import walk_in
from clerk import Clerk, Key
from department import Department, OpenWindow, Staff
from PySide6.QtWidgets import QFileDialog

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.services.users.lockouts import locked_users, release_user
from intake_app.ui.frame.curtain import Curtain

TWO_MINUTES = 120_000


def test_find_as_you_type_shows_numbers_and_on_demand_names(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Finish")
    number = walk_in.receipt_number(clerk)
    clerk.press("Home")
    clerk.write("Find", "terr quick")
    clerk.until_reads("1 intake. Names are hidden.")
    assert not clerk.reads(walk_in.LAST)
    assert clerk.reads(number)
    clerk.press("Show names")
    assert clerk.reads(walk_in.LAST)
    clerk.press("Hide names")
    assert not clerk.reads(walk_in.LAST)
    clerk.write("Find", "zzzz")
    clerk.until_reads("Nobody was found. Try fewer letters.")


def test_a_provider_is_found_and_chosen_in_the_form(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.press("Providers")
    clerk.write("Find", "recovery")
    clerk.until(lambda: any("of 25" in t or "service" in t for t in clerk.page()))
    clerk.press("Home")
    walk_in.begin(clerk)
    walk_in.pass_safety(clerk)
    walk_in.give_name(clerk)
    clerk.choose("Is there a place?", "Yes, today")
    clerk.press("Continue")
    clerk.choose("What do you decide today?", "Wants help now")
    before = set(clerk.names())
    clerk.write("Provider", "recov")
    clerk.until(lambda: bool(set(clerk.names()) - before))
    offered = sorted(set(clerk.names()) - before)[0]
    clerk.press(offered)
    assert offered in clerk.page()


def test_a_broken_file_of_providers_changes_nothing_until_agreed(
    clerk: Clerk, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "providers.csv"
    sample = Path(__file__).parents[2] / "resources" / "samples" / "providers.csv"
    lines = sample.read_text("utf-8").splitlines()
    first = lines[1].split(",")
    broken.write_text("\n".join([lines[0], ",".join(["", "", *first[2:]]), *lines[2:4]]), "utf-8")
    picked = staticmethod(lambda *_: (str(broken), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", picked)  # a dialog of the system
    clerk.sign_in(staff["apruitt"])
    clerk.press("Providers")
    count = next(text for text in clerk.page() if text.endswith(" services"))
    clerk.press("Import…")
    clerk.until_reads("What this file would change")
    assert clerk.reads("1 row that could not be read")
    assert clerk.reads("Could not be read")
    clerk.press("Cancel")
    assert clerk.reads(count)


def test_a_call_is_logged_with_one_key(clerk: Clerk, staff: Staff) -> None:
    clerk.sign_in(staff["mhale"])
    clerk.press("Roster")
    name = next(n for n in clerk.names() if n.startswith("Pat R.: "))
    clerk.reach(clerk.find(name))
    assert not clerk.reads("Last: ")
    clerk.key("r")
    clerk.settle()
    assert clerk.reads("Last: ")


def test_five_wrong_passphrases_lock_and_a_supervisor_releases(
    open_window: OpenWindow, department: Department, clock: FixedClock
) -> None:
    clerk, staff = open_window(), department.staff
    for _ in range(5):
        clerk.try_to_sign_in("mhale", "not this one 123")
    clerk.try_to_sign_in("mhale", staff["mhale"].passphrase)
    assert clerk.reads("T. Okafor")
    assert not clerk.sees("Log out")
    clerk.conductor.window.close()
    gate = ProfileGate(department.folder, clock)
    desk = gate.unlock("tokafor", staff["tokafor"].passphrase)
    release_user(desk, next(one.id for one in locked_users(desk)))
    gate.lock()
    again = open_window()
    again.sign_in(staff["mhale"])
    assert again.sees("Walk-in self-referral")


def test_two_idle_minutes_hide_everything_and_a_key_brings_it_back(
    clerk: Clerk, staff: Staff
) -> None:
    clerk.sign_in(staff["mhale"])
    curtain = clerk.conductor.window.findChild(Curtain)
    assert curtain is not None
    assert curtain._blur.interval() == TWO_MINUTES
    curtain._blur.start(0)
    clerk.until_reads("Press any key")
    clerk.key(Key.Key_Escape)
    assert not clerk.reads("Press any key")
