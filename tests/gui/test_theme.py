"""Colours that can be read, and a status that is never colour alone."""

import pytest
from PySide6.QtGui import QColor

from app.core.finding import TIER_ORDER
from app.gui import theme

_TEXT, _PART = 4.5, 3.0
_ON = {
    "on_accent": ("accent", "accent_hover", "accent_pressed"),
    "on_selection": ("selection",),
    "on_entrance": ("local", "teststage", "stage", "production"),
}
_WORDS = ("text", "quiet", "accent", *(one.tone for one in theme.STATUS.values()))


def _light(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "surface", "rail"])
def test_text_can_be_read_on_every_ground(scheme, ground):
    named = theme.tokens(scheme)
    assert {
        word: round(contrast(named[word], named[ground]), 2)
        for word in _WORDS
        if contrast(named[word], named[ground]) < _TEXT
    } == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_on_coloured_grounds_can_be_read(scheme):
    named = theme.tokens(scheme)
    for text, grounds in _ON.items():
        for ground in grounds:
            assert contrast(named[text], named[ground]) >= _TEXT, (text, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_are_seen(scheme):
    named = theme.tokens(scheme)
    assert contrast(named["field_line"], named["surface"]) >= _PART


def test_both_schemes_name_the_same_colours():
    assert theme.tokens("light").keys() == theme.tokens("dark").keys()


def test_every_tier_has_icon_word_and_colour(qapp):
    looks = [theme.STATUS[theme.status_of(tier)] for tier in TIER_ORDER]
    assert all(one.icon and one.word and one.tone for one in looks)
    assert theme.status_of(None) == "clean"
    assert len({one.icon for one in theme.STATUS.values()}) == len(theme.STATUS)


def test_status_speaks_swedish(qapp):
    assert theme.status_word("blocks") == "Stoppas här"


def test_following_a_scheme_changes_colours_and_icons(qapp):
    theme.follow(qapp, "dark")
    dark = theme.color("text").name()
    assert theme.scheme() == "dark"
    theme.follow(qapp, "light")
    assert theme.color("text").name() != dark
    assert qapp.palette().window().color() == theme.color("page")


def test_the_system_decides_when_asked_to(qapp):
    theme.follow(qapp, "system")
    assert theme.scheme() in {"light", "dark"}


def test_the_type_scale_has_four_sizes(qapp):
    sizes = [theme.font(role).pointSizeF() for role in ("title", "section", "body", "note")]
    assert sizes == sorted(sizes, reverse=True)
    assert theme.fixed_font().pointSizeF() == pytest.approx(theme.font().pointSizeF())


def test_the_blank_icon_shows_nothing(qapp):
    image = theme.icon(theme.BLANK).pixmap(16, 16).toImage()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(16) for y in range(16))
