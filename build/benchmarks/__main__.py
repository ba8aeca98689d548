"""The command line of the benchmark: `python3 build/bench [--json] [--only WORD] [--quick]`."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import (
    carrying,
    case_papers,
    county,
    dashboard,
    eligibility,
    exporting,
    filling,
    finding,
    home,
    journeys,
    letter,
    making,
    memory,
    merging,
    newcomer,
    people_list,
    purge,
    quiet,
    reports,
    same_person,
    start,
    today_list,
    writes,
    year,
)
from benchmarks.harness import HEADING, run, table_line
from benchmarks.measurement import Measurement, Room

EVERY: tuple[Measurement, ...] = (
    *start.MEASUREMENTS,
    *making.MEASUREMENTS,
    *home.MEASUREMENTS,
    *writes.MEASUREMENTS,
    *finding.MEASUREMENTS,
    *people_list.MEASUREMENTS,
    *same_person.MEASUREMENTS,
    *today_list.MEASUREMENTS,
    *purge.MEASUREMENTS,
    *letter.MEASUREMENTS,
    *eligibility.MEASUREMENTS,
    *case_papers.MEASUREMENTS,
    *dashboard.MEASUREMENTS,
    *journeys.MEASUREMENTS,
    *reports.MEASUREMENTS,
    *exporting.MEASUREMENTS,
    *carrying.MEASUREMENTS,
    *quiet.MEASUREMENTS,
    *merging.MEASUREMENTS,
    *filling.MEASUREMENTS,
    *newcomer.MEASUREMENTS,
    *memory.MEASUREMENTS,
    *county.MEASUREMENTS,
)
"""All measurements, in the order of the table."""

LONG: tuple[Measurement, ...] = year.MEASUREMENTS
"""Those that take hours: only where a word asks for them."""


def chosen(every: Sequence[Measurement], word: str) -> list[Measurement]:
    """Those whose description has the word."""
    return [each for each in every if word.casefold() in each.what.casefold()]


def main(arguments: Sequence[str]) -> int:
    """Measure and print. Returns 1 if something could not be measured, 2 if the word is nowhere."""
    parser = argparse.ArgumentParser(prog="python3 build/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--only", default="", metavar="WORD", help="only lines with this word")
    parser.add_argument("--quick", action="store_true", help="three turns, a small profile: a look")
    asked = parser.parse_args(arguments)
    measurements = chosen((*EVERY, *LONG) if asked.only else EVERY, asked.only)
    if not measurements:
        print(f"Nothing is measured under the word {asked.only!r}.", file=sys.stderr)
        return 2
    if not asked.json:
        print(HEADING)
    is_whole = True
    with tempfile.TemporaryDirectory(prefix="intake-bench-") as folder:
        for result in run(measurements, Room(Path(folder), asked.quick)):
            print(result.line() if asked.json else table_line(result), flush=True)
            if result.problem:
                is_whole = False
                print(f"  {result.what}: {result.problem}", file=sys.stderr)
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
