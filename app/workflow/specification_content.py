"""What stands in the mapping specification, in words; a patient's values never do.

Values of the export are shown only as local codes of a value map: what could be a person's number
is masked, and a rare value that reads as free text is left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from app.core.clock import in_stockholm
from app.core.errors import WorkbenchError
from app.core.identity import mask_text
from app.core.mapping import GroupLink, Keep, Link, LinkState, Project, Source
from app.core.progress import Progress
from app.core.register import Confidence, Mandatory, Profile, Variable
from app.language.codes_conversion import conversion_sentence, origin
from app.language.sentences import name_of
from app.language.text import N_, _, current, ngettext
from app.workflow.coverage import coverage
from app.workflow.coverage_views import Coverage, Share
from app.workflow.desk import Desk
from app.workflow.results import link_results, value_counts
from app.workflow.source_views import FEWEST_SHARED
from app.workflow.specification_views import (
    Specification,
    SpecifiedCode,
    SpecifiedMap,
    SpecifiedSection,
    SpecifiedTable,
    SpecifiedVariable,
)

NONE = "–"
_MANDATORY = {
    Mandatory.YES: N_("Mandatory"),
    Mandatory.CONDITIONAL: N_("Mandatory in some cases"),
    Mandatory.NO: N_("Optional"),
    Mandatory.UNKNOWN: N_("Not known whether mandatory"),
}
_CONFIDENCE = {
    Confidence.STATED: N_("stated by the source"),
    Confidence.INFERRED: N_("inferred from the source"),
    Confidence.ASSUMED: N_("assumed by us"),
}
_UNMAPPED = {
    "error": N_("stop the case"),
    "keep": N_("are sent as they are"),
    "omit": N_("are left out"),
}
_DUPLICATES = {
    Keep.STOP: N_("Several rows of one case: the case is held back."),
    Keep.FIRST: N_("Several rows of one case: the first one counts."),
    Keep.LAST: N_("Several rows of one case: the last one counts."),
}
_LONGEST_CODE = 24  # signs; a rare value that is longer reads as free text
_MOST_WORDS = 3
_MAP, _NAME, _KEEP = "value_map", "name", "keep"


def content_of(desk: Desk, project: Project, progress: Progress) -> Specification:
    """Return the specification of a project as it stands, with what the loaded export tells."""
    return _Writer(desk, project, progress).write()


class _Writer:
    def __init__(self, desk: Desk, project: Project, progress: Progress) -> None:
        self._desk = desk
        self._project = project
        self._profile: Profile = desk.profile_for(project)
        self._progress = progress
        self._variables = [one for one in self._profile.variables if one.is_bound]
        self._filled = self._shares()

    def write(self) -> Specification:
        """Return everything."""
        covered = coverage(self._desk, self._project, self._progress)
        return Specification(
            title=_("Mapping specification: {name}").format(name=_safe(self._project.name)),
            notice=self._profile.note.in_language(current()),
            facts=tuple(self._facts()),
            coverage=tuple(_coverage(covered)),
            sections=tuple(self._sections(covered)),
            maps=tuple(self._maps()),
            tables=tuple(self._tables()),
            groups=tuple(self._groups()),
            signatures=(_("For the clinic"), _("For IT"), _("SPOR's coordinator")),
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        from app.engine.mapping import fingerprint

        project, profile = self._project, self._profile
        moment = in_stockholm(self._desk.clock())
        approved = sum(link.state is LinkState.APPROVED for link in project.links)
        yield _("Contract"), f"{profile.name.in_language(current())} ({profile.id})"
        yield _("Written"), moment.strftime("%Y-%m-%d %H:%M")
        words = _("{approved} of {total} approved; only these are used")
        yield _("Links"), words.format(approved=approved, total=len(project.links))
        yield _("Case table"), project.case_table or NONE
        yield _("Duplicates"), _duplicates(project)
        yield _("Patients who have declined"), _blocking(project)
        yield _("Mapping's fingerprint"), fingerprint(project)
        if project.notes:
            yield _("Notes"), _safe(project.notes)

    def _shares(self) -> Mapping[str, Share]:
        """Return how many rows each link fills; nothing when no export could be loaded."""
        try:
            found = link_results(self._desk, self._project, (), self._progress)
        except WorkbenchError:
            return {}
        return {one.variable: Share(one.filled, one.total) for one in found}

    def _sections(self, covered: Coverage) -> Iterator[SpecifiedSection]:
        names = self._profile.sections
        for section in covered.sections:
            within = [one for one in self._variables if one.section == section.section]
            known = [self._variable(one) for one in within if self._is_told(one)]
            absent = [self._variable(one) for one in within if not self._is_told(one)]
            name = names[section.section].in_language(current()) if names else section.section
            words = _("Mandatory {done} of {total}").format(
                done=section.mandatory.done, total=section.mandatory.total
            )
            yield SpecifiedSection(name, words, tuple(known), tuple(absent))

    def _is_told(self, variable: Variable) -> bool:
        """Whether a variable has a row of its own: it has a link, or should have."""
        needed = variable.mandatory in {Mandatory.YES, Mandatory.CONDITIONAL}
        return needed or self._project.link_of(variable.id) is not None

    def _variable(self, variable: Variable) -> SpecifiedVariable:
        link = self._project.link_of(variable.id)
        language = current()
        return SpecifiedVariable(
            variable.id,
            variable.name.in_language(language),
            variable.meaning.in_language(language),
            _(_MANDATORY[variable.mandatory]),
            self._source(variable, link) if link else NONE,
            _safe(conversion_sentence(link)) if link else NONE,
            ", ".join(_maps_of(link)) or NONE if link else NONE,
            percent(self._filled.get(variable.id)),
            name_of(link.state.value) if link else _("No source"),
            _decided(link) if link else NONE,
            _safe(link.note) or NONE if link else NONE,
            _(_CONFIDENCE[variable.fact.confidence]),
            link is not None,
        )

    def _source(self, variable: Variable, link: Link) -> str:
        if not link.columns:
            return origin(link)
        chosen = self._project.group_link_of(variable.group) if variable.group else None
        table = chosen.table if chosen else link.table
        return _safe(" + ".join(f"{table}.{column}" for column in link.columns))

    def _maps(self) -> Iterator[SpecifiedMap]:
        used: dict[str, list[str]] = {}
        for link in self._project.links:
            for name in _maps_of(link):
                used.setdefault(name, []).append(link.variable)
        for name in sorted(used):
            yield self._map(name, used[name])

    def _map(self, name: str, variables: list[str]) -> SpecifiedMap:
        value_map = self._project.value_map_of(name)
        entries = dict(value_map.entries) if value_map else {}
        counts = self._counts(variables)
        values = [*entries, *sorted(value for value in counts if value not in entries)]
        keeps = value_map is not None and value_map.unmapped == _KEEP
        sent = {one: entries.get(one, one if keeps else "") for one in values}
        texts = self._texts(variables)
        shown = [one for one in values if is_code(one, counts[one])]
        codes = tuple(
            SpecifiedCode(
                one,
                sent.get(one) or NONE,
                texts.get(sent.get(one, ""), ""),
                _occurs(counts[one]) if counts else NONE,
            )
            for one in shown
        )
        policy = _(_UNMAPPED.get(value_map.unmapped if value_map else "error", NONE))
        return SpecifiedMap(
            name, ", ".join(variables), policy, codes, _hidden(len(values) - len(shown))
        )

    def _counts(self, variables: list[str]) -> Counter[str]:
        """Return how often each local code occurs, over all variables that use the map."""
        found: Counter[str] = Counter()
        for variable in variables:
            self._progress(0, 0, "counting")
            try:
                counted = value_counts(self._desk, self._project, variable)
            except WorkbenchError:
                continue
            found.update({one.value.strip(): one.count for one in counted})
        return found

    def _texts(self, variables: list[str]) -> Mapping[str, str]:
        """Return what the register's codes mean; where lists differ, all that they say."""
        known = [self._profile.by_id[one] for one in variables if one in self._profile.by_id]
        found: dict[str, list[str]] = {}
        for name in dict.fromkeys(one.code_list for one in known):
            for code in self._profile.codes_of(name):
                told = found.setdefault(code.code, [])
                text = code.text.in_language(current())
                told += [text] if text not in told else []
        return {code: " / ".join(texts) for code, texts in found.items()}

    def _tables(self) -> Iterator[SpecifiedTable]:
        from app.engine.export import ROW

        loaded = self._desk.export.tables if self._desk.export is not None else {}
        for source in self._project.sources:
            table = loaded.get(source.name)
            read = tuple(name for name in table.columns if name != ROW) if table is not None else ()
            rows = str(table.height) if table is not None else NONE
            columns = tuple(_safe(one) for one in source.shape or read)
            key = " + ".join(one for one in source.keys if one)
            yield SpecifiedTable(_safe(source.name), _files(source), key or NONE, rows, columns)

    def _groups(self) -> Iterator[tuple[str, str]]:
        names = {one.id: one.name.in_language(current()) for one in self._profile.groups}
        for group in self._project.groups:
            yield names.get(group.group, group.group), _rows(group)


def is_code(value: str, count: int) -> bool:
    """Whether a local value may be shown: it is no person's number, and not rare free text."""
    if mask_text(value) != value:
        return False
    is_short = len(value) <= _LONGEST_CODE and len(value.split()) <= _MOST_WORDS
    return is_short or count >= FEWEST_SHARED


def percent(share: Share | None) -> str:
    """Return a share in whole percent; nearly none and nearly all are told apart from both."""
    if share is None or not share.total:
        return NONE
    if share.done in {0, share.total}:
        return _("{percent} %").format(percent=100 if share.done else 0)
    rounded = min(max(round(100 * share.done / share.total), 1), 99)
    return _("{percent} %").format(percent=rounded)


def _coverage(covered: Coverage) -> Iterator[tuple[str, str]]:
    yield _("Mandatory variables with a source"), _of(covered.mandatory)
    yield _("Approved links"), _of(covered.approved)
    yield _("Value maps that know every code"), _of(covered.maps)
    yield _("Values whose code is known"), percent(covered.values)
    yield _("Cases that pass"), _of(covered.passing) if covered.passing else _("not checked")


def _of(share: Share) -> str:
    return _("{done} of {total}").format(done=share.done, total=share.total)


def _safe(text: str) -> str:
    return mask_text(text)


def _maps_of(link: Link) -> list[str]:
    return [step.option(_NAME) for step in link.steps if step.kind == _MAP]


def _decided(link: Link) -> str:
    told = " ".join(one for one in (link.decided_by, link.decided_on) if one)
    return told or NONE


def _occurs(count: int) -> str:
    if not count:
        return _("does not occur")
    few = _("fewer than {count}").format(count=FEWEST_SHARED)
    return str(count) if count >= FEWEST_SHARED else few


def _hidden(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{count} value is not shown: it may be about a patient.",
        "{count} values are not shown: they may be about a patient.",
        count,
    ).format(count=count)


def _files(source: Source) -> str:
    names = [PurePath(one).name for one in (source.path, *source.more)]
    told = f"{names[0]} / {source.member}" if source.member else ", ".join(names)
    return _safe(f"{told} ({source.sheet})" if source.sheet else told)


def _rows(group: GroupLink) -> str:
    """Return which rows of a table become the rows of a repeated group."""
    told = [_("every row of {table}").format(table=group.table)]
    if group.filter_column:
        value = group.filter_value.replace("|", _(" or "))
        where = _("where {column} is {value}")
        told.append(where.format(column=group.filter_column, value=f"“{value}”"))
    if group.order_column:
        order = _("by {column}, falling") if group.descending else _("by {column}")
        told.append(order.format(column=group.order_column))
    return _safe(" ".join(told))


def _duplicates(project: Project) -> str:
    told = _(_DUPLICATES[project.duplicates.keep])
    column = project.duplicates.column
    order = _("By {column}.").format(column=column) if column else ""
    return f"{told} {order}".rstrip()


def _blocking(project: Project) -> str:
    column, value = project.blocking.column, project.blocking.value
    if not column:
        return _("No column says it.")
    if not value:
        return _("Every value in {column}.").format(column=column)
    return _("{column} is “{value}”.").format(column=column, value=_safe(value))
