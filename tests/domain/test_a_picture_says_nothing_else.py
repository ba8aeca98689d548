"""A picture is known by its content, and what it says besides is found."""

from collections.abc import Callable

import pytest
from scans import drawing, fax, gif, pdf, photo, plain_png

from intake_app.domain.attachment import Kind, has_hidden_data, is_whole, kind_of


def test_the_kind_is_read_from_the_content() -> None:
    found = [kind_of(data) for data in (pdf(), photo(), drawing(), fax(), gif(), b"", b"%PD")]
    assert found == [Kind.PDF, Kind.JPEG, Kind.PNG, None, None, None, None]


def test_hidden_data_is_found_and_a_plain_picture_has_none() -> None:
    assert has_hidden_data(photo())
    assert has_hidden_data(drawing())
    assert not has_hidden_data(plain_png())


@pytest.mark.parametrize("make", [photo, drawing, plain_png])
def test_a_picture_that_ends_too_early_is_not_whole(make: Callable[[], bytes]) -> None:
    data = make()
    assert is_whole(data)
    assert not is_whole(data[:-30])
    assert not is_whole(data[:20])


def test_what_is_hung_on_behind_the_end_is_found() -> None:
    """Negative control: a second file behind a PNG would travel with it."""
    assert has_hidden_data(plain_png() + b"PK\x03\x04")
    assert has_hidden_data(plain_png()[:-30])
