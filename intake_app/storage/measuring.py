"""Measures over the journeys of one file: runs what `domain.measure_sql` builds, nothing else."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from intake_app.domain.figure import ALL_OF, Figure, Place
from intake_app.domain.ids import RecordId
from intake_app.domain.measure import Question
from intake_app.domain.measure_figure import figure_of
from intake_app.domain.measure_pack import packed_figures
from intake_app.domain.measure_sql import Builder, Sql
from intake_app.storage.driver import Database, roomy, translated

_AT_ONCE = 500


def ask(db: Database, question: Question) -> Figure:
    """Compute a measure."""
    with roomy(db):
        return figure_of(question, lambda sql: _run(db, sql))


def ask_all(db: Database, questions: Sequence[Question]) -> list[Figure]:
    """Compute several measures: those that fit into one pass over the file together."""
    with roomy(db):
        packed = packed_figures(questions, lambda sql: _run(db, sql))
        return [
            packed[n] if n in packed else figure_of(question, lambda sql: _run(db, sql))
            for n, question in enumerate(questions)
        ]


def behind(db: Database, question: Question, place: Place, most: int) -> list[RecordId]:
    """The records behind one place of a measure's table, newest first; intakes for referrals."""
    asked = [(cut, code) for cut, code in zip(question.cuts, place, strict=False) if code != ALL_OF]
    sql = Builder(question).records([cut for cut, _ in asked], [code for _, code in asked], most)
    return [RecordId(row[0]) for row in _run(db, sql)]


def in_numerator(db: Database, question: Question, records: Collection[RecordId]) -> set[RecordId]:
    """Which of some records count in the numerator."""
    found: set[RecordId] = set()
    wanted = list(records)
    for n in range(0, len(wanted), _AT_ONCE):
        sql = Builder(question).numerators(wanted[n : n + _AT_ONCE])
        found.update(RecordId(row[0]) for row in _run(db, sql))
    return found


def _run(db: Database, sql: Sql) -> Iterable[Sequence[Any]]:
    with translated():
        yield from db.conn.execute(sql.text, sql.values)
