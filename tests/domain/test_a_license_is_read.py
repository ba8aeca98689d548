"""A scanned license: name, birth date and address of ten versions; the rest is not even seen."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.errors import NotALicense
from intake_app.domain.license_scan import License, read_license

HEAD = "@\n\x1e\rANSI 636061{version:02d}0102DL00410288ZW03290018DL"
NEWER = (
    "DAQQ7731", "DCSQUILLFEATHER", "DDEN", "DACWREN", "DDFN", "DADIMOGEN", "DDGN", "DCAE",
    "DBD01152024", "DBB04171991", "DBA04172029", "DBC2", "DAU064 in", "DAYBRO",
    "DAG12 MILL STREET", "DAIPINE HOLLOW", "DAJWV", "DAK269990000  ", "DCF8800", "DCGUSA",
)  # fmt: skip
WREN = License("Quillfeather", "Wren", "1991-04-17", "12 Mill Street, Pine Hollow, WV 26999")


def card(version: int, *elements: str, end: str = "\n") -> str:
    return HEAD.format(version=version) + end.join(elements) + end


@pytest.mark.parametrize("version", range(4, 11))
def test_cards_of_newer_versions_are_read(version: int) -> None:
    assert read_license(card(version, *NEWER)) == WREN


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("given_names", ["DCTWREN IMOGEN", "DCTWREN,IMOGEN"])
def test_given_names_in_one_element(version: int, given_names: str) -> None:
    elements = [e for e in NEWER if not e.startswith(("DAC", "DAD"))]
    assert read_license(card(version, *elements, given_names)) == WREN


def test_the_first_version_writes_the_name_whole_and_the_date_backwards() -> None:
    text = "@\n\x1e\rAAMVA6360610102DL00390188ZW02270031DLDAAQUILLFEATHER,WREN,IMOGEN\n"
    rest = ("DAL12 MILL STREET", "DANPINE HOLLOW", "DAOWV", "DAP26999", "DBB19910417")
    assert read_license(text + "\n".join(rest)) == WREN


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x1e", "\n\n", " \n"])
def test_scanners_that_change_the_line_ends(end: str) -> None:
    assert read_license(card(9, *NEWER, end=end)) == WREN


def test_a_scanner_that_swallows_the_head() -> None:
    text = card(9, *NEWER).replace("\x1e", "").replace("@\n\r", "@")
    assert read_license(text) == WREN


def test_dates_of_a_canadian_card_and_with_slashes() -> None:
    for said in ("DBB19910417", "DBB04/17/1991", "DBB04-17-1991"):
        elements = [said if e.startswith("DBB") else e for e in NEWER]
        assert read_license(card(8, *elements)).born == "1991-04-17"


def test_parts_that_are_not_there_stay_empty() -> None:
    found = read_license(card(10, "DCSQUILLFEATHER", "DACNONE", "DBB99999999"))
    assert found == License("Quillfeather")


def test_a_long_postal_code() -> None:
    elements = ["DAK269991234" if e.startswith("DAK") else e for e in NEWER]
    assert read_license(card(10, *elements)).address.endswith("WV 26999-1234")


def test_nothing_else_is_kept_or_shown() -> None:
    found = read_license(card(9, *NEWER))
    assert set(asdict(found)) == {"last_name", "first_name", "born", "address"}
    assert "Quill" not in repr(found)
    for secret in ("7731", "064", "BRO", "8800"):
        assert secret not in str(asdict(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PH-26-AC00017-K",
        "@\n\x1e\rANSI 636061",
        "DCSQUILLFEATHER\nDBB04171991",
        "x" * 7000 + card(9, *NEWER),
    ],
)
def test_what_is_no_license_is_refused_without_a_word_of_it(text: str) -> None:
    with pytest.raises(NotALicense) as refused:
        read_license(text)
    assert refused.value.detail == ""


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_read_or_refused(text: str, has_head: bool) -> None:
    try:
        found = read_license(card(9, text) if has_head else text)
    except NotALicense:
        return
    assert found.born == "" or len(found.born) == 10
