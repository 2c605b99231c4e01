"""The profile's rules and verdicts at work on one block of cases."""

from collections.abc import Mapping

import polars as pl

from app.core.condition import parse
from app.core.register import Profile, Rule
from app.engine.condition_columns import Rows
from app.engine.finding_rows import Place, as_json, found, none_found, shown
from app.engine.mapping import Feed
from app.engine.rows import row_column


class Rulebook:
    """The rules and verdicts of a profile, read once, for the feeds of one mapping."""

    def __init__(self, profile: Profile, feeds: tuple[Feed, ...]) -> None:
        self._profile = profile
        self._rules = [(rule, parse(rule.condition)) for rule in profile.rules if rule.condition]
        self._verdicts = [(one.id, parse(one.condition)) for one in profile.verdicts]
        self._links = {link.variable: (feed, link) for feed in feeds for link in feed.links}

    def judge(self, values: Mapping[str, pl.DataFrame]) -> tuple[pl.Series, pl.DataFrame]:
        """Return each case's verdict, and a finding for every rule that a case breaks."""
        block = Rows(self._profile, dict(values))
        findings = [none_found()]
        for rule, condition in self._rules:
            broken = block.truths(condition)
            if broken.any():
                cases = values[""].filter(broken)
                group, rows = block.witnesses(condition)
                findings.append(self._broken(rule, cases, group, rows))
        return self._counted(block), pl.concat(findings)

    def _counted(self, block: Rows) -> pl.Series:
        """Return the first verdict of each case whose condition holds."""
        verdict = pl.Series("verdict", [""]).new_from_index(0, len(block.frames[""]))
        for name, condition in reversed(self._verdicts):
            verdict = verdict.set(block.truths(condition), name)
        return verdict

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
    column = row_column(feed.table) if feed else ""
    return known[column] if column in known.columns else known["row"]
