"""PySide6 6.12.0 drops a reference to None or True in many calls and aborts on CPython 3.11."""

import sys

import pytest
from PySide6.QtWidgets import QLabel

_CALLS = 3000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None never dies from 3.12 on")
@pytest.mark.parametrize("value", [None, True])
def test_calls_keep_their_references(qtbot, value):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(value)
    for number in range(_CALLS):
        label.setText(str(number))
        label.setEnabled(True)
    assert sys.getrefcount(value) > before - _CALLS // 10
