"""The commands for those outside: make keys and a card, open a sealed file, sign a receipt.

They need no profile and no department. Like `cli` this imports heavy parts when a command runs.
"""

from __future__ import annotations

import base64
import json
import sys
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from intake_app.commands.options import JSON, PATH, SECRET, bundle_group, read_passphrase
from intake_app.commands.speech import say, words_here
from intake_app.disk.bounded import read_bounded
from intake_app.domain.disclosure import MOST_FILE, RecipientKind
from intake_app.domain.disclosure_errors import BadBundle, BundleExpired, SenderUnknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.clock import Clock
    from intake_app.exchange.disclosure import OpenedLetter
    from intake_app.vault.disclosure_seal import RecipientKeys

KEY_FILE, CARD_FILE = "recipient.key", "recipient-card.json"
_MOST_KEY = 64 * 1024
_WAYS = ("pdf", "csv", "json", "receipt")


def add_to(group: click.Group, clock: Clock | None = None) -> None:
    """Add `recipient`, `recipient-card` and `open` to the group `bundle`."""
    from intake_app.domain.clock import SystemClock

    bundle = bundle_group(group)
    _add_recipient(bundle)
    _add_card(bundle)
    _add_open(bundle, clock or SystemClock())


def _add_recipient(bundle: click.Group) -> None:
    @bundle.command(help="Make your keys, and the card that the department needs of you.")
    @click.argument("name")
    @click.option(
        "--kind", type=click.Choice([str(kind) for kind in RecipientKind]), required=True,
        help="What you are to the department.",
    )  # fmt: skip
    @click.option("--to", "folder", type=PATH, required=True, help="New folder for both files.")
    @SECRET
    @JSON
    def recipient(
        name: str, kind: str, folder: Path, passphrase_file: Path | None, as_json: bool
    ) -> int:
        return _make_recipient(name, kind, folder, passphrase_file, as_json=as_json)

    _ = recipient


def _add_card(bundle: click.Group) -> None:
    @bundle.command("recipient-card", help="Say the eight words of a card once more.")
    @click.argument("card", type=PATH)
    @JSON
    def recipient_card(card: Path, as_json: bool) -> int:
        return _tell_card(card, as_json=as_json)

    _ = recipient_card


def _add_open(bundle: click.Group, clock: Clock) -> None:
    @bundle.command("open", help="Open a sealed file that a department sent to you.")
    @click.argument("file", type=PATH)
    @click.option("--key", type=PATH, required=True, help="Your key file.")
    @SECRET
    @click.option("--sender", help="The eight words that the department told you.")
    @click.option("--to", "folder", type=PATH, help="New folder for what is written.")
    @click.option("--pdf", is_flag=True, help="Write its papers, the notice first.")
    @click.option("--csv", is_flag=True, help="Write its answers as a table.")
    @click.option("--json", "as_json", is_flag=True, help="Write, or print, all of it as JSON.")
    @click.option("--receipt", is_flag=True, help="Write your signed receipt for the department.")
    def open_file(
        file: Path, key: Path, passphrase_file: Path | None, sender: str | None,
        folder: Path | None, **ways: bool,
    ) -> int:  # fmt: skip
        wanted = frozenset(way for way in _WAYS if ways["as_json" if way == "json" else way])
        asked = Reading(file, key, passphrase_file, sender or "", folder, wanted)
        return _open(asked, clock)

    _ = open_file


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sealed file is to be opened, and what is to be written of it.

    Attributes:
        file: The sealed file.
        key: The recipient's key file.
        passphrase_file: Where its passphrase is, or None: it is typed.
        sender: Words by which the sender is known, or empty.
        folder: Where to, or None.
        ways: What is to be written; empty: all of it.
    """

    file: Path
    key: Path
    passphrase_file: Path | None
    sender: str
    folder: Path | None
    ways: frozenset[str]


def _make_recipient(
    name: str, kind: str, folder: Path, passphrase_file: Path | None, *, as_json: bool
) -> int:
    from intake_app.disk.atomic import write_whole
    from intake_app.vault.recipient_card import new_recipient, write_card

    _refuse_full(folder)
    passphrase = read_passphrase(passphrase_file, is_new=True)
    key_file, card = new_recipient(name, RecipientKind(kind), passphrase)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / KEY_FILE, key_file)
    write_whole(folder / CARD_FILE, write_card(card))
    if as_json:
        print(json.dumps({"words": card.words, "key": KEY_FILE, "card": CARD_FILE}))
        return 0
    print(say("Keep {file}, and tell nobody its passphrase. Without both nothing can be opened.",
              file=KEY_FILE))  # fmt: skip
    print(say("Give {file} to the department. When they call, read these words aloud:",
              file=CARD_FILE))  # fmt: skip
    print("  " + " ".join(card.words))
    return 0


def _tell_card(path: Path, *, as_json: bool) -> int:
    from intake_app.vault.recipient_card import read_card

    card = read_card(_bounded(path, _MOST_KEY))
    if as_json:
        print(json.dumps({"name": card.name, "kind": card.kind, "words": card.words}))
        return 0
    print(f"{card.name} ({card.kind})")
    print("  " + " ".join(card.words))
    return 0


def _open(asked: Reading, clock: Clock) -> int:
    from intake_app.exchange.disclosure import open_letter

    if asked.ways - {"json"} and asked.folder is None:
        raise click.UsageError(say("Say with --to where it is to be written."))
    if asked.folder is not None:
        _refuse_full(asked.folder)
    data = _bounded(asked.file, MOST_FILE)
    keys = _keys(asked)
    letter = open_letter(keys, data)
    _confirm_sender(asked, letter)
    if letter.cover.expires < clock.local().date().isoformat():
        raise BundleExpired
    if asked.folder is not None:
        _write(asked, letter, keys, clock)
    elif asked.ways:
        print(json.dumps(_as_json(letter), ensure_ascii=False))
        return 0
    _tell(letter, asked.folder)
    return 0


def _keys(asked: Reading) -> RecipientKeys:
    from intake_app.vault.recipient_card import open_key_file

    key_file = _bounded(asked.key, _MOST_KEY)
    return open_key_file(key_file, read_passphrase(asked.passphrase_file))


def _confirm_sender(asked: Reading, letter: OpenedLetter) -> None:
    """A file is believed once a person compared its sender's words; after that they are known."""
    from intake_app.vault.known_senders import KnownSenders

    known = KnownSenders(asked.key)
    if asked.sender:
        if asked.sender.casefold().split() != list(letter.words):
            raise SenderUnknown
        known.add(letter.words)
    elif not known.has(letter.words):
        if not sys.stdin.isatty():
            raise SenderUnknown
        name = _printable(letter.cover.department)  # nobody has confirmed who wrote it
        click.echo(say("This file says that it is from: {name}", name=name), err=True)
        told = say("Call them. They read these words to you: {words}", words=" ".join(letter.words))
        click.echo(told, err=True)
        if not click.confirm(say("Are they the same?"), default=False, err=True):
            raise SenderUnknown
        known.add(letter.words)


def _write(asked: Reading, letter: OpenedLetter, keys: RecipientKeys, clock: Clock) -> None:
    """Write what is wanted; names of files are ours, whatever the file calls its papers."""
    from intake_app.disk.atomic import write_whole
    from intake_app.domain.clock import stamp
    from intake_app.exchange.disclosure import write_receipt
    from intake_app.tables.csv_lines import CsvLines

    ways, made = asked.ways or frozenset(_WAYS), dict[str, bytes]()
    first, papers = _content(letter)
    if "pdf" in ways:
        made |= {f"{n:02}.pdf": data for n, data in enumerate(papers, 1)}
    if "csv" in ways:
        made["answers.csv"] = BOM_UTF8 + CsvLines().lines(_table(first))
    if "json" in ways:
        made["content.json"] = json.dumps(_as_json(letter), ensure_ascii=False, indent=1).encode()
    if "receipt" in ways:
        made["receipt.txt"] = write_receipt(keys, letter, stamp(clock)).encode() + b"\n"
    folder = asked.folder or Path()
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        write_whole(folder / name, data)


def _content(letter: OpenedLetter) -> tuple[Mapping[str, Any], list[bytes]]:
    """What it says, and the bytes of its papers.

    Raises:
        BadBundle: Its sender put something else into it.
    """
    try:
        first, *rest = letter.documents
        papers = [base64.b64decode(one["pdf"], validate=True) for one in rest]
        if first["type"] != "content" or any(one["type"] != "paper" for one in rest):
            raise BadBundle("documents")
        _ = _table(first)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBundle("documents") from error
    return first, papers


def _table(first: Mapping[str, Any]) -> list[list[str]]:
    """The answers as a table, heads first; of counts, one line for each."""
    if "counts" in first:
        counts = [[str(cell) for cell in row] for row in first["counts"]]
        return [["question", "answer", "count"], *counts]
    answers = [[str(one["question"]), str(one["answer"])] for one in first["answers"]]
    return [["question", "answer"], *answers]


def _as_json(letter: OpenedLetter) -> dict[str, Any]:
    first, papers = _content(letter)
    cover = letter.cover
    return {
        "file": cover.id, "from": cover.department, "sender_words": list(letter.words),
        "at": cover.at, "purpose": cover.purpose, "open_by": cover.expires,
        "accounting": letter.accounting, "sha256": letter.sha256, "papers": len(papers),
        "content": dict(first),
    }  # fmt: skip


def _tell(letter: OpenedLetter, folder: Path | None) -> None:
    first, papers = _content(letter)
    print(say("From: {name}", name=_printable(letter.cover.department)))
    if letter.cover.purpose:
        print(say("What for: {purpose}", purpose=_printable(letter.cover.purpose)))
    print(say("Open it by: {day}", day=_printable(letter.cover.expires)))
    if folder is not None:
        print(say("Written to {folder}.", folder=folder))
        return
    if notice := str(first.get("notice") or ""):
        print(f"\n{_printable(notice)}\n")
    for row in _table(first)[1:]:
        print("  " + ": ".join(_printable(cell) for cell in row))
    print(words_here().plural("{n} paper is in it; --to writes it.",
                              "{n} papers are in it; --to writes them.", len(papers)))  # fmt: skip


def _printable(text: str) -> str:
    """Without signs that would steer a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(
            say("This folder is not empty. Name a new one; nothing was written.")
        )


def _bounded(path: Path, most: int) -> bytes:
    """The bytes of a file, where they are no more than anybody would read.

    Raises:
        BadBundle: They are.
    """
    data = read_bounded(path, most)
    if data is None:
        raise BadBundle("size")
    return data
