"""Every code that the rooms towards the outside can raise has a sentence."""

import re
from pathlib import Path

import pytest

from app.language.codes_outside import NAMES, SENTENCES
from app.language.sentences import _table

APP = Path(__file__).parents[2] / "app"
CODE = re.compile(
    r'"((?:keystore|secret|certificate|journal|tls|address|name|connect|answer|redirect|register'
    r'|contract|profile|rung|proxy|revocation)-[a-z-]+[a-z])"'
)
NOT_CODES = {"certificate-", "certificate-order", "tls-client-"}


@pytest.mark.parametrize("room", ["keystore", "transport", "journal"])
def test_every_code_has_a_sentence(room):
    sources = "".join(path.read_text("utf-8") for path in (APP / room).glob("*.py"))
    used = set(CODE.findall(sources)) - NOT_CODES
    assert used
    assert used - _table("SENTENCES").keys() - _table("NAMES").keys() == set()


def test_no_sentence_is_left_over():
    sources = "".join(
        path.read_text("utf-8")
        for room in ("keystore", "transport", "journal")
        for path in (APP / room).glob("*.py")
    )
    assert {code for code in SENTENCES | NAMES if f'"{code}"' not in sources} == set()
