"""What every test has: no real home, no display, the Swedish language."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.language import text
from tests.support.case_table import (  # noqa: F401 - pytest finds its hooks here
    pytest_collection_modifyitems,
    pytest_runtest_logreport,
    pytest_terminal_summary,
)

# A busy machine is no fault of what is tested; in CI the examples stay the same from run to run.
settings.register_profile("unhurried", settings(settings.default, deadline=None))
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch) -> Iterator[Path]:
    """Keep the user's own folders out of reach."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    text.use("sv")
    yield home
    text.use("sv")
