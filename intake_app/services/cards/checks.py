"""What the trust page says of recovery cards and of file keys."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from intake_app.domain.recovery_card import KeptCard, check_due, may_open, next_to_check
from intake_app.domain.roles import Compartment
from intake_app.domain.trust import Check, Light
from intake_app.services.cards.file_keys import known_cuts
from intake_app.services.cards.keeping import all_cards, cards_of
from intake_app.services.cards.settling import cuts_told, renewed_at
from intake_app.services.desk import Desk
from intake_app.services.records.file_words import file_in_words
from intake_app.words import Words
from intake_app.words.dates import short_date

LATE_DAYS: Final = 7
"""Days after which a file key that somebody has kept is no longer a matter of the next days."""


def check_cards(desk: Desk, words: Words) -> Sequence[Check]:
    """How the recovery cards stand: lost, kept by whom, last checked when."""
    if desk.cards is None:
        return []
    cards, say = all_cards(desk), words.text
    title, today = say("Recovery cards"), desk.clock.local().date()
    for light, found, to_do in _card_faults(desk, cards, words, today):
        return [Check("cards", light, title, found, to_do)]
    due = check_due(cards, desk.agency.drill_days)
    found = _last_check(cards, words)
    if due is not None:
        found += " " + say("The next check is due on {day}.", day=_day(due, words))
    return [Check("cards", Light.GREEN, title, found)]


def drill_is_due(desk: Desk) -> KeptCard | None:
    """The card that is to be checked now; None: no check is due."""
    if desk.cards is None or desk.is_training:
        return None
    cards = all_cards(desk)
    due = check_due(cards, desk.agency.drill_days)
    is_due = due is not None and due <= desk.clock.local().date()
    return next_to_check(cards) if is_due else None


def check_keys(desk: Desk, words: Words) -> Sequence[Check]:
    """Whether somebody who lost the right to a file may have kept a key that still opens it."""
    if desk.cards is None:
        return []
    say, today = words.text, desk.clock.local().date()
    waiting = {name: day for name in Compartment if (day := _waits_since(desk, name))}
    title = say("Keys of the files")
    if not waiting:
        renewed = [at for name in Compartment if (at := renewed_at(desk, name))]
        found = say("Nobody who left can open a file with a key of before.")
        if renewed:
            when = short_date(max(renewed), words.language)
            found += " " + say("A file last got a new key on {day}.", day=when)
        return [Check("keys", Light.GREEN, title, found)]
    since = min(waiting.values())
    light = Light.RED if today - since > timedelta(days=LATE_DAYS) else Light.AMBER
    found = say(
        "Since {day} somebody who left, lost a role, or got new keys may have kept a key to: "
        "{files}.",
        day=_day(since, words),
        files=", ".join(file_in_words(name, words) for name in waiting),
    )
    return [Check("keys", light, title, found, _what_to_do(waiting, words))]


def _what_to_do(waiting: dict[Compartment, date], words: Words) -> str:
    say = words.text
    told: list[str] = []
    if Compartment.STATION in waiting:
        told.append(say("Have an administrator sign in at this computer."))
    if set(waiting) - {Compartment.STATION}:
        told.append(say("Have somebody sign in here who reads these records."))
    told.append(say("The file is then written anew under a new key. It needs free room on the "
                    "disk, as much as the file is large."))  # fmt: skip
    return " ".join(told)


def _waits_since(desk: Desk, name: Compartment) -> date | None:
    parts = cards_of(desk)
    cuts, file = parts.book.cuts(name), parts.files.get(name)
    known = known_cuts(file) if file is not None else cuts_told(desk, name)
    days = [date.fromisoformat(at[:10]) for ident, at in cuts.items() if ident not in known]
    return min(days, default=None)


def _card_faults(
    desk: Desk, cards: Sequence[KeptCard], words: Words, today: date
) -> Iterator[tuple[Light, str, str]]:
    """What is wrong, the worst first: what was found, and what to do."""
    say = words.text
    lost = [card for card in cards if card.lost]
    if not may_open(cards):
        yield (
            Light.RED,
            say("Too few recovery cards are left to open the records."),
            say("Look for the cards. Without them, records are lost when the last person who can "
                "read them forgets the passphrase. Print what must not be lost, and ask who "
                "supports you."),
        )  # fmt: skip
    if lost:
        yield (
            Light.RED,
            say("Lost: {cards}. Whoever finds it can open the records.", cards=_said(lost, words)),
            say("Make new cards with one that you still have. The lost one opens nothing then."),
        )
    unnamed = [card for card in cards if not card.holder.name]
    if unnamed and not desk.is_training:
        yield (
            Light.AMBER,
            say("Nobody is named who keeps: {cards}.", cards=_said(unnamed, words)),
            say("Write down who keeps each card, and where."),
        )
    due, turn = check_due(cards, desk.agency.drill_days), next_to_check(cards)
    if due is not None and turn is not None and due <= today and not desk.is_training:
        yield (
            Light.AMBER,
            say("A card should have been checked by {day}.", day=_day(due, words))
            + " " + _last_check(cards, words),
            say("Have card {n} brought and check it. It takes two minutes.", n=turn.number),
        )  # fmt: skip


def _last_check(cards: Sequence[KeptCard], words: Words) -> str:
    checked = [card for card in cards if card.checked]
    if not checked:
        return words.text("No card was checked yet.")
    last = max(checked, key=lambda card: card.checked or date.min)
    day = _day(last.checked or date.min, words)
    return words.text("Card {n} was checked on {day}.", n=last.number, day=day)


def _said(cards: Sequence[KeptCard], words: Words) -> str:
    return ", ".join(words.text("card {n}", n=card.number) for card in cards)


def _day(day: date, words: Words) -> str:
    return short_date(day, words.language)
