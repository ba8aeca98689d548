"""A paper is a pure function of its sheet: archived by hash, printed again as the same bytes."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reading import fonts_of
from reportlab.pdfgen.canvas import Canvas
from sheets import consent, every_sheet, participant_letter, provider_letter

from intake_app.domain.paper import Sheet
from intake_app.pdf.press import Press

HERE = Path(__file__).parent
SHEETS = every_sheet()
_PRINT_ALL = """
import hashlib, sheets
from intake_app.domain.paper import Sheet
from intake_app.pdf.press import Press
whole = b"".join(Press().print(sheet) for sheet in sheets.every_sheet().values())
print(hashlib.sha256(whole).hexdigest())
"""


def _hash_in_another_process(seed: str) -> str:
    search = os.pathsep.join((str(HERE), str(HERE.parent.parent)))
    run = subprocess.run(
        [sys.executable, "-c", _PRINT_ALL],
        env={**os.environ, "PYTHONPATH": search, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def test_the_same_sheets_give_the_same_bytes_in_other_processes() -> None:
    whole = b"".join(Press().print(sheet) for sheet in SHEETS.values())
    here = hashlib.sha256(whole).hexdigest()
    assert _hash_in_another_process("0") == _hash_in_another_process("4242") == here


def test_one_changed_letter_gives_other_bytes() -> None:
    sheet = provider_letter()
    assert Press().print(sheet) != Press().print(replace(sheet, number="PH-2026-000148"))


@pytest.mark.parametrize("name", SHEETS)
def test_all_fonts_are_embedded_and_are_source_sans(name: str) -> None:
    found = fonts_of(Press().print(SHEETS[name]))
    assert found
    assert all(is_embedded and "+SourceSans3-" in font for font, is_embedded in found.items())


def test_the_look_at_fonts_notices_one_that_is_not_embedded() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 72, "Helvetica")
    canvas.save()
    assert fonts_of(out.getvalue()) == {"/Helvetica": False}


def _said_of_itself(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as document:
        info = " ".join(str(value) for value in document.docinfo.values())
        return info + document.Root.Metadata.read_bytes().decode()


@pytest.mark.parametrize("make", [provider_letter, participant_letter, consent])
def test_no_answer_is_in_what_the_file_says_of_itself(make: Callable[[str], Sheet]) -> None:
    said = _said_of_itself(Press().print(make("en")))
    assert not any(word in said for word in ("Jordan", "Whitfield", "1991", "555-0142", "opioid"))


def test_that_search_would_find_an_answer() -> None:
    sheet = replace(provider_letter(), title="Letter about Jordan <Whitfield> & co\x00")
    said = _said_of_itself(Press().print(sheet))
    assert "Jordan <Whitfield> & co" in said
    assert "Jordan &lt;Whitfield&gt; &amp; co" in said


def test_the_file_names_its_language_and_shows_its_title() -> None:
    with pikepdf.open(BytesIO(Press().print(provider_letter("es")))) as document:
        assert str(document.Root.Lang) == "es-US"
        assert document.Root.ViewerPreferences.DisplayDocTitle is True
        assert str(document.docinfo.Title) == "Carta de remisión"


@pytest.mark.parametrize(("language", "lang"), [("vi", "vi"), ("", "en-US")])
def test_other_languages_are_named_as_they_are(language: str, lang: str) -> None:
    sheet = replace(provider_letter(), language=language, title="", number="", form_note="")
    with pikepdf.open(BytesIO(Press().print(sheet))) as document:
        assert str(document.Root.Lang) == lang
        assert str(document.docinfo.Title) == "-"
