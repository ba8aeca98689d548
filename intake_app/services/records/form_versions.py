"""The form that a record was taken with: kept word by word, so that it can always be read."""

from dataclasses import asdict
from typing import Final

from intake_app.domain import facts
from intake_app.domain.act import Act
from intake_app.domain.errors import FormMissing
from intake_app.domain.form import FormRef
from intake_app.domain.ids import RecordId, new_record_id
from intake_app.domain.record import Record
from intake_app.services.desk import Desk
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.writing import fact

FORM_TEXT: Final = "form_text"
"""Kind of the records that keep the texts of each form version in use."""


def guide_of_record(desk: Desk, record: Record) -> Guide:
    """The form version that a record names.

    Raises:
        FormMissing: Neither the file nor a kept text is there.
    """
    return guide_for(desk, FormRef(**record.values[facts.FORM]))


def guide_for(desk: Desk, ref: FormRef) -> Guide:
    """The form version that a record or draft was taken with.

    Raises:
        FormMissing: Neither the file nor a kept text is there.
    """
    try:
        guide = desk.library.guide(ref.id)
    except FormMissing:
        guide = None
    if guide is not None and guide.form.ref.digest == ref.digest:
        return guide
    kept = _kept(desk, ref)
    if kept is None:
        raise FormMissing(ref.id)
    return desk.library.guide_from(ref, kept.values["sources"])


def keep_form(desk: Desk, guide: Guide) -> None:
    """Keep the texts of a form version, once, so that its intakes can always be read."""
    ref = guide.form.ref
    if _kept(desk, ref) is None:
        fields = {"form": asdict(ref), "sources": dict(guide.sources)}
        user, ident, about = desk.person.id, new_record_id(), _form_record(ref.digest)
        change = fact(desk.station, user, FORM_TEXT, ident, fields, about=about)
        desk.station.apply([change], Act(user, "keep form version", ident))


def _kept(desk: Desk, ref: FormRef) -> Record | None:
    """The kept texts of a version; each station keeps them under an id of its own.

    A fact is written once, so two stations must not write one of the same id. What older versions
    of this program kept lies under the id of the version itself.
    """
    ident = _form_record(ref.digest)
    return next(iter(desk.station.about(ident, FORM_TEXT)), None) or desk.station.record(ident)


def _form_record(digest: str) -> RecordId:
    return RecordId(digest[:32])
