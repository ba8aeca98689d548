"""Measures over the journeys of one file: runs what `domain.measure_sql` builds.

Pages of an encrypted file are decrypted whenever they are read, so what costs is reading them to
and fro. One figure over much of the file reads it in its own order; many figures of a short period
are asked of a copy of its journeys, which stands in memory alone and is gone afterwards.
"""

from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any, Final

from intake_app.domain.figure import ALL_OF, Figure, Place
from intake_app.domain.ids import RecordId
from intake_app.domain.measure import Question
from intake_app.domain.measure_figure import figure_of
from intake_app.domain.measure_pack import can_be_packed, packed_figures
from intake_app.domain.measure_sql import Builder
from intake_app.domain.sql import Sql
from intake_app.storage.driver import Database, roomy, translated

_AT_ONCE: Final = 500

_INDEXED: Final = "opened_on"

_WIDE: Final = 8
"""A period is wide where more than one in so many journeys lies in it."""

_WORTH_A_COPY: Final = 3
"""From so many figures on, copying the journeys of their period is quicker than reading on."""

_MOST_COPIED: Final = 40_000
"""Journeys that are copied at most: about 30 MB in memory."""

_COPIES: Final = (
    "CREATE TEMP TABLE journey AS SELECT * FROM main.journey WHERE n IN"
    " (SELECT n FROM temp.picked) OR record IN (SELECT intake FROM temp.picked)",
    "CREATE INDEX temp.copied_n ON journey (n)",
    "CREATE INDEX temp.copied_record ON journey (record)",
    "CREATE TEMP TABLE trait AS SELECT * FROM main.trait"
    " WHERE journey IN (SELECT n FROM temp.journey)",
    "CREATE INDEX temp.copied_cut ON trait (cut, journey, code)",
    "CREATE INDEX temp.copied_trait ON trait (journey, cut)",
)
"""Statements that copy the journeys that were picked, and the intakes that these belong to."""


def ask(db: Database, question: Question) -> Figure:
    """Compute a measure."""
    with roomy(db):
        return _figure(db, question)


def ask_all(db: Database, questions: Sequence[Question]) -> list[Figure]:
    """Compute several measures: those without cuts in one pass, the others of a copy."""
    with roomy(db):
        packed = packed_figures(questions, lambda sql: _streamed(db, sql))
        rest = {n: one for n, one in enumerate(questions) if not can_be_packed(one)}
        figures = {**packed, **_cut(db, rest)}
        return [figures[n] for n in range(len(questions))]


def behind(db: Database, question: Question, place: Place, most: int) -> list[RecordId]:
    """The records behind one place of a measure's table, newest first; intakes for referrals."""
    asked = [(cut, code) for cut, code in zip(question.cuts, place, strict=False) if code != ALL_OF]
    builder = Builder(question, is_wide=_is_wide(db, question))
    sql = builder.records([cut for cut, _ in asked], [code for _, code in asked], most)
    with roomy(db):
        return [RecordId(row[0]) for row in _run(db, sql)]


def in_numerator(db: Database, question: Question, records: Collection[RecordId]) -> set[RecordId]:
    """Which of some records count in the numerator."""
    found: set[RecordId] = set()
    wanted = list(records)
    for n in range(0, len(wanted), _AT_ONCE):
        sql = Builder(question).numerators(wanted[n : n + _AT_ONCE])
        found.update(RecordId(row[0]) for row in _run(db, sql))
    return found


# --- inside -----------------------------------------------------------------------------


def _figure(db: Database, question: Question) -> Figure:
    return figure_of(question, lambda sql: _run(db, sql), is_wide=_is_wide(db, question))


def _cut(db: Database, questions: dict[int, Question]) -> dict[int, Figure]:
    """Figures with cuts; those of a short period of a copy of its journeys."""
    with _copied(db, list(questions.values())):
        return {n: _figure(db, one) for n, one in questions.items()}


@contextmanager
def _copied(db: Database, questions: Sequence[Question]) -> Generator[None]:
    """Put journeys of the asked days into memory, under the names that statements know.

    In SQLite a temporary table goes before one of the same name; `temp_store` is memory, so no
    page of it is ever written to a disk. Nothing else runs on the connection meanwhile.
    """
    if len(questions) < _WORTH_A_COPY:
        yield
        return
    with translated():
        try:
            picks = _picks(questions)
            db.conn.execute(picks.text, picks.values)
            [(count,)] = _run(db, Sql("SELECT count(*) FROM temp.picked"))
            for statement in _COPIES if count <= _MOST_COPIED else ():
                db.conn.execute(statement)
            yield
        finally:
            for name in ("journey", "trait", "picked"):
                db.conn.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _picks(questions: Sequence[Question]) -> Sql:
    """Note which journeys some questions look at: most days have no index, so that is read once."""
    periods = {(one.measure.date, one.since, one.until): one for one in questions}
    text = Sql("CREATE TEMP TABLE picked AS SELECT n, intake FROM main.journey j WHERE ")
    for one in periods.values():
        text += Builder(one).is_in_period() + " OR "
    return text + f"1=0 LIMIT {_MOST_COPIED + 1}"


def _is_wide(db: Database, question: Question) -> bool:
    """Whether an index would lead through much of the file."""
    if question.measure.date != _INDEXED:
        return False
    builder = Builder(question)
    [(last,)] = _run(db, Sql("SELECT coalesce(max(n),0) FROM journey"))
    return _count(db, builder.is_looked_at()) * _WIDE > last


def _count(db: Database, where: Sql) -> int:
    [(count,)] = _run(db, Sql("SELECT count(*) FROM journey j WHERE ") + where)
    return int(count)


def _run(db: Database, sql: Sql) -> Sequence[Sequence[Any]]:
    """All rows at once: a statement that is still open would keep a copy from going."""
    with translated():
        return db.conn.execute(sql.text, sql.values).fetchall()


def _streamed(db: Database, sql: Sql) -> Iterable[Sequence[Any]]:
    """Rows one after the other: there is one for each journey."""
    with translated():
        yield from db.conn.execute(sql.text, sql.values)
