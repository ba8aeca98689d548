"""What one station seals, another opens: the same lines, and nothing outside tells of them."""

import pytest
from keyed_stations import BACK, FIRST, FRONT, Department

from intake_app.domain.errors import NoGrant
from intake_app.domain.exchange import SEGMENTS, FileState, Mark, Receipt, Stream, Wanted
from intake_app.domain.exchange_errors import ChainBroken, Misplaced
from intake_app.domain.ids import Epoch
from intake_app.domain.roles import Compartment
from intake_app.exchange.bundles import BundlePlace, read_bundle, write_bundle
from intake_app.exchange.parcels import Lines
from intake_app.exchange.receipts import peek_receipt, read_receipt, write_receipt

CARE, CASES = Compartment.CARE, Compartment.CASES
STREAM = Stream(FRONT, FIRST)
NONE = Epoch("")
LINES: Lines = {
    Compartment.STATION: [b'{"a":1}'], CARE: [b'{"b":"\xc3\xa9"}', b'{"c":3}'], CASES: [],
}  # fmt: skip


def test_the_other_station_reads_the_same_lines(department: Department) -> None:
    place = BundlePlace(STREAM, 1, "")
    data = write_bundle(department.sealing(FRONT), place, NONE, LINES)
    opened = read_bundle(department.sealing(BACK), data, place)
    assert [opened.open(one) for one in SEGMENTS] == [LINES.get(one) or [] for one in SEGMENTS]
    assert opened.manifest.heads == department.registry.heads
    assert [told.generation for told in opened.manifest.segments] == [1, 1, 1, 0]


def test_a_chain_is_followed_and_a_hole_or_another_place_refused(department: Department) -> None:
    front, back = department.sealing(FRONT), department.sealing(BACK)
    first = write_bundle(front, BundlePlace(STREAM, 1, ""), NONE, LINES)
    mark = read_bundle(back, first, BundlePlace(STREAM, 1, "")).mark
    second = write_bundle(front, BundlePlace(STREAM, 2, mark.sha256), NONE, {})
    assert read_bundle(back, second, BundlePlace(STREAM, 2, mark.sha256)).mark.n == 2
    with pytest.raises(ChainBroken):
        read_bundle(back, second, BundlePlace(STREAM, 2, "0" * 64))
    with pytest.raises(Misplaced):
        read_bundle(back, second, BundlePlace(STREAM, 1, ""))


def test_who_holds_no_key_checks_the_bundle_and_opens_nothing(department: Department) -> None:
    place = BundlePlace(STREAM, 1, "")
    data = write_bundle(department.sealing(FRONT), place, NONE, LINES)
    opened = read_bundle(department.sealing(BACK, None, CARE), data, place)
    assert opened.open(Compartment.STATION) == LINES[Compartment.STATION]
    with pytest.raises(NoGrant):
        opened.open(CARE)


def test_what_was_done_does_not_show_outside(department: Department) -> None:
    sealing, place = department.sealing(FRONT), BundlePlace(STREAM, 1, "")
    quiet = write_bundle(sealing, place, NONE, dict.fromkeys(SEGMENTS, ()))
    busy = write_bundle(sealing, place, NONE, {one: [b'{"walk-in":1}'] * 9 for one in SEGMENTS})
    assert len(quiet) == len(busy)
    assert b"walk-in" not in busy


def test_a_receipt_says_what_it_said(department: Department) -> None:
    own, other = STREAM.name, Stream(BACK, FIRST).name
    state = FileState(1, {own: 2, other: 7}, "ab" * 32, 3, ("order1",), "cd" * 32)
    receipt = Receipt(
        department.agency, STREAM, 4, {own: Mark(2, "ef" * 32)}, {other: Mark(7, "12" * 32)},
        {CARE: state}, (Wanted(other, 8),), "snap-1", department.registry.heads, "0.1.0",
    )  # fmt: skip
    text = write_receipt(department.sealing(FRONT), receipt)
    assert read_receipt(department.sealing(BACK), text, receipt.name) == receipt
    assert peek_receipt(text) == receipt
    with pytest.raises(Misplaced):
        read_receipt(department.sealing(BACK), text, "front.aaaa01.5")
