"""The signed marker of a store: one of our administrators made it, and it only grows."""

from dataclasses import replace

import pytest
from keyed_stations import BACK, FRONT, Department

from intake_app.domain.errors import CannotOpen
from intake_app.domain.exchange import Marker
from intake_app.domain.exchange_errors import MarkerOld, MarkerRefused, MarkerTooNew
from intake_app.domain.roles import Role
from intake_app.exchange.marker import check_marker, peek_marker, read_marker, write_marker
from intake_app.vault.entry import EntryType, Said


@pytest.fixture
def marker(department: Department) -> Marker:
    return Marker(department.agency, "hub-1", "folder", 1, department.registry.heads, 3)


def test_any_station_reads_what_an_administrator_signed(
    department: Department, marker: Marker
) -> None:
    text = write_marker(department.sealing(FRONT), marker)
    assert read_marker(department.sealing(BACK, department.otto), text) == marker
    assert peek_marker(text) == marker


def test_who_is_no_administrator_signs_no_marker(department: Department, marker: Marker) -> None:
    text = write_marker(department.sealing(FRONT, department.otto), marker)
    with pytest.raises(MarkerRefused):
        read_marker(department.sealing(BACK), text)


def test_a_store_that_is_not_ours_or_was_put_back_is_refused(
    department: Department, marker: Marker
) -> None:
    check_marker(marker, department.agency, None)
    check_marker(marker, department.agency, marker)
    check_marker(replace(marker, issue=4), department.agency, marker)
    refused = [
        (marker, "another", None, MarkerRefused),
        (replace(marker, hub="hub-2"), department.agency, marker, MarkerRefused),
        (replace(marker, kind="stick"), department.agency, marker, MarkerRefused),
        (replace(marker, heads=()), department.agency, marker, MarkerRefused),
        (replace(marker, issue=2), department.agency, marker, MarkerOld),
        (replace(marker, minimum=2), department.agency, None, MarkerTooNew),
    ]
    for found, agency, known, error in refused:
        with pytest.raises(error):
            check_marker(found, agency, known)


def test_a_marker_that_is_ahead_of_the_registry_here_does_not_stop_its_own_news() -> None:
    department = Department()
    behind = department.sealing(BACK)
    department.person("nora", Role.FRONT_DESK)  # the store brings this entry, later
    ahead = department.sealing(FRONT)
    marker = Marker(department.agency, "hub-1", "folder", 1, department.registry.heads, 1)
    assert read_marker(behind, write_marker(ahead, marker)) == marker


def test_an_administrator_who_is_not_known_here_yet_opens_no_store() -> None:
    department = Department()
    behind = department.sealing(BACK)
    nora = department.person("nora", Role.ADMINISTRATOR)
    marker = Marker(department.agency, "hub-1", "folder", 1, department.registry.heads, 1)
    text = write_marker(department.sealing(FRONT, nora), marker)
    with pytest.raises(MarkerRefused):
        read_marker(behind, text)
    assert read_marker(department.sealing(BACK), text) == marker


def test_who_has_left_signs_nothing_more() -> None:
    department = Department()
    sealing = department.sealing(FRONT)
    left = department.keys(FRONT, department.ada)
    department.write(Said(EntryType.REVOCATION, "ada"))
    left.follow(department.registry)
    marker = Marker(department.agency, "hub-1", "folder", 1, department.registry.heads, 1)
    with pytest.raises(CannotOpen):
        write_marker(type(sealing)(left), marker)
