"""The text for whoever runs the register."""

from app.files.profile import load_shipped
from app.language.ladder_words import text_for_register
from app.workflow.certificate_views import LadderRung, LadderView, RungState


def test_a_host_that_is_an_address_is_told_once():
    values = (("host", "127.0.0.1"), ("addresses", "127.0.0.1"))
    rung = LadderRung("rung-name", RungState.OK, values)
    view = LadderView("local", "local", "https://127.0.0.1/", "", "", "", "", (rung,))
    assert text_for_register(view, load_shipped("spor-4.1")).splitlines()[-1] == "   127.0.0.1"
