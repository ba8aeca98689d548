import base64
from pathlib import Path

import pytest
from vault_world import PASSPHRASES, SHOWN, Department

from intake_app.domain.errors import IntakeError
from intake_app.domain.roles import Role
from intake_app.vault.vault import NewPerson

SECRETS = [*SHOWN, *SHOWN.values(), *PASSPHRASES.values(), "Quillfeather", "ned.newer"]


def disguises(word: str) -> set[bytes]:
    """A word as it might lie on a disk."""
    found = set[bytes]()
    for text in {word, word.lower(), word.upper()}:
        plain = {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
        found |= plain | {one.hex().encode() for one in plain}
        found |= {one.hex().upper().encode() for one in plain}
        for one in plain:
            for shift in range(3):  # base64 of the word inside a longer text
                coded = base64.b64encode(b"\0" * shift + one)
                found.add(coded[4 if shift else 0 : len(coded) // 4 * 4 - 4])
    return {one for one in found if len(one) > 6}


def leaks(folder: Path) -> list[str]:
    every = {word: disguises(word) for word in SECRETS}
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    standard = {path: data.replace(b"-", b"+").replace(b"_", b"/") for path, data in files.items()}
    names = [str(path.relative_to(folder)).encode() for path in files]
    return [
        word
        for word, forms in every.items()
        for form in forms
        if any(form in data for data in (*files.values(), *standard.values(), *names))
    ]


def test_no_name_and_no_passphrase_lies_in_any_file(department: Department) -> None:
    vault = department.vault()
    admin = department.sign_in("adele.quill", vault)
    vault.staff.add(
        admin, NewPerson("ned.newer", "N. New", "button cloud fern", frozenset({Role.OFFICER}))
    )
    for name in ("mhale.desk", "ned.newer"):
        for _ in range(5):
            with pytest.raises(IntakeError):
                vault.unlock(name, "wrong wrong wrong")
    found = {path.name for path in department.folder.iterdir()}
    assert {"vault.json", "vault.json.previous", "attempts.json", "identity.json"} < found
    assert "prelogin.log" in found
    assert leaks(department.folder) == []


@pytest.mark.parametrize(
    "planted",
    [
        b"...M. Halewood...",
        b"mhale.desk",
        "MHALE.DESK".encode("utf-16-le"),
        b"M. Halewood".hex().encode(),
        base64.b64encode(b"{'name': 'M. Halewood', 'more': 1}"),
        base64.urlsafe_b64encode(b"ab M. Halewood and so on"),
        base64.b64encode(b"a M. Halewood and so on"),
    ],
)
def test_the_search_finds_what_is_planted(department: Department, planted: bytes) -> None:
    """Negative control."""
    (department.folder / "notes.txt").write_bytes(planted)
    assert leaks(department.folder)
