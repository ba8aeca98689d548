"""docs/first-change.md: what it says is done in a copy of the tree, and comes out as it says."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from reading import page_texts, refusals
from walked_page import HOUSE_ROOT, DoesNotFit, blocks_of, change, copy_tree, follow

PAGE = (HOUSE_ROOT / "docs" / "first-change.md").read_text("utf-8")
SIGHT = Path(__file__).with_name("sight_of_changes.py")


@dataclass(frozen=True)
class Walked:
    """The copy after the walk: what its commands said, what a person sees, and the papers."""

    said: list[str]
    seen: dict[str, Any]
    papers: Path

    def paper(self, name: str) -> bytes:
        return (self.papers / f"{name}.pdf").read_bytes()


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    tree = copy_tree(tmp_path_factory.mktemp("walk") / "tree")
    said = follow(PAGE, tree)
    papers = tmp_path_factory.mktemp("seen")
    command = (sys.executable, "-W", "ignore", str(SIGHT), str(papers))
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["from"] == str(tree)
    return Walked(said, seen, papers)


def test_the_label_is_in_the_window_in_both_languages(walked: Walked) -> None:
    for language, now, before in (
        ("en", "Hide everything", "Hide all"), ("es", "Ocultarlo todo", "Ocultar todo"),
    ):  # fmt: skip
        said = " ".join(walked.seen["rail"][language])
        assert now in said
        assert before not in said


def test_the_field_is_asked_stored_and_printed(walked: Walked) -> None:
    field = walked.seen["field"]
    assert field["label"] == {"en": "Who takes care of a pet?", "es": "¿Quién cuida a la mascota?"}
    assert field["kept"] == "Tom, next door"
    [card, *_] = page_texts(walked.paper("tonight_card"))
    assert "Su mascota" in card
    assert "Tom, next door" in card


def test_the_letter_is_an_accessible_pdf(walked: Walked) -> None:
    letter = walked.paper("thank_you")
    assert refusals(letter) == []
    assert "Gracias por venir" in " ".join(page_texts(letter))


def test_the_store_is_offered_and_has_passed_its_exam(walked: Walked) -> None:
    assert "MinIO server" in walked.seen["stores"]
    assert " passed" in walked.said[-1]
    assert "failed" not in walked.said[-1]


def test_a_page_that_does_not_fit_the_tree_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    place = tmp_path / "forms" / "x.toml"
    place.write_text("one\ntwo\n", "utf-8")
    change("--- forms/x.toml\n one\n-two\n+three\n", tmp_path)
    assert place.read_text("utf-8") == "one\nthree\n"
    with pytest.raises(DoesNotFit, match=r"x\.toml has 0 places"):
        change("--- forms/x.toml\n-two\n+four\n", tmp_path)
    with pytest.raises(DoesNotFit, match="is there already"):
        follow("```toml\n# forms/x.toml\n```\n", tmp_path)
    assert len(blocks_of(PAGE)) > 10
