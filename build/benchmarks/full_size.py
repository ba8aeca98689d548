"""What else grows with a file: an intake that is finished, a backup, and the bytes on the disk."""

import random
import shutil
import statistics
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from benchmarks.full_profile import full_desk, full_profile
from benchmarks.measurement import Goal, Measurement, Room, Sides
from intake_app.services.backup.making import make_backup, size_of_files
from intake_app.services.backup.parts import parts_of
from intake_app.services.backup.places import here
from intake_app.services.intakes.intakes import finish_intake
from intake_app.services.records.drafts import begin_draft, save_draft
from intake_app.services.training.patterns import Pattern, identity_of, pattern_of

_TIMES: Final = 10
_FORM: Final = "self_referral"


@contextmanager
def prepare_finish(room: Room) -> Generator[Sides]:
    """From the press of the button: number, checks, records, search, what is owed; the median."""
    with full_desk(room) as desk:
        dice = random.Random()  # noqa: S311 (another person each time; fiction)
        guide = desk.library.guide(_FORM)
        patterns = list[Pattern]()
        while len(patterns) < _TIMES:
            pattern = pattern_of(desk, guide, dice)
            if not guide.problems(pattern.answers):
                patterns.append(pattern)

        def finish() -> float:
            taken = list[float]()
            for pattern in patterns:
                draft = begin_draft(desk, _FORM)
                draft.answers = {**pattern.answers, **identity_of(guide.form, dice)}
                save_draft(desk, draft)
                start = time.perf_counter()
                finish_intake(desk, draft)
                taken.append((time.perf_counter() - start) * 1000)
            return statistics.median(taken)

        yield Sides(finish)


@contextmanager
def prepare_backup(room: Room) -> Generator[Sides]:
    """Copied, hashed and signed inside the profile; it goes again afterwards."""
    with full_desk(room) as desk:
        shelf = here(parts_of(desk))

        def backup() -> float:
            start = time.perf_counter()
            moment = make_backup(desk, lambda: False)
            taken = time.perf_counter() - start
            shutil.rmtree(shelf.root / moment)
            return taken

        yield Sides(backup)


@contextmanager
def prepare_bytes(room: Room) -> Generator[Sides]:
    """Of all four encrypted files, in megabytes of 1,048,576 bytes."""
    folder = full_profile(room).folder
    yield Sides(lambda: size_of_files(folder) / 1024**2)


MEASUREMENTS: Final = (
    Measurement("finish an intake among {people}", "ms", Goal(), prepare_finish),
    Measurement("backup of {people} intakes, made here", "s", Goal(), prepare_backup),
    Measurement("files of {people} intakes", "MB", Goal(), prepare_bytes),
)  # fmt: skip
