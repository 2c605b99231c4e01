"""A server of the test's own, and a client that it knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.files.profile import load_shipped
from app.transport.answer import AnswerTexts
from app.transport.contract import Contract, read_contract
from tests.support.outside import Server
from tests.support.outside_line import Outside


@pytest.fixture(scope="session")
def spoken() -> tuple[Contract, AnswerTexts]:
    profile = load_shipped("spor-4.1")
    return read_contract(Path(profile.wsdl)), AnswerTexts.from_profile(profile)


@pytest.fixture
def outside(tmp_path, spoken) -> Outside:
    return Outside(tmp_path, *spoken)


@pytest.fixture
def server(outside) -> Iterator[Server]:
    with outside.serve() as made:
        yield made
