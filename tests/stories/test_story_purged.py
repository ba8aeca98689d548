"""Somebody asks that their record goes: two people say so, and no file holds a word of it after."""

from collections.abc import Mapping
from datetime import timedelta

import case_story
import pytest
import walk_in
from byte_search import found
from clerk import Clerk
from department import Department, OpenWindow, Paper, Staff

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.errors import NoGrant
from intake_app.domain.roles import Compartment
from intake_app.vault.page_reader import pieces

VALUES = [walk_in.LAST, walk_in.FIRST, "3045550142"]
PROPOSE = "Propose to remove this record"


def taken(open_window: OpenWindow, staff: Staff) -> str:
    """A walk-in is finished, its letter printed; its number."""
    hale = open_window()
    hale.sign_in(staff["mhale"])
    walk_in.take(hale)
    hale.press("Print")
    hale.press("Finish")
    number = walk_in.receipt_number(hale)
    hale.conductor.window.close()
    return number


def folder_of(clerk: Clerk, number: str) -> None:
    """Open the folder of an intake by its number, from home."""
    case_story.come_to_front(clerk)
    clerk.write("Find", f"{number}/1")
    clerk.key(case_story.Key.Key_Return)
    clerk.until_reads(f"Intake {number}")
    clerk.settle()


def proposed(open_window: OpenWindow, staff: Staff, number: str) -> None:
    """The coordinator proposes that it goes."""
    lowe = open_window()
    lowe.sign_in(staff["jlowe"])
    folder_of(lowe, number)
    lowe.open_tab("End")
    lowe.press(PROPOSE)
    lowe.choose("Why it is to be removed", "The person asked for it")
    lowe.press(PROPOSE, lowe.find("Cancel").parentWidget())
    lowe.until_reads("It is proposed. Another person must approve it.")
    lowe.settle()
    assert not lowe.controls(PROPOSE)  # once is enough
    lowe.press("Records")
    assert lowe.reads("Waits for approval")
    assert not [name for name in lowe.names() if name.startswith("Approve")]
    lowe.conductor.window.close()


def approved(open_window: OpenWindow, staff: Staff) -> None:
    """The supervisor approves, without seeing whom it is about."""
    okafor = open_window()
    okafor.sign_in(staff["tokafor"])
    okafor.press("Records")
    okafor.settle()
    page = " ".join(okafor.page())
    assert not [value for value in VALUES if value in page]
    button = next(name for name in okafor.names() if name.startswith("Approve: "))
    okafor.press(button)
    order = button.removeprefix("Approve: ")
    okafor.press(f"Approve order {order}")
    okafor.until_reads("It is approved. The records are hidden.")
    okafor.settle()
    assert okafor.reads("72 hours left")
    okafor.conductor.window.close()


def files_in_the_clear(department: Department, clock: FixedClock) -> Mapping[str, bytes]:
    """Every file as it lies there, and every encrypted one page by page in the clear."""
    raw = {
        str(one.relative_to(department.folder)): one.read_bytes()
        for one in department.folder.rglob("*")
        if one.is_file()
    }
    for name in ("jlowe", "snorth"):
        gate, who = ProfileGate(department.folder, clock), department.staff[name]
        gate.unlock(who.user_name, who.passphrase)
        keys = gate._keys
        assert keys
        held: dict[Compartment, bytes] = {}
        for compartment in Compartment:
            try:
                held[compartment] = keys.file_key(compartment)
            except NoGrant:
                continue
        gate.lock()
        for compartment, key in held.items():
            path = department.folder / f"{compartment}.db"
            raw[f"{compartment} in the clear"] = b"".join(pieces(path, key))
    return raw


def holding(department: Department, clock: FixedClock) -> set[str]:
    """The files in which a value of that person stands."""
    return {
        name for name, data in files_in_the_clear(department, clock).items() if found(data, VALUES)
    }


def test_two_people_end_a_record_and_no_file_holds_a_word_of_it(
    open_window: OpenWindow, staff: Staff, department: Department, printer: Paper,
    clock: FixedClock,
) -> None:  # fmt: skip
    number = taken(open_window, staff)
    assert holding(department, clock) == {"care in the clear"}  # negative control
    proposed(open_window, staff, number)
    approved(open_window, staff)

    hale = open_window()  # hidden at once
    hale.sign_in(staff["mhale"])
    hale.press("People")
    hale.settle()
    assert hale.reads("20 intakes")
    assert not case_story.finds(hale, walk_in.LAST)
    hale.conductor.window.close()
    clock.at += timedelta(hours=73)

    lowe = open_window()  # carried out at this sign-in
    lowe.sign_in(staff["jlowe"])
    lowe.press("Records")
    lowe.settle()
    assert lowe.reads("Nothing is proposed.")
    before = len(printer.sheets)
    lowe.press(next(name for name in lowe.names() if name.startswith("Print certificate")))
    lowe.until(lambda: len(printer.sheets) > before)
    lowe.conductor.window.close()

    assert holding(department, clock) == set()


@pytest.mark.parametrize("who", ["mhale", "dreyes"])
def test_who_has_no_part_in_it_sees_no_such_place(
    open_window: OpenWindow, staff: Staff, who: str
) -> None:
    clerk = open_window()
    clerk.sign_in(staff[who])
    assert "Records" not in clerk.names()
