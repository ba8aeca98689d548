"""Codes by the standard, and printed codes that nobody finds by their hashes."""

import base64
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.clock_sanity import is_sane
from intake_app.pdf.qr import modules
from intake_app.vault import printed_codes, totp

RFC = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)  # of RFC 6238, appendix B, the last six digits
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    at = datetime.fromtimestamp(second, UTC)
    assert totp.matching_step(RFC, code, at, 0) == second // 30
    assert totp.matching_step(RFC, code, at + timedelta(seconds=30), 0) is None
    assert totp.matching_step(RFC, code, at + timedelta(seconds=30), 1) == second // 30


def test_a_secret_has_160_bits_and_no_two_are_alike() -> None:
    seeds = {totp.new_seed() for _ in range(50)}
    assert len(seeds) == 50
    assert all(len(base64.b32decode(seed)) == 20 for seed in seeds)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    found = totp.matching_step(RFC, printed_codes.plain(typed), at, 1)
    assert found is None or printed_codes.plain(typed).isdigit()


def test_what_the_square_says_is_what_apps_expect_and_names_no_department() -> None:
    told = urlparse(totp.uri(RFC, "m hale/desk"))
    asked = parse_qs(told.query)
    assert (told.scheme, told.netloc) == ("otpauth", "totp")
    assert told.path == "/Intake:m%20hale%2Fdesk"
    assert asked["secret"] == [RFC]
    assert (asked["digits"], asked["period"]) == (["6"], ["30"])
    rows = modules(totp.uri(RFC, "mhale"))
    assert {len(row) for row in rows} == {len(rows)}
    assert rows[0].startswith("#######.")  # the first of three corners


def test_printed_codes_differ_and_hold_no_signs_that_look_alike() -> None:
    codes = [code for _ in range(50) for code in printed_codes.new_codes(10)]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", code) for code in codes)
    assert len(printed_codes.SIGNS) ** printed_codes.LENGTH > 2**20  # look-up secrets, IA-5


def test_a_printed_code_may_be_typed_in_any_way() -> None:
    (code,) = printed_codes.new_codes(1)
    for typed in (code.lower(), code.replace("-", " "), f" {code} ", code.replace("-", "")):
        assert printed_codes.is_shaped(typed)
        assert printed_codes.digest(typed, "u1") == printed_codes.digest(code, "u1")
    assert printed_codes.digest(code, "u2") != printed_codes.digest(code, "u1")
    assert not printed_codes.is_shaped("123456")
    assert not printed_codes.is_shaped("0000-0000")


@pytest.mark.parametrize(
    ("newest", "sane"),
    [("", True), ("2026-11-23T09:00:00.00+0000", True), ("2026-11-23T10:04:00.00+0000", True),
     ("2026-11-23T10:06:00.00+0000", False), ("2027-01-01T00:00:00.00+0000", False),
     ("2020-01-01T00:00:00.00+0000", True), ("nonsense", True), ("2026-11-23", True)],
)  # fmt: skip
def test_a_clock_behind_the_last_line_cannot_be_right(newest: str, sane: bool) -> None:
    assert is_sane(datetime(2026, 11, 23, 10, tzinfo=UTC), newest) is sane
