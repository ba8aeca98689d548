"""No lock screen is ever without a system-use notice."""

from pathlib import Path

import pytest

from intake_app.settings import banner


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notice of the agency's own, in place of the one that ships."""
    made = tmp_path / "notice.toml"

    def path(*_parts: str) -> Path:
        return made

    monkeypatch.setattr(banner, "path", path)
    return made


def test_the_notice_that_ships_is_said_in_both_languages() -> None:
    said = {language: banner.read_banner(language) for language in ("en", "es")}
    assert said["en"] != said["es"]
    assert banner.PLAIN not in said.values()


def test_a_language_that_is_not_there_is_said_in_english(file: Path) -> None:
    file.write_text('[text]\nen = "Ours alone."\n')
    assert banner.read_banner("es") == "Ours alone."


@pytest.mark.parametrize("text", [None, "", "[text", "text = 3", '[text]\nes = "Solo."'])
def test_a_file_that_is_gone_or_broken_leaves_the_plain_notice(
    file: Path, text: str | None
) -> None:
    if text is not None:
        file.write_text(text)
    assert banner.read_banner("en") == banner.PLAIN
