"""The look: named tokens become a palette and a small style sheet; status is icon, word, colour."""

import tomllib
from dataclasses import dataclass
from functools import cache
from string import Template

import qtawesome
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from app.assets import RESOURCES
from app.core.finding import Tier
from app.language.text import N_, _

GRID = 8
ROW = 28
_ICON = 16
SCALE = {"title": 1.5, "section": 1.15, "body": 1.0, "note": 0.9}
BLANK = "blank"  # an icon that shows nothing: keeps texts in line under each other
SCHEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Status:
    """How one state looks and what it is called; `tone` names its colour."""

    tone: str
    icon: str
    word: str


STATUS = {
    "blocks": Status("blocks", "minus-circle", N_("Stopped here")),
    "refused": Status("refused", "close-octagon", N_("Would be refused")),
    "fellista": Status("fellista", "clipboard-alert", N_("Fellista")),
    "inkonsistent": Status("inkonsistent", "not-equal-variant", N_("Inconsistent")),
    "waiting": Status("inkonsistent", "progress-clock", N_("Waiting")),
    "note": Status("note", "information-outline", N_("Note")),
    "clean": Status("clean", "check-circle", N_("Clean")),
    "unknown": Status("unknown", "help-circle", N_("Unknown")),
    "stated": Status("clean", "check-decagram-outline", N_("Stated")),
    "inferred": Status("accent", "lightbulb-on-outline", N_("Inferred")),
    "assumed": Status("fellista", "account-question-outline", N_("Assumed")),
}
_TIERS = {
    Tier.BLOCKS: "blocks",
    Tier.SCHEMA: "refused",
    Tier.REJECTED: "refused",
    Tier.CORRUPT: "fellista",
    Tier.INCONSISTENT: "inkonsistent",
    Tier.NOTE: "note",
}


class _Current:
    scheme = "light"
    is_fusion = False


@cache
def tokens(scheme: str) -> dict[str, str]:
    """Return the named colours of "light" or "dark"."""
    with (RESOURCES / "style" / "tokens.toml").open("rb") as file:
        return {name: str(value) for name, value in tomllib.load(file)[scheme].items()}


def status_of(tier: Tier | None) -> str:
    """Return the status that a case with this worst tier has."""
    return "clean" if tier is None else _TIERS[tier]


def status_word(status: str) -> str:
    """Return the word for a status in the language in use."""
    return _(STATUS[status].word)


def status_icon(status: str) -> QIcon:
    """Return the coloured icon of a status."""
    return icon(STATUS[status].icon, STATUS[status].tone)


def scheme() -> str:
    """Return the scheme on screen: "light" or "dark"."""
    return _Current.scheme


def color(tone: str) -> QColor:
    """Return one named colour of the scheme on screen."""
    return QColor(tokens(_Current.scheme)[tone])


def icon(name: str, tone: str = "text") -> QIcon:
    """Return one icon of the set (Material Design Icons), coloured by a tone."""
    return _icon(name, tone, _Current.scheme)


@cache
def _icon(name: str, tone: str, scheme_name: str) -> QIcon:
    if name == BLANK:
        empty = QPixmap(_ICON, _ICON)
        empty.fill(Qt.GlobalColor.transparent)
        return QIcon(empty)
    named = tokens(scheme_name)
    made: QIcon = qtawesome.icon(
        f"mdi6.{name}", color=named[tone], color_disabled=named["disabled"]
    )
    return made


def font(role: str = "body", *, bold: bool = False) -> QFont:
    """Return the system's font in one size of the scale, with digits of equal width."""
    made = QFont(QApplication.font())
    made.setPointSizeF(made.pointSizeF() * SCALE[role])
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def fixed_font() -> QFont:
    """Return the system's font of fixed width, for XML and files."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPointSizeF(QApplication.font().pointSizeF())
    return made


def follow(app: QApplication, wanted: str) -> None:
    """Follow the system's scheme, or keep to "light" or "dark", and dress the application."""
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints = app.styleHints()
    hints.setColorScheme(schemes.get(wanted, Qt.ColorScheme.Unknown))
    if wanted not in schemes:
        wanted = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    _Current.scheme = wanted
    _dress(app, tokens(wanted))


def _dress(app: QApplication, named: dict[str, str]) -> None:
    if not _Current.is_fusion:
        app.setStyle("Fusion")
        _Current.is_fusion = True
    base = QFont(app.font())
    base.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(base)
    app.setPalette(_palette(named))
    sheet = (RESOURCES / "style" / "window.qss").read_text(encoding="utf-8")
    icons = (RESOURCES / "icons").as_posix()
    app.setStyleSheet(Template(sheet).substitute(named, icons=icons, scheme=_Current.scheme))


def _palette(named: dict[str, str]) -> QPalette:
    role = QPalette.ColorRole
    roles = {
        role.Window: "page",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "page",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "on_accent",
        role.Highlight: "selection",
        role.HighlightedText: "on_selection",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "quiet",
        role.Mid: "line",
        role.Accent: "accent",
    }
    made = QPalette(QColor(named["surface"]), QColor(named["page"]))
    for one, tone in roles.items():
        made.setColor(one, QColor(named[tone]))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(named["disabled"]))
    return made
