"""All answers of a finished intake, put together again from the records that hold them."""

from intake_app.domain.form import Answers, FieldType
from intake_app.domain.record import Record
from intake_app.services.needs.everyday import Guide
from intake_app.services.needs.files import Reads
from intake_app.services.records.event_parts import event_of
from intake_app.services.records.rows import rows_of


def answers_of(file: Reads, record: Record, guide: Guide) -> Answers:
    """The answers of an intake, with the rows of its tables, its legal acts and its event."""
    event = event_of(file, record)
    answers = {**(_own(event) if event else {}), **_own(record)}
    for section in guide.form.sections:
        holder = event if event and section.is_event else record
        for field in section.fields:
            is_table = field.type is FieldType.ROWS
            if is_table and (rows := rows_of(file, holder.id, field.id)):
                answers[field.id] = rows
    for kind in {section.fact for section in guide.form.sections if section.fact}:
        if acts := file.about(record.id, kind):
            last = max(acts, key=lambda act: act.base)  # it restates all that stands
            answers.update(_own(last))
    return answers


def _own(record: Record) -> Answers:
    return {k: v for k, v in record.values.items() if not k.startswith("~") and v is not None}
