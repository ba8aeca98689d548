"""The event that an intake shares with another person: shown, and not asked again."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.draft import Draft
from intake_app.services.needs.everyday import Guide
from intake_app.services.records.event_parts import EVENT
from intake_app.ui.form.answer_list import AnswerCard, Reading
from intake_app.ui.form.setting import Setting
from intake_app.ui.parts.labels import muted


def shared_event(draft: Draft, guide: Guide, setting: Setting) -> QWidget | None:
    """Its answers as they were taken; None for an intake with no event, or one of its own."""
    if not draft.marks.get(EVENT):
        return None
    words = setting.words
    shown = QWidget()
    lines = QVBoxLayout(shown)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(setting.theme.px(12))
    lines.addWidget(muted(words.text("The event is saved already. It is not asked again.")))
    reading = Reading(guide, draft.answers, words, setting.theme)
    for section in guide.form.sections:
        if section.is_event:
            card = AnswerCard(section, reading, words.text("Change"))
            card.change.hide()
            lines.addWidget(card)
    return shown
