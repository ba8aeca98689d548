"""Own texts of the department, whatever they are: checked, dated, kept, and in force at once.

A text is decided for a day. Until then, and for every draft that was begun before, the older one
holds. What would break a form that works today is not kept.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from intake_app.domain.decision import GONE, Decision, holding, in_force, starting_later
from intake_app.domain.decision_errors import LaterChangeWaits, StartsInThePast, TextHasMistakes
from intake_app.domain.ids import RecordId
from intake_app.services.decisions.keeping import Made, hash_of, keep, read_decisions, read_texts
from intake_app.services.decisions.printers import parts_of
from intake_app.services.desk import Desk
from intake_app.services.needs.decisions import DecisionParts

Texts = Mapping[str, "str | None"]
"""By name; None: from then on as it ships with the program."""

_MOST_MISTAKES: Final = 20


def keep_texts(desk: Desk, texts: Texts, made: Made) -> RecordId | None:
    """Keep own texts whose author was asked for the role; what does not differ is left out.

    Args:
        desk: Whose.
        texts: What they are to be.
        made: The decision without them; `starts` empty: today.

    Returns:
        The decision; None where nothing differs.

    Raises:
        StartsInThePast: Papers of the past stay as they were.
        LaterChangeWaits: Another change of one of them waits for its day.
        TextHasMistakes: They, or what depends on them, would not work.
    """
    parts, today = parts_of(desk), today_of(desk)
    starts = made.starts or today
    if date.fromisoformat(starts).isoformat() < today:
        raise StartsInThePast
    own, decisions = own_on(desk, starts), read_decisions(desk.station)
    changed = {
        name: text
        for name, text in texts.items()
        if text != own.get(name) and not _is_shipped(parts, own, name, text)
    }
    if not changed:
        return None
    if starting_later(decisions, changed, starts):
        raise LaterChangeWaits
    require_sound(parts, own, laid_over(own, changed))
    shipped = {name: parts.files.shipped(name) for name in changed}
    ident = keep(desk, replace(
        made, texts=changed, starts=starts,
        before={name: hash_of(own[name]) if name in own else GONE for name in changed},
        bases={name: hash_of(text) for name, text in shipped.items() if text is not None},
    ))  # fmt: skip
    renew(desk)
    return ident


def own_on(desk: Desk, day: str, but: RecordId = RecordId("")) -> dict[str, str]:
    """The own texts of a day (YYYY-MM-DD) by name; as if one decision had not been made."""
    texts = read_texts(desk.station)
    decisions = [one for one in read_decisions(desk.station) if one.id != but]
    return {name: texts[digest] for name, digest in in_force(decisions, day, texts).items()}


def laid_over(own: Mapping[str, str], texts: Texts) -> dict[str, str]:
    """Own texts with others over them."""
    both = {**own, **texts}
    return {name: text for name, text in both.items() if text is not None}


def require_sound(
    parts: DecisionParts, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Refuse own texts that break something.

    Raises:
        TextHasMistakes: With what is wrong, file and line.
    """
    mistakes = parts.files.mistakes(before, after)
    if mistakes:
        raise TextHasMistakes(*mistakes[:_MOST_MISTAKES])


def renew(desk: Desk) -> None:
    """Let the forms of this desk follow what was decided until now."""
    if desk.decisions is not None:
        desk.decisions.files.renew(read_decisions(desk.station), read_texts(desk.station))


def texts_behind(desk: Desk) -> tuple[str, ...]:
    """Own texts in force for which the program now ships another version than when they began."""
    files = parts_of(desk).files
    held = holding(read_decisions(desk.station), today_of(desk), read_texts(desk.station))
    return tuple(
        name
        for name, one in sorted(held.items())
        if one.texts[name] != GONE and _has_moved(one, name, files.shipped(name))
    )


def today_of(desk: Desk) -> str:
    """The day on the wall (YYYY-MM-DD)."""
    return desk.clock.local().date().isoformat()


def _has_moved(one: Decision, name: str, shipped: str | None) -> bool:
    return name in one.bases and shipped is not None and hash_of(shipped) != one.bases[name]


def _is_shipped(parts: DecisionParts, own: Mapping[str, str], name: str, text: str | None) -> bool:
    """Whether nothing would change: it is as it ships, and is to be so."""
    return name not in own and (text is None or text == parts.files.shipped(name))
