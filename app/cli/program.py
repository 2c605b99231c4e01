"""Read the command line, do what it says, and turn every failure into a sentence and a code."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from typer.exceptions import Abort, Exit, TyperException

from app.core.errors import Cancelled, GateClosed, WorkbenchError
from app.language import text
from app.language.sentences import error_sentence, sentence_of

OK, SOME_NOT, USAGE, GATE, FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130
COMMANDS = frozenset(
    (
        *("demo", "new", "check", "build", "batch", "send", "resend", "stage", "report"),
        *("profile", "register", "template", "specification"),
        "certificate",
    )
)
TRACE = "SPOR_WORKBENCH_TRACE"  # shows where an unexpected error came from
LANGUAGE, DATA = "SPOR_WORKBENCH_LANGUAGE", "SPOR_WORKBENCH_DATA"
# What the window has a button for.
OPTIONS = {"authorities-missing": "--ca", "authorities-not-approved": "--ca"}
WITH_VALUE = {"--lang": LANGUAGE, "--data": DATA}


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code."""
    speak_plainly()
    settings, rest = split(arguments)
    text.use(settings.get(LANGUAGE) or os.environ.get(LANGUAGE) or "sv")
    try:
        return _window(rest, settings) if opens_window(rest) else _command(list(arguments), rest)
    except WorkbenchError as error:
        complain(error_sentence(error), error.code)
        return exit_code(error)
    except (KeyboardInterrupt, EOFError, Abort):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return SOME_NOT
    except Exception as error:  # noqa: BLE001 - its text may quote a value, so it is not shown
        if os.environ.get(TRACE):
            sys.stderr.writelines(traceback.format_tb(error.__traceback__))
        kind = type(error).__name__
        complain(sentence_of("unexpected", {"kind": kind}), "unexpected")
        return FAILED


def split(arguments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return what the options before the command say, and the rest."""
    settings, rest = {}, list(arguments)
    while rest:
        name, equals, value = rest[0].partition("=")
        if name not in WITH_VALUE:
            break
        if not equals:
            value = rest[1] if len(rest) > 1 else ""
        settings[WITH_VALUE[name]] = value
        rest = rest[1:] if equals else rest[2:]
    return settings, rest


def opens_window(rest: Sequence[str]) -> bool:
    """Whether the arguments ask for the window: none, the sample, or a project that is there."""
    if not rest or rest[0] == "--sample":
        return True
    return rest[0] not in COMMANDS and Path(rest[0]).suffix == ".sporproject"


def exit_code(error: WorkbenchError) -> int:
    """Return the exit code of an error."""
    if isinstance(error, GateClosed):
        return USAGE if error.code == "entrance-unknown" else GATE
    return INTERRUPTED if isinstance(error, Cancelled) else FAILED


def complain(sentence: str, code: str) -> None:
    """Say on stderr what went wrong, in one line, and which option would help."""
    option = f" ({OPTIONS[code]})" if code in OPTIONS else ""
    sys.stderr.write(f"{' '.join(sentence.split())}{option} [{code}]\n")


def speak_plainly() -> None:
    """Write UTF-8 wherever the output goes; a console that cannot show a letter shows "?"."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _window(rest: Sequence[str], settings: dict[str, str]) -> int:
    from app.cli.window import open_program

    folder = settings.get(DATA) or os.environ.get(DATA)
    return open_program(list(rest), Path(folder) if folder else None)


def _command(arguments: list[str], rest: Sequence[str]) -> int:
    if rest[0] not in COMMANDS and not rest[0].startswith("-"):
        complain(sentence_of("command-unknown", {"command": rest[0]}), "usage")
        return USAGE
    from app.cli.words import reason_of, speak_for_the_library

    speak_for_the_library()
    from app.cli.commands import command

    try:
        result = command().main(arguments, prog_name="spor-workbench", standalone_mode=False)
    except Exit as finished:
        return finished.exit_code
    except TyperException as error:
        complain(sentence_of("usage", {"reason": reason_of(error)}), "usage")
        return USAGE
    return result if isinstance(result, int) else OK
