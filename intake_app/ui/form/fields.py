"""Which widget asks which kind of question."""

from collections.abc import Callable
from typing import Final

from intake_app.domain.form import Field, FieldType
from intake_app.ui.form.choice_fields import (
    MOST_RADIOS,
    ChoiceField,
    ChoicesField,
    ListField,
    YesNoField,
)  # fmt: skip
from intake_app.ui.form.field_widget import FieldWidget
from intake_app.ui.form.person_fields import PersonField, ProviderField
from intake_app.ui.form.ranked_field import RankedField
from intake_app.ui.form.rows_field import RowsField
from intake_app.ui.form.setting import Setting
from intake_app.ui.form.signature_field import SignatureField
from intake_app.ui.form.statement_field import StatementField
from intake_app.ui.form.text_fields import LongTextField, TextField
from intake_app.ui.form.typed_fields import (
    DateField,
    DateTimeField,
    MoneyField,
    NumberField,
    PhoneField,
)  # fmt: skip

_SHORT: Final = frozenset({
    FieldType.TEXT, FieldType.DATE, FieldType.NUMBER, FieldType.MONEY, FieldType.PHONE,
    FieldType.PROVIDER, FieldType.DATE_TIME,
})  # fmt: skip


def _choice(field: Field, setting: Setting) -> FieldWidget:
    offered = [choice for choice in field.choices if not choice.is_retired]
    kind = ChoiceField if len(offered) <= MOST_RADIOS else ListField
    return kind(field, setting)


def _rows(field: Field, setting: Setting) -> FieldWidget:
    return RowsField(field, setting, make_field)


_WIDGETS: Final[dict[FieldType, Callable[[Field, Setting], FieldWidget]]] = {
    FieldType.TEXT: TextField,
    FieldType.LONG_TEXT: LongTextField,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: ChoicesField,
    FieldType.RANKED: RankedField,
    FieldType.DATE: DateField,
    FieldType.DATE_TIME: DateTimeField,
    FieldType.NUMBER: NumberField,
    FieldType.MONEY: MoneyField,
    FieldType.PHONE: PhoneField,
    FieldType.YES_NO: YesNoField,
    FieldType.PERSON: PersonField,
    FieldType.PROVIDER: ProviderField,
    FieldType.ROWS: _rows,
    FieldType.SIGNATURE: SignatureField,
    FieldType.STATEMENT: StatementField,
}


def make_field(field: Field, setting: Setting) -> FieldWidget:
    """The widget for a question."""
    widget = _WIDGETS[field.type](field, setting)
    if field.type in _SHORT or isinstance(widget, ListField):
        hint = "hint" if field.hint.said_in(setting.words.language) else "bare"
        widget.setProperty("pairs", f"short {hint}")
    return widget
