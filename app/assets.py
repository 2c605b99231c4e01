"""Find the files we ship: icons, translations, the sample hospital and register profiles.

`resources/` and `schemas/` lie beside `app/` in a checkout, and inside it once built into a wheel.
"""

from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files("app")))
_HOME = _PACKAGE if (_PACKAGE / "schemas").is_dir() else _PACKAGE.parent

RESOURCES = _HOME / "resources"
SCHEMAS = _HOME / "schemas"
