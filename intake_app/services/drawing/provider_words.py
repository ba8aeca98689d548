"""What the directory knows of the provider that somebody chose, as words for papers."""

from collections.abc import Iterator
from typing import Final

from intake_app.domain.entry import show_date, show_phone_or_words
from intake_app.domain.errors import RecordMissing
from intake_app.domain.form import Answers, FieldType, Form
from intake_app.domain.ids import RecordId
from intake_app.domain.provider import PAPER_WORDS, Provider
from intake_app.domain.text import FALLBACK
from intake_app.services.desk import Desk
from intake_app.services.providers.opening_hours import hours_words
from intake_app.services.providers.providers import service_entry

_FAX: Final = "fax"


def provider_words(desk: Desk, form: Form, answers: Answers, language: str) -> dict[str, str]:
    """For each chosen provider its address, phone and so on: {provider_phone}.

    A provider whose name was only typed, or who is no longer in the directory, has no such words.
    """
    found: dict[str, str] = {}
    for field in form.fields():
        if field.type is not FieldType.PROVIDER or field.id not in answers:
            continue
        said = words_of_provider(desk, str(answers[field.id].get("id") or ""), language)
        if said:
            found |= {f"{field.id}_{name}": said.get(name, "") for name in PAPER_WORDS}
    return found


def words_of_provider(desk: Desk, ident: str, language: str) -> dict[str, str]:
    """The same of one provider: {address}, {phone}; none where the directory has no such one."""
    try:
        record = service_entry(desk.station, RecordId(ident or "-"))
    except RecordMissing:
        return {}
    if record.is_deleted:
        return {}
    return dict(_words_of(Provider(record.id, record.values), language))


def _words_of(provider: Provider, language: str) -> Iterator[tuple[str, str]]:
    yield "address", provider.text("address")
    fax = next((p.number for p in provider.phones if p.kind == _FAX), "")
    yield "phone", show_phone_or_words(provider.phone)
    yield "fax", show_phone_or_words(fax)
    yield "contact", provider.text("closed_loop_contact").removesuffix(f", {provider.phone}")
    yield "hours", hours_words(provider.schedules).said_in(language)
    if language == FALLBACK:  # the directory lists these in its own language only
        yield "bring", ", ".join(provider.texts("documents"))
    yield "checked", show_date(provider.checked_on, language)
