"""What every test of the window is given."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.gui.contract.page import ContractPage
from tests.support.gui import Desktop, settle


@pytest.fixture
def desktop(tmp_path: Path, qtbot: object) -> Iterator[Desktop]:
    """Return the window's parts on a backend of answers; a page with its own has its own."""
    made = Desktop(tmp_path)
    yield made
    made.backend.close()


@pytest.fixture
def contract_page(qtbot: Any, desktop: Desktop) -> ContractPage:
    """Return the contract page with a project open and everything answered."""
    desktop.open()
    made = ContractPage(desktop.context)
    qtbot.addWidget(made)
    made.resize(1150, 640)
    made.show()
    settle(qtbot, desktop)
    return made
