"""A local stage on loopback for each test; its keys are made once, since that takes a second."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from app.core.register import Profile
from app.files.profile import load_shipped
from app.stage.authority import prepare
from app.stage.server import LocalStage
from tests.support.stage import PASSPHRASE, Client, client_of


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_shipped("spor-4.1")


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issued") / "stage"
    prepare(folder, PASSPHRASE)
    return folder


@pytest.fixture
def folder(issued: Path, tmp_path: Path) -> Path:
    """A stage's folder with its certificates, and nothing received yet."""
    return Path(copytree(issued, tmp_path / "stage"))


@pytest.fixture
def stage(folder: Path, profile: Profile) -> Iterator[LocalStage]:
    with LocalStage(folder, profile, PASSPHRASE) as running:
        yield running


@pytest.fixture
def client(stage: LocalStage, tmp_path: Path) -> Iterator[Client]:
    with client_of(stage, tmp_path) as connected:
        yield connected
