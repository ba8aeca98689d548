"""What a provider's entry says, as lines of words for the list and the detail pane."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from intake_app.domain.form import Choice, Form
from intake_app.domain.provider import Mou, Phone, Provider
from intake_app.services.providers.providers import ProviderRow
from intake_app.ui.providers.form import CHANNEL_WORDS, FLAG_WORDS, PHONE_KINDS
from intake_app.words import Words, mark
from intake_app.words.dates import short_day

_MOU: Final[Mapping[Mou, str]] = {
    Mou.SOON: mark("Agreement ends soon"),
    Mou.EXPIRED: mark("Agreement has ended"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """Words for ids of services, insurances and languages.

    Attributes:
        needs: Service types.
        insurances: Kinds of insurance.
        language: Language of the window.
        languages: What languages are called.
    """

    needs: tuple[Choice, ...]
    insurances: tuple[Choice, ...]
    language: str
    languages: tuple[Choice, ...] = ()

    def said(self, ids: Iterable[str]) -> str:
        """Ids in words, with commas."""
        tables = (*self.languages, *self.insurances, *self.needs)
        known = {c.id: c.label.said_in(self.language) for c in tables}
        return ", ".join(known.get(ident) or plain(ident) for ident in ids)


def plain(ident: str) -> str:
    """An id that nobody gave words to."""
    return ident.replace("_", " ").capitalize()


def choices_like(form: Form | None, ids: Iterable[str]) -> tuple[Choice, ...]:
    """The choices of the question that knows most of these ids.

    The form says what services and insurances are called; this finds where, without knowing a
    question by name.
    """
    wanted, best = set(ids), tuple[Choice, ...]()
    most = 0
    for field in form.fields() if form else ():
        for asked in (field, *field.columns):
            known = len(wanted & {choice.id for choice in asked.choices})
            if known > most:
                most, best = known, asked.choices
    return tuple(choice for choice in best if not choice.is_retired)


def status_words(row: ProviderRow, words: Words) -> list[tuple[str, str]]:
    """Chips: words and tint. Closed and stale are always said."""
    chips: list[tuple[str, str]] = []
    if row.is_closed:
        chips.append((words.text("Takes nobody now"), "late"))
    else:
        kind = {True: "ok", False: "plain", None: "soon"}[row.is_open]
        chips.append((row.open_words.said_in(words.language), kind))
    if row.is_stale:
        chips.append((_stale(row, words), "soon"))
    if row.mou in _MOU:
        chips.append((words.text(_MOU[row.mou]), "late" if row.mou is Mou.EXPIRED else "soon"))
    return chips


def phone_words(one: Phone, words: Words) -> str:
    """A number; what it is, where nobody answers it; and its note."""
    kind = PHONE_KINDS.get(one.kind)
    said = words.text(kind) if kind else one.kind
    told = ", ".join(part for part in ("" if one.kind == "voice" else said, one.note) if part)
    return f"{one.number} ({told})" if told else one.number


def line_words(row: ProviderRow, words: Words) -> str:
    """The second line of an entry in the list."""
    parts = [row.organization, row.city, minutes_words(row, words)]
    parts += [said for said, _ in status_words(row, words)]
    return " · ".join(part for part in parts if part)


def minutes_words(row: ProviderRow, words: Words) -> str:
    """How far by car."""
    if row.minutes is None:
        return ""
    n = round(row.minutes)
    if row.is_guess:
        return words.plural("about {n} minute", "about {n} minutes", n)
    return words.plural("{n} minute", "{n} minutes", n)


def facts(row: ProviderRow, words: Words, labels: Labels) -> Sequence[tuple[str, str]]:
    """All that the entry says, with its head; what it does not say is left out."""
    one = row.provider
    phones = "\n".join(phone_words(each, words) for each in one.phones)
    address, city = one.text("address"), row.city
    if city not in address:
        address = ", ".join(part for part in (address, city) if part)
    said = [
        (words.text("What they do"), labels.said(row.types)),
        (words.text("Phone"), phones),
        (words.text("Address"), address),
        (words.text("By car"), minutes_words(row, words)),
        (words.text("Hours"), row.hours.said_in(words.language)),
        (words.text("Insurance"), labels.said(one.texts("insurance"))),
        (words.text("Languages"), labels.said(one.texts("languages"))),
        (words.text("Who they take"), one.text("eligibility")),
        (words.text("How to apply"), one.text("application")),
        (words.text("What to bring"), ", ".join(one.texts("documents"))),
        (words.text("Cost"), one.text("fees")),
        (words.text("Waiting time"), one.text("wait_time")),
        (words.text("Please note"), one.text("alert")),
        (words.text("About"), one.text("description")),
        (words.text("Room, as they told us"), _room(row, words)),
        (
            words.text("How they want to be reached"),
            _said(CHANNEL_WORDS, one.text("channel"), words),
        ),
        (words.text("Who tells us what came of it"), one.text("closed_loop_contact")),
        (words.text("Known of them"), _flags(one, words)),
        (words.text("Agreement with us (MOU)"), _mou(row, words)),
        (words.text("Our note"), one.text("note")),
        (words.text("Last checked"), _checked(row, words)),
    ]
    return [(head, text) for head, text in said if text]


def _said(table: Mapping[str, str], code: str, words: Words) -> str:
    return words.text(table[code]) if code in table else code


def _room(row: ProviderRow, words: Words) -> str:
    """What they said about room, when and to whom."""
    one = row.provider
    said, asked = one.text("capacity"), one.text("capacity_asked")
    if not said or not asked:
        return said
    when = f"{short_day(asked, words.language)}, {asked[:4]}"
    return words.text("{said} ({when}, asked by {who})", said=said, when=when,
                      who=row.asked_by or "?")  # fmt: skip


def _flags(one: Provider, words: Words) -> str:
    """What is known to be so, and what is known not to be so."""
    known = [(said, one.flag(flag)) for flag, said in FLAG_WORDS.items()]
    yes = [words.text(said) for said, answer in known if answer == "yes"]
    no = [words.text("not: {what}", what=words.text(said)) for said, a in known if a == "no"]
    return "\n".join((*yes, *no))


def _mou(row: ProviderRow, words: Words) -> str:
    ident, ends = row.provider.text("mou_id"), row.provider.text("mou_expires")
    if not ident or not ends:
        return ident
    day = f"{short_day(ends, words.language)}, {ends[:4]}"
    return words.text("{number}, ends {day}", number=ident, day=day)


def _checked(row: ProviderRow, words: Words) -> str:
    return short_day(row.checked_on, words.language) + f", {row.checked_on[:4]}" if (
        row.checked_on
    ) else words.text("Never")  # fmt: skip


def _stale(row: ProviderRow, words: Words) -> str:
    if not row.checked_on:
        return words.text("Never checked: call first")
    return words.text("Not checked lately: call first")
