"""A small department, made once (slow on purpose: real key derivation) and copied for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from registry_world import History
from vault_world import Department, set_up

from intake_app.domain.clock import FixedClock
from intake_app.domain.roles import Compartment
from intake_app.vault.vault import Vault


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Department:
    folder = tmp_path_factory.mktemp("department") / "profile"
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    keyring.set_keyring(fail.Keyring())
    _, keys, cards = Vault.create(folder, set_up(), clock)
    insides = {compartment: keys.inside(compartment) for compartment in Compartment}
    return Department(folder, clock, keys.registry_entries(), insides, cards, {})


@pytest.fixture
def department(template: Department, tmp_path: Path) -> Department:
    folder = tmp_path / "profile"
    shutil.copytree(template.folder, folder)
    clock = FixedClock(template.clock.at)
    return replace(template, folder=folder, clock=clock, insides=dict(template.insides))


@pytest.fixture
def history() -> History:
    return History()
