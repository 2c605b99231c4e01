"""What the window says of a certificate that is about to end, or is the wrong one."""

from dataclasses import replace

import pytest

from app.gui.frame.chips import CertificateChip, EntranceChip
from app.gui.frame.expiry import ExpiryWarning
from app.gui.start.road import DONE, LATER, NEXT, road
from app.language import text
from app.workflow.certificate_views import CertificateShelf
from tests.support import gui_shelf as shelves
from tests.support.gui_backend import Window


@pytest.fixture(autouse=True)
def english(own_home):
    text.use("en")


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    window.session.set_entrance("stage")
    yield window
    window.close()


@pytest.fixture
def chip(qtbot, window):
    made = CertificateChip(window.context)
    qtbot.addWidget(made)
    return made


def _days(count, working=0):
    view = replace(shelves.GOOD, days_left=count, working_days_left=working)
    return shelves.shelf(view, chosen=(("stage", "good"), ("production", "good")))


def _step(window):
    steps = road(window.session, window.document.project, 0)
    return next(one for one in steps if one.page == "certificate")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (312, "312 days left"),
        (61, "61 days left"),
        (60, "60 days left"),
        (1, "1 day left"),
        (0, "Less than a day left"),
        (-1, "Expired"),
    ],
)
def test_the_chip_counts_the_days(window, chip, days, said):
    window.session.set_shelf(_days(days))
    assert chip.text() == said
    assert chip.accessibleName() == f"Certificate: {said}"


def test_from_sixty_days_the_chip_says_what_to_do_and_counts_working_days(window, chip):
    window.session.set_shelf(_days(61, 43))
    assert "Order" not in chip.toolTip()
    assert "43 working days" in chip.toolTip()
    window.session.set_shelf(_days(60, 42))
    assert "60 days left, 42 working days" in chip.toolTip()
    assert "Order a new one" in chip.toolTip()


def test_each_entrance_has_a_certificate_of_its_own_in_the_chip(window, chip):
    chosen = (("stage", "good"), ("teststage", "test"))
    window.session.set_shelf(shelves.shelf(shelves.GOOD, shelves.TEST, chosen=chosen))
    assert shelves.GOOD.hsa_id in chip.toolTip()
    window.session.set_entrance("teststage")
    assert shelves.TEST.hsa_id in chip.toolTip()
    window.session.set_entrance("local")
    assert chip.text() == "No certificate"


def test_a_certificate_that_does_not_open_the_entrance_is_no_good_number_of_days(window, chip):
    window.session.set_shelf(shelves.shelf(shelves.TEST, chosen=(("stage", "test"),)))
    assert chip.text() == "Wrong certificate"
    assert "does not open" in chip.toolTip()
    assert _step(window).state != DONE
    assert _step(window).tone == "blocks"


def test_a_token_that_has_not_been_opened_is_told(window, chip):
    window.session.set_shelf(shelves.shelf(shelves.TOKEN, chosen=(("stage", "token"),)))
    assert chip.text() == "PIN needed"


def test_the_host_names_the_entrance_in_the_chip(qtbot, window):
    chip = EntranceChip(window.context)
    qtbot.addWidget(chip)
    assert chip.text() == "STAGE"
    window.session.set_shelf(replace(_days(312), kinds=(("stage", "production"),)))
    assert chip.text() == "PRODUCTION"


def test_one_message_per_start_tells_of_a_certificate_about_to_end(window):
    warning = ExpiryWarning(window.context, window.session)
    window.session.set_shelf(_days(312))
    assert window.said == []
    window.session.set_shelf(_days(23, 15))
    window.session.set_shelf(_days(22, 14))
    window.session.set_entrance("production")
    assert len(window.said) == 1
    assert "23 days left, 15 working days" in window.said[0]
    assert "Order a new one" in window.said[0]
    del warning


def test_a_certificate_beside_that_is_not_in_use_warns_nobody(window):
    warning = ExpiryWarning(window.context, window.session)
    window.session.set_shelf(shelves.shelf(shelves.EXPIRING))
    assert window.said == []
    del warning


@pytest.mark.parametrize(
    ("shelf", "todo"),
    [(shelves.WAITING, "A new one is ordered."), (shelves.RENEWED, "switch to it")],
)
def test_the_message_knows_a_renewal_under_way(window, shelf, todo):
    warning = ExpiryWarning(window.context, window.session)
    window.session.set_shelf(shelf)
    assert todo in window.said[0]
    del warning


def test_the_road_says_how_long_the_certificate_lasts(window):
    assert _step(window).state in {LATER, NEXT}
    window.session.set_shelf(_days(312, 212))
    assert (_step(window).state, _step(window).note) == (DONE, "312 days left")
    assert _step(window).tone == "quiet"
    window.session.set_shelf(_days(23, 15))
    assert _step(window).note == "23 days left (15 working days)"
    assert _step(window).tone == "fellista"
    window.session.set_shelf(_days(-1))
    assert _step(window).state != DONE
    assert _step(window).tone == "blocks"
    window.session.set_shelf(CertificateShelf())
    assert _step(window).note == ""
