"""Roles and results of the on-call roster in words."""

from intake_app.domain.roster import RESULT_KEYS, CallResult, OnCallRole
from intake_app.words import mark

ROLE_WORDS = {
    OnCallRole.GUIDE: mark("Guides"),
    OnCallRole.COORDINATOR: mark("Coordinator on call"),
    OnCallRole.INTERPRETER: mark("Interpreters"),
    OnCallRole.RIDES: mark("Rides"),
    OnCallRole.CRISIS: mark("Crisis help"),
}

RESULT_WORDS = {
    CallResult.REACHED: mark("Reached"),
    CallResult.NO_ANSWER: mark("No answer"),
    CallResult.ON_THE_WAY: mark("On the way"),
    CallResult.ARRIVED: mark("Arrived"),
}

KEY_OF = {result: key.upper() for key, result in RESULT_KEYS.items()}
"""The key printed on each button; the same in every language."""

DAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"),
    mark("Saturday"), mark("Sunday"),
)  # fmt: skip
