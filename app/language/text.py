"""The two languages: gettext catalogues read through Babel, chosen at run time."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from app.assets import RESOURCES

LANGUAGES = ("sv", "en")


class _Current:
    language = "sv"


def use(language: str) -> None:
    """Speak "sv" or "en" from now on."""
    _Current.language = language if language in LANGUAGES else "sv"


def current() -> str:
    """Return the language in use."""
    return _Current.language


@cache
def _catalogue(language: str) -> NullTranslations:
    """Return the catalogue of one language; the texts in the code are the English ones."""
    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (RESOURCES / "i18n" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _(message: str) -> str:
    """Return the message in the language in use."""
    return _catalogue(_Current.language).gettext(message) if message else ""


def in_language(message: str, language: str) -> str:
    """Return the message in "sv" or "en", whatever language is in use."""
    return _catalogue(language).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural message in the language in use."""
    return _catalogue(_Current.language).ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a message for translation; `_` translates it where it is shown."""
    return message
