"""The source page in English, on a backend that answers as a read export does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.gui.source.page import SourcePage
from app.language import text
from tests.support.gui import Desktop
from tests.support.gui_source import source_desktop, source_page


@pytest.fixture(autouse=True)
def _english() -> None:
    text.use("en")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """Return the window's parts with the export's files read."""
    made = source_desktop(tmp_path)
    yield made
    made.backend.close()


@pytest.fixture
def page(qtbot: Any, desktop: Desktop) -> SourcePage:
    """Return the source page with a project open and everything answered."""
    return source_page(qtbot, desktop)
