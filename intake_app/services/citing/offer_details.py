"""What may be told later of a contact in the offer ledger: its questions, and how they are kept."""

from collections.abc import Iterator, Mapping
from typing import Final

from intake_app.domain.change import Value
from intake_app.domain.form import Choice, Field, FieldType
from intake_app.domain.ids import RecordId
from intake_app.domain.offense import Offense
from intake_app.domain.roles import May
from intake_app.domain.text import Text
from intake_app.services.case.offers import CODED, SEVERAL, add_demographics
from intake_app.services.case.programs import program_guides
from intake_app.services.desk import Desk
from intake_app.words import LANGUAGES, Words, mark

OFFENSE, ZONE = "offense", "zone"

_LABELS: Final = {
    "race_self": mark("Race or ethnicity, as the person says"),
    "race_observed": mark("Race or ethnicity, as it was seen"),
    "gender": mark("Gender"),
    "age_band": mark("Age"),
}
_OFFENSE: Final = mark("Offense")
_ZONE: Final = mark("Zone or beat")
_ZONE_HINT: Final = mark("Letters and a number, like Z12.")


def detail_questions(desk: Desk) -> tuple[Field, ...]:
    """The questions; nobody has to answer one, and none asks who it was.

    Raises:
        NotAllowed: Not in this person's roles.
    """
    desk.require(May.NOTE_OFFER)
    offered = {o.id: Choice(o.id, _named(o)) for o in _offenses(desk)}
    asked = [
        Field(
            name,
            FieldType.CHOICES if name in SEVERAL else FieldType.CHOICE,
            _text(label),
            choices=desk.library.codes(CODED[name]),
        )
        for name, label in _LABELS.items()
    ]
    if offered:
        choices = tuple(offered.values())
        asked.append(Field(OFFENSE, FieldType.CHOICE, _text(_OFFENSE), choices=choices))
    asked.append(Field(ZONE, FieldType.TEXT, _text(_ZONE), hint=_text(_ZONE_HINT)))
    return tuple(asked)


def add_details(desk: Desk, offer: RecordId, answers: Mapping[str, Value]) -> None:
    """Keep what was told; of an offense its section of law and NIBRS code as well.

    What it raises: `offers.add_demographics`.
    """
    desk.require(May.NOTE_OFFER)
    told = dict(answers)
    offense = next((o for o in _offenses(desk) if o.id == told.get(OFFENSE)), None)
    if offense is not None:
        told |= {"statute": offense.statute, "offense_group": offense.nibrs}
    add_demographics(desk, offer, told)


def _offenses(desk: Desk) -> Iterator[Offense]:
    for guide in program_guides(desk):
        yield from guide.offenses()


def _named(offense: Offense) -> Text:
    words = offense.label.by_language
    return Text({code: f"{said} ({offense.statute})" for code, said in words.items() if said})


def _text(message: str) -> Text:
    return Text({code: Words(code).text(message) for code in LANGUAGES})
