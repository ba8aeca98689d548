"""Form packs: looked at, tried in training, and in force from a day.

A pack is a folder or a zip file of texts. Looking at it changes nothing. What was begun with the
older forms stays on them, because each draft and record keeps the texts that it was begun with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake_app.disk.atomic import our_errors
from intake_app.domain.decision_errors import BadPack, TextHasMistakes
from intake_app.domain.form_change import FileChange
from intake_app.domain.ids import RecordId
from intake_app.domain.roles import May
from intake_app.domain.text import FALLBACK
from intake_app.services.decisions.keeping import PACK, Made
from intake_app.services.decisions.printers import parts_of
from intake_app.services.decisions.texts import keep_texts, laid_over, own_on, today_of
from intake_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class PackLook:
    """What a pack would change.

    Attributes:
        label: Its name.
        texts: Its texts by name.
        changes: What differs from today, text by text; what is the same is left out.
        mistakes: What is wrong, as file, line and reason; with one it cannot be used.
    """

    label: str
    texts: Mapping[str, str]
    changes: Sequence[FileChange]
    mistakes: tuple[str, ...]


def look_at_pack(desk: Desk, path: Path, language: str = FALLBACK) -> PackLook:
    """Read and check a pack; nothing is changed.

    Args:
        desk: Whose.
        path: A folder or a zip file.
        language: In which questions and choices are called.

    Raises:
        NotAllowed: Not in one's roles.
        BadPack: It is no pack, or no safe one.
    """
    desk.require(May.CHANGE_SETTINGS)
    files = parts_of(desk).files
    texts = files.read_pack(path)
    found = (
        files.difference(name, files.text(name), text, language)
        for name, text in sorted(texts.items())
    )
    own = own_on(desk, today_of(desk))
    return PackLook(
        path.stem, texts, tuple(one for one in found if not one.is_same),
        files.mistakes(own, laid_over(own, texts)),
    )  # fmt: skip


def try_pack(desk: Desk, look: PackLook) -> None:
    """Let the training profile use a pack from its next sign-in on; here nothing changes.

    Raises:
        NotAllowed: Not in one's roles.
        TextHasMistakes: It has mistakes.
        DiskFull: No space.
        StorageFailed: The disk refused.
    """
    desk.require(May.CHANGE_SETTINGS)
    if look.mistakes:
        raise TextHasMistakes(*look.mistakes)
    with our_errors():
        parts_of(desk).trial.put(look.label, look.texts)
    desk.station.note(desk.act("try a form pack"))


def trial_now(desk: Desk) -> str:
    """The pack that training uses now, or empty.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.CHANGE_SETTINGS)
    return parts_of(desk).trial.label()


def end_trial(desk: Desk) -> None:
    """Let training use the forms of today again.

    Raises:
        NotAllowed: Not in one's roles.
        StorageFailed: The disk refused.
    """
    desk.require(May.CHANGE_SETTINGS)
    with our_errors():
        parts_of(desk).trial.clear()
    desk.station.note(desk.act("end the trial of a form pack"))


def accept_pack(desk: Desk, look: PackLook, starts: str = "", why: str = "") -> RecordId:
    """Bring a pack into force from a day on (YYYY-MM-DD; empty: today).

    Raises:
        NotAllowed: Not in one's roles.
        BadPack: It would change nothing.
        TextHasMistakes: It has mistakes, or something that depends on it would not work.
        StartsInThePast: The day is over.
        LaterChangeWaits: Another change of one of its texts waits for its day.
    """
    desk.require(May.CHANGE_SETTINGS)
    made = Made(PACK, starts=starts, label=look.label, why=why)
    ident = keep_texts(desk, look.texts, made)
    if ident is None:
        raise BadPack("nothing new")
    return ident
