"""What happens to an intake later: amended with a reason, a wrong letter replaced, taken back."""

from pathlib import Path

import pytest
import walk_in
from clerk import Clerk
from department import Paper, Staff

REASON = "Heard it wrong at the desk"


@pytest.fixture
def finished(clerk: Clerk, staff: Staff, printer: Paper) -> Clerk:
    """An intake is done, its papers are printed, and it is open to read."""
    clerk.sign_in(staff["mhale"])
    walk_in.take(clerk)
    clerk.press("Print")
    clerk.press("Finish")
    walk_in.receipt_number(clerk)
    clerk.press("Open this intake")
    clerk.press("Show names")
    return clerk


def amend_last_name(clerk: Clerk) -> None:
    """The name was heard wrong."""
    clerk.press(next(n for n in clerk.names() if n.startswith("Amend: How to reach you")))
    clerk.write("Last name", "Stillwater")
    clerk.write("Reason for the change", REASON)
    clerk.press("Save the change")


def test_an_answer_is_amended_and_the_old_one_stays_readable(finished: Clerk) -> None:
    amend_last_name(finished)
    assert finished.reads("The change is saved. The old answer is kept.")
    for words in ("Stillwater", walk_in.LAST, REASON):
        assert finished.reads(words)


def test_without_a_reason_nothing_is_amended(finished: Clerk) -> None:
    finished.press(next(n for n in finished.names() if n.startswith("Amend: How to reach you")))
    finished.write("Last name", "Stillwater")
    finished.press("Save the change")
    assert finished.reads("Please say why, in a few words.")
    finished.press("Cancel")
    assert not finished.reads("Stillwater")


def test_entered_in_error_takes_it_out_of_lists_and_counts(finished: Clerk) -> None:
    number = next(t for t in finished.page() if t.startswith("Intake PH-")).split()[1]
    finished.press("Entered in error")
    finished.write("Reason", REASON)
    finished.press("Entered in error", finished.find("Reason").parentWidget())
    assert finished.reads("This was entered in error. It is in no list and no count.")
    finished.press("Home")
    assert not finished.reads(number)
    finished.press("People")
    assert finished.reads("20 intakes")


def test_a_wrong_letter_is_replaced_in_one_go(
    finished: Clerk, printer: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amend_last_name(finished)
    finished.press("Void and reissue")
    finished.write("Reason", REASON)
    finished.press("Void and reissue", finished.find("Reason").parentWidget())
    assert finished.reads("Voided and issued anew. Print the new one now.")
    assert finished.reads("1 old copy was handed out. Ask for it back.")
    assert finished.reads("Replaces no. PH-26-A00021-Q/1")
    monkeypatch.chdir(tmp_path)
    rows = finished.controls("Save PDF")
    finished.save_pdf(rows[-1])
    letter = walk_in.words_of(next(tmp_path.glob("PH-*.pdf")).read_bytes())
    assert "Stillwater" in letter
    assert walk_in.LAST not in letter
    assert "PH-26-A00021-Q/1" in letter
