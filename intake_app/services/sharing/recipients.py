"""Those outside to whom something may be sealed: entered once by an administrator, after a call.

Their card comes by whatever way; who they are is confirmed by phone. Of its eight words two are
covered on screen, and are typed as the recipient reads them aloud.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake_app.domain.disclosure import Recipient, RecipientCard, RecipientKind
from intake_app.domain.disclosure_errors import SealedDisclosureMissing, WordsDiffer
from intake_app.domain.roles import May
from intake_app.services.desk import Desk
from intake_app.services.needs.disclosure import Outsiders
from intake_app.services.providers.providers import all_providers
from intake_app.services.signing.setting_up import add_entries

_COVERED = 2


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card that is to be confirmed.

    Attributes:
        card: What it says.
        places: Places (from 1) of the words that are covered, and asked for.
    """

    card: RecipientCard
    places: tuple[int, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The eight words; empty where one is covered."""
        words = enumerate(self.card.words, 1)
        return tuple("" if place in self.places else word for place, word in words)

    def is_confirmed(self, said: Mapping[int, str]) -> bool:
        """Whether the covered words were typed as they stand on the card."""
        return all(
            said.get(place, "").strip().casefold() == self.card.words[place - 1]
            for place in self.places
        )


def outsiders_of(desk: Desk) -> Outsiders:
    """What seals to people outside.

    Raises:
        SealedDisclosureMissing: This desk has none.
    """
    if desk.outsiders is None:
        raise SealedDisclosureMissing
    return desk.outsiders


def recipients(desk: Desk) -> Sequence[Recipient]:
    """Everybody who was ever entered; who was taken back comes last.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.KEEP_RECIPIENTS)
    return outsiders_of(desk).recipients.all()


def read_card(desk: Desk, data: bytes) -> CardShown:
    """Read a recipient's card, to be confirmed by phone.

    Raises:
        NotAllowed: Not in one's roles.
        BadCard: It is none.
    """
    desk.require(May.KEEP_RECIPIENTS)
    card = outsiders_of(desk).recipients.read_card(data)
    places = secrets.SystemRandom().sample(range(1, len(card.words) + 1), _COVERED)
    return CardShown(card, tuple(sorted(places)))


def add_recipient(desk: Desk, shown: CardShown, said: Mapping[int, str], party: str = "") -> str:
    """Enter a recipient into the signed list, after their words were compared by phone.

    Args:
        desk: Whose: an administrator's.
        shown: The card.
        said: The covered words as the recipient read them aloud, by place.
        party: Their record in the directory of providers, or empty.

    Returns:
        Id of the recipient.

    Raises:
        NotAllowed: Not in one's roles.
        WordsDiffer: They are not the words of this card. It is entered nowhere.
        CardKnown, KeysTakenBack: One of its keys is in the list already, or was.
    """
    desk.require(May.KEEP_RECIPIENTS)
    if not shown.is_confirmed(said):
        desk.station.note(desk.act("recipient not confirmed"))
        raise WordsDiffer
    ident, entries = outsiders_of(desk).recipients.add(shown.card, party)
    add_entries(desk.station, desk.person.id, entries, "enter recipient")
    return ident


def take_back_recipient(desk: Desk, ident: str) -> None:
    """Seal nothing to a recipient any more, for good.

    Raises:
        NotAllowed: Not in one's roles.
        RecipientGone: There is none, or it was taken back already.
    """
    desk.require(May.KEEP_RECIPIENTS)
    entries = outsiders_of(desk).recipients.take_back(ident)
    add_entries(desk.station, desk.person.id, entries, "take recipient back")


def words_of_station(desk: Desk) -> tuple[str, ...]:
    """Eight words by which recipients know this station; they compare them in the same call.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.KEEP_RECIPIENTS)
    return outsiders_of(desk).letters.words(desk.agency.name)


def providers_for(desk: Desk, kind: RecipientKind) -> list[tuple[str, str]]:
    """The services of the directory that a recipient may stand for: record and name.

    Raises:
        NotAllowed: Not in one's roles.
    """
    desk.require(May.KEEP_RECIPIENTS)
    if kind in {RecipientKind.PROSECUTOR, RecipientKind.EVALUATOR, RecipientKind.MERGER}:
        return []
    return [(row.record, row.name) for row in all_providers(desk)]
