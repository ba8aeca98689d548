"""The page that goes from a law to a program: its blocks are a pack, and decide as the law says."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from case_papers import case_frame
from reading import page_texts, refusals

from intake_app.cli import main
from intake_app.domain.clock import FixedClock
from intake_app.domain.form import Force
from intake_app.domain.text import Text
from intake_app.pdf.press import Press
from intake_app.rulebook.guide import FormGuide
from intake_app.rulebook.library import FormLibrary
from intake_app.rulebook.pack_reader import read_pack
from intake_app.rulebook.setting import Setting
from intake_app.settings import resources

PAGE = resources.path("docs", "write-a-program.md").read_text("utf-8")
TODAY = "2026-11-23"
FITS: dict[str, object] = {
    "date_of_birth": "1990-01-01", "offenses": [{"offense": "shoplifting"}],
    "property_value": 14_999,
}  # fmt: skip


def lay_out(page: str, folder: Path) -> Path:
    """What a reader has in the folder at the end of the page."""
    for text in re.findall(r"```(?:toml|csv)\n(.*?)```", page, re.DOTALL):
        head, body = text.split("\n", 1)
        name, _, more = head.removeprefix("# ").partition(", ")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if more == "continued" else ""
        path.write_text(before + body, "utf-8")
    return folder


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(PAGE, tmp_path_factory.mktemp("page") / "elm-harbor")


@pytest.fixture(scope="module")
def library(pack: Path) -> FormLibrary:
    texts = read_pack(pack)
    setting = Setting(FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC)))
    places = (resources.path("forms"), resources.path("resources"))
    return FormLibrary(*places, setting, lambda: texts)


@pytest.fixture(scope="module")
def guide(library: FormLibrary) -> FormGuide:
    return library.guide("elm_harbor")


def against(guide: FormGuide, **changed: object) -> list[tuple[str, Force]]:
    """The rules that speak against a case that fits but for this."""
    found = guide.findings({**FITS, **changed}, TODAY)
    return [(one.rule.authority.said_in("en"), one.rule.force) for one in found if one.holds]


def test_the_tree_on_the_page_is_what_its_blocks_make(pack: Path) -> None:
    [tree] = re.findall(r"```\n(elm-harbor/\n.*?)```", PAGE, re.DOTALL)
    files = {line.strip() for line in tree.splitlines()[1:]}
    assert {path.relative_to(pack).as_posix() for path in pack.rglob("*.*")} == files


def test_the_command_on_the_page_finds_no_mistake_and_names_one(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forms", "check", str(pack)]) == 0
    assert capsys.readouterr().out == "No mistakes.\n"
    broken = lay_out(PAGE.replace('opens = "09:00"', 'opens = "9"'), tmp_path / "broken")
    assert main(["forms", "check", str(broken)]) == 1
    assert capsys.readouterr().out.startswith("programs/elm_harbor.toml:")
    packed = tmp_path / "elm-harbor.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in read_pack(pack).items():
            file.writestr(name, text)
    assert main(["forms", "check", str(packed)]) == 0


def test_each_sentence_of_the_law_decides(guide: FormGuide) -> None:
    assert against(guide) == []
    assert against(guide, date_of_birth="2009-01-01") == [("City Code 9-40(b)", Force.HARD)]
    assert against(guide, property_value=15_001) == [("City Code 9-40(d)", Force.PRESUMPTIVE)]
    assert ("City Code 9-40(a)", Force.HARD) in against(guide, property_value=30_000)
    other = [{"offense": "theft_from_auto"}]
    assert against(guide, offenses=other) == [("City Code 9-40(a)", Force.HARD)]


def test_the_terms_are_those_of_the_law(guide: FormGuide) -> None:
    terms = guide.form.terms
    assert terms is not None
    assert (terms.report_business_days, terms.report_by_time) == (5, "16:00")
    assert (terms.complete_days, terms.extensions, terms.extension_days) == (60, 1, 14)
    assert (terms.participation_limit, terms.participation_months) == (0, 24)
    assert (terms.admission, terms.victim) == ("not_asked", "consent")
    assert [(one.id, one.amount, one.is_waivable) for one in terms.conditions] == [
        ("serve", 8, True), ("talk", 0, False),
    ]  # fmt: skip


def test_every_word_stands_there_in_both_languages(pack: Path, library: FormLibrary) -> None:
    for file in pack.rglob("*.toml"):
        text = file.read_text("utf-8")
        assert len(re.findall(r"\ben = ", text)) == len(re.findall(r"\bes = ", text)) > 0
    paper = library.paper("elm_harbor_sheet")
    assert isinstance(paper.title, Text)
    assert paper.title.said_in("es") == "Su decisión"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_paper_prints_what_the_law_wants_to_be_told(
    library: FormLibrary, guide: FormGuide, language: str
) -> None:
    frame = case_frame("referral_notice", language)
    sheet = library.compose("elm_harbor_sheet", guide, FITS, frame)
    data = Press().print(sheet)
    assert refusals(data) == []
    [page] = page_texts(data)
    told = {"en": "You are not asked to admit anything", "es": "No se le pide admitir nada"}
    assert told[language] in " ".join(page.split())
