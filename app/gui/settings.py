"""What the window remembers: one table of settings, kept in one text file."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key and the text it has until the user chooses."""

    key: str
    default: str = ""


LANGUAGE = Setting("language", "sv")
SCHEME = Setting("scheme", "system")
RECENT = Setting("recent")  # paths, newest first, one a line
FOLDER = Setting("folder")  # where a file was chosen last
PAGE = Setting("page", "start")
YOUR_NAME = Setting("your_name")  # who approves links; "" is the user of the computer
MAPPING_VIEW = Setting("mapping_view", "table")  # "table", "drawing" or "both"
GEOMETRY = "geometry"
LAYOUT = "layout"  # layout/<name>: splitters and column widths

RECENT_KEPT = 8


class Settings:
    """Read and write the window's settings."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, setting: Setting) -> str:
        """Return one setting."""
        return str(self._store.value(setting.key, setting.default))

    def set_text(self, setting: Setting, value: str) -> None:
        """Keep one setting."""
        self._store.setValue(setting.key, value)

    def state(self, name: str) -> QByteArray:
        """Return how a part of the window was left, empty when never kept."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, name: str, value: QByteArray) -> None:
        """Keep how a part of the window was left."""
        self._store.setValue(name, value)

    def recent(self) -> tuple[str, ...]:
        """Return the paths of the projects opened last, newest first."""
        return tuple(line for line in self.text(RECENT).split("\n") if line)

    def add_recent(self, path: str) -> None:
        """Put one project first among the recent."""
        kept = [path, *(one for one in self.recent() if one != path)][:RECENT_KEPT]
        self.set_text(RECENT, "\n".join(kept))

    def drop_recent(self, path: str) -> None:
        """Take one project off the recent."""
        self.set_text(RECENT, "\n".join(one for one in self.recent() if one != path))

    def write(self) -> None:
        """Put everything on disk now."""
        self._store.sync()
