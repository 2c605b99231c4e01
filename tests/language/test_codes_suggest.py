import re
from pathlib import Path

from app.core.mapping import Link
from app.language.codes_suggest import REASONS, reason_sentence, reason_sentences

ROOMS = Path(__file__).parents[2] / "app" / "workflow"


def test_every_reason_that_is_given_has_a_sentence():
    texts = " ".join(path.read_text("utf-8") for path in ROOMS.glob("suggest*.py"))
    given = set(re.findall(r'reasons=\("([a-z-]+)",?\)', texts))
    given |= set(re.findall(r'Fit\([^()]*"([a-z-]+)"\)', texts))
    given |= set(re.findall(r'"(same-name|name|order|earlier|kind)"', texts))
    assert {"key", "only", "content", "codes", "earlier"} <= given <= set(REASONS)


def test_reasons_are_said_in_their_order():
    link = Link("V565", reasons=("earlier", "name", "unheard-of"))
    assert reason_sentence(link) == " ".join(reason_sentences(("earlier", "name")))
    assert len(reason_sentences(link.reasons)) == 2
    assert reason_sentence(Link("V565")) == ""
