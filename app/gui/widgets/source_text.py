"""Where a fact about the register comes from, as the window's pages import it."""

from app.language.source_text import source_text

__all__ = ["source_text"]
