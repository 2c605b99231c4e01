"""How names are read in whole words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """How names are read in whole words: the language of operating theatres and databases.

    All are in small letters without marks.
    """

    abbreviations: tuple[tuple[str, str], ...] = ()  # (short, whole word)
    words: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()  # words that say little
    decisive: frozenset[str] = frozenset()  # a name that has one stands for nothing that lacks it
    systems: tuple[tuple[str, str], ...] = ()  # (word of a name, code register it means)
    kinds: frozenset[str] = frozenset()  # names of columns that tell kinds of rows apart
    meanings: tuple[tuple[str, str], ...] = ()  # (word of a contract, whole words; "" for none)
    mentions: frozenset[str] = frozenset()  # after them a variable's number is only mentioned
    labels: frozenset[str] = frozenset()  # after them a number is a variable's
    columns: tuple[tuple[str, str], ...] = ()  # (word of a column, whole words; "" for none)
    other: frozenset[str] = frozenset()  # words of things that no variable is about
    rows: tuple[tuple[str, str], ...] = ()  # (group, words by which its rows are told apart)
    times: tuple[tuple[str, str], ...] = ()  # (variable, minutes from its operation's start)
    usual: tuple[tuple[str, str], ...] = ()  # (variable, "least..greatest" or the codes' form)

    def __hash__(self) -> int:
        return len(self.abbreviations)  # cheap: names are looked up by it thousands of times
