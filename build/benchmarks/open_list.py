"""Sign in, show home, show the list of people, and print the megabytes of this process.

`python -m benchmarks.open_list FOLDER USER`, the passphrase on standard input. A megabyte is
1,048,576 bytes.
"""

import re
import resource
import sys
from pathlib import Path

# the tests need it, a department does not have it, and sqlite-utils takes it where it is found
sys.modules["numpy"] = None  # pyright: ignore[reportArgumentType]

from benchmarks.full_profile import FullProfile  # noqa: E402
from benchmarks.screen import screen_over  # noqa: E402

_STATUS = Path("/proc/self/status")


def megabytes() -> float:
    """What this process holds now; where the system does not say, the most that it ever held."""
    if _STATUS.exists():
        found = re.search(r"VmRSS:\s*(\d+) kB", _STATUS.read_text("ascii"))
        if found:
            return int(found[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024


def main(folder: str, user_name: str) -> None:
    """Do it."""
    profile = FullProfile(Path(folder), user_name, sys.stdin.read().strip(), 0)
    with screen_over(profile) as screen:
        screen.sign_in()
        screen.workplace.go("people")
        screen.show_all()
        print(f"{megabytes():.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
