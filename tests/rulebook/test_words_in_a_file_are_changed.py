"""Words of a paper are changed in its file: nothing else moves, and no word breaks out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.form_change import CodeRow, Kind
from intake_app.rulebook.code_edit import code_rows, with_code
from intake_app.rulebook.mistake import Mistaken
from intake_app.rulebook.text_changes import difference
from intake_app.rulebook.toml_edit import with_values
from intake_app.rulebook.toml_source import KeyPath, TomlSource
from intake_app.settings import resources

TEXT = """# A note stays.
[paper]
id = "x" # and this one
title = { en = "One", es = "Uno" }

[[blocks]]
type = "bullets"
items = [
  { text = { en = "Two" } },
  { text = { en = "Three" }, lines = 3 },
]

[text]
en = \"\"\"
Long
words
\"\"\"
"""

ANY = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


def test_only_what_is_named_changes() -> None:
    new = with_values("x", TEXT, {
        ("paper", "title", "es"): 'El "uno"',
        ("blocks", 0, "items", 1, "text", "en"): "Drei",
        ("blocks", 0, "items", 1, "lines"): 4,
        ("blocks", 0, "items", 0, "text", "es"): "Dos",
        ("text", "en"): "Other\nwords\n",
        ("text", "es"): "Otras",
    })  # fmt: skip
    data = TomlSource("x", new).data
    assert data["paper"] == {"id": "x", "title": {"en": "One", "es": 'El "uno"'}}
    assert data["blocks"][0]["items"] == [
        {"text": {"en": "Two", "es": "Dos"}}, {"text": {"en": "Drei"}, "lines": 4},
    ]  # fmt: skip
    assert data["text"] == {"en": "Other\nwords\n", "es": "Otras"}
    assert "# A note stays." in new
    assert "# and this one" in new


@given(ANY, ANY)
def test_whatever_is_typed_reads_back_and_nothing_breaks_out(one: str, two: str) -> None:
    said: dict[KeyPath, str | int] = {("paper", "title", "en"): one, ("text", "en"): two}
    try:
        new = TomlSource("x", with_values("x", TEXT, said)).data
    except Mistaken:
        assert any(ord(c) < 32 or ord(c) == 127 for c in one + two)
        return
    assert (new["paper"]["title"]["en"], new["text"]["en"]) == (one, two)
    assert new["paper"]["id"] == "x"


def test_a_place_that_is_not_there_is_refused() -> None:
    for path in [("paper", "nothing", "en"), ("blocks", 7, "text", "en"), ("blocks", 0, "x", "y")]:
        with pytest.raises(Mistaken):
            with_values("x", TEXT, {path: "words"})


LIST = "id,en,es,standard,active_from,active_to\na,One,Uno,HMIS 1,,\nb,Two,Dos,,,\n"


def test_a_choice_is_added_renamed_and_retired_and_none_goes() -> None:
    new = with_code(LIST, CodeRow("c", {"en": "Three, or so", "es": "Tres"}, "2026-12-01"))
    new = with_code(new, CodeRow("a", {"en": 'The "first"', "es": "Uno"}, "", "2026-12-31"))
    rows = {row.id: row for row in code_rows(new)}
    assert list(rows) == ["a", "b", "c"]
    assert rows["a"].words["en"] == 'The "first"'
    assert "HMIS 1" in new
    told = difference("codes/x.csv", LIST, new)
    assert [(one.kind, one.part) for one in told.parts] == [
        (Kind.RETIRED, 'The "first"'), (Kind.CHANGED, 'The "first" (en)'),
        (Kind.ADDED, "Three, or so"),
    ]  # fmt: skip


def test_what_is_new_in_a_program_is_told_by_its_questions() -> None:
    text = resources.path("forms", "programs", "safe_passages.toml").read_text("utf-8")
    new = text + (
        '\n[[add_fields]]\nid = "dog"\nsection = "person"\ntype = "yes_no"\n'
        'label = { en = "Does a dog come along?", es = "¿Viene un perro?" }\n'
    )
    told = difference("programs/safe_passages.toml", text, new)
    assert [one.part for one in told.parts if one.kind is Kind.ADDED] == ["Does a dog come along?"]
    assert not told.is_new
    assert difference("programs/safe_passages.toml", text, text).is_same
    assert difference("programs/safe_passages.toml", None, text).is_new
