"""The profile's rules and verdicts at work on one block of cases."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from app.core.condition import Condition, parse
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.finding import Tier
from app.core.register import Profile, Rule
from app.engine.condition_columns import Rows
from app.engine.counting import Counting
from app.engine.finding_rows import Place, as_json, found, none_found, shown
from app.engine.mapping import Feed
from app.engine.rows import row_column

# After every change that is known of: rules that have ended are out, rules to come are in.
LATEST = date.max


class Rulebook:
    """The rules in force and the verdicts of a profile, read once, for the feeds of one mapping.

    A hospital's own rule that cannot be read, or that the columns cannot compute, is left out and
    told of in `unreadable`; the others are not held up by it.
    """

    def __init__(self, profile: Profile, feeds: tuple[Feed, ...], today: date = LATEST) -> None:
        self._profile = profile
        self._unread: dict[str, str] = {}  # id of an own rule -> its message
        in_force = (rule for rule in profile.rules if rule.condition and rule.is_in_force(today))
        self._rules = list(self._readable(in_force))
        self._counting = Counting(profile)
        self._links = {link.variable: (feed, link) for feed in feeds for link in feed.links}

    @property
    def unreadable(self) -> pl.DataFrame:
        """One finding without a case for every own rule that was left out."""
        rules = pl.Series("rule", list(self._unread), dtype=pl.String)
        if rules.is_empty():
            return none_found()
        nowhere = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(rules))
        messages = pl.Series("message", list(self._unread.values()), dtype=pl.String)
        values = as_json({"rule": rules, "message": messages})
        return found(Place("own-rule-unreadable", Tier.NOTE), nowhere, nowhere, values)

    def judge(self, values: Mapping[str, pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return each case's verdict, phase and counts, and a finding for every broken rule."""
        block = Rows(self._profile, dict(values))
        findings = [none_found()]
        for rule, condition in self._rules:
            broken = self._truths(block, rule, condition)
            if broken is not None and broken.any():
                cases = values[""].filter(broken)
                group, rows = block.witnesses(condition)
                findings.append(self._broken(rule, cases, group, rows))
        return self._counting.count_rows(block), pl.concat(findings)

    def _readable(self, rules: Iterator[Rule]) -> Iterator[tuple[Rule, Condition]]:
        """Yield the rules with their conditions; the profile's own were checked by its reader."""
        for rule in rules:
            try:
                condition = parse(rule.condition)
                if rule.own:
                    check(condition, self._profile)
            except ProfileError:
                if not rule.own:
                    raise
                self._unread[rule.id] = rule.message.sv
            else:
                yield rule, condition

    def _truths(self, block: Rows, rule: Rule, condition: Condition) -> pl.Series | None:
        """Return which cases break a rule, None for an own rule that cannot be computed."""
        if rule.id in self._unread:
            return None
        try:
            return block.truths(condition)
        except (pl.exceptions.PolarsError, RecursionError):
            if not rule.own:
                raise
            self._unread[rule.id] = rule.message.sv
            return None

    def _group(self, name: str) -> str:
        return self._profile.by_id[name].group

    def _broken(
        self, rule: Rule, cases: pl.DataFrame, group: str, rows: pl.DataFrame
    ) -> pl.DataFrame:
        """Return the findings of one rule, each where its first linked variable stands."""
        chosen = [name for name in rule.variables if name in self._links]
        in_group = [name for name in chosen if group and self._group(name) == group]
        named = in_group or chosen or [*rule.variables, ""]
        feed, link = self._links.get(named[0], (None, None))
        known = cases.join(rows, on="index", how="left", suffix="_in_group", maintain_order="left")
        place = Place(
            rule.id,
            rule.tier,
            named[0],
            feed.table if feed else "",
            " + ".join(link.columns) if link else "",
        )
        values = {
            name: shown(known[name], name, self._profile)
            for name in rule.variables
            if name in known.columns
        }
        row = _line(known, feed, in_group=bool(in_group))
        return found(place, known["index"], row, as_json(values) if values else None)


def _line(known: pl.DataFrame, feed: Feed | None, *, in_group: bool) -> pl.Series:
    """Return the source row of each case that a finding points to."""
    if in_group:
        return known["row_in_group"].fill_null(0)
    column = row_column(feed) if feed else ""
    return known[column] if column in known.columns else known["row"]
