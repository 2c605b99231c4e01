"""How a case stands beside its own content: against what was accepted, and on the lists."""

from enum import StrEnum

# Beside the tiers and outcomes that a case can have.
CLEAN = "clean"  # as a tier: no findings
NEVER = "never"  # as an outcome: never attempted
UNDER_WAY = "under-way"  # as an outcome: the last attempt has no answer yet


class Change(StrEnum):
    """How a case as it now stands differs from what was accepted last."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class FellistaState(StrEnum):
    """How a case stands on the register's lists, as far as the user has read them here."""

    LISTED = "listed"  # on the fellista
    REJECTED = "rejected"  # among avvisade registreringar
    CORRECTED = "corrected"  # was on a list; accepted since then
    NONE = "none"
