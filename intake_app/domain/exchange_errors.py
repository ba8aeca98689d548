"""Errors of the exchange; see `errors` for what their first lines are for.

Each names the `Trouble` it stands for, so that what was refused once is also told later.
"""

from typing import ClassVar

from intake_app.domain.errors import IntakeError
from intake_app.domain.exchange_state import Trouble


class NotExchanged(IntakeError):
    """Something that came from another station was not used. Nothing was changed here."""

    trouble: ClassVar[Trouble | None] = None


class Altered(NotExchanged):
    """What came from a station is damaged or was altered. Nothing of it was used."""

    trouble = Trouble.ALTERED


class Misplaced(Altered):
    """What came from a station lies in the wrong place. Nothing of it was used."""


class Oversized(Altered):
    """What came from a station is larger than it may be. Nothing of it was used."""


class AnotherDepartment(Altered):
    """This belongs to another department. Nothing of it was used."""


class ChainBroken(NotExchanged):
    """A bundle does not follow the one before it. Nothing more is taken from that station."""

    trouble = Trouble.CHAIN


class TwoHashes(NotExchanged):
    """Two different bundles carry one number. Nothing more is taken from that station."""

    trouble = Trouble.TWO_HASHES


class TooNew(NotExchanged):
    """A newer program wrote this. It is kept, and is read once this program is updated."""

    trouble = Trouble.TOO_NEW


class StationUnknown(NotExchanged):
    """The station that sent this is not known here yet. It is kept until that is known."""


class MarkerRefused(NotExchanged):
    """This store or stick does not carry your department's signed marker. Nothing was written."""


class MarkerOld(MarkerRefused):
    """This store or stick was put back to an older state. Nothing was written to it."""


class MarkerTooNew(MarkerRefused):
    """This store needs a newer program. Update this one; nothing was written there."""

    trouble = Trouble.TOO_NEW
