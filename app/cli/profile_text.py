"""The register profile for a person at a terminal: pages, lists and changes, wrapped to fit."""

from collections.abc import Iterable, Iterator, Sequence
from re import fullmatch
from shutil import get_terminal_size
from textwrap import wrap

from app.cli.output import say
from app.core.finding import Tier
from app.core.profile_change import Subject
from app.core.register import Binding, Code, Confidence, Fact, Mandatory, Profile, Rule, ValueType
from app.language.sentences import name_of, sentence_of
from app.language.source_text import source_text
from app.language.text import N_, _, current
from app.workflow.profile_compare import ChangeView, ProfileDiff
from app.workflow.profile_lookup import Entry, entries
from app.workflow.profile_pages import (
    VariablePage,
    code_list_page,
    rule_page,
    variable_page,
)

_LABEL = 16  # columns of a label
_NARROWEST = 40
_WIDEST = 110  # longer lines are hard to read

_SILENT = {"effect-nothing", "effect-followed"}  # nobody has anything to do or to know

_TYPES = {
    ValueType.TEXT: N_("Text"),
    ValueType.CODE: N_("Code"),
    ValueType.NUMBER: N_("number"),
    ValueType.DATE: N_("Date"),
    ValueType.DATETIME: N_("Date and time"),
    ValueType.PERSON_ID: N_("Personnummer"),
    ValueType.HSA_ID: N_("HSA-id"),
}
_DEMANDS = {
    Mandatory.YES: N_("Mandatory"),
    Mandatory.CONDITIONAL: N_("Mandatory in some cases"),
    Mandatory.NO: N_("Optional"),
    Mandatory.UNKNOWN: N_("Not known whether mandatory"),
}
_SURENESS = {
    Confidence.STATED: N_("stated by the source"),
    Confidence.INFERRED: N_("inferred from the source"),
    Confidence.ASSUMED: N_("assumed by us"),
}
_WORDINGS = {
    Confidence.STATED: N_("the register's own words"),
    Confidence.INFERRED: N_("our reading of the register's words"),
    Confidence.ASSUMED: N_("our own words"),
}


def show_entry(profile: Profile, entry: Entry, others: Sequence[Profile] = ()) -> None:
    """Write the page of one thing."""
    if entry.subject is Subject.VARIABLE:
        _show_variable(profile, variable_page(profile, entry.id, others))
    elif entry.subject is Subject.CODE and "/" not in entry.id:
        _show_code_list(profile, entry)
    elif entry.subject is Subject.CODE:
        _show_code(profile, entry)
    elif entry.subject is Subject.RULE:
        _show_rule(profile, entry.id)
    else:
        _show_other(entry)


def show_candidates(found: Sequence[Entry]) -> None:
    """Write what a text may mean, one line each."""
    say(_("Several fit. Name one of them:"))
    for one in found:
        kind = name_of(f"subject-{one.subject}")
        say(_cut(f"  {one.id}  {one.name.in_language(current())}  ({kind})"))


def show_all(profile: Profile) -> None:
    """Write everything that is known, one line each, with source and confidence."""
    show_overview(profile)
    subject = None
    for one in entries(profile):
        if one.subject is not subject:
            subject = one.subject
            say()
            say(name_of(f"subject-{subject}"))
        _show_entry_line(profile, one)
        if subject is Subject.CODE:
            for code in profile.codes_of(one.id):
                _line(f"  {code.code}", _code_words(code), code.fact)


def _show_entry_line(profile: Profile, entry: Entry) -> None:
    """Write one thing in a line; of a rule also whose words its message is."""
    before = ""
    if entry.subject is Subject.RULE:
        rule = profile.rules_by_id[entry.id]
        wording, condition = _(_WORDINGS[rule.message_confidence]), _("Condition").lower()
        before = f"{wording}; {condition}: " if rule.condition else f"{wording}; "
    _line(entry.id, entry.name.in_language(current()), entry.fact, before)


def show_overview(profile: Profile) -> None:
    """Write what a profile is and how much of it there is."""
    say(_("{id}: {name}").format(id=profile.id, name=profile.name.in_language(current())))
    _paragraph(profile.note.in_language(current()))
    counts = (
        (_("Variables"), len(profile.variables)),
        (_("Codes"), len(profile.codes)),
        (_("Rules"), len(profile.rules)),
        (_("Messages"), len(profile.messages)),
    )
    for label, count in counts:
        _fact(label, str(count))
    for reading in profile.readings:
        mark = _("in use") if reading.id == profile.reading else f"{profile.id}:{reading.id}"
        _fact(_("Reading"), f"{reading.name.in_language(current())} ({mark})")


def show_diff(diff: ProfileDiff) -> None:
    """Write what changed between two profiles, and what it means for the project."""
    count = len(diff.changes)
    pair = {"first": diff.first, "second": diff.second, "count": count}
    if not count:
        say(_("Nothing differs between {first} and {second}.").format(**pair))
        return
    say(_("From {first} to {second}. Changes: {count}").format(**pair))
    subject = None
    for view in diff.changes:
        if view.change.subject is not subject:
            subject = view.change.subject
            say()
            say(name_of(f"subject-{subject}"))
        _show_change(view)
    work = sum(view.work for view in diff.changes)
    if any(view.effect for view in diff.changes):
        say()
        say(_("Changes that mean work for the project: {count}").format(count=work))
    if not diff.counted and work:
        say(_("No cases are counted: the export is not loaded."))


def _show_change(view: ChangeView) -> None:
    change = view.change
    kind = name_of(f"change-{change.kind}")
    field = f", {name_of(f'field-{change.field}')}" if change.field else ""
    named = f" ({change.variable})" if change.variable not in {"", change.id} else ""
    values = " → ".join((change.before or "–", change.after or "–"))
    if not change.field:
        values = change.after or change.before
    _paragraph(f"{change.id}{named}: {kind.lower()}{field}{': ' if values else ''}{values}", 2)
    if view.effect and view.effect not in _SILENT:
        sign = "!" if view.work else "·"
        said = {"variable": change.variable, **dict(view.values)}
        _paragraph(f"{sign} {sentence_of(view.effect, said)}", 4)


# Pages


def _show_variable(profile: Profile, page: VariablePage) -> None:
    one, element = page.variable, page.element
    _title(one.id, one.name.in_language(current()))
    _paragraph(one.meaning.in_language(current()))
    unit = f" ({one.unit})" if one.unit else ""
    _fact(_("Type"), f"{_capital(_(_TYPES[one.value_type]))}{unit}")
    _fact(_("Section"), page.section.in_language(current()))
    sure = f" ({_(_SURENESS[one.mandatory_confidence])})"
    is_known = one.mandatory is not Mandatory.UNKNOWN
    _fact(_("Mandatory"), f"{_(_DEMANDS[one.mandatory])}{sure if is_known else ''}")
    if page.group:
        _fact(_("Repeated part"), page.group.name.in_language(current()))
    place = f"{' / '.join(one.path)} ({_(_SURENESS[one.element_confidence])})"
    _fact(_("Element"), place if element else _("none, so it is not sent"))
    if one.path and one.binding is Binding.SUGGESTED:
        _fact(_("Suggested"), " / ".join(one.path))
    if element:
        facets = (f"{name} {value}" for name, value in element.facets if name != "enumeration")
        _fact(_("Contract"), ", ".join((element.base, *facets)))
    _show_fact(one.fact)
    for other in page.others:
        there = other.variable
        said = there.name.in_language(current()) if there else _("not there")
        _fact(_("Otherwise in"), f"{other.reading.name.in_language(current())}: {said}")
    if page.codes:
        title = _("Code list")
        _heading(f"{title} {one.code_list}{_wholeness(profile, one.code_list)}")
        _show_codes(page.codes)
    _show_rules(page.rules)


def _show_code_list(profile: Profile, entry: Entry) -> None:
    page = code_list_page(profile, entry.id)
    _title(_("Code list"), entry.id)
    _fact(_("Used by"), ", ".join(one.id for one in page.variables) or "–")
    _show_fact(entry.fact)
    title = _("Codes")
    _heading(f"{title}{_wholeness(profile, entry.id)}")
    _show_codes(page.codes)
    _show_rules(page.rules)


def _show_code(profile: Profile, entry: Entry) -> None:
    list_id, _slash, sign = entry.id.partition("/")
    page = code_list_page(profile, list_id)
    code = next(one for one in page.codes if one.code == sign)
    _title(entry.id, entry.name.in_language(current()))
    _fact(_("Code list"), f"{list_id}{_wholeness(profile, list_id)}")
    _fact(_("Used by"), ", ".join(one.id for one in page.variables) or "–")
    _fact(_("Is sent"), _how_sent(profile, code))
    if code.valid_from or code.valid_to:
        _fact(_("In force"), _between(code.valid_from, code.valid_to))
    _show_fact(entry.fact)
    _show_rules(page.rules)


def _how_sent(profile: Profile, code: Code) -> str:
    """Return whether a code is sent as it stands, or which one is in its place."""
    if code.sendable:
        return _("as it stands")
    form = next((one.fold_up for one in profile.code_lists if one.id == code.code_list), "")
    found = fullmatch(form, code.code) if form else None
    return _("never; {code} instead").format(code=found[1]) if found else _("never")


def _wholeness(profile: Profile, list_id: str) -> str:
    """Return a remark for a list that may have more codes than those known."""
    is_whole = any(one.is_complete for one in profile.code_lists if one.id == list_id)
    remark = _("there may be more codes")
    return "" if is_whole else f" ({remark})"


def _show_rule(profile: Profile, rule_id: str) -> None:
    page = rule_page(profile, rule_id)
    rule = page.rule
    _title(rule.id, rule.message.in_language(current()))
    _fact(_("Effect"), name_of(Tier(rule.tier).value))
    _fact(_("Broken when"), rule.condition or "–")
    if rule.not_checkable:
        _fact(_("Not checked"), rule.not_checkable.in_language(current()))
    _fact(_("Remedy"), rule.remedy.in_language(current()))
    _fact(_("In force"), _between(rule.since, rule.until))
    _fact(_("Wording"), _(_WORDINGS[rule.message_confidence]))
    _fact(_("Variables"), ", ".join(one.id for one in page.variables) or "–")
    if page.code_lists:
        _fact(_("Code lists"), ", ".join(page.code_lists))
    _show_fact(rule.fact, _("Condition") if rule.condition else "")


def _show_other(entry: Entry) -> None:
    """Write what has a name, a meaning and perhaps a few details."""
    _title(entry.id, entry.name.in_language(current()))
    if entry.subject is not Subject.CODE:
        _fact(_("Kind"), name_of(f"subject-{entry.subject}"))
    if entry.meaning is not None:
        _fact(_("Meaning"), entry.meaning.in_language(current()))
    for field, value in entry.details:
        _fact(_capital(name_of(f"field-{field}")), value or "–")
    _show_fact(entry.fact)


def _show_codes(codes: Sequence[Code]) -> None:
    width = max(len(one.code) for one in codes)
    for one in codes:
        _hanging(f"  {one.code:<{width}}  ", _code_words(one))


def _show_rules(rules: Iterable[Rule]) -> None:
    """Write the rules that name a thing, if any does."""
    for number, rule in enumerate(rules):
        if not number:
            _heading(_("Rules"))
        _show_rule_line(rule)


def _show_rule_line(rule: Rule) -> None:
    ended = f" ({_between(rule.since, rule.until)})" if rule.until else ""
    said = f"{name_of(Tier(rule.tier).value)}: {rule.message.in_language(current())}{ended}"
    _hanging("  ", f"{said} [{rule.id}]")


def _show_fact(fact: Fact, of_what: str = "") -> None:
    _fact(_("Source"), source_text(fact.source, asides=True))
    _fact(of_what or _("Sureness"), _(_SURENESS[fact.confidence]))
    if fact.note:
        _fact(_("Remark"), fact.note)


def _code_words(code: Code) -> str:
    text = code.text.in_language(current())
    if not code.sendable:
        text = _("{text} (never sent)").format(text=text)
    if code.valid_from or code.valid_to:
        text = f"{text} ({_between(code.valid_from, code.valid_to)})"
    return text


def _between(since: str, until: str) -> str:
    if since and until:
        return _("{first} to {last}").format(first=since, last=until)
    if since:
        return _("from {first}").format(first=since)
    return _("until {last}").format(last=until) if until else _("no limit is given")


# Lines


def _width() -> int:
    return max(_NARROWEST, min(_WIDEST, get_terminal_size((80, 24)).columns))


def _title(first: str, second: str) -> None:
    _hanging(f"{first}  ", second)


def _heading(text: str) -> None:
    say()
    _paragraph(text, 0)


def _paragraph(text: str, indent: int = 2) -> None:
    _hanging(" " * indent, text)


def _fact(label: str, value: str) -> None:
    _hanging(f"  {label:<{_LABEL - 1}} ", value)


def _line(name: str, text: str, fact: Fact, before: str = "") -> None:
    """Write a name, and beside it, or below a long one, what is said of it."""
    start = f"  {name:<{_LABEL}} "
    if len(name) > _LABEL:
        say(start.rstrip())
        start = " " * (_LABEL + 3)
    source = source_text(fact.source, asides=True)
    _hanging(start, f"{text} [{before}{_(_SURENESS[fact.confidence])}: {source}]")


def _hanging(start: str, text: str) -> None:
    """Write a text after its beginning; further lines stand under the text's first letter."""
    for line in _wrapped(start, text):
        say(line.rstrip())


def _wrapped(start: str, text: str) -> Iterator[str]:
    indent = " " * min(len(start), _width() // 2)
    yield from wrap(
        start + text,
        _width(),
        subsequent_indent=indent,
        drop_whitespace=True,
        break_on_hyphens=False,
        break_long_words=False,  # an address is copied whole
    )


def _cut(line: str) -> str:
    return line if len(line) <= _width() else line[: _width() - 1] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
