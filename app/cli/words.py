"""The words that the library of the command line brings along, in the language in use."""

import gettext
from typing import TYPE_CHECKING, Any

from typer import Context

from app.language.text import N_, _

if TYPE_CHECKING:
    from typer.exceptions import TyperException

# Titles and remarks that the library writes on a page of help; it translates them by gettext.
OF_THE_LIBRARY = (
    N_("Arguments"),
    N_("Commands"),
    N_("Options"),
    N_("[default: {}]"),
    N_("[required]"),
    N_("default: {default}"),
    N_("required"),
)


def speak_for_the_library() -> None:
    """Let the library's own words be looked up in our catalogue; some are fixed at its import."""

    def ours(domain: str, message: str) -> str:  # noqa: ARG001 - the library's own is never there
        return _(message)

    gettext.dgettext = ours  # what gettext.gettext itself calls


def translate_help(command: Any) -> None:
    """Describe the help option of a command and of those below it; its text is not looked up."""
    option = command.get_help_option(Context(command))
    if option is not None:
        option.help = _("Show this help and exit.")
    for one in getattr(command, "commands", {}).values():
        translate_help(one)


def reason_of(error: "TyperException") -> str:
    """Return what is wrong with the command line; the library says it in English only."""
    name = _place_of(error)
    reasons = {
        "MissingParameter": _("{name} is missing"),
        "NoSuchOption": _("there is no option {name}"),
        "BadOptionUsage": _("the option {name} is used wrongly"),
        "BadParameter": _("the value of {name} does not fit"),
    }
    reason = reasons.get(type(error).__name__, _("there is a word too many or too few"))
    return reason.format(name=name)


def _place_of(error: "TyperException") -> str:
    """Return the option or argument that the error is about."""
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if option or parameter is None:
        return str(option or "")
    names = [*parameter.opts, *parameter.secondary_opts]
    return str(parameter.metavar or names[0])
