"""Sentences for the codes that the window and its worker make."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "worker-died": N_("The part that does the work stopped. Try again; nothing you saved is lost."),
    "unexpected": N_("Something went wrong that should not ({kind}). Try again, or tell support."),
}

NAMES: dict[str, str] = {
    "reading": N_("Reading the files"),
}
