"""A real WebDAV server behind a real bad line: 2 percent of packets lost, 300 ms late."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bad_network import Cable, cable
from keyed_stations import Department
from places import marker_of, trays_of
from post_rooms import Desk, agree
from servers import PASSWORD, webdav

from intake_app.exchange.carried import Carried
from intake_app.exchange.carrier import Errand, carry, remembered
from intake_app.exchange.stores import OpenedStore
from intake_app.settings.stores import StoreEntry

pytestmark = pytest.mark.system


@pytest.fixture
def line() -> Iterator[Cable]:
    try:
        laid = cable()
        made = laid.__enter__()
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("the kernel gives nobody here a network of their own")
    yield made
    laid.__exit__(None, None, None)


@pytest.fixture
def far(line: Cable, department: Department, tmp_path: Path) -> Iterator[StoreEntry]:
    """A store at the other end of the cable, founded while the line is good."""
    with webdav(tmp_path / "apache", line.address, *line.inside) as entry:
        entry = replace(entry, marker=marker_of(department, "webdav"))
        OpenedStore(entry, PASSWORD).found(entry.marker.encode())
        yield entry


@pytest.fixture
def two(desks: list[Desk]) -> list[Desk]:
    """The first one has something to say."""
    for name in ("Boggs", "Lowe"):
        desks[0].write(last_name=name)
        desks[0].round()
    return desks


def visit(desk: Desk, far: StoreEntry, timeout: float = 20.0) -> Carried:
    store = OpenedStore(far, PASSWORD, timeout, pauses=(0.1,))
    return carry(trays_of(desk.house), store, Errand(far.hub, remembered(far.marker)))


def test_a_round_comes_to_its_end_over_a_bad_line(
    line: Cable, far: StoreEntry, two: list[Desk]
) -> None:
    line.disturb(milliseconds=150, percent=2)  # each way: 300 ms there and back
    begun = time.monotonic()
    front, back = two
    for desk in (front, back):
        while (told := visit(desk, far)).trouble:
            assert told.trouble == "StoreUnreachable"
    assert time.monotonic() - begun > 2, "the line was not bad at all"
    back.round()
    assert agree(front, back)


def test_a_round_goes_on_after_a_cut(line: Cable, far: StoreEntry, two: list[Desk]) -> None:
    front, back = two
    visit(front, far)

    class CutThere(OpenedStore):
        """The line breaks before the second bundle is fetched."""

        def get(self, name: str, most: int = 1 << 26) -> bytes | None:
            if name.endswith("/2"):
                line.cut()
            return super().get(name, most)

    cut = CutThere(far, PASSWORD, timeout=3, pauses=())  # an answer before it may be slow
    told = carry(trays_of(back.house), cut, Errand(far.hub, remembered(far.marker)))
    assert (told.trouble, told.came.bundles) == ("StoreUnreachable", 1)
    assert visit(back, far, timeout=0.5).trouble == "StoreUnreachable"
    line.mend()
    told = visit(back, far)
    assert (told.trouble, told.came.bundles) == ("", 1), "what had come is not fetched again"
    back.round()
    assert agree(front, back)
