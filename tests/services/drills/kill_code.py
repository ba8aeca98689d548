"""Signs in with a code, and is killed at one moment (`test_a_code_is_good_once_after_a_kill`)."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from intake_app.app import ProfileGate
from intake_app.domain.clock import FixedClock
from intake_app.domain.sign_in_errors import EnterCode
from intake_app.vault.second_factor import Moment, Passed, SecondFactor


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    folder, moment, name, phrase, code, where = sys.argv[1:]
    real = SecondFactor.begin_shift

    def begin_shift(self: SecondFactor, passed: Passed, now: Moment) -> None:
        if where == "before the shift":
            die()
        real(self, passed, now)
        die()

    SecondFactor.begin_shift = begin_shift
    gate = ProfileGate(Path(folder), FixedClock(datetime.fromisoformat(moment)))
    try:
        gate.unlock(name, phrase)
    except EnterCode:
        gate.steps.enter_code(code)


if __name__ == "__main__":
    main()
