"""A provider opens a sealed file with the command line, on a computer of their own."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from outside import BareStation

from intake_app.cli import main
from intake_app.commands.disclosure import add_to
from intake_app.domain.clock import FixedClock
from intake_app.domain.disclosure import Addressee, Cover
from intake_app.domain.disclosure_errors import BundleExpired
from intake_app.domain.ids import RecordId
from intake_app.exchange.disclosure import Letters, open_letter
from intake_app.vault.disclosure_seal import seal_to
from intake_app.vault.jose import PrivateKey, PublicKey
from intake_app.vault.recipient_card import open_key_file, read_card

PHRASE = "copper lantern quiet meadow"
NAME = "New River Recovery Center"
TODAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ANSWERS = [
    {"id": "last_name", "question": "Last name", "answer": "Whitfield", "codes": []},
    {"id": "note", "question": "Note", "answer": '=HYPERLINK("http://x")', "codes": []},
]
PAPER = {"type": "paper", "v": 1, "title": "../../evil", "number": "PH-26-A00017-K/2",
         "pdf": "JVBERi0xLjc="}  # fmt: skip


STATION = BareStation()
WORDS = " ".join(STATION.words("Pine Hollow"))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The provider's folder, with keys made by the command."""
    (tmp_path / "phrase").write_text(PHRASE + "\n")
    made = run(
        "recipient", NAME, "--kind", "provider", "--to", tmp_path / "own",
        "--passphrase-file", tmp_path / "phrase",
    )  # fmt: skip
    assert made == 0
    said = capsys.readouterr().out
    card = read_card((tmp_path / "own" / "recipient-card.json").read_bytes())
    assert " ".join(card.words) in said
    assert (card.name, card.kind) == (NAME, "provider")
    letter(tmp_path)
    return tmp_path


def run(*words: object, clock: FixedClock | None = None) -> int:
    if clock is None:
        return main(["bundle", *map(str, words)])
    group = click.Group()
    add_to(group, clock)
    return int(group.main(["bundle", *map(str, words)], standalone_mode=False) or 0)


def letter(folder: Path, expires: str = "2999-12-31", **more: object) -> bytes:
    """A file for whoever has the card in this folder."""
    card = read_card((folder / "own" / "recipient-card.json").read_bytes())
    to = (Addressee(PublicKey.load(card.seal).name, RecordId("7" * 32)),)
    cover = Cover("0" * 32, "Pine Hollow", "2026-11-23T09:30:00+00:00", "Care", expires, to)
    first = {"type": "content", "v": 1, "notice": "Federal rules", "answers": ANSWERS, **more}
    file = Letters(STATION).seal(cover, [first, PAPER], [dict(card.seal)])
    (folder / "file.sealed").write_bytes(file.data)
    return file.data


def open_it(desk: Path, *words: object, clock: FixedClock | None = None) -> int:
    return run(
        "open", desk / "file.sealed", "--key", desk / "own" / "recipient.key",
        "--passphrase-file", desk / "phrase", *words, clock=clock,
    )  # fmt: skip


def test_the_words_of_a_card_are_said_once_more(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = desk / "own" / "recipient-card.json"
    assert run("recipient-card", card) == 0
    words = " ".join(read_card(card.read_bytes()).words)
    assert capsys.readouterr().out.splitlines() == [f"{NAME} (provider)", f"  {words}"]
    assert run("recipient-card", desk / "own" / "recipient.key") == 1
    assert "no recipient card" in capsys.readouterr().err


def test_what_a_file_calls_its_sender_steers_no_terminal(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is shown before anybody has compared words: it could paint other words over them."""
    card = read_card((desk / "own" / "recipient-card.json").read_bytes())
    to = (Addressee(PublicKey.load(card.seal).name, RecordId("7" * 32)),)
    evil = "Pine\x1b[2K Hollow"
    cover = Cover("0" * 32, evil, "2026-11-23T09:30:00+00:00", evil, "2999-12-31", to)
    first = {"type": "content", "v": 1, "notice": "", "answers": ANSWERS}
    file = Letters(STATION).seal(cover, [first], [dict(card.seal)])
    (desk / "file.sealed").write_bytes(file.data)
    assert open_it(desk, "--sender", " ".join(STATION.words(evil))) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err


def test_all_of_it_is_written_where_they_say(desk: Path) -> None:
    assert open_it(desk, "--sender", WORDS, "--to", desk / "out") == 0
    out = desk / "out"
    assert sorted(path.name for path in out.iterdir()) == [
        "01.pdf", "answers.csv", "content.json", "receipt.txt",
    ]  # fmt: skip
    assert (out / "01.pdf").read_bytes() == b"%PDF-1.7"
    rows = list(csv.reader(io.StringIO((out / "answers.csv").read_text("utf-8-sig"))))
    assert rows == [
        ["question", "answer"], ["Last name", "Whitfield"],
        ["Note", "'=HYPERLINK(\"http://x\")"],
    ]  # fmt: skip
    content = json.loads((out / "content.json").read_text("utf-8"))
    assert content["content"]["answers"] == ANSWERS
    assert not (desk / "evil").exists()


def test_the_receipt_is_signed_by_their_key(desk: Path) -> None:
    assert open_it(desk, "--sender", WORDS, "--to", desk / "out", "--receipt") == 0
    assert [path.name for path in (desk / "out").iterdir()] == ["receipt.txt"]
    keys = open_key_file((desk / "own" / "recipient.key").read_bytes(), PHRASE)
    token = (desk / "out" / "receipt.txt").read_text().strip()
    came = Letters(STATION).read_receipt(keys.signer.verify(token))
    data = (desk / "file.sealed").read_bytes()
    assert came.sha256 == open_letter(keys, data).sha256
    assert came.accounting == "7" * 32


def test_it_is_shown_with_its_notice(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter(desk, notice="Federal rules \x1b[31m")
    assert open_it(desk, "--sender", WORDS) == 0
    said = capsys.readouterr().out
    for words in ("From: Pine Hollow", "Federal rules", "Last name: Whitfield"):
        assert words in said
    assert "\x1b" not in said


def test_as_json_it_can_be_taken_on(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert open_it(desk, "--sender", WORDS, "--json") == 0
    assert json.loads(capsys.readouterr().out)["content"]["answers"] == ANSWERS


def test_a_sender_nobody_confirmed_is_not_believed(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert open_it(desk) == 1
    assert "compare the eight words" in capsys.readouterr().err
    assert open_it(desk, "--sender", "one two three four five six seven eight") == 1
    assert open_it(desk, "--sender", WORDS.upper()) == 0
    assert open_it(desk) == 0  # known from now on
    said = capsys.readouterr()
    assert "Whitfield" not in said.err


def cut(data: bytes) -> bytes:
    return data[:-9]


def renamed(data: bytes) -> bytes:
    return data.replace(b'"tag"', b'"gat"')


def emptied(_: bytes) -> bytes:
    return b""


def for_another(_: bytes) -> bytes:
    return seal_to([PrivateKey.make().public], b"x")


@pytest.mark.parametrize("spoil", [cut, renamed, emptied, for_another])
def test_what_was_altered_or_is_for_another_writes_nothing(
    desk: Path, spoil: Callable[[bytes], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk / "file.sealed"
    path.write_bytes(spoil(path.read_bytes()))
    assert open_it(desk, "--sender", WORDS, "--to", desk / "out") == 1
    assert "Nothing of it was" in capsys.readouterr().err
    assert not (desk / "out").exists()


def test_a_wrong_passphrase_opens_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "phrase").write_text("another phrase altogether")
    assert open_it(desk, "--sender", WORDS) == 1
    assert "do not match" in capsys.readouterr().err


def test_after_its_last_day_it_is_not_opened(desk: Path) -> None:
    letter(desk, expires="2026-11-24")
    assert open_it(desk, "--sender", WORDS, clock=FixedClock(TODAY)) == 0
    with pytest.raises(BundleExpired):
        open_it(desk, clock=FixedClock(TODAY.replace(day=25)))


def test_nothing_is_written_over(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = desk / "own"
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    assert open_it(desk, "--sender", WORDS, "--to", own) == 1
    again = run("recipient", NAME, "--kind", "provider", "--to", own,
                "--passphrase-file", desk / "phrase")  # fmt: skip
    assert again == 1
    assert "not empty" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before


def test_a_weak_passphrase_makes_no_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "phrase").write_text("1234")
    made = run("recipient", NAME, "--kind", "provider", "--to", tmp_path / "own",
               "--passphrase-file", tmp_path / "phrase")  # fmt: skip
    assert made == 1
    assert "too short" in capsys.readouterr().err
    assert not (tmp_path / "own").exists()
