"""What the values of a column that tells kinds of rows apart say: which group a row belongs to."""

from collections.abc import Iterable, Mapping, Sequence

from app.core.register import Profile
from app.workflow.binding_words import split_name
from app.workflow.content import content_of
from app.workflow.suggest_columns import Candidate, Table
from app.workflow.suggest_words import Reader

_SAME, _MEANT, _BEGUN, _INITIAL = 3.0, 2.5, 2.0, 1.0
_SHORTEST_BEGUN = 3
_HINT = 0.4  # the same first letter: too little to tell by itself
_CLEAR = 0.5  # how much more one group must be meant than another
_AROUND = 0.6  # what a word of the table's name adds
_ALONE = 0.3  # for the only group whose form of codes the rows have
_OWN = 2.0  # the name of a group itself, against one of its labels
_ROWS = 2000


class Labels:
    """The labels of a profile's groups."""

    def __init__(self, profile: Profile, reader: Reader) -> None:
        self._reader, self._kinds = reader, profile.words.kinds
        self._labels = {group: tuple(split_name(words)) for group, words in profile.words.rows}
        self._read = {
            group: frozenset(word for one in words for word in reader.read(one))
            for group, words in self._labels.items()
        }
        self._named = {
            one.id: reader.read(one.id) | reader.read(one.name.sv) for one in profile.groups
        }

    def names_a_kind(self, column: str) -> bool:
        """Whether a column is called as those are that tell kinds of rows apart."""
        tokens = split_name(column)
        kinds = (one for token in tokens for one in self._kinds if token.endswith(one))
        return next(kinds, "") != ""

    def context(self, table: str) -> frozenset[str]:
        """Return what a table's name says already."""
        return self._reader.read(table)

    def told_apart(
        self, possible: Mapping[str, Sequence[str]], context: frozenset[str]
    ) -> dict[str, tuple[tuple[str, ...], float]]:
        """Return the values that mean each group, and how surely; a group may have several."""
        told: dict[str, tuple[tuple[str, ...], float]] = {}
        unclear: set[str] = set()
        for value, groups in possible.items():
            group, worth = self._best(groups, value, context)
            if group:
                values, before = told.get(group, ((), 0.0))
                told[group] = (*values, value), max(before, worth)
            else:  # its rows would be left out in silence
                unclear |= set(groups)
        return {group: rows for group, rows in told.items() if group not in unclear}

    def meant(self, groups: Sequence[str], names: Iterable[str]) -> tuple[str, float]:
        """Return the group that a whole table is called like, "" when not one alone."""
        said = [self._reader.read(one) for one in names]
        tokens = {token for name in names for token in split_name(name)}
        worths = {
            group: max((self._likeness(group, words) for words in said), default=0.0)
            + 0.1 * len(tokens & set(self._labels.get(group, ())))
            for group in groups
        }
        return self._clearest(worths)

    def _likeness(self, group: str, words: frozenset[str]) -> float:
        own, labels = self._named.get(group, frozenset()), self._read.get(group, frozenset())
        strange = len((words - own - labels) & self._reader.decisive)
        return len(words & own) * _OWN + len(words & labels) - 2 * strange - 0.5 * len(own - words)

    def _best(
        self, groups: Sequence[str], value: str, context: frozenset[str]
    ) -> tuple[str, float]:
        if len(groups) == 1 and not context:
            return groups[0], _ALONE
        worths = {group: self._worth(group, value) for group in groups}
        for group in groups:
            around = context & self._named.get(group, frozenset())
            worths[group] += _AROUND * len(around) * (worths[group] > 0)
        if len(groups) == 1:
            return groups[0], max(worths[groups[0]], _ALONE)
        return self._clearest(worths)

    def _clearest(self, worths: Mapping[str, float]) -> tuple[str, float]:
        ordered = sorted(worths, key=lambda one: -worths[one])
        if not ordered or worths[ordered[0]] <= 0:
            return "", 0.0
        if len(ordered) > 1 and worths[ordered[0]] - worths[ordered[1]] < _CLEAR:
            return "", 0.0
        return ordered[0], worths[ordered[0]]

    def _worth(self, group: str, value: str) -> float:
        """Return how surely a value means a group."""
        labels, tokens = self._labels.get(group, ()), split_name(value)
        told = max((_alike(token, one) for token in tokens for one in labels), default=0.0)
        words = self._reader.read(value)
        if words and words <= self._read.get(group, frozenset()):
            told = max(told, _MEANT)
        return told


def _alike(token: str, label: str) -> float:
    if token == label:
        return _SAME
    shorter, longer = sorted((token, label), key=len)
    if len(shorter) >= _SHORTEST_BEGUN and longer.startswith(shorter):
        return _BEGUN
    if label.startswith(token) and len(token) > 1:
        return _INITIAL + 0.2 * len(token)
    return _HINT if label[0] == token[0] and len(token) <= _SHORTEST_BEGUN else 0.0


def rows_where(table: Table, column: str, value: str) -> list[Candidate]:
    """Return the table's columns as they are in the rows of one kind."""
    rows = table.frame.filter(table.frame[column].str.strip_chars() == value).head(_ROWS)
    return [
        one.with_content(content_of(rows[one.columns[0]]))
        for one in table.candidates
        if len(one.columns) == 1 and one.columns[0] != column
    ]
