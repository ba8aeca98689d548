"""All answers of a finished intake, put together again from the records that hold them."""

from intake_app.domain.form import Answers, FieldType
from intake_app.domain.record import Record
from intake_app.services.needs import Guide, Records
from intake_app.services.rows import rows_of


def answers_of(file: Records, record: Record, guide: Guide) -> Answers:
    """The answers of an intake, the rows of its tables and its legal acts included."""
    answers = {k: v for k, v in record.values.items() if not k.startswith("~") and v is not None}
    for field in guide.form.fields():
        if field.type is FieldType.ROWS and (rows := rows_of(file, record.id, field.id)):
            answers[field.id] = rows
    for kind in {section.fact for section in guide.form.sections if section.fact}:
        if acts := file.about(record.id, kind):
            last = max(acts, key=lambda act: act.base)  # it restates all that stands
            answers.update({k: v for k, v in last.values.items() if not k.startswith("~")})
    return answers
