"""What is claimed of a row: known to be so for all rows, or an expression that tells for each."""

from collections.abc import Iterable
from functools import reduce

import polars as pl

Claim = pl.Expr | bool


def both(one: Claim, other: Claim) -> Claim:
    """Return that both hold."""
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    return one & other


def either(one: Claim, other: Claim) -> Claim:
    """Return that one of them holds."""
    if isinstance(one, bool):
        return True if one else other
    if isinstance(other, bool):
        return True if other else one
    return one | other


def negated(claim: Claim) -> Claim:
    """Return that it does not hold."""
    return (not claim) if isinstance(claim, bool) else ~claim


def every(claims: Iterable[Claim]) -> Claim:
    """Return that all of them hold."""
    known: Claim = True
    return reduce(both, claims, known)


def some(claims: Iterable[Claim]) -> Claim:
    """Return that at least one of them holds."""
    known: Claim = False
    return reduce(either, claims, known)


def expression(claim: Claim) -> pl.Expr:
    """Return a claim as an expression."""
    return pl.lit(claim) if isinstance(claim, bool) else claim
