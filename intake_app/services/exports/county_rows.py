"""The lines of an extract for a county: codes, days, numbers, and tokens instead of people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from intake_app.domain import facts
from intake_app.domain.county import LEFT_OUT, code, county_name
from intake_app.domain.errors import FormMissing, NoGrant
from intake_app.domain.journey import DAYS, MOMENTS, NUMBERS, Journey, Subject
from intake_app.domain.measure import Cut
from intake_app.domain.record import Record
from intake_app.domain.roles import Compartment
from intake_app.domain.token import Named, sounding
from intake_app.services.desk import Desk
from intake_app.services.exports.county_key import county_parts
from intake_app.services.exports.ids import DrawnIds
from intake_app.services.needs.measures import JourneyFile
from intake_app.settings.traits import read_traits

if TYPE_CHECKING:
    from intake_app.domain.change import Value

_EARLIEST, _LATEST = "", "9999"


def county_cuts(cuts: Iterable[Cut]) -> list[Cut]:
    """The traits that go with an extract: none that an agency only chooses to ask or that is local.

    Cuts by a column, a month or a bridge need nothing of their own. One without a code table could
    hold words that somebody typed.

    Raises:
        FormMissing: The file that says which are local is gone or has a mistake.
    """
    traits = read_traits()
    if not traits.version:
        raise FormMissing("traits")
    return [
        cut for cut in cuts
        if cut.fields and cut.codes and not (cut.asks or cut.within or cut.of)
        and cut.id not in traits.local
    ]  # fmt: skip


def county_rows(
    desk: Desk, files: Sequence[Compartment], days: tuple[str, str], cuts: Sequence[str], key: str
) -> tuple[list[tuple[object, ...]], int, int]:
    """The lines of all files; how many people they are of, and how many nobody can know again."""
    found, people, unlinked = list[tuple[object, ...]](), 0, 0
    columns = [name for name, _ in county_parts(desk).columns(cuts)]
    allowed = codes_allowed(desk, cuts)
    for name in files:
        some = _Some(desk, name, days, key)
        people, unlinked = people + len(some.persons), unlinked + some.unlinked
        for journey in some.wanted:
            told = {
                **_plain(journey),
                **_columns_of(told_codes(journey, allowed)),
                **some.named(journey),
            }
            told["n"] = len(found)
            found.append(tuple(told[column] for column in columns))
    return found, people, unlinked


class _Some:
    """What leaves of one file: its journeys, and the tokens of their people."""

    def __init__(self, desk: Desk, name: Compartment, days: tuple[str, str], key: str) -> None:
        file, journeys = desk.open_file(name), desk.measures and desk.measures.files.get(name)
        if file is None or not journeys:
            raise NoGrant(name)
        keys = county_parts(desk).keys
        self._name = str(name)
        self._ids = DrawnIds(desk, file, f"county {keys.name(key)}")
        self.wanted = _wanted(journeys, days)
        newest: dict[str, Journey] = {}
        for one in self.wanted:
            if one.person and one.subject is Subject.INTAKE:
                newest[one.person] = one  # they come oldest first
        self.persons = list(newest)
        named = [_named(file.record(one.record)) for one in newest.values()]
        whole = [county_name(who) for who in named]
        self.unlinked = whole.count("")
        alone = [
            text or f"alone|{self._ids.drawn('person', person)}"
            for person, text in zip(self.persons, whole, strict=True)
        ]
        heard = [sounding(who) if text else "" for who, text in zip(named, whole, strict=True)]
        # of each file with other tokens: whoever asked for help is not known again among cases
        tokens = keys.tokens(key, [f"{name}|{text}" for text in alone])
        sounds = keys.tokens(key, [text and f"{name} sounds|{text}" for text in heard])
        self._tokens = dict(zip(self.persons, zip(tokens, sounds, strict=True), strict=True))

    def named(self, one: Journey) -> dict[str, object]:
        """Who and what it is, in words that mean nothing elsewhere."""
        person, sound = self._tokens.get(one.person, ("", ""))
        record = self._ids.drawn("record", one.record)
        intake = self._ids.drawn("record", one.intake) if one.intake else record
        return {
            "record": record, "intake": intake, "file": self._name, "person": person,
            "sound": sound,
        }  # fmt: skip


def _wanted(journeys: JourneyFile, days: tuple[str, str]) -> list[Journey]:
    """All of which any day lies in the period, and the intakes of these referrals; oldest first."""
    since, until = days
    names = (*DAYS, *MOMENTS)
    every = list(journeys.each(_EARLIEST, _LATEST))
    inside = {
        one.record for one in every
        if any(since <= str(getattr(one, name))[:10] <= until for name in names)
    }  # fmt: skip
    owners = {one.intake for one in every if one.record in inside and one.intake}
    return [one for one in every if one.record in inside or one.record in owners]


def _plain(one: Journey) -> dict[str, object]:
    """Days, numbers and codes; what is no code by its shape is not told."""
    told: dict[str, object] = {name: getattr(one, name) for name in (*DAYS, *MOMENTS, *NUMBERS)}
    for name in _CODE_COLUMNS:
        told[name] = code(str(getattr(one, name)))
    return told


_CODE_COLUMNS: Final = tuple(
    name for name in Journey.__dataclass_fields__
    if name not in {*DAYS, *MOMENTS, *NUMBERS, *LEFT_OUT, "traits"}
)  # fmt: skip


def codes_allowed(desk: Desk, cuts: Sequence[str]) -> dict[str, frozenset[str]]:
    """The codes that each cut knows; others leave as "other"."""
    known = {cut.id: cut for cut in desk.library.cuts()}
    return {
        name: frozenset(one.id for table in known[name].codes for one in desk.library.codes(table))
        for name in cuts
    }


def _columns_of(codes: Mapping[str, list[str]]) -> dict[str, object]:
    return {f"cut {name}": some for name, some in codes.items()}


def told_codes(one: Journey, allowed: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """The codes of each cut; what stands in no code table leaves as "other"."""
    return {
        name: sorted({said if said in known else "other" for said in one.traits.get(name, ())})
        for name, known in allowed.items()
    }


def _named(record: Record | None) -> Named:
    """Name and birth date of an intake; empty where nobody knows, or nobody here may."""
    if record is None:
        return Named("", "", "")
    columns = cast("dict[str, Value]", record.values.get(facts.FACTS) or {})

    def known(column: str) -> str:
        return str(record.values.get(str(columns.get(column, ""))) or "")

    first = known("first_name") or known("preferred_name")
    return Named(known("last_name"), first, known("born"))
