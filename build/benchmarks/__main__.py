"""The command line of the benchmark: `python3 build/bench [--json] [--only WORD] [--quick]`.

`python3 build/bench --grown FOLDER [--sizes 1000,10000] [--only WORD]` tells of growth instead.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import (
    carrying,
    case_papers,
    county,
    curve,
    dashboard,
    eligibility,
    exporting,
    filling,
    finding,
    full_size,
    home,
    idle,
    journeys,
    letter,
    making,
    memory,
    merging,
    neighbors,
    newcomer,
    people_list,
    purge,
    quiet,
    reports,
    same_person,
    start,
    today_list,
    turns,
    writes,
    year,
)
from benchmarks.harness import HEADING, run, table_line
from benchmarks.measurement import Measurement, Room

EVERY: tuple[Measurement, ...] = (
    *start.MEASUREMENTS,
    *neighbors.MEASUREMENTS,
    *making.MEASUREMENTS,
    *home.MEASUREMENTS,
    *writes.MEASUREMENTS,
    *finding.MEASUREMENTS,
    *people_list.MEASUREMENTS,
    *same_person.MEASUREMENTS,
    *today_list.MEASUREMENTS,
    *purge.MEASUREMENTS,
    *full_size.MEASUREMENTS,
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
    *idle.MEASUREMENTS,
    *turns.MEASUREMENTS,
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
    parser.add_argument("--processor", action="store_true",
                        help="tell processor time, which others cannot lengthen")  # fmt: skip
    parser.add_argument("--grown", type=Path, metavar="FOLDER",
                        help="how all grows: of a department there, or grown there")  # fmt: skip
    parser.add_argument("--sizes", default="1000,10000,100000", help="of that department")
    asked = parser.parse_args(arguments)
    if asked.processor:  # every line asks this clock
        time.perf_counter = time.process_time
    if asked.grown:
        return tell_growth(asked.grown, [int(size) for size in asked.sizes.split(",")], asked.only)
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


def tell_growth(folder: Path, sizes: Sequence[int], word: str) -> int:
    """Print a table of all sizes, and keep a chart beside them. Returns 1: nothing was measured."""
    for said in curve.grow_missing(folder, sizes):
        print(said, flush=True)
    with tempfile.TemporaryDirectory(prefix="intake-bench-") as room:
        grown = list[curve.Grown]()
        for one in curve.curve(folder, Path(room), word):
            print(one.what, dict(one.figures), one.unit, flush=True)
            grown.append(one)
    print(curve.table(grown))
    if any(one.unit == "ms" and len(one.figures) > 1 for one in grown):
        (folder / "growth.svg").write_text(curve.picture(grown), "utf-8")
    return 0 if any(one.figures for one in grown) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
