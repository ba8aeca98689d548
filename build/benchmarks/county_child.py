"""Merges the extracts of a folder in a process of its own; says how long or how much it took."""

import resource
import sys
import time
from pathlib import Path

from benchmarks.county import CUTS, SINCE, TODAY, UNTIL
from intake_app.domain.clock import SystemClock
from intake_app.domain.county import NUMBERS_OF_AGENCY, Came, Manifest, taken
from intake_app.domain.measure import Question
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources
from intake_app.settings.agency import Agency
from intake_app.tables.county_merge import county_table

_TABLES = (("", ""), ("race", ""), ("quarter", "gender"))


def main(folder: Path, intakes: int, which: str) -> None:
    """Print seconds, or megabytes at most."""
    start = time.perf_counter()
    numbers: dict[str, int] = {name: 100 for name in NUMBERS_OF_AGENCY}
    manifest = Manifest(
        "one", SINCE, UNTIL, TODAY, ("care", "cases"), CUTS, intakes, 0, 0, numbers, "m"
    )
    came = [
        Came(path.stem, path.stem, f"{TODAY}T09:00:00+0000", manifest, path.read_bytes())
        for path in sorted(folder.glob("*.parquet"))
    ]
    setting = Setting.of(Agency(), SystemClock())
    library = FormLibrary(resources.path("forms"), resources.path("resources"), setting)
    cuts = {cut.id: cut for cut in library.cuts()}
    with county_table(taken(came, SINCE, UNTIL), CUTS) as table:
        table.people(SINCE, UNTIL)
        for n, measure in enumerate(library.measures()):
            for names in _TABLES if n < 3 else _TABLES[:1]:
                chosen = tuple(cuts[name] for name in names if name)
                question = Question(measure, SINCE, UNTIL, TODAY, chosen, numbers=numbers)
                table.ask(question)
                table.ask_each(question)
    if which == "megabytes":
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    else:
        print(time.perf_counter() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
