"""Which cases' documents are proved valid by columns alone; the rest is for libxml2 to judge."""

from collections.abc import Mapping

import polars as pl

from app.core.register import Profile


class Proof:
    """A profile's contract, compiled once; a proved document is valid, a doubtful one may be."""

    def __init__(self, profile: Profile) -> None:
        self._root = profile.root

    def doubtful(self, values: Mapping[str, pl.DataFrame]) -> pl.Series:
        """Return one Boolean per row of `values[""]`: True where the document is not proved."""
        return pl.repeat(value=True, n=len(values[""]), dtype=pl.Boolean, eager=True)
