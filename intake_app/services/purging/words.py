"""Words for what an order counts: kinds of records, and an order's own number."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from intake_app.domain.ids import RecordId
from intake_app.words import Words, mark

_FIRST: Final = "intake"
_KINDS: Final = {
    "intake": mark("Intakes"),
    "amendment": mark("Corrections"),
    "consent": mark("Consents"),
    "consent_tpo": mark("Consents"),
    "disclosure": mark("Disclosures"),
    "kept": mark("Consents and disclosures"),
    "paper": mark("Papers"),
    "follow_up": mark("Follow-ups"),
    "attempt": mark("Tries to reach somebody"),
    "referral": mark("Referrals"),
    "bed_call": mark("Calls about a bed"),
    "episode": mark("Steps of participation"),
    "screening": mark("Screenings"),
    "attachment": mark("Attached files"),
    "aid": mark("Aid given"),
    "event": mark("Events"),
    "person": mark("Notes about the person"),
    "case": mark("Acts of a case"),
    "condition": mark("Conditions"),
    "progress": mark("Progress notes"),
    "row": mark("Rows of tables"),
    "note": mark("Notes"),
    "offer": mark("Offers"),
    "sealed": mark("Sealed logs"),
}


def kind_in_words(kind: str, words: Words) -> str:
    """What records of a kind are called; one that is not known by name is a further record."""
    return words.text(_KINDS.get(kind, mark("Further records")))


def counts_in_words(counts: Mapping[str, int], words: Words) -> dict[str, int]:
    """How many records of what they are called: intakes first, kinds of one name together."""
    found: Counter[str] = Counter()
    for kind in sorted(counts, key=lambda kind: kind != _FIRST):
        found[kind_in_words(kind, words)] += counts[kind]
    return dict(found)


def short_number(ident: RecordId) -> str:
    """An order's number as people say it: the first letters of its id, in two groups."""
    return f"{ident[:4]}-{ident[4:8]}".upper()
