"""Every code that the rooms towards the outside can raise has a sentence."""

import re
from pathlib import Path

import pytest

from app.language import codes_certificate, codes_contract, codes_ladder
from app.language.codes_outside import NAMES, SENTENCES

APP = Path(__file__).parents[2] / "app"
CODE = re.compile(
    r'"((?:keystore|secret|certificate|journal|tls|address|name|connect|answer|redirect|register'
    r'|contract|profile|rung|proxy|revocation)-[a-z-]+[a-z])"'
)
NOT_CODES = {"certificate-", "tls-client-"}


known = SENTENCES.keys() | NAMES.keys() | codes_contract.SENTENCES.keys()
for room in (codes_certificate, codes_ladder):
    known |= room.SENTENCES.keys() | room.NAMES.keys()


@pytest.mark.parametrize("room", ["keystore", "transport", "journal"])
def test_every_code_has_a_sentence(room):
    sources = "".join(path.read_text("utf-8") for path in (APP / room).glob("*.py"))
    used = set(CODE.findall(sources)) - NOT_CODES
    assert used
    assert used <= known


def test_no_sentence_is_left_over():
    sources = "".join(
        path.read_text("utf-8")
        for room in ("keystore", "transport", "journal")
        for path in (APP / room).glob("*.py")
    )
    assert {code for code in SENTENCES | NAMES if f'"{code}"' not in sources} == set()
