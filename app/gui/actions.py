"""Every action of the window as a table: its text, icon, key and menu; the deed is bound later."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from app.language.text import N_

Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action. `group` makes it one choice among several, ticked in the menu."""

    id: str
    menu: str
    text: str
    icon: str = ""
    key: QKeySequence.StandardKey | str = ""
    group: str = ""
    line_before: bool = False


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of the rail; its class lies in `app.gui.<id>.page`."""

    id: str
    title: str
    icon: str
    class_name: str
    line_before: bool = False


MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("go", N_("&Go")),
    ("page", N_("&Page")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
)

PAGES = (
    PageRow("start", N_("Start"), "home-outline", "StartPage"),
    PageRow("source", N_("Source"), "table-large", "SourcePage"),
    PageRow("mapping", N_("Mapping"), "transit-connection-variant", "MappingPage"),
    PageRow("cases", N_("Cases"), "clipboard-text-outline", "CasesPage"),
    PageRow("certificate", N_("Certificate"), "certificate-outline", "CertificatePage"),
    PageRow("sending", N_("Send"), "send-outline", "SendingPage"),
    PageRow("fellista", N_("Fellista"), "clipboard-alert-outline", "FellistaPage"),
    PageRow("acceptance", N_("Acceptance"), "checkbox-multiple-marked-outline", "AcceptancePage"),
    PageRow("journal", N_("Journal"), "book-clock-outline", "JournalPage"),
    PageRow("register", N_("Register"), "book-search-outline", "RegisterPage", line_before=True),
    PageRow("contract", N_("Contract"), "file-document-edit-outline", "ContractPage"),
)

ACTIONS = (
    ActionRow("new", "file", N_("New project from files…"), "file-plus-outline", Key.New),
    ActionRow("open", "file", N_("Open project…"), "folder-open-outline", Key.Open),
    ActionRow("sample", "file", N_("Open the sample hospital"), "hospital-building"),
    ActionRow("save", "file", N_("Save"), "content-save-outline", Key.Save, line_before=True),
    ActionRow("save_as", "file", N_("Save as…"), "content-save-edit-outline", "Ctrl+Shift+S"),
    ActionRow(
        "save_template", "file", N_("Save as template…"), "shape-plus-outline", line_before=True
    ),
    ActionRow("apply_template", "file", N_("Apply template…"), "shape-outline"),
    ActionRow("specification", "file", N_("Write the specification…"), "file-sign"),
    ActionRow(
        "reload", "file", N_("Read the files again"), "refresh", Key.Refresh, line_before=True
    ),
    ActionRow("quit", "file", N_("Quit"), "exit-to-app", "Ctrl+Q", line_before=True),
    ActionRow("back", "go", N_("Back"), "arrow-left", Key.Back),
    ActionRow("forward", "go", N_("Forward"), "arrow-right", Key.Forward),
    ActionRow("palette", "go", N_("Find an action…"), "magnify", "Ctrl+K"),
    ActionRow("next_pane", "go", N_("Next pane"), "page-next-outline", "F6"),
    ActionRow("swedish", "view", "Svenska", group="language"),
    ActionRow("english", "view", "English", group="language"),
    ActionRow("system", "view", N_("Colours as the system"), group="scheme", line_before=True),
    ActionRow("light", "view", N_("Light"), group="scheme"),
    ActionRow("dark", "view", N_("Dark"), group="scheme"),
    ActionRow("history", "view", N_("History"), "history", "Ctrl+H", line_before=True),
    ActionRow("full_screen", "view", N_("Full screen"), "fullscreen", "F11", line_before=True),
    ActionRow("help_page", "help", N_("Help on this page"), "help-circle-outline", "F1"),
)

_DIGITS = 10  # keys; the tenth page has 0


def page_key(number: int) -> str:
    """Return the key of a page by its place in the rail, from 1."""
    return f"Ctrl+{number % _DIGITS}" if number <= _DIGITS else f"Ctrl+Shift+{number - _DIGITS}"
