"""Extracts of many departments as one table, and the same measures asked of it, by DuckDB.

The rows are de-identified before they come here, and still they lie only in a folder that this user
alone can read, for as long as the merge lasts, or after a kill until the next start
(`disk.passing`); what memory does not hold goes there too. Columns
are taken by their known names and nothing else of a file is: a Parquet file runs nothing.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import duckdb

from intake_app.disk.atomic import our_errors
from intake_app.disk.passing import passing_folder
from intake_app.domain.county import LEFT_OUT, MOST_ROWS, Came, Taken
from intake_app.domain.county_errors import BadExtract
from intake_app.domain.errors import StorageFailed
from intake_app.domain.figure import ALL_OF, Count, Figure, Place, added
from intake_app.domain.journey import NUMBERS, Journey
from intake_app.domain.measure import Clause, Cut, Question, Where
from intake_app.domain.measure_figure import figure_of
from intake_app.domain.sql import DUCKDB, Sql
from intake_app.domain.text import NOTHING
from intake_app.tables.parquet_out import NUMBER, TEXT, TEXTS, closed_database

MEMORY: Final = "768MB"
"""The most that a merge takes; what is more waits in its folder."""

THREADS: Final = 2

OWN: Final = ("record", "intake", "file", "person", "sound")
"""Columns beside those of a journey: pseudonyms, the compartment, and tokens of the person."""

JOURNEY_COLUMNS: Final = tuple(
    one.name for one in fields(Journey) if one.name not in {*LEFT_OUT, "traits"}
)
_ALL_COLUMNS: Final = (*OWN, *JOURNEY_COLUMNS)
AGENCY: Final = Cut("department", NOTHING, column="by")
"""Who took it leaves no department; in its column stands the agency."""

_MOST_CUTS: Final = 2
_DAYS_ALONE: Final = " WHERE opened_on BETWEEN $since AND $until"


def county_columns(cuts: Sequence[str]) -> list[tuple[str, str]]:
    """Name and type of each column of an extract that may be cut by these cuts."""
    journey = [(name, NUMBER if name in NUMBERS else TEXT) for name in JOURNEY_COLUMNS]
    traits = [(_cut_column(cut), TEXTS) for cut in cuts]
    return [("n", NUMBER), *((name, TEXT) for name in OWN), *journey, *traits]


class CountyTable:
    """The journeys of several departments.

    Args:
        folder: A private folder that is removed afterwards.
        memory: The most that it takes.
        threads: The most that it works with at once.
    """

    def __init__(self, folder: Path, memory: str = MEMORY, threads: int = THREADS) -> None:
        self._folder = folder
        self._database: Any = closed_database(folder, memory, threads)
        self._traits: dict[str, Path | None] = {}
        self._extracts: tuple[Came, ...] = ()

    def close(self) -> None:
        """Let go of everything."""
        self._database.close()

    def take(self, found: Taken, cuts: Sequence[str]) -> None:
        """Take the rows of these extracts; a journey that two of them hold is taken once.

        Args:
            found: Which extracts; of an agency the older come first.
            cuts: The cuts that this department knows; no other column is looked at.

        Raises:
            BadExtract: One is not the table that its department said.
        """
        self._extracts = found.extracts
        has = {cut for one in found.extracts for cut in one.manifest.cuts}
        self._traits = {cut: None for cut in cuts if cut in has}
        parts = [self._part(n, one) for n, one in enumerate(found.extracts)]
        self._run("CREATE TABLE agency (extract INTEGER, agency VARCHAR)")
        for n, one in enumerate(found.extracts):
            said = {"n": n, "agency": one.agency}
            self._run("INSERT INTO agency VALUES ($n, $agency)", said)
        self._run(f"CREATE VIEW every AS {' UNION ALL '.join(parts)}")
        self._run(
            "CREATE TABLE older AS SELECT a.extract, one.record FROM every one"
            " JOIN agency a USING (extract) WHERE FALSE"
        )
        for n, later in self._several(found):
            self._run(
                "INSERT INTO older SELECT extract, record FROM every WHERE extract = $n AND record"
                f" IN (SELECT record FROM every WHERE extract IN ({_numbers(later)}))", {"n": n},
            )  # fmt: skip
        kept = " ANTI JOIN older USING (extract, record)" if self._has_older() else ""
        self._run(f"CREATE VIEW kept AS SELECT * FROM every{kept}")

    def people(self, since: str, until: str) -> tuple[int, int, int]:
        """People met in some days, each once; how many of them by more than one department.

        The third number: how many people whom different departments met sound alike and were born
        on the same day, and are still counted apart; so many may be one person misspelled.
        """
        days = {"since": since, "until": until}
        met = f"FROM kept JOIN agency USING (extract){_DAYS_ALONE} AND subject = 'intake'"
        found = self._run(
            "SELECT count(*), count(*) FILTER (agencies > 1) FROM (SELECT count(DISTINCT agency)"
            f" AS agencies {met} AND person <> '' GROUP BY file, person)", days,
        )  # fmt: skip
        alike = self._run(
            "SELECT coalesce(sum(people - 1), 0) FROM (SELECT count(DISTINCT person) AS people,"
            f" count(DISTINCT agency) AS agencies {met} AND sound <> '' GROUP BY file, sound)"
            " WHERE people > 1 AND agencies > 1", days,
        )  # fmt: skip
        return int(found[0][0]), int(found[0][1]), int(alike[0][0])

    def ask(self, question: Question) -> Figure:
        """Compute a measure over all departments, by the same SQL as in one file.

        What is multiplied with an agency's own numbers is computed for each agency with its own.
        """
        self._need(question)
        if not question.measure.times:
            return self._ask(question, range(len(self._extracts)))
        by_agency: dict[str, list[int]] = {}
        for n, one in enumerate(self._extracts):
            by_agency.setdefault(one.agency, []).append(n)
        return _together([
            self._ask(replace(question, numbers=self._extracts[mine[-1]].manifest.numbers), mine)
            for mine in by_agency.values()
        ])  # fmt: skip

    def ask_each(self, question: Question) -> dict[str, Figure]:
        """The same of each agency by itself, by its opaque id: to see who gave most of a cell."""
        self._need(question)
        if len(question.cuts) < _MOST_CUTS and not question.measure.times:
            by_agency = replace(question, cuts=(*question.cuts, AGENCY))
            return _of_each(self._ask(by_agency, range(len(self._extracts))))
        found = dict[str, Figure]()
        for agency in dict.fromkeys(one.agency for one in self._extracts):
            mine = [n for n, one in enumerate(self._extracts) if one.agency == agency]
            numbers = self._extracts[mine[-1]].manifest.numbers
            found[agency] = self._ask(replace(question, numbers=numbers), mine)
        return found

    # --- inside -------------------------------------------------------------------------------

    def _ask(self, question: Question, extracts: Iterable[int]) -> Figure:
        files = ", ".join(f"'{one}'" for one in question.measure.files)
        rows = f"extract IN ({_numbers(extracts)}) AND file IN ({files})"
        made = [path for path in self._traits.values() if path is not None]
        traits = f"SELECT * FROM read_parquet([{', '.join(map(_quoted, made))}])"
        if not made:
            traits = "SELECT '' AS cut, CAST(0 AS BIGINT) AS journey, '' AS code WHERE FALSE"
        head = f"WITH journey AS (SELECT * FROM kept WHERE {rows}), trait AS ({traits}) "

        def run(sql: Sql) -> list[tuple[Any, ...]]:
            return self._run(head + sql.text, sql.values)

        return figure_of(question, run, DUCKDB)

    def _need(self, question: Question) -> None:
        """Lay out the traits that a question looks at, once each."""
        for cut in _asked(question):
            if cut not in self._traits or self._traits[cut] is not None:
                continue
            path = self._folder / f"trait{len([p for p in self._traits.values() if p])}.parquet"
            parts = " UNION ALL ".join(
                f"SELECT {n * MOST_ROWS} + n AS journey, unnest({_name(_cut_column(cut))}) AS code"
                f" FROM read_parquet({_quoted(self._path(n))})"
                for n, one in enumerate(self._extracts) if cut in one.manifest.cuts
            )  # fmt: skip
            said = f"SELECT {_quoted(cut)} AS cut, CAST(journey AS BIGINT) AS journey, code"
            self._run(f"COPY ({said} FROM ({parts})) TO {_quoted(path)} (FORMAT parquet)")
            self._traits[cut] = path

    def _path(self, n: int) -> Path:
        return self._folder / f"extract{n}.parquet"

    def _part(self, n: int, one: Came) -> str:
        """The rows of one extract, with the columns that are known and the types that they have."""
        self._path(n).write_bytes(one.table)
        table = f"read_parquet({_quoted(self._path(n))})"
        has = {str(row[0]): str(row[1]) for row in self._run(f"DESCRIBE SELECT * FROM {table}")}
        if any(has.get(name) != kind for name, kind in county_columns(one.manifest.cuts)):
            raise BadExtract("columns")
        count = self._run(f"SELECT count(*), count(DISTINCT n), min(n), max(n) FROM {table}")[0]
        rows = one.manifest.rows
        if count[:2] != (rows, rows) or (rows and count[2:] != (0, rows - 1)):
            raise BadExtract("rows")
        kept = [
            _name(name) if name in NUMBERS else f"coalesce({_name(name)}, '') AS {_name(name)}"
            for name in _ALL_COLUMNS
        ]
        number = f"CAST({n * MOST_ROWS} + n AS BIGINT) AS n"
        own = f"{_quoted(one.agency)} AS \"by\", '' AS provider"
        return f"SELECT {n} AS extract, {number}, {', '.join(kept)}, {own} FROM {table}"

    @staticmethod
    def _several(found: Taken) -> Iterable[tuple[int, list[int]]]:
        """Each extract after which its agency sent others, and which."""
        for n, one in enumerate(found.extracts):
            later = [
                m for m, other in enumerate(found.extracts) if m > n and other.agency == one.agency
            ]
            if later:
                yield n, later

    def _has_older(self) -> bool:
        return bool(self._run("SELECT 1 FROM older LIMIT 1"))

    def _run(
        self, text: str, values: Mapping[str, object] | Sequence[object] = ()
    ) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(text, values or None).fetchall()
        except duckdb.Error as error:
            # what DuckDB says may quote a value: only the name of the error is handed on
            kind = StorageFailed if isinstance(error, duckdb.IOException) else BadExtract
            raise kind(type(error).__name__) from None


@contextmanager
def county_table(
    found: Taken, cuts: Sequence[str], memory: str = MEMORY, threads: int = THREADS,
    place: Path | None = None,
) -> Generator[CountyTable]:  # fmt: skip
    """The table of some extracts, for as long as it is asked.

    Args:
        found: Which extracts.
        cuts: The cuts that this department knows.
        memory: The most that it takes.
        threads: The most that it works with at once.
        place: Where its folder is made; see `disk.passing`.

    Raises:
        BadExtract: One is not the table that its department said.
        DiskFull, StorageFailed: The folder for temporary files took no more.
    """
    with our_errors(), passing_folder(place) as folder:
        table = CountyTable(folder, memory, threads)
        try:
            table.take(found, cuts)
            yield table
        finally:
            table.close()


def _asked(question: Question) -> set[str]:
    """The traits that a question looks at."""
    cuts: list[Cut] = [*question.cuts, *(cut for cut, _ in question.only)]
    found = {cut.of or cut.id for cut in cuts}
    measure = question.measure
    where: list[Where] = [measure.of, measure.where, *(one.where for one in measure.exclusions)]
    clauses: list[Clause] = [one for some in where for every in some for one in every]
    return found | {one.trait for one in clauses if one.trait}


def _together(figures: Sequence[Figure]) -> Figure:
    """Figures of agencies as one."""
    places: dict[Place, list[Count]] = {}
    left: dict[str, int] = {}
    for one in figures:
        for place, count in one.rows.items():
            places.setdefault(place, []).append(count)
        for name, number in one.excluded.items():
            left[name] = left.get(name, 0) + number
    return replace(
        figures[0], whole=added(one.whole for one in figures),
        rows={place: added(counts) for place, counts in places.items()},
        running=sum(one.running for one in figures), excluded=left,
    )  # fmt: skip


def _of_each(figure: Figure) -> dict[str, Figure]:
    """A figure whose last cut is the agency, as one of each agency."""
    rows: dict[str, dict[Place, Count]] = {}
    for (*place, agency), count in figure.rows.items():
        if agency != ALL_OF:
            rows.setdefault(agency, {})[tuple(place)] = count
    width = len(figure.cuts) - 1
    whole = (ALL_OF,) * width
    return {
        agency: replace(
            figure, cuts=figure.cuts[:width], whole=mine.pop(whole, Count()), rows=mine,
            running=0, excluded={},
        )
        for agency, mine in rows.items()
    }  # fmt: skip


def _cut_column(cut: str) -> str:
    return f"cut {cut}"


def _numbers(some: Iterable[int]) -> str:
    return ", ".join(map(str, some)) or "NULL"


def _name(column: str) -> str:
    quoted = column.replace('"', '""')
    return f'"{quoted}"'


def _quoted(text: str | Path) -> str:
    quoted = str(text).replace("'", "''")
    return f"'{quoted}'"
