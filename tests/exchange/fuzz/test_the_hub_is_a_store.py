"""The store that the fuzzer plays with passes the exam of all stores."""

import random
from pathlib import Path

import pytest
from fuzz.hub import Folder, Hub
from test_every_store_keeps_the_contract import (
    MARKER,
    test_a_folder_is_no_object,
    test_a_later_put_replaces,
    test_a_list_holds_the_objects_of_one_folder_and_nothing_else,
    test_a_long_list_is_whole,
    test_bytes_of_any_kind_and_length,
    test_no_more_is_taken_than_was_asked_for,
    test_what_is_not_there_is_nothing,
    test_what_was_put_is_given_back,
    test_what_was_removed_is_gone,
)

__all__ = [
    "test_a_folder_is_no_object",
    "test_a_later_put_replaces",
    "test_a_list_holds_the_objects_of_one_folder_and_nothing_else",
    "test_a_long_list_is_whole",
    "test_bytes_of_any_kind_and_length",
    "test_no_more_is_taken_than_was_asked_for",
    "test_what_is_not_there_is_nothing",
    "test_what_was_put_is_given_back",
    "test_what_was_removed_is_gone",
]


@pytest.fixture(params=["memory", "folder"])
def ours(request: pytest.FixtureRequest, tmp_path: Path) -> Hub:
    hub = Hub(random.Random(1), MARKER)
    if request.param == "folder":
        hub.objects = Folder(tmp_path / "hub")
    hub.objects["hub.json"] = MARKER
    return hub
