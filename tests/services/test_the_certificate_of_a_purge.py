"""The certificate says on whose word, when, what and what was not reached; it names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium
import pytest
from ending_world import later, left, ordered, planted
from fake_exchange import BACK, HERE, TWO, FakeExchange, station
from profiles import Desks, Profile
from walk_ins import taken

from intake_app.domain.ending_errors import NothingProposed
from intake_app.domain.ids import RecordId, StationId
from intake_app.domain.purge import Way
from intake_app.domain.roles import Role
from intake_app.services.backup.keeping import back_up_now
from intake_app.services.backup.places import add_place
from intake_app.services.desk import Desk
from intake_app.services.purging.certificates import purge_certificate
from intake_app.services.purging.proof import look_over
from intake_app.services.purging.retention import due_records
from intake_app.services.purging.settling import settle_purges
from intake_app.services.purging.words import short_number


def words_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(said.split())


def done(desks: Desks, profile: Profile, way: Way = Way.PURGE) -> tuple[Desk, RecordId]:
    coordinator = desks(Role.COORDINATOR)
    order = ordered(desks, planted(coordinator), way=way)
    later(profile, hours=73)
    settle_purges(coordinator)
    return coordinator, order


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("J. Lowe, Monday, November 23, 2026", "T. Okafor", "The person asked for it",
                "Intakes", "Consents", "none was found", "No backup was out of reach")),
        ("es", ("La persona lo pidió", "Lo decidieron dos personas")),
    ],
)  # fmt: skip
def test_it_says_who_when_what_and_where(
    desks: Desks, profile: Profile, language: str, told: tuple[str, ...]
) -> None:
    desk, order = done(desks, profile)
    assert look_over(desk, lambda: False)
    said = words_of(purge_certificate(desk, order, language))
    for words in (*told, short_number(order)):
        assert words in said, words
    assert desk.ending
    head = desk.ending.ledger.head()
    assert head[:40] in said.replace(" ", "")
    assert left(said.encode()) == []
    assert "PH-26" not in said


def test_it_names_backups_that_were_not_reached_and_says_when_they_end(
    desks: Desks, profile: Profile
) -> None:
    stick = profile.folder.parent / "City stick"
    stick.mkdir()
    add_place(desks(Role.COORDINATOR), stick)
    moment = back_up_now(desks(Role.COORDINATOR)).moment
    stick.rename(profile.folder.parent / "in a drawer")
    desk, order = done(desks, profile, way=Way.DEIDENTIFY)
    said = words_of(purge_certificate(desk, order))
    assert f"City stick {moment}" in said
    assert "codes stay for counting" in said
    assert "No backup was out of reach" not in said


def test_what_was_not_carried_out_has_none(desks: Desks) -> None:
    coordinator = desks(Role.COORDINATOR)
    order = ordered(desks, planted(coordinator))
    with pytest.raises(NothingProposed):
        purge_certificate(coordinator, order)


def test_what_is_in_an_order_is_no_longer_listed_as_due(desks: Desks, profile: Profile) -> None:
    coordinator = desks(Role.COORDINATOR)
    record = taken(coordinator).record
    assert record not in {line.record for line in due_records(coordinator)}
    later(profile, days=91)
    (line,) = [line for line in due_records(coordinator) if line.record == record]
    assert (line.due.rule.id, line.is_held) == ("contact_without_consent", False)
    ordered(desks, record, basis="retention")
    assert record not in {line.record for line in due_records(coordinator)}


@dataclass
class Asked(FakeExchange):
    """An exchange in which some stations have carried an order out."""

    done: Mapping[StationId, bool] = field(default_factory=dict[StationId, bool])

    def executed(self, order: RecordId) -> Mapping[StationId, bool]:
        return self.done


def test_it_says_which_computers_have_done_it_and_keeps_asking_for_the_rest(
    desks: Desks, profile: Profile
) -> None:
    desk, order = done(desks, profile)
    assert "only computer" in words_of(purge_certificate(desk, order))
    away, lost = StationId("away"), StationId("lost")
    told = replace(TWO, stations=(*TWO.stations, station(away), station(lost, is_struck=True)))
    with_others = replace(desk, exchange=Asked(told, done={HERE: True, BACK: True, away: False}))
    said = words_of(purge_certificate(with_others, order))
    assert "Removed from these computers: front, back." in said
    assert "asked until they are: away." in said
    assert "they cannot be asked: lost." in said
    later_on = replace(desk, exchange=Asked(told, done={HERE: True, BACK: True, away: True}))
    assert "asked until" not in words_of(purge_certificate(later_on, order))
