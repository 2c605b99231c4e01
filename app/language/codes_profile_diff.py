"""Sentences on what changed between two register profiles, and on the pages of one."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "register-page-unknown": N_(
        "The register profile {profile} has nothing called {name}. Search by number or name."
    ),
}
