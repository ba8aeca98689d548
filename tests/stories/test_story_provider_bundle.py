"""A sealed file for a provider: shown, noted, opened there; then the consent is taken back."""

import base64
import json
from pathlib import Path

import pytest
import walk_in
from clerk import Clerk
from department import OpenWindow, Staff
from PySide6.QtWidgets import QLabel
from sealed_file import Dialogs, Recipient, enter
from test_story_consent_revoked import take_consent

LEFT = "Disclosure in a sealed file"
HELP = "Detox"
"""What the person wants: the consent names it ("Help asked for"), so it may leave."""


@pytest.fixture
def clinic(tmp_path: Path) -> Recipient:
    return Recipient(tmp_path / "clinic", walk_in.PROVIDER, "provider")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def at_the_consents(clerk: Clerk) -> None:
    """A new walk-in whose consent names the clinic."""
    walk_in.take(clerk)
    clerk.press("Finish")
    walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
    take_consent(clerk)


def the_clinic_reads_it(clinic: Recipient, file: Path, station: str) -> None:
    """On its own computer: what the consent names, with the notice."""
    assert clinic.open(file, station) == 0
    inside = clinic.content()
    told = {one["id"]: one["answer"] for one in inside["answers"]}
    assert (told["last_name"], told["phone"]) == (walk_in.LAST, "(304) 555-0142")
    assert HELP in told["wants"]
    assert not {"placed", "safety_now", "who_for"} & told.keys()
    assert "42 CFR part 2" in inside["notice"]
    assert (clinic.folder / "out" / "01.pdf").read_bytes().startswith(b"%PDF")


def its_receipt_comes_back(clerk: Clerk, dialogs: Dialogs, clinic: Recipient) -> None:
    """Once: it shows beside what left."""
    dialogs.file = str(clinic.folder / "out" / "receipt.txt")
    clerk.press("Bring in a receipt…")
    clerk.until_reads(f"Noted: {walk_in.PROVIDER} received it on")
    clerk.settle()
    assert clerk.reads(f"received by {walk_in.PROVIDER}")
    clerk.press("Bring in a receipt…")
    clerk.until_reads("This receipt is noted already.")


def taken_back_nothing_more_leaves(clerk: Clerk) -> None:
    """What left is shown, and who has to be told."""
    clerk.press("Take it back…")
    clerk.choose("How was it taken back?", "In writing")
    clerk.press("Take this consent back")
    clerk.until_reads("From now on nothing leaves under this consent.")
    clerk.settle()
    assert clerk.reads("1 recipient is not told yet.")
    clerk.press("Sealed file for…")
    clerk.until_reads("Stop. The person took this consent back.")
    assert not clerk.sees("Seal and save…")


def test_a_provider_receives_what_the_consent_names(
    open_window: OpenWindow, staff: Staff, clinic: Recipient, stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialogs = Dialogs(monkeypatch)
    station = enter(open_window, staff, dialogs, clinic)

    clerk = open_window()
    clerk.sign_in(staff["jlowe"])
    at_the_consents(clerk)
    clerk.press("Sealed file for…")
    clerk.until_reads("A consent covers all of it.")
    assert clerk.reads("The notice of 42 CFR 2.32 and a copy of the consent go with it.") or (
        clerk.sees("Show the answers")
    )
    clerk.press("Seal and save…")  # no folder is chosen: nothing happens
    assert clerk.reads("Nothing was shared outside of this department.")
    dialogs.folder = str(stick)
    clerk.press("Seal and save…")
    clerk.until_reads("It was read back, and that it leaves is noted.")
    clerk.settle()
    assert clerk.reads(f"{LEFT} to {walk_in.PROVIDER}")

    # the stick holds one file that says nothing
    (file,) = stick.iterdir()
    data = file.read_bytes()
    for word in (walk_in.FIRST, walk_in.LAST, walk_in.PROVIDER, "Pine Hollow"):
        assert word.encode() not in data

    the_clinic_reads_it(clinic, file, station)
    its_receipt_comes_back(clerk, dialogs, clinic)
    taken_back_nothing_more_leaves(clerk)
    assert len(list(stick.iterdir())) == 1


def test_a_stick_that_is_gone_can_be_changed_for_another(
    open_window: OpenWindow, staff: Staff, clinic: Recipient, stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """It is noted once; the same file goes to the other stick."""
    dialogs = Dialogs(monkeypatch)
    enter(open_window, staff, dialogs, clinic, by_tab=True)
    clerk = open_window()
    clerk.sign_in(staff["jlowe"])
    at_the_consents(clerk)
    clerk.press("Sealed file for…")
    clerk.until_reads("A consent covers all of it.")
    dialogs.folder = str(stick / "pulled out")
    clerk.press("Seal and save…")
    clerk.settle()
    assert not clerk.reads("It was read back")
    dialogs.folder = str(stick)
    clerk.press("Seal and save…")
    clerk.until_reads("It was read back, and that it leaves is noted.")
    clerk.settle()
    heads = [one.text() for one in clerk.seen(QLabel) if one.text().startswith(LEFT)]
    assert heads == [f"{LEFT} to {walk_in.PROVIDER}"]


def test_who_may_not_disclose_sees_no_button(open_window: OpenWindow, staff: Staff) -> None:
    clerk = open_window()
    clerk.sign_in(staff["mhale"])
    assert not clerk.sees("Recipients")
    walk_in.take(clerk)
    clerk.press("Finish")
    walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
    clerk.open_tab("Consents")
    assert not clerk.sees("Sealed file for…")


def test_what_is_handed_to_the_department_is_public(clinic: Recipient) -> None:
    """The card of the clinic is public: no private part of a key is in it."""
    card = json.loads(clinic.card.read_bytes())
    assert set(card["seal"]) == set(card["sign"]) == {"kty", "crv", "x", "y"}
    private = json.loads((clinic.folder / "own" / "recipient.key").read_bytes())
    assert b'"d"' not in base64.urlsafe_b64decode(private["ct"] + "==")
