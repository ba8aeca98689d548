"""A file from outside is opened by a double click: it is named, and nothing of it is believed."""

import os
import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from intake_app.cli import main
from intake_app.domain.outside_file import OutsideFile, kind_of
from intake_app.services.help.outside_files import ADVICE, look_at
from intake_app.ui.outside.file_notice import file_notice
from intake_app.words import Words

HEADS = [
    ("a1b2.sealed", b'{"ciphertext":"', OutsideFile.SEALED),
    ("A1B2.SEALED", b'{"ciphertext":"', OutsideFile.SEALED),
    ("county.intake-pack", b"PK\x03\x04", OutsideFile.PACK),
    ("county.zip", b"PK\x03\x04", OutsideFile.PACK),
    ("intake-app-0.3.0.update", b"eyJhbGciOiJFUzI1NiJ9.", OutsideFile.UPDATE),
    ("card.json", b'{"kind":"county","type":"intake recipient card"', OutsideFile.CARD),
    ("a1b2.sealed", b"MZ\x90\x00", OutsideFile.UNKNOWN),
    ("photo.jpg", b'{"ciphertext":"', OutsideFile.UNKNOWN),
    ("empty.sealed", b"", OutsideFile.UNKNOWN),
]


@pytest.mark.parametrize(("name", "head", "kind"), HEADS)
def test_a_file_is_told_by_its_ending_and_its_first_bytes(
    name: str, head: bytes, kind: OutsideFile
) -> None:
    assert kind_of(name, head) is kind


@pytest.mark.parametrize("kind", OutsideFile)
def test_every_kind_is_told_in_both_languages(kind: OutsideFile) -> None:
    for line in ADVICE[kind]:
        assert Words("es").text(line) != line


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.sealed"
    os.mkfifo(pipe)
    with pytest.raises(FileNotFoundError):
        look_at(pipe)


def test_the_command_says_what_a_file_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "county.intake-pack"
    with zipfile.ZipFile(pack, "w") as packed:
        packed.writestr("pack.toml", "")
    assert main(["--language", "en", "open", str(pack)]) == 0
    assert "form pack" in capsys.readouterr().out
    other = tmp_path / "notes.txt"
    other.write_text("words")
    assert main(["open", str(other)]) == 1


def test_the_notice_names_what_it_is_and_not_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "Jane Quillon.sealed"
    file.write_bytes(b'{"ciphertext":""}')
    box = file_notice(file, Words("en"))
    qtbot.addWidget(box)
    box.show()
    assert box.text() == "This is a sealed file."
    assert "intake-app bundle open" in box.informativeText()
    assert "Quillon" not in box.windowTitle() + box.text() + box.informativeText()
    gone = file_notice(tmp_path / "gone.sealed", Words("en"))
    qtbot.addWidget(gone)
    assert gone.text()
