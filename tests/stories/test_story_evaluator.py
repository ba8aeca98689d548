"""An evaluator receives counts of months that are over: no names, no small numbers."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import case_story
import pytest
from clerk import Clerk
from department import Department, OpenWindow, Staff
from sealed_file import Dialogs, Recipient, enter

from intake_app.domain.clock import FixedClock
from intake_app.services.intakes.people import people_order, people_rows

MONTHS = ("2026-01", "2026-11")
LEAST = 11


@pytest.fixture
def lab(tmp_path: Path) -> Recipient:
    return Recipient(tmp_path / "lab", "State University", "evaluator")


def ask(clerk: Clerk, first: str, last: str) -> None:
    clerk.write("First month, like 2026-01", first)
    clerk.write("Last month, like 2026-12", last)
    clerk.press("Show what would leave")
    clerk.settle()


def test_an_evaluator_receives_counts(
    open_window: OpenWindow, staff: Staff, department: Department, clock: FixedClock,
    lab: Recipient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialogs, stick = Dialogs(monkeypatch), tmp_path / "stick"
    stick.mkdir()
    dialogs.folder = str(stick)
    station = enter(open_window, staff, dialogs, lab)
    with case_story.desk_of(department, clock, "jlowe") as desk:
        names = {row.name for row in people_rows(desk, people_order(desk)) if row.name}
    assert len(names) >= LEAST

    clock.at = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
    clerk = open_window()
    clerk.sign_in(staff["jlowe"])
    clerk.press("Recipients")
    clerk.settle()
    ask(clerk, MONTHS[0], "2026-12")
    assert not clerk.sees("Seal and save…")  # December is not over
    ask(clerk, *MONTHS)
    clerk.until_sees("Seal and save…")
    clerk.press("Seal and save…")
    clerk.until_reads("It was read back, and that it leaves is noted.")

    (file,) = stick.iterdir()
    assert lab.open(file, station) == 0
    text = (lab.folder / "out" / "answers.csv").read_text("utf-8-sig")
    header, *rows = csv.reader(text.splitlines())
    assert header == ["question", "answer", "count"]
    counts = {int(count) for _, _, count in rows if count != "not told"}
    assert not counts & set(range(1, LEAST))
    assert any(count == "not told" for _, _, count in rows)
    whole = text + (lab.folder / "out" / "content.json").read_text("utf-8")
    assert not [name for name in names if name.partition(", ")[0] in whole]
    dialogs.file = str(lab.folder / "out" / "receipt.txt")
    clerk.press("Bring in a receipt…")
    clerk.until_reads("Noted: State University received it on")
    ask(clerk, "2026-11", "2026-11")
    clerk.until_reads("Some of these months were counted before.")
